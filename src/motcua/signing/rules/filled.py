"""Fields of a form behind a signature: filled by the same agency before its next signature, or by nobody knows whom."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from motcua.signing.rules.reading import at
from motcua.signing.rules.report import Finding, finding
from motcua.signing.rules.signers import holder

SHOWN_MAX, DEEP_MAX, PARTS_MAX = 5, 40, 50_000
STAMP = "/DocTimeStamp"
_UP = ("/P", "/Parent")  # lead back to the page and the form, which are looked at by themselves


@dataclass(frozen=True)
class _State:
    """A field at a revision: what it holds, whether that is a signature, and a digest of all by which it is drawn."""

    text: str
    kind: str
    holds: bool
    drawn: bool
    digest: bytes


def filled_after(embedded: Any) -> list[Finding]:
    """What was done to the form's fields behind the signature `embedded`.

    A field that was empty, and holds since the next signature of the same agency what it holds now, looking as it
    looked then, was filled by that agency as documents are numbered: between the personal signature and the seal
    (NĐ 30/2020/NĐ-CP art. 15). Further signatures are judged by themselves, and stamps that draw nothing. Anything
    else is a change of what was signed: a new field, an empty place for a signature that covers the page, a look that
    no longer says what the field holds.
    """
    reader = embedded.reader
    if embedded.signed_revision >= reader.total_revisions - 1:
        return []
    before, now = _states(reader, embedded.signed_revision), _states(reader, None)
    changed = sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
    judged = {each.field_name: each for each in reader.embedded_signatures}
    other = [
        name for name in changed if not _is_later_signature(judged.get(name), before.get(name), now.get(name))
    ]
    if not other:
        return []
    then = _own_next(embedded)
    vouched = _states(reader, then) if then is not None else {}
    if all(_was_blank(before.get(name)) and name in now and vouched.get(name) == now[name] for name in other):
        told = ", ".join(f"{name} “{now[name].text}”" for name in other[:SHOWN_MAX])
        return [finding("form_filled", fields=told)]
    return [finding("form_changed", fields=", ".join(other[:SHOWN_MAX]))]


def _is_later_signature(signed: Any, before: _State | None, now: _State | None) -> bool:
    """Whether a field was empty then and holds a signature now that is judged by itself; a stamp must not be seen."""
    if signed is None or now is None or not now.holds or (before is not None and before.holds):
        return False
    return signed.sig_object_type != STAMP or not now.drawn


def _was_blank(field: _State | None) -> bool:
    return field is not None and field.kind != "/Sig" and not field.holds


def _own_next(embedded: Any) -> int | None:
    """The revision of the next signature by the same agency; None without one."""
    agency = holder(embedded.signer_cert)["agency"]
    later = [
        each
        for each in embedded.reader.embedded_signatures
        if each.sig_object_type == "/Sig" and each.signed_revision > embedded.signed_revision
    ]
    own = [each.signed_revision for each in later if agency and holder(each.signer_cert)["agency"] == agency]
    return min(own, default=None)


def _states(reader: Any, revision: int | None) -> dict[str, _State]:
    """The fields of the form at a revision by their full names, None for the file as it is."""
    root = reader.root if revision is None else reader.get_historical_root(revision)
    form = at(root, "/AcroForm", {})
    found: dict[str, _State] = {}
    for name, kind, field in _fields(at(form, "/Fields", ()), "", "", DEEP_MAX):
        place, number = name, 1
        while place in found:  # a second field of the same name is not the first one
            number += 1
            place = f"{name} ({number})"
        found[place] = _state(kind, field)
    return found


def _fields(given: Any, above: str, kind: str, deep: int) -> Iterator[tuple[str, str, Any]]:
    """(full name, kind, field) of all fields below; a child without a name only draws its parent."""
    if not deep:
        raise ValueError("a form too deep")
    for each in given:
        field = each.get_object()
        own = str(at(field, "/FT", kind))
        name = str(at(field, "/T", ""))
        full = f"{above}.{name}" if above and name else above or name
        yield full, own, field
        named = [child for child in at(field, "/Kids", ()) if "/T" in child.get_object()]
        yield from _fields(named, full, own, deep - 1)


def _state(kind: str, field: Any) -> _State:
    value = at(field, "/V", None)
    digest, left = hashlib.sha256(), [PARTS_MAX]
    skipped = _UP + (("/V",) if kind == "/Sig" else ()) + ("/Kids",)
    _digest(field, digest, left, DEEP_MAX, skipped)
    drawn = _has_area(field)
    for child in at(field, "/Kids", ()):
        if "/T" not in child.get_object():
            _digest(child, digest, left, DEEP_MAX, _UP)
            drawn |= _has_area(child.get_object())
    if kind == "/Sig" and value is not None:
        for key in ("/Contents", "/ByteRange"):
            _digest(at(value, key, None), digest, left, DEEP_MAX, ())
    text = value if isinstance(value, str) and kind != "/Sig" else ""
    return _State(text, kind, bool(value), drawn, digest.digest())


def _has_area(field: Any) -> bool:
    rect = [float(each) for each in at(field, "/Rect", ())]
    return len(rect) != 4 or (rect[0] != rect[2] and rect[1] != rect[3]) if rect else "/AP" in field


def _digest(part: Any, into: Any, left: list[int], deep: int, skipped: tuple[str, ...]) -> None:
    """Everything that a part of a PDF leads to, in an order of its own; ValueError for more than can be looked at."""
    from pyhanko.pdf_utils import generic

    left[0] -= 1
    if left[0] < 0 or not deep:
        raise ValueError("a field too large")
    if isinstance(part, generic.IndirectObject):
        part = part.get_object()
    if isinstance(part, generic.DictionaryObject):
        into.update(b"<%d" % len(part))
        for key in sorted(part):
            if key not in skipped and key not in _UP:
                into.update(b"/%d:%s" % (len(key), key.encode("utf-8", "surrogateescape")))
                _digest(part.raw_get(key), into, left, deep - 1, ())
        if isinstance(part, generic.StreamObject):
            into.update(b"s%d:%s" % (len(part.encoded_data), part.encoded_data))
    elif isinstance(part, generic.ArrayObject):
        into.update(b"[%d" % len(part))
        for number in range(len(part)):
            _digest(part.raw_get(number), into, left, deep - 1, ())
    else:
        said = repr((type(part).__name__, part)).encode("utf-8", "surrogateescape")
        into.update(b"=%d:%s" % (len(said), said))

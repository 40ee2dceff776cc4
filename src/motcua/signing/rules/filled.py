"""Fields of a form behind a signature: filled by the same agency before its next signature, or by nobody knows whom."""

from __future__ import annotations

from typing import Any

from motcua.signing.rules.report import Finding, finding
from motcua.signing.rules.signers import holder

SHOWN_MAX = 5


def filled_after(embedded: Any, changed: set[str]) -> list[Finding]:
    """What was done to the form's fields (`changed`, by name) behind the signature `embedded`.

    A field that was empty, and holds since the next signature of the same agency what it holds now, was filled by that
    agency as documents are numbered: between the personal signature and the seal (NĐ 30/2020/NĐ-CP art. 15). Anything
    else is a change of what was signed.
    """
    if not changed:
        return []
    reader = embedded.reader
    before, now = _values(reader, embedded.signed_revision), _values(reader, None)
    other = sorted(name for name in changed if before.get(name, "") != now.get(name, ""))
    if not other:
        return []
    then = _own_next(embedded)
    vouched = _values(reader, then) if then is not None else {}
    if all(not before.get(name) and vouched.get(name) == now.get(name) for name in other):
        told = ", ".join(f"{name} “{now.get(name, '')}”" for name in other[:SHOWN_MAX])
        return [finding("form_filled", fields=told)]
    return [finding("form_changed", fields=", ".join(other[:SHOWN_MAX]))]


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


def _values(reader: Any, revision: int | None) -> dict[str, str]:
    """The text in every field of the form at a revision, None for the file as it is."""
    root = reader.root if revision is None else reader.get_historical_root(revision)
    found: dict[str, str] = {}
    for each in root["/AcroForm"]["/Fields"] if "/AcroForm" in root else ():
        field = each.get_object()
        value = field.get("/V", "")
        found[str(field.get("/T", ""))] = value if isinstance(value, str) else ""
    return found

"""Opening a PDF that a stranger made: bounded in bytes, pages and parts, with a finding for whatever is wrong."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

from motcua.signing.rules.report import Finding, finding

MB = 1024 * 1024
BYTES_MAX, PAGES_MAX, PARTS_MAX, SIGNATURES_MAX = 100 * MB, 3000, 200_000, 30

_entries_left: ContextVar[int | None] = ContextVar("entries_left", default=None)
SPACE = b" \t\r\n\x00"

# the keys and actions by which a PDF runs something or shows what was not signed
_KEYS = {"/JS": "JavaScript", "/JavaScript": "JavaScript", "/XFA": "XFA", "/RichMedia": "RichMedia"}
_ACTIONS = {
    "/JavaScript": "JavaScript",
    "/Launch": "Launch",
    "/Rendition": "Rendition",
    "/ImportData": "ImportData",
}


class Unreadable(Exception):
    """The file cannot be checked; holds the finding that says why."""

    def __init__(self, code: str, **told: Any) -> None:
        super().__init__(code)
        self.finding: Finding = finding(code, **told)


def at(part: Any, key: str, otherwise: Any) -> Any:
    """What a dictionary of a PDF holds there, followed to where it stands (`get` of the reader does not)."""
    return part[key] if key in part else otherwise  # noqa: SIM401  another thing than get


def open_pdf(content: bytes) -> tuple[Any, list[Finding]]:
    """A reader and what is to be told about the file. Raises Unreadable."""
    if len(content) > BYTES_MAX:
        raise Unreadable("too_large", most=BYTES_MAX // MB)
    if b"%PDF-" not in content[:1024]:
        raise Unreadable("not_pdf")
    if not content[-1024:].strip(SPACE):
        raise Unreadable(
            "broken"
        )  # a PDF ends at its end: looking through megabytes of blanks for it is dear
    told = []
    reader = _reader(content, strict=True)
    if reader is None:
        reader = _reader(content, strict=False)
        told.append(finding("loose"))
    if reader is None:
        raise Unreadable("broken")
    return reader, told


def _reader(content: bytes, *, strict: bool) -> Any:
    from pyhanko.pdf_utils.reader import PdfFileReader

    _bound_entries()
    left = _entries_left.set(min(PARTS_MAX, len(content)))  # an object takes a byte at least
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=strict, decode_limits=_limits())
        if reader.encrypted:
            raise Unreadable("encrypted")
        reader.root["/Pages"]
        return reader
    except Unreadable:
        raise
    except Exception:  # noqa: BLE001  a hostile file makes the parser fail in ways that nobody lists
        return None
    finally:
        _entries_left.reset(left)


def _limits() -> Any:
    """What may come out of packed parts: far less than the library allows, still much more than a paper needs."""
    from pyhanko.pdf_utils import decode_limits as of

    table = of.StreamDecodeLimits(max_output_size=16 * MB)
    return of.DecodeLimits(
        per_purpose={**of.DEFAULT_PURPOSE_LIMITS, of.DecodePurpose.XREF_STREAM: table},
        document_budget=of.DocumentDecodeBudget(base_allowance=128 * MB, max_ratio=10),
    )


@functools.cache
def _bound_entries() -> None:
    """pyHanko 0.38 believes how many objects a cross-reference stream says it lists, though its data ended long ago:
    fifty bytes could keep it busy for hours. Here the entries of a file are counted."""
    from pyhanko.pdf_utils import misc, xref

    original = xref.parse_xref_stream

    def bounded(xref_stream: Any, strict: bool = True) -> Iterator[Any]:
        for entry in original(xref_stream, strict=strict):
            left = _entries_left.get()
            if left is not None:
                if not left:
                    raise misc.PdfReadError("too many entries in the cross-reference streams")
                _entries_left.set(left - 1)
            yield entry

    xref.parse_xref_stream = bounded


def ends_early(content: bytes) -> bool:
    """Whether anything but white space stands behind the end of the last revision: no signature speaks of it."""
    last = content.rfind(b"startxref")
    end = content.find(b"%%EOF", last)
    return end >= 0 and bool(content[end + 5 :].strip(SPACE))


def of_other_kinds(reader: Any) -> list[str]:
    """The names of the signatures in a file that its reader passes over, since their format is none that it knows."""
    from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields

    known = {each.value for each in SigSeedSubFilter}
    return [
        str(name)
        for name, value, _field in enumerate_sig_fields(reader, filled_status=True)
        if value.get_object().get("/SubFilter") not in known
    ]


_RANGE = re.compile(rb"/ByteRange\s*\[\s*0\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")


def hides_signature(content: bytes, reader: Any) -> bool:
    """Whether the bytes hold a signature that no field of the file, as it is read, leads to: a damaged table makes a
    seal disappear, and what was signed before it then looks whole."""
    from pyhanko.sign.fields import enumerate_sig_fields

    reached = set()
    for _name, value, _field in enumerate_sig_fields(reader, filled_status=True):
        covered = value.get_object().get("/ByteRange") or ()
        reached.add(tuple(int(each) for each in list(covered)[1:4]))
    for match in _RANGE.finditer(content):
        first, second, length = (int(each) for each in match.groups())
        # of a file within the file the places are others: there no signature begins
        here = content[first : first + 1] == b"<" and content[second - 1 : second] == b">"
        if here and second + length <= len(content) and (first, second, length) not in reached:
            return True
    return False


def page_count(reader: Any) -> int:
    """How many pages the file says it has. Raises Unreadable for too many, and for a number that is none."""
    pages = int(reader.root["/Pages"]["/Count"])
    if pages < 0:
        raise Unreadable("broken")
    if pages > PAGES_MAX:
        raise Unreadable("too_many_pages", pages=pages, most=PAGES_MAX)
    return pages


def programs_in(reader: Any) -> list[str]:
    """What in the file runs or replaces what is shown: names such as JavaScript, Launch, XFA; none is best.

    Walks all parts that can be reached from the root. Raises Unreadable when there are too many.
    """
    from pyhanko.pdf_utils import generic

    found: set[str] = set()
    seen: set[tuple[int, int]] = set()
    waiting: list[Any] = [reader.root]
    parts = 0
    while waiting:
        part = waiting.pop()
        parts += 1
        if parts > PARTS_MAX:
            raise Unreadable("too_complex")
        if isinstance(part, generic.IndirectObject):
            place = (part.idnum, part.generation)
            if place in seen:
                continue
            seen.add(place)
            part = part.get_object()
        if isinstance(part, generic.DictionaryObject):
            found |= _programs_of(part)
            waiting.extend(part.raw_get(name) for name in part if name not in ("/Parent", "/P"))
        elif isinstance(part, generic.ArrayObject):
            waiting.extend(part.raw_get(number) for number in range(len(part)))
    return sorted(found)


def _programs_of(part: Any) -> set[str]:
    found = {_KEYS[name] for name in part if name in _KEYS}
    action = at(part, "/S", None)
    if isinstance(action, str) and action in _ACTIONS:
        found.add(_ACTIONS[action])
    return found

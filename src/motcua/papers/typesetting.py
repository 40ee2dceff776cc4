"""From a record to a PDF. Knows typst and the fonts, no table and no setting."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from motcua.papers.record import PaperRecord

FONTS = Path(__file__).parent / "fonts"
# An archive file that keeps its data file (PDF/A-3b), and one that a screen reader can read (PDF/UA-1).
STANDARDS = ["a-3b", "ua-1"]
QR_BORDER = 1
# Any reader takes each of the eight masks. To try them all takes half as long as typst takes for the page; by the
# penalties of ISO/IEC 18004 this one is the best of the eight, or within a few percent of it, for addresses like ours.
QR_MASK = 2
_DARK = re.compile(rb"\x01+")
# typst keeps what it laid out for the papers that come next, and lets it go ten papers later: a quarter of a megabyte
# for each row of a book.
LONG_TABLE = 40
KEEPS_FOR = 11
NO_LETTER = "□"
_PACKAGE = re.compile(r"""(?:import|include)[\s(]*["']@""")


class LayoutBroken(Exception):
    """typst could not set the paper: the layout has a fault. Its words are for whoever wrote the layout."""


@dataclass(frozen=True)
class Layout:
    """A layout with all it is set by: `files` are typst sources by document id, `key` its own among them."""

    key: str
    hash: str
    size: str
    across: bool
    files: Mapping[str, str]

    @cached_property
    def sources(self) -> dict[str, bytes]:
        """The files as typst is given them. Raises LayoutBroken."""
        if any(_PACKAGE.search(text) for text in self.files.values()):
            raise LayoutBroken("a layout imports no package")  # typst would fetch it from the network
        sources = {f"{name}.typ": text.encode() for name, text in self.files.items()}
        return {**sources, "main.typ": sources[f"{self.key}.typ"]}


@dataclass(frozen=True)
class SignaturePlace:
    """Where somebody signs: the role and the name there, the page from 0, the box in points from the lower left."""

    role: str
    name: str
    page: int
    box: tuple[float, float, float, float]


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """Our letters only, read once: what the machine has does not reach a paper."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def pdf_of(record: PaperRecord, layout: Layout) -> bytes:
    """The paper as PDF/A-3b and PDF/UA-1 with its record attached; the same record gives the same bytes.

    Raises LayoutBroken.
    """
    return _set(record, layout, format="pdf", pdf_standards=STANDARDS)


def signature_places(record: PaperRecord, layout: Layout) -> list[SignaturePlace]:
    """Where the paper has places for signatures, in the order of the page; a layout tells them by the label
    `signature-place` (see the frame of the national pack). Raises LayoutBroken."""
    import typst

    try:
        told = typst.query(
            files_of(record, layout),
            "<signature-place>",
            field="value",
            font_paths=_fonts(),
            ignore_system_fonts=True,
        )
    except typst.TypstError as problem:
        raise LayoutBroken(_told(problem)) from problem
    try:
        return [_place(one) for one in json.loads(told)]
    except (TypeError, KeyError, ValueError) as problem:
        raise LayoutBroken(f"signature-place: {problem!r}") from problem


def _place(told: Mapping[str, Any]) -> SignaturePlace:
    def points(text: str) -> float:
        return float(text.removesuffix("pt"))

    left, high = points(told["at"]["x"]), points(told["foot"]) - points(told["at"]["y"])
    box = (left, high - points(told["height"]), left + points(told["width"]), high)
    return SignaturePlace(str(told["role"]), str(told["name"]), int(told["at"]["page"]) - 1, box)


def pictures_of(record: PaperRecord, layout: Layout, *, ppi: int = 110) -> list[bytes]:
    """Its pages as PNG, for a page that shows what the paper looks like. Raises LayoutBroken."""
    made = _set(record, layout, format="png", ppi=ppi)
    return made if isinstance(made, list) else [made]


def files_of(record: PaperRecord, layout: Layout) -> dict[str, bytes]:
    """All that typst is given for a paper, by name. Raises LayoutBroken."""
    whole = record.model_dump_json(indent=1)
    files = {**layout.sources, "record.json": _drawable(whole).encode(), "attached.json": whole.encode()}
    if record.dossier is not None:
        files["qr.svg"] = qr(record.dossier.tracking)
    return files


def _drawable(text: str) -> str:
    """The text with a mark for each character that our letters do not have: an archive file may not hold such a one,
    and a paper with one strange name must not be missing. What is attached keeps them."""
    strange = {char for char in set(text) if char >= " " and ord(char) not in _letters()}
    return text.translate({ord(char): NO_LETTER for char in strange}) if strange else text


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    """The characters that all our fonts have."""
    from fontTools.ttLib import TTFont

    found = [set(TTFont(place, lazy=True).getBestCmap()) for place in sorted(FONTS.glob("*.ttf"))]
    return frozenset(set.intersection(*found))


def _set(record: PaperRecord, layout: Layout, **how: Any) -> Any:
    import typst

    files = files_of(record, layout)
    try:
        return typst.compile(
            files,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            timestamp=int(record.issued_at.timestamp()),
            **how,
        )
    except typst.TypstError as problem:
        raise LayoutBroken(_told(problem)) from problem
    finally:
        if record.table is not None and len(record.table.rows) > LONG_TABLE:
            _let_go()


def _let_go() -> None:
    """Empty pages push a long book out of typst's memory, which else grows by each book to a gigabyte."""
    import typst

    for _paper in range(KEEPS_FOR):
        typst.compile({"main.typ": b""}, font_paths=_fonts(), ignore_system_fonts=True)


def _told(problem: Any) -> str:
    hints: Sequence[str] = getattr(problem, "hints", None) or ()
    return " ".join([str(getattr(problem, "message", "") or problem), *hints])[:500]


@lru_cache(maxsize=64)
def qr(address: str) -> bytes:
    """The code to scan, as SVG: each row of dark modules as strokes of one path."""
    import segno

    rows = segno.make(address, error="m", micro=False, mask=QR_MASK).matrix
    side = len(rows) + 2 * QR_BORDER
    strokes = "".join(
        f"M{run.start() + QR_BORDER} {place}.5h{run.end() - run.start()}"
        for place, row in enumerate(rows, QR_BORDER)
        for run in _DARK.finditer(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}">'
        f'<path stroke="#000" d="{strokes}"/></svg>'
    ).encode()

"""From a record to a PDF. Knows typst and the fonts, no table and no setting."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from motcua.papers.record import PaperRecord

FONTS = Path(__file__).parent / "fonts"
# An archive file that keeps its data file (PDF/A-3b), and one that a screen reader can read (PDF/UA-1).
STANDARDS = ["a-3b", "ua-1"]
QR_BORDER = 1
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


def pictures_of(record: PaperRecord, layout: Layout, *, ppi: int = 110) -> list[bytes]:
    """Its pages as PNG, for a page that shows what the paper looks like. Raises LayoutBroken."""
    made = _set(record, layout, format="png", ppi=ppi)
    return made if isinstance(made, list) else [made]


def _set(record: PaperRecord, layout: Layout, **how: Any) -> Any:
    import typst

    if any(_PACKAGE.search(text) for text in layout.files.values()):
        raise LayoutBroken("a layout imports no package")  # typst would fetch it from the network
    files = {f"{name}.typ": text.encode() for name, text in layout.files.items()}
    files["main.typ"] = files[f"{layout.key}.typ"]
    files["record.json"] = record.model_dump_json(indent=1).encode()
    if record.dossier is not None:
        files["qr.svg"] = qr(record.dossier.tracking)
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


def _told(problem: Any) -> str:
    hints: Sequence[str] = getattr(problem, "hints", None) or ()
    return " ".join([str(getattr(problem, "message", "") or problem), *hints])[:500]


@lru_cache(maxsize=64)
def qr(address: str) -> bytes:
    """The code to scan, as SVG."""
    import segno

    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=QR_BORDER, xmldecl=False)
    return drawn.getvalue()

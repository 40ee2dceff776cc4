"""Copies of papers of identity as they leave the desk: marked for what they are, the original untouched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from motcua.digitising import images, pdf
from motcua.digitising.errors import ScanUnreadable
from motcua.files import queries as files
from motcua.files.rules import PICTURES
from motcua.papers.queries import FONTS

FONT = "Tinos-Regular.ttf"


def may_be_marked(kind: str) -> bool:
    """Whether a stored file of this kind can be drawn page by page."""
    return kind == "pdf" or kind in PICTURES


def copy_of(file: Any, mark: str) -> tuple[bytes, str]:
    """See `queries.marked_copy`."""
    content = b"".join(files.content(file))
    try:
        if file.kind == "pdf":
            pages = images.pdf_pictures(content, dpi=pdf.COPY_DPI, most=pdf.COPY_PAGES_MAX)
        else:
            pages = [images.for_screen(images.page_of(content, file.kind, 0).image)]
    except images.Unreadable as problem:
        raise ScanUnreadable(name=file.name) from problem
    return pdf.marked(pages, mark, str(Path(FONTS) / FONT)), f"ban-sao-{file.name.rpartition('.')[0]}.pdf"

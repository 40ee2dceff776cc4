"""From uploaded pages to the pages of a PDF: the slow part, done outside any transaction. Reads, writes no table."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from PIL import Image

from motcua.digitising import images, ocr, pdf, queries
from motcua.digitising.models import ScanPage
from motcua.digitising.rules import DPI_KEPT
from motcua.files import queries as files

OPENED_MAX = 6  # uploaded files kept open in one run: a document of fifty pages is read from the store once


@dataclass(frozen=True)
class Prepared:
    """A page made ready: its JPEG, how finely it was scanned, how far it was turned, its words (None: not read)."""

    jpeg: bytes
    dpi: int
    guessed: bool
    skew: float
    words: list[ocr.Word] | None


class Sources:
    """The uploaded files of one run, each read once."""

    def __init__(self) -> None:
        self._held: dict[int, bytes] = {}

    def of(self, page: ScanPage) -> tuple[bytes, str]:
        """(bytes, kind) of the file a page comes from. Raises StoreBroken."""
        file = page.file
        if file is None:
            raise images.Unreadable("the upload is gone")
        if file.pk not in self._held:
            if len(self._held) >= OPENED_MAX:
                self._held.clear()
            self._held[file.pk] = b"".join(files.content(file))
        return self._held[file.pk], file.kind


def prepare(page: ScanPage, sources: Sources, *, program: str) -> Prepared:
    """Draw a page, take the sheet off its table, turn it upright, straighten and read it.

    Raises images.Unreadable, StoreBroken. A page that cannot be read is prepared all the same.
    """
    content, kind = sources.of(page)
    drawn = images.page_of(content, kind, page.index)
    image, dpi, size = drawn.image, drawn.dpi, drawn.drawn
    if kind != "pdf":
        image = images.paper_alone(image)
        if drawn.guessed:  # what is left of the photograph is the sheet
            size = max(1, round(max(image.size) / images.A4_LONG))
            dpi = size if dpi <= DPI_KEPT else dpi
    image = images.turned(image, page.turned)
    image, skew = images.straightened(image)
    try:
        words = ocr.read(images.for_reading(image), dpi=size, program=program)
    except ocr.CannotRead:
        words = None
    if dpi < size:  # drawn larger to be read; kept as finely as it was scanned, and no finer
        image = images.scaled(image, dpi / size)
        size = dpi
    return Prepared(images.as_jpeg(image, size), dpi, drawn.guessed, skew, words)


def pdf_of(pages: Iterable[ScanPage], *, title: str, at: datetime) -> bytes:
    """The prepared pages, in their order, as one PDF/A. Raises StoreBroken."""
    told = []
    for page in pages:
        jpeg = b"".join(files.content(page.picture))
        with Image.open(io.BytesIO(jpeg)) as picture:
            size, dpi = picture.size, picture.info.get("dpi", (DPI_KEPT, DPI_KEPT))
        told.append(pdf.SetPage(jpeg, size, max(1, round(float(dpi[0]))), queries.words_of(page)))
    return pdf.pdf_of(told, title=title, at=at)

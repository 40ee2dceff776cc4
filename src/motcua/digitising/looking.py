"""A look at a file as somebody handed it in: what can be read in it, and what the picture itself is like.

Nothing is kept here. A page of a PDF that was written gives its own text, every other one is read as the worker reads
scans; where the lines lie on their side it is turned. Plain Pillow; knows no table and no setting.
"""

from __future__ import annotations

import re
import time as machine_time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageFilter, ImageStat

from motcua.digitising import images, ocr, reading
from motcua.kernel import forms

DPI = 200  # as finely as a page is looked at
LONG_SIDE = round(DPI * images.A4_LONG)
MEASURED = (
    1000  # pixels of the long side at which a picture is measured: a sharp one and a large one are two things
)
SURE = 60  # percent from which a word counts as read
FEW = 8  # words below which another way up is tried
RIM = 0.012  # of the width: letters that lie there were cut by the edge of the picture
LETTER = (4, 30)  # pixels high, at MEASURED: neither a ruled line nor a table behind the sheet
NIGHT = (38, 14)  # light and contrast below which nobody reads anything: the program need not try
WRITTEN, READ, ABSENT, SLOW, FAILED = "written", "read", "absent", "slow", "failed"


@dataclass(frozen=True)
class Looked:
    """A page. `how`: written (its own text), read (by the program), or why it could not be read: absent, slow, failed.

    `long` pixels of the long side; `light` and `contrast` of 255; `sharp` the spread of the second difference; `ink`
    the share of the page that is written on; `rim` how many lines of letters run into the left or right edge.
    """

    how: str
    words: tuple[ocr.Word, ...]
    long: int
    light: int
    contrast: int
    sharp: float
    ink: float
    rim: int

    @property
    def sure(self) -> int:
        """How many words of more than one letter were read surely."""
        return sum(1 for word in self.words if len(word.text) > 1 and word.confidence >= SURE)

    def as_data(self) -> dict[str, Any]:
        """The page as it is stored."""
        return {
            "how": self.how,
            "words": [word.as_row() for word in self.words],
            "measures": [
                self.long,
                self.light,
                self.contrast,
                round(self.sharp, 2),
                round(self.ink, 5),
                self.rim,
            ],
        }

    @classmethod
    def of_data(cls, data: dict[str, Any]) -> Looked:
        """The page again."""
        long, light, contrast, sharp, ink, rim = data["measures"]
        words = tuple(ocr.Word.of_row(row) for row in data["words"])
        return cls(
            str(data["how"]), words, int(long), int(light), int(contrast), float(sharp), float(ink), int(rim)
        )


def look(
    content: bytes, kind: str, *, program: str, pages_most: int, seconds: float
) -> tuple[list[Looked], int]:
    """(the first pages of a file, how many it has). Reading stops when `seconds` are over: later pages are slow.

    Raises images.Unreadable for a file that cannot be opened.
    """
    count = images.count_pages(content, kind)
    until = machine_time.monotonic() + seconds
    found = []
    for index in range(min(count, pages_most)):
        written = kind == "pdf" and not images.is_scanned(content, index)
        words = _written(content, index) if written else []
        picture = _picture(content, kind, index)
        if words:
            found.append(_looked(WRITTEN, words, picture))
        else:
            found.append(_read(picture, program, until))
    return found, count


def _picture(content: bytes, kind: str, index: int) -> Image.Image:
    if kind == "pdf":
        return images.pdf_page(content, index, dpi=DPI)
    return images.page_of(content, kind, index).image


def _written(content: bytes, index: int) -> list[ocr.Word]:
    told = images.pdf_words(content, index)[: ocr.WORDS_MAX]
    return [ocr.Word(_TWICE.sub(r"\1", text)[: ocr.LETTERS_MAX], 100, *place) for text, *place in told]


# Fonts that are put together out of two tell a letter with marks twice; nobody writes one so.
_TWICE = re.compile(r"([À-ỹ])\1")


def _read(picture: Image.Image, program: str, until: float) -> Looked:
    """The page read: as it lies, and where next to nothing is read although much is written, the other ways up."""
    alone = images.paper_alone(picture)
    night = _looked(READ, [], alone)
    if night.light < NIGHT[0] and night.contrast < NIGHT[1]:
        return night
    best = _read_so(alone, program, until)
    if best.how != READ or best.sure >= FEW or best.ink < 0.004:
        return best
    for degrees in (90, 270, 180):
        if machine_time.monotonic() > until:
            break
        other = _read_so(images.turned(alone, degrees), program, until)
        if other.sure > max(FEW, 2 * best.sure):
            return other
    return best


def _read_so(picture: Image.Image, program: str, until: float) -> Looked:
    straight, _skew = images.straightened(picture)
    long = max(straight.size)
    page = images.scaled(straight, LONG_SIDE / long) if long > LONG_SIDE else straight
    left = until - machine_time.monotonic()
    if left <= 0:
        return _looked(SLOW, [], picture)
    dpi = max(70, round(max(page.size) / images.A4_LONG))
    try:
        words = ocr.read(
            images.for_reading(page), dpi=dpi, program=program, seconds=min(left, ocr.SECONDS_MAX)
        )
    except ocr.CannotRead as problem:
        return _looked(problem.code, [], picture)
    return _looked(READ, words, picture)


def _looked(how: str, words: Iterable[ocr.Word], picture: Image.Image) -> Looked:
    gray = picture.convert("L")
    by = MEASURED / max(gray.size)
    small = images.scaled(gray, by) if by < 1 else gray
    whole = ImageStat.Stat(small)
    second = small.filter(ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128))
    dark = images.flat(small).point([255 if level < 160 else 0 for level in range(256)])
    return Looked(
        how=how,
        words=tuple(words),
        long=max(picture.size),
        light=round(whole.mean[0]),
        contrast=round(whole.stddev[0]),
        sharp=ImageStat.Stat(second).stddev[0],
        ink=dark.histogram()[255] / (dark.width * dark.height),
        rim=max(_lines_at(dark, 0), _lines_at(dark, dark.width - _rim(dark))),
    )


def _rim(dark: Image.Image) -> int:
    return max(2, round(RIM * dark.width))


def _lines_at(dark: Image.Image, left: int) -> int:
    """How many runs as high as letters lie in the strip at `left`."""
    strip = dark.crop((left, 0, left + _rim(dark), dark.height)).resize(
        (1, dark.height), Image.Resampling.BOX
    )
    runs, high = 0, 0
    for level in (*strip.tobytes(), 0):
        if level >= 60:
            high += 1
            continue
        runs += LETTER[0] <= high <= LETTER[1]
        high = 0
    return runs


def rows_in(page: Looked) -> list[tuple[str, int]]:
    """What stands on a page, in rows from the top as the eye sees them: (text, its mean confidence in percent)."""
    told = []
    for row in reading.rows_of(page.words):
        letters = sum(len(word.text) for word in row)
        sure = sum(word.confidence * len(word.text) for word in row) / letters
        told.append((" ".join(word.text for word in row), round(sure)))
    return told


def said_for(
    pages: Sequence[Looked], declaration: forms.Declaration, asked: Iterable[str], paper: str
) -> dict[str, tuple[Any, int, int]]:
    """Field → (value, confidence, page from 0) by the labels that stand on a paper named so."""
    found = reading.proposals([page.words for page in pages], declaration, asked, paper)
    return {one.field: (one.value, one.confidence, one.page) for one in found}

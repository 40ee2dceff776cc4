"""How well this machine reads: scans of our own papers made worse in known ways, read, and counted letter by letter.

Everything is made by arithmetic from a number, so that two runs on one machine see the same scans. Knows no table.
"""

from __future__ import annotations

import io
import random
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter

from motcua.digitising import images, ocr
from motcua.digitising.reading import rows_of

DPI = 200
CLEAN, TURNED, NOISY, PHOTO = "clean", "rotated", "noisy", "photographed"
# (name of the example, how its scan was made worse)
TEN: tuple[tuple[str, str], ...] = (
    ("mau-01-receipt", CLEAN),
    ("ket-qua-birth-registration", CLEAN),
    ("mau-02-supplement-request", TURNED),
    ("ket-qua-marriage-registration", TURNED),
    ("ket-qua-house-building-permit", TURNED),
    ("mau-03-refusal", NOISY),
    ("ket-qua-death-registration", NOISY),
    ("mau-04-apology", PHOTO),
    ("ket-qua-marital-status-certificate", PHOTO),
    ("ket-qua-household-business-registration", PHOTO),
)


@dataclass(frozen=True)
class Measured:
    """One scan: letters on the paper, how many had to be changed, the share in percent."""

    name: str
    how: str
    letters: int
    wrong: int

    @property
    def rate(self) -> float:
        return 100 * self.wrong / self.letters if self.letters else 0.0


def measure(name: str, how: str, pdf: bytes, *, program: str, number: int = 1, dpi: int = DPI) -> Measured:
    """Scan the first page of a paper `how`, read it as the worker does, and compare. Raises ocr.CannotRead."""
    found = read_worse(images.pdf_page(pdf, 0, dpi=dpi), how, number, program=program, dpi=dpi)
    wanted = text_on(pdf)
    return Measured(name, how, len(wanted), distance(wanted, found))


def read_worse(page: Image.Image, how: str, number: int, *, program: str, dpi: int = DPI) -> str:
    """What is read of a page that was scanned `how`. Raises ocr.CannotRead."""
    scanned = WORSE[how](page, number)
    alone = images.paper_alone(scanned) if how == PHOTO else scanned
    straight, _skew = images.straightened(alone)
    return in_rows(ocr.read(images.for_reading(straight), dpi=dpi, program=program))


def in_rows(words: list[ocr.Word]) -> str:
    """The words as one text, row after row across the page: columns are read in no fixed order by anybody."""
    return tidy(" ".join(word.text for row in rows_of(words) for word in row))


def tidy(text: str) -> str:
    """Composed letters, single spaces: what is compared."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def text_on(pdf: bytes) -> str:
    """What stands on the first page of a PDF that was set, in rows as `in_rows`."""
    found = [
        ocr.Word(text, 100, 0, left, top, width, height)
        for text, left, top, width, height in images.pdf_text(pdf, 0)
    ]
    return in_rows(found)


def distance(wanted: str, found: str) -> int:
    """How many letters have to be put in, left out or changed (Levenshtein, by the bits of Myers 1999)."""
    if not wanted:
        return len(found)
    places: dict[str, int] = {}
    for at, char in enumerate(wanted):
        places[char] = places.get(char, 0) | 1 << at
    all_bits, last = (1 << len(wanted)) - 1, 1 << (len(wanted) - 1)
    more, fewer, score = all_bits, 0, len(wanted)
    for char in found:
        same = places.get(char, 0)
        across = same | fewer
        down = (((same & more) + more) ^ more) | same
        up, left = fewer | (all_bits & ~(down | more)), more & down
        score += bool(up & last) - bool(left & last)
        up, left = (up << 1 | 1) & all_bits, (left << 1) & all_bits
        more, fewer = left | (all_bits & ~(across | up)), up & across
    return score


# Scans made worse -----------------------------------------------------------------------------------------------------


def _noise(size: tuple[int, int], number: int) -> Image.Image:
    return Image.frombytes("L", size, random.Random(number).randbytes(size[0] * size[1]))  # noqa: S311  it is noise


def clean(page: Image.Image, number: int) -> Image.Image:
    """As a good scanner gives it."""
    return page


def rotated(page: Image.Image, number: int) -> Image.Image:
    """Laid on the glass three degrees off, this way or that."""
    angle = 3.0 if number % 2 else -3.0
    return page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=(250, 250, 248))


def noisy(page: Image.Image, number: int) -> Image.Image:
    """An old scanner: a little blurred, grain over everything, black and white specks, a degree off."""
    grain = _noise(page.size, number)
    soft = page.rotate(1.0, Image.Resampling.BICUBIC, fillcolor="white").filter(ImageFilter.GaussianBlur(0.7))
    grey = soft.convert("L").point([40 + level * 3 // 4 for level in range(256)])
    grained = ImageChops.add(grey, grain.point([level // 4 for level in range(256)]), scale=1, offset=-32)
    grained.paste(0, (0, 0), grain.point([255 if level == 255 else 0 for level in range(256)]))
    grained.paste(255, (0, 0), grain.point([255 if level < 3 else 0 for level in range(256)]))
    return grained.convert("RGB")


def photographed(page: Image.Image, number: int) -> Image.Image:
    """By a telephone at an angle over a dark table: perspective, light from one side, a soft lens, JPEG."""
    width, height = page.size
    edge = width // 9
    size = (width + 2 * edge, height + 2 * edge)
    lean = edge / 3 * (1 if number % 2 else -1)
    corners = (
        (edge + edge * 0.4 + lean, edge * 0.8),
        (width + edge - edge * 0.5 + lean, edge * 1.1),
        (width + edge * 1.3, height + edge * 1.2),
        (edge * 0.6, height + edge * 0.9),
    )
    flat = ((0.0, 0.0), (float(width), 0.0), (float(width), float(height)), (0.0, float(height)))
    numbers = images.perspective(corners, flat)
    how = (size, Image.Transform.PERSPECTIVE, numbers, Image.Resampling.BICUBIC)
    mask = Image.new("L", page.size, 255).transform(*how)
    scene = Image.new("RGB", size, (62, 52, 44))
    scene.paste(page.transform(*how), (0, 0), mask)
    light = Image.linear_gradient("L").rotate(90 * (number % 4)).resize(size)
    shade = light.point([150 + level * 105 // 255 for level in range(256)])
    lit = ImageChops.multiply(scene, Image.merge("RGB", (shade, shade, shade)))
    soft = lit.filter(ImageFilter.GaussianBlur(0.9))
    grain = _noise(size, number).point([level // 16 for level in range(256)])
    grained = ImageChops.add(soft, Image.merge("RGB", (grain, grain, grain)), scale=1, offset=-8)
    out = io.BytesIO()
    grained.save(out, "JPEG", quality=75)
    return Image.open(out).convert("RGB")


WORSE: dict[str, Callable[[Image.Image, int], Image.Image]] = {
    CLEAN: clean,
    TURNED: rotated,
    NOISY: noisy,
    PHOTO: photographed,
}


def the_ten(papers: dict[str, bytes], *, program: str) -> Iterator[Measured]:
    """The ten scans, measured one after the other; `papers` are PDFs by the names of `TEN`. Raises ocr.CannotRead."""
    for number, (name, how) in enumerate(TEN, 1):
        yield measure(name, how, papers[name], program=program, number=number)

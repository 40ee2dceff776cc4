"""Pages as pictures: taken out of files, turned, freed from the table they were photographed on, straightened.

Plain Pillow; a PDF is drawn by PDFium. Knows no table and no setting.
"""

from __future__ import annotations

import io
import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageChops, ImageFilter, ImageOps

from motcua.digitising.rules import DPI_KEPT, DPI_LEAST

PIXELS_MAX = 50_000_000
LETTERS_MAX = 20_000  # of a written page
A4_LONG = 11.69  # inches
INCHES = (1.5, 24.0)  # the long side of what is laid on a scanner; what a file says beyond it is not believed
COVERS = 0.3  # of a page: smaller pictures (a logo, a seal) do not say how finely it was scanned
SKEW_MOST = 8.0  # degrees
QUALITY = 82

Corners = tuple[tuple[float, float], ...]
_pdfium = threading.Lock()  # PDFium keeps one state for the whole process


class Unreadable(Exception):
    """The file has no such page, or it cannot be opened."""


@dataclass(frozen=True)
class Page:
    """A page as a picture in real size at `drawn` dots per inch; `dpi` is how finely it was scanned, `guessed` where
    the file does not say."""

    image: Image.Image
    dpi: int
    guessed: bool
    drawn: int


def count_pages(content: bytes, kind: str) -> int:
    """How many pages a file has. Raises Unreadable."""
    if kind != "pdf":
        return 1
    with _opened(content) as document:
        return len(document)


def page_of(content: bytes, kind: str, index: int) -> Page:
    """One page of a stored file, at `DPI_KEPT` at most. Raises Unreadable."""
    return _drawn(content, index) if kind == "pdf" else _pictured(content)


def pdf_pictures(content: bytes, *, dpi: int, most: int) -> list[Image.Image]:
    """The first `most` pages of a PDF as pictures. Raises Unreadable."""
    with _opened(content) as document:
        return [_rendered(document[index], dpi) for index in range(min(len(document), most))]


def pdf_page(content: bytes, index: int, *, dpi: int) -> Image.Image:
    """One page of a PDF as a picture. Raises Unreadable."""
    with _opened(content) as document:
        if not 0 <= index < len(document):
            raise Unreadable("no such page")
        return _rendered(document[index], dpi)


def pdf_text(content: bytes, index: int) -> list[tuple[str, float, float, float, float]]:
    """What is written on a page of a PDF: (text, left, top, width, height) in thousandths. Raises Unreadable."""
    with _opened(content) as document:
        if not 0 <= index < len(document):
            raise Unreadable("no such page")
        page = document[index]
        width, height = page.get_size()
        written = page.get_textpage()
        found = []
        for number in range(written.count_rects()):
            left, low, right, high = written.get_rect(number)
            text = written.get_text_bounded(left, low, right, high).strip()
            if text:
                place = (
                    left / width,
                    (height - high) / height,
                    (right - left) / width,
                    (high - low) / height,
                )
                found.append((text, *(1000 * side for side in place)))
        return found  # type: ignore[return-value]


def pdf_words(content: bytes, index: int) -> list[tuple[str, int, float, float, float, float]]:
    """The words written on a page of a PDF, letter by letter as the file places them, whatever letters it mixes: (text,
    line, left, top, width, height) in thousandths. Raises Unreadable."""
    with _opened(content) as document:
        if not 0 <= index < len(document):
            raise Unreadable("no such page")
        page = document[index]
        width, height = page.get_size()
        written = page.get_textpage()
        found: list[tuple[str, int, float, float, float, float]] = []
        line, word = 0, ""
        boxes: list[tuple[float, float, float, float]] = []
        letters = written.get_text_range()[: min(LETTERS_MAX, written.count_chars())]
        for number, char in enumerate([*letters, " "]):
            if not char.isspace():
                word += char
                boxes.append(written.get_charbox(number))
                continue
            if word:
                left, low = min(box[0] for box in boxes), min(box[1] for box in boxes)
                right, high = max(box[2] for box in boxes), max(box[3] for box in boxes)
                place = (
                    left / width,
                    (height - high) / height,
                    (right - left) / width,
                    (high - low) / height,
                )
                found.append((word, line, *(1000 * side for side in place)))  # type: ignore[arg-type]
            line, word, boxes = line + (char == "\n"), "", []
        return found


def is_scanned(content: bytes, index: int) -> bool:
    """Whether a page of a PDF is a picture of a sheet: its words, if it has any, are a machine's. Raises Unreadable."""
    with _opened(content) as document:
        if not 0 <= index < len(document):
            raise Unreadable("no such page")
        return _scanned_at(document[index]) is not None


def for_screen(image: Image.Image) -> Image.Image:
    """The picture no larger than a screen needs."""
    shown = image.copy()
    shown.thumbnail((1600, 1600))
    return shown


class _opened:  # noqa: N801  used as a statement
    """A PDF under the one lock, closed again whatever happens."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def __enter__(self) -> Any:
        import pypdfium2

        _pdfium.acquire()
        try:
            self.document = pypdfium2.PdfDocument(self.content)
        except BaseException as problem:
            _pdfium.release()
            if isinstance(problem, pypdfium2.PdfiumError):
                raise Unreadable(str(problem)) from problem
            raise
        return self.document

    def __exit__(self, kind: Any, problem: Any, trace: Any) -> None:
        import pypdfium2

        try:
            self.document.close()
        finally:
            _pdfium.release()
        if isinstance(problem, pypdfium2.PdfiumError | ValueError):
            raise Unreadable(str(problem)) from problem


def _drawn(content: bytes, index: int) -> Page:
    with _opened(content) as document:
        if not 0 <= index < len(document):
            raise Unreadable("no such page")
        page = document[index]
        found = _scanned_at(page)
        dpi = min(DPI_KEPT, max(DPI_LEAST, found or DPI_KEPT))
        return Page(_rendered(page, dpi), min(found or DPI_KEPT, 9999), False, dpi)


def _rendered(page: Any, dpi: int) -> Image.Image:
    width, height = page.get_size()
    if width <= 0 or height <= 0 or width * height * (dpi / 72) ** 2 > PIXELS_MAX:
        raise Unreadable("page too large")
    return page.render(scale=dpi / 72).to_pil().convert("RGB")


def _scanned_at(page: Any) -> int | None:
    """How finely the pictures that make up a page were scanned; None for a page that was written, not scanned."""
    import pypdfium2.raw as raw

    width, height = page.get_size()
    best = 0.0
    for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, low, right, high = each.get_bounds()
        across, up = right - left, high - low
        if across * up < COVERS * width * height or across <= 0:
            continue
        pixels = each.get_px_size()
        # a picture may lie on its side in the file: its long side goes with the long side of its place
        best = max(best, max(pixels) / max(across, up) * 72)
    return round(best) or None


def _pictured(content: bytes) -> Page:
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > PIXELS_MAX:
                raise Unreadable("picture too large")
            told = opened.info.get("dpi")
            image = _on_white(opened)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as problem:
        raise Unreadable(str(problem)) from problem
    dpi, guessed = _dpi_of(image.size, told)
    if dpi > DPI_KEPT:
        return Page(scaled(image, DPI_KEPT / dpi), dpi, guessed, DPI_KEPT)
    return Page(image, dpi, guessed, dpi)


def scaled(image: Image.Image, by: float) -> Image.Image:
    """The picture larger or smaller."""
    size = (max(1, round(image.width * by)), max(1, round(image.height * by)))
    return image.resize(size, Image.Resampling.LANCZOS)


def _on_white(image: Image.Image) -> Image.Image:
    """In plain colours; what is transparent becomes paper."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        shown = image.convert("RGBA")
        paper = Image.new("RGBA", shown.size, "white")
        paper.alpha_composite(shown)
        return paper.convert("RGB")
    return image.convert("RGB")


def _dpi_of(size: tuple[int, int], told: Any) -> tuple[int, bool]:
    """(dots per inch, whether guessed): what the file says where that is the size of a paper, else as if A4."""
    long = max(size)
    try:
        said = float(max(told))
    except (TypeError, ValueError):
        said = 0.0
    if said > 0 and math.isfinite(said) and INCHES[0] <= long / said <= INCHES[1]:
        return max(1, round(said)), False
    return max(1, round(long / A4_LONG)), True


# Upright, alone, straight --------------------------------------------------------------------------------------------

_TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


def turned(image: Image.Image, degrees: int) -> Image.Image:
    """The picture turned clockwise by quarter circles."""
    way = _TURNS.get(degrees % 360)
    return image if way is None else image.transpose(way)


def paper_alone(image: Image.Image) -> Image.Image:
    """The sheet out of a photograph of it on a darker table, as if seen from above; unchanged when none is found."""
    corners = _corners(image)
    if corners is None:
        return image
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    width = round((math.hypot(bx - ax, by - ay) + math.hypot(cx - dx, cy - dy)) / 2)
    height = round((math.hypot(dx - ax, dy - ay) + math.hypot(cx - bx, cy - by)) / 2)
    where = ((0.0, 0.0), (float(width), 0.0), (float(width), float(height)), (0.0, float(height)))
    return image.transform(
        (width, height), Image.Transform.PERSPECTIVE, perspective(where, corners), Image.Resampling.BICUBIC
    )


SMALL = 240  # pixels of the long side in which a sheet is looked for


def _corners(image: Image.Image) -> Corners | None:
    scale = max(image.size) / SMALL
    size = (max(1, round(image.width / scale)), max(1, round(image.height / scale)))
    small = image.convert("L").resize(size, Image.Resampling.BOX).filter(ImageFilter.MedianFilter(5))
    level = _between(small.histogram())
    width, height = small.size
    pixels = small.tobytes()
    rim = [*pixels[:width], *pixels[-width:], *pixels[::width], *pixels[width - 1 :: width]]
    if sum(value <= level for value in rim) < 0.7 * len(rim):
        return None  # no darker table around it
    bright = [(at % width, at // width) for at, value in enumerate(pixels) if value > level]
    if not 0.3 * len(pixels) <= len(bright):
        return None
    found = (
        min(bright, key=lambda p: p[0] + p[1]),
        max(bright, key=lambda p: p[0] - p[1]),
        max(bright, key=lambda p: p[0] + p[1]),
        min(bright, key=lambda p: p[0] - p[1]),
    )
    if _area(found) < 0.9 * len(bright):
        return None  # not four-cornered
    middle = (sum(p[0] for p in found) / 4, sum(p[1] for p in found) / 4)
    # half a small pixel outwards: the table's rim is cut off less than a line of text
    return tuple(
        (
            min(max((x + 0.5 + (0.5 if x > middle[0] else -0.5)) * scale, 0), image.width),
            min(max((y + 0.5 + (0.5 if y > middle[1] else -0.5)) * scale, 0), image.height),
        )
        for x, y in found
    )


def _area(corners: Sequence[tuple[float, float]]) -> float:
    turned_once = (*corners[1:], corners[0])
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(corners, turned_once, strict=True))) / 2


def _between(histogram: list[int]) -> int:
    """The level that parts dark from bright best (Otsu)."""
    total, whole = sum(histogram), sum(level * count for level, count in enumerate(histogram))
    best, where, dark, dark_sum = -1.0, 127, 0, 0
    for level, count in enumerate(histogram):
        dark += count
        dark_sum += level * count
        if not dark or dark == total:
            continue
        spread = dark * (total - dark) * (dark_sum / dark - (whole - dark_sum) / (total - dark)) ** 2
        if spread > best:
            best, where = spread, level
    return where


def perspective(seen: Corners, source: Corners) -> tuple[float, ...]:
    """The eight numbers by which Pillow takes the corners `seen` of the result from the corners `source`."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(seen, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):  # Gauss and Jordan
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = rows[column][column]
        rows[column] = [value / head for value in rows[column]]
        for row in range(8):
            if row != column and rows[row][column]:
                factor = rows[row][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return tuple(row[8] for row in rows)


def skew_of(image: Image.Image) -> float:
    """By how many degrees the lines of a page have to be turned (counter-clockwise) to lie level.

    Rows of level text are full or empty: the sum of the squared steps from row to row is the largest there.
    """
    width = min(900, image.width)
    small = flat(image.convert("L").resize((width, max(1, image.height * width // image.width))))
    dark = ImageOps.invert(small).point([0 if level < 96 else 255 for level in range(256)])
    if not 0.001 < _share(dark) < 0.5:
        return 0.0  # an empty page, or a picture
    coarse = max(_steps(SKEW_MOST, 1.0), key=lambda angle: _levelness(dark, angle))
    return max((round(coarse + more, 2) for more in _steps(0.9, 0.15)), key=lambda a: _levelness(dark, a))


def _share(mask: Image.Image) -> float:
    return mask.histogram()[255] / (mask.width * mask.height)


def _steps(most: float, step: float) -> list[float]:
    count = round(most / step)
    return sorted((step * n for n in range(-count, count + 1)), key=abs)


def _levelness(dark: Image.Image, angle: float) -> int:
    turned_so = dark.rotate(angle, Image.Resampling.NEAREST) if angle else dark
    rows = turned_so.resize((1, dark.height), Image.Resampling.BOX).tobytes()
    return sum((a - b) ** 2 for a, b in zip(rows, rows[1:], strict=False))


def straightened(image: Image.Image) -> tuple[Image.Image, float]:
    """The page with its lines level, and by how many degrees it was turned; less than a fifth of one is left."""
    angle = skew_of(image)
    if abs(angle) < 0.2:
        return image, 0.0
    paper = image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    bright = tuple(min(255, level + 20) for level in paper) if isinstance(paper, tuple) else (255, 255, 255)
    return image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=bright), angle


def flat(gray: Image.Image) -> Image.Image:
    """A grey page under even light: what the paper itself is like around each spot is taken away."""
    size = (max(1, gray.width // 24), max(1, gray.height // 24))
    paper = gray.resize(size, Image.Resampling.BOX).filter(ImageFilter.MaxFilter(3))
    paper = paper.filter(ImageFilter.GaussianBlur(1)).resize(gray.size, Image.Resampling.BILINEAR)
    return ImageOps.invert(ImageChops.subtract(paper, gray))


def for_reading(image: Image.Image) -> Image.Image:
    """The page as a reading program likes it: grey, without grain, evenly lit, full contrast."""
    gray = image.convert("L")
    smooth = gray.filter(ImageFilter.MedianFilter(3))
    # clean letters lose by smoothing, grainy ones win: how far the middle pixel is from its neighbours tells them apart
    if _middle(ImageChops.difference(gray, smooth).histogram()) >= GRAIN:
        gray = smooth
    return ImageOps.autocontrast(flat(gray), cutoff=(0.5, 0))


GRAIN = 6  # levels of grey


def _middle(histogram: list[int]) -> int:
    """The level that half of the pixels do not exceed."""
    half, seen = sum(histogram) / 2, 0
    for level, count in enumerate(histogram):
        seen += count
        if seen >= half:
            return level
    return 0


def as_jpeg(image: Image.Image, dpi: int) -> bytes:
    """The page as it is kept: in colour, with its real size."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, dpi=(dpi, dpi))
    return out.getvalue()

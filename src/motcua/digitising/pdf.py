"""Pages as one PDF/A-2b: each in its real size and colours, the words that were read lying under the picture.

typst sets it: the file carries its colour profile and its letters. The words are covered by the picture, so that a page
looks as it was scanned and can still be searched and read aloud. Knows no table and no setting.
"""

from __future__ import annotations

import io
import json
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from motcua.digitising.ocr import Word

STANDARD = "a-2b"
# The letters typst brings along have every Vietnamese one; what they lack would be no text, and PDF/A forbids it.
_BLOCKS = ((0x20, 0x7E), (0xA0, 0x17F), (0x1A0, 0x1B0), (0x1EA0, 0x1EF9), (0x2013, 0x2026), (0x20AB, 0x20AB))

_SOURCE = """
#let told = json("pages.json")
#set document(title: told.title, author: ())
#set text(font: "Libertinus Serif", lang: "vi")
#for (number, sheet) in told.pages.enumerate() {
  set page(width: sheet.width * 1pt, height: sheet.height * 1pt, margin: 0pt)
  if number > 0 { pagebreak() }
  for word in sheet.words {
    place(top + left, dx: word.x * 1pt, dy: word.y * 1pt, box(
      width: word.width * 1pt, height: word.height * 1pt, clip: true,
      text(size: calc.max(word.height * 0.8, 1) * 1pt, top-edge: "ascender", word.text + " ")))
  }
  place(top + left, image(sheet.picture, width: 100%, height: 100%, alt: sheet.alt))
}
"""


@dataclass(frozen=True)
class SetPage:
    """A page to be set: its JPEG, its size in pixels, the dots per inch, its words."""

    jpeg: bytes
    size: tuple[int, int]
    dpi: int
    words: Sequence[Word] = ()


def pdf_of(pages: Sequence[SetPage], *, title: str, at: datetime) -> bytes:
    """The pages as PDF/A-2b with their text, dated `at`; the same pages give the same bytes."""
    import typst

    told, files = [], {}
    for number, page in enumerate(pages, 1):
        width, height = (side / page.dpi * 72 for side in page.size)
        files[f"{number}.jpg"] = page.jpeg
        words = [_placed(word, width, height) for word in page.words if _writable(word.text)]
        alt = f"{title} ({number}/{len(pages)})"
        told.append(
            {"picture": f"{number}.jpg", "width": width, "height": height, "words": words, "alt": alt}
        )
    data = json.dumps({"title": title, "pages": told}, ensure_ascii=False)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[])
    # typst takes pictures from a folder only: one that nobody else can read, and gone a second later
    with tempfile.TemporaryDirectory(prefix="motcua-scan-") as name:
        folder = Path(name)
        for each, content in {"main.typ": _SOURCE.encode(), "pages.json": data.encode(), **files}.items():
            (folder / each).write_bytes(content)
        return typst.compile(
            folder / "main.typ",
            root=folder,
            font_paths=fonts,
            ignore_system_fonts=True,
            timestamp=int(at.timestamp()),
            format="pdf",
            pdf_standards=[STANDARD],
        )


def _writable(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return "".join(char for char in composed if any(low <= ord(char) <= high for low, high in _BLOCKS))


def _placed(word: Word, width: float, height: float) -> dict:
    return {
        "text": _writable(word.text),
        "x": round(word.left * width / 1000, 2),
        "y": round(word.top * height / 1000, 2),
        "width": round(max(word.width * width / 1000, 1), 2),
        "height": round(max(word.height * height / 1000, 1), 2),
    }


# Marked copies -------------------------------------------------------------------------------------------------------

COPY_DPI = 130
COPY_PAGES_MAX = 20
_MARK = (158, 24, 30)


def marked(pages: Sequence[Image.Image], mark: str, font: str) -> bytes:
    """Copies of pages with `mark` across them, as PDF: burned into the picture, so that it does not come off."""
    made = [_marked(page.convert("RGB"), mark, font) for page in pages]
    out = io.BytesIO()
    made[0].save(out, "PDF", save_all=True, append_images=made[1:], resolution=COPY_DPI, quality=75)
    return out.getvalue()


def _marked(page: Image.Image, mark: str, font: str) -> Image.Image:
    """The mark every third of the page, slanting, see-through: what is under it stays legible."""
    side = int((page.width**2 + page.height**2) ** 0.5) + 2
    size = max(14, page.width // 28)
    letters = ImageFont.truetype(font, size)
    layer = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(layer)
    across = int(letters.getlength(mark)) + size * 3
    for row, y in enumerate(range(0, side, max(size * 5, 1))):
        for x in range(-(row % 2) * across // 2, side, across):
            draw.text((x, y), mark, fill=92, font=letters)
    slant = layer.rotate(28, Image.Resampling.BILINEAR)
    left, top = (side - page.width) // 2, (side - page.height) // 2
    page.paste(_MARK, (0, 0), slant.crop((left, top, left + page.width, top + page.height)))
    return page

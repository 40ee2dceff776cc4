"""How a signature looks on the page (NĐ 30/2020/NĐ-CP, Annex I): blue for a person, a red seal for an agency.

The person's signature stands where the hand would sign; the seal lies over its left third; the time is written as
`dd-mm-yyyy hh:mm:ss +07:00`. The text is set in our own Tinos, so that every Vietnamese letter is there.
"""

from __future__ import annotations

import functools
import io
import math
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from motcua.foundation.time import local

FONT = Path(__file__).parent / "fonts" / "tinos-vietnamese.ttf"
BLUE, RED = (0.07, 0.2, 0.62), (200, 24, 30)
SEAL_MM = 36  # the round seal of a people's committee, real size
POINTS_PER_MM = 72 / 25.4
TEXT_MOST, TEXT_LEAST = 10.0, 5.0  # points
PERSON_WIDTH, PERSON_HEIGHT = 190, 74  # points; room for a picture of a hand signature above three lines

_COPYING = threading.Lock()

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Look:
    """What is shown: lines of text, a PNG above them, on which page (0 the first, -1 the last) and where."""

    box: Box
    page: int = -1
    lines: tuple[str, ...] = ()
    picture: bytes = b""


def written_time(moment: datetime) -> str:
    """The signing time as the annex writes it: 22-11-2026 09:05:07 +07:00."""
    return f"{local(moment):%d-%m-%Y %H:%M:%S} +07:00"


def person_look(
    name: str, *, at: datetime, x: float, y: float, agency: str = "", picture: bytes = b"", page: int = -1
) -> Look:
    """The personal signature with its lower left corner at (x, y), in points; `picture` is the hand signature (PNG)."""
    lines = (
        f"Người ký: {name}",
        *((f"Cơ quan: {agency}",) if agency else ()),
        f"Thời gian ký: {written_time(at)}",
    )
    return Look((x, y, x + PERSON_WIDTH, y + PERSON_HEIGHT), page, lines, picture)


def seal_look(agency: str, *, over: Look, picture: bytes = b"") -> Look:
    """The agency's seal in real size, its middle on the left third of a personal signature; drawn when not given."""
    left, low, right, high = over.box
    half = SEAL_MM * POINTS_PER_MM / 2
    x, y = left + (right - left) / 6, (low + high) / 2
    box = (
        max(0.0, x - half),
        max(0.0, y - half),
        max(0.0, x - half) + 2 * half,
        max(0.0, y - half) + 2 * half,
    )
    return Look(box, over.page, picture=picture or drawn_seal(agency))


def plain_look(*lines: str, x: float, y: float, page: int = 0) -> Look:
    """Text without a picture: the mark of a copy or of an annex in a file of its own (top right of its first page)."""
    height = 8 + 12 * len(lines)
    return Look((x, y, x + PERSON_WIDTH, y + height), page, tuple(lines))


def copy_look(*lines: str, right: float, top: float) -> Look:
    """The mark of an electronic copy with its upper right corner there: form of copy, agency, time of signing."""
    left = plain_look(*lines, x=0, y=0)
    return plain_look(*lines, x=right - PERSON_WIDTH, y=top - left.box[3])


@functools.lru_cache(maxsize=64)
def drawn_seal(agency: str) -> bytes:
    """A red round seal for trials as PNG: the agency along the rim, MÔ PHỎNG across, no emblem."""
    from PIL import Image, ImageDraw, ImageFont

    size, middle = 640, 320
    image = Image.new("RGBA", (size, size), (*RED, 0))
    draw = ImageDraw.Draw(image)
    for inset, width in ((8, 14), (36, 4), (150, 4)):
        draw.ellipse((inset, inset, size - inset, size - inset), outline=(*RED, 235), width=width)
    draw.text(
        (middle, middle), "MÔ PHỎNG", font=ImageFont.truetype(str(FONT), 58), fill=(*RED, 235), anchor="mm"
    )
    letters = agency.upper()
    most = 300.0  # degrees that the text may take
    step = min(13.0, most / max(len(letters), 1))
    font = ImageFont.truetype(str(FONT), int(min(54, 4.6 * step)))
    for number, letter in enumerate(letters):
        angle = -90 + (number - (len(letters) - 1) / 2) * step
        tile = Image.new("RGBA", (110, 110), (*RED, 0))
        ImageDraw.Draw(tile).text((55, 55), letter, font=font, fill=(*RED, 235), anchor="mm")
        turned = tile.rotate(-(angle + 90), resample=Image.Resampling.BICUBIC)
        x = middle + 226 * math.cos(math.radians(angle)) - 55
        y = middle + 226 * math.sin(math.radians(angle)) - 55
        image.alpha_composite(turned, (int(x), int(y)))
    out = io.BytesIO()
    image.save(out, "PNG", optimize=False, compress_level=6)
    return out.getvalue()


def stamp_style(look: Look) -> Any:
    """The look as a stamp style of pyHanko, which puts a copy of it into each file."""
    from pyhanko.stamp.base import BaseStamp, BaseStampStyle

    class Copy(BaseStamp):
        def as_form_xobject(self) -> Any:
            with _COPYING:  # one reader, which has one place in its file
                form = _drawn(look.lines, look.picture, self.box.width, self.box.height)
                writer: Any = self.writer
                return writer.import_object(form)

    class Style(BaseStampStyle):
        def create_stamp(self, writer: Any, box: Any, text_params: dict) -> BaseStamp:
            return Copy(writer, self, box)

    return Style(border_width=0)


@functools.lru_cache(maxsize=16)
def _drawn(lines: tuple[str, ...], picture: bytes, width: float, height: float) -> Any:
    """What is shown, drawn once into a file of its own: shaping and embedding the letters takes longer than signing."""
    from pyhanko.pdf_utils import layout
    from pyhanko.pdf_utils.generic import pdf_name
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import PdfFileWriter
    from pyhanko.stamp.base import BaseStamp, BaseStampStyle

    class Stamp(BaseStamp):
        def _render_inner_content(self) -> list[bytes]:
            return _text(self, lines) if lines else []

    room = 34 if lines else 0  # the picture of a hand signature stands above the lines
    margins = layout.Margins(left=0, right=0, top=0, bottom=room)
    alignment = layout.SimpleBoxLayoutRule(
        x_align=layout.AxisAlignment.ALIGN_MID, y_align=layout.AxisAlignment.ALIGN_MID, margins=margins
    )
    background = _picture(picture) if picture else None
    style = BaseStampStyle(
        border_width=0, background=background, background_layout=alignment, background_opacity=1.0
    )
    writer = PdfFileWriter()
    stamp = Stamp(writer, style, layout.BoxConstraints(width, height))
    writer.root[pdf_name("/Drawn")] = writer.add_object(stamp.as_form_xobject())
    out = io.BytesIO()
    writer.write(out)
    return PdfFileReader(out).root["/Drawn"]


def _picture(picture: bytes) -> Any:
    from PIL import Image
    from pyhanko.pdf_utils.images import PdfImage

    with Image.open(io.BytesIO(picture), formats=("PNG",)) as image:
        return PdfImage(image.convert("RGBA"))


def _text(stamp: Any, lines: tuple[str, ...]) -> list[bytes]:
    """The lines from the foot of the box upwards, all in one size: the largest at which the longest fits."""
    from pyhanko.pdf_utils.content import ResourceType
    from pyhanko.pdf_utils.font.opentype import GlyphAccumulatorFactory
    from pyhanko.pdf_utils.generic import pdf_name

    engine = GlyphAccumulatorFactory(str(FONT), bcp47_lang_code="vi").create_font_engine(stamp.writer)
    widest = max(engine.shape(line).x_advance for line in lines)
    size = max(TEXT_LEAST, min(TEXT_MOST, (stamp.box.width - 4) / widest))
    engine.font_size = size  # what it writes between letters depends on it
    stamp.set_resource(category=ResourceType.FONT, name=pdf_name("/F1"), value=engine.as_resource())
    commands = [b"q %g %g %g rg" % BLUE]
    for number, line in enumerate(reversed(lines)):
        place = 3 + size * (0.2 + 1.2 * number)
        commands.append(b"BT /F1 %g Tf 2 %g Td %s ET" % (size, place, engine.shape(line).graphics_ops))
    return [*commands, b"Q"]

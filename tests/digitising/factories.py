"""Pages as a scanner or a telephone hands them in, made here; and a reading program that says what it is told."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from motcua.digitising import actions
from motcua.files import actions as files
from motcua.foundation import worker
from tests.dossiers import factories as make
from tests.support.city import City

FONT = Path(__file__).parents[2] / "src/motcua/papers/fonts/Tinos-Regular.ttf"
LINES = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "GIẤY CHỨNG SINH",
    "Họ và tên mẹ: Nguyễn Thị Lan",
    "Số định danh cá nhân của mẹ: 022196001234",
    "Họ và tên cha: Trần Văn Nam",
    "Dự định đặt tên con là: Trần Minh Anh",
    "Giới tính của con: Nữ",
    "Ngày sinh của con: 01/10/2026",
)


@cache
def page(lines: tuple[str, ...] = LINES, *, dpi: int = 100, size: int = 11) -> Image.Image:
    """A small sheet with these lines, as large as A5."""
    sheet = Image.new("RGB", (round(5.83 * dpi), round(8.27 * dpi)), "white")
    draw, font = ImageDraw.Draw(sheet), ImageFont.truetype(str(FONT), size * dpi / 72)
    for number, line in enumerate(lines):
        draw.text((dpi * 0.5, dpi * (0.5 + number * size / 40)), line, fill="black", font=font)
    return sheet


def jpeg(image: Image.Image, dpi: int = 100) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85, dpi=(dpi, dpi))
    return out.getvalue()


def pdf(*images: Image.Image, dpi: int = 100) -> bytes:
    """A scanner's PDF: a picture on each page."""
    out = io.BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=list(images[1:]), resolution=dpi)
    return out.getvalue()


def keep(city: City, content: bytes, name: str = "quet.pdf", *, by: str = "receptionist", at=make.AT) -> str:
    return files.keep(city.act(by, at), files.from_bytes(content, name))["file"]


def begun(
    city: City, dossier: str, content: bytes | None = None, *, by: str = "receptionist", at=make.AT, **more
):
    """A scan of these pages, its public id."""
    given = keep(city, content or jpeg(page(dpi=60), dpi=60), "quet", by=by, at=at)
    return actions.begin(city.act(by, at), dossier=dossier, files=[given], **more)["scan"]


def made(
    city: City, dossier: str, content: bytes | None = None, *, by: str = "receptionist", at=make.AT, **more
):
    """A scan whose PDF is made."""
    scan = begun(city, dossier, content, by=by, at=at, **more)
    actions.make(city.act(by, at), scan=scan)
    worker.drain()
    return scan


def without_reader(settings) -> None:
    """As on a machine that has no tesseract."""
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"tesseract": "off"})

"""Papers as people hand them in, made here: set by typst in different layouts and letters, then scanned, photographed,
or spoilt. Nothing here knows how the check looks at them."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageEnhance, ImageFilter

from motcua.digitising import accuracy, images

FONTS = Path(__file__).parents[2] / "src/motcua/papers/fonts"
LETTERS = ("Tinos", "Libertinus Serif", "DejaVu Sans Mono")
LAYOUTS = ("form", "prose", "table", "office", "card")


@dataclass(frozen=True)
class Sheet:
    """A paper: its title, what it says (label, value), who made it, where and when it was signed."""

    title: str
    facts: tuple[tuple[str, str], ...]
    agency: str = "ỦY BAN NHÂN DÂN PHƯỜNG BÃI CHÁY"
    place: str = "Bãi Cháy"
    signed_on: date | None = None
    signer: str = "Đặng Quốc Bảo"
    number: str = ""
    closing: str = ""
    body: tuple[str, ...] = field(default_factory=tuple)


def vi_day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def in_words(day: date) -> str:
    return f"ngày {day:%d} tháng {day:%m} năm {day:%Y}"


@lru_cache(maxsize=1)
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


@cache
def pdf(sheet: Sheet, layout: str = "form", letters: str = "Tinos") -> bytes:
    """The paper as a written PDF."""
    import typst

    source = f'#set text(font: "{letters}", size: 12pt, lang: "vi")\n' + SET[layout](sheet)
    return typst.compile({"main.typ": source.encode()}, font_paths=_fonts(), ignore_system_fonts=True)


def _q(text: str) -> str:
    return '#"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _head(sheet: Sheet) -> str:
    number = f"Số: {sheet.number}" if sheet.number else ""
    return (
        '#set page(paper: "a4", margin: 2cm)\n#grid(columns: (1fr, 1.2fr), align: center, '
        f"[{_q(sheet.agency)}\\ {_q(number)}], "
        "[*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM*\\ *Độc lập - Tự do - Hạnh phúc*])\n#v(8mm)\n"
        f"#align(center)[#text(size: 15pt)[*{_q(sheet.title.upper())}*]]\n#v(5mm)\n"
    )


def _foot(sheet: Sheet) -> str:
    signed = f"{sheet.place}, {in_words(sheet.signed_on)}" if sheet.signed_on else ""
    closing = f"#v(4mm)\n{_q(sheet.closing)}\n\n" if sheet.closing else ""
    return (
        closing + "#v(6mm)\n#align(right)[#box(width: 60%)[#align(center)["
        f"#emph[{_q(signed)}]\\ *NGƯỜI KÝ*\\ #v(14mm) {_q(sheet.signer)}]]]\n"
    )


def _form(sheet: Sheet) -> str:
    rows = "\n\n".join(f"{_q(label)}: {_q(value)}" for label, value in sheet.facts)
    return _head(sheet) + "\n\n".join(_q(line) for line in sheet.body) + "\n\n" + rows + "\n\n" + _foot(sheet)


def _prose(sheet: Sheet) -> str:
    told = "; ".join(f"{label.lower()} {value}" for label, value in sheet.facts)
    text = f"{sheet.agency.title()} xác nhận các thông tin sau đây là đúng: {told}."
    more = " ".join(sheet.body)
    return _head(sheet) + "#set par(justify: true)\n" + _q(f"{text} {more}".strip()) + "\n\n" + _foot(sheet)


def _table(sheet: Sheet) -> str:
    cells = ", ".join(f"[{_q(label)}], [{_q(value)}]" for label, value in sheet.facts)
    body = "\n\n".join(_q(line) for line in sheet.body)
    return _head(sheet) + body + f"\n\n#table(columns: (40%, 60%), inset: 7pt, {cells})\n" + _foot(sheet)


def _office(sheet: Sheet) -> str:
    """As NĐ 30/2020 has it: the number on the left and place and day on the right, on one line of the head."""
    number = f"Số: {sheet.number}" if sheet.number else ""
    signed = f"{sheet.place}, {in_words(sheet.signed_on)}" if sheet.signed_on else ""
    head = (
        '#set page(paper: "a4", margin: 2cm)\n#grid(columns: (1fr, 1.2fr), align: center, row-gutter: 4mm, '
        f"[{_q(sheet.agency)}], [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM*\\ *Độc lập - Tự do - Hạnh phúc*], "
        f"[{_q(number)}], [#emph[{_q(signed)}]])\n#v(8mm)\n"
        f"#align(center)[#text(size: 15pt)[*{_q(sheet.title.upper())}*]]\n#v(5mm)\n"
    )
    rows = "\n\n".join(_q(line) for line in (*sheet.body, *(f"{a}: {b}" for a, b in sheet.facts)))
    return head + rows + "\n\n" + _foot(replace(sheet, signed_on=None))


def _card(sheet: Sheet) -> str:
    rows = "\n\n".join(f"#text(size: 9pt)[{_q(label)}]\\ *{_q(value)}*" for label, value in sheet.facts)
    return (
        "#set page(width: 17cm, height: 13cm, margin: 9mm)\n#align(center)[#text(size: 10pt)["
        "*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM*\\ Độc lập - Tự do - Hạnh phúc]\\ "
        f"#text(size: 17pt)[*{_q(sheet.title.upper())}*]]\n#v(2mm)\n#pad(left: 45mm)[{rows}]\n"
    )


SET: dict[str, Callable[[Sheet], str]] = {
    "form": _form,
    "prose": _prose,
    "table": _table,
    "office": _office,
    "card": _card,
}


# As it is handed in --------------------------------------------------------------------------------------------------


def _jpeg(image: Image.Image, quality: int = 80) -> bytes:
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()


def drawn(content: bytes, dpi: int = 170) -> Image.Image:
    return images.pdf_page(content, 0, dpi=dpi)


def scan(content: bytes, number: int, *, dpi: int = 170) -> bytes:
    """As a good scanner gives it, sometimes a little off."""
    page = drawn(content, dpi)
    if number % 3 == 1:
        page = page.rotate(0.8 if number % 2 else -1.1, Image.Resampling.BICUBIC, fillcolor="white")
    return _jpeg(page)


def photo(content: bytes, number: int, *, dpi: int = 170) -> bytes:
    """By a telephone over a dark table."""
    return _jpeg(accuracy.photographed(drawn(content, dpi), number), 78)


def photo_on_white(content: bytes, number: int, *, dpi: int = 170) -> bytes:
    """By a telephone in even light, filling the frame."""
    page = drawn(content, dpi)
    tinted = ImageChops.multiply(page, Image.new("RGB", page.size, (248, 243, 231)))
    lit = ImageEnhance.Brightness(tinted).enhance(0.86 + 0.04 * (number % 3))
    return _jpeg(lit.filter(ImageFilter.GaussianBlur(0.6)), 72)


GOOD: tuple[Callable[..., bytes], ...] = (scan, photo, photo_on_white)


def blurred(content: bytes, number: int) -> bytes:
    """The hand shook, or the lens looked at the table."""
    page = drawn(content)
    chance = random.Random(number)  # noqa: S311
    if number % 2:
        return _jpeg(page.filter(ImageFilter.GaussianBlur(chance.uniform(4.5, 8))))
    wide = chance.choice((15, 21, 27))
    moved = page
    for _ in range(2):  # shaken sideways
        moved = moved.filter(ImageFilter.BoxBlur((wide / 2, 1.5)))
    return _jpeg(moved)


def dark(content: bytes, number: int) -> bytes:
    """In the evening, without a lamp: next to no light, and the grain of the sensor."""
    page = accuracy.photographed(drawn(content), number)
    dim = ImageEnhance.Brightness(page).enhance(0.10 + 0.02 * (number % 3))
    grain = accuracy._noise(dim.size, number).point([level // 10 for level in range(256)])
    return _jpeg(ImageChops.add(dim, Image.merge("RGB", (grain, grain, grain)), scale=1, offset=-12), 55)


def grainy(content: bytes, number: int) -> bytes:
    """A photograph of a photocopy of a photocopy: grain as loud as the letters."""
    page = drawn(content, 110).convert("L").filter(ImageFilter.GaussianBlur(1.4))
    grain = accuracy._noise(page.size, number).point([level * 4 // 5 for level in range(256)])
    soft = page.point([120 + level * 90 // 255 for level in range(256)])
    return _jpeg(ImageChops.add(soft, grain, scale=1, offset=-100), 40)


def cut(content: bytes, number: int) -> bytes:
    """The left or right third of the sheet is not on the picture."""
    page = drawn(content)
    third = page.width * (30 + 5 * (number % 3)) // 100
    box = (third, 0, page.width, page.height) if number % 2 else (0, 0, page.width - third, page.height)
    return _jpeg(page.crop(box))


def tiny(content: bytes, number: int) -> bytes:
    """A picture out of a chat: four hundred pixels high."""
    page = drawn(content, 100)
    page.thumbnail((380 + 30 * (number % 3), 380 + 30 * (number % 3)))
    return _jpeg(page, 60)


SPOILT: tuple[Callable[[bytes, int], bytes], ...] = (blurred, dark, grainy, cut, tiny)

"""Pictures of pages for the documentation, small enough to be kept, and the picture of a paper."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

BYTES_MOST = 240_000


def folder() -> Path | None:
    """Where pictures are wanted (`MOTCUA_TEST_SCREENSHOTS`), None when they are not."""
    given = os.environ.get("MOTCUA_TEST_SCREENSHOTS")
    return Path(given) if given else None


def keep(page: Any, name: str, *, full_page: bool = False) -> None:
    """Write the window (or the whole page) as `name`.png, in as few colours as keep it under `BYTES_MOST`."""
    where = folder()
    if where is None:
        return
    where.mkdir(parents=True, exist_ok=True)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    taken = Image.open(io.BytesIO(page.screenshot(full_page=full_page))).convert("RGB")
    (where / f"{name}.png").write_bytes(small(taken))


def small(picture: Image.Image) -> bytes:
    """The picture as PNG with at most `BYTES_MOST` bytes: fewer colours first, then fewer points."""
    for scale in (1, 0.75, 0.5):
        sized = picture if scale == 1 else picture.resize([round(side * scale) for side in picture.size])
        for colours in (128, 64, 32):
            out = io.BytesIO()
            sized.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
            if out.tell() <= BYTES_MOST:
                return out.getvalue()
    return out.getvalue()


def paper(where: Path) -> Path:
    """An invented paper, photographed."""
    sheet = Image.new("RGB", (900, 1200), "#fbfaf5")
    ImageDraw.Draw(sheet).multiline_text(
        (90, 120), "MO PHONG\n\nGIAY CHUNG SINH\nSo 22001-2026-004512", fill="#333"
    )
    sheet.save(where, "JPEG")
    return where

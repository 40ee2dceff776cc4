"""How a certified copy looks and is signed. Writes no table."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from motcua.digitising.rules import COPY_FORMS
from motcua.signing import actions as signing
from motcua.signing.queries import copy_look, written_time

FIELD = "certified-copy"
MARGIN = 12.0  # points from the corner


def signed(content: bytes, key: Any, *, form: str, agency: str, at: datetime) -> bytes:
    """The PDF signed as a copy: form of copy, agency and time at the top right of its first page.

    Raises the refusals of `signing.actions.sign_file`.
    """
    width, height = _first_page(content)
    lines = (f"{COPY_FORMS[form]} (bản số hóa)", agency, f"Thời gian ký: {written_time(at)}")
    look = copy_look(*lines, right=width - MARGIN, top=height - MARGIN)
    return signing.sign_file(
        content,
        key,
        field=FIELD,
        at=at,
        stamps=signing.stamps_for(key, at=at),
        look=look,
        reason=COPY_FORMS[form],
    )


def _first_page(content: bytes) -> tuple[float, float]:
    from pyhanko.pdf_utils.reader import PdfFileReader

    page = PdfFileReader(io.BytesIO(content)).root["/Pages"]["/Kids"][0]
    while "/MediaBox" not in page:
        page = page["/Parent"] if "/Parent" in page else page["/Kids"][0]
    left, low, right, high = (float(side) for side in page["/MediaBox"])
    return right - left, high - low

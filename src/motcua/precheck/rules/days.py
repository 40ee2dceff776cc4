"""Days on a paper: which one is its last, which the one it was issued on. Plain text in, days out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from motcua.kernel.text import fold

_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})(?!\d)")
_WORDS = re.compile(r"(?<!\d)(\d{1,2})\s*thang\s*(\d{1,2})\s*nam\s*(\d{4})(?!\d)")
# “Hà Nội, ngày 05 tháng 01 năm 2026”: the line above a signature
_SIGNED = re.compile(r"^[^,\d]{2,60},\s*ngay\s*(\d{1,2})\s*thang\s*(\d{1,2})\s*nam\s*(\d{4})\W*$")
_MONTHS = re.compile(
    r"(?:gia tri|hieu luc|thoi han)[^.;]{0,60}?(\d{1,2})\s*(?:\([^)]*\)\s*)?thang\b[^.;]{0,40}tu ngay cap"
)
_NO_OLDER = re.compile(r"cap (?:khong|chua) qua (\d{1,2}) thang")


def days_in(folded: str) -> list[date]:
    """The days a folded text names, in its order."""
    told = sorted(
        (match.start(), match.groups()) for shape in (_NUMBERS, _WORDS) for match in shape.finditer(folded)
    )
    return [day for _at, parts in told if (day := _day(*parts))]


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def after_label(rows: Sequence[str], labels: Iterable[str]) -> list[tuple[int, date]]:
    """(row, day) for each label with a day behind it, in its row or at the beginning of the next one."""
    found = []
    known = list(labels)
    for at, text in enumerate(rows):
        folded = fold(text)
        ends = [end for label in known if (end := _end_of(folded, label)) > 0]
        if not ends:
            continue
        behind = folded[max(ends) :]  # on a card the label stands there twice, in two languages
        told = days_in(behind)
        if not told and at + 1 < len(rows) and not any(char.isalpha() for char in behind):
            told = days_in(fold(rows[at + 1])[:40])
        if told:
            found.append((at, told[0]))
    return found


def _end_of(folded: str, label: str) -> int:
    found = re.search(rf"(?<![a-z]){re.escape(label)}(?![a-z])", folded)
    return found.end() if found else -1


def signed_days(rows: Sequence[str]) -> list[tuple[int, date]]:
    """(row, day) of the lines with place and day above a signature."""
    found = []
    for at, text in enumerate(rows):
        match = _SIGNED.match(fold(text))
        day = _day(*match.groups()) if match else None
        if day:
            found.append((at, day))
    return found


def months_told(rows: Sequence[str]) -> int | None:
    """For how many months a paper says of itself that it is valid from the day of issue; None where it says nothing."""
    match = _MONTHS.search(fold(" ".join(rows)))
    return int(match[1]) if match and 0 < int(match[1]) <= 99 else None


def months_asked(folded: str) -> int | None:
    """How old a procedure's record lets a paper be ("cấp chưa quá 06 tháng"); None where it says nothing."""
    match = _NO_OLDER.search(folded)
    return int(match[1]) if match and int(match[1]) else None

"""Days on a paper: which one is its last, which the one it was issued on. Plain text in, days out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from motcua.kernel.text import fold, nfc

_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})(?!\d)")
_WORDS = re.compile(r"(?<!\d)(\d{1,2})\s*thang\s*(\d{1,2})\s*nam\s*(\d{4})(?!\d)")
# “Hà Nội, ngày 05 tháng 01 năm 2026”: the line with place and day, above a signature or (NĐ 30/2020) in the head of a
# paper, where it shares its line with the number: “Số: 12/UBND-XN  Hà Nội, ngày 05 tháng 01 năm 2026”.
_SIGNED = re.compile(r"(.*[\s,.;]|)ngay\s*(\d{1,2})\s*thang\s*(\d{1,2})\s*nam\s*(\d{4})\W*")
_YEAR = re.compile(r"nam\s*\d{4}\W*")
_NUMBER = re.compile(
    r"\W*(?:quyen )?s[o06]\s*[:.;]?\s*(?=\S*[\d/.])\S+(?:\s*[-–/]\s*\S+|\s+\S*/\S*)*\s*", re.ASCII
)
_LINE = re.compile(r"[^,\d]{2,60},")  # of a place that stands there alone
_PLACE_MOST = 60
_UNITS = frozenset((
    "tp", "tx", "tt", "thanh", "pho", "phuong", "xa", "quan", "huyen", "tinh", "dac", "khu", "thi", "tran", "q", "p",
))  # fmt: skip
# Before a day that is not this paper's: laws and papers that are named, births, deaths, hours. The short words are also
# parts of places (Từ Liêm, Cửa Ông, Cần Giờ), which are written with capitals.
_NOT_SIGNED = re.compile(
    r"\b(?:nghi dinh|nghi quyet|thong tu|quyet dinh|phap lenh|luat|hien phap|chi thi|cong van|can cu|theo|ban an"
    r"|sinh|chet|phut|noi cap|ngay cap|het han)\b"
)
_SHORT = re.compile(r"\b(?:của|từ|đến|lúc|giờ|mất|vào|cấp(?! tại))\b")
# Identity papers that other papers name with their own days.
_CARD = re.compile(
    r"\b(?:can cuoc|cccd|cmnd|cmt|chung minh nhan dan|chung minh thu|ho chieu|passport|tuy than|nhan than)\b"
)
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
    """(row, day) of the lines with place and day above a signature or in the head."""
    found = []
    for at, text in enumerate(rows):
        if at + 1 < len(rows) and _YEAR.fullmatch(fold(rows[at + 1])):
            text = f"{text} {rows[at + 1]}"  # in a narrow column of the head the year is on a line of its own
        match = _SIGNED.fullmatch(fold(text))
        day = _day(*match.groups()[1:]) if match else None
        if match and day and _is_signed_at(match[1].rstrip(), nfc(text)):
            found.append((at, day))
    return found


def _is_signed_at(before: str, text: str) -> bool:
    """Whether what stands before a day at the end of a row (folded; `text` the row as written) is where somebody signs.
    Rows are broken anywhere: the day of a law or of a birth may end one too."""
    if _NOT_SIGNED.search(before) or _SHORT.search(text):
        return False
    if _LINE.fullmatch(before):
        return True
    number = _NUMBER.match(before)
    place = before[number.end() :] if number else before
    folded, written = _parts(place), _parts(text)[: len(_parts(before))]
    if not folded or len(place) > _PLACE_MOST or len(written) < len(folded):
        return False
    if not place.endswith((",", ".", ";")) and len(folded) < 2:
        return False  # “Họp ngày”: one word and no comma
    return _is_a_place(folded, written[-len(folded) :])


def _parts(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _is_a_place(folded: Sequence[str], written: Sequence[str]) -> bool:
    """Names of places: every word with a capital, but for what kind of place it is and the number of one (“Quận 3”)."""
    before = ""
    for bare, word in zip(folded, written, strict=True):
        known = bare.strip(".;") in _UNITS
        numbered = bare.isdigit() and len(bare) <= 2 and before in _UNITS
        if not (known or numbered or word[:1].isupper()) or "/" in bare or ":" in bare:
            return False
        before = bare.strip(".;")
    return True


def names_a_card(folded: str) -> bool:
    """Whether a folded text names an identity paper."""
    return bool(_CARD.search(folded))


def tells_of_a_card(rows: Sequence[str], at: int) -> bool:
    """Whether a row tells of somebody's identity paper: it names one, or the row before it does and goes on here."""
    return any(names_a_card(fold(text)) for text in rows[max(0, at - 1) : at + 1])


def months_told(rows: Sequence[str]) -> int | None:
    """For how many months a paper says of itself that it is valid from the day of issue; None where it says nothing."""
    match = _MONTHS.search(fold(" ".join(rows)))
    return int(match[1]) if match and 0 < int(match[1]) <= 99 else None


def months_asked(folded: str) -> int | None:
    """How old a procedure's record lets a paper be ("cấp chưa quá 06 tháng"); None where it says nothing."""
    match = _NO_OLDER.search(folded)
    return int(match[1]) if match and int(match[1]) else None

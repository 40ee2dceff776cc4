"""What a printed paper is made of, and how its heading, its days and its one line about the due date are worded.

Legal papers are in Vietnamese whatever the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from motcua.agencies import queries as agencies
from motcua.agencies.rules import Office
from motcua.foundation.time import local, local_date
from motcua.kernel import clock

COMMITTEE = "Ủy ban nhân dân"
STRONG, NOTE, HALF = "strong", "note", "half"


@dataclass(frozen=True)
class Row:
    """A label and its text; `items` where it is a numbered list, `weight` where it is set otherwise than plain.

    `weight`: "strong" is looked for first, "note" is small, "half" shares its line with the next half. `name` is the
    field of the form, by which a machine knows the row.
    """

    label: str
    text: str = ""
    items: tuple[str, ...] = ()
    weight: str = ""
    name: str = ""


@dataclass(frozen=True)
class Sheet:
    """A printed letter, everything in words. `keys` are the names of the columns, for their widths; `roles` say in
    which capacity each of `signatures` signs."""

    kind: str
    title: str
    about: str
    form_no: str
    basis: str
    number: str
    agency: str
    upper_agency: str
    place_date: str
    small: bool
    intro: str
    rows: tuple[Row, ...]
    table_title: str = ""
    keys: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    closing: str = ""
    signatures: tuple[tuple[str, str], ...] = ()
    recipients: tuple[str, ...] = ()
    codes: tuple[Row, ...] = ()  # by which the dossier is called, beside the code to scan
    lookup: str = ""
    reference: str = ""
    unverified: tuple[str, ...] = field(default=())
    roles: tuple[str, ...] = ()
    agency_code: str = ""


def in_vietnamese(text: Any) -> str:
    """The Vietnamese of a {vi, en} text of a pack."""
    return str((text or {}).get("vi") or "") if isinstance(text, Mapping) else str(text or "")


def upper_name(office: Office | None) -> str:
    """Whom the heading names above an agency: none above a people's committee (Decree 30/2020, Annex I)."""
    if office is None or office.parent_id is None or office.name_vi.startswith(COMMITTEE):
        return ""
    above = agencies.office(office.parent_id)
    return above.name_vi if above else ""


def place_date(office: Office | None, at: datetime) -> str:
    """Where and on which day a paper is issued: "Bãi Cháy, ngày 05 tháng 10 năm 2026"."""
    day = local_date(at)
    area = agencies.area(office.area_code, day) if office and office.area_code else None
    words = f"ngày {day:%d} tháng {day:%m} năm {day:%Y}"
    return f"{area.name_vi.partition(' ')[2] or area.name_vi}, {words}" if area else words.capitalize()


def moment_vi(at: datetime | str | None) -> str:
    """16:10 ngày 21/11/2026; empty for no moment."""
    if not at:
        return ""
    there = local(datetime.fromisoformat(at) if isinstance(at, str) else at)
    return f"{there:%H:%M} ngày {there:%d/%m/%Y}"


def day_vi(day: date | str | None) -> str:
    """21/11/2026; empty for no day."""
    if not day:
        return ""
    day = date.fromisoformat(day[:10]) if isinstance(day, str) else day
    return f"{day:%d/%m/%Y}"


def short_derivation(lines: Sequence[clock.Line], limit: clock.Limit) -> str:
    """One line on a letter about why the due date is that day, with its ground; the whole count is on the dossier page.

    Args: the lines of the derivation, the limit of the procedure. Out: empty when nothing was counted.
    """
    by_code = {line.code: line for line in lines}
    if put_off := by_code.get("extended"):
        return f"hẹn lại lần {put_off.params['number']} (NĐ 61/2018 Điều 19 khoản 9)"
    said = ""
    if from_ := by_code.get("count_from"):
        amount = clock.say_limit(limit, "vi")
        said = f"{amount} từ {from_.on:%d/%m} (Bộ luật Dân sự 2015 Điều 147 khoản 2)"
    elif from_ := by_code.get("hours_from"):
        said = f"{clock.say_limit(limit, 'vi')} từ {from_.params['at']} ngày {from_.on:%d/%m}"
        said += " (Bộ luật Dân sự 2015 Điều 147 khoản 1)"
    elif same := by_code.get("same_day"):
        said = f"nhận đến hết {same.params['cutoff']}, trả trong ngày làm việc (NĐ 61/2018 Điều 18)"
    elif following := by_code.get("next_day"):
        said = f"nhận sau {following.params['cutoff']}, trả ngày làm việc kế tiếp (NĐ 61/2018 Điều 18)"
    days_off = [_days(line) for line in lines if line.code == "day_off"]
    if said and days_off:
        said += f"; nghỉ {', '.join(days_off)}"
    return said


def _days(line: clock.Line) -> str:
    last = date.fromisoformat(line.params["last"])
    return f"{line.on:%d/%m}" if last == line.on else f"{line.on:%d/%m}–{last:%d/%m}"

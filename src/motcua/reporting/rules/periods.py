"""Reporting periods: a month that closes on a day of its own, or the calendar month.

NĐ 09/2019/NĐ-CP art. 12: a month's report runs from the 15th of the month before to the 14th. The day is a dated value
of the packs (`reporting-period-start-day`), unverified there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from motcua.kernel.clock import TZ

REPORT, CALENDAR = "report", "calendar"
KINDS = (REPORT, CALENDAR)
_LABEL = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


class BadPeriod(ValueError):
    """No month of the form 2026-10."""


@dataclass(frozen=True)
class Period:
    """Whole days in Viet Nam, both included; `label` is the month it is the report of, "2026-10"."""

    kind: str
    label: str
    first: date
    last: date

    @property
    def since(self) -> datetime:
        """The first moment of the period (aware)."""
        return datetime.combine(self.first, time(), TZ)

    @property
    def until(self) -> datetime:
        """The first moment after the period (aware)."""
        return datetime.combine(self.last + timedelta(days=1), time(), TZ)


def month_of(label: str) -> date:
    """The first day of the month "2026-10". Raises BadPeriod."""
    found = _LABEL.fullmatch(label)
    if not found:
        raise BadPeriod(label)
    return date(int(found[1]), int(found[2]), 1)


def period(label: str, kind: str, start_day: int) -> Period:
    """The period of a month: the calendar month, or from `start_day` (1 to 28) of the month before. Raises
    BadPeriod."""
    month = month_of(label)
    if kind not in KINDS or not 1 <= start_day <= 28:
        raise BadPeriod(label)
    if kind == CALENDAR or start_day == 1:
        return Period(kind, label, month, _next(month) - timedelta(days=1))
    before = (month - timedelta(days=1)).replace(day=start_day)
    return Period(kind, label, before, month.replace(day=start_day) - timedelta(days=1))


def label_on(day: date, kind: str, start_day: int) -> str:
    """The month in whose period a day falls."""
    month = day.replace(day=1)
    if kind == REPORT and start_day > 1 and day.day >= start_day:
        month = _next(month)
    return f"{month:%Y-%m}"


def before(label: str) -> str:
    """The month before."""
    return f"{month_of(label) - timedelta(days=1):%Y-%m}"


def after(label: str) -> str:
    """The month after."""
    return f"{_next(month_of(label)):%Y-%m}"


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)

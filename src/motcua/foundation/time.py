"""The one place where the clock is read. Law and people live in Asia/Ho_Chi_Minh, the database in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

TZ = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The present moment, aware, UTC. Only faces, commands and workers call it; actions get `act.at`."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The same moment on the wall clock of Viet Nam; `moment` must be aware.

    Raises ValueError for a naive time: a guess here would move legal deadlines.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone has no place in the law")
    return moment.astimezone(TZ)


def local_date(moment: datetime) -> date:
    """The calendar day in Viet Nam on which the aware `moment` falls."""
    return local(moment).date()

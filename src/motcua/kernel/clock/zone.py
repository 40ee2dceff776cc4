"""The time zone of law and people. A time without offset is a time on the wall in Viet Nam."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

TZ = ZoneInfo("Asia/Ho_Chi_Minh")


def wall(at: datetime) -> datetime:
    """Return the Vietnamese wall-clock time of `at`, without zone, for arithmetic.

    In: aware in any zone, or naive (then it already is Vietnamese time). Viet Nam has no summer time, so
    adding to a wall-clock time is exact.
    """
    return at if at.tzinfo is None else at.astimezone(TZ).replace(tzinfo=None)


def local(at: datetime) -> datetime:
    """Return `at` as an aware time in Asia/Ho_Chi_Minh; a naive `at` is taken as Vietnamese time."""
    return at.replace(tzinfo=TZ) if at.tzinfo is None else at.astimezone(TZ)

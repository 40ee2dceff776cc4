"""Legal calendars built from published packs, one per pair of documents, kept as long as those stay in force."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from motcua.foundation.packs import store as packs
from motcua.foundation.packs.store import Version
from motcua.kernel.clock import Calendar

_NOTHING: dict = {"holidays": {"years": []}}  # no year is loaded: every date counted with it is provisional


def calendar_named(holidays: str, hours: str, at: datetime | None = None) -> Calendar:
    """The calendar of two documents (`calendars/vn`, `hours/national`) in force at the aware `at` (None: now)."""
    days, sessions = packs.current("calendars", holidays, at), packs.current("hours", hours, at)
    return _built(holidays, _Known(days), _Known(sessions))


class _Known:
    """A version that is equal to another one of the same content, so that a calendar is built once a content."""

    def __init__(self, version: Version | None) -> None:
        self.version = version
        self.hash = version.hash if version else ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and self.hash == other.hash

    def __hash__(self) -> int:
        return hash(self.hash)


@lru_cache(maxsize=64)
def _built(name: str, days: _Known, sessions: _Known) -> Calendar:
    return Calendar.from_documents(
        days.version.body if days.version else _NOTHING,
        sessions.version.body if sessions.version else None,
        name,
    )

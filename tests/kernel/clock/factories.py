"""Calendars, moments and deadlines for the clock's tests, from the national packs."""

from datetime import datetime
from functools import cache
from typing import Any

import yaml

from motcua.config import paths
from motcua.kernel.clock import (
    TZ,
    Calendar,
    ClockRules,
    Deadline,
    Event,
    Kind,
    Limit,
    answer_event,
    derive,
    say,
)


@cache
def holidays() -> dict[str, Any]:
    """The national holiday document, as it stands in the packs."""
    return _read("calendars/vn.yaml")


@cache
def hours() -> dict[str, Any]:
    """The national office hours, as they stand in the packs."""
    return _read("hours/national.yaml")


@cache
def national() -> Calendar:
    """The national calendar with the national hours."""
    return Calendar.from_documents(holidays(), hours(), "vn")


def at(text: str) -> datetime:
    """A Vietnamese time such as "2026-10-05T09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


def start(text: str) -> Event:
    return Event(Kind.START, at(text))


def due(limit: str, received: str, calendar: Calendar | None = None) -> Deadline:
    """The deadline of a dossier with nothing but its reception."""
    return derive(Limit.parse(limit), [start(received)], calendar or national())


def supplemented(limit: str, received: str, asked: str, answered: str, how: str) -> Deadline:
    """The deadline of a dossier with one supplement; `how` is restart or pause."""
    events = [
        start(received),
        Event(Kind.PAUSE, at(asked), "supplement"),
        answer_event(ClockRules(on_supplement=how), at(answered)),
    ]
    return derive(Limit.parse(limit), events, national())


def told(deadline: Deadline, lang: str = "vi") -> list[str]:
    """The derivation in words."""
    return [say(line, lang) for line in deadline.lines]


def _read(name: str) -> dict[str, Any]:
    return yaml.safe_load((paths.CHECKOUT / "packs" / "national" / name).read_text(encoding="utf-8"))

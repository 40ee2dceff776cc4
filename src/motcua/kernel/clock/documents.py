"""Read the holiday and office-hour documents of a pack into the parts of a Calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any, NamedTuple

from motcua.kernel.clock.days import CONFIRMED, DayOff, WorkedDay
from motcua.kernel.clock.errors import ClockProblem

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
STATUSES = (CONFIRMED, "estimated", "needs_confirmation")

Sessions = tuple[tuple[time, time], ...]

# Used when an agency declares no hours: 07:00-11:30 and 13:30-17:00, eight hours (rules 2.1).
DEFAULT_DAY: Sessions = ((time(7), time(11, 30)), (time(13, 30), time(17)))


class Holidays(NamedTuple):
    """The parts of a calendar that come from a holidays document."""

    weekend: frozenset[int]
    days_off: dict[date, DayOff]
    worked: dict[date, WorkedDay]
    years: frozenset[int]
    estimated_years: frozenset[int]
    notices: dict[int, str]


def read_holidays(document: Mapping[str, Any], name: str) -> Holidays:
    """Read `{id, holidays: {meta, years, working_days_swapped}}`, or the inner part alone.

    A year counts as loaded when it lists days off; it is *estimated* when it says so or when none of its
    days is confirmed. Raises ClockProblem naming the place, what was found and what is allowed.
    """
    reader = _Reader(name)
    data = document.get("holidays", document)
    if not isinstance(data, Mapping):
        raise reader.problem("holidays", data, "a mapping with `years`")
    weekend = reader.weekend(data)
    days_off: dict[date, DayOff] = {}
    years, estimated, notices = set(), set(), {}
    for entry in reader.rows(data.get("years"), "years"):
        year, days = _year(entry, reader)
        if not days:
            continue
        years.add(year)
        if entry.get("status", _year_status(days)) != CONFIRMED:
            estimated.add(year)
        if entry.get("notice"):
            notices[year] = str(entry["notice"])
        days_off |= days
    worked = dict(_worked(data, reader))
    for day in worked:
        if day in days_off or day.weekday() not in weekend:
            raise reader.problem(f"working_days_swapped[{day}]", day, "a rest day that is not a holiday")
    return Holidays(weekend, days_off, worked, frozenset(years), frozenset(estimated), notices)


def read_hours(document: Mapping[str, Any] | None, weekend: frozenset[int], name: str) -> dict[int, Sessions]:
    """Read `{sessions: {monday: [["07:00", "11:30"], ...], ...}}`; None gives the national default.

    Every weekday outside the weekend needs a session: a working day of the law is one on which a counter opens.
    Raises ClockProblem.
    """
    workweek = [day for day in range(7) if day not in weekend]
    if document is None:
        return dict.fromkeys(workweek, DEFAULT_DAY)
    reader = _Reader(name)
    given = document.get("sessions")
    if not isinstance(given, Mapping):
        raise reader.problem("sessions", given, "a mapping of weekdays")
    sessions = {}
    for key, rows in given.items():
        if key not in WEEKDAYS:
            raise reader.problem("sessions", key, ", ".join(WEEKDAYS))
        if rows:
            sessions[WEEKDAYS.index(key)] = _sessions(rows, reader, key)
    for day in workweek:
        if day not in sessions:
            raise reader.problem(f"sessions.{WEEKDAYS[day]}", "–", '[["07:00", "11:30"], ["13:30", "17:00"]]')
    return sessions


class _Reader:
    """Reads single values and knows how to complain about them."""

    def __init__(self, name: str) -> None:
        self.name = name

    def problem(self, place: str, found: object, allowed: str) -> ClockProblem:
        return ClockProblem("clock.calendar", name=self.name, place=place, found=found, allowed=allowed)

    def day(self, value: Any, place: str) -> date:
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            raise self.problem(place, value, "2026-11-24 …") from None

    def rows(self, value: Any, place: str) -> list[Mapping[str, Any]]:
        """A list of mappings; nothing at all is an empty list."""
        rows = [] if value is None else value
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            raise self.problem(place, value, "a list of mappings")
        return rows

    def status(self, row: Mapping[str, Any], place: str) -> str:
        status = row.get("status", CONFIRMED)
        if status not in STATUSES:
            raise self.problem(f"{place}.status", status, ", ".join(STATUSES))
        return status

    def weekend(self, data: Mapping[str, Any]) -> frozenset[int]:
        names = (data.get("meta") or {}).get("weekend", ("saturday", "sunday"))
        for name in names:
            if name not in WEEKDAYS:
                raise self.problem("meta.weekend", name, ", ".join(WEEKDAYS))
        if len(set(names)) >= len(WEEKDAYS):
            raise self.problem("meta.weekend", ", ".join(names), "at most six days")
        return frozenset(WEEKDAYS.index(name) for name in names)


def _year(entry: Mapping[str, Any], reader: _Reader) -> tuple[int, dict[date, DayOff]]:
    year = entry.get("year")
    if type(year) is not int:
        raise reader.problem("years[].year", year, "2026 …")
    place = f"years[{year}]"
    reader.status(entry, place)
    days = {}
    for row in reader.rows(entry.get("days_off"), f"{place}.days_off"):
        day = reader.day(row.get("date"), f"{place}.days_off[].date")
        if day.year != year:
            raise reader.problem(f"{place}.days_off[].date", day, str(year))
        if day in days:
            raise reader.problem(f"{place}.days_off[].date", f"{day} twice", "each day once")
        name_vi = row.get("name_vi") or "Ngày nghỉ"
        days[day] = DayOff(
            name_vi,
            row.get("name_en") or name_vi,
            row.get("kind") or "statutory",
            reader.status(row, f"{place}.days_off[{day}]"),
            row.get("source") or "",
            row.get("basis") or "",
        )
    return year, days


def _year_status(days: dict[date, DayOff]) -> str:
    return CONFIRMED if any(day.status == CONFIRMED for day in days.values()) else "estimated"


def _worked(data: Mapping[str, Any], reader: _Reader) -> Iterator[tuple[date, WorkedDay]]:
    for row in reader.rows(data.get("working_days_swapped"), "working_days_swapped"):
        place = "working_days_swapped[].date"
        day = reader.day(row.get("date"), place)
        lieu = row.get("in_lieu_of")
        yield (
            day,
            WorkedDay(
                reader.day(lieu, place) if lieu else None,
                reader.status(row, f"working_days_swapped[{day}]"),
                row.get("source") or "",
                row.get("note") or "",
                row.get("note_en") or row.get("note") or "",
            ),
        )


def _sessions(rows: Any, reader: _Reader, key: str) -> Sessions:
    place, allowed = f"sessions.{key}", '[["07:00", "11:30"], ["13:30", "17:00"]] in order'
    try:
        sessions = tuple((time.fromisoformat(str(a)), time.fromisoformat(str(b))) for a, b in rows)
    except (TypeError, ValueError):
        raise reader.problem(place, rows, allowed) from None
    edges = [edge for session in sessions for edge in session]
    if any(a >= b for a, b in zip(edges, edges[1:], strict=False)):
        raise reader.problem(place, rows, allowed)
    return sessions

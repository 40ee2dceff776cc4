"""Which days an office is open, and at which hours. Holds facts only; `derive` holds the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from motcua.kernel.clock.days import CONFIRMED, DayOff, WorkedDay
from motcua.kernel.clock.documents import Sessions, read_holidays, read_hours
from motcua.kernel.clock.errors import ClockProblem
from motcua.kernel.clock.year_table import TICK, YearTable
from motcua.kernel.clock.zone import local, wall

ONE_DAY = timedelta(days=1)

__all__ = ["Calendar", "DayOff", "WorkedDay"]


@dataclass(eq=False)
class Calendar:
    """The open days and office hours of an agency; compared and hashed by identity.

    `weekend`: weekdays (0 = Monday) that rest. `days_off`, `worked`: the exceptions. `years`: years whose
    holidays are loaded; in all others only the weekend is known. `sessions`: weekday to office sessions; a
    worked Saturday takes the hours of the day it replaces. `estimated_years`: loaded, but not announced yet.
    `notices`: year to the official notice, for people to read. Tables per year are built once, on first use.
    """

    name: str
    weekend: frozenset[int]
    days_off: dict[date, DayOff]
    worked: dict[date, WorkedDay]
    years: frozenset[int]
    sessions: dict[int, Sessions]
    estimated_years: frozenset[int] = frozenset()
    notices: dict[int, str] = field(default_factory=dict)
    _tables: dict[int, YearTable] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def from_documents(
        cls, holidays: Mapping[str, Any], hours: Mapping[str, Any] | None, name: str
    ) -> Calendar:
        """Build a calendar from a pack's calendar document and hours document (None: national default hours).

        Raises ClockProblem naming the place, what was found and what is allowed.
        """
        parts = read_holidays(holidays, name)
        return cls(
            name,
            parts.weekend,
            parts.days_off,
            parts.worked,
            parts.years,
            read_hours(hours, parts.weekend, name),
            parts.estimated_years,
            parts.notices,
        )

    def is_open_day(self, day: date) -> bool:
        """Whether `day` counts as a working day: not in the weekend and no holiday, or a worked rest day."""
        return day in self.worked or (day.weekday() not in self.weekend and day not in self.days_off)

    def note(self, day: date) -> DayOff | WorkedDay | None:
        """What makes `day` differ from the plain week, if anything does."""
        return self.days_off.get(day) or self.worked.get(day)

    def unconfirmed(self, day: date) -> bool:
        """Whether `day` is open or closed only by an unconfirmed note; a holiday on a rest day changes nothing."""
        note = self.note(day)
        return note is not None and note.status != CONFIRMED and self._differs(day, note)

    def loaded(self, year: int) -> bool:
        """Whether the holidays of `year` are loaded (possibly as an estimate)."""
        return year in self.years

    def sessions_on(self, day: date) -> Sessions:
        """The office sessions of an open day; empty on a closed one."""
        if not self.is_open_day(day):
            return ()
        weekday = day.weekday()
        return self.sessions[self._replaced_weekday(day) if weekday in self.weekend else weekday]

    def opening(self, day: date) -> datetime:
        """The wall-clock moment at which the open day `day` begins."""
        return datetime.combine(day, self.sessions_on(day)[0][0])

    def closing(self, day: date) -> datetime:
        """The wall-clock moment at which the open day `day` ends: the promise printed for that day."""
        return datetime.combine(day, self.sessions_on(day)[-1][1])

    def next_open_day(self, day: date) -> date:
        """`day` itself when it is open, else the next open day. Raises ClockProblem when a year has none."""
        found = day
        while not self.is_open_day(found):
            found += ONE_DAY
            if (found - day).days > 366:
                raise ClockProblem("clock.no_open_day", name=self.name, day=day)
        return found

    def add_open_days(self, day: date, count: int) -> date:
        """The `count`-th open day after `day` (which is not counted); 0 gives `day` itself."""
        if count <= 0:
            return day
        year, table = day.year, self.table(day.year)
        place = table.open_through(day) + count - 1
        while place >= len(table.open_days):
            place -= len(table.open_days)
            year += 1
            table = self.table(year)
        return date.fromordinal(table.open_days[place])

    def open_days_between(self, first: date, last: date) -> int:
        """How many open days lie after `first` up to and including `last`; 0 when `last` is not later."""
        if last <= first:
            return 0
        count = self.table(last.year).open_through(last) - self.table(first.year).open_through(first)
        return count + sum(len(self.table(year).open_days) for year in range(first.year, last.year))

    def next_open_moment(self, at: datetime) -> datetime:
        """The wall-clock moment `at` when the office is open, else the next opening (naive in, naive out)."""
        for start, end in self.sessions_on(at.date()):
            if at.time() < end:
                return max(at, datetime.combine(at.date(), start))
        return self.opening(self.next_open_day(at.date() + ONE_DAY))

    def open_time_between(self, first: datetime, last: datetime) -> timedelta:
        """Office time from `first` to `last` (wall clock); zero when `last` is not later."""
        if last <= first:
            return timedelta(0)
        ticks = self._ticks_through(last) - self._ticks_through(first)
        ticks += sum(self.table(year).ticks for year in range(first.year, last.year))
        return ticks * TICK

    def add_open_time(self, at: datetime, span: timedelta) -> datetime:
        """The wall-clock moment after `span` of office time from `at`.

        A span that is used up exactly at the end of a session ends there, not at the next opening.
        """
        at = self.next_open_moment(at)
        if span <= timedelta(0):
            return at
        left = self._ticks_through(at) + span // TICK
        year, table = at.year, self.table(at.year)
        while left > table.ticks:
            left -= table.ticks
            year += 1
            table = self.table(year)
        day, left = table.day_of_tick(left)
        return self._within(day, left * TICK)

    def table(self, year: int) -> YearTable:
        """The counted days of `year`, built on first use."""
        table = self._tables.get(year)
        if table is None:
            table = self._tables[year] = YearTable.build(year, self)
        return table

    def _ticks_through(self, at: datetime) -> int:
        spent = timedelta(0)
        for opening, closing in self._spans(at.date()):
            if at > opening:
                spent += min(at, closing) - opening
        return self.table(at.year).ticks_before(at.date()) + spent // TICK

    def _within(self, day: date, spent: timedelta) -> datetime:
        """The moment of `day` at which `spent` office time of it is used up."""
        for opening, closing in self._spans(day):
            if spent <= closing - opening:
                return opening + spent
            spent -= closing - opening
        return self.closing(day)

    def _spans(self, day: date) -> list[tuple[datetime, datetime]]:
        combine = datetime.combine
        return [(combine(day, start), combine(day, end)) for start, end in self.sessions_on(day)]

    def _replaced_weekday(self, day: date) -> int:
        lieu = self.worked[day].in_lieu_of
        if lieu and lieu.weekday() not in self.weekend:
            return lieu.weekday()
        return min(set(range(7)) - self.weekend)

    def _differs(self, day: date, note: DayOff | WorkedDay) -> bool:
        return (day.weekday() in self.weekend) == isinstance(note, WorkedDay)


def next_open_moment(at: datetime, calendar: Calendar) -> datetime:
    """The moment `at` when the office is open, else the next opening; aware, in Asia/Ho_Chi_Minh.

    In: aware in any zone, or naive for Vietnamese time.
    """
    return local(calendar.next_open_moment(wall(at)))

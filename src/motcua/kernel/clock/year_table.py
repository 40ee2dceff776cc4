"""One calendar year, counted once, so that counting days or office hours is a look-up and not a walk."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from motcua.kernel.clock.errors import ClockProblem

if TYPE_CHECKING:
    from motcua.kernel.clock.calendar import Calendar


# Office time is counted in whole microseconds, Python's own resolution, so that sums stay exact.
TICK = timedelta(microseconds=1)


class YearTable:
    """Open days and office time of one year. `special`: days that differ from the plain week, in order."""

    __slots__ = ("_before", "_first", "_ticks_before", "doubtful", "open_days", "special", "ticks")

    def __init__(self, first: int) -> None:
        self._first = first
        self._before: list[int] = [0]
        self._ticks_before: list[int] = [0]
        self.open_days: list[int] = []
        self.special: list[date] = []
        self.doubtful: list[date] = []
        self.ticks = 0

    @classmethod
    def build(cls, year: int, calendar: Calendar) -> YearTable:
        """Count `year` day by day. Raises ClockProblem when the year has no open day at all."""
        table = cls(date(year, 1, 1).toordinal())
        for ordinal in range(table._first, date(year, 12, 31).toordinal() + 1):
            table._take(date.fromordinal(ordinal), calendar)
        if not table.open_days:
            raise ClockProblem("clock.no_open_day", name=calendar.name, day=date(year, 1, 1))
        return table

    def _take(self, day: date, calendar: Calendar) -> None:
        if sessions := calendar.sessions_on(day):
            self.open_days.append(day.toordinal())
            for start, end in sessions:
                self.ticks += (datetime.combine(day, end) - datetime.combine(day, start)) // TICK
        if bool(sessions) == (day.weekday() in calendar.weekend):
            self.special.append(day)
            if calendar.unconfirmed(day):
                self.doubtful.append(day)
        self._before.append(len(self.open_days))
        self._ticks_before.append(self.ticks)

    def open_through(self, day: date) -> int:
        """How many open days this year has up to and including `day`."""
        return self._before[day.toordinal() - self._first + 1]

    def ticks_before(self, day: date) -> int:
        """Office time of this year before `day` begins."""
        return self._ticks_before[day.toordinal() - self._first]

    def day_of_tick(self, tick: int) -> tuple[date, int]:
        """The day in which the `tick`-th tick of the year (above 0) ends, and how far into that day."""
        place = bisect_left(self._ticks_before, tick) - 1
        return date.fromordinal(self._first + place), tick - self._ticks_before[place]

"""How each unit is counted: begin, break off, go on, and the office's closing hour at the end.

Times are Vietnamese wall-clock times. The *end* of a count is a day (a moment for working hours); `due` turns
it into the promise. An act stamped on a closed day counts as done on the next open day, for every unit.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from motcua.kernel.clock.calendar import ONE_DAY, Calendar
from motcua.kernel.clock.limits import Limit, Unit

# A day, or for working hours a moment; and what is left of a limit: a number of days, or office time. Each
# counter only ever meets its own kind.
End = Any
Amount = Any
Ranges = list[tuple[date, date]]


class Counter(Protocol):
    """One unit's way of counting, for one limit, one calendar and one cut-off hour."""

    def begin(self, at: datetime) -> End:
        """Where the whole limit ends when it is counted from `at`."""

    def used(self, since: datetime, at: datetime) -> Amount:
        """How much is used up when the clock, running since `since`, is paused at `at`."""

    def left(self, end: End, at: datetime) -> Amount:
        """How much is left when the clock is paused at `at`."""

    def go_on(self, left: Amount, at: datetime) -> End:
        """Where the rest ends when the clock runs again from `at`."""

    def promise(self, until: date) -> End:
        """The end that stands for a newly promised open day."""

    def due(self, end: End) -> datetime:
        """The moment of the promise: the office's closing hour, or the exact moment of working hours."""

    def rests_on(self, since: datetime, end: End) -> Ranges:
        """The days, inclusive, whose being open or closed decides the count from `since` to `end`."""

    def rests_on_pause(self, since: datetime, at: datetime) -> Ranges:
        """The same for a count from `since` that was paused at `at`."""


class _Days:
    """What all units of whole days share."""

    def __init__(self, limit: Limit, calendar: Calendar, cutoff: time) -> None:
        self.value = limit.value or 0
        self.calendar = calendar
        self.cutoff = cutoff

    def day(self, at: datetime) -> date:
        return self.calendar.next_open_day(at.date())

    def promise(self, until: date) -> date:
        return self.calendar.next_open_day(until)

    def due(self, end: End) -> datetime:
        return self.calendar.closing(end)


class WorkingDays(_Days):
    """Open days; the day of the event is not counted (Civil Code 2015 art. 147(2))."""

    def begin(self, at: datetime) -> date:
        return self.calendar.add_open_days(self.day(at), self.value)

    def used(self, since: datetime, at: datetime) -> int:
        return self.calendar.open_days_between(self.day(since), self.day(at))

    def left(self, end: End, at: datetime) -> int:
        return self.calendar.open_days_between(self.day(at), end)

    def go_on(self, left: Amount, at: datetime) -> date:
        return self.calendar.add_open_days(self.day(at), left)

    def rests_on(self, since: datetime, end: End) -> Ranges:
        return [(since.date(), end)]

    def rests_on_pause(self, since: datetime, at: datetime) -> Ranges:
        return [(since.date(), self.day(at))]


class CalendarDays(_Days):
    """All days; an end on a closed day moves to the next open day (Civil Code 2015 art. 148(5))."""

    def begin(self, at: datetime) -> date:
        return self.day(at) + timedelta(days=self.value)

    def used(self, since: datetime, at: datetime) -> int:
        return (self.day(at) - self.day(since)).days

    def left(self, end: End, at: datetime) -> int:
        return max(0, (end - self.day(at)).days)

    def go_on(self, left: Amount, at: datetime) -> date:
        return self.day(at) + timedelta(days=left)

    def due(self, end: End) -> datetime:
        return self.calendar.closing(self.calendar.next_open_day(end))

    def rests_on(self, since: datetime, end: End) -> Ranges:
        return [(since.date(), self.day(since)), (end, self.calendar.next_open_day(end))]

    def rests_on_pause(self, since: datetime, at: datetime) -> Ranges:
        return [(since.date(), self.day(since)), (at.date(), self.day(at))]


class Months(CalendarDays):
    """Months end on the same day number, or on the month's last day (Civil Code 2015 art. 148(3)).

    A pause shifts that day by the days waited: the end is a date from the start on, so the rule for months
    that do not run on end (art. 146) is not needed.
    """

    def begin(self, at: datetime) -> date:
        return add_months(self.day(at), self.value)


class SameDay(_Days):
    """Due on the day of reception; after the cut-off hour, on the next open day (Decree 61/2018 art. 18)."""

    def begin(self, at: datetime) -> date:
        moment = self.calendar.next_open_moment(at)
        if moment.time() <= self.cutoff:
            return moment.date()
        return self.calendar.next_open_day(moment.date() + ONE_DAY)

    def used(self, since: datetime, at: datetime) -> int:
        return 0

    def left(self, end: End, at: datetime) -> int:
        return self.calendar.open_days_between(self.day(at), end)

    def go_on(self, left: Amount, at: datetime) -> date:
        return max(self.begin(at), self.calendar.add_open_days(self.day(at), left))

    def rests_on(self, since: datetime, end: End) -> Ranges:
        return [(since.date(), end)]

    def rests_on_pause(self, since: datetime, at: datetime) -> Ranges:
        return [(since.date(), self.day(at))]


class WorkingHours(_Days):
    """Office time, minute by minute; outside office hours the clock stands."""

    def begin(self, at: datetime) -> datetime:
        return self.calendar.add_open_time(at, timedelta(hours=self.value))

    def used(self, since: datetime, at: datetime) -> timedelta:
        return self.calendar.open_time_between(since, at)

    def left(self, end: End, at: datetime) -> timedelta:
        return self.calendar.open_time_between(at, end)

    def go_on(self, left: Amount, at: datetime) -> datetime:
        return self.calendar.add_open_time(at, left)

    def promise(self, until: date) -> datetime:
        return self.calendar.closing(self.calendar.next_open_day(until))

    def due(self, end: End) -> datetime:
        return end

    def rests_on(self, since: datetime, end: End) -> Ranges:
        return [(since.date(), end.date())]

    def rests_on_pause(self, since: datetime, at: datetime) -> Ranges:
        return [(since.date(), at.date())]


COUNTERS: dict[Unit, Callable[[Limit, Calendar, time], Counter]] = {
    Unit.WORKING_DAYS: WorkingDays,
    Unit.CALENDAR_DAYS: CalendarDays,
    Unit.MONTHS: Months,
    Unit.SAME_DAY: SameDay,
    Unit.WORKING_HOURS: WorkingHours,
}


def counter_for(limit: Limit, calendar: Calendar, cutoff: time) -> Counter:
    """Return the counter of the limit's unit."""
    return COUNTERS[limit.unit](limit, calendar, cutoff)


def add_months(day: date, months: int) -> date:
    """The same day number `months` later, or that month's last day (Civil Code 2015 art. 148(3))."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

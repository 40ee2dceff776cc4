"""The lines of a derivation: what was counted, what was skipped, and by which article. Facts here, words in `words`."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, time, timedelta
from typing import Any

from motcua.kernel.clock.calendar import ONE_DAY, Calendar
from motcua.kernel.clock.count import Amount, End
from motcua.kernel.clock.days import CONFIRMED, DayOff, WorkedDay
from motcua.kernel.clock.limits import Limit, Unit
from motcua.kernel.clock.outcome import Line

# Up to here a reader is helped by seeing each counted day; beyond, the list hides the end.
DAYS_LISTED_MAX = 7

COUNTS_OPEN_DAYS = frozenset((Unit.WORKING_DAYS, Unit.SAME_DAY, Unit.WORKING_HOURS))
MINUTE = timedelta(minutes=1)

_ENDING = {Unit.CALENDAR_DAYS: "day_number", Unit.MONTHS: "month_number"}


class Story:
    """Collects the lines of one derivation in the order in which things happened."""

    def __init__(self, limit: Limit, calendar: Calendar) -> None:
        self.limit = limit
        self.calendar = calendar
        self.lines: list[Line] = []
        self.year: int | None = None
        self._noticed: set[int] = set()

    def tell(self, code: str, on: date | None = None, provisional: bool = False, **params: Any) -> None:
        """Add one line. Days outside the year of the start are marked to be shown with their year."""
        if on is not None and on.year != self.year:
            params["full"] = True
        self.lines.append(Line(code, on, params, provisional))

    def act(self, code: str, at: datetime, **params: Any) -> None:
        """Add the line of an act at the wall-clock time `at`, and say so when that day is closed."""
        if self.year is None:
            self.year = at.year
        self.tell(code, at.date(), at=_clock(at), **params)
        if worked := self.calendar.worked.get(at.date()):
            self._tell_worked(at.date(), worked)
        if self.limit.unit is not Unit.WORKING_HOURS and not self.calendar.is_open_day(at.date()):
            counted = self.calendar.next_open_day(at.date())
            self._skipped(at.date() - ONE_DAY, counted, weekends=False)
            self.tell("closed_day", counted, day=at.date().isoformat())

    def count_from(self, at: datetime, cutoff: time) -> None:
        """Say from when the limit is counted after the start or restart at `at`."""
        unit = self.limit.unit
        if unit is Unit.SAME_DAY:
            moment = self.calendar.next_open_moment(at)
            code = "same_day" if moment.time() <= cutoff else "next_day"
            self.tell(code, moment.date(), cutoff=cutoff.isoformat("minutes"))
        elif unit is Unit.WORKING_HOURS:
            moment = self.calendar.next_open_moment(at)
            self.tell("hours_from", moment.date(), at=_clock(moment))
        else:
            self.tell("count_from", self._first_day(at))

    def counted_since(self, at: datetime) -> str:
        """The first day that counts after an act at `at`, or for working hours the moment; as an ISO string."""
        if self.limit.unit is Unit.WORKING_HOURS:
            return self.calendar.next_open_moment(at).isoformat(timespec="minutes")
        return self._first_day(at).isoformat()

    def _first_day(self, at: datetime) -> date:
        following = self.calendar.next_open_day(at.date()) + ONE_DAY
        return self.calendar.next_open_day(following) if self.limit.unit in COUNTS_OPEN_DAYS else following

    def leg(self, since: datetime, until: End) -> None:
        """Tell the holidays, worked Saturdays and weekends that were met while counting from `since` to `until`."""
        if self.limit.unit in COUNTS_OPEN_DAYS:
            first = self.calendar.next_open_day(since.date())
            if self.limit.unit is Unit.WORKING_HOURS and first != since.date():
                first = since.date() - ONE_DAY  # no line of its own tells that this day is closed
            self._skipped(first, _day(until), weekends=self.limit.unit is not Unit.SAME_DAY)

    def counted(self, since: datetime, end: End, amount: Amount, whole: bool) -> None:
        """Tell how `amount` (the whole limit, or what a pause left of it) is used up at `end`."""
        unit = self.limit.unit
        if unit in (Unit.CALENDAR_DAYS, Unit.MONTHS):
            if amount:
                self.tell(_ENDING[unit] if whole else "rest_ends", end, count=amount)
            self._rolled(end)
        elif not amount or unit is Unit.SAME_DAY:
            return
        elif unit is Unit.WORKING_DAYS:
            first = self.calendar.next_open_day(since.date())
            days = self._open_days(first, end) if amount <= DAYS_LISTED_MAX else []
            self.tell("counted", end, count=amount, days=[day.isoformat() for day in days], rest=not whole)
        else:
            parts = self._parts(since, end)
            self.tell("hours_counted", end.date(), minutes=amount // MINUTE, parts=parts, rest=not whole)

    def notices(self) -> None:
        """Name the official notice of each year whose special days were told."""
        for year in sorted(self._noticed & self.calendar.notices.keys()):
            self.tell("notice", year=year, text=self.calendar.notices[year])

    def _rolled(self, end: date) -> None:
        moved = self.calendar.next_open_day(end)
        if moved != end:
            self._skipped(end - ONE_DAY, moved, weekends=False)
            self.tell("rolled", moved, day=end.isoformat())

    def _skipped(self, first: date, last: date, weekends: bool) -> None:
        """Tell the days after `first` up to `last` that differ from the plain week, and count the weekends."""
        closed = 0
        run: tuple[date, date, DayOff] | None = None
        for day in self._special(first, last):
            note = self.calendar.note(day)
            if isinstance(note, WorkedDay):
                self._tell_run(run)
                self._tell_worked(day, note)
                run = None
            elif isinstance(note, DayOff):
                closed += 1
                if run and _same(run[2], note) and not self.calendar.open_days_between(run[1], day):
                    run = (run[0], day, note)
                else:
                    self._tell_run(run)
                    run = (day, day, note)
        self._tell_run(run)
        if weekends and last > first:
            count = (last - first).days - closed - self.calendar.open_days_between(first, last)
            if count:
                self.tell("weekends", count=count)

    def _special(self, first: date, last: date) -> list[date]:
        found: list[date] = []
        for year in range(first.year, last.year + 1):
            special = self.calendar.table(year).special
            found += special[bisect_right(special, first) : bisect_right(special, last)]
        return found

    def _tell_run(self, run: tuple[date, date, DayOff] | None) -> None:
        if run:
            first, last, off = run
            self._noticed |= {first.year, last.year}
            self.tell(
                "day_off",
                first,
                off.status != CONFIRMED,
                last=last.isoformat(),
                vi=off.name_vi,
                en=off.name_en,
                kind=off.kind,
                status=off.status,
                basis=off.basis,
            )

    def _tell_worked(self, day: date, worked: WorkedDay) -> None:
        lieu = worked.in_lieu_of.isoformat() if worked.in_lieu_of else None
        doubt = worked.status != CONFIRMED
        self._noticed.add(day.year)
        self.tell("worked", day, doubt, lieu=lieu, status=worked.status, vi=worked.note_vi, en=worked.note_en)

    def _open_days(self, first: date, last: date) -> list[date]:
        days: list[date] = []
        for year in range(first.year, last.year + 1):
            opened = self.calendar.table(year).open_days
            low, high = bisect_right(opened, first.toordinal()), bisect_right(opened, last.toordinal())
            days += map(date.fromordinal, opened[low:high])
        return days

    def _parts(self, since: datetime, end: datetime) -> list[list[Any]]:
        """Minutes per day, when there are few enough days to be read."""
        first = self.calendar.next_open_moment(since).date()
        days = self._open_days(first - ONE_DAY, end.date())
        if len(days) > DAYS_LISTED_MAX:
            return []
        spans = [(day, self._minutes(day, since, end)) for day in days]
        return [[day.isoformat(), minutes] for day, minutes in spans if minutes]

    def _minutes(self, day: date, since: datetime, end: datetime) -> int:
        start = max(since, datetime.combine(day, datetime.min.time()))
        stop = min(end, datetime.combine(day + ONE_DAY, datetime.min.time()))
        return self.calendar.open_time_between(start, stop) // MINUTE


def _clock(at: datetime) -> str | None:
    """The hour to show; an act whose hour is not known (midnight) shows its day alone."""
    return None if at.time() == time.min else at.strftime("%H:%M")


def _day(end: End) -> date:
    return end.date() if isinstance(end, datetime) else end


def _same(one: DayOff, other: DayOff) -> bool:
    return (one.name_vi, one.kind, one.status) == (other.name_vi, other.kind, other.status)

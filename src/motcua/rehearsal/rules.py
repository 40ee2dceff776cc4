"""One dossier lived again under other circumstances, and what that changes. Plain functions over the legal clock.

What people did is taken as it was: they came, asked, answered and signed after as much office time as they needed.
What the change touches is counted anew: the limit, what an answer does to it, the days and hours of the office, and
with another staffing the time that the work took.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from motcua.kernel import clock
from motcua.kernel.clock.zone import wall

_GOES_ON = (clock.Kind.RESUME, clock.Kind.RESTART)


@dataclass(frozen=True)
class Law:
    """What binds the time of one dossier."""

    limit: clock.Limit
    rules: clock.ClockRules
    calendar: clock.Calendar


@dataclass(frozen=True)
class Case:
    """A dossier as it was lived. `name` is its opaque name; `events` begin with its reception; `ended_at` None while
    it is open. `pace`: how fast the office works after the change, 1 as before, 0.8 with a fifth fewer people."""

    name: str
    procedure: str
    agency: str
    received_at: datetime
    ended_at: datetime | None
    events: tuple[clock.Event, ...]
    before: Law
    after: Law
    pace: float = 1.0


@dataclass(frozen=True)
class Life:
    """How it goes under one law: its due moment, when it ends, how many apologies that law would not have allowed."""

    due_at: datetime | None
    ended_at: datetime | None
    refused: int = 0


def as_answered(events: Iterable[clock.Event], rules: clock.ClockRules) -> Iterator[clock.Event]:
    """The same happenings, with what `rules` make of an answer: the limit goes on or is counted anew; a wait for
    money that does not stop the clock leaves no event."""
    for event in events:
        if event.reason == "payment" and rules.on_payment == "run":
            continue
        yield clock.answer_event(rules, event.at, event.reason) if event.kind in _GOES_ON else event


def due_of(events: Sequence[clock.Event], law: Law) -> tuple[datetime | None, int]:
    """The due moment, and how many apologies had to be left out because the law allows no more of them."""
    try:
        return clock.derive(law.limit, events, law.calendar, law.rules).due_at, 0
    except clock.ClockProblem:
        kept = [event for event in events if event.kind is not clock.Kind.EXTEND]
        if len(kept) == len(events):
            raise
        return clock.derive(law.limit, kept, law.calendar, law.rules).due_at, len(events) - len(kept)


def as_it_was(case: Case) -> Life:
    """The dossier under the law that bound it."""
    due_at, refused = due_of(case.events, case.before)
    return Life(due_at, case.ended_at, refused)


def as_it_would_be(case: Case) -> Life:
    """The dossier under the change, nobody waiting longer for another's dossier than before."""
    events, ended_at = relived(case)
    due_at, refused = due_of(tuple(as_answered(events, case.after.rules)), case.after)
    return Life(due_at, ended_at, refused)


def relived(case: Case) -> tuple[list[clock.Event], datetime | None]:
    """The moments of its life in other office hours or at another pace: as much office time between them while the
    agency has it, the same wait while the applicant has it. What is open stays open."""
    if case.pace == 1 and case.before.calendar is case.after.calendar:
        return list(case.events), case.ended_at
    moved, now_at, waits = [], case.received_at, False
    then = case.received_at
    for event in case.events:
        if event.kind is clock.Kind.STOP:
            continue
        now_at = _later(case, then, now_at, event.at, waits)
        then = max(then, event.at)
        moved.append(replace(event, at=now_at))
        waits = event.kind is clock.Kind.PAUSE or (waits and event.kind is clock.Kind.EXTEND)
    if case.ended_at is None:
        return moved, None
    return moved, _later(case, then, now_at, case.ended_at, waits)


def _later(case: Case, then: datetime, now_at: datetime, at: datetime, waits: bool) -> datetime:
    """Where `at` falls when what lay at `then` lies at `now_at`."""
    if at <= then:
        return now_at
    if waits:
        return now_at + (at - then)
    return _worked(case, now_at, case.before.calendar.open_time_between(wall(then), wall(at)))


def _worked(case: Case, begun: datetime, office_time: timedelta) -> datetime:
    return clock.local(case.after.calendar.add_open_time(wall(begun), office_time / case.pace))


def in_one_line(cases: Sequence[Case]) -> dict[str, datetime]:
    """When each finished dossier of ONE agency would end if its people had had no time to spare: by name.

    The agency is taken as one desk that finishes dossiers in the order in which it did; what it needed for each is the
    office time since it could begin it. At the pace of before this gives the moments that were. It is the most that a
    staffing can do, as `as_it_would_be` is the least.
    """
    found: dict[str, datetime] = {}
    was_free: datetime | None = None
    is_free: datetime | None = None
    for case in sorted(cases, key=lambda one: (one.ended_at or one.received_at, one.name)):
        if case.ended_at is None:
            continue
        begun = max(case.received_at, was_free or case.received_at)
        needed = case.before.calendar.open_time_between(wall(begun), wall(case.ended_at))
        begins = max(case.received_at, is_free or case.received_at)
        same = case.pace == 1 and begins == begun and case.before.calendar is case.after.calendar
        is_free = case.ended_at if same else _worked(case, begins, needed)
        was_free = max(case.ended_at, begun)
        found[case.name] = is_free
    return found


@dataclass(frozen=True)
class Lateness:
    """By how much: whole working days after the due day, and office time after the due moment."""

    days: int
    office_time: timedelta


def lateness(life: Life, until: datetime, calendar: clock.Calendar) -> Lateness | None:
    """How late a dossier is at `until`: when it ended, or by now while it is open; None when it is not."""
    if life.due_at is None:
        return None
    end = until if life.ended_at is None else life.ended_at
    if end <= life.due_at:
        return None
    due, ended = wall(life.due_at), wall(end)
    return Lateness(
        calendar.open_days_between(due.date(), ended.date()), calendar.open_time_between(due, ended)
    )


@dataclass(frozen=True)
class Queue:
    """How many dossiers lay open with an agency at the close of its working days: the most, the mean, at the end."""

    most: int
    mean: float
    last: int


def queue(lives: Iterable[tuple[datetime, datetime | None]], closes: Sequence[datetime]) -> Queue:
    """The queue of (received, ended) pairs at some moments on the wall clock, in order."""
    if not closes:
        return Queue(0, 0.0, 0)
    steps: list[tuple[datetime, int]] = []
    for received, ended in lives:
        steps.append((wall(received), 1))
        if ended is not None:
            steps.append((wall(ended), -1))
    steps.sort()
    counts, place, open_now = [], 0, 0
    for close in closes:
        while place < len(steps) and steps[place][0] <= close:
            open_now += steps[place][1]
            place += 1
        counts.append(open_now)
    return Queue(max(counts), round(sum(counts) / len(counts), 1), counts[-1])


def closings(calendar: clock.Calendar, since: datetime, until: datetime) -> list[datetime]:
    """When the working days between two aware moments closed, on the wall clock."""
    first, last = wall(since).date(), wall(until).date()
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    moments = [calendar.closing(day) for day in days if calendar.is_open_day(day)]
    return [moment for moment in moments if wall(since) <= moment <= wall(until)]

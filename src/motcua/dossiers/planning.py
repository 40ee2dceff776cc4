"""When each step should be done: the shares of the limit laid over the office time that the clock really ran.

Plain functions over clock events and a calendar. Without pauses this is `kernel.clock.step_dues`; after a restart the
plan begins anew, a pause moves what is left of it by the wait, a new promised date stretches it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import accumulate

from motcua.kernel import clock
from motcua.kernel.clock.zone import local, wall

Leg = tuple[datetime, datetime]  # wall-clock moments between which the limit ran, or will run


def step_plan(
    shares: Sequence[float], events: Sequence[clock.Event], due_at: datetime | None, calendar: clock.Calendar
) -> list[datetime | None]:
    """For each share the moment (aware, Asia/Ho_Chi_Minh) by which its step should be done; None without a due date.

    `events` are those of one dossier from its start on, `due_at` (aware) what they give now. The last step with a
    share ends exactly at the due moment.
    """
    whole = sum(shares)
    if due_at is None or not events or whole <= 0:
        return [None] * len(shares)
    due = wall(due_at)
    legs = _legs(events, due)
    office_time = sum((calendar.open_time_between(*leg) for leg in legs), timedelta(0))
    last = max(place for place, share in enumerate(shares) if share > 0)
    moments = [_moment(legs, office_time * (spent / whole), calendar) for spent in accumulate(shares)]
    return [local(due if place >= last else min(moment, due)) for place, moment in enumerate(moments)]


def step_window(
    shares: Sequence[float],
    place: int,
    events: Sequence[clock.Event],
    due_at: datetime | None,
    calendar: clock.Calendar,
) -> tuple[datetime | None, datetime | None]:
    """(by when the step at `place` has to begin, by when it should be done), aware; None without a due date.

    It has to begin where the plan ends the step before, so that it and all that follow it still have their office time;
    the first one where the limit began to run.
    """
    ends = step_plan(shares, events, due_at, calendar)
    if due_at is None or ends[place] is None:
        return None, None
    if place:
        return ends[place - 1], ends[place]
    legs = _legs(events, wall(due_at))
    return local(legs[0][0]) if legs else due_at, ends[place]


def _legs(events: Sequence[clock.Event], due: datetime) -> list[Leg]:
    legs: list[Leg] = []
    begun: datetime | None = None
    waits: set[str] = set()
    for event in events:
        at = wall(event.at)
        if event.kind in (clock.Kind.START, clock.Kind.RESTART):
            legs = []
            waits.discard(event.reason)
            begun = None if waits else at
        elif event.kind is clock.Kind.PAUSE:
            if begun is not None:
                legs.append((begun, at))
            begun = None
            waits.add(event.reason)
        elif event.kind is clock.Kind.RESUME:
            waits.discard(event.reason)
            begun = begun if waits else at
    if begun is not None:
        legs.append((begun, max(begun, due)))
    return legs


def _moment(legs: Sequence[Leg], span: timedelta, calendar: clock.Calendar) -> datetime:
    """The moment at which `span` of office time within the legs is used up."""
    for begun, ended in legs:
        room = calendar.open_time_between(begun, ended)
        if span <= room:
            return calendar.add_open_time(begun, span)
        span -= room
    return legs[-1][1]

"""How much time is left, for worklists; and whether a new date may be promised."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from motcua.kernel.clock.calendar import Calendar
from motcua.kernel.clock.errors import ClockProblem
from motcua.kernel.clock.outcome import Deadline
from motcua.kernel.clock.rules import ClockRules
from motcua.kernel.clock.zone import wall

# An apology leaves at the latest one day before the due date (Decree 61/2018 art. 19(9)), so a dossier has to
# stand out two working days before.
SOON_DAYS = 2


class TimeLeft(NamedTuple):
    """`working_days` until the due day (0 on the day itself; negative when late).

    `state`: on_time, soon, late, paused or none (not started, stopped, or no fixed limit).
    """

    working_days: int
    state: str


def working_days_between(first: date, last: date, calendar: Calendar) -> int:
    """How many working days lie after `first` up to and including `last`; negative when `last` is earlier."""
    if last < first:
        return -calendar.open_days_between(last, first)
    return calendar.open_days_between(first, last)


def time_left(deadline: Deadline, now: datetime, calendar: Calendar, soon_days: int = SOON_DAYS) -> TimeLeft:
    """Tell how a dossier stands at `now` (aware, or naive for Vietnamese time)."""
    if deadline.state == "paused":
        return TimeLeft(0, "paused")
    if deadline.state != "running" or deadline.due_at is None:
        return TimeLeft(0, "none")
    moment, due = wall(now), wall(deadline.due_at)
    days = working_days_between(moment.date(), due.date(), calendar)
    if moment > due:
        return TimeLeft(min(days, 0), "late")
    return TimeLeft(days, "soon" if days <= soon_days else "on_time")


def extension_problem(deadline: Deadline, until: date, rules: ClockRules) -> ClockProblem | None:
    """Return why the new date `until` cannot be promised now, or None; for asking before the act.

    One new date only (art. 19(9)), never while the clock is paused, and later than the present due date.
    """
    if deadline.extensions >= rules.extensions_max:
        return ClockProblem("clock.extensions_used_up", most=rules.extensions_max)
    if deadline.state == "paused":
        return ClockProblem("clock.extend_paused")
    if deadline.state != "running":
        return ClockProblem(
            "clock.stopped" if deadline.state == "stopped" else "clock.not_started", kind="extend"
        )
    if deadline.due_on is not None and until <= deadline.due_on:
        return ClockProblem("clock.extend_not_later", until=until, due=deadline.due_on)
    return None

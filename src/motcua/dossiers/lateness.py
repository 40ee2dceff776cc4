"""What can still be saved: the working time that is left against the working time that the remaining steps need.

Plain functions over moments and a calendar; no Django, no clock, no table. Sources: NĐ 61/2018/NĐ-CP art. 19(9) for the
apology; the order of the list and the share of a step as the time it needs are rules of the house.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from motcua.kernel import clock
from motcua.kernel.clock.zone import wall

HOUR = timedelta(hours=1)
TIGHT = 8 * HOUR  # a working day to spare, and less, is little


class Hope(StrEnum):
    """How a dossier stands to its promise, the most urgent that can still be met first."""

    BEHIND = (
        "behind"  # less time is left than the remaining steps usually take: only hurrying keeps the promise
    )
    TIGHT = "tight"
    ROOM = "room"
    LATE = "late"  # the promise is broken: what can still be met comes before it
    OPEN_ENDED = "open_ended"  # no time limit runs


@dataclass(frozen=True)
class Chance:
    """`left`: office time until the due moment. `need`: office time the remaining steps have in the plan."""

    hope: Hope
    left: timedelta
    need: timedelta

    @property
    def spare(self) -> timedelta:
        """Office time to spare; negative where the dossier is behind its plan."""
        return self.left - self.need


def chance(
    due_at: datetime | None, save_by: datetime | None, at: datetime, calendar: clock.Calendar
) -> Chance:
    """How a dossier due at `due_at`, whose present step had to begin by `save_by`, stands at `at` (aware moments).

    Late means after the due moment. Without `save_by` nothing is known of the steps and nothing is needed.
    """
    none = timedelta(0)
    if due_at is None:
        return Chance(Hope.OPEN_ENDED, none, none)
    if at > due_at:
        return Chance(Hope.LATE, none, none)
    due, now = wall(due_at), wall(at)
    left = calendar.open_time_between(now, due)
    need = calendar.open_time_between(wall(save_by), due) if save_by is not None else none
    if left < need:
        return Chance(Hope.BEHIND, left, need)
    return Chance(Hope.TIGHT if left - need <= TIGHT else Hope.ROOM, left, need)


def apology_by(
    deadline: clock.Deadline, extensions_max: int, notice_days: int, calendar: clock.Calendar
) -> date | None:
    """The last day on which an apology may leave, None where none is possible: no promise runs, or the one new date is
    used up (NĐ 61/2018 art. 19(9))."""
    if deadline.state != "running" or deadline.due_on is None or deadline.extensions >= extensions_max:
        return None
    return clock.apology_by(deadline.due_on, notice_days, calendar)

"""Retention as plain data: which schedule a dossier falls under, until when it is kept, who may decide. No Django.

Sources: Law on archives 33/2024/QH15 and TT 13/2023/TT-BNV, neither read in its own words; their figures stand in the
packs, marked unverified. That years count from the end of the year in which the matter ended is how we understand them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from motcua.kernel.clock import TZ

PROPOSERS = ("clerk", "administrator")
DECIDERS = ("leader", "head")
READERS = (*PROPOSERS, *DECIDERS)
ONE_LIST_MAX = 500  # dossiers in one list: what a person can still answer for
DRAFT_DAYS_FLOOR = 7  # whatever a pack says: somebody may come back after the weekend
REASON_MIN, REASON_MAX = 10, 1000
NUMBER_MAX = 60


class State(StrEnum):
    """A list on its way: proposed by one person, confirmed or refused by another, done when the last item is."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    DONE = "done"


class ItemState(StrEnum):
    WAITING = "waiting"
    DESTROYED = "destroyed"
    KEPT = "kept"


@dataclass(frozen=True)
class Schedule:
    """One group of dossiers and how long they are kept on a day: `years`, or for ever, or nobody has said (None)."""

    key: str
    name: Mapping[str, str]
    sectors: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    never_received: bool = False
    years: int | None = None
    for_ever: bool = False
    source: str = ""
    unverified: bool = True

    @property
    def runs_out(self) -> bool:
        """Whether dossiers under it are ever due."""
        return self.years is not None and not self.for_ever

    @property
    def is_rest(self) -> bool:
        return not (self.sectors or self.procedures or self.never_received)


def schedules(body: Mapping[str, Any], on: date) -> list[Schedule]:
    """The schedules of a pack document as they stand on a day, in its order; each with its figure of that day."""
    return [_schedule(row, on) for row in body.get("schedules") or ()]


def _schedule(row: Mapping[str, Any], on: date) -> Schedule:
    past = [day for day in row["keep"] if date.fromisoformat(str(day)) <= on]
    kept = row["keep"][max(past)] if past else {"years": None, "source": "", "unverified": ["*"]}
    return Schedule(
        key=row["key"],
        name=row["name"],
        sectors=tuple(row.get("sectors") or ()),
        procedures=tuple(row.get("procedures") or ()),
        never_received=bool(row.get("never_received")),
        years=kept.get("years"),
        for_ever=bool(kept.get("for_ever")),
        source=kept.get("source") or "",
        unverified=bool(kept.get("unverified")),
    )


def runs_out_on(closed: date, years: int) -> date:
    """The first day on which a dossier closed on a day may be destroyed: years count from the end of that year."""
    return date(closed.year + years + 1, 1, 1)


def closed_before(on: date, years: int) -> datetime:
    """Whatever was closed before this moment has run out on the day `on`: the other side of `runs_out_on`."""
    return datetime(on.year - years, 1, 1, tzinfo=TZ)


def pick(
    among: Sequence[tuple[Schedule, frozenset[int]]], procedure: int, *, received: bool
) -> Schedule | None:
    """The schedule of a dossier: of what was received the first that names its procedure, of what never was the one for
    that; else the one for the rest. `among` are schedules with the procedures (ids) that they name."""
    for one, ids in among:
        if one.is_rest or (one.never_received and not received) or (received and procedure in ids):
            return one
    return None


def drafts_untouched_since(days: int | None, at: datetime) -> datetime | None:
    """Drafts whose last touch lies before this moment are abandoned; None when nobody has said after how many days."""
    return at - timedelta(days=max(days, DRAFT_DAYS_FLOOR)) if days else None


def may_confirm(proposed_by: int, actor: int | None) -> bool:
    """What is destroyed is never decided by one person alone."""
    return actor is not None and proposed_by != actor


def is_over(states: Iterable[str]) -> bool:
    """Whether nothing of a list waits any more."""
    return ItemState.WAITING not in set(states)

"""From histories to what `rules` learns and judges: where a dossier stood, what was left, how long it took."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import History
from motcua.forecast import rules
from motcua.foundation.time import TZ, local_date
from motcua.kernel import clock
from motcua.kernel.clock.zone import wall

LOOK_BACK = timedelta(days=183)  # what is older was lived under other circumstances
DOSSIERS_MAX = 20_000  # what a night reads, whatever lies in the archive: some seconds
RECEPTION = "reception"
_GOES_ON = (clock.Kind.RESUME, clock.Kind.RESTART)


@dataclass(frozen=True, slots=True)
class Stand:
    """A dossier at the beginning of a step. `minutes` of office time from then until `ended_at` (None: still open);
    `left` until the due date as it was then."""

    key: int
    turn: int  # which of its stands this is
    turns: int
    procedure: int
    unit: int
    names: tuple[str, ...]
    since: datetime
    ended_at: datetime | None
    with_result: bool
    left: float | None


def minutes_between(calendar: clock.Calendar, first: datetime, last: datetime) -> float:
    """Office minutes from one aware moment to another; 0 when the second is not later."""
    return calendar.open_time_between(wall(first), wall(last)) / timedelta(minutes=1)


def moment_after(calendar: clock.Calendar, since: datetime, minutes: float) -> datetime:
    """The aware moment when so many office minutes have passed since `since`."""
    return clock.local(calendar.add_open_time(wall(since), timedelta(minutes=minutes)))


def names_for(procedure: int, version: int, stage: str, step: str, unit: int) -> tuple[str, ...]:
    """The kinds of one dossier in one step; no query once its version is known to this process."""
    limit = catalogue.view_of(version).limit
    return rules.names_of(str(procedure), f"{limit.value}.{limit.unit.value}", stage, step, str(unit))


def stands_of(history: History) -> Iterator[Stand]:
    """Where a dossier stood: at reception until it was handed on, in each step, and anew each time a wait was over."""
    calendar = agencies.calendar_of(history.agency)
    begun = _beginnings(history)
    for turn, (since, step, stage) in enumerate(begun):
        due_at = dossiers.due_of_history(history, [e for e in history.events if e.at <= since])
        yield Stand(
            key=history.key,
            turn=turn,
            turns=len(begun),
            procedure=history.procedure,
            unit=history.agency,
            names=names_for(history.procedure, history.version, stage, step, history.agency),
            since=since,
            ended_at=history.ended_at,
            with_result=history.resolved_at is not None,
            left=None if due_at is None else minutes_between(calendar, since, due_at),
        )


def _beginnings(history: History) -> list[tuple[datetime, str, str]]:
    steps = history.steps
    found = [(step.started_at, step.key, step.stage) for step in steps]
    if not steps or history.received_at < steps[0].started_at:
        found.append((history.received_at, "", RECEPTION))
    for event in history.events:
        if event.kind in _GOES_ON:
            inside = [s for s in steps if s.started_at < event.at and (not s.done_at or s.done_at > event.at)]
            found += [(event.at, step.key, step.stage) for step in inside[-1:]]
    return sorted(found)


def gather(at: datetime) -> list[Stand]:
    """The stands of what was received in the last half year before `at`, at most DOSSIERS_MAX dossiers of it.

    Where a procedure has more than its part, every so many-th is taken: the same ones each time.
    """
    since = at - LOOK_BACK
    counts = dossiers.received_of_each(since, at)
    every = parts_of(counts, DOSSIERS_MAX)
    return [
        stand
        for procedure in sorted(counts)
        for history in dossiers.histories(since, at, procedure=procedure, every=every[procedure])
        for stand in stands_of(history)
    ]


def parts_of(counts: dict[int, int], most: int) -> dict[int, int]:
    """For each procedure, every which dossier is read so that about `most` are read in all: those that few people
    need are read whole, what is left is shared out among the others."""
    left, every = most, {}
    for place, (procedure, count) in enumerate(sorted(counts.items(), key=lambda pair: (pair[1], pair[0]))):
        share = max(left // (len(counts) - place), 1)
        every[procedure] = max(1, -(-count // share))
        left -= count // every[procedure]
    return every


def seen_until(stands: Iterable[Stand], cut: datetime) -> Iterator[tuple[tuple[str, ...], rules.Seen]]:
    """What was known at `cut`: whoever was finished only later was then still open."""
    for stand in stands:
        if stand.since >= cut:
            continue
        until, finished = cut, False
        if stand.ended_at is not None and stand.ended_at < cut:
            until, finished = stand.ended_at, stand.with_result
        minutes = minutes_between(agencies.calendar_of(stand.unit), stand.since, until)
        yield stand.names, rules.Seen(minutes, finished, stand.left)


# Judging on months held out -----------------------------------------------------------------------------------


class Month(NamedTuple):
    """A calendar month in Viet Nam, `until` excluded."""

    name: str
    since: datetime
    until: datetime


def months_before(at: datetime, count: int) -> list[Month]:
    """The last `count` complete months before the aware moment `at`, oldest first."""
    first = local_date(at).replace(day=1)
    found = []
    for _ in range(count):
        last, first = first, (first - timedelta(days=1)).replace(day=1)
        found.append(Month(f"{first:%Y-%m}", _midnight(first), _midnight(last)))
    return found[::-1]


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=TZ)


def judged_in(stands: list[Stand], month: Month, at: datetime) -> Iterator[rules.Judged]:
    """The forecasts that were made in a month, by what was known when it began, and how they came out by `at`.

    Only those whose moment is over by `at` count: early successes are not taken where late failures cannot be seen
    yet. Who withdrew or was stopped before it has shown nothing. In the groups that take several steps together each
    dossier counts once, by one of its stands, so that what is counted is dossiers.
    """
    table = rules.learn(seen_until(stands, month.since))
    if not table:
        return
    for stand in stands:
        if not month.since <= stand.since < month.until:
            continue
        found = rules.find(table, stand.names, stand.left)
        if found is None:
            continue
        calendar = agencies.calendar_of(stand.unit)
        promised = moment_after(calendar, stand.since, found.minutes)
        ended = stand.ended_at if stand.ended_at is not None and stand.ended_at <= at else None
        if promised > at or (ended is not None and not stand.with_result and ended <= promised):
            continue
        until = ended if ended is not None and stand.with_result else at
        kept = ended is not None and stand.with_result and local_date(ended) <= local_date(promised)
        minutes = minutes_between(calendar, stand.since, until)
        if ended is None or not stand.with_result:
            minutes = max(minutes, found.minutes + 1)  # not finished when its moment was over: a miss
        yield rules.Judged(_groups(stand, found), minutes, found.minutes, stand.left, kept)


def _groups(stand: Stand, found: rules.Found) -> tuple[str, ...]:
    stage = stand.names[2].partition("|")[2]
    step = stand.names[1].rpartition("|")[2] or RECEPTION
    each = (f"step|{stand.procedure}|{step}",)
    if stand.key % stand.turns != stand.turn:
        return each
    return (
        *each,
        rules.WHOLE,
        f"procedure|{stand.procedure}",
        f"unit|{stand.unit}",
        f"stage|{stage}",
        f"level|{found.level}",
    )

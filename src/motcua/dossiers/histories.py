"""How dossiers were lived, without whose they are: moments, steps, clock events. Part of the door `queries`.

For those who learn from the past or replay it: no answer, no name and no paper is read, and no column that holds one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Mod

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.dossiers.models import ClockEvent, Dossier, FeeLine, StepRun
from motcua.kernel import clock, forms

CHUNK = 500  # dossiers whose rows are read together; SQLite takes 999 of them in one list on old builds
_GOING_ON = ("resume", "restart")


class Lived(NamedTuple):
    """One step as it was lived."""

    key: str
    stage: str
    started_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class History:
    """One dossier from reception on. `key` is its primary key, `public_id` its opaque name; moments are aware."""

    key: int
    public_id: str
    procedure: int
    version: int
    agency: int
    desk: int
    channel: str
    submitted_at: datetime | None
    received_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    due_at: datetime | None
    events: tuple[clock.Event, ...]
    steps: tuple[Lived, ...]

    @property
    def ended_at(self) -> datetime | None:
        """When the work on it ended: with its result, or without one."""
        return self.resolved_at or self.closed_at


_COLUMNS = (
    "pk", "public_id", "procedure", "version", "competent_agency", "received_by", "channel", "submitted_at",
    "received_at", "resolved_at", "closed_at", "due_at",
)  # fmt: skip


def _received(since: datetime, until: datetime) -> QuerySet[Dossier]:
    return Dossier.objects.filter(
        received_at__gte=since, received_at__lt=until, version__isnull=False, competent_agency__isnull=False
    )


def received_of_each(since: datetime, until: datetime) -> dict[int, int]:
    """How many dossiers of each procedure (by its id) were received from `since` until before `until`."""
    counted = _received(since, until).order_by().values_list("procedure").annotate(number=Count("pk"))
    return dict(counted)


def histories(
    since: datetime, until: datetime, *, procedure: int | None = None, every: int = 1
) -> Iterator[History]:
    """What was received from `since` until before `until`, by primary key, a few hundred at a time.

    `every` above 1 takes a part of them, always the same: those whose primary key it divides.
    """
    rows = _received(since, until)
    if procedure is not None:
        rows = rows.filter(procedure=procedure)
    if every > 1:
        rows = rows.annotate(part=Mod(F("pk"), every)).filter(part=0)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        yield from _chunk(keys[start : start + CHUNK])


def _chunk(keys: list[int]) -> Iterator[History]:
    events: dict[int, list[clock.Event]] = defaultdict(list)
    ticks = ClockEvent.objects.filter(dossier__in=keys).order_by("dossier", "pk")
    for dossier, kind, at, reason, until in ticks.values_list("dossier", "kind", "at", "reason", "until"):
        events[dossier].append(clock.Event(clock.Kind(kind), at, reason, until))
    steps: dict[int, list[Lived]] = defaultdict(list)
    runs = StepRun.objects.filter(dossier__in=keys).order_by("dossier", "pk")
    for dossier, *lived in runs.values_list("dossier", "key", "stage", "started_at", "done_at"):
        steps[dossier].append(Lived(*lived))
    for row in Dossier.objects.filter(pk__in=keys).order_by("pk").values_list(*_COLUMNS):
        yield History(*row, events=tuple(events[row[0]]), steps=tuple(steps[row[0]]))


def due_of_history(history: History, events: Sequence[clock.Event]) -> datetime | None:
    """The due moment that `events` (the first ones of this dossier) gave when they were all that had happened."""
    if len(events) == len(history.events) or not _moved(history.events[len(events) :]):
        return history.due_at
    view = catalogue.view_of(history.version)
    calendar = agencies.calendar_of(history.agency, history.ended_at)
    return clock.derive(view.limit, events, calendar, view.clock_rules(history.received_at)).due_at


def _moved(events: Iterable[clock.Event]) -> bool:
    """Whether any of these moves a due date; the end of the clock does not."""
    return any(event.kind is not clock.Kind.STOP for event in events)


class Station(NamedTuple):
    """Where an open dossier stands: the step it is in ("" before the first one) and since when it has been worked on
    there without a wait."""

    key: str
    stage: str
    since: datetime


def stations_of(dossiers: Iterable[Dossier | int]) -> dict[int, Station]:
    """Where each of the given dossiers (rows or primary keys) stands that is in a step now: one statement for all."""
    keys = [row if isinstance(row, int) else row.pk for row in dossiers]
    rows = StepRun.objects.filter(dossier__in=keys, done_at=None).order_by("pk")
    found = rows.annotate(stood_went_on=_went_on("dossier"))
    columns = ("dossier", "key", "stage", "started_at", "stood_went_on")
    return {dossier: _station(*told) for dossier, *told in found.values_list(*columns)}


def station_columns(dossier: str) -> dict[str, Subquery]:
    """Annotations by which a list reads where each of its dossiers stands within its own statement; `dossier` is the
    column with the dossier's key. See `station_read`."""
    latest = StepRun.objects.filter(dossier=OuterRef(dossier), done_at=None).order_by("-pk")
    columns = {f"stood_{name}": Subquery(latest.values(name)[:1]) for name in ("key", "stage", "started_at")}
    return {**columns, "stood_went_on": _went_on(dossier)}


def station_read(row: Any) -> Station | None:
    """Where a row stands that was read with `station_columns`; None where it is in no step, or was read without."""
    if getattr(row, "stood_started_at", None) is None:
        return None
    return _station(row.stood_key, row.stood_stage, row.stood_started_at, row.stood_went_on)


def _station(key: str, stage: str, started_at: datetime, went_on_at: datetime | None) -> Station:
    return Station(key, stage, max(started_at, went_on_at or started_at))


def _went_on(dossier: str) -> Subquery:
    events = ClockEvent.objects.filter(dossier=OuterRef(dossier), kind__in=_GOING_ON)
    return Subquery(events.order_by().values("dossier").annotate(latest=Max("at")).values("latest"))


# Money, for those who rehearse another fee ------------------------------------------------------------------------


def answers_named(keys: Iterable[int], names: Collection[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The answers with these `names` of some dossiers by primary key, and no others: for computing a fee and dropping
    them. Of rows only numbers are kept (pages, copies), never what is written in them."""
    rows = Dossier.objects.filter(pk__in=list(keys)).order_by("pk")
    for key, plain, sealed in rows.values_list("pk", "answers", "answers_sealed"):
        whole = forms.merge(plain, sealed or {})
        yield key, {name: _numbers(whole[name]) for name in names if name in whole}


def _numbers(answer: Any) -> Any:
    if not isinstance(answer, list) or not all(isinstance(row, dict) for row in answer):
        return answer
    return [{k: v for k, v in row.items() if isinstance(v, int | float)} for row in answer]


def sums_standing(keys: Iterable[int]) -> dict[int, int]:
    """What each dossier owes or has paid, in đồng, by primary key; those with an unknown line are left out."""
    rows = FeeLine.objects.filter(dossier__in=list(keys)).order_by("pk").values_list("dossier", "payable")
    found: dict[int, int | None] = dict.fromkeys(keys, 0)
    for dossier, payable in rows:
        known = found[dossier]
        found[dossier] = None if known is None or payable is None else known + payable
    return {dossier: amount for dossier, amount in found.items() if amount is not None}

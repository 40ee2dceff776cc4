"""Reads for those who answer for the work: what happened in a period, and how the open dossiers stand now.

What is open is counted from the open rows alone (a partial index), so it costs what the work at hand costs. Rows come
a page at a time, from those the reader may see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import In

from motcua.agencies import queries as agencies
from motcua.dossiers import rules
from motcua.dossiers.histories import Station, station_columns, station_read
from motcua.dossiers.models import ClockEvent, Dossier, DossierGrant, Letter, PassingOn
from motcua.dossiers.permits import telling_oneself
from motcua.foundation.actors import Actor

RELATED = ("procedure", "received_by", "competent_agency", "applicant")
OPEN = Q(resolved_at__isnull=True, closed_at__isnull=True, received_at__isnull=False)
ENDED = Q(resolved_at__isnull=True, closed_at__isnull=False)
ASKED = "supplement-request"

# what happened -> the moment it is counted by, and which rows it means
_HAPPENED: dict[str, tuple[str, Q]] = {
    "received": ("received_at", Q()),
    "online": ("received_at", Q(channel__in=rules.ONLINE_CHANNELS)),
    "resolved": ("resolved_at", Q()),
    "on_time": ("resolved_at", Q(due_at__gte=F("resolved_at"))),
    "late": ("resolved_at", Q(due_at__lt=F("resolved_at"))),
    # the same by the first promise: a restart, a pause or a new date moves the due date and not this one
    "first_on_time": ("resolved_at", Q(first_due_at__gte=F("resolved_at"))),
    "first_late": ("resolved_at", Q(first_due_at__lt=F("resolved_at"))),
    "no_limit": ("resolved_at", Q(due_at__isnull=True)),
    "refused": ("closed_at", ENDED & Q(business_state=rules.State.REFUSED)),
    "withdrawn": ("closed_at", ENDED & Q(business_state=rules.State.WITHDRAWN)),
    "stopped": ("closed_at", ENDED & Q(business_state=rules.State.STOPPED)),
    # What the desk asks for at the door nobody leads yet: it counts once the dossier has left the door.
    "supplements": ("asked_at", ~Q(business_state__in=rules.AT_THE_DOOR)),
    "beyond": ("asked_at", ~Q(business_state__in=rules.AT_THE_DOOR)),
    "restarts": ("asked_at", Q()),
}
OF_ROWS = ("supplements", "beyond", "restarts")  # counted by rows of a dossier: one may stand in a list twice
_OPEN_NOW = ("open", "paused", "soon", "overdue")
HAPPENED, OPEN_NOW = tuple(_HAPPENED), _OPEN_NOW


@dataclass(frozen=True)
class Scope:
    """Whose work: decided at one of `agencies` or received at one of `desks`, narrowed to those that follow.

    None narrows nothing. `where` gives the same question for any table that has the three columns.
    """

    agencies: frozenset[int]
    desks: frozenset[int] = frozenset()
    decided_by: frozenset[int] | None = None
    desk: int | None = None
    procedure: int | None = None

    def where(
        self, agency: str = "competent_agency", desk: str = "received_by", procedure: str = "procedure"
    ) -> Q:
        """The condition, over columns of these names; what a narrower part already implies is left out."""
        return self._parts(
            lambda ids: Q(**{f"{agency}__in": sorted(ids)}),
            lambda ids: Q(**{f"{desk}__in": sorted(ids)}),
            procedure,
        )

    def where_open(self) -> Q:
        """The condition over open dossiers: their desk is the one that serves them now."""
        return self._parts(
            lambda ids: Q(competent_agency__in=sorted(ids)),
            lambda ids: Q(desk=None, received_by__in=sorted(ids)) | Q(desk__in=sorted(ids)),
            "procedure",
        )

    def where_happened(self, moment: str) -> Q:
        """The condition over dossiers for something that happened at their column (or annotation) `moment`: whoever was
        competent then answers for it, as reports of a period run on the tree of that period."""

        def competent(ids: Iterable[int]) -> Q:
            wanted = sorted(ids)
            later = PassingOn.objects.filter(dossier=OuterRef("pk"), counts=True, at__gt=OuterRef(moment))
            first = later.order_by("pk").values("from_agency")[:1]
            then = Q(passed_on_at__isnull=False) & Q(
                In(Coalesce(Subquery(first), F("competent_agency"), output_field=BigIntegerField()), wanted)
            )
            return Q(passed_on_at=None, competent_agency__in=wanted) | then

        return self._parts(competent, lambda ids: Q(received_by__in=sorted(ids)), "procedure")

    def _parts(
        self, agency: Callable[[Iterable[int]], Q], desk: Callable[[Iterable[int]], Q], procedure: str
    ) -> Q:
        parts = Q()
        if self.decided_by is not None:
            parts &= agency(self.decided_by)
        if self.desk is not None:
            parts &= desk([self.desk])
        if self.procedure is not None:
            parts &= Q(**{procedure: self.procedure})
        implied = (
            self.decided_by is not None and self.decided_by <= self.agencies
        ) or self.desk in self.desks
        if not implied:
            whole = agency(self.agencies)
            if self.desks:
                whole |= desk(self.desks)
            parts &= whole
        return parts


@dataclass(frozen=True)
class Present:
    """The present moment, and until when something due counts as due soon (both aware)."""

    at: datetime
    soon_until: datetime

    @property
    def soon(self) -> Q:
        return Q(due_at__gte=self.at, due_at__lt=self.soon_until)

    @property
    def overdue(self) -> Q:
        return Q(due_at__lt=self.at)


@dataclass(frozen=True)
class OpenCount:
    """How many are open, wait for the applicant, are due soon, are overdue, at one place for one procedure."""

    agency: int
    desk: int
    procedure: int
    open: int
    paused: int
    soon: int
    overdue: int


def open_counts(scope: Scope, present: Present) -> list[OpenCount]:
    """The open dossiers of a scope, counted by agency, the desk that serves them now and procedure, in one query."""
    rows = (
        Dossier.objects.filter(OPEN, scope.where_open())
        .order_by()
        # both desks, told apart below: an expression over them would not come from the index `dossier_open_counted`
        .values_list("competent_agency", "received_by", "desk", "procedure")
        .annotate(
            open=Count("pk"),
            paused=Count("pk", filter=Q(clock_state="paused")),
            soon=Count("pk", filter=present.soon),
            overdue=Count("pk", filter=present.overdue),
        )
    )
    found: dict[tuple[int, int, int], list[int]] = {}
    for agency, received_by, desk, procedure, *counts in rows:
        place = (agency, desk or received_by, procedure)
        found[place] = [sum(pair) for pair in zip(found.get(place, [0] * len(counts)), counts, strict=True)]
    return [OpenCount(*place, *counts) for place, counts in found.items()]


@dataclass(frozen=True)
class Occurrence:
    """A dossier in a list, and the aware moment it is listed by."""

    dossier: Dossier
    at: datetime
    key: int  # of the listed row: the dossier's, or that of the letter that asked
    station: Station | None = None  # the step it stands in, in the list of who leads

    @property
    def place(self) -> tuple[str, int]:
        """Where it stands in its list, for the page that follows."""
        return self.at.isoformat(), self.key


@dataclass(frozen=True)
class Wanted:
    """Which list: a measure of `HAPPENED` between two moments (`until` excluded), or one of `OPEN_NOW` at `present`."""

    measure: str
    scope: Scope
    present: Present
    since: datetime | None = None
    until: datetime | None = None


def occurrences(
    visible: QuerySet[Dossier], wanted: Wanted, *, limit: int = 50, after: tuple[str, int] | None = None
) -> list[Occurrence]:
    """A page of the rows behind a figure, out of those the reader may see.

    What happened comes newest first, what is overdue or due soon by its due date, what else is open oldest first.
    `after` is the `place` of the last row of the page before.
    """
    rows, column, newest_first = _rows(visible, wanted)
    key = "asked_key" if wanted.measure in OF_ROWS else "pk"
    if after:
        step = "lt" if newest_first else "gt"
        moment = datetime.fromisoformat(after[0])
        rows = rows.filter(
            Q(**{f"{column}__{step}": moment}) | Q(**{column: moment, f"{key}__{step}": after[1]})
        )
    sign = "-" if newest_first else ""
    rows = (
        rows.select_related(*RELATED)
        .defer("answers", "answers_sealed")
        .order_by(f"{sign}{column}", f"{sign}{key}")
    )
    return [Occurrence(row, getattr(row, column), getattr(row, key)) for row in rows[:limit]]


def _rows(visible: QuerySet[Dossier], wanted: Wanted) -> tuple[QuerySet[Dossier], str, bool]:
    measure, present = wanted.measure, wanted.present
    if measure in _OPEN_NOW:
        narrower: dict[str, tuple[Q, str]] = {
            "open": (Q(), "received_at"),
            "paused": (Q(clock_state="paused"), "received_at"),
            "soon": (present.soon, "due_at"),
            "overdue": (present.overdue, "due_at"),
        }
        which, column = narrower[measure]
        return visible.filter(OPEN, wanted.scope.where_open(), which), column, False
    column, which = _HAPPENED[measure]
    if measure in OF_ROWS:
        of, said = _OF_ROWS[measure]
        begun = {f"{of}__at__gte": wanted.since, f"{of}__at__lt": wanted.until}
        rows = visible.filter(which, **said, **begun)
        rows = rows.annotate(asked_at=F(f"{of}__at"), asked_key=F(f"{of}__pk"))
    else:
        rows = visible.filter(which, **{f"{column}__gte": wanted.since, f"{column}__lt": wanted.until})
    return rows.filter(wanted.scope.where_happened(column)), column, True


# counted by rows: the rows, and which of them
_OF_ROWS: dict[str, tuple[str, dict[str, str]]] = {
    "supplements": ("letters", {"letters__kind": ASKED}),
    "beyond": ("letters", {"letters__kind": ASKED, "letters__beyond__gt": ""}),
    "restarts": ("clock_events", {"clock_events__kind": "restart"}),
}

NO_LIMIT = datetime.max.replace(tzinfo=UTC)  # where no time limit runs, a dossier stands last


def led(
    holder: str,
    *,
    limit: int = 100,
    after: tuple[str, int] | None = None,
    state: str = "",
    assigned: int | None = None,
    procedure: int | None = None,
    among: Callable[[str], Any] | None = None,
    actor: Actor | None = None,
) -> list[Occurrence]:
    """What is open under one holder key of those who lead ("office:12:lead"), late first, then by due date.

    `assigned` narrows to one officer's desk, 0 to those that nobody has; `among` and `actor` as in `worklist`.
    `after` is the `place` of the last row of the page before. The work is in going through what is open there, never
    through the archive.
    """
    office = int(holder.split(":")[1])
    # the way in; the grants say who may see
    where = Scope(agencies.below([office]), frozenset({office})).where_open()
    grants = DossierGrant.objects.filter(dossier=OuterRef("pk"), holder=holder)
    rows = Dossier.objects.filter(OPEN, where, Exists(grants)).annotate(
        last=Coalesce("due_at", Value(NO_LIMIT)), **station_columns("pk")
    )
    rows = rows.filter(business_state=state) if state else rows
    rows = rows.filter(procedure=procedure) if procedure else rows
    if assigned is not None:
        rows = rows.filter(assigned_to=assigned or None)
    if among is not None:
        rows = rows.filter(among("pk"))
    if after:
        moment = datetime.fromisoformat(after[0])
        rows = rows.filter(Q(last__gt=moment) | Q(last=moment, pk__gt=after[1]))
    rows = rows.select_related(*RELATED, "assigned_to").order_by("last", "pk")
    found = telling_oneself(rows, limit, actor)
    return [Occurrence(row, row.last, row.pk, station_read(row)) for row in found]


@dataclass(frozen=True)
class Resolution:
    """When a dossier came in, when it was resolved, when it was due and when it was first promised (aware moments)."""

    received_at: datetime
    resolved_at: datetime
    due_at: datetime | None
    first_due_at: datetime | None = None


def resolution_of(public_id: str) -> Resolution | None:
    """The moments of a resolved dossier; None when it is not there or not resolved."""
    row = (
        Dossier.objects.filter(public_id=public_id, resolved_at__isnull=False)
        .values_list("received_at", "resolved_at", "due_at", "first_due_at")
        .first()
    )
    return Resolution(*row) if row else None


@dataclass(frozen=True)
class Happening:
    """One thing that happened to a dossier and is counted; `resolution` where it was resolved."""

    measure: str
    at: datetime
    agency: int | None
    desk: int | None
    procedure: int
    channel: str
    resolution: Resolution | None = None


def happenings() -> Iterator[Happening]:
    """Everything that is counted, from the dossiers themselves: for proving and rebuilding the daily figures."""
    columns = ("pk", "competent_agency", "received_by", "procedure", "channel")
    moments = ("received_at", "resolved_at", "due_at", "first_due_at", "closed_at", "business_state")
    former = _former_agencies()

    def happening(measure: str, at: datetime, place: list, *more: Resolution) -> Happening:
        key, agency, *rest = place
        then = next((before for moment, before in former.get(key, ()) if at < moment), agency)
        return Happening(measure, at, then, *rest, *more)

    rows = Dossier.objects.exclude(submitted_at=None).order_by("pk").values_list(*columns, *moments)
    for *place, received_at, resolved_at, due_at, first_due_at, closed_at, state in rows.iterator(
        chunk_size=5000
    ):
        if received_at:
            yield happening("received", received_at, place)
        if resolved_at:
            yield happening(
                "resolved", resolved_at, place, Resolution(received_at, resolved_at, due_at, first_due_at)
            )
        elif closed_at:
            yield happening(str(state), closed_at, place)
    left_the_door = ~Q(dossier__business_state__in=rules.AT_THE_DOOR)
    asked = Letter.objects.filter(left_the_door, kind=ASKED).order_by("pk")
    of_dossier: tuple[Any, ...] = tuple(f"dossier__{name}" for name in columns)
    for at, beyond, *place in asked.values_list("at", "beyond", *of_dossier).iterator(chunk_size=5000):
        yield happening("supplements", at, place)
        if beyond:
            yield happening("beyond", at, place)
    restarts = ClockEvent.objects.filter(kind="restart").order_by("pk")
    for at, *place in restarts.values_list("at", *of_dossier).iterator(chunk_size=5000):
        yield happening("restarts", at, place)


def _former_agencies() -> dict[int, list[tuple[datetime, int | None]]]:
    """Dossier id -> (until when, which agency answered for it), oldest first, where a reorganisation passed it on."""
    found: dict[int, list[tuple[datetime, int | None]]] = {}
    rows = PassingOn.objects.filter(counts=True).order_by("pk").values_list("dossier", "at", "from_agency")
    for key, at, agency in rows.iterator(chunk_size=5000):
        found.setdefault(key, []).append((at, agency))
    return found

"""Reads around what is over: closed dossiers by how long ago, drafts that nobody touches. Part of the door `queries`.

Nothing here names anybody: keys, codes, agencies and moments.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat

from motcua.dossiers import rules
from motcua.dossiers.models import Dossier
from motcua.foundation.models import JournalLine


@dataclass(frozen=True)
class Ended:
    """A closed dossier that is not erased: `agency` answers for it, `desk` received it or took over from that desk."""

    pk: int
    public_id: str
    code: str
    procedure: int
    agency: int | None
    desk: int | None
    received_at: datetime | None
    closed_at: datetime


@dataclass(frozen=True)
class Since:
    """Which closed dossiers: of these procedures (`but` = of all others), received or never, closed before a moment."""

    procedures: frozenset[int]
    before: datetime
    but: bool = False
    received: bool = True

    def where(self) -> Q:
        """The condition over dossiers."""
        found = Q(closed_at__lt=self.before, received_at__isnull=not self.received)
        if not self.received:
            return found
        named = Q(procedure__in=sorted(self.procedures))
        return found & (~named if self.but else named)


_COLUMNS = (
    "pk", "public_id", "code", "reference", "procedure_id", "competent_agency_id", "received_by_id", "desk_id",
    "received_at", "closed_at",
)  # fmt: skip


def _over() -> QuerySet[Dossier]:
    return Dossier.objects.filter(closed_at__isnull=False, erased_at__isnull=True)


def _within(since: Sequence[Since], agencies: Collection[int] | None) -> QuerySet[Dossier]:
    if not since:
        return Dossier.objects.none()
    where = Q()
    for each in since:
        where |= each.where()
    # the one bound that an index knows; the schedules divide what lies before it
    rows = _over().filter(where, closed_at__lt=max(each.before for each in since))
    if agencies is not None:
        mine = sorted(agencies)
        rows = rows.filter(
            Q(competent_agency__in=mine) | Q(desk__in=mine) | Q(desk=None, received_by__in=mine)
        )
    return rows


def ended_before(
    since: Sequence[Since], agencies: Collection[int] | None, *, limit: int, but: Any = None
) -> list[Ended]:
    """The first closed dossiers that fit one of `since`, oldest end first; of these agencies, or of all (None). `but`:
    a query of public ids to leave out."""
    rows = _within(since, agencies)
    if but is not None:
        rows = rows.exclude(public_id__in=but)
    return [_ended(*row) for row in rows.order_by("closed_at", "pk").values_list(*_COLUMNS)[:limit]]


def count_ended(since: Sequence[Since], agencies: Collection[int] | None) -> dict[int, int]:
    """How many by the agency that answers for them (0: none); one query."""
    rows = _within(since, agencies).order_by().values("competent_agency").annotate(n=Count("pk"))
    return {row["competent_agency"] or 0: row["n"] for row in rows}


def ended(public_ids: Collection[str]) -> dict[str, Ended]:
    """Those of these dossiers that are closed and not erased, by public id."""
    rows = _over().filter(public_id__in=list(public_ids)).values_list(*_COLUMNS)
    return {one.public_id: one for one in (_ended(*row) for row in rows)}


def _ended(
    pk, public_id, code, reference, procedure, competent, received_by, desk, received_at, closed_at
) -> Ended:
    at_desk = desk or received_by
    return Ended(
        pk, public_id, code or reference, procedure, competent or at_desk, at_desk, received_at, closed_at
    )


def untouched_drafts(before: datetime, *, limit: int, after: int = 0) -> list[tuple[int, str]]:
    """The next drafts (primary key, public id) whose last line in the journal lies before a moment."""
    return list(_untouched(before).filter(pk__gt=after).order_by("pk").values_list("pk", "public_id")[:limit])


def count_untouched_drafts(before: datetime) -> int:
    """How many such drafts there are."""
    return _untouched(before).count()


def _untouched(before: datetime) -> QuerySet[Dossier]:
    chain = JournalLine.objects.filter(chain=OuterRef("chain")).order_by("-seq")
    rows = Dossier.objects.filter(submitted_at=None, business_state=rules.State.DRAFT, started_at__lt=before)
    rows = rows.annotate(chain=Concat(Value("dossier:"), "public_id", output_field=CharField()))
    last = Coalesce(Subquery(chain.values("at")[:1]), "started_at")
    return rows.annotate(last=last).filter(last__lt=before)


def received_between(agencies: Collection[int], first: datetime, end: datetime, *, limit: int) -> list[str]:
    """The public ids of what these agencies answer for and was received from `first` until before `end`; at most
    `limit`. What is erased is left out."""
    rows = Dossier.objects.filter(competent_agency__in=sorted(agencies), erased_at=None)
    rows = rows.filter(received_at__gte=first, received_at__lt=end).order_by("received_at", "pk")
    return list(rows.values_list("public_id", flat=True)[:limit])


def read_for_inspection(agencies: Collection[int], public_ids: Collection[str]) -> list[Dossier]:
    """Those of these dossiers for which the agencies answer, handed in and not erased, with what lists name.

    For whoever holds a mandate over the agencies, which the room above has checked; any other reader has `visible_to`.
    """
    rows = Dossier.objects.filter(public_id__in=list(public_ids), competent_agency__in=sorted(agencies))
    rows = rows.exclude(submitted_at=None).filter(erased_at=None)
    return list(rows.select_related("procedure", "competent_agency", "result_file", "version").order_by("pk"))


def answered_for(ids: Collection[int], agencies: Collection[int]) -> set[int]:
    """Those of these dossiers (primary keys) for which one of the agencies answers."""
    rows = Dossier.objects.filter(pk__in=list(ids), competent_agency__in=sorted(agencies))
    return set(rows.values_list("pk", flat=True))

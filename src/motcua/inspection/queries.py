"""Every read of inspections. What a mandate opens is decided here: `standing` first, then the agencies under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from motcua.agencies import queries as agencies
from motcua.dossiers import queries as dossiers
from motcua.foundation.access import offices_of
from motcua.foundation.actors import Actor
from motcua.foundation.models import AccessEntry, JournalLine, PackVersion
from motcua.foundation.time import TZ, local_date, now
from motcua.inspection import rules
from motcua.inspection.errors import MandateNotFound, NoMandate
from motcua.inspection.models import Mandate, Sample

SHOWN_MAX = 200  # of each list; one more is told, so that whoever shows it sees that there is more
DAY_FIRST, DAY_LAST = date(1900, 1, 1), date(9000, 1, 1)
BATCH = 500


def public_ids() -> Iterator[str]:
    """Every mandate, for the journal: each must have its chain."""
    return Mandate.objects.values_list("public_id", flat=True).iterator()


# Mandates ----------------------------------------------------------------------------------------------------------


def within(actor: Actor) -> frozenset[int]:
    """The agencies about which `actor` proposes or grants mandates: those she administers or leads, and those below."""
    return agencies.below(actor.agencies(*rules.GRANTERS))


def mandates(actor: Actor, *, limit: int = 100) -> list[Mandate]:
    """The mandates over one's agencies and those one holds, newest first."""
    rows = Mandate.objects.filter(Q(agency__in=sorted(within(actor))) | Q(inspector=actor.account_id))
    return list(rows.select_related(*_NAMED).order_by("-pk")[:limit])


_NAMED = ("agency", "inspector", "proposed_by", "granted_by")


def is_open(row: Mandate, on: date) -> bool:
    """Whether it opens anything on a day."""
    return rules.stands(
        on, row.first, row.last, granted=row.granted_at is not None, ended=row.ended_at is not None
    )


def known(actor: Actor, public_id: str) -> Mandate:
    """A mandate for whoever decides about it or holds it; what it opens is another thing. Raises MandateNotFound."""
    rows = Mandate.objects.select_related(*_NAMED).filter(public_id=public_id)
    row = rows.first() if public_id.isalnum() else None
    if row is None or (row.inspector_id != actor.account_id and row.agency_id not in within(actor)):
        raise MandateNotFound()
    return row


def standing(actor: Actor, public_id: str, at: datetime) -> Mandate:
    """The mandate under which its holder looks now. Raises NoMandate: no such, another's, not granted, over."""
    rows = Mandate.objects.select_related(*_NAMED).filter(public_id=public_id, inspector=actor.account_id)
    row = rows.first() if actor.account_id is not None and public_id.isalnum() else None
    if row is None or not is_open(row, local_date(at)):
        raise NoMandate()
    return row


def scope(row: Mandate) -> frozenset[int]:
    """The agencies that it opens: the one it names, and those below."""
    return agencies.below([row.agency_id])


def under_inspection(ids: list[int]) -> set[int]:
    """Those of these dossiers (primary keys) for which an agency under a standing mandate answers: to be kept."""
    today = local_date(now())
    rows = Mandate.objects.filter(ended_at=None, granted_at__isnull=False, first__lte=today, last__gte=today)
    over = agencies.below(rows.values_list("agency", flat=True))
    return dossiers.keeping.answered_for(ids, over) if over else set()


# What it opens -----------------------------------------------------------------------------------------------------


def _span(first: date, last: date) -> tuple[datetime, datetime]:
    """The moments between which these days lie; days that no clock of ours counts are cut to those that it does."""
    first, end = max(first, DAY_FIRST), min(max(last, DAY_FIRST), DAY_LAST) + timedelta(days=1)
    return datetime.combine(first, time(), TZ), datetime.combine(end, time(), TZ)


def population(row: Mandate, first: date, last: date) -> list[str]:
    """What the inspected agencies received on these days, as public ids; one more than the most when it is too many."""
    begin, end = _span(first, last)
    return dossiers.keeping.received_between(scope(row), begin, end, limit=rules.POPULATION_MOST + 1)


def samples(row: Mandate) -> QuerySet[Sample]:
    """The samples drawn under it, newest first."""
    return Sample.objects.filter(mandate=row).order_by("-pk")


def dossiers_of(row: Mandate, public_ids: list[str]) -> list[Any]:
    """These dossiers, as far as the mandate reaches."""
    return dossiers.keeping.read_for_inspection(scope(row), public_ids)


def dossier_of(row: Mandate, public_id: str) -> Any:
    """One dossier under the mandate. Raises NoMandate for what it does not reach."""
    found = dossiers_of(row, [public_id]) if public_id.isalnum() else []
    if not found:
        raise NoMandate()
    return found[0]


@dataclass(frozen=True)
class Override:
    """One line in which somebody decided otherwise than the plan: the dossier's id, what, when, by which account."""

    dossier: str
    verb: str
    at: datetime
    actor: str


def overrides(ids: list[str]) -> list[Override]:
    """The overrides in the chains of these dossiers, newest first; one more than `SHOWN_MAX` when it is too many."""
    found: list[Override] = []
    for begin in range(0, len(ids), BATCH):
        chains = [f"dossier:{one}" for one in ids[begin : begin + BATCH]]
        lines = JournalLine.objects.filter(chain__in=chains, verb__in=rules.OVERRIDES)
        found += [
            Override(chain.removeprefix("dossier:"), verb, at, actor)
            for chain, verb, at, actor in lines.values_list("chain", "verb", "at", "actor")
        ]
    return sorted(found, key=lambda one: one.at, reverse=True)[: SHOWN_MAX + 1]


@dataclass(frozen=True)
class Opened:
    """One opening of records for a stated purpose: when, by whom, for what; offices by id."""

    at: datetime
    actor: str
    purpose: str
    page: str
    offices: tuple[int, ...]


def opened_for_a_purpose(row: Mandate, first: date, last: date) -> list[Opened]:
    """Who at the inspected agencies opened records by a stated purpose rather than by her work, newest first; one more
    than `SHOWN_MAX` when it is too many."""
    begin, end = _span(first, last)
    rows = AccessEntry.objects.filter(at__gte=begin, at__lt=end)
    rows = rows.filter(Q(purpose__startswith="lead.") | Q(purpose="people.reason")).order_by("-at", "-pk")
    # "office:12:lead,office:13:process", as `offices_of` reads it: asked of the database, so that what the rest of the
    # installation opens pushes nothing out
    reach = "|".join(str(agency) for agency in sorted(scope(row)))
    rows = rows.filter(office__regex=rf"(^|,)office:({reach}):")
    return [
        Opened(entry.at, entry.actor, entry.purpose, entry.page, tuple(offices_of(entry)))
        for entry in rows[: SHOWN_MAX + 1]
    ]


def calendars_changed(first: date, last: date) -> list[PackVersion]:
    """The calendars and office hours that were published on these days, newest first; one more than `SHOWN_MAX` when
    it is too many."""
    begin, end = _span(first, last)
    rows = PackVersion.objects.filter(kind__in=rules.CALENDARS, published_at__gte=begin, published_at__lt=end)
    return list(rows.defer("body", "layers").order_by("-published_at")[: SHOWN_MAX + 1])

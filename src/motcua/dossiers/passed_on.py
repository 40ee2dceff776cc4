"""Reads around a reorganisation of government: what lies with an agency, and what has been passed on by one.

Part of the door `queries`. "Lies with" means work at hand: handed in, not closed; competent there and not resolved yet,
or at its desk.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from motcua.agencies import queries as agencies
from motcua.dossiers import rules
from motcua.dossiers.models import Dossier, PassingOn
from motcua.kernel import forms


@dataclass(frozen=True)
class Leaving:
    """Whose work goes elsewhere: everything of the agencies that end, and of the others these procedures (slugs)."""

    ended: frozenset[int]
    procedures: Mapping[int, frozenset[str]]  # living agency -> the procedures that leave it

    def where(self) -> Q:
        """The condition over dossiers."""
        ended = sorted(self.ended)
        found = Q(competent_agency__in=ended, resolved_at=None)
        found |= Q(desk=None, received_by__in=ended) | Q(desk__in=ended)
        for agency, slugs in sorted(self.procedures.items()):
            found |= Q(competent_agency=agency, resolved_at=None, procedure__slug__in=sorted(slugs))
        return found


def _at_hand() -> QuerySet[Dossier]:
    return Dossier.objects.filter(closed_at=None).exclude(business_state=rules.State.DRAFT)


def lying_with(leaving: Leaving, *, after: int = 0, limit: int = 500, lock: bool = False) -> list[Dossier]:
    """The next dossiers (by id) that have to go elsewhere, with their procedures; `lock` within a transaction."""
    rows = _at_hand().filter(leaving.where(), pk__gt=after).order_by("pk")
    rows = rows.select_related("procedure").defer("outcome_reason")
    return list(rows.select_for_update(of=("self",))[:limit] if lock else rows[:limit])


def locked(keys: Collection[int]) -> list[Dossier]:
    """These dossiers under lock, by id; within a transaction."""
    rows = Dossier.objects.filter(pk__in=list(keys)).order_by("pk").defer("outcome_reason")
    return list(rows.select_for_update())


def by_id_or_code(named: str) -> Dossier | None:
    """An open dossier by its public id, legal code or tracking reference, for the platform's own acts; or None."""
    rows = _at_hand().select_related("procedure").defer("outcome_reason")
    return rows.filter(Q(public_id=named) | Q(code=named) | Q(reference=named)).first() if named else None


@dataclass(frozen=True)
class LyingCount:
    """How many of one procedure lie with an agency, counted where they are decided (else at whose desk)."""

    agency: int | None
    procedure: str
    state: str
    dossiers: int


def counts_lying(leaving: Leaving) -> list[LyingCount]:
    """What has to go elsewhere, counted by agency, procedure and state, in one query."""
    rows = _at_hand().filter(leaving.where()).order_by()
    rows = rows.values_list("competent_agency", "procedure__slug", "business_state").annotate(n=Count("pk"))
    return [LyingCount(*row) for row in rows]


def drafts_at(agency_ids: Collection[int]) -> int:
    """How many drafts name one of these desks: their authors choose another one when they hand in."""
    return Dossier.objects.filter(
        business_state=rules.State.DRAFT, received_by__in=sorted(agency_ids)
    ).count()


def place_declared(dossier: Dossier, fields: Sequence[str]) -> str:
    """The area code of the first of these address fields that the declaration fills in, "" for none.

    The code as declared: what it means on another day is for `reorganisation` to say. Never the name or the street.
    """
    answers: dict[str, Any] = forms.merge(dossier.answers, dossier.answers_sealed or {})
    for name in fields:
        value = answers.get(name)
        if isinstance(value, Mapping) and value.get("commune_code"):
            return str(value["commune_code"])
    return ""


@dataclass(frozen=True)
class Stragglers:
    """Open dossiers without a living agency or desk on a day, by agency id; none of either when all is well."""

    competent: dict[int, int]
    desk: dict[int, int]

    @property
    def count(self) -> int:
        return sum(self.competent.values()) + sum(self.desk.values())


def stragglers(on: date) -> Stragglers:
    """Open dossiers whose competent agency, or whose desk, does not stand on the day `on`."""
    gone = Leaving(agencies.not_standing(on), {})
    open_rows = (
        _at_hand().filter(gone.where()).values_list("competent_agency", "resolved_at", "desk", "received_by")
    )
    competent: dict[int, int] = {}
    desk: dict[int, int] = {}
    for agency, resolved_at, new_desk, old_desk in open_rows.iterator(chunk_size=5000):
        if agency in gone.ended and resolved_at is None:
            competent[agency] = competent.get(agency, 0) + 1
        if (new_desk or old_desk) in gone.ended:
            desk[new_desk or old_desk] = desk.get(new_desk or old_desk, 0) + 1
    return Stragglers(competent, desk)


def working_at() -> dict[int, int]:
    """How many open, unresolved dossiers each competent agency has (agency id -> count)."""
    rows = _at_hand().filter(resolved_at=None, received_at__isnull=False).order_by()
    return dict(rows.values_list("competent_agency").annotate(n=Count("pk")))


@dataclass(frozen=True)
class Passed:
    """That a dossier was passed on, for a timeline: when, to which agency (code), or back again."""

    at: datetime
    to: str
    back: bool


def passings_of(dossier: Dossier) -> list[Passed]:
    """What reorganisations did to a dossier, oldest first; no query for the many that none has touched."""
    if dossier.passed_on_at is None:
        return []
    rows = PassingOn.objects.filter(dossier=dossier).order_by("pk").select_related("to_agency", "to_desk")
    found = []
    for row in rows:
        to = row.to_agency if row.to_agency_id != row.from_agency_id else row.to_desk
        found.append(Passed(row.at, to.code if to else "", row.back))
    return found


def offices_at(dossier: Dossier, at: datetime) -> tuple[int | None, int | None]:
    """Who was competent and which desk served it at the aware moment `at`, as far as reorganisations changed it: a
    letter stays that of the agency that issued it. No query for the many that none has touched."""
    if dossier.passed_on_at is not None:
        later = PassingOn.objects.filter(dossier=dossier, at__gt=at).order_by("pk")
        first = later.values_list("from_agency", "from_desk").first()
        if first is not None:
            return first
    return dossier.competent_agency_id, dossier.desk_now_id

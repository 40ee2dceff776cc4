"""Reads of petitions: who handles them, what is public, what indexes count. Part of the door `queries`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from motcua.agencies import queries as agencies
from motcua.catalogue.rules.view import value_at
from motcua.foundation.actors import Actor
from motcua.foundation.packs import store
from motcua.foundation.time import TZ
from motcua.kernel.identifiers import parse_tracking
from motcua.reporting.errors import PetitionNotFound
from motcua.reporting.models import Petition
from motcua.reporting.rules import READERS
from motcua.reporting.rules.petitions import HANDLERS, State

LIMIT = "petition-answer-limit"
LIMIT_DEFAULT = 5  # where no pack says it


def handled_by(actor: Actor) -> frozenset[int]:
    """The agencies whose petitions `actor` handles: her own, and those below where she leads."""
    return actor.agencies(*HANDLERS) | agencies.below(actor.agencies(*READERS))


def petitions_visible_to(actor: Actor) -> QuerySet[Petition]:
    """The petitions that `actor` may read and handle."""
    return Petition.objects.filter(agency__in=sorted(handled_by(actor)))


def petition(actor: Actor, public_id: str) -> Petition:
    """One petition for who handles it. Raises PetitionNotFound."""
    rows = petitions_visible_to(actor).select_related("agency", "procedure", "dossier")
    found = rows.filter(public_id=public_id).first() if public_id.isalnum() else None
    if found is None:
        raise PetitionNotFound()
    return found


def waiting(actor: Actor, *, limit: int = 50, after: tuple[date, int] | None = None) -> list[Petition]:
    """What waits for an answer, soonest due first, a page at a time; nothing about the sender is read."""
    rows = petitions_visible_to(actor).filter(ended_at__isnull=True)
    if after:
        rows = rows.filter(Q(due_on__gt=after[0]) | Q(due_on=after[0], pk__gt=after[1]))
    return list(_light(rows).order_by("due_on", "pk")[:limit])


def ended(actor: Actor, *, limit: int = 50) -> list[Petition]:
    """What was answered or declined last, newest first."""
    return list(
        _light(petitions_visible_to(actor).filter(ended_at__isnull=False)).order_by("-ended_at", "-pk")[
            :limit
        ]
    )


def _light(rows: QuerySet[Petition]) -> QuerySet[Petition]:
    return rows.select_related("agency", "procedure").defer("name", "phone", "text", "answer", "dossier_code")


def followed(typed: str) -> Petition | None:
    """The petition with a reference as its sender types it, or None; without her name and telephone."""
    reference = parse_tracking(typed)
    rows = Petition.objects.select_related("agency", "procedure").defer("name", "phone", "dossier_code")
    return rows.filter(reference=reference).first() if reference else None


def answer_url(reference: str) -> str:
    """The address where the sender reads her answer."""
    return f"{settings.MOTCUA.base_url}/kiem-soat-tthc/phan-anh/tra-cuu/?ma={reference}"


def published(*, limit: int = 20, before: int | None = None) -> list[Petition]:
    """What officers agreed to publish, newest first: masked texts only."""
    rows = Petition.objects.filter(published_at__isnull=False)
    rows = rows.filter(pk__lt=before) if before else rows
    columns = (
        "public_text",
        "public_answer",
        "published_at",
        "ended_at",
        "sent_at",
        "due_on",
        "satisfied",
        "agency",
        "procedure",
    )
    return list(rows.select_related("agency", "procedure").only(
        *columns, "agency__name_vi", "agency__name_en", "procedure__short_name_vi", "procedure__name_en"
    ).order_by("-pk")[:limit])  # fmt: skip


def answer_limit(on: date) -> int:
    """Working days to answer a petition sent on a day."""
    version = store.current("values", LIMIT)
    found = value_at(version.body.get("values") or {}, on) if version else None
    return found if isinstance(found, int) else LIMIT_DEFAULT


@dataclass(frozen=True)
class PetitionCounts:
    """Petitions of a period: received (declined ones are none), answered, answered in time, rated, satisfied."""

    received: int = 0
    answered: int = 0
    on_time: int = 0
    rated: int = 0
    satisfied: int = 0


_COUNTS: dict[str, Any] = {
    "received": Count("pk"),
    "answered": Count("pk", filter=Q(state=State.ANSWERED)),
    "on_time": Count("pk", filter=Q(state=State.ANSWERED, due_on__gte=TruncDate("ended_at", tzinfo=TZ))),
    "rated": Count("pk", filter=Q(satisfied__isnull=False)),
    "satisfied": Count("pk", filter=Q(satisfied=True)),
}


def _received(since: datetime, until: datetime) -> QuerySet[Petition]:
    return Petition.objects.filter(sent_at__gte=since, sent_at__lt=until).exclude(state=State.DECLINED)


def petition_counts(field: Collection[int], since: datetime, until: datetime) -> PetitionCounts:
    """The counts of some agencies together."""
    return PetitionCounts(**_received(since, until).filter(agency__in=sorted(field)).aggregate(**_COUNTS))


def petition_counts_by_agency(since: datetime, until: datetime) -> dict[int, PetitionCounts]:
    """The counts of each agency that received any."""
    rows = _received(since, until).order_by().values("agency").annotate(**_COUNTS)
    return {row.pop("agency"): PetitionCounts(**row) for row in rows}


def blamed(field: Collection[int], since: datetime, until: datetime) -> frozenset[int]:
    """The dossiers received in a period that a petition is about."""
    rows = Petition.objects.filter(
        dossier__received_at__gte=since,
        dossier__received_at__lt=until,
        dossier__competent_agency__in=sorted(field),
    )
    return frozenset(rows.exclude(state=State.DECLINED).values_list("dossier", flat=True))


__all__ = [
    "PetitionCounts", "answer_limit", "blamed", "ended", "followed", "handled_by", "petition",
    "petition_counts", "petition_counts_by_agency", "petitions_visible_to", "published", "waiting",
]  # fmt: skip

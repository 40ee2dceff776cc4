"""Every read of retention: schedules, what is due, lists, holds. No name of anybody leaves here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules.view import value_at
from motcua.dossiers import queries as dossiers
from motcua.foundation.actors import Actor
from motcua.foundation.packs import store
from motcua.foundation.time import local_date
from motcua.retention import rules
from motcua.retention.errors import ListNotFound
from motcua.retention.models import Destruction, DestructionItem, LegalHold
from motcua.retention.rules import ItemState, Schedule, State

KIND, DOCUMENT, DRAFT_DAYS = "retention", "dossiers", "draft-abandoned"
SHOWN_MAX = 100


def public_ids() -> Iterator[str]:
    """Every list, for the journal: each must have its chain."""
    return Destruction.objects.values_list("public_id", flat=True).iterator()


# Schedules ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    """The schedules in force on a day, each with the procedures (ids) that it names."""

    on: date
    among: tuple[tuple[Schedule, frozenset[int]], ...]

    def of(self, ended: dossiers.keeping.Ended) -> Schedule | None:
        """The schedule of a dossier."""
        return rules.pick(self.among, ended.procedure, received=ended.received_at is not None)

    def is_due(self, ended: dossiers.keeping.Ended) -> bool:
        """Whether its retention has run out on this day."""
        schedule = self.of(ended)
        if schedule is None or not schedule.runs_out or schedule.years is None:
            return False
        return ended.closed_at < rules.closed_before(self.on, schedule.years)

    def since(self) -> list[dossiers.keeping.Since]:
        """The same as bounds for one query."""
        found, named = [], frozenset[int]().union(*(ids for one, ids in self.among if not one.never_received))
        has_own = any(one.never_received for one, _ids in self.among)
        taken: frozenset[int] = frozenset()
        for one, ids in self.among:
            mine, taken = ids - taken, taken | (frozenset() if one.never_received else ids)
            if not one.runs_out or one.years is None:
                continue
            before = rules.closed_before(self.on, one.years)
            if one.never_received:
                found.append(dossiers.keeping.Since(frozenset(), before, received=False))
            elif one.is_rest:
                found.append(dossiers.keeping.Since(named, before, but=True))
                found += [] if has_own else [dossiers.keeping.Since(frozenset(), before, received=False)]
            else:
                found.append(dossiers.keeping.Since(mine, before))
        return found


def plan(on: date) -> Plan:
    """The schedules published for a day; none of them: nothing is ever due. One query a schedule."""
    version = store.current(KIND, DOCUMENT)
    read = rules.schedules(version.body, on) if version else []
    return Plan(on, tuple((one, catalogue.ids_within(one.sectors, one.procedures)) for one in read))


def drafts_before(at: datetime) -> datetime | None:
    """Drafts untouched since this moment are abandoned; None when no pack says after how many days."""
    version = store.current("values", DRAFT_DAYS)
    days = value_at(version.body.get("values") or {}, local_date(at)) if version else None
    return rules.drafts_untouched_since(days, at)


# Who may what ------------------------------------------------------------------------------------------------------


def proposes_for(actor: Actor) -> frozenset[int]:
    """The agencies whose dossiers `actor` may propose: her own as clerk, and all below those she administers."""
    return actor.agencies("clerk") | agencies.below(actor.agencies("administrator"))


def decides_for(actor: Actor) -> frozenset[int]:
    """The agencies for which `actor` decides: those she leads and those below."""
    return agencies.below(actor.agencies(*rules.DECIDERS))


# What is due -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Due:
    """A dossier whose retention has run out; `held` says why it must wait all the same."""

    ended: dossiers.keeping.Ended
    schedule: Schedule
    held: str = ""


def _listed() -> QuerySet[DestructionItem]:
    return DestructionItem.objects.exclude(state=ItemState.KEPT).values("dossier")


def due(on: date, within: frozenset[int] | None, *, limit: int = SHOWN_MAX) -> list[Due]:
    """What is due on a day at these agencies (None: everywhere) and on no list yet, oldest end first."""
    standing = plan(on)
    found = dossiers.keeping.ended_before(standing.since(), within, limit=limit, but=_listed())
    held = dossiers.held([one.pk for one in found])
    pairs = [(one, standing.of(one)) for one in found]
    return [Due(one, schedule, held.get(one.pk, "")) for one, schedule in pairs if schedule is not None]


def count_due(on: date) -> dict[int, int]:
    """How many dossiers have run out, by agency; what is held or listed counts too, until it is erased."""
    return dossiers.keeping.count_ended(plan(on).since(), None)


# Lists -------------------------------------------------------------------------------------------------------------


def lists_visible_to(actor: Actor) -> QuerySet[Destruction]:
    """The lists of the agencies for which `actor` proposes or decides, and those she proposed herself."""
    mine = sorted(proposes_for(actor) | decides_for(actor))
    return Destruction.objects.filter(Q(agency__in=mine) | Q(proposed_by=actor.account_id))


def lists(actor: Actor, *, limit: int = SHOWN_MAX) -> list[Destruction]:
    """The newest lists with the number of their items, open ones first."""
    rows = lists_visible_to(actor).select_related("agency").annotate(size=Count("items"))
    return list(rows.order_by("done_at", "-pk")[:limit])


def one_list(actor: Actor, public_id: str) -> Destruction:
    """A list that `actor` may see, with its people. Raises ListNotFound."""
    rows = lists_visible_to(actor).select_related("agency", "proposed_by", "decided_by")
    row = rows.filter(public_id=public_id).first() if public_id.isalnum() else None
    if row is None:
        raise ListNotFound()
    return row


def items(row: Destruction) -> list[DestructionItem]:
    """What stands on a list, in its order, with procedures."""
    return list(DestructionItem.objects.filter(destruction=row).select_related("procedure").order_by("pk"))


def waiting_items(*, limit: int) -> list[int]:
    """The next items (primary keys) of confirmed lists that wait for their destruction."""
    rows = DestructionItem.objects.filter(destruction__state=State.CONFIRMED, destruction__done_at=None)
    return list(rows.filter(state=ItemState.WAITING).order_by("pk").values_list("pk", flat=True)[:limit])


def count_drafts(at: datetime) -> int:
    """How many drafts are abandoned."""
    before = drafts_before(at)
    return dossiers.keeping.count_untouched_drafts(before) if before is not None else 0


def count_decided() -> int:
    """How many dossiers are decided to be destroyed and still stand."""
    rows = DestructionItem.objects.filter(destruction__state=State.CONFIRMED, destruction__done_at=None)
    return rows.filter(state=ItemState.WAITING).count()


def count_undecided() -> int:
    """How many lists wait for a decision."""
    return Destruction.objects.filter(state=State.PROPOSED, done_at=None).count()


# Holds -------------------------------------------------------------------------------------------------------------


def held_by_law(ids: list[int]) -> set[int]:
    """Those of these dossiers (primary keys) that somebody holds back."""
    return set(LegalHold.objects.filter(dossier__in=ids, released_at=None).values_list("dossier", flat=True))


def holds(actor: Actor, *, limit: int = SHOWN_MAX) -> list[LegalHold]:
    """The holds on dossiers of the agencies for which `actor` proposes or decides, newest first."""
    mine = sorted(proposes_for(actor) | decides_for(actor))
    rows = LegalHold.objects.filter(released_at=None).select_related("dossier", "set_by")
    rows = rows.defer("dossier__answers", "dossier__answers_sealed", "dossier__outcome_reason")
    rows = rows.filter(Q(dossier__competent_agency__in=mine) | Q(dossier__received_by__in=mine))
    return list(rows.order_by("-pk")[:limit])


def names(rows: Iterable[Any], language: str) -> dict[int, str]:
    """Agency id → name, for what is shown."""
    return agencies.names({row for row in rows if row}, language)

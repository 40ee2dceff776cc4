"""Every read of the helpline. One policy: who holds a position as operator now sees who waits; what was said she sees
of the requests she took herself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from motcua.agencies import queries as agencies
from motcua.assistant.queries import shown, talks
from motcua.assistant.queries.proposed import Proposed
from motcua.assistant.rules.replies import HAND_OVER
from motcua.assistant.rules.talking import Kind
from motcua.foundation.actors import Actor
from motcua.foundation.errors import Forbidden
from motcua.foundation.time import TZ
from motcua.helpline import rules
from motcua.helpline.errors import HandoverNotFound, NotTakenByYou, ProposalNotFound
from motcua.helpline.models import Call, Handover, Proposal
from motcua.kernel.clock.zone import wall

LISTED = 50
LAST_CALLS = 10
OWN_SOURCE = "dossier"


# Who may -------------------------------------------------------------------------------------------------------------


def answers(actor: Actor) -> bool:
    """Whether the actor answers at the helpline now. Everybody else sees nothing of it."""
    return actor.has_role(rules.ROLE)


def may(actor: Actor, row: Handover, verb: str) -> bool:
    """Whether the actor may `take`, or do anything else with a request: `read`, `say`, `release`, `close`."""
    if not answers(actor):
        return False
    if verb == "take":
        return row.state == rules.State.WAITING
    return row.state == rules.State.TAKEN and row.officer_id == actor.account_id


def visible_to(actor: Actor) -> QuerySet[Handover]:
    """The requests of which the actor may know: those that wait or are taken, and those that she closed herself."""
    if not answers(actor):
        return Handover.objects.none()
    is_over = Q(state=rules.State.CLOSED)
    return Handover.objects.filter(~is_over | Q(officer_id=actor.account_id)).select_related("conversation")


def handover(actor: Actor, public_id: str) -> Handover:
    """A request that the actor may know of. Raises HandoverNotFound, Forbidden."""
    if not answers(actor):
        raise Forbidden()
    found = visible_to(actor).filter(public_id=public_id).first() if public_id.isalnum() else None
    if found is None:
        raise HandoverNotFound()
    return found


def readable(actor: Actor, public_id: str) -> Handover:
    """A request whose words the actor may read: hers. Raises HandoverNotFound, Forbidden, NotTakenByYou."""
    row = handover(actor, public_id)
    if row.officer_id != actor.account_id:
        raise NotTakenByYou()
    return row


# The queue -----------------------------------------------------------------------------------------------------------


def waiting(actor: Actor, *, limit: int = LISTED) -> list[Handover]:
    """Who waits, the longest first."""
    rows = visible_to(actor).filter(state=rules.State.WAITING).order_by("waiting_since", "pk")
    return list(rows[:limit])


def taken(actor: Actor, *, limit: int = LISTED) -> list[Handover]:
    """What is being answered: one's own first."""
    rows = (
        visible_to(actor).filter(state=rules.State.TAKEN).select_related("officer").order_by("taken_at", "pk")
    )
    return sorted(rows[:limit], key=lambda row: row.officer_id != actor.account_id)


def waiting_count(*, cap: int = 99) -> int:
    """How many wait, counted up to `cap`."""
    return len(Handover.objects.filter(state=rules.State.WAITING).values_list("pk")[:cap])


def longest_wait(at: datetime) -> int:
    """For how many minutes the one who waits longest has waited, 0 when nobody does."""
    rows = Handover.objects.filter(state=rules.State.WAITING).order_by("waiting_since")
    first = rows.values_list("waiting_since", flat=True).first()
    return rules.waited_minutes(first, at) if first else 0


def open_of(conversation: Any) -> Handover | None:
    """The request that is open for a conversation."""
    rows = Handover.objects.filter(conversation=conversation).exclude(state=rules.State.CLOSED)
    return rows.first()


# When somebody is there ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hours:
    """Whether somebody is there: `appointed` at all, `now`, else `next_at` (aware; None when no calendar tells)."""

    appointed: bool
    now: bool = False
    next_at: datetime | None = None


def people_answer(at: datetime) -> bool:
    """Whether a person can be asked for at all: somebody is appointed as operator."""
    return agencies.anybody_holds(rules.ROLE, at)


def hours(at: datetime) -> Hours:
    """Whether an operator is at her desk at the aware moment `at`, by the calendar of her agency, or when next."""
    found = agencies.agencies_with(rules.ROLE, at)
    if not found:
        return Hours(appointed=False)
    moment = wall(at)
    nexts = []
    for agency in found:
        calendar = agencies.calendar_of(agency, at)
        if any(start <= moment.time() < end for start, end in calendar.sessions_on(moment.date())):
            return Hours(appointed=True, now=True)
        if calendar.loaded(moment.year):
            nexts.append(calendar.next_open_moment(moment))
    return Hours(appointed=True, next_at=min(nexts).replace(tzinfo=TZ) if nexts else None)


# What is handed over -------------------------------------------------------------------------------------------------


def last_question(row: Any) -> int:
    """The number of the last turn in which something was asked but for a person; 1 for none."""
    asked = [turn for turn in talks.turns(row) if turn.question]
    matters = [turn for turn in asked if turn.behaviour != HAND_OVER] or asked
    return matters[-1].number if matters else 1


def transcript(row: Any, from_turn: int = 1, until: datetime | None = None) -> list[dict[str, Any]]:
    """What a person would read of a conversation from a turn on: as it was kept, without names and numbers, and
    without what was said of her own dossiers (`held_back` says where something is left out). `until` is when her
    request ended: what is said to the machine after it is nobody else's."""
    found = []
    for turn in talks.turns(row, after=max(0, from_turn - 1)):
        if until is not None and turn.at > until:
            break
        drawn = shown.turn(turn, row)
        sentences = [each for each in drawn["sentences"] if each["source"]["kind"] != OWN_SOURCE]
        found.append(
            {
                "number": turn.number,
                "at": turn.at,
                "question": turn.question,
                "said": [each["text"] for each in sentences],
                "officer": turn.said if turn.kind == Kind.OFFICER else "",
                "held_back": len(sentences) < len(drawn["sentences"]),
                "slug": turn.slug,
            }
        )
    return found


# Proposed answers ----------------------------------------------------------------------------------------------------


def proposals(
    *, state: str = rules.Verdict.OPEN, limit: int = LISTED, before: int | None = None
) -> list[Proposal]:
    """Answers that officers propose to the editors, the oldest open first (settled ones: the newest first).

    Who may read them is said by the door of the page that shows them; they hold nobody's name or number. `before` is
    the primary key of the last one of the page before.
    """
    rows = Proposal.objects.filter(state=state).select_related("proposed_by")
    if state == rules.Verdict.OPEN:
        rows = rows.filter(pk__gt=before) if before else rows
        return list(rows.order_by("pk")[:limit])
    rows = rows.filter(pk__lt=before) if before else rows
    return list(rows.order_by("-pk")[:limit])


def for_editors() -> list[Proposed]:
    """The open proposals as editors of the assistant see them; the source is the article, or a field of a procedure."""
    return [
        Proposed(
            each.public_id,
            each.question,
            each.answer,
            each.language,
            each.slug,
            each.article or f"{each.slug}: {each.path}",
            each.proposed_at,
        )
        for each in proposals()
    ]


def proposal(public_id: str) -> Proposal:
    """One proposal. Raises ProposalNotFound."""
    found = Proposal.objects.filter(public_id=public_id).first() if public_id.isalnum() else None
    if found is None:
        raise ProposalNotFound()
    return found


def proposal_ids() -> Iterator[str]:
    """The public ids of all proposals: each has a chain in the journal."""
    return Proposal.objects.values_list("public_id", flat=True).iterator()


# Calls ---------------------------------------------------------------------------------------------------------------


def last_calls(actor: Actor, *, limit: int = LAST_CALLS) -> list[Call]:
    """The calls that the actor logged last."""
    if not answers(actor):
        return []
    return list(Call.objects.filter(officer_id=actor.account_id).order_by("-ended_at")[:limit])


def call_ids() -> Iterator[str]:
    """The public ids of all calls: each has a chain in the journal."""
    return Call.objects.values_list("public_id", flat=True).iterator()

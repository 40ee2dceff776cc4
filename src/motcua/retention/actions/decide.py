"""A list is proposed by one person and decided by another who leads the agency."""

from __future__ import annotations

from motcua.dossiers import queries as dossiers
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record
from motcua.foundation.time import local_date
from motcua.foundation.work import enqueue
from motcua.kernel.text import clean_text, one_line
from motcua.retention import queries, rules
from motcua.retention.errors import (
    AlreadyDecided,
    HeldBack,
    ListNotFound,
    NotDue,
    NotForYou,
    NothingChosen,
    NumberNeeded,
    ReasonNeeded,
    SamePerson,
)
from motcua.retention.models import Destruction, DestructionItem
from motcua.retention.rules import ItemState, State
from motcua.retention.words import WHY


def said(text: str) -> str:
    """A reason as it is kept. Raises ReasonNeeded."""
    kept = clean_text(text).strip()
    if not rules.REASON_MIN <= len(kept) <= rules.REASON_MAX:
        raise ReasonNeeded([{"field": "reason", "message": str(ReasonNeeded.message)}])
    return kept


@action("retention.propose")
def propose(act: Act, *, agency: int, dossiers_chosen: list[str], reason: str) -> dict:
    """Put dossiers (public ids) of one agency (its id) on a list to destroy. Answers {list, items}.

    Raises NotForYou, NothingChosen, ReasonNeeded, NotDue (also for what is on another list, or another agency's),
    HeldBack.
    """
    within = queries.proposes_for(act.actor)
    if act.actor.account_id is None or not act.actor.has_role(*rules.PROPOSERS):
        raise NotForYou()
    chosen = list(dict.fromkeys(dossiers_chosen))
    if not 1 <= len(chosen) <= rules.ONE_LIST_MAX:
        raise NothingChosen(most=rules.ONE_LIST_MAX)
    why = said(reason)
    found, standing = dossiers.keeping.ended(chosen), queries.plan(local_date(act.at))
    held = dossiers.held([one.pk for one in found.values()])
    listed = DestructionItem.objects.filter(dossier__in=chosen).exclude(state=ItemState.KEPT)
    taken = set(listed.values_list("dossier", flat=True))
    items = []
    for public_id in chosen:
        one = found.get(public_id)
        if one is None or one.agency != agency or not {one.agency, one.desk} & within:
            raise NotDue(code=one.code if one and {one.agency, one.desk} & within else "")
        schedule = standing.of(one)
        if public_id in taken or schedule is None or schedule.years is None or not standing.is_due(one):
            raise NotDue(code=one.code)
        if one.pk in held:
            raise HeldBack(code=one.code, why=WHY[held[one.pk]])
        items.append(
            DestructionItem(
                dossier=public_id,
                code=one.code,
                procedure_id=one.procedure,
                schedule=schedule.key,
                years=schedule.years,
                received_on=local_date(one.received_at) if one.received_at else None,
                closed_on=local_date(one.closed_at),
            )
        )
    row = Destruction.objects.create(
        agency_id=agency, reason=why, proposed_by_id=act.actor.account_id, proposed_at=act.at
    )
    for item in items:
        item.destruction = row
    DestructionItem.objects.bulk_create(items)
    facts = {"agency": agency, "dossiers": chosen}
    record(act, "destruction.proposed", row.subject, facts=facts, personal={"reason": why})
    return {"list": row.public_id, "items": len(items)}


@action("retention.confirm")
def confirm(act: Act, *, destruction: str, number: str) -> dict:
    """Decide under a number that the dossiers of a list are destroyed; the platform erases them next.

    Raises ListNotFound, NotForYou, SamePerson, AlreadyDecided, NumberNeeded.
    """
    row = _open(act, destruction)
    named = one_line(number)
    if not 1 <= len(named) <= rules.NUMBER_MAX:
        raise NumberNeeded([{"field": "number", "message": str(NumberNeeded.message)}])
    _decided(act, row, State.CONFIRMED, number=named)
    record(act, "destruction.confirmed", row.subject, facts={"number": named})
    enqueue("retention.carry_out", key=row.public_id)
    return {"list": row.public_id, "state": row.state}


@action("retention.refuse")
def refuse(act: Act, *, destruction: str, reason: str) -> dict:
    """Decide that nothing of a list is destroyed; its dossiers are due again. Raises as `confirm`, ReasonNeeded."""
    row = _open(act, destruction)
    why = said(reason)
    _decided(act, row, State.REFUSED, remark=why, done_at=act.at)
    DestructionItem.objects.filter(destruction=row).update(state=ItemState.KEPT)
    record(act, "destruction.refused", row.subject, personal={"reason": why})
    return {"list": row.public_id, "state": row.state}


def _open(act: Act, public_id: str) -> Destruction:
    """The list under lock, for whoever may decide it."""
    row = Destruction.objects.select_for_update().filter(public_id=public_id).first()
    if row is None or not queries.lists_visible_to(act.actor).filter(pk=row.pk).exists():
        raise ListNotFound()
    if row.agency_id not in queries.decides_for(act.actor):
        raise NotForYou()
    if not rules.may_confirm(row.proposed_by_id, act.actor.account_id):
        raise SamePerson()
    if row.state != State.PROPOSED:
        raise AlreadyDecided()
    return row


def _decided(act: Act, row: Destruction, state: State, **more: object) -> None:
    changes = {"state": state, "decided_by_id": act.actor.account_id, "decided_at": act.at, **more}
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=list(changes))

"""What the acts share: find and lock, ask the policy, hand an order over when nothing is missing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from motcua.certificates import queries, rules, words
from motcua.certificates.errors import NoSuchBooth, NotNow, NotYoursToRegister, RequestNotFound, SomebodyElse
from motcua.certificates.models import Order, Request
from motcua.dossiers import queries as dossiers
from motcua.foundation.acts import Act
from motcua.foundation.errors import Forbidden
from motcua.foundation.journal import record
from motcua.foundation.models import JournalLine
from motcua.foundation.time import now
from motcua.foundation.work import enqueue
from motcua.notices import actions as notices

TASK, COMPLETE = "certificates.carry", "certificates.complete"


def locked(public_id: str) -> Request:
    """The request with its dossier, both under lock, the dossier first as everywhere. Raises RequestNotFound."""
    known = Request.objects.filter(public_id=public_id[:26]).values_list("dossier", flat=True).first()
    if known is None:
        raise RequestNotFound()
    dossier = dossiers.under_lock(known)
    row = Request.objects.select_for_update().get(dossier=known)
    row.dossier = dossier
    return row


def own(act: Act, public_id: str) -> Request:
    """One's own request under lock. Raises RequestNotFound, SomebodyElse."""
    if queries.is_somebody_else(act.actor, queries.own(act.actor, public_id)):
        raise SomebodyElse()
    return locked(public_id)


def by_code(act: Act, code: str) -> Request:
    """The request whose code she typed on her phone, under lock. Raises WrongCode."""
    return locked(queries.by_code(code, act.at).public_id)


def at_desk(act: Act, public_id: str) -> Request:
    """A request that the desk works on, under lock. Raises RequestNotFound, NotYoursToRegister."""
    seen = queries.at_desk(act.actor, public_id)
    if not queries.may_register(act.actor, seen):
        raise NotYoursToRegister()
    return locked(public_id)


def demand_stage(row: Request, *among: str) -> None:
    """Raises NotNow when the request stands anywhere else."""
    stage = rules.stage(queries.facts_of(row))
    if stage not in among:
        raise NotNow(state=words.stage_word(stage))


def demand_system(act: Act) -> None:
    """For what the worker alone does. Raises Forbidden."""
    if act.actor.kind != "system":
        raise Forbidden()


def hand_over_when_ready(act: Act, row: Request) -> None:
    """Ask the authority as soon as nothing is missing; within the act that brought the last thing."""
    if rules.stage(queries.facts_of(row)) == "ready":
        place = {"way": row.way, "agency_id": row.agency_id, "booth": row.booth}
        content = {"content": row.request, "key_digest": row.key_digest}
        order_of(
            act, row, rules.Kind.ISSUE, **place, **(content if row.key_place == rules.KeyPlace.DEVICE else {})
        )


def order_of(act: Act, row: Request, kind: rules.Kind, **columns: Any) -> Order:
    """A new order, its journal line, and the task that carries it: all in the transaction of the act."""
    order = Order.objects.create(request=row, kind=kind, asked_at=act.at, **columns)
    record(
        act,
        f"certificate.{kind}_ordered",
        row.subject,
        facts={"order": order.public_id, "way": str(order.way)},
    )
    carry_on(order)
    return order


def carry_on(order: Order, *, seconds: int = 0) -> None:
    """Have the worker ask the authority (again), after a pause when it was asked before."""
    later = {"run_after": now() + timedelta(seconds=seconds)} if seconds else {}
    enqueue(TASK, key=f"{order.public_id}/{order.tries}", order=order.public_id, **later)


def desk_of(act: Act, row: Request, booth: str) -> dict[str, Any]:
    """Where somebody stands before the desk: at a booth of her agency that is open today, or at the desk itself.

    Raises NoSuchBooth.
    """
    if booth in ("", rules.Way.DESK):
        return {"way": rules.Way.DESK, "booth": None}
    today = queries.day_of(act.at)
    found = next((each for each in queries.booths_here(act.actor, today) if each.public_id == booth), None)
    if found is None:
        raise NoSuchBooth()
    return {"way": rules.Way.BOOTH, "booth": found}


def tell(row: Request, line: JournalLine, kind: str) -> None:
    """A notice for the person herself about a line of her request; nobody's name is in it."""
    dossier = row.dossier
    known = (("account", dossier.filer_id), ("party", dossier.applicant_id))
    notices.tell(
        [f"{name}:{key}" for name, key in known if key],
        kind=f"certificate.{kind}",
        subject=line.chain,
        seq=line.seq,
        at=line.at,
        params={"dossier": dossier.public_id, "code": dossier.code, "state": str(dossier.business_state)},
    )


def done(row: Request, **more: Any) -> dict:
    """What every act answers."""
    stage = rules.stage(queries.facts_of(row))
    return {"request": row.public_id, "dossier": row.dossier.public_id, "stage": stage, **more}

"""What the counter changes itself: visits, a walk-in taken in whole, and background work put on its way again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from motcua.agencies import queries as agencies
from motcua.counter.errors import ListNameNeeded, NoDesk, NoSuchList, NoSuchWork, TooManyLists, VisitOver
from motcua.counter.models import SavedList, Visit
from motcua.dossiers import actions as dossiers
from motcua.dossiers import queries as dossier_queries
from motcua.foundation.acts import Act, action
from motcua.foundation.errors import Forbidden
from motcua.foundation.journal import record
from motcua.foundation.models import Delivery, Task, Work
from motcua.foundation.time import now
from motcua.kernel.text import one_line
from motcua.people import actions as people
from motcua.people import rules as people_rules

VISIT_LASTS = timedelta(minutes=60)
VISIT_DOSSIERS_MAX = 50
SAVED_MOST = 20  # kept lists of one officer


def _desk(act: Act, agency: str) -> int:
    """The id of a one-stop where the actor receives. Raises NoDesk."""
    office = agencies.by_code(agency)
    if office is None or f"office:{office.id}:reception" not in act.actor.holders:
        raise NoDesk()
    return office.id


@action("counter.open_visit")
def open_visit(act: Act, *, agency: str, facts: dict, card: bool = False, party: str = "") -> dict:
    """Somebody comes to the desk: what her card says, or what she is known as. Answers {visit}. Raises NoDesk."""
    kept = people_rules.clean(facts)
    row = Visit.objects.create(
        account_id=act.actor.account_id,
        agency_id=_desk(act, agency),
        facts=kept,
        card=card,
        party=party[:26],
        opened_at=act.at,
        expires_at=act.at + VISIT_LASTS,
    )
    record(act, "visit.opened", f"visit:{row.public_id}", facts={"card": card, "party": party or None})
    return {"visit": row.public_id}


def _locked(act: Act, public_id: str) -> Visit:
    rows = Visit.objects.select_for_update().filter(public_id=public_id, account_id=act.actor.account_id)
    row = rows.filter(expires_at__gt=act.at).first()
    if row is None:
        raise VisitOver()
    return row


@action("counter.serve")
def serve(
    act: Act,
    *,
    visit: str,
    procedure: str,
    answers: dict,
    papers: list,
    transfer_now: bool = True,
    ask: dict | None = None,
    cash: dict | None = None,
) -> dict:
    """Take a dossier in for the person of a visit, whole or not at all.

    With `ask` {items, reason} it is not received: what is missing is asked for at the door (form 02). With `cash`
    {receipt_number, amounts} the fees are noted as paid. Answers as `dossiers.take_in`, and {letter} or {paid}.
    """
    row = _locked(act, visit)
    if row.card:
        # The card proves who she is; what the declaration says of her meets that, not the other way round.
        people.find_or_create_within(act, row.facts, source="card")
    done = _take_in(act, row.agency_id, procedure, answers, papers, transfer_now, ask, cash, card=row.card)
    _note_served(act, row, done["dossier"])
    return done


def _note_served(act: Act, row: Visit, dossier: str) -> None:
    row.dossiers = [*row.dossiers, dossier][-VISIT_DOSSIERS_MAX:]
    row.expires_at = act.at + VISIT_LASTS
    row.save(update_fields=["dossiers", "expires_at"])


def _take_in(
    act: Act,
    agency_id: int,
    procedure: str,
    answers: dict,
    papers: list,
    transfer_now: bool,
    ask: dict | None,
    cash: dict | None,
    *,
    card: bool,
) -> dict:
    done = dossiers.take_in.inside(
        act,
        procedure=procedure,
        agency=agencies.office(agency_id).code,
        answers=answers,
        papers=papers,
        receive_now=ask is None,
        transfer_now=transfer_now and ask is None,
        card=card,
    )
    if ask is not None:
        return dossiers.ask_at_door.inside(
            act, dossier=done["dossier"], items=ask["items"], reason=ask["reason"]
        )
    if cash is not None:
        paid = dossiers.record_cash.inside(
            act,
            dossier=done["dossier"],
            receipt_number=str(cash.get("receipt_number") or ""),
            amounts=cash.get("amounts") or {},
        )
        done = {**done, "paid": paid["paid"], "finance": paid["finance"], "revision": paid["revision"]}
    return done


@action("counter.certify_copies")
def certify_copies(
    act: Act,
    *,
    agency: str,
    procedure: str,
    answers: dict,
    papers: list,
    card_facts: dict | None = None,
    cash: dict | None = None,
    visit: str = "",
) -> dict:
    """Copies to certify, taken in by one act and passed on as far as the officer's own positions reach.

    An officer who also works in the competent unit lays it straight before the signer; else it waits in the pool of
    that unit. With `visit` it belongs to somebody who is being served. Answers as `dossiers.take_in`. Raises NoDesk,
    VisitOver, and what taking in refuses.
    """
    here = _locked(act, visit) if visit else None
    agency_id = here.agency_id if here else _desk(act, agency)
    if here is not None and here.card:
        card_facts = here.facts
    if card_facts:
        people.find_or_create_within(act, card_facts, source="card")
    done = _take_in(act, agency_id, procedure, answers, papers, True, None, cash, card=bool(card_facts))
    dossier = done["dossier"]
    competent = dossier_queries.competent_of(dossier)
    if f"office:{competent}:process" in act.actor.holders:
        for _step in range(dossier_queries.steps_before_signing(dossier)):
            dossiers.advance.inside(act, dossier=dossier)
        done = {**done, **dossiers.draft_result.inside(act, dossier=dossier)}
    if here is not None:
        _note_served(act, here, dossier)
    return done


@action("counter.close_visit")
def close_visit(act: Act, *, visit: str) -> dict:
    """She leaves: what her card said is forgotten. The dossiers stay."""
    row = Visit.objects.select_for_update().filter(public_id=visit, account_id=act.actor.account_id).first()
    if row is not None:
        record(act, "visit.closed", f"visit:{row.public_id}", facts={"dossiers": len(row.dossiers)})
        row.delete()
    return {"visit": visit}


def forget_visits(before: datetime) -> int:
    """Delete the visits that ran out before an aware moment; returns how many."""
    return Visit.objects.filter(expires_at__lte=before).delete()[0]


# Background work ---------------------------------------------------------------------------------------------------

_KINDS: dict[str, Any] = {"delivery": Delivery, "task": Task}


def _dead(act: Act, kind: str, work: int) -> Work:
    if not act.actor.has_role("administrator"):
        raise Forbidden()
    row = (
        _KINDS[kind].objects.select_for_update().filter(pk=work, state="dead").first()
        if kind in _KINDS
        else None
    )
    if row is None:
        raise NoSuchWork()
    return row


@action("counter.retry_work")
def retry_work(act: Act, *, kind: str, work: int) -> dict:
    """Put a delivery or task that was laid aside on its way again. Raises NoSuchWork, Forbidden."""
    row = _dead(act, kind, work)
    row.state, row.attempts, row.available_at = Work.State.WAITING, 0, now()
    row.save(update_fields=["state", "attempts", "available_at"])
    record(act, "work.retried", f"work:{kind}-{work}", facts={"what": str(row)[:200]})
    return {"kind": kind, "work": work}


@action("counter.skip_work")
def skip_work(act: Act, *, kind: str, work: int, reason: str) -> dict:
    """Give a delivery or task up for good, with a reason; what waits behind it goes on."""
    row = _dead(act, kind, work)
    row.state, row.done_at = Work.State.DONE, now()
    row.save(update_fields=["state", "done_at"])
    record(act, "work.skipped", f"work:{kind}-{work}", facts={"what": str(row)[:200], "reason": reason[:200]})
    return {"kind": kind, "work": work}


@action("counter.save_list")
def save_list(act: Act, *, name: str, query: str, columns: list[str]) -> dict:
    """Keep a worklist's address and the columns of its file under a name of her own; a list of the same name gives way.

    Answers {list}. Raises ListNameNeeded, TooManyLists.
    """
    called = one_line(name)[:60]
    if not called:
        raise ListNameNeeded()
    own = SavedList.objects.select_for_update().filter(account_id=act.actor.account_id)
    if not own.filter(name=called).exists() and own.count() >= SAVED_MOST:
        raise TooManyLists(most=SAVED_MOST)
    kept = {"query": query[:300], "columns": list(dict.fromkeys(columns))[:300]}
    row, _made = SavedList.objects.update_or_create(
        account_id=act.actor.account_id, name=called, defaults=kept
    )
    record(act, "list.saved", f"account:{act.actor.account_id}", facts={"columns": len(kept["columns"])})
    return {"list": row.public_id}


@action("counter.forget_list")
def forget_list(act: Act, *, saved: str) -> dict:
    """Forget a kept list of her own. Raises NoSuchList."""
    gone, _of = SavedList.objects.filter(account_id=act.actor.account_id, public_id=saved[:26]).delete()
    if not gone:
        raise NoSuchList()
    record(act, "list.forgotten", f"account:{act.actor.account_id}")
    return {"list": saved}

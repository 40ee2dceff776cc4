"""At the door: receive, ask once and completely, refuse, transfer; and a walk-in taken in by one act."""

from __future__ import annotations

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.dossiers import queries
from motcua.dossiers.actions.base import done, issue_letter, lock, move, run_clock, save
from motcua.dossiers.actions.declare import demand_complete, open_draft, put_handed_over, route
from motcua.dossiers.actions.fees import compute_fees
from motcua.dossiers.actions.steps import start_step
from motcua.dossiers.errors import NothingAsked, NotYours, ReasonNeeded
from motcua.dossiers.models import Dossier, Letter
from motcua.dossiers.numbering import next_code
from motcua.foundation.acts import Act, action
from motcua.foundation.time import local_date
from motcua.kernel import forms
from motcua.people import actions as people

REASON_LENGTH_MIN = 10


@action("dossiers.receive")
def receive(act: Act, *, dossier: str, revision: int | None = None) -> dict:
    """Receive a complete dossier: the person, the version in force, the code, the clock, the receipt."""
    row = lock(act, dossier, "receive", revision=revision)
    return _receive(act, row)


def _receive(act: Act, row: Dossier) -> dict:
    view = queries.declared_view_of(row)
    answers = queries.answers_of(row)
    day = local_date(act.at)
    person = people.find_or_create_from_answers(act, answers) if row.applicant_id is None else None
    if person:
        row.applicant_id = person.party_id
    in_force = catalogue.view_for(view.slug, act.at)
    row.version_id = in_force.version_id
    row.received_at = act.at
    row.code = next_code(row.received_by_id, day)
    deadline = run_clock(row, "start", act.at)
    issue_letter(act, row, "receipt", {"promised": deadline.due_at.isoformat() if deadline.due_at else None})
    move(
        act,
        row,
        "receive",
        facts={
            "code": row.code,
            "version": in_force.version_id,
            "hash": in_force.hash,
            "due_at": deadline.due_at,
            "provisional": deadline.provisional,
            "differs": bool(person and person.differences),
        },
        applicant_id=row.applicant_id,
        version_id=row.version_id,
        received_at=act.at,
        code=row.code,
    )
    return done(row, differences=list(person.differences) if person else [])


@action("dossiers.ask_at_door")
def ask_at_door(act: Act, *, dossier: str, items: list, reason: str, revision: int | None = None) -> dict:
    """Before reception: say once and completely what is missing (NĐ 61/2018 art. 17; form 02)."""
    row = lock(act, dossier, "ask_at_door", revision=revision)
    letter = supplement_letter(act, row, items, reason)
    move(act, row, "ask_at_door", facts={"letter": letter.public_id, "items": len(items)})
    return done(row, letter=letter.public_id)


def supplement_letter(act: Act, row: Dossier, items: list, reason: str) -> Letter:
    """Form 02 with its numbered list. `items` are {text, paper?, section?}; raises NothingAsked, ReasonNeeded."""
    cleaned = [
        {
            "text": str(item.get("text", "")).strip()[:600],
            "paper": item.get("paper"),
            "section": item.get("section"),
        }
        for item in items
        if isinstance(item, dict) and str(item.get("text", "")).strip()
    ]
    if not cleaned:
        raise NothingAsked()
    return issue_letter(
        act,
        row,
        "supplement-request",
        {"items": cleaned, "reason": demand_reason(reason), "by": act.actor.label},
    )


def demand_reason(reason: str) -> str:
    """A sentence a citizen can understand, trimmed; raises ReasonNeeded for less."""
    reason = " ".join(str(reason).split())[:1000]
    if len(reason) < REASON_LENGTH_MIN:
        raise ReasonNeeded()
    return reason


@action("dossiers.refuse")
def refuse(act: Act, *, dossier: str, reason: str, revision: int | None = None) -> dict:
    """Refuse at the door in writing, with the reason (NĐ 61/2018 art. 17; form 03)."""
    row = lock(act, dossier, "refuse", revision=revision)
    letter = issue_letter(act, row, "refusal", {"reason": demand_reason(reason), "by": act.actor.label})
    move(act, row, "refuse", facts={"letter": letter.public_id}, closed_at=act.at)
    return done(row, letter=letter.public_id)


@action("dossiers.transfer")
def transfer(act: Act, *, dossier: str, revision: int | None = None) -> dict:
    """Hand it to the competent unit: the same day, after 15:00 the next working morning (NĐ 61/2018 art. 18)."""
    row = lock(act, dossier, "transfer", revision=revision)
    first = start_step(act, row, 0)
    move(act, row, "transfer", facts={"competent": row.competent_agency_id, "step": first}, step=0)
    return done(row)


@action("dossiers.take_in")
def take_in(
    act: Act,
    *,
    procedure: str,
    agency: str,
    answers: dict,
    papers: list,
    receive_now: bool = True,
    transfer_now: bool = False,
    card: bool = False,
) -> dict:
    """A walk-in in one act: declare at the counter what she brings, receive it, and if wished transfer it.

    `answers` typed as `forms.clean` gives them; `papers` are {key, form, quantity?, file?} handed over or shown.
    The officer looked at the papers herself, so what is missing is asked for, not refused by the form.
    Raises NotYours, DeclarationIncomplete, NotFileable, NoAgency.
    """
    receiver = agencies.by_code(agency)
    if receiver is None or f"office:{receiver.id}:reception" not in act.actor.holders:
        raise NotYours()
    row = open_draft(act, procedure=procedure, channel="counter", agency=agency)
    view = queries.declared_view_of(row)
    row.filer_id = None
    opened, sealed = forms.split(view.declaration, answers)
    row.answers, row.answers_sealed = opened, sealed or ""
    row.save(update_fields=["filer", "answers", "answers_sealed"])
    checked = demand_complete(act, row, view)
    put_handed_over(act, row, papers)
    competent = route(act, row, view, checked)
    compute_fees(act, row, view, checked)
    move(
        act,
        row,
        "submit",
        facts={"procedure": procedure, "agency": row.received_by_id, "competent": competent, "card": card},
        submitted_at=act.at,
        competent_agency_id=competent,
        finance_state=row.finance_state,
        rights=not receive_now,
    )
    if not receive_now:
        return done(row)
    result = _receive(act, row)
    if transfer_now:
        start_step(act, row, 0)
        move(act, row, "transfer", facts={"competent": competent}, step=0)
        result = done(row, differences=result["differences"])
    return result


@action("dossiers.check_papers")
def check_papers(act: Act, *, dossier: str, papers: list) -> dict:
    """At the counter: note which originals were handed over or shown, {key, form, quantity}, for the receipt."""
    row = lock(act, dossier, "receive")
    put_handed_over(act, row, papers)
    save(act, row)
    return done(row)

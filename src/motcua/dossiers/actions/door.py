"""At the door: receive, ask once and completely, refuse, transfer; and a walk-in taken in by one act."""

from __future__ import annotations

from typing import Any

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.dossiers import queries
from motcua.dossiers.actions.base import done, issue_letter, lock, move, run_clock, save
from motcua.dossiers.actions.declare import (
    demand_complete,
    keep_asked,
    open_draft,
    put_handed_over,
    receiver_of,
    route,
)
from motcua.dossiers.actions.demands import demand_reason
from motcua.dossiers.actions.fees import compute_fees, owe_nothing
from motcua.dossiers.actions.reuse import compare_with_registers
from motcua.dossiers.actions.steps import start_step
from motcua.dossiers.errors import AlreadyAsked, NotYours, OwnDossier
from motcua.dossiers.models import Dossier, Letter
from motcua.dossiers.numbering import next_code
from motcua.dossiers.requests import REQUEST, request_content
from motcua.foundation.acts import Act, action
from motcua.foundation.time import local_date
from motcua.kernel import forms
from motcua.kernel.text import one_line
from motcua.people import actions as people
from motcua.people import rules as people_rules


@action("dossiers.receive")
def receive(act: Act, *, dossier: str, revision: int | None = None) -> dict:
    """Receive a complete dossier: the person, the version in force, its fees, the code, the clock, the receipt."""
    row = lock(act, dossier, "receive", revision=revision)
    return _receive(act, row)


def _receive(act: Act, row: Dossier) -> dict:
    view = queries.declared_view_of(row)
    answers = queries.answers_of(row)
    day = local_date(act.at)
    person = _person(act, row, answers)
    if person is None or not person.created:  # of who is known only now no register says anything
        compare_with_registers(act, row)
    in_force = catalogue.view_for(view.slug, act.at)
    row.version_id = in_force.version_id
    row.received_at = act.at
    if row.submitted_at != act.at or in_force.version_id != view.version_id:
        compute_fees(row, in_force, answers, day)
    row.code = next_code(row.received_by_id, day)
    deadline = run_clock(row, "start", act.at)
    issue_letter(act, row, RECEIPT, {"promised": deadline.due_at.isoformat() if deadline.due_at else None})
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
        finance_state=row.finance_state,
    )
    return done(row, differences=list(person.differences) if person else [])


def _person(act: Act, row: Dossier, answers: dict[str, Any]) -> people.Found | None:
    """Whose dossier it is, found or made only now: what is merely submitted makes nobody known to the city.

    An account proved to be somebody files as that person, unless the declaration names another by number (she files
    for her mother, her company). None when nothing had to be looked up.
    """
    _kind, said = people_rules.from_answers(answers)
    if row.applicant_id is not None and not (said.get("personal_number") or said.get("tax_code")):
        return None
    person = people.find_or_create_from_answers(act, answers)
    row.applicant_id = person.party_id
    return person


@action("dossiers.ask_at_door")
def ask_at_door(
    act: Act, *, dossier: str, items: list, reason: str, law: str = "", revision: int | None = None
) -> dict:
    """Before reception: say once and completely what is missing (NĐ 61/2018 art. 17; form 02).

    A second request needs `law`, the ground in sector law; without it AlreadyAsked is raised.
    """
    row = lock(act, dossier, "ask_at_door", revision=revision)
    demand_first_request(row, law)
    letter = supplement_letter(act, row, items, reason, law)
    move(
        act,
        row,
        "ask_at_door",
        facts=asked_facts(letter, items, law),
    )
    return done(row, letter=letter.public_id)


RECEIPT = "receipt"


def asked_facts(letter: Letter, items: list, law: str) -> dict[str, Any]:
    """What the journal notes of a request; `beyond` only where it goes beyond what the law leaves."""
    facts = {"letter": letter.public_id, "items": len(items), "law": one_line(law)[:200]}
    return facts | ({"beyond": letter.beyond} if letter.beyond else {})


def demand_first_request(row: Dossier, law: str) -> None:
    """Each of the two checks, at the door and in the unit, asks as often as the dated value says: once.

    Raises AlreadyAsked, unless `law` names the ground for more.
    """
    if law.strip():
        return
    view = queries.view_of(row)
    most = view.setting("supplement-requests-max", row.received_at or row.submitted_at or row.started_at, 1)
    kinds = Letter.objects.filter(dossier=row, kind__in=(REQUEST, RECEIPT)).order_by("pk")
    since_received = list(kinds.values_list("kind", flat=True))
    if RECEIPT in since_received:
        since_received = since_received[since_received.index(RECEIPT) :]
    if since_received.count(REQUEST) >= most:
        raise AlreadyAsked()


def supplement_letter(act: Act, row: Dossier, items: list, reason: str, law: str = "") -> Letter:
    """Form 02 with its numbered list. `items` are {text, paper?, section?}; raises NothingAsked, ReasonNeeded."""
    content = request_content(row, items, demand_reason(reason), law, at=act.at, by=act.actor.label)
    letter = issue_letter(act, row, REQUEST, content)
    if beyond := _beyond(act, row, letter):
        letter.beyond = beyond
        letter.save(update_fields=["beyond"])
    return letter


def _beyond(act: Act, row: Dossier, letter: Letter) -> str:
    """Whether a request goes beyond what the law leaves without a ground of its own: `late` after the working days a
    unit has (NĐ 61/2018 art. 19(4)), `repeated` after another one on this dossier, whoever asked. "" for neither.

    It is counted beside the on-time rate: each such request gives the clock a new start.
    """
    until = queries.ask_by(row)
    if until is not None and act.at > until:
        return "late"
    earlier = Letter.objects.filter(dossier=row, kind=REQUEST).exclude(pk=letter.pk)
    return "repeated" if earlier.exists() else ""


@action("dossiers.refuse")
def refuse(act: Act, *, dossier: str, reason: str, revision: int | None = None) -> dict:
    """Refuse at the door in writing, with the reason (NĐ 61/2018 art. 17; form 03)."""
    row = lock(act, dossier, "refuse", revision=revision)
    letter = issue_letter(act, row, "refusal", {"reason": demand_reason(reason), "by": act.actor.label})
    owe_nothing(row)
    move(
        act,
        row,
        "refuse",
        facts={"letter": letter.public_id},
        closed_at=act.at,
        finance_state=row.finance_state,
    )
    return done(row, letter=letter.public_id)


@action("dossiers.transfer")
def transfer(act: Act, *, dossier: str, revision: int | None = None) -> dict:
    """Hand it to the competent unit: the same day, after 15:00 the next working morning (NĐ 61/2018 art. 18)."""
    row = lock(act, dossier, "transfer", revision=revision)
    _transfer(act, row)
    return done(row)


def _transfer(act: Act, row: Dossier) -> None:
    due_at = queries.transfer_due_at(row)
    row.transferred_at = act.at
    first = start_step(act, row, 0)
    move(
        act,
        row,
        "transfer",
        facts={
            "competent": row.competent_agency_id,
            "step": first,
            "late": due_at is not None and act.at > due_at,
        },
        step=0,
        transferred_at=act.at,
    )


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
    Raises NotYours, OwnDossier, DeclarationIncomplete, NotFileable, NoAgency.
    """
    receiver = agencies.by_code(agency)
    if receiver is None or f"office:{receiver.id}:reception" not in act.actor.holders:
        raise NotYours()
    receiver_of(agency, local_date(act.at))
    row = open_draft(act, procedure=procedure, channel="counter", agency=agency)
    view = queries.declared_view_of(row)
    row.filer_id = None
    opened, sealed = forms.split(view.declaration, answers)
    row.answers, row.answers_sealed = opened, sealed or ""
    if queries.is_own(act.actor, row):
        raise OwnDossier()
    row.save(update_fields=["filer"])
    checked = demand_complete(act, row, view)
    kept, not_asked = keep_asked(row, view, checked)
    put_handed_over(act, row, papers)
    competent = route(act, row, view)
    compute_fees(row, view, checked, local_date(act.at))
    move(
        act,
        row,
        "submit",
        facts={
            "procedure": procedure,
            "agency": row.received_by_id,
            "competent": competent,
            "card": card,
            **not_asked,
        },
        submitted_at=act.at,
        competent_agency_id=competent,
        finance_state=row.finance_state,
        rights=not receive_now,
        **kept,
    )
    if not receive_now:
        return done(row)
    result = _receive(act, row)
    if transfer_now:
        _transfer(act, row)
        result = done(row, differences=result["differences"])
    return result


@action("dossiers.check_papers")
def check_papers(act: Act, *, dossier: str, papers: list) -> dict:
    """At the counter: note which originals were handed over or shown, {key, form, quantity}, for the receipt."""
    row = lock(act, dossier, "receive")
    put_handed_over(act, row, papers)
    save(act, row)
    return done(row)

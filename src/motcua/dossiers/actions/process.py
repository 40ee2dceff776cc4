"""In the unit: take, work through the steps, ask once, wait for money, apologise, forward."""

from __future__ import annotations

from datetime import date, timedelta

from motcua.agencies import queries as agencies
from motcua.dossiers import queries, rules
from motcua.dossiers.actions.base import (
    done,
    issue_letter,
    lock,
    move,
    project,
    run_clock,
    save,
    write_rights,
)
from motcua.dossiers.actions.declare import demand_complete, demand_reused, keep_asked, put_handed_over, route
from motcua.dossiers.actions.demands import demand_reason, demand_receipt
from motcua.dossiers.actions.door import asked_facts, demand_first_request, supplement_letter
from motcua.dossiers.actions.fees import compute_fees
from motcua.dossiers.actions.steps import finish_steps, process_steps, start_step
from motcua.dossiers.errors import (
    AlreadyExtended,
    ApologyReasonNeeded,
    ForwardRefused,
    MoveNotAllowed,
    NewDateWrong,
    NoSuchStep,
    NothingPromised,
    NotYours,
    OwnDossier,
    OwnersDesk,
    OwnersResultNext,
    ReasonNeeded,
    StepIsLast,
    TooLateToAsk,
    TooLateToExtend,
)
from motcua.dossiers.models import Dossier, Letter
from motcua.dossiers.words import state_name
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record
from motcua.foundation.time import local_date
from motcua.foundation.ui.words import say_date
from motcua.kernel import clock
from motcua.kernel.text import clean_text

PAYMENT = "payment-request"
NEW_DATE_DAYS_MAX = 366  # a new date further away is a slip of the keyboard


@action("dossiers.take")
def take(act: Act, *, dossier: str, revision: int | None = None) -> dict:
    """An officer of the unit takes it onto her own desk (or takes it over from a colleague)."""
    row = lock(act, dossier, "take", revision=revision)
    move(act, row, "take", assigned_to_id=act.actor.account_id)
    return done(row)


@action("dossiers.assign")
def assign(act: Act, *, dossier: str, account: int, revision: int | None = None) -> dict:
    """The head gives it to an officer who processes in this unit now. Raises NotYours for anybody else's desk,
    OwnersDesk for the desk of somebody whose own dossier it is."""
    row = lock(act, dossier, "assign", revision=revision)
    if row.business_state != rules.State.IN_PROCESS:
        raise MoveNotAllowed(state=state_name(row.business_state))
    _roles, holders, _party = agencies.held_by(account, act.at)
    if f"office:{row.competent_agency_id}:process" not in holders:
        raise NotYours()
    if queries.is_own_of(account, row):
        raise OwnersDesk()
    save(act, row, assigned_to_id=account)
    write_rights(row)
    record(act, "dossier.assign", row.subject, facts={"account": account})
    return done(row)


@action("dossiers.advance")
def advance(act: Act, *, dossier: str, note: str = "", step: str = "", revision: int | None = None) -> dict:
    """The present step is done, the next one begins. The last step before the signature ends by drafting the result.

    Steps that only some dossiers need are passed by, unless `step` is the key of the one that comes next. Raises
    StepIsLast when only the draft is left, OwnersResultNext where the result then comes from another system,
    NoSuchStep when `step` is no optional step that may come now.
    """
    row = lock(act, dossier, "advance", revision=revision)
    steps = process_steps(row)
    place = queries.next_place(steps, row.step, step)
    if place is None and step:
        raise NoSuchStep()
    if place is None:
        raise StepIsLast() if queries.view_of(row).owner.issues_result else OwnersResultNext()
    finish_steps(act, row, note=clean_text(note)[:2000])
    begun = start_step(act, row, place)
    move(
        act,
        row,
        "advance",
        facts={"done": steps[row.step].key, "begun": begun},
        rights=False,
        step=place,
    )
    return done(row)


@action("dossiers.ask_supplement")
def ask_supplement(
    act: Act, *, dossier: str, items: list, reason: str, law: str = "", revision: int | None = None
) -> dict:
    """After reception: once and completely, through the one-stop (NĐ 61/2018 art. 19(4); form 02), and soon.

    A second request, or one later than the law leaves (three working days), needs `law`, the ground in sector law.
    Raises AlreadyAsked, TooLateToAsk, NothingAsked, ReasonNeeded.
    """
    row = lock(act, dossier, "ask_supplement", revision=revision)
    demand_first_request(row, law)
    if not law.strip() and act.at > queries.ask_by(row):
        raise TooLateToAsk(days=queries.rules_of(row).ask_supplement_days)
    letter = supplement_letter(act, row, items, reason, law)
    run_clock(row, "pause", act.at, reason="supplement")
    move(act, row, "ask_supplement", facts=asked_facts(letter, items, law))
    return done(row, letter=letter.public_id)


@action("dossiers.answer")
def answer(act: Act, *, dossier: str, note: str = "", revision: int | None = None) -> dict:
    """What was asked is handed in. After reception the limit starts anew, or goes on, as the procedure's pack says.

    Before reception fees and the competent agency follow what was changed; after it they stand as received. Answers to
    what is not asked any more are dropped, and what the city would not answer itself any more is asked of her, as at
    submission. Raises DeclarationIncomplete, PapersMissing.
    """
    row = lock(act, dossier, "answer", revision=revision)
    view = queries.declared_view_of(row)
    answers = demand_complete(act, row, view)
    demand_reused(act, row, view, answers)
    kept, not_asked = keep_asked(row, view, answers)
    letter = queries.open_request(row)
    if letter is not None:
        letter.answered_at = act.at
        letter.save(update_fields=["answered_at"])
    went_on: dict[str, bool] = {}
    if row.business_state == rules.State.SUPPLEMENT:
        went_on = _go_on(act, row, "supplement")
    else:
        row.competent_agency_id = route(act, row, view)
        compute_fees(row, view, answers, queries.judged_on(row, local_date(act.at)))
    move(
        act,
        row,
        "answer",
        facts={"letter": letter.public_id if letter else None, **went_on, **not_asked},
        personal={"note": clean_text(note)[:1000]} if note.strip() else None,
        competent_agency_id=row.competent_agency_id,
        finance_state=row.finance_state,
        **kept,
    )
    return done(row)


def _go_on(act: Act, row: Dossier, reason: str) -> dict[str, bool]:
    """What the clock waited for has come: it starts anew or goes on, as the law of the day of reception says.

    Answers the facts for the journal: {"restarted": True} where it started anew.
    """
    event = clock.answer_event(queries.rules_of(row), act.at, reason)
    run_clock(row, event.kind.value, act.at, reason=reason)
    return {"restarted": True} if event.kind is clock.Kind.RESTART else {}


@action("dossiers.answer_at_counter")
def answer_at_counter(
    act: Act, *, dossier: str, papers: list, note: str = "", revision: int | None = None
) -> dict:
    """The applicant brought what was asked to the counter: its papers are noted and the answer handed in, as one act.

    `papers` are {key, form, quantity?, file?, name?}. Raises NotYours for anybody but the receiving desk, OwnDossier
    for an applicant who sits there, and what `answer` raises; then no paper is noted either.
    """
    row = lock(act, dossier, "answer", revision=revision)
    if not queries.by_office(act.actor, row, "answer"):
        raise NotYours()
    if queries.is_own(act.actor, row):
        raise OwnDossier()
    put_handed_over(act, row, papers)
    return answer.inside(act, dossier=dossier, note=note)


@action("dossiers.ask_payment")
def ask_payment(act: Act, *, dossier: str, reason: str, revision: int | None = None) -> dict:
    """A financial duty (tax, land) comes first; sector law usually leaves this time out of the limit."""
    row = lock(act, dossier, "ask_payment", revision=revision)
    letter = issue_letter(act, row, PAYMENT, {"reason": demand_reason(reason), "by": act.actor.label})
    if queries.rules_of(row).on_payment != "run":
        run_clock(row, "pause", act.at, reason="payment")
    move(act, row, "ask_payment", facts={"letter": letter.public_id})
    return done(row, letter=letter.public_id)


@action("dossiers.confirm_payment")
def confirm_payment(act: Act, *, dossier: str, receipt_number: str, revision: int | None = None) -> dict:
    """The duty was paid outside (tax office, treasury): its receipt's number is noted and the clock goes on.

    Raises ReceiptNeeded.
    """
    row = lock(act, dossier, "confirm_payment", revision=revision)
    number = demand_receipt(receipt_number)
    went_on = _go_on(act, row, "payment") if row.clock_state == "paused" else {}
    Letter.objects.filter(dossier=row, kind=PAYMENT, answered_at=None).update(answered_at=act.at)
    move(act, row, "confirm_payment", facts={"receipt": number, **went_on})
    return done(row)


APOLOGY_LAW = "Nghị định 61/2018/NĐ-CP, Điều 19 khoản 9"


@action("dossiers.extend")
def extend(act: Act, *, dossier: str, until: date | str, reason: str, revision: int | None = None) -> dict:
    """Apologise and give one new date, at least a day before the promised one (NĐ 61/2018 art. 19(9); form 04).

    The letter leaves on the last working day before the promise at the latest. A new date on a closed day moves to the
    next open one; the letter tells that. Raises ApologyReasonNeeded, NothingPromised, AlreadyExtended (the one new date
    is used up), TooLateToExtend, NewDateWrong.
    """
    row = lock(act, dossier, "extend", revision=revision)
    said, new_day, former = _apology_reason(row, reason), _day(until), row.due_on
    _demand_apology_possible(act, row)
    if not former < new_day <= former + timedelta(days=NEW_DATE_DAYS_MAX):
        raise NewDateWrong()
    run_clock(row, "extend", act.at, reason="apology", until=new_day)
    content = {
        "reason": said,
        "promised": former.isoformat(),
        "new": row.due_on.isoformat(),
        "by": act.actor.label,
    }
    letter = issue_letter(act, row, "apology", content)
    facts = {"letter": letter.public_id, "from": former, "to": row.due_on, "first": row.first_due_on}
    move(act, row, "extend", facts=facts)
    return done(row, letter=letter.public_id)


def _apology_reason(row: Dossier, reason: str) -> str:
    try:
        return demand_reason(reason)
    except ReasonNeeded:
        raise ApologyReasonNeeded(law=queries.law_of(row, "apology-notice", APOLOGY_LAW)) from None


def _demand_apology_possible(act: Act, row: Dossier) -> None:
    """Raises NothingPromised, AlreadyExtended, TooLateToExtend."""
    deadline, rules_now = queries.clock_of(row), queries.rules_of(row)
    if deadline.state != "running" or deadline.due_on is None:
        raise NothingPromised()
    if deadline.extensions >= rules_now.extensions_max:
        law = queries.law_of(row, "extensions-max", APOLOGY_LAW)
        raise AlreadyExtended(most=rules_now.extensions_max, law=law)
    last = queries.apology_day(row, deadline)
    if local_date(act.at) > last:
        raise TooLateToExtend(
            days=queries.view_of(row).setting("apology-notice", row.received_at, 1),
            law=queries.law_of(row, "apology-notice", APOLOGY_LAW),
            due=say_date(deadline.due_on),
            by=say_date(last),
        )


def _day(text: date | str) -> date:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else text
    except ValueError:
        raise NewDateWrong() from None


@action("dossiers.forward")
def forward(act: Act, *, dossier: str, agency: str, reason: str, revision: int | None = None) -> dict:
    """Another agency is competent (wrong unit, or competence has moved): it goes there, by its code, with its step.

    Received where it was received, due when it was due: forwarding inside the government costs the applicant nothing
    (NĐ 61/2018 art. 18). Raises ForwardRefused, ReasonNeeded.
    """
    row = lock(act, dossier, "forward", revision=revision)
    office = agencies.by_code(agency)
    if office is None or not office.valid_on(local_date(act.at)) or office.id == row.competent_agency_id:
        raise ForwardRefused()
    former, said = row.competent_agency_id, demand_reason(reason)
    finish_steps(act, row, note=said)
    row.competent_agency_id, row.limit_by_id = office.id, None
    project(row, queries.clock_of(row))
    begun = start_step(act, row, row.step)
    move(
        act,
        row,
        "forward",
        facts={"from": former, "competent": office.id, "step": begun},
        competent_agency_id=office.id,
        limit_by_id=None,
        assigned_to_id=None,
    )
    return done(row)

"""In the unit: take, work through the steps, ask once, draft and sign the result."""

from __future__ import annotations

from datetime import date, timedelta

from motcua.agencies import queries as agencies
from motcua.dossiers import queries, rules
from motcua.dossiers.actions.base import done, issue_letter, lock, move, run_clock, save, write_rights
from motcua.dossiers.actions.declare import demand_complete, put_handed_over
from motcua.dossiers.actions.door import demand_reason, supplement_letter
from motcua.dossiers.actions.steps import finish_steps, process_steps, start_step
from motcua.dossiers.errors import AlreadyAsked, MoveNotAllowed, NotYours, StepsLeft, TooLateToExtend
from motcua.dossiers.models import ClockEvent, Dossier, Letter
from motcua.dossiers.words import state_name
from motcua.files import queries as files
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record
from motcua.foundation.time import local_date


@action("dossiers.take")
def take(act: Act, *, dossier: str, revision: int | None = None) -> dict:
    """An officer of the unit takes it onto her own desk (or takes it over from a colleague)."""
    row = lock(act, dossier, "take", revision=revision)
    move(act, row, "take", assigned_to_id=act.actor.account_id)
    return done(row)


@action("dossiers.assign")
def assign(act: Act, *, dossier: str, account: int, revision: int | None = None) -> dict:
    """The head gives it to an officer who processes in this unit now. Raises NotYours for anybody else's desk."""
    row = lock(act, dossier, "assign", revision=revision)
    if row.business_state != rules.State.IN_PROCESS:
        raise MoveNotAllowed(state=state_name(row.business_state))
    _roles, holders, _party = agencies.held_by(account, act.at)
    if f"office:{row.competent_agency_id}:process" not in holders:
        raise NotYours()
    save(act, row, assigned_to_id=account)
    write_rights(row)
    record(act, "dossier.assign", row.subject, facts={"account": account})
    return done(row)


@action("dossiers.advance")
def advance(act: Act, *, dossier: str, note: str = "", revision: int | None = None) -> dict:
    """The present step is done, the next one begins. The last processing step ends by drafting the result."""
    row = lock(act, dossier, "advance", revision=revision)
    steps = process_steps(row)
    if row.step + 1 >= len(steps) or steps[row.step + 1].stage == "signing":
        raise MoveNotAllowed(state=state_name(row.business_state))
    finish_steps(act, row, note=note[:2000])
    begun = start_step(act, row, row.step + 1)
    move(
        act,
        row,
        "advance",
        facts={"done": steps[row.step].key, "begun": begun},
        rights=False,
        step=row.step + 1,
    )
    return done(row)


@action("dossiers.ask_supplement")
def ask_supplement(
    act: Act, *, dossier: str, items: list, reason: str, law: str = "", revision: int | None = None
) -> dict:
    """After reception: once and completely, through the one-stop (NĐ 61/2018 art. 19(4); form 02).

    A second request needs `law`, the ground in sector law; without it AlreadyAsked is raised.
    """
    row = lock(act, dossier, "ask_supplement", revision=revision)
    if not law.strip() and Letter.objects.filter(dossier=row, kind="supplement-request").exists():
        raise AlreadyAsked()
    letter = supplement_letter(act, row, items, reason)
    run_clock(row, "pause", act.at, reason="supplement")
    move(
        act, row, "ask_supplement", facts={"letter": letter.public_id, "items": len(items), "law": law[:200]}
    )
    return done(row, letter=letter.public_id)


@action("dossiers.answer")
def answer(act: Act, *, dossier: str, note: str = "", revision: int | None = None) -> dict:
    """What was asked is handed in. After reception the limit starts anew, or goes on, as the procedure's pack says."""
    row = lock(act, dossier, "answer", revision=revision)
    demand_complete(act, row, queries.declared_view_of(row))
    letter = queries.open_request(row)
    if letter is not None:
        letter.answered_at = act.at
        letter.save(update_fields=["answered_at"])
    if row.business_state == rules.State.SUPPLEMENT:
        restart = queries.view_of(row).clock_rules(row.received_at).on_supplement == "restart"
        run_clock(row, "restart" if restart else "resume", act.at, reason="supplement")
    move(
        act,
        row,
        "answer",
        facts={"letter": letter.public_id if letter else None},
        personal={"note": note[:1000]} if note.strip() else None,
    )
    return done(row)


@action("dossiers.answer_at_counter")
def answer_at_counter(
    act: Act, *, dossier: str, papers: list, note: str = "", revision: int | None = None
) -> dict:
    """The applicant brought what was asked to the counter: its papers are noted and the answer handed in, as one act.

    `papers` are {key, form, quantity?, file?, name?}. Raises NotYours for anybody but the receiving desk, and what
    `answer` raises; then no paper is noted either.
    """
    row = lock(act, dossier, "answer", revision=revision)
    if f"office:{row.received_by_id}:reception" not in act.actor.holders:
        raise NotYours()
    put_handed_over(act, row, papers)
    return answer.inside(act, dossier=dossier, note=note)


@action("dossiers.ask_payment")
def ask_payment(act: Act, *, dossier: str, reason: str, revision: int | None = None) -> dict:
    """A financial duty (tax, land) comes first; sector law leaves this time out of the limit."""
    row = lock(act, dossier, "ask_payment", revision=revision)
    letter = issue_letter(act, row, "payment-request", {"reason": demand_reason(reason)})
    run_clock(row, "pause", act.at, reason="payment")
    move(act, row, "ask_payment", facts={"letter": letter.public_id})
    return done(row, letter=letter.public_id)


@action("dossiers.confirm_payment")
def confirm_payment(act: Act, *, dossier: str, receipt_number: str, revision: int | None = None) -> dict:
    """The duty was paid outside (tax office, treasury): its receipt's number is noted and the clock goes on."""
    row = lock(act, dossier, "confirm_payment", revision=revision)
    run_clock(row, "resume", act.at, reason="payment")
    Letter.objects.filter(dossier=row, kind="payment-request", answered_at=None).update(answered_at=act.at)
    move(act, row, "confirm_payment", facts={"receipt": str(receipt_number)[:60]})
    return done(row)


@action("dossiers.extend")
def extend(act: Act, *, dossier: str, until: date | str, reason: str, revision: int | None = None) -> dict:
    """Apologise and give one new date, at least a day before the promised one (NĐ 61/2018 art. 19(9); form 04)."""
    row = lock(act, dossier, "extend", revision=revision)
    new_day = date.fromisoformat(until) if isinstance(until, str) else until
    allowed = queries.view_of(row).clock_rules(row.received_at).extensions_max
    used = ClockEvent.objects.filter(dossier=row, kind="extend").count()
    if row.due_on is None or used >= allowed or local_date(act.at) > row.due_on - timedelta(days=1):
        raise TooLateToExtend()
    if new_day <= row.due_on:
        raise TooLateToExtend()
    former = row.due_on
    letter = issue_letter(
        act,
        row,
        "apology",
        {"reason": demand_reason(reason), "promised": former.isoformat(), "new": str(new_day)},
    )
    run_clock(row, "extend", act.at, reason="apology", until=new_day)
    move(act, row, "extend", facts={"letter": letter.public_id, "from": former, "to": row.due_on})
    return done(row, letter=letter.public_id)


@action("dossiers.draft_result")
def draft_result(
    act: Act,
    *,
    dossier: str,
    outcome: str = "granted",
    note: str = "",
    file: str | None = None,
    revision: int | None = None,
) -> dict:
    """Put the result, granted or denied with its reason (NĐ 61/2018 art. 19(8)), before the signer."""
    row = lock(act, dossier, "draft_result", revision=revision)
    _demand_last_step(row)
    if outcome == "denied":
        issue_letter(act, row, "denial", {"reason": demand_reason(note), "by": act.actor.label})
    stored = files.kept_by(act.actor, file) if file else None
    finish_steps(act, row, note=note[:2000])
    signing = next((i for i, step in enumerate(process_steps(row)) if step.stage == "signing"), row.step)
    begun = start_step(act, row, signing)
    move(
        act,
        row,
        "draft_result",
        facts={"outcome": outcome, "step": begun, "file": stored.sha256 if stored else None},
        outcome="denied" if outcome == "denied" else "granted",
        step=signing,
        **({"result_file_id": stored.pk} if stored else {}),
    )
    return done(row)


def _demand_last_step(row: Dossier) -> None:
    steps = process_steps(row)
    for step in steps[row.step + 1 :]:
        if step.stage != "signing":
            raise StepsLeft(step=step.text.vi)


@action("dossiers.send_back")
def send_back(act: Act, *, dossier: str, remark: str, revision: int | None = None) -> dict:
    """The signer returns the draft with a remark; it lies again on the desk it came from."""
    row = lock(act, dossier, "send_back", revision=revision)
    issue_letter(act, row, "remark", {"reason": demand_reason(remark), "by": act.actor.label})
    finish_steps(act, row)
    last = max((i for i, step in enumerate(process_steps(row)) if step.stage != "signing"), default=0)
    start_step(act, row, last)
    move(act, row, "send_back", step=last)
    return done(row)


@action("dossiers.approve")
def approve(act: Act, *, dossier: str, number: str = "", revision: int | None = None) -> dict:
    """The result is signed: the clock ends here, not at collection."""
    row = lock(act, dossier, "approve", revision=revision)
    return _resolve(act, row, "approve", number)


@action("dossiers.take_over_result")
def take_over_result(
    act: Act, *, dossier: str, number: str, outcome: str = "granted", revision: int | None = None
) -> dict:
    """The result came from the ministry's system that owns it; we note its number and never issue one of our own."""
    row = lock(act, dossier, "take_over_result", revision=revision)
    row.outcome = "denied" if outcome == "denied" else "granted"
    return _resolve(act, row, "take_over_result", number)


def _resolve(act: Act, row: Dossier, verb: str, number: str) -> dict:
    run_clock(row, "stop", act.at, reason="result")
    finish_steps(act, row)
    early = row.due_at is not None and act.at < row.due_at
    move(
        act,
        row,
        verb,
        facts={"outcome": row.outcome, "due_at": row.due_at, "early": early},
        resolved_at=act.at,
        outcome=row.outcome,
        result_number=str(number)[:60],
        delivery_state=rules.Delivery.READY,
    )
    return done(row)

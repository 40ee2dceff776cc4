"""The result: drafted, sent back, signed; or taken over from the system that owns it."""

from __future__ import annotations

from motcua.agencies import queries as agencies
from motcua.dossiers import joined, queries, rules
from motcua.dossiers.actions.base import done, issue_letter, lock, move, run_clock
from motcua.dossiers.actions.declare import own_file
from motcua.dossiers.actions.demands import demand_reason
from motcua.dossiers.actions.reuse import remember
from motcua.dossiers.actions.steps import finish_steps, process_steps, start_step
from motcua.dossiers.errors import (
    MoveNotAllowed,
    OutcomeWrong,
    ResultIsOurs,
    ResultIsTheirs,
    ResultNumberNeeded,
    StepsLeft,
)
from motcua.dossiers.models import Dossier
from motcua.dossiers.words import state_name
from motcua.foundation.acts import Act, action
from motcua.kernel.text import clean_text, one_line


@action("dossiers.draft_result")
def draft_result(
    act: Act,
    *,
    dossier: str,
    outcome: str = "granted",
    note: str = "",
    file: str | None = None,
    number: str = "",
    revision: int | None = None,
) -> dict:
    """Put the result, granted or denied with its reason (NĐ 61/2018 art. 19(8)), before the signer.

    The applicant reads the reason once it is signed, not before. Where another system keeps the register and the
    competent person signs the paper here (`signed_here` of the pack's result), `number` is the one that system gave.
    Raises ResultIsTheirs for any other result that another system makes, and for one without that number; StepsLeft,
    OthersNotDone, OutcomeWrong, ReasonNeeded, FileNotFound.
    """
    row = lock(act, dossier, "draft_result", revision=revision)
    theirs = not queries.view_of(row).owner.issues_result
    named = bool(one_line(number)) and outcome == "granted" and queries.signed_here(row, act.at)
    if theirs and not named:
        raise ResultIsTheirs()
    _demand_last_step(row)
    joined.demand_nothing_waits(act, row)
    reason = _demand_outcome(outcome, note)
    stored = own_file(act, row, file) if file else None
    finish_steps(act, row, note=clean_text(note)[:2000])
    steps = process_steps(row)
    signing = next((place for place in range(row.step, len(steps)) if steps[place].stage == "signing"), None)
    begun = start_step(act, row, signing) if signing is not None else ""
    move(
        act,
        row,
        "draft_result",
        facts={"outcome": outcome, "step": begun, "file": stored.sha256 if stored else None},
        outcome=outcome,
        outcome_reason=reason,
        step=row.step if signing is None else signing,
        result_file_id=stored.pk if stored else None,
        result_number=one_line(number)[:60] if theirs else "",
    )
    return done(row)


def _demand_last_step(row: Dossier) -> None:
    if queries.has_more_steps(row):
        steps = process_steps(row)
        raise StepsLeft(step=steps[queries.next_place(steps, row.step) or 0].text.vi)


def _demand_outcome(outcome: str, note: str) -> str:
    """The reason of a denial, "" for a grant. Raises OutcomeWrong, ReasonNeeded."""
    if outcome not in rules.OUTCOMES:
        raise OutcomeWrong()
    return demand_reason(note) if outcome == "denied" else ""


@action("dossiers.send_back")
def send_back(act: Act, *, dossier: str, remark: str, revision: int | None = None) -> dict:
    """The signer returns the draft with a remark; it lies again on the desk it came from, and nothing is decided."""
    row = lock(act, dossier, "send_back", revision=revision)
    issue_letter(act, row, "remark", {"reason": demand_reason(remark), "by": act.actor.label})
    finish_steps(act, row)
    last = queries.drafting_step(process_steps(row))
    start_step(act, row, last)
    move(
        act, row, "send_back", step=last, outcome="", outcome_reason="", result_file_id=None, result_number=""
    )
    return done(row)


@action("dossiers.approve")
def approve(act: Act, *, dossier: str, number: str = "", revision: int | None = None) -> dict:
    """The result is signed: the clock ends here, not at collection. A denial tells its reason in a letter now."""
    row = lock(act, dossier, "approve", revision=revision)
    return _resolve(act, row, "approve", number or row.result_number)


@action("dossiers.sign")
def sign(act: Act, *, dossier: str, revision: int | None = None) -> dict:
    """The result is signed electronically; its number and the agency's seal come next, then it is returned.

    Called by the room that signs, inside its own act: alone it would say "signed" of nothing.
    """
    row = lock(act, dossier, "sign", revision=revision)
    return _resolve(act, row, "sign", row.result_number, delivery=rules.Delivery.TO_SEAL)


@action("dossiers.seal")
def seal(act: Act, *, dossier: str, number: str, file: int, revision: int | None = None) -> dict:
    """The signed result has its number and the agency's seal: `file` (a stored file's key) is the result from now on.

    Called by the room that seals, inside its own act. Raises MoveNotAllowed where nothing waits for a seal.
    """
    row = lock(act, dossier, "seal", revision=revision)
    if row.delivery_state != rules.Delivery.TO_SEAL:
        raise MoveNotAllowed(state=state_name(row.business_state))
    said = one_line(number)[:60]
    move(
        act,
        row,
        "seal",
        facts={"number": said, **remember(act, row, said, file)},
        result_number=said,
        result_file_id=file,
        delivery_state=rules.Delivery.READY,
    )
    return done(row, number=said)


@action("dossiers.take_over_result")
def take_over_result(
    act: Act,
    *,
    dossier: str,
    number: str,
    outcome: str = "granted",
    note: str = "",
    file: str | None = None,
    revision: int | None = None,
) -> dict:
    """The result came from the ministry's system that owns it; we note its number and never issue one of our own.

    `note` is the reason of a denial as that system gives it. Raises ResultIsOurs for a procedure whose result is
    made here, ResultNumberNeeded, OutcomeWrong, OthersNotDone, FileNotFound.
    """
    row = lock(act, dossier, "take_over_result", revision=revision)
    if queries.view_of(row).owner.issues_result:
        raise ResultIsOurs()
    if not one_line(number):
        raise ResultNumberNeeded()
    if outcome not in rules.OUTCOMES:
        raise OutcomeWrong()
    joined.demand_nothing_waits(act, row)
    stored = own_file(act, row, file) if file else None
    row.outcome, row.outcome_reason = outcome, one_line(note)[:1000] if outcome == "denied" else ""
    row.result_file_id = stored.pk if stored else None
    return _resolve(act, row, "take_over_result", number)


def _signed_for(act: Act, row: Dossier, verb: str) -> str | None:
    """The account in whose place she signs while its holder is away; None when the office is her own."""
    if verb not in ("approve", "sign") or act.actor.account_id is None or row.competent_agency_id is None:
        return None
    return agencies.acting_for(act.actor.account_id, row.competent_agency_id, "signer", act.at) or None


def _resolve(
    act: Act, row: Dossier, verb: str, number: str, *, delivery: rules.Delivery = rules.Delivery.READY
) -> dict:
    run_clock(row, "stop", act.at, reason="result")
    finish_steps(act, row)
    letter = None
    if row.outcome == "denied" and row.outcome_reason:
        content = {"reason": row.outcome_reason, "by": act.actor.label}
        letter = issue_letter(act, row, "denial", content)
    move(
        act,
        row,
        verb,
        facts={
            "outcome": row.outcome,
            "due_at": row.due_at,
            "early": row.due_at is not None and act.at < row.due_at,
            "letter": letter.public_id if letter else None,
            "acting_for": _signed_for(act, row, verb),
            **({} if delivery is rules.Delivery.TO_SEAL else remember(act, row, one_line(number)[:60])),
        },
        resolved_at=act.at,
        outcome=row.outcome,
        outcome_reason=row.outcome_reason,
        result_file_id=row.result_file_id,
        result_number=one_line(number)[:60],
        delivery_state=delivery,
    )
    return done(row)

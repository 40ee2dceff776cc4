"""How a dossier ends: handed over, rated, withdrawn, stopped."""

from __future__ import annotations

from datetime import date
from typing import Any

from motcua.dossiers import queries, rules
from motcua.dossiers.actions.base import done, issue_letter, lock, move, run_clock
from motcua.dossiers.actions.demands import demand_reason
from motcua.dossiers.actions.fees import owe_nothing
from motcua.dossiers.actions.steps import finish_steps
from motcua.dossiers.errors import (
    FeeUnpaid,
    NothingWaited,
    NotSealedYet,
    NoWaitNamed,
    RatingWrong,
    ReceiverNeeded,
    StillTimeToAnswer,
    WayWrong,
)
from motcua.dossiers.models import Dossier, Rating
from motcua.foundation.acts import Act, action
from motcua.foundation.time import local_date
from motcua.foundation.ui.words import say_date
from motcua.kernel.text import clean_text, one_line

WAYS = {
    "counter": rules.Delivery.HANDED_OVER,
    "post": rules.Delivery.POSTED,
    "portal": rules.Delivery.ELECTRONIC,
}


@action("dossiers.hand_over")
def hand_over(
    act: Act,
    *,
    dossier: str,
    way: str = "counter",
    tracking: str = "",
    receiver: str = "",
    authorised: bool = False,
    revision: int | None = None,
) -> dict:
    """Return the result: at the counter, by post, or electronically. Money still due is taken first.

    `receiver` is the name of whoever takes it at the counter, `authorised` that she comes in the applicant's place;
    both are noted in the journal, the name as a personal value. A fee whose amount nobody here knows holds nothing
    back: it stays unknown, and the line says so. Raises WayWrong, FeeUnpaid, ReceiverNeeded.
    """
    row = lock(act, dossier, "hand_over", revision=revision)
    if way not in WAYS:
        raise WayWrong()
    if row.delivery_state == rules.Delivery.TO_SEAL:
        raise NotSealedYet()
    if queries.has_money_due(row):
        raise FeeUnpaid()
    name = one_line(receiver)[:200] if way == "counter" else ""
    if way == "counter" and authorised and not name:
        raise ReceiverNeeded()
    facts: dict[str, Any] = {"way": way, "tracking": one_line(tracking)[:60]}
    if way == "counter":
        facts["authorised"] = bool(authorised)
    if row.finance_state == rules.Finance.UNKNOWN:
        facts["finance"] = str(row.finance_state)
    move(
        act,
        row,
        "hand_over",
        facts=facts,
        personal={"receiver": name} if name else None,
        returned_at=act.at,
        closed_at=act.at,
        delivery_state=WAYS[way],
    )
    return done(row)


@action("dossiers.rate")
def rate(act: Act, *, dossier: str, stars: int, comment: str = "") -> dict:
    """The applicant's opinion after the result (TT 01/2018 art. 13); a second one takes the place of the first."""
    row = lock(act, dossier, "rate")
    if type(stars) is not int or not rules.RATING_MIN <= stars <= rules.RATING_MAX:
        raise RatingWrong()
    said = clean_text(comment).strip()[:1000]
    move(act, row, "rate", facts={"stars": stars}, personal={"comment": said} if said else None, rights=False)
    Rating.objects.update_or_create(dossier=row, defaults={"stars": stars, "comment": said, "at": act.at})
    return done(row)


@action("dossiers.withdraw")
def withdraw(act: Act, *, dossier: str, reason: str = "", revision: int | None = None) -> dict:
    """The applicant takes it back, at any time before a result is signed (TT 03/2025 form 05).

    The agency's confirmation is the stop notice, issued in the same act: nothing of hers is left to decide.
    """
    row = lock(act, dossier, "withdraw", revision=revision)
    _end(act, row, "withdraw", "withdrawn", one_line(reason)[:1000])
    return done(row)


@action("dossiers.stop")
def stop(
    act: Act, *, dossier: str, reason: str, no_answer: bool = False, revision: int | None = None
) -> dict:
    """The agency stops it with a reason: no answer in time, order of an authority (form 05).

    `no_answer`: because what was asked did not come; then the days must be over that the request named, or that the
    procedure's pack gives (`supplement_wait_days`). Raises ReasonNeeded, NothingWaited, NoWaitNamed, StillTimeToAnswer.
    """
    row = lock(act, dossier, "stop", revision=revision)
    said = demand_reason(reason)
    waited = _demand_wait_over(act, row) if no_answer else None
    _end(act, row, "stop", "stopped", said, waited_until=waited)
    return done(row)


def _demand_wait_over(act: Act, row: Dossier) -> date:
    """The last day for an answer, which is past. Raises NothingWaited, NoWaitNamed, StillTimeToAnswer."""
    request = queries.open_request(row) if row.business_state == rules.State.SUPPLEMENT else None
    if request is None:
        raise NothingWaited()
    named = request.content.get("answer_by") if isinstance(request.content, dict) else None
    until = date.fromisoformat(named) if named else queries.answer_by(row, request.at)
    if until is None:
        raise NoWaitNamed()
    if local_date(act.at) <= until:
        raise StillTimeToAnswer(by=say_date(until))
    return until


def _end(
    act: Act, row: Dossier, verb: str, what: str, reason: str, *, waited_until: date | None = None
) -> None:
    """No result any more: the clock stops, what was drafted is dropped, form 05 says so."""
    if row.received_at is not None:
        run_clock(row, "stop", act.at, reason=what)
        finish_steps(act, row)
    else:
        owe_nothing(row)
    content = {"reason": reason, "kind": what, "stage": row.business_state, "by": act.actor.label}
    if waited_until is not None:
        content["waited_until"] = waited_until.isoformat()
    letter = issue_letter(act, row, "stop-notice", content)
    move(
        act,
        row,
        verb,
        facts={
            "letter": letter.public_id,
            **({"waited_until": waited_until} if waited_until is not None else {}),
        },
        closed_at=act.at,
        finance_state=row.finance_state,
        outcome="",
        outcome_reason="",
        result_file_id=None,
    )

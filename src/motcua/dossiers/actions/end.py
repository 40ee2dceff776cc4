"""How a dossier ends: handed over, rated, withdrawn, stopped; and cash at the counter."""

from __future__ import annotations

from motcua.dossiers import queries, rules
from motcua.dossiers.actions.base import done, issue_letter, lock, move, run_clock, save
from motcua.dossiers.actions.door import demand_reason
from motcua.dossiers.actions.fees import finance_of
from motcua.dossiers.actions.steps import finish_steps
from motcua.dossiers.errors import FeeUnpaid, RatingWrong
from motcua.dossiers.models import Dossier, FeeLine, Rating
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record

WAYS = {
    "counter": rules.Delivery.HANDED_OVER,
    "post": rules.Delivery.POSTED,
    "portal": rules.Delivery.ELECTRONIC,
}


@action("dossiers.hand_over")
def hand_over(
    act: Act, *, dossier: str, way: str = "counter", tracking: str = "", revision: int | None = None
) -> dict:
    """Return the result: at the counter, by post, or electronically. Money still due is taken first."""
    row = lock(act, dossier, "hand_over", revision=revision)
    if row.finance_state == rules.Finance.DUE:
        raise FeeUnpaid()
    move(
        act,
        row,
        "hand_over",
        facts={"way": way, "tracking": tracking[:60]},
        returned_at=act.at,
        closed_at=act.at,
        delivery_state=WAYS.get(way, rules.Delivery.HANDED_OVER),
    )
    return done(row)


@action("dossiers.record_cash")
def record_cash(
    act: Act, *, dossier: str, receipt_number: str, amounts: dict | None = None, revision: int | None = None
) -> dict:
    """Cash taken at the counter for every open line; `amounts` {line key: đồng} sets those that the pack did not know.

    Fee and duty stay separate lines with the same paper receipt's number noted on each (separate budgets).
    """
    row = lock(act, dossier, "record_cash", revision=revision)
    paid = 0
    for line in FeeLine.objects.filter(dossier=row, paid_at=None):
        amount = (amounts or {}).get(line.key, line.payable)
        if amount is None:
            continue
        line.payable, line.paid_at, line.paid_to = int(amount), act.at, act.actor.key
        line.receipt_number = str(receipt_number)[:60]
        line.save(update_fields=["payable", "paid_at", "paid_to", "receipt_number"])
        paid += line.payable
    save(
        act, row, finance_state=finance_of([(f.payable, f.paid_at is not None) for f in queries.fees_of(row)])
    )
    record(
        act,
        "dossier.cash_taken",
        row.subject,
        facts={"amount_vnd": paid, "receipt": str(receipt_number)[:60]},
    )
    return done(row, paid=paid, finance=str(row.finance_state))


@action("dossiers.rate")
def rate(act: Act, *, dossier: str, stars: int, comment: str = "") -> dict:
    """The applicant's opinion after the result (TT 01/2018 art. 13); a second one takes the place of the first."""
    row = lock(act, dossier, "rate")
    if not isinstance(stars, int) or not rules.RATING_MIN <= stars <= rules.RATING_MAX:
        raise RatingWrong()
    move(
        act,
        row,
        "rate",
        facts={"stars": stars},
        personal={"comment": comment[:1000]} if comment.strip() else None,
        rights=False,
    )
    Rating.objects.update_or_create(
        dossier=row, defaults={"stars": stars, "comment": comment[:1000], "at": act.at}
    )
    return done(row)


@action("dossiers.withdraw")
def withdraw(act: Act, *, dossier: str, reason: str = "", revision: int | None = None) -> dict:
    """The applicant takes it back, at any time before a result is signed (TT 03/2025 form 05)."""
    row = lock(act, dossier, "withdraw", revision=revision)
    _end(act, row, "withdraw", "withdrawn", " ".join(reason.split())[:1000])
    return done(row)


@action("dossiers.stop")
def stop(act: Act, *, dossier: str, reason: str, revision: int | None = None) -> dict:
    """The agency stops it with a reason: no answer in time, order of an authority (form 05)."""
    row = lock(act, dossier, "stop", revision=revision)
    _end(act, row, "stop", "stopped", demand_reason(reason))
    return done(row)


def _end(act: Act, row: Dossier, verb: str, what: str, reason: str) -> None:
    if row.received_at is not None:
        run_clock(row, "stop", act.at, reason=what)
        finish_steps(act, row)
    letter = issue_letter(
        act, row, "stop-notice", {"reason": reason, "kind": what, "stage": row.business_state}
    )
    move(act, row, verb, facts={"letter": letter.public_id}, closed_at=act.at)

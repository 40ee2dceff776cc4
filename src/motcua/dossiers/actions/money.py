"""Money at the counter: cash taken, money given back. Paying online is another room's."""

from __future__ import annotations

from motcua.dossiers import queries
from motcua.dossiers.actions.base import done, lock, save
from motcua.dossiers.actions.demands import demand_reason, demand_receipt
from motcua.dossiers.actions.fees import money_of
from motcua.dossiers.errors import AmountWrong, MoneyTooEarly, NothingPaid, NothingToPay
from motcua.dossiers.models import Dossier, FeeLine
from motcua.dossiers.rules import AMOUNT_MAX, finance_of
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record


@action("dossiers.record_cash")
def record_cash(
    act: Act, *, dossier: str, receipt_number: str, amounts: dict | None = None, revision: int | None = None
) -> dict:
    """Cash taken at the counter for every open line; `amounts` {line key: đồng} sets those that the pack did not know.

    An amount that is known cannot be set otherwise. Fee and duty stay separate lines with the same paper receipt's
    number noted on each (separate budgets). Answers {…, paid: đồng}. Raises MoneyTooEarly, NothingToPay, AmountWrong,
    ReceiptNeeded.
    """
    row = lock(act, dossier, "record_cash", revision=revision)
    if row.received_at is None:
        raise MoneyTooEarly()
    number = demand_receipt(receipt_number)
    lines = queries.fees_of(row)
    unknown = {line.key for line in lines if line.paid_at is None and line.payable is None}
    told = _amounts(amounts or {}, unknown)
    taken = [line for line in lines if line.paid_at is None and (line.payable or line.key in told)]
    if not taken:
        raise NothingToPay()
    for line in taken:
        if line.key in told:
            line.normal = line.payable = told[line.key]
        line.paid_at, line.paid_to, line.receipt_number = act.at, act.actor.key, number
    FeeLine.objects.bulk_update(taken, ["normal", "payable", "paid_at", "paid_to", "receipt_number"])
    paid = sum(line.payable or 0 for line in taken)
    _settle(act, row, lines)
    facts = {"amount_vnd": paid, "receipt": number, "lines": [line.key for line in taken]}
    record(act, "dossier.cash_taken", row.subject, facts=facts | ({"set": sorted(told)} if told else {}))
    return done(row, paid=paid, finance=str(row.finance_state))


def _amounts(given: dict, unknown: set[str]) -> dict[str, int]:
    """The amounts told for lines that have none. Raises AmountWrong with every one that cannot be."""
    wrong = [
        key
        for key, amount in given.items()
        if key not in unknown or type(amount) is not int or not 0 <= amount <= AMOUNT_MAX
    ]
    if wrong:
        raise AmountWrong(
            [
                {"field": f"amount-{key}", "code": "amount", "message": str(AmountWrong.message)}
                for key in wrong
            ]
        )
    return dict(given)


@action("dossiers.record_refund")
def record_refund(
    act: Act, *, dossier: str, receipt_number: str, reason: str, revision: int | None = None
) -> dict:
    """What was paid is given back (hoàn phí): wrongly taken, or withdrawn before any work. Every paid line at once.

    A paid line never becomes unpaid, it is refunded. Answers {…, refunded: đồng}. Raises NothingPaid, ReasonNeeded,
    ReceiptNeeded.
    """
    row = lock(act, dossier, "record_refund", revision=revision)
    number, said = demand_receipt(receipt_number), demand_reason(reason)
    lines = queries.fees_of(row)
    given = [line for line in lines if line.paid_at is not None and line.refunded_at is None and line.payable]
    if not given:
        raise NothingPaid()
    for line in given:
        line.refunded_at, line.refund_number = act.at, number
    FeeLine.objects.bulk_update(given, ["refunded_at", "refund_number"])
    refunded = sum(line.payable or 0 for line in given)
    _settle(act, row, lines)
    record(
        act,
        "dossier.refunded",
        row.subject,
        facts={"amount_vnd": refunded, "receipt": number},
        personal={"reason": said},
    )
    return done(row, refunded=refunded, finance=str(row.finance_state))


def _settle(act: Act, row: Dossier, lines: list[FeeLine]) -> None:
    save(act, row, finance_state=finance_of(money_of(lines)))

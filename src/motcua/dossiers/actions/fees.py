"""Fee lines of a dossier, written from what `pricing` says; and the finance axis that follows from them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from motcua.catalogue.rules import ProcedureView
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier, FeeLine
from motcua.dossiers.rules import AMOUNT_MAX, Finance, Money, finance_of


def compute_fees(row: Dossier, view: ProcedureView, answers: dict[str, Any], day: date) -> bool:
    """Write the lines that apply on the local `day`; lines that are paid stay. Sets `finance_state` on the row (saved
    by the move) and tells whether a line changed.

    A line whose case nobody has decided yet is shown on the procedure's page, it is not owed.
    """
    owed = queries.fees_shown(view, answers, day, row.channel).owed
    before = {line.key: line for line in FeeLine.objects.filter(dossier=row)} if row.submitted_at else {}
    kept = {key: line for key, line in before.items() if line.paid_at is not None}
    fresh = [
        FeeLine(
            dossier=row,
            key=line.key[:80],
            name=line.name[:300],
            money=line.money_kind,
            quantity=min(line.quantity, 32_767),
            normal=_storable(line.normal),
            payable=_storable(line.payable) if line.known else None,
            legal_reason=(line.legal_reason or "")[:300],
        )
        for line in owed
        if line.key not in kept
    ]
    stale = {key: line for key, line in before.items() if key not in kept}
    changed = {key: _said(line) for key, line in stale.items()} != {line.key: _said(line) for line in fresh}
    if changed:
        if stale:
            FeeLine.objects.filter(pk__in=[line.pk for line in stale.values()]).delete()
        FeeLine.objects.bulk_create(fresh)
    row.finance_state = finance_of(money_of([*kept.values(), *fresh]))
    return changed


def owe_nothing(row: Dossier) -> None:
    """What ends before reception owes nothing: its lines were an estimate. Sets `finance_state` on the row."""
    FeeLine.objects.filter(dossier=row).delete()
    row.finance_state = Finance.NONE


def money_of(lines: Iterable[FeeLine]) -> list[Money]:
    """The lines as the rule of the finance axis reads them."""
    return [Money(line.payable, line.paid_at is not None, line.refunded_at is not None) for line in lines]


def _storable(amount: int | None) -> int | None:
    """An amount beyond what a counter can take is not believed: it is unknown, never cut."""
    return amount if amount is None or amount <= AMOUNT_MAX else None


def _said(line: FeeLine) -> tuple:
    return line.name, line.money, line.quantity, line.normal, line.payable, line.legal_reason

"""Fee lines of a dossier: a function of version, channel, case, entitlement and date."""

from __future__ import annotations

from motcua.catalogue.rules import ProcedureView
from motcua.dossiers.models import Dossier, FeeLine
from motcua.dossiers.rules import Finance, filing_channel
from motcua.foundation.acts import Act
from motcua.foundation.time import local_date
from motcua.kernel import forms
from motcua.kernel.money import fee_lines


def compute_fees(act: Act, row: Dossier, view: ProcedureView, answers: dict) -> None:
    """Write the lines that apply now; lines that are paid stay. Sets `finance_state` on the row (saved by the move)."""
    day = local_date(act.at)
    asked = forms.asked_answers(view.declaration, answers, day)
    computed = fee_lines(view.fee_rows, asked, day, channel=filing_channel(row.channel))
    # a line whose case nobody has decided yet is shown on the procedure's page, it is not owed
    lines = [line for line in computed if line.decided]
    FeeLine.objects.filter(dossier=row, paid_at=None).delete()
    FeeLine.objects.bulk_create(
        [
            FeeLine(
                dossier=row,
                key=line.key,
                name=line.name[:300],
                money=line.money_kind,
                quantity=line.quantity,
                normal=line.normal,
                payable=line.payable if line.known else None,
                legal_reason=(line.legal_reason or "")[:300],
            )
            for line in lines
        ],
        ignore_conflicts=True,
    )
    row.finance_state = finance_of([(line.payable if line.known else None, False) for line in lines])


def finance_of(lines: list[tuple[int | None, bool]]) -> Finance:
    """The finance axis of (payable, paid) lines: unknown amounts show before due ones, a free dossier is exempt."""
    if not lines:
        return Finance.NONE
    open_amounts = [payable for payable, paid in lines if not paid]
    if any(payable is None for payable in open_amounts):
        return Finance.UNKNOWN
    if any(open_amounts):
        return Finance.DUE
    return Finance.PAID if any(paid for _, paid in lines) else Finance.EXEMPT

"""What an officer must have written down before an act: a reason people understand, the number of a receipt."""

from __future__ import annotations

from motcua.dossiers.errors import ReasonNeeded, ReceiptNeeded
from motcua.dossiers.rules import REASON_LENGTH_MAX, REASON_LENGTH_MIN
from motcua.kernel.text import one_line

NUMBER_LENGTH_MAX = 60


def demand_reason(reason: str) -> str:
    """A sentence a citizen can understand, trimmed; raises ReasonNeeded for less."""
    said = one_line(str(reason))[:REASON_LENGTH_MAX]
    if len(said) < REASON_LENGTH_MIN:
        raise ReasonNeeded()
    return said


def demand_receipt(number: str) -> str:
    """The number of a receipt or voucher, trimmed; raises ReceiptNeeded for none."""
    said = one_line(str(number))[:NUMBER_LENGTH_MAX]
    if not said:
        raise ReceiptNeeded()
    return said

"""Which moves of a dossier issue a paper, and when it is made. No table, no clock."""

from __future__ import annotations

from datetime import datetime, timedelta

# Moves after which there may be a new paper: each issues a letter, or the result.
ISSUING = frozenset(
    {
        "receive",
        "ask_at_door",
        "refuse",
        "ask_supplement",
        "ask_payment",
        "extend",
        "withdraw",
        "stop",
        "approve",
        "take_over_result",
    }
)
# What lies further back when it is heard of (a month lived by a simulation, an import) is made when first asked for.
AT_ONCE = timedelta(hours=6)
# Set while its reader waits: a row takes more than a millisecond, and half a megabyte of the process.
ROWS_MAX = 500


def at_once(issued_at: datetime, moment: datetime) -> bool:
    """Whether a paper of a move at `issued_at` is made without anybody asking."""
    return moment - issued_at <= AT_ONCE


HEAD_SIGNS = (
    "signer"  # the head of the agency: her signature goes under the agency's seal (NĐ 30/2020, Annex I)
)
OTHERS_SIGN = ("submitter", "taker")  # people who do not sign for the office that issues the paper
NUMBER = "number"  # no signature: room for the number that comes after it

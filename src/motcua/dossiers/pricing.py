"""What a dossier costs: a function of version, case, channel, entitlement and date, each line with its legal reason.

Part of the door `queries`. The actions write the lines of a dossier from it; pages show it before anything is filed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.catalogue.rules import ProcedureView
from motcua.dossiers.rules import filing_channel
from motcua.kernel import forms
from motcua.kernel.money import FeeLine, fee_lines


@dataclass(frozen=True)
class FeesShown:
    """The lines of a case. `payable` is the sum of what is known, in đồng; `complete` whether that is the whole sum.

    A line that is not `known` has no amount (never 0), one that is not `decided` only may apply. `hints` are legal
    reasons of reductions whose size no source told us: they are said, never counted.
    """

    lines: tuple[FeeLine, ...]
    payable: int
    complete: bool
    hints: tuple[str, ...] = ()

    @property
    def owed(self) -> tuple[FeeLine, ...]:
        """The lines that this case owes for certain, free ones included: a line of 0 đồng still prints."""
        return tuple(line for line in self.lines if line.decided)


def fees_shown(
    view: ProcedureView,
    answers: Mapping[str, Any],
    day: date,
    channel: str,
    *,
    entitlements: Iterable[str] = (),
) -> FeesShown:
    """What filing by `channel` (a dossier's: online, api, assisted, counter, post) costs on the local `day`.

    `answers` are all answers so far ({} before anything is asked); only those of asked fields count. The waivers of
    council and government that hold on that day are applied, the highest one where several fit.
    """
    asked = forms.asked_answers(view.declaration, answers, day)
    lines = fee_lines(
        view.fee_rows,
        asked,
        day,
        channel=filing_channel(channel),
        entitlements=entitlements,
        rules=view.fee_rules(day),
    )
    return FeesShown(
        lines=tuple(lines),
        payable=sum(line.payable or 0 for line in lines if line.known),
        complete=all(line.known for line in lines),
        hints=view.fee_hints(day) if lines else (),
    )


@dataclass(frozen=True)
class FeeOffer:
    """What one unit of a fee costs at the counter and online on a day, in đồng; None where no amount is known.

    `reason` is the text that makes the online amount differ, "" where it does not.
    """

    key: str
    counter: int | None
    online: int | None
    reason: str


def fee_offers(view: ProcedureView, day: date) -> tuple[FeeOffer, ...]:
    """Every fee of a procedure whatever the case, one unit of each, by channel: for its page. In the pack's order."""
    single = ("when", "condition", "count", "per", "tiers", "max_vnd")
    rows = [{name: value for name, value in row.items() if name not in single} for row in view.fee_rows]
    there, here = (
        fee_lines(rows, {}, day, channel=channel, rules=view.fee_rules(day))
        for channel in ("counter", "online")
    )
    return tuple(
        FeeOffer(a.key, a.payable, b.payable, b.legal_reason if a.payable != b.payable else "")
        for a, b in zip(there, here, strict=True)
    )

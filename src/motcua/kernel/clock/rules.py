"""What the law of a procedure settles about its clock (rules 2.3 and 14), read from its pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from motcua.kernel.clock.errors import ClockProblem
from motcua.kernel.clock.events import Event, Kind

CONTINUATIONS = ("restart", "pause")
ON_PAYMENT = (*CONTINUATIONS, "run")


@dataclass(frozen=True, slots=True)
class ClockRules:
    """Settings of one procedure at one date.

    `on_supplement`: "restart" counts the whole limit again from the answer (Decree 61/2018 art. 19(4)), "pause"
    shifts the date by the wait. `on_payment`: the same for a financial duty, or "run": the wait counts as any
    other time. `cutoff`: last moment, inclusive,
    at which a same-day dossier is due, and a dossier is transferred, on the same day (art. 18 says "after
    15:00"). `extensions_max`: how often a new date may be promised (art. 19(9)). `ask_supplement_days`: working
    days a unit has to send a dossier back (art. 19(4)). `supplement_wait_days`: after how long without an answer
    the agency may stop; None where the source gives none. Raises ClockProblem for a value that is not allowed.
    """

    on_supplement: str = "restart"
    on_payment: str = "pause"
    cutoff: time = time(15, 0)
    extensions_max: int = 1
    ask_supplement_days: int = 3
    supplement_wait_days: int | None = None

    def __post_init__(self) -> None:
        for name, allowed in (("on_supplement", CONTINUATIONS), ("on_payment", ON_PAYMENT)):
            if getattr(self, name) not in allowed:
                raise _problem(name, getattr(self, name), ", ".join(allowed))
        if not _whole(self.extensions_max, 0):
            raise _problem("extensions_max", self.extensions_max, "0, 1, 2 …")
        if not _whole(self.ask_supplement_days, 1):
            raise _problem("ask_supplement_days", self.ask_supplement_days, "1, 2, 3 …")
        if self.supplement_wait_days is not None and not _whole(self.supplement_wait_days, 1):
            raise _problem("supplement_wait_days", self.supplement_wait_days, "1, 2, 3 …, null")

    @classmethod
    def from_pack(cls, clock: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None, on: date) -> ClockRules:
        """Read a pack's `clock`: one mapping, or a list of mappings each with `from` (a date), the latest not
        after `on` being in force. Other keys (`source`, `unverified` …) are left alone; no `clock` gives the
        defaults of the law. Raises ClockProblem.
        """
        row = _in_force(clock, on)
        names = (
            "on_supplement",
            "on_payment",
            "extensions_max",
            "ask_supplement_days",
            "supplement_wait_days",
        )
        given = {name: row[name] for name in names if row.get(name) is not None}
        if row.get("cutoff") is not None:
            given["cutoff"] = _hour(row["cutoff"])
        return cls(**given)


def answer_event(rules: ClockRules, at: datetime, reason: str = "supplement") -> Event:
    """Return the event that ends a pause at `at`: RESTART or RESUME, as the rules say for its reason.

    Reasons other than "supplement" and "payment" (a consultation that sector law leaves out of the limit,
    say) only resume.
    """
    settled = {"supplement": rules.on_supplement, "payment": rules.on_payment}.get(reason, "pause")
    return Event(Kind.RESTART if settled == "restart" else Kind.RESUME, at, reason)


def _in_force(clock: Any, on: date) -> Mapping[str, Any]:
    if not clock:
        return {}
    if isinstance(clock, Mapping):
        return clock
    dated = [(_day(row.get("from")), row) for row in clock]
    past = [pair for pair in dated if pair[0] <= on]
    return max(past, key=lambda pair: pair[0])[1] if past else {}


def _day(value: Any) -> date:
    if value is None:
        return date.min
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise _problem("from", value, "2026-07-01 …") from None


def _hour(value: Any) -> time:
    if isinstance(value, time):
        return value
    try:
        return time.fromisoformat(str(value))
    except ValueError:
        raise _problem("cutoff", value, "15:00 …") from None


def _whole(value: Any, least: int) -> bool:
    return type(value) is int and value >= least


def _problem(name: str, found: object, allowed: str) -> ClockProblem:
    return ClockProblem("clock.rules", name=name, found=found, allowed=allowed)

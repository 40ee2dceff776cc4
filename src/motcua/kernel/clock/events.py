"""Clock events: the rows from which every due date is derived (rules 2.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """What can happen to the clock of a dossier."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    RESTART = "restart"
    EXTEND = "extend"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Event:
    """One row: what happened when, and why.

    `at`: aware in any zone, or naive for Vietnamese time. `reason`: a short code such as "supplement" or
    "payment"; two pauses may overlap when their reasons differ, and the clock runs again when both are over.
    `until`: the newly promised day, for EXTEND only.
    """

    kind: Kind
    at: datetime
    reason: str = ""
    until: date | None = None

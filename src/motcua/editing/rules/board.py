"""How far a procedure has come: only listed, configured, proved, used. No table, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LISTED, CONFIGURED, PROVED, USED = "listed", "configured", "proved", "used"
STAGES = (LISTED, CONFIGURED, PROVED, USED)
FAULTY, UNPROVED = (
    "faulty",
    "unproved",
)  # of those with content: the prover found faults; it has not looked yet
USED_DAYS = 90  # a procedure is in use when a dossier was received within so many days
PROOF_DAYS = 7  # a proof older than this is asked for again: agencies and dated values go on


@dataclass(frozen=True)
class Asked:
    """What the board is asked for; "" for all."""

    stage: str = ""
    proof: str = ""  # ok | faulty | unproved
    sector: str = ""
    level: str = ""
    text: str = ""

    def query(self) -> dict[str, str]:
        """As the address holds it."""
        return {name: value for name, value in vars(self).items() if value}


def marks(body: Any) -> int:
    """How many things of a document are marked as unverified, its declaration included."""
    if isinstance(body, Mapping):
        own = body.get("unverified")
        found = len(own) if isinstance(own, list) else int(own is True)
        return found + sum(marks(value) for key, value in body.items() if key != "unverified")
    return sum(marks(one) for one in body) if isinstance(body, list) else 0


def next_of(stage: str, proof: str, has_draft: bool) -> str:
    """What comes next: draft (go on with it) | configure | prove | mend | watch."""
    if has_draft:
        return "draft"
    if stage == LISTED:
        return "configure"
    if proof == FAULTY:
        return "mend"
    return "prove" if proof == UNPROVED else "watch"

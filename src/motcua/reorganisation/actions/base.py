"""What applying and undoing share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from motcua.foundation.acts import Act
from motcua.reorganisation.errors import NotYours
from motcua.reorganisation.models import Run

CHUNK = (
    500  # dossiers in one transaction: a second of SQLite's one writer at most, so that people go on working
)
POSITIONS = 25  # positions in one: each writes to the chains of its agency and its account
Clock = Callable[[], datetime]


def subject(key: str) -> str:
    """The chain of a reorganisation in the journal."""
    return f"reorganisation:{key}"


def demand_platform(act: Act) -> None:
    """Thousands of dossiers move: the operator does it, on the command line, not a session that may be stolen."""
    if act.actor.kind != "system":
        raise NotYours()


def locked(public_id: str) -> Run:
    """The run under lock: two who apply at once take turns, and each goes on where the other stopped."""
    return Run.objects.select_for_update().get(public_id=public_id)


def repeat(step: Callable[[int], dict]) -> None:
    """Call `step(0)`, `step(1)` … until one answers that it is done."""
    number = 0
    while not step(number)["done"]:
        number += 1

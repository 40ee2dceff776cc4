"""Answers that officers propose to the editors. The room in which officers answer says which; without it none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.acts import Act


@dataclass(frozen=True)
class Proposed:
    """A question and the answer that an officer gave, without anybody's name or number; `key` names it."""

    key: str
    question: str
    answer: str
    language: str
    slug: str
    source: str
    at: datetime


Waiting = Callable[[], list[Proposed]]
Settle = Callable[[Act, str, bool, str], object]
_rooms: list[tuple[Waiting, Settle]] = []


def register_proposals(waiting: Waiting, settle: Settle) -> None:
    """The room that keeps proposals says at start-up which wait, and how one is settled within an editor's act:
    `settle(act, key, taken, note)`."""
    if (waiting, settle) not in _rooms:
        _rooms.append((waiting, settle))


def waiting() -> list[Proposed]:
    """The proposals that no editor has settled, the oldest first. Who may read them is said by the page's door."""
    found = [each for asked, _settle in _rooms for each in asked()]
    return sorted(found, key=lambda each: (each.at, each.key))


def settle(act: Act, key: str, *, taken: bool, note: str = "") -> bool:
    """Settle the proposal of this key within the running act; False when none such waits. Raises as its room does."""
    for asked, settling in _rooms:
        if any(each.key == key for each in asked()):
            settling(act, key, taken, note)
            return True
    return False

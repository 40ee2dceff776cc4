"""What a person may ask about her data, and who answers. Plain data, no Django.

Law 91/2025/QH15 art. 4 names the rights (know, correct, copy, erase, object, complain). Its own limits for answering
were not at hand; the 72 hours of NĐ 13/2023 arts. 14 and 16, which it replaced, stand in a pack, marked unverified.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

HANDLERS = ("leader", "head", "administrator")
TEXT_MIN, TEXT_MAX = 10, 2000
OPEN_MOST = 10  # open at once by one person: enough for anybody who means it
DAYS_DEFAULT = 3


class Kind(StrEnum):
    CORRECT = "correct"
    ERASE = "erase"
    COMPLAINT = "complaint"


class State(StrEnum):
    SENT = "sent"
    ANSWERED = "answered"


def due_on(sent: date, days: int | None) -> date:
    """The last day for the answer."""
    return sent + timedelta(days=days or DAYS_DEFAULT)


def purpose_key(purpose: str, known: Iterable[str]) -> str:
    """Under which word a purpose of the log is told: one that somebody stated, her reason in words, else the work."""
    stated = purpose.removeprefix("lead.")
    if stated in set(known):
        return stated
    return "reason" if purpose == "people.reason" else "work"


def may_answer(asked_by: int, looked: str, actor: int | None) -> bool:
    """Nobody answers her own request, nor the complaint about her own look (`looked`: the reader's key, or "")."""
    return actor is not None and asked_by != actor and looked != f"account:{actor}"

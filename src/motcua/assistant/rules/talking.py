"""A conversation on its way: its states and moves, how long it is kept, what one may say of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from motcua.assistant.rules.redacting import redact
from motcua.assistant.rules.replies import Context

QUESTION_MAX = 1000
NOTE_MAX = 500
TURNS_MAX = 200  # in one conversation; a person who goes on begins a new one
IDLE = timedelta(hours=24)  # after which it belongs to nobody any more
IDLE_WITH_PEOPLE = timedelta(days=8)  # the same while a person is asked for: she answers after the weekend
KEEP_DAYS = 180  # where the packs say nothing
KEEP_DAYS_FLOOR = 7  # whatever a pack says: editors must be able to see what went wrong last week

CHANNELS = ("web", "api", "helpline", "chat")
LANGUAGES = ("vi", "en")


class State(StrEnum):
    """Who answers: the machine, nobody yet (a person was asked for), a person; or it is over."""

    OPEN = "open"
    WAITING = "waiting_for_person"
    WITH_PERSON = "with_person"
    CLOSED = "closed"


class Kind(StrEnum):
    """What a turn is: a question that the machine answered, words to a person, a person's answer."""

    ANSWERED = "answered"
    MESSAGE = "message"
    OFFICER = "officer"


MOVES = {
    (State.OPEN, "ask_person"): State.WAITING,
    (State.WAITING, "ask_person"): State.WAITING,
    (State.WAITING, "take_over"): State.WITH_PERSON,
    (State.OPEN, "take_over"): State.WITH_PERSON,
    (State.WITH_PERSON, "give_back"): State.OPEN,
    (State.WAITING, "give_back"): State.OPEN,
    (State.OPEN, "close"): State.CLOSED,
    (State.WAITING, "close"): State.CLOSED,
    (State.WITH_PERSON, "close"): State.CLOSED,
}

# What was wrong with an answer that did not help
WHYS = ("wrong_procedure", "not_understood", "incomplete", "out_of_date", "other")


def next_state(state: str, verb: str) -> State | None:
    """Where `verb` leads from `state`, None where it leads nowhere."""
    return MOVES.get((State(state), verb))


def keep_days(pack: int | None) -> int:
    """For how many days a conversation is kept after its last turn."""
    return max(KEEP_DAYS_FLOOR, KEEP_DAYS if pack is None else pack)


def forget_before(at: datetime, days: int) -> datetime:
    """The moment before which a last turn is too old to be kept."""
    return at - timedelta(days=days)


def safe_context(context: Context) -> Context:
    """The context with nothing in it that a person could have typed: long or telling texts among the answers go."""
    return replace(context, answers=safe_answers(context.answers))


def safe_answers(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers that were picked; whatever may have been typed by a person is left out."""
    return {name: value for name, value in answers.items() if _is_safe(value)}


def _is_safe(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= 80 and (_is_day(value) or not redact(value).found)
    if isinstance(value, Mapping):
        return all(_is_safe(each) for each in value.values())
    if isinstance(value, list | tuple):
        return all(_is_safe(each) for each in value)
    return value is None or isinstance(value, bool | int | float) and abs(value) < 10_000_000


def _is_day(value: str) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False

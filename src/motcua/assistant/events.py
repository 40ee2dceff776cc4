"""What this room announces. Ids and states only."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.foundation.events import Event


@dataclass(frozen=True)
class ConversationMoved(Event):
    """A conversation was handed to people, taken over, given back or closed; `after` is its state now."""

    conversation: str
    verb: str
    after: str


@dataclass(frozen=True)
class TurnSaid(Event):
    """While a person answers: she wrote (`kind` message) or the officer did (`kind` officer)."""

    conversation: str
    number: int
    kind: str


@dataclass(frozen=True)
class ConversationErased(Event):
    """A conversation was erased because she asked for it."""

    conversation: str

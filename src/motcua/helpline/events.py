"""What this room announces. Ids and states only."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.foundation.events import Event


@dataclass(frozen=True)
class HandoverMoved(Event):
    """A request for a person was made, taken, put back or closed; `after` is its state now."""

    handover: str
    verb: str
    after: str


@dataclass(frozen=True)
class AnswerProposed(Event):
    """An officer proposed a question and its answer to the editors."""

    proposal: str

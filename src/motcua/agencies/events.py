"""What this room announces."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.foundation.events import Event


@dataclass(frozen=True)
class PositionGranted(Event):
    """An account holds an office from now or a later day on."""

    position: str
    account_id: int
    agency_id: int
    role: str


@dataclass(frozen=True)
class PositionEnded(Event):
    """An account no longer holds an office; work waiting for this person alone needs another."""

    position: str
    account_id: int
    agency_id: int
    role: str


@dataclass(frozen=True)
class WorkPassedOn(Event):
    """An agency has ended and these (ids) go on with its work, by the reorganisation `cause`; or (`back`) that was
    undone and its work is its own again. What lies with it in rooms that the reorganisation does not know follows."""

    agency: int
    to: list[int]
    cause: str
    back: bool

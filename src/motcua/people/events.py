"""What this room announces."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.foundation.events import Event


@dataclass(frozen=True)
class PartyCorrected(Event):
    """Facts about a party were changed by an officer."""

    party: str
    party_id: int


@dataclass(frozen=True)
class PartiesMerged(Event):
    """Two records proved to be one person: `from_id` now answers as `into_id`."""

    party: str
    from_id: int
    into_id: int


@dataclass(frozen=True)
class AccountLinked(Event):
    """An account was proved to speak for a party; what is the party's becomes visible to it."""

    party: str
    party_id: int
    account_id: int


@dataclass(frozen=True)
class AccountUnlinked(Event):
    """An account no longer speaks for a party."""

    party: str
    party_id: int
    account_id: int

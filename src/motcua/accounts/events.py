"""What this room announces."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.foundation.events import Event


@dataclass(frozen=True)
class AccountCreated(Event):
    """An account was made."""

    account: str
    account_id: int
    kind: str


@dataclass(frozen=True)
class AccountDisabled(Event):
    """An account may no longer sign in; `why` is idle, administrator or own_wish."""

    account: str
    account_id: int
    why: str

"""The identity door: how a person proves who she is. Today with a local password; later through an identity provider.

A door is asked in two strokes. `begin` says what the browser must do: show the form for a password, or go to another
site (OpenID Connect; VNeID under its contract). `finish` takes what came back and answers who it is. The room decides
the rest (locks, second factor, journal), so that every door obeys the same rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from motcua.accounts import passwords, queries, rules


@dataclass(frozen=True)
class Beginning:
    """What the browser does next: `form` (fields to ask for) or `redirect` (an address elsewhere, with its state)."""

    form: tuple[str, ...] = ()
    redirect: str = ""
    state: str = ""


@dataclass(frozen=True)
class Identity:
    """Who came in. `subject` is the door's own name for the person, stable and unique within the door.

    `level` is the assurance level of NĐ 69/2024 (0 for a local account, 1 or 2 for VNeID). The claims about the person
    are empty for a local account: it proves nothing about who somebody is in law.
    """

    door: str
    subject: str
    account_id: int | None
    level: int = 0
    personal_number: str = ""
    full_name: str = ""
    birth_on: date | None = None
    sex: str = ""
    account_kind: str = "resident"


@dataclass(frozen=True)
class Unknown:
    """The door does not know this person, or the answer was wrong; it never says which."""

    login_name: str = ""


class IdentityDoor(Protocol):
    """What a door offers. `asks_second_factor` tells whether our own second step follows for officers."""

    key: str
    label: Any
    asks_second_factor: bool

    def begin(self, *, return_to: str) -> Beginning:
        """What the browser must do to prove an identity; `return_to` is our own address for the answer."""

    def finish(self, answers: Mapping[str, str], *, at: datetime) -> Identity | Unknown:
        """Who it is, from the answers of the form or of the other site, at the aware moment `at`."""


class LocalDoor:
    """Login name and password of this installation."""

    key = "local"
    label = _("Tài khoản của hệ thống này")
    asks_second_factor = True

    def begin(self, *, return_to: str) -> Beginning:
        return Beginning(form=("login_name", "password"))

    def finish(self, answers: Mapping[str, str], *, at: datetime) -> Identity | Unknown:
        """Checks the password; takes equally long for a name that does not exist."""
        typed = answers.get("login_name", "")
        account = queries.account_by_login(typed)
        if not passwords.fits(account, answers.get("password", "")) or account is None:
            return Unknown(rules.login_name(typed) or typed.strip().lower()[:120])
        return Identity(self.key, account.public_id, account.pk)


_doors: dict[str, IdentityDoor] = {}


def register_door(door: IdentityDoor) -> IdentityDoor:
    """Add a door at start-up; a provider's connector calls this when its settings are given."""
    _doors[door.key] = door
    return door


def doors() -> tuple[IdentityDoor, ...]:
    """Every door that is open, the local one first."""
    return tuple(_doors.values())


def door(key: str) -> IdentityDoor | None:
    """The door with this key, or None."""
    return _doors.get(key)


register_door(LocalDoor())

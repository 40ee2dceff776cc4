"""Decisions about accounts: login names, locks, idleness, ages of passwords, codes. No database, no clock.

Figures of level 3 come from NĐ 331/2026 and TCVN 14423:2026 (x.5.2.2, x.6.2.1 to x.6.2.3), as digested in the
handbook on that decree; the installation may be stricter (`settings.MOTCUA`), never laxer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from motcua.kernel.identifiers import normal_phone
from motcua.kernel.text import fold, nfc, words


class Kind(StrEnum):
    """What an account is for. Helpers and officers are `officer`: both act for others and need a second factor."""

    CITIZEN = "citizen"
    OFFICER = "officer"
    SERVICE = "service"


LANGUAGES = ("vi", "en")
ADMIN_PASSWORD_DAYS = 60  # TCVN 14423:2026 x.6.2.2: administrators change every two months
ADMIN_PASSWORD_HISTORY = 10  # … and never to one of the last ten
FAILURES_FORGOTTEN_AFTER = timedelta(hours=24)
SECOND_STEP_MINUTES = 5  # between the password and the code; then the password is asked again
RECOVERY_CODES = 10
TOKEN_PREFIX = "mc_"
TOKEN_DAYS_MAX = 366
HELD_FOR = timedelta(hours=4)
HELD_PER_ACCOUNT = 5

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


def login_name(text: str) -> str | None:
    """The one form of a login name (phone as 0…, e-mail and user name in small letters), or None for none of them."""
    typed = nfc(text).strip()
    if phone := normal_phone(typed):
        return phone
    lowered = typed.lower()
    if len(lowered) <= 120 and _EMAIL.fullmatch(lowered):
        return lowered
    return lowered if _USERNAME.fullmatch(lowered) else None


def login_kind(name: str) -> str:
    """`phone`, `email` or `username` of a name in its one form."""
    if "@" in name:
        return "email"
    return "phone" if normal_phone(name) == name else "username"


@dataclass(frozen=True)
class Tries:
    """How often the password or code of one login name was wrong, and until when it is locked."""

    count: int = 0
    last_at: datetime | None = None
    locked_until: datetime | None = None

    def locked(self, at: datetime) -> bool:
        return self.locked_until is not None and at < self.locked_until


def after_failure(tries: Tries, at: datetime, *, allowed: int, minutes: int) -> Tries:
    """The tries after one more failure: the `allowed`-th locks for `minutes`; an old lock or count is forgotten."""
    stale = tries.last_at is not None and at - tries.last_at > FAILURES_FORGOTTEN_AFTER
    over = tries.locked_until is not None and at >= tries.locked_until
    count = 1 if stale or over else tries.count + 1
    if tries.locked(at):
        return tries
    return Tries(count, at, at + timedelta(minutes=minutes) if count >= allowed else None)


def is_idle(kind: str, last_used_on: date | None, created_on: date, today: date, *, days: int) -> bool:
    """Whether an officer's account was left unused for more than `days` days and must be switched off."""
    return kind == Kind.OFFICER and (today - (last_used_on or created_on)).days > days


def password_due(changed_on: date | None, today: date, *, administrator: bool) -> bool:
    """Whether the password must be changed before going on: administrators every two months."""
    return administrator and (changed_on is None or (today - changed_on).days > ADMIN_PASSWORD_DAYS)


def resembles(password: str, *names: str) -> bool:
    """Whether a password carries the login name, the person's name or its last two parts, which others know."""
    bare = re.sub(r"[^a-z0-9]", "", fold(password))
    for name in names:
        parts = words(name.split("@")[0])
        known = {"".join(parts), "".join(parts[-2:])}
        if any(len(part) >= 5 and part in bare for part in known):
            return True
    return False


def display_name_problem(text: str) -> str | None:
    """`name_empty`, `name_long` or `name_characters`, or None for a name that can be shown."""
    if not text.strip():
        return "name_empty"
    if len(text) > 120:
        return "name_long"
    return "name_characters" if re.search(r"[<>{}\x00-\x1f]", text) else None


def code_digits(text: str) -> str:
    """What was typed as a one-time code, without the blanks people type."""
    return re.sub(r"[\s-]", "", text)


def recovery_form(text: str) -> str:
    """A recovery code in the form it is compared in: capital letters and digits, look-alikes put right."""
    return re.sub(r"[^0-9A-Z]", "", nfc(text).upper()).translate(str.maketrans("OIL", "011"))


def scopes_problem(scopes: list[str], known: tuple[str, ...]) -> list[str]:
    """The scopes that do not exist; all of them, so that they can be told at once."""
    return [scope for scope in scopes if scope not in known]

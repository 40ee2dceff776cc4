"""The signed-in browser: opening and closing a session, and when it was last seen.

When a page is read nothing is written to the database: the last moment is kept in a signed cookie bound to the
session. A missing, foreign or old cookie only ever locks; it never opens.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY, login, logout
from django.core import signing
from django.http import HttpRequest, HttpResponse

from motcua.accounts.models import Account

SEEN_COOKIE = "motcua_seen"
SEEN_SALT = "accounts.seen"
RENEW_AFTER = timedelta(seconds=20)
REMEMBERED_FOR = timedelta(hours=24)
BACKEND = "django.contrib.auth.backends.ModelBackend"

NOBODY, OPEN, LOCKED, ENDED = "nobody", "open", "locked", "ended"


@dataclass(frozen=True)
class State:
    """Where a browser stands: `nobody`, `open`, `locked` (idle too long), or `ended` (its session is gone).

    `account` is the public id of whoever it was; `renew` says that the cookie should be written again.
    """

    kind: str = NOBODY
    account: str = ""
    renew: bool = False


def _tag(session_key: str | None) -> str:
    return hashlib.sha256(f"seen|{session_key}".encode()).hexdigest()[:16]


def _seen(request: HttpRequest) -> tuple[str, str, datetime] | None:
    try:
        account, tag, stamp = signing.loads(request.COOKIES.get(SEEN_COOKIE, ""), salt=SEEN_SALT)
        return str(account), str(tag), datetime.fromisoformat(stamp)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _too_old(request: HttpRequest, at: datetime) -> bool:
    """Whether everybody must sign in anew by now, however busy the screen was."""
    began = request.session.get("began_at")
    return not began or at - datetime.fromisoformat(began) > timedelta(
        hours=settings.MOTCUA.session_hours_max
    )


def state_of(request: HttpRequest, at: datetime) -> State:
    """Where the browser stands at the aware moment `at`; reads the session only when there is a cookie for it."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES and SEEN_COOKIE not in request.COOKIES:
        return State()
    seen = _seen(request)
    if SESSION_KEY not in request.session:
        if seen and timedelta() <= at - seen[2] <= REMEMBERED_FOR:
            return State(ENDED, seen[0])
        return State()
    account = request.session.get("account", "")
    if _too_old(request, at):
        return State(ENDED, account)
    idle = timedelta(minutes=request.session.get("idle_minutes", settings.MOTCUA.session_idle_minutes_admin))
    if seen is None or seen[0] != account or seen[1] != _tag(request.session.session_key):
        return State(LOCKED, account)
    since = at - seen[2]
    # A moment in the future cannot be ours unless the clock was set back; a few seconds are forgiven.
    if since > idle or since < -RENEW_AFTER:
        return State(LOCKED, account)
    return State(OPEN, account, renew=since > RENEW_AFTER)


def write_seen(request: HttpRequest, response: HttpResponse, account: str, at: datetime) -> None:
    """Write the last-seen cookie for the session of this request."""
    response.set_cookie(
        SEEN_COOKIE,
        signing.dumps([account, _tag(request.session.session_key), at.isoformat()], salt=SEEN_SALT),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def open_session(
    request: HttpRequest, account: Account, *, at: datetime, administrator: bool, must_change_password: bool
) -> None:
    """Sign the browser in under a fresh session key at the aware moment `at`; administrators' screens lock sooner."""
    login(request, account, backend=BACKEND)
    own = settings.MOTCUA
    request.session["began_at"] = at.isoformat()
    request.session["account"] = account.public_id
    request.session["idle_minutes"] = (
        own.session_idle_minutes_admin if administrator else own.session_idle_minutes
    )
    request.session["must_change_password"] = must_change_password
    request.seen_now = account.public_id  # type: ignore[attr-defined]  the middleware writes the cookie


def reopen_session(request: HttpRequest, account: Account) -> None:
    """Open a locked screen again, under a fresh session key."""
    request.session.cycle_key()
    request.seen_now = account.public_id  # type: ignore[attr-defined]


def close_session(request: HttpRequest) -> None:
    """Sign the browser out and forget what it held."""
    logout(request)
    request.seen_now = None  # type: ignore[attr-defined]

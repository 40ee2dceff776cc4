"""Who calls: bearer tokens with scopes, how often each may call, and the operations that need none."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer

from motcua.foundation import limits
from motcua.foundation.actors import Actor, actor_for_account
from motcua.foundation.doors import Door
from motcua.foundation.errors import Forbidden, SignInNeeded
from motcua.foundation.time import now

# scope -> what it opens, for the description of the API
SCOPES = {
    "procedures:read": "Procedures; public, no token is needed.",
    "agencies:read": "Agencies and areas; public, no token is needed.",
    "dossiers:read": "Dossiers that the account may see, their papers as a list, clocks, letters, notices.",
    "dossiers:write": "Declaring, filing, receiving, and every other move that the account may make.",
    "files:read": "The bytes of files: those handed in, and those of dossiers that the account may see.",
    "files:write": "Handing in files.",
    "queue:read": "How the queue stands at the one-stops where the account works or that it answers for.",
    "queue:write": "Giving numbers, opening windows and calling, at the one-stops where the account works.",
    "petitions:read": "Petitions sent to the agencies whose petitions the account handles.",
    "petitions:write": "Accepting, answering, passing on and publishing those petitions.",
    "reorganisations:read": "Reorganisations of government and what they would do, for administrators.",
    "reports:read": "Period reports and indexes of the agencies that the account answers for.",
}

Source = Callable[[str], tuple[int, str, frozenset[str]] | None]
_token_source: Source | None = None


def register_token_source(source: Source) -> None:
    """The accounts room says whose token a string is: (account id, label, scopes), or None."""
    global _token_source
    _token_source = source


class Token(HttpBearer):
    """A bearer token that must carry `scope`; sets `request.actor` to the account behind it."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        if scope not in SCOPES:
            raise ValueError(f"no such scope: {scope}")
        self.scope = scope
        self.door = Door("scope", (scope,))

    def __call__(self, request: HttpRequest) -> Any:
        if not request.headers.get("Authorization", "").lower().startswith("bearer "):
            raise SignInNeeded()
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        found = _token_source(token) if _token_source else None
        if found is None:
            raise SignInNeeded()
        key = hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()[:40]
        limits.demand(f"api:{key}", per_minute=settings.MOTCUA.rate_api_per_minute)
        account_id, label, scopes = found
        if self.scope not in scopes:
            raise Forbidden()
        actor = actor_for_account(
            account_id,
            at=now(),
            label=label,
            language=getattr(request, "LANGUAGE_CODE", "vi")[:2],
            scopes=scopes,
        )
        request.actor = actor  # type: ignore[attr-defined]
        return actor


def open_door(why: str) -> Callable[[Callable], Callable]:
    """Marks an API operation that needs no token, with the reason; the others carry `auth=Token(...)`.

    The function itself is marked, not wrapped: its annotations are read in its own module.
    """

    def decorate(operation: Callable) -> Callable:
        operation.door = Door("public", why=why)  # type: ignore[attr-defined]
        return operation

    return decorate

"""The accounts room's part of the API: whose token a request carries. Imported where the API is put together."""

from __future__ import annotations

from motcua.accounts import queries
from motcua.foundation.api import register_token_source
from motcua.foundation.time import now


def holder_of(raw: str) -> tuple[int, str, frozenset[str]] | None:
    """(account id, label, scopes) of a token, or None for one that is unknown, revoked, expired or switched off."""
    found = queries.token_holder(raw, at=now())
    return (found.account_id, found.label, found.scopes) if found else None


register_token_source(holder_of)

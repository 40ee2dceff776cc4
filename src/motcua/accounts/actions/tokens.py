"""Tokens for programs."""

from __future__ import annotations

import secrets
from datetime import timedelta

from motcua.accounts import errors, queries, rules
from motcua.accounts.actions._common import demand_manager, demand_manager_of, locked_account, subject
from motcua.accounts.models import ApiToken
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record

PREFIX_SHOWN = 10


@action("accounts.create_token")
def create_token(
    act: Act,
    *,
    account: str,
    scopes: list[str],
    secret_hash: str,
    prefix: str,
    label: str = "",
    days: int | None = None,
) -> dict:
    """Keep a token by its hash. `days` until it expires (None: it does not). Made through `issue_token`.

    Returns {"token": public id, "prefix", "scopes", "expires_at"}. Raises NoSuchAccount, NoSuchScope, NotAllowed.
    """
    from motcua.foundation.api import (
        SCOPES,  # the API framework takes seconds to import; only tokens need it here
    )

    demand_manager(act)
    held = locked_account(account)
    demand_manager_of(act, held)
    unknown = rules.scopes_problem(scopes, SCOPES)
    if unknown or not scopes:
        raise errors.NoSuchScope(scopes=", ".join(unknown) or "–", known=", ".join(SCOPES))
    token = ApiToken.objects.create(
        account=held,
        label=label[:120],
        prefix=prefix,
        secret_hash=secret_hash,
        scopes=sorted(set(scopes)),
        created_at=act.at,
        expires_at=act.at + timedelta(days=min(days, rules.TOKEN_DAYS_MAX)) if days else None,
    )
    facts = {"token": token.public_id, "scopes": token.scopes, "expires_at": token.expires_at}
    record(act, "account.token_created", subject(held), facts=facts)
    expires = token.expires_at.isoformat() if token.expires_at else None
    return {"token": token.public_id, "prefix": prefix, "scopes": token.scopes, "expires_at": expires}


def issue_token(
    act: Act, *, account: str, scopes: list[str], label: str = "", days: int | None = None
) -> tuple[str, dict]:
    """Make a token; returns (the raw token, shown this once, and what `create_token` returns)."""
    raw = rules.TOKEN_PREFIX + secrets.token_urlsafe(32)
    kept = create_token(
        act,
        account=account,
        scopes=scopes,
        secret_hash=queries.secret_hash(raw),
        prefix=raw[:PREFIX_SHOWN],
        label=label,
        days=days,
    )
    return raw, kept


@action("accounts.revoke_token")
def revoke_token(act: Act, *, token: str) -> dict:
    """End a token (public id, or its shown prefix when only one has it). Raises NoSuchToken, NotAllowed."""
    demand_manager(act)
    rows = (
        ApiToken.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(revoked_at__isnull=True)
    )
    found = list(rows.filter(public_id=token)[:1]) or list(rows.filter(prefix=token)[:2])
    if len(found) != 1:
        raise errors.NoSuchToken()
    held = found[0]
    demand_manager_of(act, held.account)
    held.revoked_at = act.at
    held.save(update_fields=["revoked_at"])
    record(act, "account.token_revoked", subject(held.account), facts={"token": held.public_id})
    return {"token": held.public_id, "prefix": held.prefix}

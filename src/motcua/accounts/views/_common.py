"""What the pages of this room share."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.accounts.models import Account
from motcua.foundation.actors import actor_for_account
from motcua.foundation.acts import Act, new_act
from motcua.foundation.errors import Invalid, Refusal
from motcua.foundation.time import now


def safe_next(request: HttpRequest, fallback: str = "/") -> str:
    """Where to go on to: an address of this site only, else `fallback`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return fallback


def address_of(request: HttpRequest) -> str:
    """The caller's network address, as our own proxies told it."""
    return request.META.get("REMOTE_ADDR", "")


def act_by(account: Account, purpose: str) -> Act:
    """An act of an account that has just proved itself but has no session yet."""
    at = now()
    return new_act(actor_for_account(account.pk, at=at, account_kind=account.kind), at=at, purpose=purpose)


def problems_of(refusal: Refusal) -> dict[str, str]:
    """A refusal as {field: sentence} for a form; under "" what belongs to no field."""
    if isinstance(refusal, Invalid) and refusal.problems:
        found: dict[str, str] = {}
        for problem in refusal.problems:
            name = problem.get("field", "")
            found[name] = " ".join(filter(None, [found.get(name), str(problem.get("message", ""))]))
        return found
    return {"": f"{refusal.sentence} {refusal.way_out}"}

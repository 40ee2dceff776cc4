"""Accounts as administrators manage them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.accounts import actions, passwords, queries, rules
from motcua.accounts.models import Account
from motcua.accounts.views._common import problems_of
from motcua.foundation.access import seen
from motcua.foundation.doors import actor_of, administrators
from motcua.foundation.errors import NotFound, Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.time import now

SHOWN = 100


@administrators
@never_cache
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """Accounts of officers and services, with the day each was last used (reviewed every six months, x.6.2.1)."""
    text, page = request.GET.get("q", ""), _page_number(request)
    found = queries.find_accounts(text, limit=SHOWN + 1, skip=page * SHOWN)
    shown, at = found[:SHOWN], now()
    subjects = [f"account:{account.public_id}" for account in shown]
    seen(actor_of(request), at=at, purpose="accounts.manage", page="accounts.all", subjects=subjects)
    held = queries.positions_of_accounts([account.pk for account in shown], at)
    context = {
        "q": text,
        "rows": [{"account": account, "held": held.get(account.pk, [])} for account in shown],
        "previous": _page_address(text, page - 1) if page else "",
        "following": _page_address(text, page + 1) if len(found) > SHOWN else "",
    }
    return render(request, "accounts/all.html", context)


def _page_number(request: HttpRequest) -> int:
    typed = request.GET.get("page", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 4 else 0


def _page_address(text: str, page: int) -> str:
    return "?" + urlencode({name: value for name, value in (("q", text), ("page", page)) if value})


@administrators
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make an officer's or a service's account. The first password is shown once and must be changed."""
    typed = {name: request.POST.get(name, "") for name in ("login_name", "display_name", "kind")}
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            act = act_of(request, "accounts.manage")
            first = passwords.suggestion() if typed["kind"] == rules.Kind.OFFICER else ""
            made = actions.create_account(
                act,
                login_name=typed["login_name"],
                display_name=typed["display_name"],
                kind=rules.Kind.SERVICE.value
                if typed["kind"] == rules.Kind.SERVICE
                else rules.Kind.OFFICER.value,
                password=passwords.encoded(first, act) if first else "",
                must_change_password=bool(first),
            )
            context = {"account": queries.account(made["account"]), "first_password": first}
            return render(request, "accounts/first_password.html", context)
        except Refusal as refusal:
            problems = problems_of(refusal)
    context = {"typed": typed, "problems": problems, "act_id": new_act_id()}
    return render(request, "accounts/new.html", context, status=422 if problems else 200)


@administrators
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    """One account: its state, and what an administrator may do to it."""
    account = queries.account(public_id)
    if account is None:
        raise NotFound()
    if request.method == "POST":
        return _do(request, account)
    seen(
        actor_of(request),
        at=now(),
        purpose="accounts.manage",
        page="accounts.one",
        subjects=[f"account:{public_id}"],
    )
    context = {
        "account": account,
        "locked_until": queries.tries(account.login_name).locked_until if _locked(account) else None,
        "events": queries.recent_events(public_id),
        "tokens": queries.tokens_of(account.pk)[:50],
        "held": queries.positions_of_accounts([account.pk], now()).get(account.pk, []),
        "act_id": new_act_id(),
    }
    return render(request, "accounts/one.html", context)


def _locked(account: Account) -> bool:
    return queries.tries(account.login_name).locked(now())


def _do(request: HttpRequest, account: Account) -> HttpResponse:
    act = act_of(request, "accounts.manage")
    verb = request.POST.get("verb", "")
    if verb == "set_password":
        first = passwords.suggestion()
        actions.set_password(act, account=account.public_id, password=passwords.encoded(first, act))
        return render(request, "accounts/first_password.html", {"account": account, "first_password": first})
    known = {
        "disable": actions.disable_account,
        "enable": actions.enable_account,
        "reset_totp": actions.reset_totp,
        "clear_lock": actions.clear_lock,
    }
    if verb not in known:
        raise NotFound()
    known[verb](act, account=account.public_id)
    messages.success(request, _("Đã thực hiện."))
    return redirect("accounts:one", public_id=account.public_id)

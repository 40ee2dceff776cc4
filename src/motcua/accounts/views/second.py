"""The second step: the code after the password, enrolling an authenticator, recovery codes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.accounts import actions, errors, queries, rules, second_step
from motcua.accounts.actions.sign_in import demand_unlocked
from motcua.accounts.models import Account
from motcua.accounts.views._common import act_by, address_of, problems_of
from motcua.accounts.views.sign_in import (
    PENDING,
    count_failure,
    home_of,
    in_own_language,
    let_in,
    on_to,
    prove_again,
)
from motcua.foundation import limits
from motcua.foundation.doors import actor_of, public, signed_in
from motcua.foundation.errors import Refusal, SignInNeeded
from motcua.foundation.time import now


def _pending(request: HttpRequest) -> tuple[Account, dict] | None:
    """Who has given the right password a few minutes ago, and what comes after."""
    kept = request.session.get(PENDING)
    if not kept or now() - datetime.fromisoformat(kept["at"]) > timedelta(minutes=rules.SECOND_STEP_MINUTES):
        return None
    account = queries.account(kept["account"])
    return (account, kept) if account is not None else None


def _simulated_code(account: Account) -> str:
    """The present code, in a simulation only: nobody holds the phone of a made-up officer."""
    if not settings.MOTCUA.simulation or not account.totp_secret:
        return ""
    return second_step.present_code(account, now())


@public("the second step of signing in comes before the session")
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the authenticator, or for a recovery code."""
    pending = _pending(request)
    if pending is None:
        return redirect("accounts:sign_in")
    account, kept = pending
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            step = _check(request, account)
            let_in(request, account, door=kept["door"], step=step)
            return on_to(request, account, kept["next"])
        except Refusal as refusal:
            problems = problems_of(refusal)
    context = {
        "person": account.display_name,
        "problems": problems,
        "simulated_code": _simulated_code(account),
    }
    return render(request, "accounts/code.html", context, status=422 if problems else 200)


def _check(request: HttpRequest, account: Account) -> str:
    """How the code proved itself: `totp` or `recovery`. Raises WrongCode, Locked, TooMany."""
    limits.demand(f"code:{address_of(request)}", per_minute=settings.MOTCUA.rate_login_per_minute)
    act = act_by(account, "accounts.use_code")
    demand_unlocked(account.login_name, act)
    typed = request.POST.get("code", "")
    if rules.code_digits(typed).isdigit() and len(rules.code_digits(typed)) == 6:
        passed, how = (
            actions.use_code(act, account=account.public_id, code=rules.code_digits(typed))["passed"],
            "totp",
        )
    else:
        hashes = second_step.recovery_hashes(account.public_id, typed)
        passed = actions.use_recovery_code(act, account=account.public_id, code_hashes=hashes)["passed"]
        how = "recovery"
    if not passed:
        count_failure(request, account.login_name, "code")
        raise errors.WrongCode()
    return how


@public("an officer enrols before the first session; a signed-in person may enrol by choice")
@never_cache
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Show the QR code, take the first code, then show ten recovery codes once."""
    pending = _pending(request)
    account = pending[0] if pending else _signed_in_account(request)
    if account.totp_confirmed_at is not None:
        return redirect("accounts:code" if pending else "accounts:overview")
    problems: dict[str, str] = {}
    if request.method == "POST" and "begin" in request.POST:
        actions.begin_totp(act_by(account, "accounts.begin_totp"), account=account.public_id)
        return redirect("accounts:second_step")
    if request.method == "POST":
        try:
            return _confirm(request, account, pending[1] if pending else None)
        except Refusal as refusal:
            problems = problems_of(refusal)
    context = {
        "secret": " ".join(account.totp_secret[i : i + 4] for i in range(0, len(account.totp_secret), 4)),
        "address": second_step.address(account) if account.totp_secret else "",
        "problems": problems,
        "first_time": pending is not None,
        "simulated_code": _simulated_code(account),
    }
    return render(request, "accounts/enrol.html", context, status=422 if problems else 200)


def _signed_in_account(request: HttpRequest) -> Account:
    actor = actor_of(request)
    account = Account.objects.filter(pk=actor.account_id).first() if actor.account_id else None
    if account is None:
        raise SignInNeeded()
    return account


def _confirm(request: HttpRequest, account: Account, kept: dict | None) -> HttpResponse:
    limits.demand(f"code:{address_of(request)}", per_minute=settings.MOTCUA.rate_login_per_minute)
    codes = second_step.new_recovery_codes()
    hashes = [second_step.recovery_hash(account.public_id, each) for each in codes]
    act = act_by(account, "accounts.confirm_totp")
    typed = rules.code_digits(request.POST.get("code", ""))[:12]
    if not actions.confirm_totp(act, account=account.public_id, code=typed, recovery_hashes=hashes)["passed"]:
        raise errors.WrongCode()
    where = home_of(account)
    if kept is not None:
        account.refresh_from_db()
        let_in(request, account, door=kept["door"], step="enrolled")
        where = kept["next"]
    shown = render(request, "accounts/recovery_codes.html", {"codes": codes, "next": where})
    return in_own_language(shown, account)


@signed_in
@never_cache
@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes in place of the old ones, after the password."""
    account = _signed_in_account(request)
    prove_again(request, account, request.POST.get("password", ""), "password")
    codes = second_step.new_recovery_codes()
    hashes = [second_step.recovery_hash(account.public_id, each) for each in codes]
    act = act_by(account, "accounts.recovery_codes")
    actions.replace_recovery_codes(act, account=account.public_id, recovery_hashes=hashes)
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "next": "/account/"})

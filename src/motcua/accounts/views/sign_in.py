"""Signing in and out, registering, opening a locked screen."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.accounts import actions, errors, identity, passwords, queries, rules, session
from motcua.accounts.actions.sign_in import demand_unlocked
from motcua.accounts.demo import demo_accounts
from motcua.accounts.models import Account
from motcua.accounts.views._common import act_by, address_of, problems_of, safe_next
from motcua.foundation import limits
from motcua.foundation.actors import actor_for_account
from motcua.foundation.acts import new_act
from motcua.foundation.doors import actor_of, public
from motcua.foundation.errors import Invalid, NotFound, Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.time import now
from motcua.foundation.ui.navigation import first_page

PENDING = "second_step"


def prove(request: HttpRequest, login_name: str, password: str) -> Account:
    """The account whose password this is. Raises WrongSignIn, Locked, TooMany; every wrong try is counted."""
    own = settings.MOTCUA
    limits.demand(f"sign_in:{address_of(request)}", per_minute=own.rate_login_per_minute)
    act = new_act(actor_of(request), at=now(), purpose="accounts.sign_in")
    name = rules.login_name(login_name) or login_name.strip().lower()[:120]
    # Counted by name too: many addresses together must not try more passwords than one.
    limits.demand(f"sign_in:{queries.guard_key(name)}", per_minute=own.rate_login_per_minute)
    demand_unlocked(name, act)
    local = identity.door("local")
    found = local.finish({"login_name": login_name, "password": password}, at=act.at) if local else None
    account = queries.account(found.subject) if isinstance(found, identity.Identity) else None
    if account is None:
        count_failure(request, name, "password")
        raise errors.WrongSignIn()
    return account


def prove_again(request: HttpRequest, account: Account, password: str, field: str) -> None:
    """Somebody who is signed in types the password once more: the limits and locks of signing in hold here too, else
    an open screen would be a place to guess it. Raises WrongPassword beside `field`, Locked, TooMany."""
    own = settings.MOTCUA
    limits.demand(f"sign_in:{queries.guard_key(account.login_name)}", per_minute=own.rate_login_per_minute)
    demand_unlocked(account.login_name, new_act(actor_of(request), at=now(), purpose="accounts.sign_in"))
    if not passwords.fits(account, password):
        count_failure(request, account.login_name, "password")
        raise errors.in_field(errors.WrongPassword, field)


def count_failure(request: HttpRequest, login_name: str, step: str) -> None:
    """Count a wrong password or code. Raises Locked when this was the one too many."""
    # Never under the form's own act id: a repeated one would be answered from memory and count no second time.
    act = new_act(actor_of(request), at=now(), purpose="accounts.sign_in")
    counted = actions.note_failure(act, login_name=login_name, step=step, address=address_of(request))
    if counted["locked_until"]:
        demand_unlocked(login_name, act)


def let_in(request: HttpRequest, account: Account, *, door: str, step: str) -> None:
    """Record the sign-in and open the session. Raises Locked, SwitchedOff, LeftIdle."""
    act = act_by(account, "accounts.sign_in")
    done = actions.sign_in(act, account=account.public_id, door=door, step=step, address=address_of(request))
    request.session.pop(PENDING, None)
    session.open_session(
        request,
        account,
        at=act.at,
        administrator=done["administrator"],
        must_change_password=done["must_change_password"],
    )


def on_to(request: HttpRequest, account: Account, where: str) -> HttpResponse:
    """Go on, in the language the account has chosen."""
    return in_own_language(HttpResponseRedirect(where), account)


def in_own_language(response: HttpResponse, account: Account) -> HttpResponse:
    """The answer, telling the browser the language the account has chosen."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        account.language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response


def home_of(account: Account) -> str:
    """Where an account begins: officers where their role works, citizens on the front page."""
    if account.kind != rules.Kind.OFFICER:
        return "/"
    return first_page(actor_for_account(account.pk, at=now(), account_kind=account.kind))


def _next_step(request: HttpRequest, account: Account, door: str) -> HttpResponse:
    """After the password: the code, the enrolment of an authenticator, or straight in."""
    where = safe_next(request, home_of(account))
    if not account.has_second_factor:
        let_in(request, account, door=door, step="password")
        return on_to(request, account, where)
    request.session.cycle_key()
    request.session[PENDING] = {
        "account": account.public_id,
        "at": now().isoformat(),
        "door": door,
        "next": where,
    }
    if account.totp_confirmed_at is None:
        actions.begin_totp(act_by(account, "accounts.begin_totp"), account=account.public_id)
        return redirect("accounts:second_step")
    return redirect("accounts:code")


@public("somebody who is not signed in yet must be able to sign in")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page: login name and password, other doors, and in a simulation its made-up accounts."""
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(safe_next(request))
    typed = request.POST.get("login_name", "")
    problems: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        try:
            account = prove(request, typed, request.POST.get("password", ""))
            return _next_step(request, account, "local")
        except Refusal as refusal:
            problems, status = problems_of(refusal), 429 if refusal.status == 429 else 422
    others = [door for door in identity.doors() if door.key != "local"]
    context = {
        "typed": typed,
        "problems": problems,
        "next": safe_next(request, ""),
        "doors": others,
        "demo": demo_accounts(),
        "held": "/held/" in safe_next(request, ""),
    }
    return render(request, "accounts/sign_in.html", context, status=status)


@public("an identity provider sends people back here before they are signed in")
@never_cache
@require_GET
def through(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in through another door: to the provider, and back with its answer."""
    door = identity.door(key)
    if door is None or key == "local":
        raise NotFound()
    here = request.build_absolute_uri(reverse("accounts:through", args=[key]))
    if "state" not in request.GET:
        beginning = door.begin(return_to=here)
        request.session["door_state"] = {"key": key, "state": beginning.state, "next": safe_next(request)}
        return HttpResponseRedirect(beginning.redirect)
    kept = request.session.pop("door_state", {})
    if kept.get("key") != key or kept.get("state") != request.GET["state"]:
        raise errors.WrongSignIn()
    found = door.finish(dict(request.GET.items()), at=now())
    account = None
    if isinstance(found, identity.Identity) and found.account_id is not None:
        account = Account.objects.filter(pk=found.account_id).first()
    if account is None:
        raise errors.WrongSignIn()
    if door.asks_second_factor and account.has_second_factor:
        return _next_step(request, account, key)
    let_in(request, account, door=key, step="provider")
    return on_to(request, account, kept.get("next") or home_of(account))


@public("a locked screen is nobody's until the password is typed")
@never_cache
@require_http_methods(["GET", "POST"])
def locked(request: HttpRequest) -> HttpResponse:
    """The locked screen: who was here, the password again, and nothing lost."""
    state: session.State = request.sign_in_state  # type: ignore[attr-defined]
    where = safe_next(request)
    if state.kind == session.OPEN:
        return redirect(where)
    account = queries.account(state.account) if state.kind == session.LOCKED else None
    if account is None:
        return redirect("accounts:sign_in")
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            prove(request, account.login_name, request.POST.get("password", ""))
            actions.unlock(act_by(account, "accounts.unlock"), account=account.public_id)
            session.reopen_session(request, account)
            return redirect(where)
        except Refusal as refusal:
            problems = problems_of(refusal)
    context = {
        "person": account.display_name,
        "problems": problems,
        "next": where,
        "held": "/held/" in where,
        "minutes": request.session.get("idle_minutes", settings.MOTCUA.session_idle_minutes),
    }
    return render(request, "accounts/locked.html", context, status=422 if problems else 200)


@public("somebody whose screen is locked may still leave")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave; the browser forgets everything of this session."""
    account = queries.account(request.session.get("account", ""))
    if account is not None:
        actions.sign_out(act_by(account, "accounts.sign_out"), account=account.public_id)
    session.close_session(request)
    return redirect("/")


@public("a citizen without an account makes one here; the trial has local accounts only")
@never_cache
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Make a citizen's account with phone or e-mail and a password, and go straight in."""
    problems: dict[str, str] = {}
    typed = {name: request.POST.get(name, "") for name in ("display_name", "login_name")}
    if request.method == "POST":
        try:
            limits.demand(f"register:{address_of(request)}", per_minute=settings.MOTCUA.rate_login_per_minute)
            account = _registered(request, typed)
            if (
                account.has_second_factor
            ):  # the form sent again, long after: its account has a second step by now
                return _next_step(request, account, "local")
            let_in(request, account, door="local", step="registered")
            return on_to(request, account, safe_next(request))
        except Refusal as refusal:
            problems = problems_of(refusal)
    context = {
        "typed": typed,
        "problems": problems,
        "next": safe_next(request, ""),
        "act_id": request.POST.get("act_id") or new_act_id(),
        "suggestion": passwords.suggestion(),
    }
    return render(request, "accounts/register.html", context, status=422 if problems else 200)


def _registered(request: HttpRequest, typed: dict[str, str]) -> Account:
    act = act_of(request, "accounts.register")
    name = rules.login_name(typed["login_name"])
    wrong = []
    if rules.display_name_problem(" ".join(typed["display_name"].split())):
        wrong += errors.in_field(errors.BadDisplayName, "display_name").problems
    if name is None or rules.login_kind(name) == "username":
        # User names are given out by administrators; a citizen must be reachable under hers.
        wrong += errors.in_field(errors.BadLoginName, "login_name").problems
    try:
        password = passwords.accepted(
            act, request.POST.get("password", ""), login_name=typed["login_name"], display_name=typed["display_name"],
            second_factor=False,
        )  # fmt: skip
    except Invalid as refusal:
        wrong += refusal.problems
    if wrong:
        raise Invalid(wrong)
    made = actions.create_account(
        act,
        login_name=name,
        display_name=typed["display_name"],
        kind=rules.Kind.CITIZEN.value,
        password=password,
        language=getattr(request, "LANGUAGE_CODE", "vi")[:2],
    )
    account = queries.account(made["account"])
    if account is None:
        raise errors.NoSuchAccount()
    return account

"""People of the small city at their browsers, signed in, however long ago it was built."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client

from motcua.accounts import actions, rules, session
from motcua.accounts.views.sign_in import home_of, in_own_language
from motcua.foundation.time import local_date, now
from tests.accounts.factories import act_of, enrol


def rested(account):
    """The account as if it had been used yesterday: neither left idle nor with a password that is due."""
    at = now()
    account.last_used_on, account.password_changed_at = local_date(at), at
    account.save(update_fields=["last_used_on", "password_changed_at"])
    return account


def client_of(account) -> Client:
    """A browser of Django's test client, signed in; the pages that lead there are walked in tests/accounts."""
    act = act_of(rested(account), now(), "accounts.sign_in")
    step = "totp" if account.kind == rules.Kind.OFFICER else "password"
    done = actions.sign_in(act, account=account.public_id, door="password", step=step)
    request, answer = HttpRequest(), HttpResponse()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.open_session(
        request,
        account,
        at=act.at,
        administrator=done["administrator"],
        must_change_password=done["must_change_password"],
    )
    request.session.save()
    session.write_seen(request, in_own_language(answer, account), account.public_id, act.at)
    client = Client()
    client.cookies.update(answer.cookies)
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    return client


def window_of(window, account, path: str = "", **more):
    """A window of a real browser in which somebody has signed in, on the page where her day begins or at `path`."""
    cookies = {name: cookie.value for name, cookie in client_of(account).cookies.items()}
    return window(path or home_of(account), cookies=cookies, **more)


def sign_in_by_pages(page, account, *, address: str = "", password: str = "Tre-Song-Vang-Mua-4821") -> None:
    """Sign a real browser in on the sign-in page: name, password, code; `address` is the root of the served site."""
    from datetime import timedelta

    from motcua.accounts import second_step

    rested(account)
    if account.totp_confirmed_at is None:
        enrol(account, now() - timedelta(minutes=10))
    page.goto(f"{address}/account/sign-in/")
    page.fill("[name=login_name]", account.login_name)
    page.fill("[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/code/**")
    account.refresh_from_db()
    page.fill("[name=code]", second_step.present_code(account, now()))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/account/sign-in/" not in url and "/account/code/" not in url)

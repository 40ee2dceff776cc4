"""Officers of the small city at their browsers: signed in by password and code, however long ago it was built."""

from __future__ import annotations

from django.test import Client

from motcua.foundation.time import local_date, now
from tests.accounts.browser import officer_client
from tests.accounts.factories import enrol


def rested(account):
    """The account as if it had been used yesterday: neither left idle nor with a password that is due."""
    at = now()
    account.last_used_on, account.password_changed_at = local_date(at), at
    account.save(update_fields=["last_used_on", "password_changed_at"])
    return account


def client_of(account) -> Client:
    """A browser of Django's test client, signed in through the pages."""
    return officer_client(rested(account))


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

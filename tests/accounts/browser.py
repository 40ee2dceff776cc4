"""A browser that signs in as people do, and can be left alone for a while."""

import re
from datetime import datetime, timedelta

from django.core import signing
from django.test import Client

from motcua.accounts import second_step, session
from motcua.foundation.time import now
from tests.accounts.factories import PASSWORD, enrol


def sign_in(client: Client, account, password: str = PASSWORD, **more):
    """Sign in through the pages, with the code where one is asked; returns the last answer."""
    answer = client.post(
        "/account/sign-in/", {"login_name": account.login_name, "password": password, **more}
    )
    if answer.status_code == 302 and answer.url == "/account/code/":
        answer = client.post("/account/code/", {"code": second_step.present_code(account, now())})
    return answer


def officer_client(account) -> Client:
    """A browser signed in as an officer with an authenticator."""
    client = Client()
    enrol(account, now() - timedelta(minutes=10))
    assert sign_in(client, account).status_code == 302
    return client


def leave_alone(client: Client, minutes: float) -> None:
    """Make the browser look as if nothing had been done in it for so many minutes."""
    account, tag, stamp = signing.loads(client.cookies[session.SEEN_COOKIE].value, salt=session.SEEN_SALT)
    earlier = datetime.fromisoformat(stamp) - timedelta(minutes=minutes)
    client.cookies[session.SEEN_COOKIE] = signing.dumps(
        [account, tag, earlier.isoformat()], salt=session.SEEN_SALT
    )


def hidden(answer) -> dict[str, str]:
    """The hidden fields of a page, by name (the last one wins)."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', answer.content.decode())
    return dict(found)

"""A city with dossiers in every state, and a machine that calls with a token of anybody in it."""

import importlib
from datetime import timedelta

import pytest
from django.test import Client

from tests.dossiers import factories
from tests.support.moment import set_clock

MOMENT = factories.AT + timedelta(days=1, hours=1)  # Tuesday, 10:00 in Viet Nam


class Machine:
    """Calls the API as one account of the city: `machine.get("/dossiers")`. Nobody's token when `name` is None."""

    def __init__(self, city, name=None, scopes=None, language="vi"):
        from motcua.foundation.api import SCOPES

        self.client = Client(raise_request_exception=False)
        self.headers = {"Accept-Language": language}
        if name:
            self.headers["Authorization"] = f"Bearer {token(city, name, scopes or SCOPES)}"

    def call(self, method, path, body=None, *, key=None, **given):
        headers = {**self.headers, **({"Idempotency-Key": key} if key else {})}
        if body is not None:
            given = {"data": body, "content_type": "application/json", **given}
        return getattr(self.client, method)(f"/api/v1{path}", headers=headers, **given)

    def get(self, path, **query):
        return self.call("get", path, data=query)

    def post(self, path, body, **given):
        return self.call("post", path, body, **given)

    def file(self, content, name="giay.pdf", **given):
        from django.core.files.uploadedfile import SimpleUploadedFile

        return self.call("post", "/files", data={"file": SimpleUploadedFile(name, content)}, **given)


def token(city, name, scopes):
    """A raw token of an account of the city."""
    from motcua.accounts import actions
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act

    act = new_act(system("tests"), at=MOMENT - timedelta(days=2), purpose="test")
    raw, _kept = actions.issue_token(act, account=city.accounts[name].public_id, scopes=sorted(scopes))
    return raw


@pytest.fixture
def clock(monkeypatch):
    """The machine's clock stands at `MOMENT`."""
    importlib.import_module("motcua.config.api")
    set_clock(monkeypatch, MOMENT)
    return MOMENT


@pytest.fixture
def machine(city, clock):
    """`machine("citizen")` is a caller with every scope; `machine()` has no token."""

    def made(name=None, scopes=None, language="vi"):
        return Machine(city, name, scopes, language)

    return made

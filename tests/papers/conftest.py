"""Browsers at the moment when the dossiers of the tests are received."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.accounts.browser import sign_in
from tests.dossiers import factories as make
from tests.support.moment import set_clock
from tests.support.officers import client_of

MOMENT = make.AT + timedelta(hours=1)


@pytest.fixture
def at(monkeypatch):
    """The one clock of the house stands at `MOMENT`."""
    set_clock(monkeypatch, MOMENT)
    for name in ("tests.accounts.browser.now", "tests.accounts.factories.now", "tests.support.officers.now"):
        monkeypatch.setattr(name, lambda: MOMENT)
    return MOMENT


@pytest.fixture
def browse(city, at):
    """A browser signed in as somebody of the city."""

    def opener(name: str) -> Client:
        if city.accounts[name].kind == "officer":
            return client_of(city.accounts[name])
        client = Client()
        assert sign_in(client, city.accounts[name]).status_code == 302
        return client

    return opener

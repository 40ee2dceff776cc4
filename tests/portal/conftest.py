"""Citizens and helpers at their browsers, at a fixed legal moment."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.accounts.browser import sign_in
from tests.dossiers import factories as make
from tests.support.moment import set_clock
from tests.support.officers import client_of

MOMENT = make.AT + timedelta(hours=1)  # Monday 5 October 2026, 10:00 in Viet Nam


@pytest.fixture
def at(monkeypatch):
    """The one clock of the house stands at `MOMENT`."""
    set_clock(monkeypatch, MOMENT)
    for name in ("tests.accounts.browser.now", "tests.accounts.factories.now", "tests.support.officers.now"):
        monkeypatch.setattr(name, lambda: MOMENT)
    return MOMENT


@pytest.fixture
def browse(city, at):
    """A browser signed in as somebody of the city: `browse("citizen")`; `browse()` is a stranger's."""
    clients = {}

    def opener(name=""):
        if name not in clients:
            if not name:
                clients[name] = Client()
            elif city.accounts[name].kind == "officer":
                clients[name] = client_of(city.accounts[name])
            else:
                clients[name] = Client()
                assert sign_in(clients[name], city.accounts[name]).status_code == 302
        return clients[name]

    return opener

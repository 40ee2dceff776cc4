"""Officers at their browsers, at a fixed legal moment."""

from datetime import timedelta
from importlib import import_module

import pytest

from tests.dossiers import factories as make
from tests.support.moment import set_clock
from tests.support.officers import client_of

MOMENT = make.AT + timedelta(hours=1)  # Monday 5 October 2026, 10:00 in Viet Nam


@pytest.fixture
def at(monkeypatch):
    """The one clock of the house stands at `MOMENT`."""
    import_module("motcua.config.urls")  # a module read later would keep this clock after the test
    set_clock(monkeypatch, MOMENT)
    for name in ("tests.accounts.browser.now", "tests.accounts.factories.now", "tests.support.officers.now"):
        monkeypatch.setattr(name, lambda: MOMENT)
    return MOMENT


@pytest.fixture
def desk(city, at):
    """A browser signed in as one of the city's officers: `desk("receptionist")`."""
    clients = {}

    def opener(name="receptionist"):
        if name not in clients:
            clients[name] = client_of(city.accounts[name])
        return clients[name]

    return opener

"""Officers at their browsers, at a fixed legal moment."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.support.officers import client_of
from tests.dossiers import factories as make

MOMENT = make.AT + timedelta(hours=1)  # Monday 5 October 2026, 10:00 in Viet Nam


@pytest.fixture
def at(monkeypatch):
    """The legal moment of every page and act; sessions keep the machine's clock."""
    monkeypatch.setattr("motcua.counter.base.machine", SimpleNamespace(now=lambda: MOMENT))
    return MOMENT


@pytest.fixture
def desk(city, at):
    """A browser signed in as one of the city's officers: `desk("receptionist")`."""
    clients = {}

    def opener(name):
        if name not in clients:
            clients[name] = client_of(city.accounts[name])
        return clients[name]

    return opener

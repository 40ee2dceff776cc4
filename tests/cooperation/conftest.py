"""The small city whose agencies work together, and browsers at moments that a test sets."""

from datetime import datetime

import pytest
from django.test import Client

from tests.accounts.browser import sign_in
from tests.cooperation.factories import BIRTH, Joint
from tests.support.moment import set_clock
from tests.support.officers import client_of


@pytest.fixture
def joint(city):
    """Interlinked birth registration, and officers of the police, the insurance, the tax office and the registry."""
    return Joint(city, BIRTH)


@pytest.fixture
def it_is(monkeypatch):
    """Set the one clock of the house: `it_is(moment)`."""

    def set_to(moment: datetime) -> datetime:
        set_clock(monkeypatch, moment)
        for name in (
            "tests.accounts.browser.now",
            "tests.accounts.factories.now",
            "tests.support.officers.now",
        ):
            monkeypatch.setattr(name, lambda: moment)
        return moment

    return set_to


@pytest.fixture
def browse(joint):
    """A browser signed in as somebody of the city: `browse("citizen")`. Signs in at the moment that is set."""

    clients: dict[str, Client] = {}

    def opener(name: str = "") -> Client:
        if name not in clients:
            clients[name] = fresh(name)
        return clients[name]

    def fresh(name: str) -> Client:
        if name and joint.accounts[name].kind == "officer":
            return client_of(joint.accounts[name])
        client = Client()
        if name:
            assert sign_in(client, joint.accounts[name]).status_code == 302
        return client

    return opener

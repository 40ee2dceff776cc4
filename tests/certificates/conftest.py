"""A city that offers personal signatures, an authority on the network that gives them, and keys of one's own."""

from __future__ import annotations

import contextlib
from datetime import timedelta

import pytest

from motcua.certificates.twins.registration import Registration
from motcua.certificates.twins.server import TwinServer
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.packs import store
from motcua.signing import actions as signing_actions
from tests.certificates import factories as own
from tests.counter.conftest import at, desk  # noqa: F401  fixtures
from tests.issuing.conftest import authorities, authority  # noqa: F401  fixtures
from tests.support import city as small_city
from tests.support.kept import kept
from tests.support.moment import set_clock


def _built() -> None:
    small_city.city()
    found = [
        each
        for each in small_city.assembled()
        if (each["kind"], each["key"]) == ("procedures", own.PROCEDURE)
    ]
    store.take_in(new_act(system("tests"), at=small_city.FOUNDED_AT, purpose="test"), documents=found)
    store.publish_all(new_act(system("tests"), at=small_city.FOUNDED_AT, purpose="test"))


@pytest.fixture
def city(db, _nothing_remembered):
    """The small city of all tests, which also offers personal signatures."""
    kept("certificates: city", _built)
    return small_city.city()


@pytest.fixture
def clock(monkeypatch):
    """The one clock: `clock(minutes)` after the dossiers of the tests began."""

    def turn(minutes: float) -> None:
        set_clock(monkeypatch, own.AT + timedelta(minutes=minutes))

    turn(30)
    return turn


@pytest.fixture
def twin(tmp_path, settings, authority, clock):  # noqa: F811
    """An authority on the network, and the installation's account there; a class to make it anew: `twin.again()`."""
    from motcua.foundation import time

    def issue(holder, key):
        return signing_actions.issue_trial_certificate("public", holder, at=time.now(), public_key=key)

    def revoke(serial, reason):
        signing_actions.revoke_trial_certificate("public", serial, at=time.now(), reason=reason)

    with contextlib.ExitStack() as stack:
        made = Registration(tmp_path / "registration", "mot-cua", "mat-khau", issue, revoke)
        server = stack.enter_context(TwinServer(made))
        settings.MOTCUA = settings.MOTCUA.model_copy(
            update={
                "certificate_authority_url": server.page.rstrip("/"),
                "certificate_authority_user": "mot-cua",
                "certificate_authority_password": "mat-khau",
            }
        )
        yield made

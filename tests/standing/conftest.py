"""A granted result of the small city, and what its officers decide about it."""

from datetime import timedelta

import pytest

from motcua.standing import actions
from tests.dossiers import factories as make
from tests.signing.desk import Desk

LATER = make.AT + timedelta(hours=3)


@pytest.fixture
def ready(city):
    """A dossier whose result is granted: number 15/GKS."""
    return make.ready(city)


@pytest.fixture
def rule(city, ready):
    """rule(verb, by="signer", …) on that result, three hours later."""

    def ruled(verb="withdraw_result", by="signer", at=LATER, **given):
        told = {"decision": "21/QĐ-UBND", "decided_on": at.date(), "reason": "mistake", **given}
        return getattr(actions, verb)(city.act(by, at), dossier=ready, **told)

    return ruled


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    """An authority of these tests' own."""
    return Desk(tmp_path_factory.mktemp("authority"))

"""A committee that signs electronically: its head with a decision and a key, its clerk with the seal."""

from datetime import timedelta

import pytest

from motcua.agencies import actions as agency_actions
from motcua.agencies import queries as agencies
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.issuing import actions
from motcua.signing import actions as signing_actions
from motcua.signing import queries as signing
from motcua.signing.trial import TREES, open_authority
from tests.dossiers import factories as make
from tests.support.city import COMMITTEE

AT = make.AT + timedelta(hours=1)
PIN = "246810"


@pytest.fixture(scope="session")
def authorities(tmp_path_factory):
    """The trial authority of both trees, begun before the dossiers of the tests: {tree: authority}."""
    folder = tmp_path_factory.mktemp("authority")
    begun = make.AT - timedelta(days=30)
    return {
        tree: open_authority(folder, tree, at=begun, address="http://trial.invalid/ca", kind="ec")
        for tree in TREES
    }


@pytest.fixture
def authority(authorities, monkeypatch):
    """The installation's trial authority is that one; what a test revokes belongs to its own keys."""
    for place in (signing, signing_actions):
        monkeypatch.setattr(place, "trial_authority", lambda tree, at: authorities[tree])
    return authorities["government"]


@pytest.fixture
def committee():
    return agencies.by_code(COMMITTEE)


@pytest.fixture
def decided(city, committee):
    """The signer may sign on behalf of the committee; the clerk of the centre is also the committee's."""
    act = new_act(system("tests"), at=make.AT - timedelta(days=1), purpose="test")
    agency_actions.appoint(
        act, account=city.accounts["clerk"].public_id, agency=committee.public_id, role="clerk"
    )
    granted = actions.grant_authority(
        new_act(system("tests"), at=make.AT, purpose="test"),
        agency=committee.public_id,
        account=city.accounts["signer"].pk,
        capacity="tm",
        body="Ủy ban nhân dân",
        own_title="Chủ tịch",
    )
    return granted["authority"]


@pytest.fixture
def keys(city, decided, committee, authority):
    """{signer, seal}: the public ids of the trial keys, opened by PIN."""
    signer = actions.trial_key(city.act("signer", make.AT), secret=PIN)
    seal = actions.trial_key(city.act("clerk", make.AT), secret=PIN, agency=committee.public_id)
    return {"signer": signer["key"], "seal": seal["key"]}


@pytest.fixture
def waiting(city):
    """A result before the signer: a business certificate, which this platform makes itself."""
    return make.drafted(city, procedure=make.BUSINESS)

"""A signer whose key lies in a remote service: registered, a code asked for, results signed under one authorisation."""

import json
import urllib.request

import pytest

from motcua.issuing import actions, errors
from motcua.issuing.models import Issued, Key
from motcua.signing import actions as signing_actions
from motcua.signing.twins import csc
from motcua.signing.twins.server import TwinServer
from tests.dossiers import factories as make
from tests.issuing.conftest import AT, PIN

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def service(city, decided, authority, settings):
    """The twin of a service that holds the signer's key, and an installation that knows its address."""
    holder = {"name": city.accounts["signer"].display_name, "agency": "Ủy ban nhân dân phường Bãi Cháy"}
    content, _serial = signing_actions.issue_trial_key("government", holder, at=make.AT, password=PIN)
    with TwinServer(csc.Service("motcua", "cổng")) as twin:
        twin.service.add(csc.Credential("chu-tich", signing_actions.open_key(content, PIN), PIN))
        settings.MOTCUA = settings.MOTCUA.model_copy(update={"remote_signing_url": twin.address})
        yield twin


def test_results_are_signed_by_a_remote_key_with_its_code(city, service):
    place = {"credential": "chu-tich", "user": "motcua", "password": "cổng"}
    key = actions.add_key(city.act("signer", AT), kind="remote", place=place, secret=PIN)["key"]
    assert Key.objects.get().place == place
    dossiers = [make.drafted(city, procedure=make.BUSINESS) for _each in range(3)]
    assert actions.ask_code(city.act("signer", AT), key=key, secret=PIN)
    with urllib.request.urlopen(service.address.replace("/csc/v1", "/twin/codes")) as answer:
        code = json.load(answer)["chu-tich"]
    items = [(dossier, None) for dossier in dossiers]
    said = {"items": items, "key": key, "secret": PIN}
    wrong = actions.sign_results(city.act("signer", AT), **said, code="000000")
    assert {each.kind for each in wrong} == {"refused"} and not Issued.objects.exists()
    done = actions.sign_results(city.act("signer", AT), **said, code=code)
    assert [each.kind for each in done] == ["done"] * 3


def test_a_kind_of_key_that_is_not_set_up_is_no_door(city, decided):
    with pytest.raises(errors.NoSuchDoor):
        actions.add_key(city.act("signer", AT), kind="token", place={"token": "x", "label": "y"}, secret=PIN)

"""Administrators reach only the accounts in their own field; nobody vouches for herself."""

from datetime import UTC, datetime

import pytest

from motcua.accounts import actions as accounts
from motcua.accounts import errors, queries
from motcua.agencies import actions as agencies
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.people import actions as people
from motcua.people.errors import OwnLink
from tests.support.city import COMMITTEE

pytestmark = pytest.mark.django_db
AT = datetime(2026, 8, 21, 3, 0, tzinfo=UTC)
WAYS_IN = (
    (accounts.reset_totp, {}),
    (accounts.set_password, {"password": "x"}),
    (accounts.disable_account, {}),
    (accounts.rename_account, {"display_name": "Ai Khác"}),
    (accounts.clear_lock, {}),
)


@pytest.fixture
def ward(city):
    """The account of an administrator of one ward."""
    act = new_act(system("tests"), at=AT, purpose="tests")
    made = accounts.create_account(
        act, login_name="qt.bai.chay", display_name="Quản Trị Phường", kind="officer"
    )
    office = city.office(COMMITTEE).public_id
    agencies.appoint(
        new_act(system("tests"), at=AT, purpose="tests"),
        account=made["account"],
        agency=office,
        role="administrator",
    )
    city.accounts["ward"] = queries.account(made["account"])
    return city


@pytest.mark.parametrize(("action", "more"), WAYS_IN)
@pytest.mark.parametrize("target", ["admin", "province_leader", "other_processor", "citizen"])
def test_a_ward_administrator_cannot_take_over_an_account_elsewhere(ward, action, more, target):
    with pytest.raises(errors.NotAllowed):
        action(ward.act("ward", AT), account=ward.accounts[target].public_id, **more)


def test_a_ward_administrator_makes_no_token_for_others(ward):
    with pytest.raises(errors.NotAllowed):
        accounts.issue_token(
            ward.act("ward", AT), account=ward.accounts["province_leader"].public_id, scopes=["dossiers:read"]
        )


def test_she_manages_those_of_her_ward_and_new_ones(ward):
    accounts.reset_totp(ward.act("ward", AT), account=ward.accounts["processor"].public_id)
    accounts.clear_lock(ward.act("ward", AT), account=ward.accounts["receptionist"].public_id)
    made = accounts.create_account(
        ward.act("ward", AT), login_name="nguoi.moi", display_name="Người Mới", kind="officer"
    )
    accounts.set_password(ward.act("ward", AT), account=made["account"], password="x")  # noqa: S106


def test_the_province_manages_everybody(ward):
    for name in ("ward", "citizen", "other_processor"):
        accounts.reset_totp(ward.act("admin", AT), account=ward.accounts[name].public_id)


def test_nobody_links_herself_and_a_colleague_is_only_named(city):
    act = new_act(system("tests"), at=AT, purpose="tests")
    party = people.find_or_create(
        act, facts={"full_name": "Nguyễn Thị Lan", "personal_number": "022190001234"}
    )
    desk, who = city.accounts["receptionist"].public_id, party["party"]
    with pytest.raises(OwnLink):
        people.link_account(city.act("receptionist", AT), account=desk, party=who)
    for name in ("processor", "citizen"):
        people.link_account(city.act("receptionist", AT), account=city.accounts[name].public_id, party=who)
    assert f"party:{party['party_id']}" in city.actor("citizen", AT).holders
    assert not any(holder.startswith("party:") for holder in city.actor("processor", AT).holders)

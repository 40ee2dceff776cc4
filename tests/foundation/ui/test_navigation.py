"""Who finds what in the navigation."""

import pytest
from django.test import RequestFactory

from motcua.foundation.actors import ANONYMOUS, Actor
from motcua.foundation.ui import navigation

OFFICER = Actor(
    key="account:1", kind="account", account_id=1, roles=frozenset({("processor", 5)}), label="Thắm"
)


@pytest.fixture(autouse=True)
def own_register(monkeypatch):
    monkeypatch.setattr(navigation, "_items", {face: {} for face in navigation.FACES})


def found(face, path="/", actor=ANONYMOUS):
    request = RequestFactory().get(path)
    request.actor = actor
    return navigation.items_for(face, request)


def test_an_item_shows_to_its_roles_only():
    navigation.register("desk", key="mine", label="Việc", url="/counter/", roles=("processor",), order=2)
    navigation.register("desk", key="lead", label="Điều hành", url="/operations/", roles=("leader",), order=1)
    assert [item["key"] for item in found("desk", actor=OFFICER)] == ["mine"]
    assert found("desk") == []


def test_signing_in_and_out_exclude_each_other():
    navigation.register("account", key="in", label="Đăng nhập", url="/in/", signed_in=False)
    navigation.register("account", key="out", label="Đăng xuất", url="/out/", signed_in=True, post=True)
    assert [item["key"] for item in found("account")] == ["in"]
    assert [item["key"] for item in found("account", actor=OFFICER)] == ["out"]


def test_the_longest_fitting_address_is_the_present_one():
    navigation.register("desk", key="all", label="Tất cả", url="/counter/", order=1)
    navigation.register("desk", key="new", label="Tiếp nhận", url="/counter/intake/", order=2)
    current = {item["key"]: item["current"] for item in found("desk", "/counter/intake/7/")}
    assert current == {"all": False, "new": True}


def test_a_count_may_carry_a_state_and_a_room_that_is_not_there_offers_nothing():
    navigation.register("desk", key="late", label="Quá hạn", url="/late/", count=lambda request: (3, "late"))
    navigation.register("desk", key="gone", label="Không có", url="nowhere:page")
    (item,) = found("desk")
    assert (item["count"], item["state"]) == (3, "late")
    assert navigation.items_for("desk", None) == []


def test_everybody_begins_where_the_role_works():
    def officer(role):
        return Actor(key="account:2", kind="account", account_id=2, roles=frozenset({(role, 5)}))

    navigation.register(
        "desk", key="mine", label="Việc", url="/counter/", roles=("processor", "leader"), order=1
    )
    navigation.register(
        "desk", key="lead", label="Điều hành", url="/lead/", roles=("leader",), home=("leader",)
    )
    navigation.register("desk", key="help", label="Giúp", url="/help/", roles=("helper",), order=300)
    pages = [navigation.first_page(officer(role)) for role in ("processor", "leader", "helper", "none")]
    assert pages == ["/counter/", "/lead/", "/help/", "/"]

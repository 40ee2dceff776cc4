"""The administrator's pages: what is open in a reorganisation, and deciding it one by one or by rule."""

from __future__ import annotations

import pytest
from django.urls import reverse

from motcua.foundation.models import AccessEntry
from motcua.reorganisation.models import Decision
from tests.dossiers import factories as make
from tests.reorganisation import factories as wards
from tests.reorganisation.factories import KEY, OTHER_WARD, THE_DAY, THIRD_COMMITTEE, WARD
from tests.reorganisation.test_ambiguous import declare_elsewhere
from tests.support.city import COMMITTEE
from tests.support.moment import set_clock
from tests.support.officers import client_of


@pytest.fixture
def admin(city, monkeypatch):
    set_clock(monkeypatch, THE_DAY)
    for name in ("tests.accounts.browser", "tests.accounts.factories", "tests.support.officers"):
        monkeypatch.setattr(f"{name}.now", lambda: THE_DAY)
    return client_of(city.accounts["admin"])


def test_a_page_names_what_is_open_and_takes_a_decision(city, admin, django_assert_max_num_queries):
    mine = make.in_process(city)
    declare_elsewhere(mine, WARD)
    there = make.in_process(city)
    declare_elsewhere(there, OTHER_WARD)
    wards.publish(split=True)
    assert "Sắp xếp phường" in admin.get(reverse("reorganisation:list")).content.decode()
    address = reverse("reorganisation:one", args=[KEY])
    with django_assert_max_num_queries(45):
        page = admin.get(address).content.decode()
    assert make.get(mine).code in page and make.get(there).code not in page
    assert "Đơn vị cũ nay nằm ở nhiều đơn vị mới" in page
    entry = AccessEntry.objects.get(page="reorganisation.one")
    assert [s.subject for s in entry.subjects.all()] == [f"dossier:{mine}"]
    said = {
        "act_id": "d-1",
        "n": "d0",
        "dossier": mine,
        "from": COMMITTEE,
        "area": WARD,
        "to-d0": THIRD_COMMITTEE,
    }
    assert admin.post(reverse("reorganisation:decide", args=[KEY]), said).status_code == 302
    assert Decision.objects.get().dossier.public_id == mine
    page = admin.get(address).content.decode()
    assert "Quyết định đã ghi" in page and 'name="as_rule"' not in page


def test_by_rule_for_a_position_and_wrongly(city, admin):
    dossier = make.in_process(city)
    declare_elsewhere(dossier, WARD)
    wards.publish(split=True)
    address = reverse("reorganisation:decide", args=[KEY])
    common = {"n": "x", "from": COMMITTEE, "to-x": THIRD_COMMITTEE, "reason-x": "Thửa đất số 12"}
    admin.post(address, {**common, "act_id": "r", "area": WARD, "dossier": dossier, "as_rule": "1"})
    admin.post(address, {**common, "act_id": "p", "login_name": "signer", "role": "signer"})
    admin.post(address, {"act_id": "w", "n": "x", "dossier": dossier, "to-x": "qn-ha-tu"}, follow=True)
    assert [d.kind for d in Decision.objects.order_by("pk")] == ["rule", "position"]
    assert Decision.objects.get(kind="rule").reason == "Thửa đất số 12"


def test_nobody_else_comes_in(city, admin, monkeypatch):
    wards.publish(split=True)
    head = client_of(city.accounts["head"])
    for name, args in (("list", []), ("one", [KEY])):
        assert head.get(reverse(f"reorganisation:{name}", args=args)).status_code in (302, 403, 404)
    assert admin.get(reverse("reorganisation:one", args=["nothing"])).status_code == 404


def test_the_dossier_page_says_who_has_it_now(city, admin, monkeypatch):
    dossier = make.in_process(city)
    wards.publish()
    wards.apply()
    page = (
        client_of(city.accounts["processor"]).get(reverse("counter:dossier", args=[dossier])).content.decode()
    )
    assert "Sắp xếp lại bộ máy: đã chuyển cơ quan kế thừa" in page

"""What every page and the API hold against a hostile browser, and what is written about it."""

import json
from datetime import timedelta
from importlib import import_module
from urllib.parse import quote

import pytest
from django.test import Client

from motcua.config.settings import logs
from motcua.foundation.models import AccessSubject
from motcua.people import actions as people
from tests.dossiers import factories
from tests.support.moment import set_clock
from tests.support.officers import client_of

pytestmark = pytest.mark.django_db
MOMENT = factories.AT + timedelta(days=1, hours=1)
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture
def desk(city, monkeypatch):
    import_module("motcua.config.urls")
    import_module("motcua.config.api")
    set_clock(monkeypatch, MOMENT)
    for name in ("tests.accounts.browser.now", "tests.accounts.factories.now", "tests.support.officers.now"):
        monkeypatch.setattr(name, lambda: MOMENT)
    return lambda name="receptionist": client_of(city.accounts[name])


def test_nothing_typed_into_an_address_becomes_markup(city, desk):
    dossier, client = factories.received(city), desk()
    for path in (
        "/tra-cuu/?ma=",
        "/thu-tuc/?q=",
        "/goi-y/?q=",
        "/counter/?tab=",
        "/counter/?state=",
        f"/counter/ho-so/{dossier}/?tab=",
        f"/counter/ho-so/{dossier}/?viec=",
        f"/counter/ho-so/{dossier}/?giay=",
        "/counter/so/theo-doi/?ngay=",
        "/counter/?sau=",
    ):
        answer = client.get(path + quote(SCRIPT))
        assert answer.status_code < 500, path
        assert "<img src=x" not in answer.content.decode(), path
        assert "script-src 'self';" in answer.headers["Content-Security-Policy"]
    assert "<img src=x" not in client.post("/counter/tim/", {"q": SCRIPT}, follow=True).content.decode()


def test_a_form_from_elsewhere_and_a_session_at_the_api_do_nothing(city, desk):
    dossier, own = factories.received(city), desk()
    foreign = Client(enforce_csrf_checks=True)
    foreign.cookies = own.cookies
    assert (
        foreign.post(f"/counter/ho-so/{dossier}/viec/transfer/", {"act_id": "abcdefgh1"}).status_code == 403
    )
    assert foreign.get("/api/v1/dossiers").status_code == 401
    assert foreign.post("/api/v1/dossiers", "{}", content_type="application/json").status_code == 401
    assert str(factories.get(dossier).business_state) == "received"


@pytest.mark.parametrize("name", ["other_receptionist", "other_leader", "admin"])
def test_another_office_opens_no_page_of_it_and_moves_nothing(city, desk, name):
    dossier, client = factories.received(city), desk(name)
    for path in (
        f"/counter/ho-so/{dossier}/",
        f"/counter/ho-so/{dossier}/nhat-ky/",
        f"/counter/ho-so/{dossier}/giay/1/",
        f"/counter/ho-so/{dossier}/in/phieu-kiem-soat/",
        f"/ho-so/{dossier}/",
        f"/ho-so/{dossier}/ai-da-xem/",
    ):
        assert client.get(path).status_code in (403, 404), path
    client.post("/counter/lam/", {"verb": "transfer", "pick": [f"{dossier}:3"], "act_id": "abcdefgh1"})
    assert str(factories.get(dossier).business_state) == "received"


def test_there_is_no_built_in_administration_and_no_foreign_host():
    assert Client().get("/admin/").status_code == 404
    assert Client().get("/", headers={"host": "evil.example"}).status_code == 400


def test_a_declaration_begun_for_a_known_person_is_a_look_at_her(city, desk):
    made = people.find_or_create(
        city.act("receptionist", MOMENT),
        facts={"full_name": "Trần Thị Hoa", "personal_number": "022190001234"},
    )
    client = desk()
    there = client.post("/counter/tiep-nhan/nguoi/", {"person": made["party"], "act_id": "abcdefgh1"}).url
    AccessSubject.objects.all().delete()
    assert client.get(f"{there}birth-registration/").status_code == 200
    looks = AccessSubject.objects.filter(entry__page="counter:declare")
    assert [look.subject for look in looks] == [f"party:{made['party']}"]


def test_collecting_people_by_searching_is_slowed_down(desk, monkeypatch):
    monkeypatch.setattr("motcua.people.views.SEARCHES_PER_MINUTE", 3)
    client = desk()
    assert [client.post("/people/", {"q": f"Nguyen {n}"}).status_code for n in range(5)][2:] == [
        200,
        429,
        429,
    ]


def test_a_line_of_the_framework_names_no_address():
    line = logs.without_address(
        None, "error", {"logger": "django.request", "event": "Internal Server Error: /giup-nop/da-giup/7K2M/"}
    )
    assert line["event"] == "Internal Server Error"
    assert "7K2M" not in json.dumps(line)

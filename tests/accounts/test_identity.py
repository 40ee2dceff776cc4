"""The door an identity provider will use: away, back with an answer, and nobody else's answer."""

from dataclasses import dataclass

import pytest

from motcua.accounts import identity
from motcua.foundation.models import JournalLine
from tests.accounts.factories import AT, PASSWORD, enrol, make_account

pytestmark = pytest.mark.django_db


@dataclass
class TwinDoor:
    """A provider that believes whoever comes back with the right code."""

    account_id: int | None
    key: str = "twin"
    label: str = "Nhà cung cấp thử"
    asks_second_factor: bool = False

    def begin(self, *, return_to):
        return identity.Beginning(redirect=f"https://provider.example/?back={return_to}", state="s3cret")

    def finish(self, answers, *, at):
        if answers.get("code") != "good":
            return identity.Unknown()
        return identity.Identity(self.key, "sub-1", self.account_id, level=2)


@pytest.fixture
def citizen():
    return make_account("0912345678", kind="citizen", display_name="Trần Thị Hoa", password="")


@pytest.fixture
def twin(monkeypatch, citizen):
    door = TwinDoor(citizen.pk)
    monkeypatch.setitem(identity._doors, "twin", door)
    return door


def test_the_sign_in_page_offers_every_door(client, twin):
    assert "Nhà cung cấp thử" in client.get("/account/sign-in/").content.decode()


def test_away_and_back(client, twin, citizen):
    away = client.get("/account/sign-in/through/twin/?next=/account/")
    assert away.url.startswith("https://provider.example/")
    back = client.get("/account/sign-in/through/twin/?state=s3cret&code=good")
    assert back.url == "/account/"
    assert "Trần Thị Hoa" in client.get("/account/").content.decode()
    line = JournalLine.objects.get(verb="account.signed_in")
    assert line.facts == {"door": "twin", "step": "provider"}


@pytest.mark.parametrize("query", ["state=other&code=good", "state=s3cret&code=bad", "state=s3cret"])
def test_a_wrong_answer_opens_nothing(client, twin, query):
    client.get("/account/sign-in/through/twin/")
    client.get(f"/account/sign-in/through/twin/?{query}")
    assert client.get("/account/").status_code == 302


def test_an_answer_nobody_asked_for_opens_nothing(client, twin):
    client.get("/account/sign-in/through/twin/?state=s3cret&code=good")
    assert client.get("/account/").status_code == 302


def test_a_person_without_an_account_is_not_let_in(client, twin):
    twin.account_id = None
    client.get("/account/sign-in/through/twin/")
    client.get("/account/sign-in/through/twin/?state=s3cret&code=good")
    assert client.get("/account/").status_code == 302


def test_an_officer_still_gives_a_code_where_the_door_does_not_vouch(client, twin):
    officer = make_account()
    enrol(officer)
    twin.account_id, twin.asks_second_factor = officer.pk, True
    client.get("/account/sign-in/through/twin/")
    assert client.get("/account/sign-in/through/twin/?state=s3cret&code=good").url == "/account/code/"


@pytest.mark.parametrize("key", ["local", "khong-co"])
def test_doors_that_do_not_lead_elsewhere(client, key):
    assert client.get(f"/account/sign-in/through/{key}/").status_code == 404


def test_the_local_door_never_says_who_exists():
    door = identity.door("local")
    make_account(at=AT)
    for name, password in (("nguyen.van.an", "sai"), ("khong.co", PASSWORD), ("", "")):
        assert isinstance(door.finish({"login_name": name, "password": password}, at=AT), identity.Unknown)
    known = door.finish({"login_name": "nguyen.van.an", "password": PASSWORD}, at=AT)
    assert (known.door, known.level) == ("local", 0)

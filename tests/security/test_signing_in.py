"""What must not be guessed, replayed or kept around signing in."""

import pytest
from django.test import Client

from motcua.accounts import actions, queries, second_step
from motcua.accounts.models import HeldPost
from motcua.foundation.time import now
from tests.accounts.browser import leave_alone, officer_client, sign_in
from tests.accounts.factories import PASSWORD, act_of, enrol, make_account

pytestmark = pytest.mark.django_db
NEW = "Suoi-Trang-Que-Non-7316"


@pytest.fixture
def citizen(db):
    return make_account("0912345678", kind="citizen", display_name="Trần Thị Hoa")


@pytest.mark.parametrize(
    ("page", "field", "more"),
    [("/account/password/", "current", {"password": NEW}), ("/account/recovery-codes/", "password", {})],
)
def test_an_open_screen_is_no_place_to_guess_the_password(page, field, more):
    client = officer_client(make_account())
    for _try in range(5):
        client.post(page, {field: "sai", **more})
    refused = client.post(page, {field: PASSWORD, **more})
    assert "khóa" in refused.content.decode()
    assert queries.account_by_login("nguyen.van.an").check_password(PASSWORD), (
        "the password is still the old one"
    )


def test_a_registration_sent_again_is_no_way_past_the_second_step(client):
    form = {
        "display_name": "Trần Thị Hoa",
        "login_name": "0912345678",
        "password": PASSWORD,
        "act_id": "form-12345",
    }
    assert client.post("/account/register/", form).status_code == 302
    enrol(queries.account_by_login("0912345678"))
    stranger = Client()
    assert stranger.post("/account/register/", form).url == "/account/code/"
    assert stranger.get("/account/").status_code == 302


def test_a_password_typed_on_a_locked_screen_is_not_kept(client, citizen):
    sign_in(client, citizen)
    leave_alone(client, 20)
    client.post("/account/password/", {"current": PASSWORD, "password": NEW, "act_id": "form-12345"})
    body = HeldPost.objects.get().body
    assert PASSWORD not in body
    assert NEW not in body


def test_a_forwarded_address_from_a_stranger_does_not_reset_the_limit(client, citizen, settings):
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"rate_login_per_minute": 3})
    statuses = [
        client.post(
            "/account/sign-in/",
            {"login_name": f"ten.so.{n}", "password": "sai"},
            headers={"X-Forwarded-For": f"203.0.113.{n}"},
        ).status_code
        for n in range(5)
    ]
    assert statuses[-1] == 429


def test_recovery_codes_outlive_a_change_of_the_index_key(settings):
    account = make_account()
    enrol(account)
    code = second_step.new_recovery_codes()[0]
    kept = [second_step.recovery_hash(account.public_id, code)]
    actions.replace_recovery_codes(act_of(account), account=account.public_id, recovery_hashes=kept)
    own = settings.MOTCUA
    keys = {**own.index_keys, "2": own.data_keys["d0"]}
    settings.MOTCUA = own.model_copy(update={"index_keys": keys, "index_key_active": "2"})
    hashes = second_step.recovery_hashes(account.public_id, code)
    assert actions.use_recovery_code(act_of(account), account=account.public_id, code_hashes=hashes)["passed"]


def test_a_code_of_the_authenticator_is_good_once(settings):
    account = make_account()
    enrol(account, now())
    client = Client()
    client.post("/account/sign-in/", {"login_name": account.login_name, "password": PASSWORD})
    account.refresh_from_db()
    code = second_step.present_code(account, now())
    assert client.post("/account/code/", {"code": code}).status_code == 302
    other = Client()
    other.post("/account/sign-in/", {"login_name": account.login_name, "password": PASSWORD})
    assert other.post("/account/code/", {"code": code}).status_code == 422


def test_a_new_password_ends_every_other_session(citizen):
    here, elsewhere = Client(), Client()
    sign_in(here, citizen)
    sign_in(elsewhere, citizen)
    here.post("/account/password/", {"current": PASSWORD, "password": NEW})
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


@pytest.mark.parametrize(
    "there", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_signing_in_leads_to_no_foreign_site(client, citizen, there):
    answer = sign_in(client, citizen, next=there)
    assert answer.url == "/"


def test_the_session_key_changes_at_sign_in(client, citizen):
    client.get("/account/sign-in/")
    session = client.session
    session["planted"] = "1"
    session.save()
    client.cookies["motcua_session"] = planted = session.session_key
    sign_in(client, citizen)
    assert client.cookies["motcua_session"].value != planted

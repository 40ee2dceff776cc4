"""The pages: signing in, the second step, locks, a locked screen that loses nothing, one's own account."""

import json
import re

import pytest
from django.conf import settings as django_settings
from django.test import Client

from motcua.accounts import queries, second_step
from motcua.accounts.models import Account, HeldPost
from motcua.foundation.models import JournalLine
from motcua.foundation.time import now
from tests.accounts.browser import hidden, leave_alone, officer_client, sign_in
from tests.accounts.factories import PASSWORD, enrol, make_account

pytestmark = pytest.mark.django_db

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng."


@pytest.fixture
def citizen():
    return make_account("0912345678", kind="citizen", display_name="Trần Thị Hoa")


@pytest.fixture
def real(settings):
    """An installation that is no simulation."""
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"simulation": False})
    return settings


def text(answer) -> str:
    return answer.content.decode()


def test_a_citizen_signs_in_with_any_spelling_of_her_phone(client, citizen):
    answer = client.post(
        "/account/sign-in/", {"login_name": "+84 912 345 678", "password": PASSWORD, "next": "/account/"}
    )
    assert (answer.status_code, answer.url) == (302, "/account/")
    assert "Trần Thị Hoa" in text(client.get("/account/"))


def test_wrong_password_and_unknown_name_look_the_same(client, citizen):
    answers = [
        client.post("/account/sign-in/", {"login_name": name, "password": "sai"})
        for name in ("0912345678", "khong.co")
    ]
    assert {answer.status_code for answer in answers} == {422}
    assert all(WRONG in text(answer) for answer in answers)


@pytest.mark.parametrize("name", ["0912345678", "0987654321"])
def test_the_fifth_wrong_password_locks_with_a_clear_sentence(client, citizen, name):
    for _n in range(5):
        answer = client.post("/account/sign-in/", {"login_name": name, "password": "sai"})
    assert "đang bị khóa vì nhập sai nhiều lần" in text(answer)
    right = client.post("/account/sign-in/", {"login_name": name, "password": PASSWORD})
    assert right.status_code == 422
    assert "Thử lại sau" in text(right)


def test_one_address_cannot_try_without_end(client, citizen):
    for number in range(12):
        answer = client.post("/account/sign-in/", {"login_name": f"ai.do.{number}", "password": "sai"})
    assert answer.status_code == 429
    assert "quá nhanh" in text(answer)


def test_a_repeated_act_id_does_not_hide_failures(client, citizen):
    for _n in range(5):
        client.post("/account/sign-in/", {"login_name": "0912345678", "password": "sai", "act_id": "x" * 20})
    assert queries.tries("0912345678").locked_until is not None


def test_the_password_is_never_sent_back(client, citizen):
    answer = client.post("/account/sign-in/", {"login_name": "0912345678", "password": "SaiMatKhau-999"})
    assert "SaiMatKhau-999" not in text(answer)


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_led_away(client, citizen, where):
    answer = client.post(
        "/account/sign-in/", {"login_name": "0912345678", "password": PASSWORD, "next": where}
    )
    assert answer.url == "/"


def test_a_protected_page_leads_to_sign_in_and_back(client, citizen):
    answer = client.get("/account/password/")
    assert answer.url == "/account/sign-in/?next=/account/password/"


class TestOfficer:
    @pytest.fixture
    def officer(self):
        return make_account()

    def test_the_first_sign_in_enrols_an_authenticator(self, client, officer):
        answer = client.post("/account/sign-in/", {"login_name": officer.login_name, "password": PASSWORD})
        assert answer.url == "/account/second-step/"
        page = text(client.get("/account/second-step/"))
        assert "<svg" in page
        assert client.get("/account/").status_code == 302  # no session before the second step
        officer.refresh_from_db()
        done = client.post("/account/second-step/", {"code": second_step.present_code(officer, now())})
        assert len(re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", text(done))) == 10
        assert client.get("/account/").status_code == 200
        assert officer.totp_secret not in text(client.get("/account/"))

    def test_afterwards_the_code_is_asked(self, client, officer):
        enrol(officer)
        answer = client.post("/account/sign-in/", {"login_name": officer.login_name, "password": PASSWORD})
        assert answer.url == "/account/code/"
        assert client.get("/account/").status_code == 302
        wrong = client.post("/account/code/", {"code": "000000"})
        assert wrong.status_code == 422
        assert "Mã xác thực chưa đúng" in text(wrong)

    def test_five_wrong_codes_lock_too(self, client, officer):
        enrol(officer)
        client.post("/account/sign-in/", {"login_name": officer.login_name, "password": PASSWORD})
        for _n in range(5):
            answer = client.post("/account/code/", {"code": "000000"})
        assert "đang bị khóa" in text(answer)

    def test_a_recovery_code_opens_once(self, client, officer):
        client.post("/account/sign-in/", {"login_name": officer.login_name, "password": PASSWORD})
        officer.refresh_from_db()
        done = client.post("/account/second-step/", {"code": second_step.present_code(officer, now())})
        code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", text(done)).group()
        for passes in (True, False):
            other = Client()
            other.post("/account/sign-in/", {"login_name": officer.login_name, "password": PASSWORD})
            answer = other.post("/account/code/", {"code": code.lower()})
            assert (answer.status_code == 302) is passes

    def test_the_code_page_without_a_password_leads_back(self, client):
        assert client.get("/account/code/").url == "/account/sign-in/"
        assert client.post("/account/code/", {"code": "123456"}).url == "/account/sign-in/"

    def test_the_first_password_must_be_changed(self, client):
        officer = make_account(must_change_password=True)
        browser = officer_client(officer)
        answer = browser.get("/account/")
        assert answer.url == "/account/password/?next=%2Faccount%2F"
        done = browser.post(
            "/account/password/",
            {"current": PASSWORD, "password": "Doi-Moi-99", "next": "/account/"},
            follow=True,
        )
        assert "Đã đổi mật khẩu" in text(done)
        assert browser.get("/account/").status_code == 200


class TestSimulation:
    def test_demo_accounts_and_codes_are_shown_with_the_mark(self, client, settings, tmp_path):
        row = {"login": "tiep.nhan", "password": "Mo-Phong-1", "role": "Tiếp nhận"}
        (tmp_path / "demo.json").write_text(json.dumps({"accounts": [row, "rubbish", {"login": "x"}]}))
        settings.MOTCUA = settings.MOTCUA.model_copy(update={"simulation": True, "var": tmp_path})
        page = text(client.get("/account/sign-in/"))
        assert "tiep.nhan" in page
        assert "MÔ PHỎNG" in page
        officer = make_account()
        enrol(officer)
        sign = {"login_name": officer.login_name, "password": PASSWORD}
        client.post("/account/sign-in/", sign)
        page = text(client.get("/account/code/"))
        officer.refresh_from_db()
        assert second_step.present_code(officer, now()) in page
        assert "MÔ PHỎNG" in page

    def test_a_real_installation_shows_neither(self, client, real, tmp_path):
        row = {"login": "tiep.nhan", "password": "Mo-Phong-1", "role": "Tiếp nhận"}
        (tmp_path / "demo.json").write_text(json.dumps({"accounts": [row]}))
        real.MOTCUA = real.MOTCUA.model_copy(update={"var": tmp_path})
        assert "tiep.nhan" not in text(client.get("/account/sign-in/"))
        officer = make_account()
        enrol(officer)
        client.post("/account/sign-in/", {"login_name": officer.login_name, "password": PASSWORD})
        officer.refresh_from_db()
        page = text(client.get("/account/code/"))
        assert second_step.present_code(officer, now()) not in page
        assert "MÔ PHỎNG" not in page

    @pytest.mark.parametrize("content", ["", "[]", "{", '{"accounts": 7}'])
    def test_a_broken_demo_file_breaks_no_page(self, client, settings, tmp_path, content):
        (tmp_path / "demo.json").write_text(content)
        settings.MOTCUA = settings.MOTCUA.model_copy(update={"simulation": True, "var": tmp_path})
        assert client.get("/account/sign-in/").status_code == 200


class TestIdleLock:
    @pytest.fixture
    def browser(self, citizen):
        client = Client()
        sign_in(client, citizen)
        return client

    def test_fourteen_minutes_are_fine_sixteen_lock(self, browser):
        leave_alone(browser, 14)
        assert browser.get("/account/").status_code == 200
        leave_alone(browser, 16)
        answer = browser.get("/account/?a=1")
        assert answer.url == "/account/locked/?next=%2Faccount%2F%3Fa%3D1"
        assert "Trần Thị Hoa" in text(browser.get(answer.url))

    def test_every_page_moves_the_moment_on_without_a_write(self, browser, django_assert_num_queries):
        leave_alone(browser, 14)
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            browser.get("/account/")
        assert not [q for q in captured if not q["sql"].startswith("SELECT")]
        leave_alone(browser, 14)
        assert browser.get("/account/").status_code == 200

    def test_the_password_opens_it_again_where_one_was(self, browser):
        leave_alone(browser, 16)
        wrong = browser.post("/account/locked/", {"password": "sai", "next": "/account/"})
        assert WRONG in text(wrong)
        right = browser.post("/account/locked/", {"password": PASSWORD, "next": "/account/"})
        assert right.url == "/account/"
        assert browser.get("/account/").status_code == 200

    def test_a_form_sent_while_locked_is_held_and_sent_on(self, browser, citizen):
        leave_alone(browser, 16)
        answer = browser.post("/account/", {"display_name": "Trần Thị Hoa <b>", "act_id": "a" * 20})
        page = text(browser.get(answer.url))
        assert "chưa mất" in page
        citizen.refresh_from_db()
        assert citizen.display_name == "Trần Thị Hoa"
        back = browser.post(
            "/account/locked/", {"password": PASSWORD, "next": hidden(browser.get(answer.url))["next"]}
        )
        held = browser.get(back.url)
        kept = hidden(held)
        assert 'action="/account/"' in text(held)
        assert (kept["display_name"], kept["act_id"]) == ("Trần Thị Hoa &lt;b&gt;", "a" * 20)
        assert browser.post("/account/", {"display_name": "Trần Thị Huệ"}).status_code == 302
        citizen.refresh_from_db()
        assert citizen.display_name == "Trần Thị Huệ"

    def test_what_is_held_is_sealed_and_nobody_elses(self, browser):
        leave_alone(browser, 16)
        answer = browser.post("/account/", {"display_name": "Bí mật của tôi"})
        held = HeldPost.objects.get()
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT path, body FROM accounts_heldpost")
            assert "mật" not in str(cursor.fetchone())
        other = Client()
        sign_in(other, make_account("0987654321", kind="citizen"))
        assert other.get(f"/account/held/{held.public_id}/").status_code == 404
        assert held.public_id in answer.url

    def test_after_the_session_is_gone_the_form_waits_behind_sign_in(self, browser, citizen):
        browser.cookies.pop(django_settings.SESSION_COOKIE_NAME)
        answer = browser.post("/account/", {"display_name": "Trần Thị Huệ"})
        assert answer.url.startswith("/account/sign-in/?next=%2Faccount%2Fheld%2F")
        assert "chưa mất" in text(browser.get(answer.url))
        back = sign_in(browser, citizen, next=hidden(browser.get(answer.url))["next"])
        assert hidden(browser.get(back.url))["display_name"] == "Trần Thị Huệ"

    def test_files_are_named_so_that_they_can_be_chosen_again(self, browser):
        from django.core.files.uploadedfile import SimpleUploadedFile

        leave_alone(browser, 16)
        photo = SimpleUploadedFile("giay-chung-sinh.jpg", b"x")
        answer = browser.post("/account/", {"display_name": "A", "paper": photo})
        back = browser.post(
            "/account/locked/", {"password": PASSWORD, "next": hidden(browser.get(answer.url))["next"]}
        )
        assert "giay-chung-sinh.jpg" in text(browser.get(back.url))

    def test_a_script_is_told_with_a_problem(self, browser):
        leave_alone(browser, 16)
        answer = browser.post("/account/", {"display_name": "A"}, headers={"accept": "application/json"})
        assert (answer.status_code, answer.json()["code"]) == (401, "accounts.session_locked")

    def test_public_pages_see_a_stranger(self, browser):
        leave_alone(browser, 16)
        page = browser.get("/account/sign-in/")
        assert page.status_code == 200
        assert "Trần Thị Hoa" not in text(page)

    @pytest.mark.parametrize("cookie", ["", "rubbish", "eyJ0.x.y"])
    def test_a_forged_or_missing_moment_locks(self, browser, cookie):
        browser.cookies["motcua_seen"] = cookie
        assert browser.get("/account/").url.startswith("/account/locked/")

    def test_a_moment_of_another_session_locks(self, browser, citizen):
        other = Client()
        sign_in(other, citizen)
        browser.cookies["motcua_seen"] = other.cookies["motcua_seen"].value
        assert browser.get("/account/").url.startswith("/account/locked/")

    def test_a_form_from_another_site_is_never_held(self, browser):
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = browser.cookies
        leave_alone(strict, 16)
        assert strict.post("/account/", {"display_name": "kẻ khác"}).status_code == 403
        assert not HeldPost.objects.exists()

    def test_twelve_hours_are_the_end_however_busy(self, browser):
        session = browser.session
        session["began_at"] = "2020-01-01T00:00:00+00:00"
        session.save()
        assert browser.get("/account/").url.startswith("/account/sign-in/")

    def test_signing_out_ends_it(self, browser, citizen):
        assert browser.post("/account/sign-out/").url == "/"
        assert browser.get("/account/").status_code == 302
        chain = JournalLine.objects.filter(chain=f"account:{citizen.public_id}")
        assert chain.order_by("-seq").first().verb == "account.signed_out"


class TestRegister:
    def given(self, **more):
        return {"display_name": "Lê Thị Mai", "login_name": "mai@vidu.vn", "password": PASSWORD, **more}

    def test_a_citizen_registers_and_is_in(self, client):
        answer = client.post("/account/register/", self.given(next="/account/", act_id="r" * 20))
        assert answer.url == "/account/"
        assert "Lê Thị Mai" in text(client.get("/account/"))

    def test_the_page_says_that_vneid_comes(self, client):
        assert "VNeID" in text(client.get("/account/register/"))

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"password": "ngan"}, "ít nhất 14 ký tự"),
            ({"login_name": "chi-ten"}, "số điện thoại"),
            ({"display_name": " "}, "Họ tên"),
            ({"display_name": "<script>"}, "Họ tên"),
        ],
    )
    def test_what_is_wrong_is_told_beside_it_and_nothing_is_made(self, client, change, words):
        answer = client.post("/account/register/", self.given(**change))
        assert answer.status_code == 422
        assert words in text(answer)
        assert "<script>" not in text(answer)
        assert not Account.objects.exists()

    def test_sent_twice_makes_one(self):
        for _n in range(2):
            assert Client().post("/account/register/", self.given(act_id="r" * 20)).status_code == 302
        assert Account.objects.count() == 1


class TestOwnAccount:
    @pytest.fixture
    def browser(self, citizen):
        client = Client()
        sign_in(client, citizen)
        return client

    def test_the_language_follows_the_account(self, browser, citizen):
        answer = browser.post("/account/language/", {"language": "en"}, follow=True)
        assert "My account" in text(answer)
        fresh = Client()
        sign_in(fresh, citizen)
        assert "My account" in text(fresh.get("/account/"))

    def test_changing_the_password_ends_other_sessions(self, browser, citizen):
        other = Client()
        sign_in(other, citizen)
        new = "Gao-Nep-Xoai-Tre-7351"
        wrong = browser.post("/account/password/", {"current": "sai", "password": new})
        assert "Mật khẩu hiện tại chưa đúng" in text(wrong)
        assert browser.post("/account/password/", {"current": PASSWORD, "password": new}).status_code == 302
        assert browser.get("/account/").status_code == 200
        assert other.get("/account/").status_code == 302

    def test_a_citizen_may_take_a_second_step_by_choice(self, browser, citizen):
        assert browser.post("/account/second-step/", {"begin": "1"}).url == "/account/second-step/"
        citizen.refresh_from_db()
        done = browser.post("/account/second-step/", {"code": second_step.present_code(citizen, now())})
        assert "Cất các mã khôi phục" in text(done)

    def test_what_happened_lately_is_told(self, browser):
        assert "Đăng nhập" in text(browser.get("/account/"))


PAGES = ["/account/all/", "/account/all/new/", "/account/", "/account/password/"]


@pytest.mark.parametrize("path", ["/account/all/", "/account/all/new/"])
def test_officers_do_not_manage_accounts(path):
    browser = officer_client(make_account())
    assert browser.get(path).status_code == 403

"""The public page "Kiểm soát TTHC": open to everybody, names nobody, takes petitions in and gives answers back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.foundation import forms
from motcua.foundation.models import AccessEntry
from motcua.portal.views import _common, control
from motcua.reporting import actions
from motcua.reporting.models import Petition
from motcua.reporting.views import petitions as desk
from tests.accounts.browser import officer_client
from tests.dossiers import factories as make
from tests.reporting.test_petitions import ANSWER, SAID

pytestmark = pytest.mark.django_db
AT = make.AT
PAGES = (
    "/kiem-soat-tthc/", "/kiem-soat-tthc/phan-anh/", "/kiem-soat-tthc/phan-anh/gui/",
    "/kiem-soat-tthc/phan-anh/tra-cuu/",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _october(monkeypatch):
    for module in (_common, control, desk, forms):
        monkeypatch.setattr(module, "now", lambda: AT)


def text(answer, status=200) -> str:
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def test_everybody_may_read_in_both_languages(city):
    english = Client()
    english.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    for path in PAGES:
        page = text(Client().get(path))
        assert "<script>" not in page
        assert len(page.encode()) < 150_000
        assert 'lang="en"' in text(english.get(path))
    page = text(Client().get("/kiem-soat-tthc/"))
    assert "07:00–11:30" in page and "Đăng ký khai sinh" in page and "Chưa có số liệu của tháng này" in page


def test_small_groups_are_not_told_as_rates(city):
    make.ready(city, procedure=make.publish_ours())
    actions.count_public(AT)
    page = text(Client().get("/kiem-soat-tthc/"))
    assert "ít hồ sơ" in page and "100 %" not in page
    for _ in range(4):
        make.ready(city, procedure=make.publish_ours())
    actions.count_public(AT)
    assert "100 %" in text(Client().get("/kiem-soat-tthc/"))
    assert "Nguyễn Thị Lan" not in page


def test_a_changed_and_a_withdrawn_procedure_are_news(city):
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act
    from motcua.foundation.packs import store

    make.publish_like(
        make.BUSINESS, make.BUSINESS, at=AT - timedelta(days=2), short_name_vi="Đăng ký hộ kinh doanh mới"
    )
    act = new_act(system("tests"), at=AT - timedelta(days=1), purpose="test")
    store.withdraw(act, kind="procedures", key=make.ALLOWANCE)
    page = re.sub(r"\s+", " ", text(Client().get("/kiem-soat-tthc/")))
    assert page.index("Bãi bỏ") < page.index("Sửa đổi") < page.index("<strong>Mới</strong>")
    assert "Đăng ký hộ kinh doanh mới" in page


def test_a_petition_is_sent_followed_answered_published_and_rated(city):
    browser = Client()
    page = text(browser.get("/kiem-soat-tthc/phan-anh/gui/?thu-tuc=birth-registration"))
    assert "Đăng ký khai sinh" in page
    page = text(browser.post("/kiem-soat-tthc/phan-anh/gui/", {**SAID, "act_id": "petition-0001"}))
    row = Petition.objects.get()
    assert row.reference in page and "12/10/2026" in page
    page = text(browser.post("/kiem-soat-tthc/phan-anh/gui/", {**SAID, "act_id": "petition-0001"}))
    assert Petition.objects.count() == 1 and row.reference in page

    clerk = officer_client(city.accounts["clerk"])
    assert "Phản Ánh" not in text(clerk.get("/reporting/phan-anh/"))
    here = f"/reporting/phan-anh/{row.public_id}/"
    assert "Bùi Thị Phản Ánh" in text(clerk.get(here))
    assert AccessEntry.objects.get(page="reporting.petition").subjects.get().subject == row.subject
    assert clerk.post(f"{here}accept/").status_code == 302
    assert clerk.post(f"{here}answer/", {"answer": ANSWER}).status_code == 302
    page = text(browser.get(f"/kiem-soat-tthc/phan-anh/tra-cuu/?ma={row.reference}"))
    assert ANSWER in page and "0987654321" in page and row.name not in page.replace(row.text, "")
    assert ANSWER not in text(Client().get("/kiem-soat-tthc/phan-anh/"))
    clerk.post(f"{here}publish/", {"text": row.text, "answer": ANSWER})
    assert ANSWER not in text(Client().get("/kiem-soat-tthc/phan-anh/"))
    clerk.post(f"{here}publish/", {"text": row.text, "answer": ANSWER, "agreed": "yes"})
    for path in PAGES[:2]:
        page = text(Client().get(path))
        assert ANSWER in page and "Phản Ánh" not in page and "0987654321" not in page
    answer = browser.post("/kiem-soat-tthc/phan-anh/danh-gia/", {"ma": row.reference, "satisfied": "yes"})
    assert answer.status_code == 302
    assert Petition.objects.get().satisfied is True
    assert "Người gửi hài lòng" in text(Client().get("/kiem-soat-tthc/phan-anh/"))


def test_what_is_wrong_is_said_beside_the_field_and_kept(city):
    page = text(Client().post("/kiem-soat-tthc/phan-anh/gui/", {"text": "ngắn", "name": "Lan"}), 422)
    assert "từ 20 đến 4000 ký tự" in page and "Chọn cơ quan trong danh sách" in page
    assert 'value="Lan"' in page and not Petition.objects.exists()


def test_sending_is_limited(city, settings):
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"rate_submit_per_minute": 2})
    browser = Client()
    answers = [browser.post("/kiem-soat-tthc/phan-anh/gui/", SAID).status_code for _ in range(4)]
    assert 429 in answers and Petition.objects.count() <= 2


def test_nobody_follows_by_guessing(city):
    for typed in ("KCV5-7WG3-BJ4X-9DAE", "%00", "1", "x" * 200):
        assert Client().get("/kiem-soat-tthc/phan-anh/tra-cuu/", {"ma": typed}).status_code in (404, 400, 429)
    assert (
        Client().post("/kiem-soat-tthc/phan-anh/danh-gia/", {"ma": "x", "satisfied": "yes"}).status_code
        == 404
    )


def test_the_page_costs_a_few_statements(city):
    Client().get("/kiem-soat-tthc/")
    with CaptureQueriesContext(connection) as found:
        text(Client().get("/kiem-soat-tthc/"))
    assert len(found) <= 8

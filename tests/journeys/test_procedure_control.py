"""Somebody says without scripts what is wrong with a procedure, the clerk answers; the leader closes a month."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.reporting import actions
from tests.reporting import life
from tests.reporting.test_petitions import ANSWER, SAID

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_petition_from_an_old_phone_to_its_published_answer(window, desk, judged, clock, live_server):
    plain = window("/kiem-soat-tthc/", width=360, scripts=False)
    plain.get_by_role("link", name="Gửi phản ánh, kiến nghị").first.click()
    plain.get_by_role("button", name="Gửi phản ánh").click()
    assert "Ghi họ và tên của bạn." in plain.content()
    plain.get_by_label("Cơ quan nhận").select_option(SAID["agency"])
    plain.locator("[name=text]").fill(SAID["text"])
    plain.locator("[name=name]").fill(SAID["name"])
    plain.locator("[name=phone]").fill(SAID["phone"])
    plain.get_by_role("button", name="Gửi phản ánh").click()
    assert "Đã nhận phản ánh" in plain.get_by_role("heading", level=1).inner_text()
    plain.get_by_role("link", name="Xem tình trạng").click()
    follow = plain.url
    assert "Đã gửi, đang xem xét" in plain.content()

    page = desk("clerk")
    page.goto(live_server.url + "/reporting/phan-anh/")
    judged(page)
    page.locator("tbody a").first.click()
    judged(page)
    page.get_by_role("button", name="Tiếp nhận").click()
    page.locator("form[action$='answer/'] textarea").fill(ANSWER)
    page.get_by_role("button", name="Gửi câu trả lời").click()
    page.get_by_label("Tôi đã đọc lại").check()
    judged(page)
    page.get_by_role("button", name="Công khai").click()
    assert "Đã ghi nhận" in page.content()

    plain.goto(follow)
    assert ANSWER in plain.content()
    plain.get_by_role("button", name="Hài lòng", exact=True).click()
    assert "Cảm ơn bạn đã đánh giá" in plain.content()
    actions.count_public(clock.now)
    for lang in ("vi", "en"):
        for path in ("", "phan-anh/", "phan-anh/gui/", "phan-anh/tra-cuu/"):
            judged(window(f"/kiem-soat-tthc/{path}", width=360, lang=lang))
    assert SAID["name"] not in window("/kiem-soat-tthc/phan-anh/", width=360).content()


def test_the_leader_closes_a_month_and_opens_a_figure(town, desk, judged, clock, live_server):
    life.first_period(town)
    clock.set(life.CLOSING[0] + timedelta(hours=1))
    page = desk("leader")
    page.goto(live_server.url + "/reporting/?agency=qn-bai-chay&period=2026-10")
    judged(page)
    page.get_by_role("button", name="Chốt báo cáo").click()
    assert "Đã chốt, bản 1" in page.content()
    judged(page)
    page.locator(".report-table__total a").first.click()
    assert page.locator("tbody tr").count() == 7
    judged(page)
    for path in ("chi-so/", "danh-gia/", "in/"):
        page.goto(f"{live_server.url}/reporting/{path}?agency=qn-bai-chay&period=2026-10")
        judged(page)

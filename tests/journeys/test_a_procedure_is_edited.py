"""An administrator changes a question in the browser, tries and proves it; a second one publishes."""

from __future__ import annotations

import pytest

from tests.editing import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_question_from_a_draft_to_its_publication(desk, judged, town, live_server):
    second = make.appoint_second(town)
    page = desk("admin")
    page.goto(live_server.url + "/editing/?q=khai+sinh")
    page.locator("form:has(input[value=birth-registration]) button").click()
    address = page.url
    page.get_by_role("link", name="Tờ khai", exact=True).click()
    page.get_by_role("link", name="Bạn làm thủ tục này cho ai?").click()
    judged(page)
    page.get_by_label("Câu hỏi", exact=True).fill("Bạn làm giấy này cho ai?")
    page.get_by_role("button", name="Lưu").click()
    assert "Bạn làm giấy này cho ai?" in page.content()
    page.goto(f"{address}dieu-kien/declaration.sections.1.when/")
    judged(page)
    page.goto(f"{address}xem-thu/")
    assert page.get_by_role("group", name="Bạn làm giấy này cho ai?").is_visible()
    judged(page)
    page.goto(address)
    page.get_by_role("button", name="Chứng minh").click()
    page.get_by_role("link", name="Mở hồ sơ 2", exact=True).click()
    assert "Hồ sơ thử 2" in page.content()
    page.goto(address)
    page.get_by_role("button", name="Gửi để công bố").click()
    judged(page)

    other = desk(second)
    other.goto(address)
    other.get_by_role("button", name="Công bố").click()
    assert "Đã công bố bản số 2" in other.content()

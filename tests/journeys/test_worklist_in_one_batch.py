"""A receptionist walks her list by keyboard and receives several dossiers at once."""

import re

import pytest

from tests.dossiers import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_the_worklist_is_walked_by_keyboard_and_done_in_one_batch(town, desk, clock, judged):
    for _each in range(3):
        make.submitted(town, at=clock.now)
    clock.forward(minutes=5)
    page = desk("receptionist")
    judged(page, "worklist")
    rows = page.locator("tr[data-row]")
    assert rows.count() == 3
    for _each in range(3):
        page.keyboard.press("j")
        page.keyboard.press("x")
    page.locator(".batch").get_by_role("button", name="Tiếp nhận", exact=True).click()
    page.wait_for_load_state()
    assert len(re.findall(r"H49\.\S+-261005-000[123]", page.locator("main").inner_text())) >= 3
    judged(page)
    page.go_back()
    page.reload()
    assert "Chờ chuyển xử lý" in rows.first.inner_text()

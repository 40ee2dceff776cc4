"""A leader sees that something came late, opens the rows behind the figure, narrows them, and looks at the wall."""

from datetime import timedelta

import pytest

from motcua.dossiers import actions
from tests.dossiers import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def six_weeks(town, clock):
    """Six weeks at the ward: most in time, one result late, two still open and overdue."""
    late = make.drafted(town, at=clock.now)
    for days in range(0, 12, 2):
        make.ready(town, at=clock.now + timedelta(days=days))
    for days in (1, 3):
        make.in_process(town, at=clock.now + timedelta(days=days))
    actions.approve(town.act("signer", clock.now + timedelta(days=9)), dossier=late, number="16/GKS")
    clock.forward(days=40)
    return town


def test_a_leader_opens_the_late_list(six_weeks, desk, judged, live_server):
    page = desk("leader")
    page.goto(live_server.url + "/operations/")
    page.get_by_text("Chọn ngày").click()
    page.get_by_label("Từ ngày").fill("05/10/2026")
    page.get_by_label("Đến ngày").fill("14/11/2026")
    page.get_by_role("button", name="Xem", exact=True).click()
    assert page.get_by_role("heading", name="Tình hình giải quyết").is_visible()
    judged(page, "leader-overview")

    page.get_by_role("link", name="Hồ sơ giải quyết trễ hạn: 1").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Hồ sơ giải quyết trễ hạn: 1 hồ sơ"
    row = page.locator("tbody tr")
    assert row.count() == 1
    assert "ngày làm việc" in row.inner_text()
    assert "Nguyễn Thị Lan" not in page.content()
    judged(page)
    page.get_by_label("Hiện tên người nộp để").select_option("overdue")
    page.get_by_role("button", name="Hiện tên").click()
    assert "Nguyễn Thị Lan" in page.locator("tbody").inner_text()
    judged(page, "leader-late-list")

    page.get_by_role("link", name="Tình hình giải quyết").first.click()
    page.get_by_role("link", name="Hồ sơ đang quá hạn: 2").click()
    assert page.locator("tbody tr").count() == 2
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url("**/counter/**")


def test_a_leader_narrows_down_and_looks_at_the_wall(six_weeks, desk, judged, live_server):
    page = desk("province_leader", width=1440)
    page.goto(live_server.url + "/operations/by/agency/")
    page.get_by_role("link", name="Ủy ban nhân dân phường Bãi Cháy").click()
    assert page.get_by_role("link", name="Cơ quan: Ủy ban nhân dân phường Bãi Cháy").is_visible()
    page.get_by_role("link", name="Theo ngày").click()
    judged(page)
    page.get_by_role("link", name="Tổng quan").click()
    page.get_by_role("link", name="Màn hình lớn").click()
    assert page.locator("[data-wall-body]").is_visible()
    judged(page, "leader-wall")


def test_the_leaders_room_needs_no_scripts(six_weeks, desk, live_server):
    page = desk("leader", width=360, scripts=False)
    page.goto(live_server.url + "/operations/")
    page.get_by_role("link", name="Hồ sơ đang quá hạn: 2").click()
    assert page.locator("tbody tr").count() == 2

"""Officers' pages for what goes wrong: lateness, a question to others, leave, government that changes its shape."""

from datetime import timedelta

import pytest

from tests.dossiers import factories as make
from tests.dossiers.test_lateness import of_ten_days
from tests.reorganisation import factories as wards
from tests.reorganisation.factories import KEY, WARD
from tests.reorganisation.test_ambiguous import declare_elsewhere

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_day_late_is_worked_on_from_lists_that_fit_any_screen(
    window, town, clock, desk, judged, live_server
):
    dossier = of_ten_days(town)
    make.in_process(town, at=clock.now)
    clock.forward(days=10)  # Thursday 15 October: the apology leaves by Friday
    page = desk("processor")
    page.goto(f"{live_server.url}/counter/xin-loi/")
    assert make.get(dossier).code in page.locator("main").inner_text()
    judged(page, "apologies-due")
    page.goto(f"{live_server.url}/counter/con-kip/")
    judged(page, "what-can-still-be-saved")
    page.goto(f"{live_server.url}/counter/tai-ve/?tab=me")
    judged(page, "list-to-a-file")
    page.goto(f"{live_server.url}/counter/ho-so/{dossier}/lay-y-kien/")
    judged(page)
    page.goto(f"{live_server.url}/agencies/leave/")
    page.get_by_label("Từ ngày").first.fill("19/10/2026")
    judged(page, "leave-and-who-stands-in")


def test_an_administrator_decides_where_dossiers_go(window, town, clock, desk, judged, live_server):
    declare_elsewhere(make.in_process(town, at=clock.now), WARD)
    wards.publish(split=True)
    clock.set(wards.THE_DAY + timedelta(hours=2))
    page = desk("admin")
    page.goto(f"{live_server.url}/reorganisation/")
    judged(page)
    page.goto(f"{live_server.url}/reorganisation/{KEY}/")
    assert "Đơn vị cũ nay nằm ở nhiều đơn vị mới" in page.locator("main").inner_text()
    judged(page, "reorganisation-to-decide")

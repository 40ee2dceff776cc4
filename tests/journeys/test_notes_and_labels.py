"""An officer notes a call on a dossier and labels two at once; it all fits her desk and a phone."""

import pytest

from motcua.notes import actions
from tests.dossiers import factories as make
from tests.support.city import COMMITTEE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_note_and_a_label_for_two_dossiers(town, desk, clock, judged):
    one, _two = make.in_process(town, at=clock.now), make.in_process(town, at=clock.now)
    for name, colour in (("Chờ bản gốc", "gold"), ("Gấp", "indigo")):
        actions.make_label(town.act("head", clock.now), agency=COMMITTEE, name=name, colour=colour)
    clock.forward(minutes=5)
    page = desk("processor")
    for row in page.locator("tr[data-row]").all():
        row.get_by_role("checkbox").check()
    page.locator(".batch select[name=label]").select_option(label="Chờ bản gốc")
    page.get_by_role("button", name="Gắn nhãn").click()
    page.wait_for_load_state()
    assert "Đã gắn nhãn “Chờ bản gốc” cho 2 hồ sơ." in page.locator("body").inner_text()
    judged(page, "worklist-with-labels")
    page.locator(f"a[href*='{one}']").first.click()
    page.get_by_label("Thêm ghi chú").fill("Đã gọi điện: chiều mai bà Lan mang bản gốc.")
    page.get_by_role("button", name="Lưu ghi chú").click()
    page.wait_for_load_state()
    assert "chiều mai bà Lan mang bản gốc" in page.locator("#ghi-chu").inner_text()
    judged(page, "dossier-with-notes")

"""An officer narrows her list, keeps it under a name, and takes it along as a file."""

import pytest
from python_calamine import CalamineWorkbook

from tests.counter.pages import get
from tests.dossiers import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 360])
def test_an_officer_takes_her_list_along(town, clock, desk, judged, live_server, width, tmp_path):
    births = {get(make.in_process(town, at=clock.now)).code for _ in range(2)}
    make.in_process(town, at=clock.now, procedure=make.BUSINESS)
    page = desk("processor", width=width)
    page.goto(live_server.url + "/counter/")
    page.get_by_role("link", name="Chờ người nhận xử lý").click()
    page.get_by_label("Thủ tục").select_option(label="Đăng ký khai sinh")
    page.wait_for_url("**procedure=**")
    page.get_by_role("link", name="Tải danh sách về, chọn cột, lưu bộ lọc").click()
    judged(page, f"list-to-take-along-{width}")
    page.get_by_text("câu hỏi của tờ khai").click()
    page.get_by_label("Họ, chữ đệm, tên của trẻ", exact=False).first.check()
    page.get_by_label("Tên danh sách").fill("Khai sinh chờ nhận")
    page.get_by_role("button", name="Lưu danh sách này").click()
    assert page.get_by_role("link", name="Khai sinh chờ nhận").is_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Tải về").click()
    file = tmp_path / "list.xlsx"
    waiting.value.save_as(file)
    head, *rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    assert {row[head.index("Mã hồ sơ")] for row in rows} == births
    judged(page)
    page.goto(live_server.url + "/counter/")
    page.get_by_role("link", name="Khai sinh chờ nhận").click()
    assert page.locator("tbody tr").count() == 2

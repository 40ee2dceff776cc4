"""A helper of the digital team files for a farmer who has no smartphone: consent by code, by slip, and afterwards."""

import re

import pytest

from motcua.dossiers.models import Dossier
from tests.dossiers import factories as make
from tests.journeys.declaring import declare

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
FARMER = "Bùi Thị Én"
CENTRE = "Trung tâm Phục vụ hành chính công phường Bãi Cháy"


def unjudged(page, name=""):
    """The same pages are judged in the run with scripts."""


def heading(page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def begin(page, judged, live_server, *, scripts=True):
    """Who, what, where."""
    page.goto(f"{live_server.url}/giup-nop/")
    assert heading(page) == "Giúp nộp hồ sơ"
    judged(page)
    page.get_by_label("Họ tên người được giúp").fill(FARMER)
    page.get_by_label("Số điện thoại của họ").fill("0987 654 321")
    if scripts:
        page.get_by_label("Việc cần làm").first.fill("dang ky khai sinh")
        page.locator("[data-value=birth-registration]").click()
    else:
        page.select_option("[name=procedure]", "birth-registration")
    page.get_by_role("button", name="Bắt đầu").click()
    page.wait_for_url("**/dong-y/")
    assert "Tôi đồng ý để người giúp khai" in page.locator("main").inner_text()
    judged(page)


def consent_by_code(page, judged):
    """The code arrives on the farmer's phone (shown here, marked as a simulation); she reads it out."""
    page.get_by_role("button", name="Gửi mã").click()
    shown = page.locator(".phone-message")
    shown.wait_for()
    assert "MÔ PHỎNG" in page.locator("main").inner_text()
    code = re.search(r"\d{6}", shown.inner_text()).group()
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    page.get_by_label("Mã sáu số họ đọc cho bạn").fill(wrong)
    page.get_by_role("button", name="Xác nhận họ đồng ý").click()
    assert "Mã chưa đúng" in page.locator("#error-summary").inner_text()
    judged(page)
    page.get_by_label("Mã sáu số họ đọc cho bạn").fill(code)
    page.get_by_role("button", name="Xác nhận họ đồng ý").click()
    page.get_by_text("Đã ghi nhận sự đồng ý").wait_for()


def hand_in(page, judged):
    """Read back, commit, submit; returns the reference for the farmer."""
    page.goto(re.sub(r"/khai/.*", "/khai/xem-lai/", page.url))
    assert "Đọc lại cho người được giúp nghe" in page.locator("main").inner_text()
    judged(page)
    page.get_by_label("Tôi cam đoan").check()
    page.get_by_role("button", name="Nộp hồ sơ").click()
    page.wait_for_url("**/da-giup/**")
    judged(page, "helper-has-filed")
    return re.search(r"\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b", page.locator("main").inner_text()).group()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_helper_files_and_then_sees_no_more(window, desk, town, clock, judged, live_server, scripts):
    helper = desk("helper", width=360, scripts=scripts)
    if not scripts:  # the judge is a script itself; the pages are the same
        judged = unjudged
    begin(helper, judged, live_server, scripts=scripts)
    consent_by_code(helper, judged)
    declare(helper, make.birth_answers(clock.now), scripts=scripts)
    reference = hand_in(helper, judged)
    dossier = Dossier.objects.get()

    assert helper.goto(f"{live_server.url}/ho-so/{dossier.public_id}/").status == 404
    helper.goto(f"{live_server.url}/giup-nop/")
    listed = helper.locator("main").inner_text()
    assert reference in listed
    assert FARMER not in listed
    judged(helper)

    clock.forward(minutes=5)
    farmer = window(f"/tra-cuu/?ma={reference}", width=320)
    seen = farmer.locator("main").inner_text()
    assert "Đã nộp, chờ tiếp nhận" in seen
    assert "Người giúp nộp thuộc" in seen and CENTRE in seen
    assert FARMER not in seen and town.accounts["helper"].display_name not in seen
    judged(farmer)


def test_a_signed_slip_does_where_there_is_no_phone(desk, judged, live_server, photo, clock):
    helper = desk("helper", width=360)
    begin(helper, judged, live_server)
    with helper.expect_popup() as opened:
        helper.get_by_role("link", name="In phiếu đồng ý").click()
    sheet = opened.value
    sheet.wait_for_load_state()
    assert FARMER in sheet.locator("main").inner_text()
    judged(sheet)
    helper.locator("input[type=file]").first.set_input_files(str(photo))
    helper.get_by_role("button", name="Lưu phiếu").click()
    helper.get_by_text("Đã ghi nhận sự đồng ý").wait_for()
    assert Dossier.objects.get().assistance.method == "slip"

"""A receptionist takes in a walk-in by card scan within a minute; a processor and a signer finish it."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.journeys.declaring import answer
from tests.journeys.officers import (
    cash_and_hand_over,
    choose_verb,
    next_verb,
    open_dossier,
    press,
    work_until,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

CARD = "022196001234||Nguyễn Thị Lan|20081996|Nữ|Tổ 5, Khu 3, Bãi Cháy, Hạ Long, Quảng Ninh|01012022"
SLUG = "monthly-social-allowance"
SAID = {  # what the card does not say, in the order of the form
    "phone": "0912345678",
    "address": {"commune_code": "06673", "detail": "Tổ 5, Khu 3"},
    "request_kind": "new_allowance",
    "beneficiary_ethnicity": "kinh",
    "household_kind": "near_poor",
    "hard_area": False,
    "other_benefits": False,
    "group": "disabled",
    "disability_certificate": "GXN-KT 0123",
    "disability_degree": "severe",
    "disability_kinds": "movement",
    "pregnant_or_small_child": "no_case",
    "income": "900000",
    "payment_kind": "cash_post",
    "commitment": "yes",
}


def scan(page, text=CARD):
    """A USB reader types the text of the QR code into the focused box and ends with Enter."""
    expect(page.locator("#f-card")).to_be_focused()
    page.keyboard.insert_text(text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_walk_in_by_card_is_finished_by_processor_and_signer(desk, clock, judged, live_server):
    counter = desk("receptionist")
    counter.get_by_role("link", name="Tiếp nhận").first.click()
    began = time.monotonic()
    scan(counter)
    assert "Nguyễn Thị Lan" in counter.locator(".visitor").inner_text()
    counter.locator("#f-procedure").press_sequentially("tro cap xa hoi")
    counter.locator(f"[role=option][href$='/{SLUG}/']").click()
    assert counter.locator("[name=full_name]").input_value() == "Nguyễn Thị Lan"
    for name, value in SAID.items():
        answer(counter, name, value)
    for box in counter.locator(".box:has(.box__must) input[type=checkbox]").all():
        box.check()
    counter.locator(".intake__send").get_by_role("button", name="Tiếp nhận").click()
    counter.wait_for_url("**xong=**")
    assert time.monotonic() - began < 60, "taking in must stay within a minute, the officer's typing included"
    judged(counter, "officer-received")
    code = re.search(r"H49\.\S+-\d{6}-\d{4}", counter.locator(".taken__code").inner_text()).group()
    dossier = counter.locator(".taken__buttons a", has_text="Mở hồ sơ").get_attribute("href").split("/")[3]
    assert counter.locator(".taken__buttons a").first.get_attribute("href").endswith("/")

    clock.forward(minutes=5)
    processor = desk("processor", scheme="dark")
    judged(processor, "officer-worklist-dark")
    processor.get_by_role("row", name=re.compile(code)).get_by_role("button", name="Nhận xử lý").click()
    processor.wait_for_load_state()
    open_dossier(processor, live_server, dossier)
    work_until(processor, "Trình ký kết quả", judged)
    processor.get_by_label("Ghi chú cho người ký").fill("Đủ điều kiện hưởng, đề nghị ký")
    judged(processor, "officer-dossier")
    press(processor)
    assert "Chờ ký" in processor.locator(".case-head").inner_text()

    clock.forward(minutes=5)
    signer = desk("signer", width=360, height=760)
    judged(signer)
    signer.get_by_role("link", name=code).first.click()
    assert "Đủ điều kiện hưởng, đề nghị ký" in signer.locator(".todo").inner_text()
    judged(signer, "officer-signs-on-a-phone")
    press(signer)
    assert "Chờ trả kết quả" in signer.locator(".case-head").inner_text()

    clock.forward(minutes=5)
    open_dossier(counter, live_server, dossier)
    if next_verb(counter) == "Thu tiền mặt":
        cash_and_hand_over(counter, "BL-0001", judged)
    else:
        judged(counter)
        press(counter)  # shows once more who receives it
        judged(counter)
        press(counter)
    counter.get_by_text("Đã trả kết quả").first.wait_for()
    assert "Đã trả kết quả" in counter.locator(".case-head").inner_text()


def test_certified_copies_in_twenty_seconds_without_the_mouse(desk, judged):
    page = desk("receptionist")
    page.goto(page.url.split("/counter/")[0] + "/counter/chung-thuc/")
    judged(page)
    pressed = []  # every press of a pointer, on whichever page it happens
    page.expose_function("pointerPressed", lambda: pressed.append(1))
    page.add_init_script("addEventListener('pointerdown', () => window.pointerPressed())")
    page.reload()
    began = time.monotonic()
    scan(page)
    assert page.locator("[name=full_name]").input_value() == "Nguyễn Thị Lan"
    assert page.evaluate("document.activeElement.name") == "documents-0-title"
    page.keyboard.type("Bằng tốt nghiệp")
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    page.wait_for_url("**xong=**")
    assert time.monotonic() - began < 20
    assert pressed == []
    assert "12.000 đồng" in page.locator(".taken").inner_text()
    assert page.evaluate("document.activeElement.id") == "f-card"  # ready for the next in the queue
    judged(page, "officer-certified-copies")


def test_a_visitor_with_a_second_wish_is_not_asked_who_she_is_again(desk, judged):
    page = desk("receptionist")
    page.get_by_role("link", name="Tiếp nhận").first.click()
    scan(page)
    visit = page.url
    for _wish in range(2):
        page.goto(f"{visit.split('?')[0]}certified-copy-from-original/")
        assert page.locator("[name=full_name]").input_value() == "Nguyễn Thị Lan"
        page.locator("[name=documents-0-title]").fill("Căn cước")
        page.keyboard.press("Enter")
        page.wait_for_url("**xong=**")
    assert page.locator(".taken-list li").count() >= 2
    judged(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Xong, mời người tiếp theo").click()
    expect(page.locator("#f-card")).to_be_focused()


def test_rubbish_from_the_scanner_is_told_and_the_box_waits_again(desk, judged):
    page = desk("receptionist")
    page.get_by_role("link", name="Tiếp nhận").first.click()
    scan(page, "http://qr.example/|||| 8934567890123")
    assert "Chưa đọc được thẻ" in page.get_by_role("alert").inner_text()
    judged(page)
    scan(page)
    assert "Nguyễn Thị Lan" in page.locator(".visitor").inner_text()


@pytest.fixture
def two_at_once(town, clock):
    from tests.dossiers import factories as make

    dossier = make.submitted(town, at=clock.now)
    clock.forward(minutes=1)
    return dossier


def test_two_officers_at_one_dossier_the_second_sees_what_changed(two_at_once, desk, live_server, judged):
    first, second = desk("receptionist"), desk("clerk")
    for page in (first, second):
        open_dossier(page, live_server, two_at_once)
    choose_verb(second, "Từ chối tiếp nhận")
    second.get_by_label("Lý do khác").fill("Hồ sơ không thuộc thẩm quyền nơi đây")
    press(first)
    press(second)
    told = second.locator(".notice--wrong").inner_text()
    assert "vừa được cập nhật" in told and "Lê Thị Một Cửa" in told
    judged(second, "officer-conflict")


def test_the_counter_works_without_scripts(two_at_once, desk, live_server):
    page = desk("receptionist", scripts=False)
    open_dossier(page, live_server, two_at_once)
    press(page)
    assert "Chờ chuyển xử lý" in page.locator(".case-head").inner_text()
    page.get_by_role("link", name="Tiếp nhận").first.click()
    page.fill("#f-card", CARD)
    page.get_by_role("button", name="Đọc thẻ").click()
    assert "Nguyễn Thị Lan" in page.locator(".visitor").inner_text()
    page.fill("#f-procedure", "1")
    page.get_by_role("button", name="Tìm", exact=True).click()
    assert page.locator("[name=full_name]").count()

"""A birth registration from the search to the rating; the desk, a processor and a signer do theirs."""

import re
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from motcua.signing import queries as signing
from tests.dossiers import factories as make
from tests.issuing.conftest import PIN
from tests.journeys.declaring import declare
from tests.journeys.officers import (
    cash_and_hand_over,
    choose_verb,
    next_verb,
    open_dossier,
    press,
    work_until,
)
from tests.signing.poppler import pdfsig
from tests.support.officers import sign_in_by_pages

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

NUMBER = "1234/2026"
PHONE, PASSWORD = "0912345678", "Hoa-Sen-Trang-2026!"  # noqa: S105
CENTRE = "Trung tâm Phục vụ hành chính công phường Bãi Cháy"


def heading(page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def find(page, judged):
    """From the front page to the procedure, typing without tones."""
    assert heading(page) == "Bạn cần làm gì?"
    judged(page, "front-page")
    page.get_by_role("combobox").first.press_sequentially("dang ky khai sinh")
    first = page.get_by_role("option").first
    first.wait_for()
    assert first.inner_text().startswith("Đăng ký khai sinh")
    first.click()
    page.wait_for_url("**/thu-tuc/birth-registration/")
    assert heading(page) == "Đăng ký khai sinh"
    judged(page, "procedure")


def register(page, judged):
    """The way to a new account, on which what was wanted is not forgotten."""
    page.get_by_role("link", name="Bắt đầu khai").first.click()
    page.wait_for_url("**/account/sign-in/**")
    judged(page)
    page.get_by_role("link", name="Tạo tài khoản người dân").click()
    judged(page)
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Lan")
    page.get_by_label("Số điện thoại hoặc thư điện tử").fill(PHONE)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Tạo tài khoản").click()
    page.wait_for_url("**/ho-so/moi/birth-registration/")


def begin(page, judged, *, scripts=True):
    """Choose where to hand in, and get a draft."""
    judged(page)
    if scripts:
        page.locator("#f-agency-pick").wait_for()  # until then the label stands at the plain list
        page.get_by_label("Bạn muốn nộp ở đâu?").first.fill("bai chay")
        page.get_by_role("option", name="phường Bãi Cháy").click()
    else:
        page.select_option("[name=agency]", label=CENTRE)
    page.get_by_role("button", name="Tạo bản nháp và khai").click()
    page.wait_for_url("**/khai/")
    judged(page)


def answers(clock):
    """A birth of three weeks ago, whose notice is on paper."""
    return {**make.birth_answers(clock.now), "birth_proof": "paper"}


def add_paper(page, key, photo, *, scripts=True):
    """Hand a photograph in as the paper `key`; with scripts it is sent as soon as it is chosen."""
    place = page.locator(f"#giay-{key}")
    place.locator("input[type=file]").last.set_input_files(str(photo))
    if not scripts:
        place.get_by_role("button", name="Lưu giấy này").click()
    page.wait_for_url(f"**#giay-{key}")
    place.get_by_text(photo.name).first.wait_for()


def hand_in(page, judged, photo, *, scripts=True):
    """Papers, the last look, the commitment; returns the tracking reference."""
    assert heading(page) == "Giấy tờ kèm theo"
    judged(page)
    add_paper(page, "birth-notice", photo, scripts=scripts)
    assert "Đã có" in page.locator("#giay-birth-notice").inner_text()
    page.get_by_role("link", name="Tiếp tục đến trang xem lại").click()
    assert heading(page) == "Xem lại trước khi nộp"
    assert "Trần Minh An" in page.locator("main").inner_text()
    judged(page)
    page.get_by_role("button", name="Nộp hồ sơ").click()
    assert page.locator("#error-summary").is_visible(), "without the commitment nothing is handed in"
    judged(page)
    page.get_by_label("Tôi cam đoan").check()
    page.get_by_role("button", name="Nộp hồ sơ").click()
    page.wait_for_url("**/da-nop/")
    judged(page, "handed-in")
    return re.search(r"\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b", page.locator("main").inner_text()).group()


def track(page, reference, judged):
    """Somebody who only has the reference sees how far it is, and no name."""
    page.get_by_label("Mã").first.fill(reference.replace("-", " ").lower())
    page.get_by_role("button", name="Xem tiến độ").click()
    said = page.locator("main").inner_text()
    assert "Đăng ký khai sinh" in said
    assert "Lan" not in said and "Minh An" not in said
    judged(page)
    return said


def ask_for_more(page, judged):
    """The receptionist finds something missing and says it once, completely."""
    judged(page)
    page.get_by_role("link", name=re.compile("Mở hồ sơ|[0-9A-Z]{4}-")).first.click()
    assert heading(page).upper() == "NGUYỄN THỊ LAN"
    judged(page)
    page.locator("summary", has_text="Việc khác").click()
    page.get_by_role("link", name="Yêu cầu bổ sung (mẫu 02)").click()
    page.get_by_label("Nội dung khác").fill("Chụp lại giấy chứng sinh cho rõ bốn góc.")
    judged(page)
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    page.get_by_text("sẽ ghi").wait_for()
    judged(page)
    page.locator("main form").get_by_role("button", name=re.compile("bổ sung")).click()
    page.get_by_text("Chờ người nộp bổ sung").first.wait_for()


def unlock(page, judged):
    """After a while without a touch the screen asks for the password again, and goes where one wanted to go."""
    judged(page)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Mở khóa").click()
    page.wait_for_url(lambda address: "/account/" not in address)


def give_more(page, judged, photo, *, scripts=True):
    """The citizen sees what waits for her and sends it."""
    page.get_by_role("link", name="Bổ sung ngay").click()
    assert "Chụp lại giấy chứng sinh" in page.locator("main").inner_text()
    judged(page)
    page.locator(".asked__item a").first.click()
    judged(page)
    add_paper(page, page.url.split("#giay-")[1], photo, scripts=scripts)
    page.get_by_role("link", name="Xong, về trang bổ sung").click()
    page.get_by_role("button", name="Gửi phần bổ sung").click()
    page.get_by_text("Đã gửi phần bổ sung").wait_for()


def test_a_birth_is_registered_from_the_search_to_the_rating(
    window, desk, town, keys, authority, clock, judged, photo, live_server, tmp_path
):
    lan = window("/", width=360)
    find(lan, judged)
    register(lan, judged)
    begin(lan, judged)
    declare(lan, answers(clock), seen=judged)
    reference = hand_in(lan, judged, photo)
    dossier = lan.url.split("/ho-so/")[1].split("/")[0]

    clock.forward(minutes=10)
    track(window("/tra-cuu/"), reference, judged)
    counter = window("/account/sign-in/", width=1280)
    sign_in_by_pages(counter, town.accounts["receptionist"], address=live_server.url)
    ask_for_more(counter, judged)

    clock.forward(minutes=20)
    lan.goto(f"{live_server.url}/ho-so/")
    unlock(lan, judged)
    assert "bổ sung" in lan.locator("main").inner_text()
    judged(lan)
    lan.goto(f"{live_server.url}/ho-so/{dossier}/")
    judged(lan)
    give_more(lan, judged, photo)

    clock.forward(minutes=5)
    counter = desk("receptionist")
    counter.goto(f"{live_server.url}/counter/ho-so/{dossier}/")
    counter.get_by_role("button", name="Tiếp nhận", exact=True).click()
    counter.get_by_text("Chờ chuyển xử lý").first.wait_for()
    counter.get_by_role("button", name="Chuyển xử lý", exact=True).click()

    clock.forward(minutes=5)
    finish(desk, dossier, clock, judged, live_server)

    lan.goto(f"{live_server.url}/ho-so/{dossier}/")
    unlock(lan, judged)
    judged(lan, "dossier")
    root = authority.root.public_bytes(Encoding.PEM)
    holds_up(signed_result(lan, live_server, dossier, root, tmp_path), authority, clock.now)
    lan.get_by_role("link", name="Đánh giá việc phục vụ").click()
    judged(lan)
    lan.get_by_label("Rất hài lòng").check()
    lan.get_by_role("button", name="Gửi đánh giá").click()
    lan.get_by_text("Cảm ơn bạn").wait_for()
    assert "Đã trả kết quả" in track(window(f"/tra-cuu/?ma={reference}"), reference, judged)


def finish(desk, dossier, clock, judged, live_server):
    """The processor puts the certificate before the signer with the number from civil status; she signs it on her
    phone, the clerk seals it, the desk hands it over."""
    page = desk("processor")
    judged(page)
    open_dossier(page, live_server, dossier)
    work_until(page, "Nhận kết quả từ hệ thống chủ quản", judged)
    page.locator("summary", has_text="Vì sao là ngày này?").click()
    page.locator("[data-load-here] li").first.wait_for()
    judged(page, "dossier-at-the-desk")
    choose_verb(page, "Trình ký kết quả")
    page.get_by_label("Số, ký hiệu kết quả").fill(NUMBER)
    page.get_by_label("Đồng ý", exact=True).check()
    judged(page)
    press(page)

    clock.forward(minutes=5)
    phone = desk("signer", width=360)
    open_dossier(phone, live_server, dossier)
    assert next_verb(phone) == "Ký số kết quả"
    assert "TM. ỦY BAN NHÂN DÂN · CHỦ TỊCH" in phone.locator(".todo").inner_text()
    phone.locator(".sign-draft img").scroll_into_view_if_needed()
    phone.get_by_label("Mã PIN của khóa").fill("000000")
    press(phone)
    assert "Không mở được khóa" in phone.locator("#error-summary").inner_text()
    phone.get_by_label("Mã PIN của khóa").fill(PIN)
    judged(phone, "signing-on-a-phone")
    press(phone)
    phone.get_by_text("Đã ký số kết quả").first.wait_for()

    clock.forward(minutes=5)
    clerk = desk("clerk")
    open_dossier(clerk, live_server, dossier)
    assert next_verb(clerk) == "Cấp số, đóng dấu" and NUMBER in clerk.locator(".todo").inner_text()
    clerk.get_by_label("Mã PIN của khóa").fill(PIN)
    judged(clerk, "sealing")
    press(clerk)
    clerk.get_by_text("Đã cấp số, đóng dấu").first.wait_for()

    clock.forward(minutes=5)
    page = desk("receptionist")
    judged(page)
    open_dossier(page, live_server, dossier)
    cash_and_hand_over(page, "BL-0001", judged)
    clock.forward(minutes=20)


def signed_result(page, server, dossier, root, tmp_path):
    """The citizen takes her certificate home; poppler and our own verifier say what it is worth."""
    answer = page.request.get(f"{server.url}/ho-so/{dossier}/ket-qua/")
    assert answer.ok and answer.headers["content-type"] == "application/pdf"
    (tmp_path / "khai-sinh.pdf").write_bytes(answer.body())
    said = pdfsig(tmp_path / "khai-sinh.pdf", root, tmp_path)
    assert said.count("Signature is Valid") == 2 and said.count("Certificate is Trusted") == 2, said
    return answer.body()


def holds_up(content, authority, at):
    """Valid now, after the certificates have run out, and after they are revoked later; a changed byte is found."""
    report = signing.check(content, at=at)
    assert (report.state, [each.level for each in report.signatures]) == ("valid", ["B-LTA", "B-LTA"])
    assert signing.check(content, at=at + timedelta(days=5 * 365)).state == "valid"
    for each in report.signatures:
        authority.revoke(int(each.serial, 16), at=at + timedelta(days=1), reason="key_compromise")
    assert signing.check(content, at=at + timedelta(days=2)).state == "valid"
    assert signing.check(content.replace(b"/Contents", b"/Xontents", 1), at=at).state == "invalid"

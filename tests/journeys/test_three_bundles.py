"""The three bundles from the declaration to the result, every agency at its own desk, by pages alone."""

import pytest

from motcua.dossiers import queries as dossiers
from motcua.foundation.time import local_date
from tests.cooperation.factories import BIRTH, DEATH, LAND, Joint, said
from tests.dossiers import factories as make
from tests.journeys.declaring import declare
from tests.journeys.officers import choose_verb, next_verb, open_dossier, press
from tests.journeys.test_birth_registration import add_paper, begin, heading
from tests.support.city import PASSWORD
from tests.support.officers import window_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# procedure -> who answers which task, one after the other
PARTS = {
    BIRTH: [("processor", "Đăng ký khai sinh"), ("police", "Đăng ký thường trú"), ("insurer", "thẻ bảo hiểm y tế")],
    DEATH: [("processor", "Đăng ký khai tử"), ("police", "Xóa đăng ký thường trú"), ("insurer", "mai táng")],
    LAND: [("registrar", "Kiểm tra hồ sơ"), ("taxman", "Xác định nghĩa vụ tài chính")],
}  # fmt: skip


@pytest.mark.parametrize("procedure", PARTS)
def test_from_the_declaration_to_the_result(window, town, clock, photo, live_server, procedure):
    joint = Joint(town, procedure)

    def desk(name, **more):
        return window_of(window, joint.accounts[name], **{"width": 1280, **more})

    lan = window_of(window, town.accounts["citizen"], f"/ho-so/moi/{procedure}/", width=360)
    begin(lan, lambda *_names: None)
    dossier = lan.url.split("/ho-so/")[1].split("/")[0]
    declare(lan, {**make.complete(procedure), **said(procedure, clock.now)})
    hand_in_all(lan, dossier, photo, clock)

    clock.forward(minutes=5)
    receptionist = desk("receptionist")
    open_dossier(receptionist, live_server, dossier)
    for verb in ("Tiếp nhận", "Chuyển xử lý"):
        assert next_verb(receptionist) == verb
        press(receptionist)

    for name, title in PARTS[procedure]:
        clock.forward(minutes=20)
        officer = desk(name)
        officer.goto(f"{live_server.url}/counter/phoi-hop/")
        officer.locator("main").get_by_role("link", name=title).first.click()
        officer.get_by_label("Số, ký hiệu văn bản").fill("7/VB")
        officer.get_by_label("Ý kiến, kết quả").fill("Đã giải quyết phần việc của cơ quan.")
        press(officer)
        assert "Đã trả lời" in officer.locator(".case-head").inner_text()
    if procedure == LAND:
        clock.forward(minutes=20)
        registrar = desk("registrar")
        open_dossier(registrar, live_server, dossier)
        work(registrar, most=1)
        choose_verb(registrar, "Yêu cầu nghĩa vụ tài chính")
        work(registrar, most=2)  # asked for, and paid at the tax office
        assert next_verb(registrar) == "Nhận kết quả từ hệ thống chủ quản"
    for name in ("registrar" if procedure == LAND else "processor", "receptionist"):
        clock.forward(minutes=20)
        page = desk(name)
        open_dossier(page, live_server, dossier)
        assert work(page) >= 1
    lan.goto(f"{live_server.url}/ho-so/{dossier}/")
    lan.get_by_label("Mật khẩu").fill(PASSWORD)
    lan.get_by_role("button", name="Mở khóa").click()
    lan.wait_for_url(f"**/ho-so/{dossier}/")
    told = lan.locator("main").inner_text()
    assert "Đã trả kết quả" in told
    for _who, title in PARTS[procedure]:
        assert title in told, "her timeline names the part of every agency"


FACTS = {
    "Số, ký hiệu kết quả": "12/KQ",
    "Số biên lai": "BL-1",
    "Số chứng từ": "CT-1",
    "Khoản phải nộp": "Nộp thuế, lệ phí trước bạ theo thông báo",
}


def work(page, most=12):
    """Do what is next, at most so many decisions; returns how many there were."""
    done = 0
    while done < most and next_verb(page):
        form = page.locator(".todo form")
        for label, text in FACTS.items():
            if form.get_by_label(label).count():
                form.get_by_label(label).first.fill(text)
        for amount in form.locator("[name^=amount]").all():
            amount.fill("100000")
        if form.get_by_label("Đồng ý", exact=True).count():
            form.get_by_label("Đồng ý", exact=True).check()
        press(page)
        done += 1
    assert done < 12, "the same is asked again and again"
    return done


def hand_in_all(page, dossier, photo, clock):
    """Every paper this case must bring, the last look, the commitment."""
    assert heading(page) == "Giấy tờ kèm theo"
    row = make.get(dossier)
    view = dossiers.declared_view_of(row)
    for need in dossiers.papers_needed(
        view, dossiers.answers_of(row), local_date(clock.now), channel=row.channel
    ):
        if dossiers.must_upload(need):
            add_paper(page, need.key, photo)
    page.get_by_role("link", name="Tiếp tục đến trang xem lại").click()
    page.get_by_label("Tôi cam đoan").check()
    page.get_by_role("button", name="Nộp hồ sơ").click()
    page.wait_for_url("**/da-nop/")

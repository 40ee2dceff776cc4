"""One birth, three agencies: each does its part at its own desk, a question is asked, the mother follows it."""

import pytest

from motcua.cooperation import actions
from tests.cooperation.factories import BIRTH, POLICE, Joint
from tests.dossiers import factories as make
from tests.journeys.officers import open_dossier, press
from tests.support.officers import window_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_police_and_insurance_answer_and_the_mother_reads_for_whom_she_waits(
    window, town, clock, judged, live_server
):
    joint = Joint(town, BIRTH)
    dossier = joint.transferred(at=clock.now, birth_proof="electronic")  # no paper to show
    row = make.get(dossier)

    def desk(name: str, **more):
        return window_of(window, joint.accounts[name], **{"width": 1280, **more})

    clock.forward(minutes=30)
    lead = desk("processor")
    open_dossier(lead, live_server, dossier)
    judged(lead, "officer-joint-tasks")
    lead.locator("#phoi-hop").get_by_role("link", name="Đăng ký khai sinh").click()
    lead.get_by_label("Số, ký hiệu văn bản").fill("15/KS")
    judged(lead)
    press(lead)
    assert "Đã trả lời" in lead.locator(".case-head").inner_text()

    open_dossier(lead, live_server, dossier)
    lead.locator("#phoi-hop").get_by_role("link", name="Lấy ý kiến đơn vị, cơ quan khác").click()
    lead.get_by_label("Cần ý kiến về việc gì").fill("Đề nghị xác minh nơi cư trú của cha, mẹ trẻ.")
    lead.locator("[name=agency]").evaluate("node => { node.value = 'qn-ha-lam-police' }")
    lead.get_by_label("Trả lời chậm nhất ngày").fill("07/10/2026")
    judged(lead, "officer-asks-another-agency")
    lead.get_by_role("button", name="Gửi câu hỏi").click()
    lead.wait_for_url("**/phoi-hop/**")

    clock.forward(days=3)  # Thursday: police and insurance had until Wednesday
    police = desk("police", width=360, height=760)
    police.goto(f"{live_server.url}/counter/phoi-hop/?tab={joint.city.office(POLICE).id}-process")
    judged(police, "agency-worklist-on-a-phone")
    mother = window(f"/tra-cuu/?ma={row.reference}", width=360)
    told = mother.locator(".status").inner_text()
    assert "Đang chờ Công an phường Bãi Cháy (Đăng ký thường trú cho trẻ)" in told
    assert "nay đã quá hạn. Ngày hẹn trả của hồ sơ không đổi." in told
    judged(mother, "citizen-reads-who-is-late")

    police.get_by_role("link", name="Đăng ký thường trú cho trẻ").click()
    police.get_by_label("Ý kiến, kết quả").fill("Đã đăng ký thường trú cho trẻ.")
    police.get_by_label("Số, ký hiệu văn bản").fill("7/CA")
    judged(police, "agency-answers-on-a-phone")
    press(police)
    assert "Đã trả lời" in police.locator(".case-head").inner_text()

    insurance = joint.task(dossier, "insurance").public_id
    actions.answer(joint.act("insurer", clock.now), task=insurance, number="BHYT-1")
    open_dossier(lead, live_server, dossier)
    judged(lead)
    assert "Kết quả chờ cơ quan khác" not in lead.locator("main").inner_text()

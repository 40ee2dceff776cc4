"""The desk: a worklist of one's own, the task with what is needed and no more, the section on the dossier's page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from motcua.cooperation import actions
from motcua.cooperation.models import JointTask, TaskGrant
from motcua.dossiers import queries as dossiers
from motcua.foundation.models import AccessEntry
from tests.cooperation.factories import AT, POLICE
from tests.counter.pages import field, words
from tests.dossiers import factories as make
from tests.files.factories import PDF, upload
from tests.portal.statements import statements

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=2)
THURSDAY = datetime(2026, 10, 8, 3, 0, tzinfo=UTC)
QUESTION = "Đề nghị xác minh nơi cư trú của cha, mẹ trẻ tại địa bàn phường."


@pytest.fixture
def dossier(joint):
    made = joint.transferred()
    at = AT + timedelta(hours=1)
    actions.answer(joint.act("processor", at), task=joint.task(made, "birth").public_id, number="15/KS")
    return made


def send(client, task: str, verb: str, **fields):
    """Open the page of a task and send one of its forms."""
    page = client.get(f"/counter/phoi-hop/{task}/")
    assert page.status_code == 200, words(page)[:300]
    said = {"act_id": f"page-{task}-{verb}", "revision": field(page, "revision")}
    return client.post(f"/counter/phoi-hop/{task}/viec/{verb}/", {**said, **fields})


def test_the_asked_agency_finds_its_task_and_answers_it(joint, dossier, it_is, browse):
    it_is(LATER)
    client = browse("police")
    listed = client.get("/counter/phoi-hop/", {"tab": f"{joint.city.office(POLICE).id}-process"})
    assert "Đăng ký thường trú cho trẻ" in words(listed)
    assert "Phối hợp" in words(listed)
    residence = joint.task(dossier, "residence").public_id
    page = client.get(f"/counter/phoi-hop/{residence}/")
    told = words(page)
    assert "Trả lời trước 17:00 ngày 07/10/2026" in told
    assert "15/KS" in told, "what came before is told"
    assert send(client, residence, "take").status_code == 302
    answer = send(client, residence, "answer", note="Đã đăng ký", number="7/CA", result=upload(PDF, "kq.pdf"))
    assert answer.status_code == 302
    row = joint.task(dossier, "residence")
    assert (row.state, row.number, row.file is not None) == ("done", "7/CA", True)
    lead = browse("processor").get(f"/counter/phoi-hop/{residence}/tra-loi/")
    assert b"".join(lead.streaming_content) == PDF


def test_a_refused_form_stands_again_with_its_sentence(joint, dossier, it_is, browse):
    it_is(LATER)
    insurance = joint.task(dossier, "insurance").public_id
    refused = send(browse("insurer"), insurance, "decline", reason="không")
    assert refused.status_code == 422
    assert "Chưa nêu lý do, hoặc lý do quá ngắn." in words(refused)
    nothing = send(browse("insurer"), insurance, "answer")
    assert "Câu trả lời chưa có nội dung" in words(nothing)


def test_the_lead_sees_the_state_of_each_task_and_a_late_one_is_red(joint, dossier, it_is, browse):
    it_is(THURSDAY)
    page = browse("processor").get(f"/counter/ho-so/{dossier}/")
    told = words(page)
    assert "Phối hợp, lấy ý kiến 4" in told
    assert "Đăng ký thường trú cho trẻ" in told and "Chưa đến lượt" in told
    assert "Quá hạn" in told
    assert "tag--wrong" in page.content.decode()
    assert f"{make.get(dossier).due_on:%d/%m/%Y}" in told


def test_the_next_decision_is_not_one_that_would_be_refused(joint, dossier, it_is, browse):
    it_is(LATER)
    from motcua.dossiers import actions as moves

    moves.take(joint.act("processor", LATER), dossier=dossier)
    page = browse("processor").get(f"/counter/ho-so/{dossier}/")
    assert "Kết quả chờ cơ quan khác" in words(page)


def test_the_page_of_a_dossier_with_tasks_costs_at_most_twelve_statements(joint, dossier, it_is, browse):
    it_is(THURSDAY)
    client = browse("processor")
    client.get(f"/counter/ho-so/{dossier}/")
    with statements() as told:
        client.get(f"/counter/ho-so/{dossier}/")
    assert len(told.work) <= 12, "\n".join(told.work)


def test_a_list_of_a_hundred_costs_at_most_eight_statements(joint, dossier, it_is, browse):
    first = joint.task(dossier, "residence")
    holder = f"office:{first.agency_id}:process"
    for number in range(101):
        copy = JointTask.objects.get(pk=first.pk)
        copy.pk, copy.public_id, copy.kind, copy.key = None, f"TASK{number:022d}", "consultation", ""
        copy.save(force_insert=True)
        TaskGrant.objects.create(
            task=copy, holder=holder, role="asked", reason="pool", todo=True, sort_key=f"2{number:04d}"
        )
    it_is(LATER)
    client, address = browse("police"), f"/counter/phoi-hop/?tab={joint.city.office(POLICE).id}-process"
    client.get(address)
    with statements() as told:
        page = client.get(address)
    assert page.content.decode().count("data-row") == 100
    assert len(told.work) <= 8, "\n".join(told.work)


def test_an_officer_asks_another_agency_which_sees_the_question_and_what_was_handed_only(
    joint, dossier, it_is, browse
):
    it_is(LATER)
    client = browse("processor")
    papers = dossiers.papers_of(make.get(dossier))
    page = client.get(f"/counter/ho-so/{dossier}/lay-y-kien/")
    assert papers[0].name in words(page)
    asked = {"act_id": field(page, "act_id"), "agency": "qn-ha-lam-police", "question": QUESTION}
    late = client.post(f"/counter/ho-so/{dossier}/lay-y-kien/", {**asked, "until": "30/10/2026"})
    assert late.status_code == 422 and "không sau ngày hẹn trả" in words(late)
    sent = client.post(
        f"/counter/ho-so/{dossier}/lay-y-kien/",
        {**asked, "until": "07/10/2026", "papers": [str(papers[0].pk)]},
    )
    assert sent.status_code == 302, words(sent)[:400]
    task = joint.task(dossier)
    other = browse("other_police")
    told = words(other.get(f"/counter/phoi-hop/{task.public_id}/"))
    assert QUESTION in told
    assert papers[0].name in told
    for hidden in ("Nguyễn Thị Lan", "022196001234", "0912345678"):
        assert hidden not in told
    assert other.get(f"/counter/ho-so/{dossier}/").status_code == 404
    paper = other.get(f"/counter/phoi-hop/{task.public_id}/giay/{papers[0].pk}/")
    assert paper.status_code == 200
    assert AccessEntry.objects.latest("pk").page == "counter:joint_paper"
    send(other, task.public_id, "answer", note="Cha, mẹ trẻ đang cư trú tại địa bàn.", number="12/XM")
    told = words(client.get(f"/counter/phoi-hop/{task.public_id}/"))
    assert "Cha, mẹ trẻ đang cư trú tại địa bàn." in told
    assert "12/XM" in words(client.get(f"/counter/ho-so/{dossier}/"))


def test_strangers_do_not_learn_that_it_exists(joint, dossier, it_is, browse):
    it_is(LATER)
    residence = joint.task(dossier, "residence").public_id
    for who in ("insurer", "other_police", "receptionist", "other_processor"):
        assert browse(who).get(f"/counter/phoi-hop/{residence}/").status_code == 404, who
    head = words(browse("centre_head").get(f"/counter/phoi-hop/{residence}/"))
    assert "Đang chờ Công an phường Bãi Cháy" in head
    assert "Giấy tờ gửi kèm" not in head, "who only leads sees how it stands, not what it says"

"""Late answers: the task turns red, the parent's due date stays, the head of the one-stop is told once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from motcua.cooperation import actions, queries, tasks
from motcua.cooperation.errors import TaskNotYours
from motcua.dossiers import actions as dossiers
from motcua.foundation import policy, worker
from motcua.foundation.models import JournalLine
from motcua.notices import queries as notices
from tests.cooperation.factories import AT
from tests.counter.pages import words
from tests.dossiers import factories as make

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 10, 8, 3, 0, tzinfo=UTC)


@pytest.fixture
def dossier(joint):
    """A birth whose police and insurance have until Wednesday 17:00, and a question due the same day."""
    made = joint.transferred()
    at = AT + timedelta(hours=1)
    actions.answer(joint.act("processor", at), task=joint.task(made, "birth").public_id, number="15/KS")
    actions.consult(
        joint.act("processor", at),
        dossier=made,
        agency="qn-ha-lam-police",
        question="Đề nghị xác minh nơi cư trú của cha, mẹ trẻ.",
        until="2026-10-07",
    )
    return made


def late_of(joint, who: str) -> list:
    return [n for n in notices.notices_for([f"account:{joint.accounts[who].pk}"]) if n.kind == "task.late"]


def test_the_head_of_the_one_stop_is_told_once_of_each(joint, dossier, it_is, browse):
    due = make.get(dossier).due_at
    it_is(AT + timedelta(hours=5))
    tasks.find_late()
    worker.drain()
    assert late_of(joint, "centre_head") == []
    it_is(THURSDAY)
    for _ in range(2):
        tasks.find_late()
        worker.drain()
    told = late_of(joint, "centre_head")
    assert sorted(n.params["kind"] for n in told) == ["bundle", "bundle", "consultation"]
    assert late_of(joint, "leader") == late_of(joint, "processor") == []
    lines = JournalLine.objects.filter(chain=f"dossier:{dossier}", verb="dossier.task_late")
    assert lines.count() == 3
    assert make.get(dossier).due_at == due
    listed = words(browse("centre_head").get("/counter/phoi-hop/"))
    assert "Đăng ký thường trú cho trẻ" in listed and "Quá hạn" in listed
    assert "Nguyễn Thị Lan" not in listed


def test_her_notice_leads_to_the_task(joint, dossier, it_is, browse):
    it_is(THURSDAY)
    tasks.find_late()
    worker.drain()
    page = browse("centre_head").get("/ho-so/")
    assert "Cơ quan được giao việc đã quá hạn trả lời." in words(page)
    assert f"/counter/phoi-hop/{joint.task(dossier, 'residence').public_id}/" in page.content.decode()


def test_where_nobody_heads_the_one_stop_whoever_leads_above_is_told(joint, dossier):
    from motcua.agencies import queries as agencies

    other = agencies.by_code("qn-ha-lam-centre")
    assert tasks._heads(other.id, THURSDAY) != [joint.accounts["centre_head"].pk]


def test_only_the_platform_notes_it(joint, dossier):
    with pytest.raises(TaskNotYours):
        actions.note_late(joint.act("processor", THURSDAY), task=joint.task(dossier, "residence").public_id)


def test_an_answer_that_came_late_is_told_as_late(joint, dossier):
    actions.answer(
        joint.act("police", THURSDAY), task=joint.task(dossier, "residence").public_id, number="7/CA"
    )
    told = {task.key: task for task in queries.overview(make.get(dossier), THURSDAY, "vi")}
    assert told["residence"].late
    assert "quá hạn 17:00 ngày 07/10/2026" in told["residence"].sentence
    assert told["id-card"].state == "open", "what waited for it goes on"


def test_while_the_applicant_is_waited_for_the_clocks_of_the_agencies_wait_too(joint, dossier):
    asked, back = AT + timedelta(hours=2), AT + timedelta(days=2, hours=1)
    before = joint.task(dossier, "residence").due_at
    dossiers.ask_payment(joint.act("processor", asked), dossier=dossier, reason="Nộp lệ phí theo thông báo")
    waiting = joint.task(dossier, "residence")
    assert (waiting.clock_state, waiting.due_at) == ("paused", None)
    assert "chờ người nộp" in queries.overview(make.get(dossier), back, "vi")[1].sentence
    dossiers.confirm_payment(joint.act("processor", back), dossier=dossier, receipt_number="BL-1")
    after = joint.task(dossier, "residence")
    assert after.clock_state == "running"
    assert after.due_at > before
    assert joint.task(dossier).due_at == datetime(2026, 10, 7, 10, 0, tzinfo=UTC), "a question keeps its day"
    assert list(policy.differences()) == []


def test_forwarded_the_lead_part_goes_along(joint):
    dossier = joint.transferred()
    dossiers.forward(
        joint.act("head", AT + timedelta(hours=1)),
        dossier=dossier,
        agency="qn-ha-lam",
        reason="Hồ sơ thuộc thẩm quyền của phường Hà Lầm",
    )
    assert joint.task(dossier, "birth").agency_id == joint.city.office("qn-ha-lam").id
    assert list(policy.differences()) == []


def test_the_result_ends_open_questions(joint, dossier):
    for who, key in (("police", "residence"), ("insurer", "insurance")):
        actions.answer(
            joint.act(who, AT + timedelta(hours=2)), task=joint.task(dossier, key).public_id, number="1"
        )
    dossiers.take_over_result(joint.act("processor", AT + timedelta(hours=3)), dossier=dossier, number="1/KQ")
    assert joint.task(dossier).state == "ended"
    assert list(policy.differences()) == []


def test_the_work_of_somebody_who_left_goes_back_to_her_agency(joint, dossier, it_is):
    from motcua.agencies import actions as agencies
    from motcua.agencies import queries as positions

    at = it_is(AT + timedelta(hours=2))
    residence = joint.task(dossier, "residence").public_id
    actions.take(joint.act("police", at), task=residence)
    held = positions.positions_of(joint.accounts["police"].pk)[0]
    agencies.end_position(joint.act("admin", at), position=held.public_id)
    it_is(at + timedelta(minutes=1))
    worker.drain()
    assert joint.task(dossier, "residence").assigned_to_id is None
    assert list(policy.differences()) == []


def test_a_corrected_calendar_moves_the_tasks_too(joint, dossier):
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act

    row = joint.task(dossier, "residence")
    type(row).objects.filter(pk=row.pk).update(due_at=THURSDAY)
    dossiers.recount(
        new_act(system("worker"), at=AT + timedelta(hours=3), purpose="calendar"), dossier=dossier
    )
    assert joint.task(dossier, "residence").due_at == datetime(2026, 10, 7, 10, 0, tzinfo=UTC)

"""Interlinked procedures: one dossier, several agencies, each with its role, limit, papers and answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from motcua.cooperation import actions, queries
from motcua.cooperation.errors import (
    NothingAnswered,
    TaskChangedMeanwhile,
    TaskMoveNotAllowed,
    TaskNotFound,
    TaskNotYours,
    WhyNeeded,
)
from motcua.dossiers import actions as dossiers
from motcua.dossiers.errors import OthersNotDone
from motcua.foundation import policy
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalLine
from tests.cooperation.factories import AT
from tests.dossiers import factories as make

pytestmark = pytest.mark.django_db


def hours(number: float):
    return AT + timedelta(hours=number)


def test_the_transfer_asks_the_lead_and_the_others_follow_its_answer(joint):
    dossier = joint.transferred()
    assert joint.states(dossier) == {
        "birth": "open",
        "residence": "waiting",
        "insurance": "waiting",
        "id-card": "waiting",
    }
    actions.answer(
        joint.act("processor", hours(1)), task=joint.task(dossier, "birth").public_id, number="15/KS"
    )
    assert joint.states(dossier) == {
        "birth": "done",
        "residence": "open",
        "insurance": "open",
        "id-card": "waiting",
    }
    residence = joint.task(dossier, "residence")
    assert residence.agency_id == joint.city.office("qn-bai-chay-police").id
    assert residence.opened_at == hours(1)
    assert residence.due_at == datetime(2026, 10, 7, 10, 0, tzinfo=UTC), "two working days: Wednesday, 17:00"
    assert list(policy.differences()) == []


def test_the_result_waits_for_all_that_it_must_wait_for(joint):
    dossier = joint.transferred()
    with pytest.raises(OthersNotDone) as refused:
        dossiers.take_over_result(joint.act("processor", hours(1)), dossier=dossier, number="1/KQ")
    assert "Đăng ký thường trú cho trẻ" in refused.value.sentence
    finish(joint, dossier)
    due = make.get(dossier).due_at
    done = dossiers.take_over_result(joint.act("processor", hours(5)), dossier=dossier, number="1/KQ")
    assert done["state"] == "result_ready"
    assert make.get(dossier).due_at == due
    assert joint.states(dossier)["id-card"] == "open", "its own limit is longer; it goes on after the result"
    assert verify().findings == []


def finish(joint, dossier: str) -> None:
    for hour, (key, who) in enumerate(
        (("birth", "processor"), ("residence", "police"), ("insurance", "insurer"))
    ):
        actions.answer(
            joint.act(who, hours(hour + 1)), task=joint.task(dossier, key).public_id, number=f"{hour}/KQ"
        )


def test_each_agency_sees_its_own_task_only_from_its_turn_on(joint):
    dossier = joint.transferred()
    residence = joint.task(dossier, "residence").public_id

    def sees(who: str) -> bool:
        return queries.visible_to(joint.actor(who)).filter(public_id=residence).exists()

    asking = {"processor", "head", "leader", "centre_head"}
    assert {who for who in joint.accounts if sees(who)} == asking, "its turn has not come"
    with pytest.raises(TaskNotFound):
        actions.answer(joint.act("police", hours(1)), task=residence, number="1")
    actions.answer(
        joint.act("processor", hours(1)), task=joint.task(dossier, "birth").public_id, number="15/KS"
    )
    assert sees("police")
    assert sees("police_head")
    assert not sees("insurer")
    assert not sees("other_police")
    assert not sees("citizen")
    assert not sees("admin")
    with pytest.raises(TaskNotYours):
        actions.answer(joint.act("processor", hours(1)), task=residence, number="1")
    assert [
        work.task.public_id
        for work in queries.worklist(f"office:{joint.task(dossier, 'residence').agency_id}:process")
    ] == [residence]


def test_an_officer_takes_it_answers_with_a_paper_or_declines_with_a_reason(joint):
    dossier = joint.transferred()
    actions.answer(
        joint.act("processor", hours(1)), task=joint.task(dossier, "birth").public_id, number="15/KS"
    )
    residence, insurance = (joint.task(dossier, key).public_id for key in ("residence", "insurance"))
    actions.take(joint.act("police", hours(2)), task=residence)
    mine = queries.worklist(f"account:{joint.accounts['police'].pk}")
    assert [work.task.public_id for work in mine] == [residence]
    with pytest.raises(NothingAnswered):
        actions.answer(joint.act("police", hours(2)), task=residence)
    with pytest.raises(TaskChangedMeanwhile):
        actions.answer(joint.act("police", hours(2)), task=residence, note="Đã đăng ký", revision=1)
    actions.answer(joint.act("police", hours(3)), task=residence, note="Đã đăng ký thường trú", number="7/CA")
    row = joint.task(dossier, "residence")
    assert (row.answer, row.number, row.closed_by_id) == (
        "Đã đăng ký thường trú",
        "7/CA",
        joint.accounts["police"].pk,
    )
    with pytest.raises(TaskMoveNotAllowed):
        actions.answer(joint.act("police", hours(3)), task=residence, note="Lần nữa")
    with pytest.raises(WhyNeeded):
        actions.decline(joint.act("insurer", hours(3)), task=insurance, reason="không")
    actions.decline(joint.act("insurer", hours(3)), task=insurance, reason="Chưa có số định danh của trẻ")
    verbs = set(JournalLine.objects.filter(chain=f"dossier:{dossier}").values_list("verb", flat=True))
    assert {
        "dossier.task_opened",
        "dossier.task_taken",
        "dossier.task_answered",
        "dossier.task_declined",
    } <= verbs
    assert list(policy.differences()) == []


def test_what_was_declined_is_asked_again_with_its_whole_limit(joint):
    dossier = joint.transferred()
    actions.answer(
        joint.act("processor", hours(1)), task=joint.task(dossier, "birth").public_id, number="15/KS"
    )
    insurance = joint.task(dossier, "insurance")
    actions.decline(
        joint.act("insurer", hours(2)), task=insurance.public_id, reason="Chưa có số định danh của trẻ"
    )
    actions.ask_again(joint.act("processor", hours(24)), task=insurance.public_id)
    again = joint.task(dossier, "insurance")
    assert again.state == "open"
    assert again.due_at > insurance.due_at
    assert again.answer == ""


def test_a_repeated_act_answers_once(joint):
    dossier = joint.transferred()
    birth = joint.task(dossier, "birth").public_id
    first = actions.answer(joint.act("processor", hours(1), "one"), task=birth, number="15/KS")
    again = actions.answer(joint.act("processor", hours(1), "one"), task=birth, number="15/KS")
    assert again == {**first, "replayed": True}


def test_a_withdrawn_dossier_ends_its_tasks(joint):
    dossier = joint.transferred()
    dossiers.withdraw(joint.act("citizen", hours(1)), dossier=dossier)
    assert set(joint.states(dossier).values()) == {"ended"}
    assert list(policy.differences()) == []

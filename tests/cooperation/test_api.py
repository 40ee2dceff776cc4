"""The three bundles from transfer to result by programs alone, and a consultation; what each may see on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.cooperation import queries
from motcua.dossiers import queries as dossiers
from tests.api.conftest import Machine
from tests.cooperation.factories import AT, BIRTH, DEATH, LAND, TAX, Joint
from tests.dossiers import factories as make
from tests.files.factories import PDF

pytestmark = pytest.mark.django_db


def good(answer, status=200):
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


@pytest.fixture
def caller(it_is):
    """A machine with the token of somebody: `caller(joint, "police")`."""
    it_is(AT + timedelta(hours=1))
    return Machine


def tasks(machine: Machine, dossier: str) -> dict[str, dict]:
    return {
        task["key"] or task["kind"]: task for task in good(machine.get(f"/dossiers/{dossier}/tasks"))["items"]
    }


def answer(machine: Machine, task: str, **said):
    return good(machine.post(f"/tasks/{task}/moves", {"verb": "answer", **said}))


def test_birth_residence_and_insurance(joint, caller):
    citizen, lead, police, insurer = (caller(joint, n) for n in ("citizen", "processor", "police", "insurer"))
    dossier = joint.transferred(BIRTH)
    told = tasks(citizen, dossier)
    assert {key: task["state"] for key, task in told.items()} == {
        "birth": "open", "residence": "waiting", "insurance": "waiting", "id-card": "waiting",
    }  # fmt: skip
    opened = answer(lead, told["birth"]["id"], number="15/KS")["opened"]
    assert set(opened) == {told["residence"]["id"], told["insurance"]["id"]}
    mine = good(police.get("/tasks", waits="true"))["items"]
    assert [task["id"] for task in mine] == [told["residence"]["id"]]
    detail = good(police.get(f"/tasks/{told['residence']['id']}"))
    assert detail["allowed"] == ["take", "answer", "decline"]
    assert detail["dossier"] is None, "who is asked sees the task, not the dossier"
    assert {said["section"] for said in detail["answers"]} == {"child", "mother", "father", "residence"}
    assert [paper["key"] for paper in detail["papers"]] == ["giay-chung-sinh"]
    content = police.get(f"/tasks/{detail['id']}/papers/{detail['papers'][0]['paper']}/content")
    assert b"".join(content.streaming_content) == PDF
    file = good(police.file(PDF), 201)["file"]
    answer(police, told["residence"]["id"], number="7/CA", note="Đã đăng ký", file=file)
    refused = lead.post(f"/dossiers/{dossier}/moves", {"verb": "take_over_result", "number": "1/KQ"})
    assert refused.status_code == 409
    assert "Cấp thẻ bảo hiểm y tế cho trẻ" in refused.json()["title"]
    answer(insurer, told["insurance"]["id"], number="BHYT-1")
    done = good(lead.post(f"/dossiers/{dossier}/moves", {"verb": "take_over_result", "number": "1/KQ"}))
    assert done["state"] == "result_ready"
    story = [(e["what"], e["detail"]) for e in good(citizen.get(f"/dossiers/{dossier}/timeline"))["items"]]
    assert ("task_done", "Công an phường Bãi Cháy: Đăng ký thường trú cho trẻ") in story
    assert citizen.get(f"/tasks/{told['residence']['id']}").status_code == 404


def test_death_residence_and_funeral_run_side_by_side(city, caller):
    joint = Joint(city, DEATH)
    dossier = joint.transferred(DEATH)
    citizen = caller(joint, "citizen")
    told = tasks(citizen, dossier)
    assert {key: task["state"] for key, task in told.items()} == {
        "death": "open", "residence": "open", "funeral-insurance": "open",
    }  # fmt: skip
    assert all(task["unverified"] for task in told.values())
    for who, key in (("insurer", "funeral-insurance"), ("police", "residence"), ("processor", "death")):
        answer(caller(joint, who), told[key]["id"], number=f"1/{key}")
    lead = caller(joint, "processor")
    done = good(lead.post(f"/dossiers/{dossier}/moves", {"verb": "take_over_result", "number": "3/KT"}))
    assert done["state"] == "result_ready"


def test_the_funeral_support_goes_to_whom_the_declaration_says(city, caller):
    joint = Joint(city, DEATH)
    dossier = joint.transferred(
        DEATH,
        allowance_kind="social_allowance",
        insurance_number=None,
        deceased_address={"commune_code": "06676", "detail": "Tổ 4"},
    )
    rows = {task.key: task for task in queries.tasks_of(make.get(dossier).pk)}
    assert set(rows) == {"death", "residence", "funeral-support"}
    assert rows["residence"].agency_id == city.office("qn-ha-lam-police").id
    assert rows["funeral-support"].agency_id == city.office("qn-ha-lam").id
    assert rows["funeral-support"].state == "waiting"


def test_land_and_tax_one_after_the_other_with_the_payment_between(city, caller, it_is):
    joint = Joint(city, LAND)
    dossier = joint.transferred(LAND)
    citizen, registrar, taxman = (caller(joint, name) for name in ("citizen", "registrar", "taxman"))
    told = tasks(citizen, dossier)
    assert {key: task["state"] for key, task in told.items()} == {"check": "open", "tax": "waiting"}
    answer(registrar, told["check"]["id"], number="PC-15", note="Phiếu chuyển thông tin")
    tax = joint.task(dossier, "tax")
    assert tax.agency_id == city.office(TAX).id
    before = tax.due_at
    detail = good(taxman.get(f"/tasks/{tax.public_id}"))
    assert {said["section"] for said in detail["answers"]} <= {"change", "parties", "parcel", "tax"}
    answer(taxman, tax.public_id, number="TB-9", note="Lệ phí trước bạ theo thông báo")
    assert before is not None
    pay = {"verb": "ask_payment", "reason": "Nộp thuế theo thông báo TB-9"}
    assert good(registrar.post(f"/dossiers/{dossier}/moves", pay))["state"] == "awaiting_payment"
    it_is(AT + timedelta(days=1))
    paid = {"verb": "confirm_payment", "receipt_number": "CT-1"}
    assert good(registrar.post(f"/dossiers/{dossier}/moves", paid))["state"] == "in_process"
    done = good(registrar.post(f"/dossiers/{dossier}/moves", {"verb": "take_over_result", "number": "GCN-1"}))
    assert done["state"] == "result_ready"


def test_a_consultation(joint, caller):
    dossier = joint.transferred(BIRTH)
    lead, other, stranger = (caller(joint, name) for name in ("processor", "other_police", "insurer"))
    paper = dossiers.papers_of(make.get(dossier))[0].pk
    asked = {
        "agency": "qn-ha-lam-police",
        "question": "Đề nghị xác minh nơi cư trú của cha, mẹ trẻ.",
        "until": "2026-10-07",
        "papers": [paper],
    }
    wrong = lead.post(f"/dossiers/{dossier}/consultations", {**asked, "until": "2026-11-30"})
    assert wrong.status_code == 422
    assert other.post(f"/dossiers/{dossier}/consultations", asked).status_code == 404
    task = good(lead.post(f"/dossiers/{dossier}/consultations", asked))["task"]
    detail = good(other.get(f"/tasks/{task}"))
    assert (detail["question"], detail["answers"], len(detail["papers"])) == (asked["question"], [], 1)
    assert stranger.get(f"/tasks/{task}").status_code == 404
    answer(other, task, note="Đang cư trú tại địa bàn.", number="12/XM")
    assert good(lead.get(f"/tasks/{task}"))["answer"] == "Đang cư trú tại địa bàn."
    by_citizen = tasks(caller(joint, "citizen"), dossier)["consultation"]
    assert by_citizen["state"] == "done"
    assert "cư trú" not in by_citizen["sentence"], "what was asked is the desks' own affair"


def test_what_a_verb_does_not_take_is_refused(joint, caller):
    dossier = joint.transferred(BIRTH)
    task = joint.task(dossier, "birth").public_id
    lead = caller(joint, "processor")
    assert lead.post(f"/tasks/{task}/moves", {"verb": "decline"}).status_code == 422
    assert lead.post(f"/tasks/{task}/moves", {"verb": "take", "reason": "x"}).status_code == 422
    assert lead.post(f"/tasks/{task}/moves", {"verb": "sing"}).status_code == 422

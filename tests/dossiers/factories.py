"""Dossiers for tests, brought to any state by the real actions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from motcua.dossiers import actions
from motcua.files import actions as files
from tests.files.factories import PDF
from tests.support.city import CENTRE, City

AT = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)  # Monday, 09:00 in Viet Nam
CASES = Path(__file__).parents[1] / "packs" / "cases"


def answers_for(procedure: str, case: str = "usual") -> dict[str, Any]:
    """Complete answers of one of the written cases; its "today" is 2026-11-21."""
    for one in yaml.safe_load((CASES / f"{procedure}.yaml").read_text())["cases"]:
        if one["id"] == case:
            return one["answers"]
    raise LookupError(case)


ALCOHOL = {
    "applicant_kind": "self",
    "full_name": "Nguyễn Thị Lan",
    "personal_number": "022196001234",
    "birth_on": "1996-08-20",
    "sex": "female",
    "phone": "0912345678",
    "address": {"commune_code": "06673", "detail": "Số 12 đường Hạ Long"},
    "content": "Đề nghị cấp giấy phép",
    "result_delivery": "counter",
    "commitment": True,
}


def draft(city: City, procedure: str = "birth-registration", *, by: str = "citizen", at: datetime = AT, **answers) -> str:
    """A filled-in draft; returns its public id."""
    made = actions.start_draft(city.act(by, at), procedure=procedure, agency=CENTRE)
    filled = {**birth_answers(at), **answers} if procedure == "birth-registration" else answers
    actions.save_answers(city.act(by, at), dossier=made["dossier"], answers=filled)
    return made["dossier"]


def birth_answers(at: datetime) -> dict[str, Any]:
    """The usual birth, three weeks before `at`."""
    born = (at - timedelta(days=19)).date().isoformat()
    told = (at - timedelta(days=18)).date().isoformat()
    return {**answers_for("birth-registration"), "child_birth_on": born, "birth_notice_on": told}


def submitted(city: City, *, at: datetime = AT, **more) -> str:
    dossier = draft(city, at=at, **more)
    actions.submit(city.act(more.get("by", "citizen"), at), dossier=dossier)
    return dossier


def received(city: City, *, at: datetime = AT, **more) -> str:
    dossier = submitted(city, at=at, **more)
    actions.receive(city.act("receptionist", at), dossier=dossier)
    return dossier


def in_process(city: City, *, at: datetime = AT, **more) -> str:
    dossier = received(city, at=at, **more)
    actions.transfer(city.act("receptionist", at), dossier=dossier)
    return dossier


def drafted(city: City, *, at: datetime = AT, **more) -> str:
    dossier = in_process(city, at=at, **more)
    to_last_step(city, dossier, at)
    actions.draft_result(city.act("processor", at), dossier=dossier)
    return dossier


def to_last_step(city: City, dossier: str, at: datetime) -> None:
    """Work through the processing steps until only the signature is left."""
    from motcua.dossiers.actions.steps import process_steps
    from motcua.dossiers.models import Dossier

    row = Dossier.objects.get(public_id=dossier)
    steps = process_steps(row)
    for number in range(row.step, len(steps) - 1):
        if steps[number + 1].stage == "signing":
            break
        actions.advance(city.act("processor", at), dossier=dossier)


def ready(city: City, *, at: datetime = AT, **more) -> str:
    dossier = drafted(city, at=at, **more)
    actions.approve(city.act("signer", at), dossier=dossier, number="15/GKS")
    return dossier


def returned(city: City, *, at: datetime = AT, **more) -> str:
    dossier = ready(city, at=at, **more)
    actions.record_cash(city.act("clerk", at), dossier=dossier, receipt_number="BL-1")
    actions.hand_over(city.act("receptionist", at), dossier=dossier)
    return dossier


def a_file(city: City, by: str = "citizen", *, at: datetime = AT, name: str = "giay.pdf") -> str:
    """A stored PDF of that account; returns its public id."""
    return files.keep(city.act(by, at), files.from_bytes(PDF, name))["file"]

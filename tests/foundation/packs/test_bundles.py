"""Interlinked procedures in packs: what is wrong with one is told in its place."""

from __future__ import annotations

import copy
from datetime import date
from functools import cache

import pytest

from motcua.catalogue.rules import ProcedureView
from motcua.config import paths
from motcua.foundation.packs import load
from motcua.foundation.packs.assemble import assemble
from motcua.foundation.packs.meaning import check_meaning
from motcua.foundation.packs.references import check_references
from motcua.foundation.packs.schema import SHAPES
from motcua.foundation.packs.shapes import Findings

pytestmark = pytest.mark.kernel
BUNDLES = (
    "birth-residence-insurance-interlinked",
    "death-residence-funeral-interlinked",
    "land-transfer-registration",
)
BIRTH = BUNDLES[0]


@cache
def packs():
    return load(paths.default_packs(), ["quang-ninh-ha-long"])


def birth() -> dict:
    return copy.deepcopy(packs().need("procedures", BIRTH).body)


def told(body: dict) -> list[str]:
    """Where something is wrong: by shape, by names that lead nowhere, by conditions."""
    findings = Findings()
    plain = {key: value for key, value in body.items() if key not in ("doors", "law_notes")}
    SHAPES["procedures"].check(plain, (), findings)
    rows = [*findings.rows, *check_references("procedures", body, packs(), [])]
    rows += list(check_meaning("procedures", body, packs()))
    return [".".join(map(str, place)) for place, _code, _words in rows]


def test_the_three_bundles_stand_and_say_what_is_in_doubt():
    for slug in BUNDLES:
        body = packs().need("procedures", slug).body
        assert told(body) == [], slug
        assert sum(task["role"] == "lead" for task in body["bundle"]["tasks"]) == 1
        for task in body["bundle"]["tasks"]:
            doubts = task.get("unverified") or []
            assert task["source"] or "limit" in doubts, (slug, task["key"])


@pytest.mark.parametrize(
    ("number", "changes", "place"),
    [
        (1, {"role": "lead"}, "bundle.tasks"),
        (1, {"agency": None}, "bundle.tasks.1.agency"),
        (1, {"after": ["id-card"]}, "bundle.tasks.1.after.0"),
        (1, {"after": ["residence"]}, "bundle.tasks.1.after.0"),
        (1, {"step": "nobody"}, "bundle.tasks.1.step"),
        (1, {"step": "nguoi-nop"}, "bundle.tasks.1.step"),
        (1, {"place": "nowhere"}, "bundle.tasks.1.place"),
        (1, {"sections": ["child", "no_section"]}, "bundle.tasks.1.sections"),
        (1, {"papers": ["no-paper"]}, "bundle.tasks.1.papers"),
        (1, {"procedure": "no-procedure"}, "bundle.tasks.1.procedure"),
        (2, {"when": "no_question is false"}, "bundle.tasks.2.when"),
        (1, {"limit": {"value": 0, "unit": "working_days"}}, "bundle.tasks.1.limit.value"),
        (1, {"key": "birth"}, "bundle.tasks.1.key"),
    ],
)
def test_a_planted_fault_is_told_in_its_place(number, changes, place):
    body = birth()
    body["bundle"]["tasks"][number].update(changes)
    assert place in told(body)


def test_the_steps_of_others_are_no_steps_of_the_lead():
    found = assemble([{"kind": "procedures", "key": BIRTH, "body": birth(), "layers": []}])
    view = ProcedureView(found[0]["body"])
    assert view.bundle.steps == {"cong-an-cap-xa", "co-quan-bhxh", "co-quan-can-cuoc"}
    assert view.bundle.in_force(date(2026, 10, 5))
    assert view.bundle.part("birth").agency is None
    assert not view.bundle.part("id-card").holds
    assert ProcedureView({}).bundle is None

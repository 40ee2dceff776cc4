"""The prover over the shipped packs: two hundred planted faults found in their kind and place, and no false alarm."""

from __future__ import annotations

import time
from datetime import date
from functools import lru_cache

import pytest

from motcua.config import paths
from motcua.editing.rules.proving import house
from motcua.foundation.packs import read, resolve
from motcua.foundation.packs.prove import Ways, covering, procedures_of, prove_packs
from motcua.kernel.forms import check, declaration_from_data
from motcua.kernel.prover import prove
from tests.support.planted import KINDS, Planter

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

TODAY = date(2026, 11, 22)
SEED = 20261122
NUMBER = 200
SECONDS_MAX = 60


@lru_cache(maxsize=1)
def packs():
    return read(paths.default_packs(), "packs")


@lru_cache(maxsize=1)
def hanoi():
    return resolve(packs(), ["hanoi"])[0]


@lru_cache(maxsize=1)
def planted():
    """The suite, over every active procedure as it holds in Hanoi whose form has the questions that a fault needs."""
    sound = []
    for held in procedures_of(packs(), ["hanoi"]):
        asks = "delivery_address" in str(held.subject.form_data)
        if held.procedure.body["status"] == "active" and asks:
            sound.append((held.procedure.id, held.procedure.body, held.subject.form_data))
    return Planter(sound, SEED).suite(NUMBER)


def test_no_false_alarm_on_the_shipped_packs():
    begun = time.monotonic()
    report = prove_packs(packs(), sorted(packs().packs), TODAY, house())
    assert [told.say("en") for told in (*report.findings, *report.unproved)] == []
    assert report.procedures >= 174
    assert report.asked > 9_000
    assert time.monotonic() - begun < SECONDS_MAX


def test_the_suite_has_many_kinds():
    kinds = {one.kind.partition(":")[0] for one in planted()}
    assert len(planted()) == NUMBER
    assert len(kinds) == 17 == len({kind.partition(":")[0] for kind in KINDS})


def test_every_planted_fault_is_found_in_its_kind_and_place():
    ways = Ways(hanoi())
    lost = []
    for one in planted():
        proof = prove(one.subject, TODAY, ways.of(one.subject.body), house())
        kind = one.kind.partition(":")[0]
        found = [
            f
            for f in proof.findings
            if (f.kind, f.where, f.place, f.name) == (kind, one.where, one.place, one.name)
        ]
        if not found:
            lost.append((one.kind, one.procedure, one.place, one.name, [f.say("en") for f in proof.findings]))
            continue
        strangers = [f for f in proof.findings if f is not found[0]]
        assert strangers == [], (one.kind, one.procedure, one.place, [f.say("en") for f in strangers])
        assert proof.unproved == []
        if kind not in ("circle",):
            shown = found[0].dossier
            assert shown is not None
            problems = check(
                declaration_from_data(one.subject.form_data), shown.answers, date.fromisoformat(shown.day)
            )
            assert [p.field for p in problems] == [p["field"] for p in shown.problems]
    assert lost == []


def test_covering_dossiers_reach_everything_and_are_what_they_say():
    for layer, procedure, coverage in covering(packs(), ["national"], TODAY):
        assert coverage.missed == [], (layer, procedure)
        held = next(h for h in procedures_of(packs(), ["national"]) if h.procedure.id == procedure)
        form = declaration_from_data(held.subject.form_data)
        for case in coverage.cases:
            problems = check(form, case.dossier.answers, date.fromisoformat(case.dossier.day))
            assert bool(problems) is not case.dossier.accepted
        if coverage.targets:
            assert coverage.cases

"""What a result writes, what answers for a paper, the plan of a bundle: by tables, without a database."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.text import Bilingual
from motcua.registers import rules

pytestmark = pytest.mark.kernel
PACKS = Path(__file__).parents[2] / "packs" / "national"
DAY = date(2026, 10, 5)


def body(kind: str) -> dict:
    return yaml.safe_load((PACKS / kind / f"{kind}.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def registers():
    return rules.Registers.of(body("registers"))


@pytest.fixture(scope="module")
def kinds():
    return rules.Kinds.of(body("paper-kinds"), "v1")


HOME = {"commune_code": "06673", "detail": "Số 12 đường Hạ Long"}


@pytest.mark.parametrize(
    ("procedure", "answers", "written"),
    [
        ("permanent-residence-registration", {"applicant_kind": "self", "new_address": HOME}, ["residence"]),
        ("permanent-residence-registration", {"applicant_kind": "behalf", "new_address": HOME}, []),
        (
            "permanent-residence-registration",
            {"applicant_kind": "self", "applicant_moves": False, "new_address": HOME},
            [],
        ),
        (
            "marriage-registration",
            {"applicant_kind": "self", "full_name": "A", "partner_personal_number": "022093004567"},
            ["marriage", "marriage"],
        ),
        ("marriage-registration", {"applicant_kind": "self", "full_name": "A"}, ["marriage"]),
        ("house-number-plate", {"applicant_kind": "self"}, []),
    ],
)
def test_a_result_writes_what_its_register_names(registers, procedure, answers, written):
    assert [fact.register for fact in registers.written(procedure, answers, DAY)] == written


def test_a_fact_is_valid_from_what_was_declared_as_long_as_the_register_says(registers):
    said = {"applicant_kind": "self", "stay_address": HOME, "stay_from": "2026-10-31"}
    fact = registers.written("temporary-residence-registration", said, DAY)[0]
    assert (fact.valid_from, fact.valid_to) == (date(2026, 10, 31), date(2028, 10, 31))
    assert registers.ended("temporary-residence-removal") == ["stay"]


@pytest.mark.parametrize(
    ("begin", "months", "end"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 15), 2, date(2027, 1, 15)),
        (date(2027, 8, 30), 6, date(2028, 2, 29)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(begin, months, end):
    assert rules.add_months(begin, months) == end


@pytest.mark.parametrize(
    ("known", "said", "same"),
    [
        (HOME, {"commune_code": "06673", "detail": "số 12  đường hạ long"}, True),
        (HOME, {"commune_code": "06685", "detail": "Số 12 đường Hạ Long"}, False),
        (HOME, {"commune_code": "06673", "detail": "Số 14 đường Hạ Long"}, False),
        (HOME, "Số 12 đường Hạ Long", True),
    ],
)
def test_addresses_are_compared_by_what_they_mean(known, said, same):
    assert rules.same("address", known, said) is same


# What answers for a paper --------------------------------------------------------------------------------------------


def held(origin: str, *kinds: str, day: date = DAY, valid_to: date | None = None) -> rules.Held:
    return rules.Held(f"{origin}{day}", origin, frozenset(kinds), "Giấy", "", day, valid_to)


MARITAL = [("marital-status-certificate", Bilingual("Giấy xác nhận tình trạng hôn nhân"))]


@pytest.mark.parametrize(
    ("store", "best"),
    [
        ([held("uploaded", "marital-status-certificate"), held("result", "marital-status-certificate")], 1),
        (
            [
                held("result", "marital-status-certificate", day=date(2026, 9, 1)),
                held("result", "marital-status-certificate"),
            ],
            1,
        ),
        ([held("result", "marital-status-certificate", valid_to=date(2026, 10, 4))], None),
        ([held("result", "marital-status-certificate", valid_to=DAY)], 0),
        ([held("result", "land-certificate")], None),
    ],
)
def test_the_best_valid_paper_is_offered(kinds, store, best):
    found = rules.offers(MARITAL, "marriage-registration", kinds, store, DAY)
    assert [offer.held for offer in found.values()] == ([] if best is None else [store[best]])


def test_what_nobody_has_checked_goes_by_consent_whatever_the_kind(kinds):
    wanted = [("identity-copy", Bilingual("Bản sao thẻ căn cước"))]
    by = {
        origin: rules.offers(
            wanted, "household-business-registration", kinds, [held(origin, "identity-paper")], DAY
        )["identity-copy"]
        for origin in ("uploaded", "checked", "result", "person")
    }
    assert {origin: (offer.basis, offer.digitised) for origin, offer in by.items()} == {
        "uploaded": ("consent", 1),
        "checked": ("law", 2),
        "result": ("law", 3),
        "person": ("law", 3),
    }
    assert "Bản sao thẻ căn cước" in by["uploaded"].words.vi and by["uploaded"].words.en


@pytest.mark.parametrize(
    ("row", "in_force", "found"),
    [
        (("result", "", "marriage-registration", "", True), {"marriage"}, {"marriage-certificate"}),
        (("result", "", "marriage-registration", "", True), set(), set()),  # it wrote nothing about her
        (("result", "", "marriage-registration", "", False), {"marriage"}, set()),  # filed for another
        (("result", "", "disability-certificate", "", True), set(), {"disability-certificate"}),
        (("checked", "", "house-building-permit", "land-paper", True), set(), {"land-certificate"}),
        (
            ("checked", "", "marriage-registration", "marital-status-certificate", True),
            set(),
            set(),
        ),  # how old?
        (("uploaded", "land-certificate", "", "", True), set(), {"land-certificate"}),
        (("uploaded", "no-such-kind", "", "", True), set(), set()),
    ],
)
def test_a_paper_is_of_a_kind_for_its_holder_only(kinds, registers, row, in_force, found):
    assert rules.kinds_of(kinds, registers, rules.Stored(*row), frozenset(in_force)) == found


# Bundles -------------------------------------------------------------------------------------------------------------


def step(name: str, papers: list[str], results: tuple[str, ...] = (), days: int = 1) -> rules.Step:
    """Papers are kinds; one that begins with "-" is like no other."""
    rows = tuple((f"{name}-{n}", "" if kind.startswith("-") else kind) for n, kind in enumerate(papers))
    return rules.Step(name, rows, frozenset(results), days)


def test_the_result_of_one_answers_the_paper_of_another():
    steps = [step("food", ["business", "-health"], days=20), step("business", ["id"], ("business",), 3)]
    plan = rules.plan(steps, frozenset({"id"}))
    assert plan.order == ("business", "food") and plan.bring == (("food", "food-1"),)
    assert plan.answered == {("business", "business-0"): "held", ("food", "food-0"): "business"}
    assert [stage.procedures for stage in plan.rounds] == [("business",), ("food",)]
    assert (plan.days, plan.demanded) == (23, 3)


def test_what_two_ask_for_is_brought_once_and_what_waits_for_nothing_goes_at_once():
    plan = rules.plan([step("a", ["land"], days=5), step("b", ["land"], days=7)], frozenset())
    assert plan.bring == (("a", "a-0"),) and plan.answered == {("b", "b-0"): "again"}
    assert [stage.procedures for stage in plan.rounds] == [("a", "b")] and plan.days == 7


def test_a_circle_is_broken_with_one_paper_and_a_bundle_is_bounded():
    plan = rules.plan([step("a", ["y"], ("x",)), step("b", ["x"], ("y",))], frozenset())
    assert len(plan.bring) == 1 and plan.days == 2
    with pytest.raises(ValueError):
        rules.plan([step(str(n), []) for n in range(9)], frozenset())


KINDS = st.sampled_from(["p", "q", "r", "-"])


@given(
    st.lists(
        st.tuples(
            st.lists(KINDS, max_size=3), st.lists(st.sampled_from("pqr"), max_size=2), st.integers(0, 9)
        ),
        min_size=1,
        max_size=4,
    ),
    st.frozensets(st.sampled_from("pqr"), max_size=2),
)
def test_no_order_needs_fewer_papers(rows, holds):
    steps = [step(f"s{n}", papers, tuple(made), days) for n, (papers, made, days) in enumerate(rows)]
    plan = rules.plan(steps, holds)
    assert len(plan.bring) == min(_brought(order, holds) for order in permutations(steps))
    assert len(plan.bring) + len(plan.answered) == plan.demanded
    assert sorted(slug for stage in plan.rounds for slug in stage.procedures) == sorted(plan.order)


def _brought(order, holds) -> int:
    """Counted by hand: a paper is brought unless somebody has it by then."""
    there, count = set(holds), 0
    for each in order:
        for _key, kind in each.papers:
            if not kind or kind not in there:
                count += 1
                there |= {kind} if kind else set()
        there |= each.results
    return count

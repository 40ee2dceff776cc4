"""Simulated answers can be believed: names are names, numbers lie in their ranges, one dossier tells one story."""

from __future__ import annotations

import re
from datetime import date
from random import Random

import pytest

from motcua.catalogue.rules import ProcedureView
from motcua.foundation.packs import documents_of, store
from motcua.kernel.identifiers import personal_number_facts, tax_code_problem
from motcua.people import rules as people_rules
from motcua.simulation import people
from motcua.simulation.answers import believable, slipped

DAY = date(2026, 11, 2)
SAMPLES = 30
FILLER = re.compile(r"đề nghị|theo quy định|theo đơn|không có|như trong giấy tờ|hộ gia đình", re.IGNORECASE)
# what the numbers of the full declarations may be in a town
RANGES = {
    "site_area": (20, 400), "parcel_area": (20, 400), "ground_area": (15, 400), "floor_area": (15, 2000),
    "storeys": (1, 7), "basements": (0, 1), "ground_level": (0, 100), "months_to_finish": (2, 24),
    "price": (200_000_000, 20_000_000_000), "capital": (10_000_000, 1_000_000_000), "staff_count": (1, 10),
    "copies_count": (1, 10), "own_marriage_order": (1, 2), "partner_marriage_order": (1, 2), "income": (0, 5_000_000),
    "rent_area": (15, 150), "rent_people": (1, 6), "stay_months": (1, 24), "list_count": (1, 60),
}  # fmt: skip


@pytest.fixture(scope="module")
def views() -> list[ProcedureView]:
    found = store.assemble(documents_of(["national", "quang-ninh-ha-long"]))
    return [ProcedureView(d["body"]) for d in found if d["kind"] == "procedures"]


@pytest.fixture(scope="module")
def sampled(views) -> list[tuple[ProcedureView, people.Person, dict]]:
    """Many people for each full declaration, three for each general one."""
    found = []
    for view in views:
        for serial in range(3 if view.declaration.generic else SAMPLES):
            rng = Random(f"{view.slug}/{serial}")
            somebody = people.person(rng, len(found), DAY, ["06673"])
            answers = believable(view.declaration, somebody, DAY, rng)
            assert answers is not None, view.slug
            found.append((view, somebody, answers))
    return found


def _cells(view: ProcedureView, answers: dict):
    """(field, value) of every answer, those in rows included."""
    for name, value in answers.items():
        one = view.declaration.field(name)
        if one.type == "rows":
            for row in value:
                yield from ((column, row[column.id]) for column in one.columns if column.id in row)
        else:
            yield one, value


@pytest.mark.slow
def test_no_filler_stands_where_a_name_or_a_number_belongs(sampled):
    wrong = []
    for view, _person, answers in sampled:
        for one, value in _cells(view, answers):
            label = one.label.vi.lower()
            named = one.type == "name" or "name" in one.id or label.startswith(("tên ", "họ ", "số ", "mã "))
            if isinstance(value, str) and named and FILLER.search(value):
                wrong.append((view.slug, one.id, value))
            if one.type == "name" and not re.fullmatch(r"[^\W\d_]+( [^\W\d_]+){1,4}", str(value)):
                wrong.append((view.slug, one.id, value))
    assert wrong == []


def test_papers_plots_and_sheets_have_numbers(sampled):
    for view, _person, answers in sampled:
        for one, value in _cells(view, answers):
            if one.id in ("plot_number", "parcel_number", "map_sheet"):
                assert re.fullmatch(r"[0-9]{1,4}", value), (view.slug, one.id, value)
            elif one.type == "text" and re.search(r"_(number|serial|book|code|account|certificate)$", one.id):
                assert re.search(r"[0-9]", value), (view.slug, one.id, value)


def test_amounts_are_those_of_a_town(sampled):
    for view, _person, answers in sampled:
        for name, (low, high) in RANGES.items():
            if name in answers:
                assert low <= answers[name] <= high, (view.slug, name, answers[name])


def test_a_house_is_one_house(sampled):
    houses = [answers for view, _person, answers in sampled if view.slug == "house-building-permit"]
    assert len(houses) == SAMPLES
    for house in houses:
        assert house["work_grade"] == ("grade_four" if house["storeys"] == 1 else "grade_three")
        assert house["ground_area"] <= house["site_area"]
        assert house["floor_area"] >= house["ground_area"] * house["storeys"] * 0.99
        assert house["basements"] == 0 or house["storeys"] >= 4
        assert 3 <= float(house["height"].replace(",", ".")) / house["storeys"] <= 6


def test_a_family_is_one_family(sampled):
    for view, person, answers in sampled:
        if view.slug != "birth-registration":
            continue
        if answers["declarant_relation"] in ("mother", "father"):
            assert answers[f"{answers['declarant_relation']}_full_name"] == person.full_name
        if answers["father_known"]:
            assert answers["child_full_name"].split()[0] == answers["father_full_name"].split()[0]
        for who in ("mother", "father"):
            if f"{who}_birth_on" in answers:
                assert 18 * 365 < _days(answers["child_birth_on"], answers[f"{who}_birth_on"]) < 62 * 366


def _days(later: str, earlier: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def test_numbers_of_people_fit_their_birth_and_sex(sampled):
    for view, _person, answers in sampled:
        for name, value in answers.items():
            if name.endswith("personal_number") and isinstance(value, str):
                told = personal_number_facts(value)
                prefix = name.removesuffix("personal_number")
                if f"{prefix}birth_on" in answers:
                    assert answers[f"{prefix}birth_on"][:4] == str(told.birth_year), (view.slug, name)
                if f"{prefix}sex" in answers:
                    assert answers[f"{prefix}sex"] == told.sex, (view.slug, name)


def test_businesses_have_their_own_name_and_number(sampled):
    known: dict[str, str] = {}
    for _view, _person, answers in sampled:
        if name := answers.get("organisation_name"):
            assert name.startswith(("Công ty", "Hợp tác xã", "Hộ kinh doanh"))
            assert tax_code_problem(answers["organisation_tax_code"]) is None
            assert known.setdefault(answers["organisation_tax_code"], name) == name


def test_nobody_contradicts_what_is_known_of_her(views):
    """The same person in every procedure: the register of persons hears the same facts each time."""
    for serial in range(3):
        somebody = people.person(Random(f"one/{serial}"), serial, DAY, ["06673"])
        known: dict[str, dict] = {}
        for view in views:
            answers = believable(view.declaration, somebody, DAY, Random(f"{view.slug}/{serial}"))
            if answers is None:
                continue  # who is not of that kind does not come for it
            kind, said = people_rules.from_answers(answers)
            fill, differing = people_rules.compare(known.setdefault(kind, {}), said, "declared")
            assert differing == {}, (view.slug, differing)
            known[kind].update(fill)


def test_a_slip_is_one_wrong_day_that_the_form_takes(views):
    view = next(v for v in views if v.slug == "birth-registration")
    rng = Random("slip")
    somebody = people.person(rng, 5, DAY, ["06673"])
    answers = believable(view.declaration, somebody, DAY, rng)
    said = slipped(view.declaration, answers, DAY, rng)
    assert {name for name in answers if said[name] != answers[name]} == {"birth_on"}
    assert said["birth_on"][:7] == answers["birth_on"][:7]

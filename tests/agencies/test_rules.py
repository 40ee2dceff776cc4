"""Who stands when, what a role lets one hold, who is competent."""

from dataclasses import replace
from datetime import date

import pytest

from motcua.agencies import rules

TODAY = date(2026, 8, 21)


def office(id_, code, **more):
    given = {
        "public_id": code, "name_vi": code, "name_en": "", "kind": "commune", "level": "commune", "function": "",
        "parent_id": None, "area_code": "", "serves": (), "identification_code": "", "dossier_code": "",
        "calendar": "", "hours": "", "receives": False, "valid_from": None, "valid_to": None, "unverified": (),
    }  # fmt: skip
    return rules.Office(id=id_, code=code, **{**given, **more})


@pytest.mark.parametrize(
    ("since", "until", "on", "stands"),
    [
        (None, None, TODAY, True),
        (date(2025, 7, 1), None, date(2025, 6, 30), False),
        (date(2025, 7, 1), None, date(2025, 7, 1), True),
        (None, date(2025, 6, 30), date(2025, 6, 30), True),
        (None, date(2025, 6, 30), date(2025, 7, 1), False),
    ],
)
def test_both_days_belong_to_the_time_of_an_agency(since, until, on, stands):
    assert rules.valid_on(since, until, on) is stands


@pytest.mark.parametrize(
    ("role", "held"),
    [
        ("receptionist", {"office:12:reception"}),
        ("processor", {"office:12:process"}),
        ("head", {"office:12:process", "office:12:lead"}),
        ("signer", {"office:12:sign"}),
        ("clerk", {"office:12:clerk", "office:12:reception"}),
        ("leader", {"office:12:lead"}),
        ("administrator", {"office:12:admin"}),
        ("helper", {"office:12:helper"}),
    ],
)
def test_what_a_role_lets_one_hold(role, held):
    assert rules.holders([(role, 12)]) == held


def test_every_role_of_the_doors_is_known():
    from motcua.foundation.doors import OFFICER_ROLES

    assert set(OFFICER_ROLES) | {"helper"} == set(rules.ROLES)


def test_a_tree_keeps_what_has_lost_its_parent_and_survives_a_circle():
    offices = [office(1, "a"), office(2, "b", parent_id=1), office(3, "c", parent_id=77)]
    assert [
        (node.office.code, [c.office.code for c in node.children]) for node in rules.build_tree(offices)
    ] == [
        ("a", ["b"]),
        ("c", []),
    ]
    circle = {1: office(1, "a", parent_id=2), 2: office(2, "b", parent_id=1)}
    assert [o.code for o in rules.chain_up(circle, 1)] == ["b"]


@pytest.mark.parametrize(
    ("administered", "may"), [({3}, True), ({2}, True), ({1}, True), ({9}, True), ({7}, False)]
)
def test_who_may_appoint(administered, may):
    target = office(3, "c", parent_id=2)
    above = [office(2, "b", parent_id=1), office(1, "a")]
    assert rules.may_administer(frozenset(administered), target, above, frozenset({9})) is may


COMPETENCE = rules.Competence.from_document(
    {
        "rules": [
            {"responsible": "UBND cấp xã", "agency": {"kind": "commune"}},
            {"responsible": "Đất đai", "agency": {"kind": "land"}, "also": [{"kind": "commune"}]},
            {
                "responsible": "Sở Y tế",
                "agency": {"kind": "department", "function": "health"},
                "unverified": True,
            },
        ],
        "by_level": {"commune": {"kind": "commune"}, "province": {"kind": "province"}},
        "received_by": {"commune": {"kind": "centre"}},
    }
)
OFFICES = [
    office(1, "province", kind="province", area_code="22"),
    office(2, "commune-a", area_code="A"),
    office(3, "commune-b", area_code="B"),
    office(4, "land", kind="land", area_code="22"),
    office(5, "land-branch", kind="land", area_code="22", serves=("A",)),
    office(6, "centre-a", kind="centre", area_code="A", receives=True),
]


def route(responsible, level, area, offices=OFFICES):
    return COMPETENCE.route(responsible, level, area, ["22", "VN"], offices)


def test_the_commune_of_the_place_decides_and_its_centre_receives():
    found = route("UBND cấp xã", "commune", "A")
    assert (found.agency.code, found.received_by.code, found.unverified) == ("commune-a", "centre-a", False)


def test_the_branch_that_serves_the_place_comes_before_the_one_above_it():
    assert route("Đất đai", "commune", "A").agency.code == "land-branch"
    elsewhere = route("Đất đai", "commune", "B")
    assert (elsewhere.agency.code, [o.code for o in elsewhere.also]) == ("land", ["commune-b"])


def test_without_the_named_agency_the_level_decides_and_it_says_so():
    found = route("Sở Y tế", "province", "A")
    assert (found.agency.code, found.unverified) == ("province", True)


def test_words_nobody_has_mapped_fall_back_to_the_level():
    found = route("Chưa ai ghi", "commune", "B")
    assert (found.agency.code, found.unverified) == ("commune-b", True)
    assert route("Chưa ai ghi", "ministry", "B") is None


def test_the_answer_does_not_depend_on_the_order_of_rows():
    twin = replace(OFFICES[1], id=20, code="commune-aa")
    for offices in ([*OFFICES, twin], [twin, *reversed(OFFICES)]):
        assert route("UBND cấp xã", "commune", "A", offices).agency.code == "commune-a"


def test_an_empty_pack_routes_nothing():
    assert rules.Competence.from_document({}).route("UBND cấp xã", "commune", "A", [], OFFICES) is None

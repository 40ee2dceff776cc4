"""Capacities, decisions and numbers, by tables."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.issuing import rules
from motcua.issuing.rules import Capacity

pytestmark = pytest.mark.kernel
DAY = date(2026, 10, 5)


def decided(**more):
    facts = {
        "id": "A", "agency_id": 1, "account_id": 7, "capacity": Capacity.TM, "body": "Ủy ban nhân dân",
        "head_title": "Chủ tịch", "own_title": "Chủ tịch", "procedures": (), "valid_from": date(2026, 1, 1),
        "valid_to": None,
    }  # fmt: skip
    return rules.Given(**{**facts, **more})


@pytest.mark.parametrize(
    ("capacity", "more", "lines"),
    [
        ("tm", {}, ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        ("kt", {"own_title": "Phó Chủ tịch"}, ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("tl", {"own_title": "Chánh Văn phòng"}, ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),
        ("tuq", {"own_title": "Giám đốc Trung tâm"}, ("TUQ. CHỦ TỊCH", "GIÁM ĐỐC TRUNG TÂM")),
        ("head", {"body": "", "own_title": "Giám đốc"}, ("GIÁM ĐỐC",)),
        (
            "kt",
            {"body": "", "head_title": "Giám đốc", "own_title": "Phó Giám đốc"},
            ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        ),
    ],
)
def test_the_capacity_stands_above_the_name(capacity, more, lines):
    assert rules.capacity_lines(decided(capacity=Capacity(capacity), **more)) == lines


@pytest.mark.parametrize(
    ("more", "covers"),
    [
        ({}, True),
        ({"agency_id": 2}, False),
        ({"valid_from": date(2026, 10, 6)}, False),
        ({"valid_to": date(2026, 10, 4)}, False),
        ({"valid_to": DAY}, True),
        ({"procedures": ("birth-registration",)}, True),
        ({"procedures": ("marriage-registration",)}, False),
    ],
)
def test_a_decision_holds_for_its_agency_days_and_procedures(more, covers):
    assert decided(**more).covers(1, "birth-registration", DAY) is covers


def test_the_decision_made_for_the_procedure_comes_first():
    general = decided(id="G", valid_from=date(2026, 9, 1))
    own = decided(id="P", procedures=("birth-registration",))
    found = rules.authority_for([general, own], agency_id=1, procedure="birth-registration", on=DAY)
    assert found.id == "P"
    assert rules.authority_for([own], agency_id=1, procedure="other", on=DAY) is None


@pytest.mark.parametrize(
    ("capacity", "given_", "lacks"),
    [
        ("tm", {"own_title": "Chủ tịch"}, ["body"]),
        ("kt", {"own_title": "Phó Chủ tịch"}, ["head_title", "decision"]),
        ("tuq", {"own_title": "Trưởng phòng", "head_title": "Chủ tịch", "decision": "12/UQ"}, ["valid_to"]),
        ("head", {}, ["own_title"]),
        ("xx", {}, ["capacity"]),
        ("tuq", {"own_title": "A", "head_title": "B", "decision": "12/UQ", "ends": True}, []),
    ],
)
def test_what_a_decision_still_lacks_is_named(capacity, given_, lacks):
    said = {"body": "", "head_title": "", "own_title": "", "decision": "", "ends": False, **given_}
    assert rules.missing_parts(capacity, **said) == lacks


def test_numbers_and_symbols():
    assert rules.number_text(7, "GPXD-UBND") == "07/GPXD-UBND"
    assert rules.number_text(123, "QĐ-UBND") == "123/QĐ-UBND"
    assert rules.symbol_of("GPXD", "Ủy ban nhân dân phường Bãi Cháy") == "GPXD-UBND"
    assert rules.symbol_of("QĐ", "Sở Xây dựng") == "QĐ-SXD"
    assert rules.is_symbol("QĐ-UBND") and not any(map(rules.is_symbol, ("", "-X", "a b", "X" * 31, "<b>")))


def test_a_certificate_names_its_holder_whatever_the_case_and_the_marks():
    assert rules.same_name("NGUYỄN THỊ  HẠNH", "Nguyễn Thị Hạnh")
    assert not rules.same_name("Nguyễn Thị Hà", "Nguyễn Thị Hạnh") and not rules.same_name("", "A")
    long = "Trung tâm Phục vụ hành chính công phường Hồng Gai thành phố Hạ Long tỉnh Quảng Ninh"
    assert rules.same_name(long[:64], long) and not rules.same_name(long[:40], long)


@given(st.text(max_size=80))
def test_a_name_is_its_own(name):
    assert rules.same_name(name, name) is bool("".join(name.split()) and rules._plain(name))

"""Facts about people: their one form, what cannot be, what does not fit, what counts as different."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.people import rules

TODAY = date(2026, 8, 21)


def test_facts_have_one_form():
    cleaned = rules.clean(
        {
            "full_name": "  Trần  Thị Hoa ",
            "personal_number": "022 190 001 234",
            "phone": "+84 912 345 678",
            "email": "Hoa@ViDu.VN",
            "birth_on": date(1990, 5, 12),
            "address": {"detail": " Tổ 3", "commune_code": "06673", "x": "y"},
            "tax_code": "0100109106",
            "sex": "",
            "shoe_size": "38",
        }
    )
    assert cleaned == {
        "full_name": "Trần Thị Hoa",
        "personal_number": "022190001234",
        "phone": "0912345678",
        "email": "hoa@vidu.vn",
        "birth_on": "1990-05-12",
        "address": {"commune_code": "06673", "detail": "Tổ 3"},
    }


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"full_name": "Hoa"}, []),
        ({}, [("full_name", "name_empty")]),
        ({"full_name": "123"}, [("full_name", "name_empty")]),
        ({"full_name": "Hoa 2"}, [("full_name", "name_wrong")]),
        ({"full_name": "Hoa", "personal_number": "12"}, [("personal_number", "personal_number_length")]),
        (
            {"full_name": "Hoa", "personal_number": "022399001234"},
            [("personal_number", "personal_number_century")],
        ),
        ({"full_name": "Hoa", "phone": "12"}, [("phone", "phone_wrong")]),
        ({"full_name": "Hoa", "email": "hoa"}, [("email", "email_wrong")]),
        ({"full_name": "Hoa", "sex": "nữ"}, [("sex", "sex_wrong")]),
        ({"full_name": "Hoa", "birth_on": "2026-08-22"}, [("birth_on", "birth_wrong")]),
        ({"full_name": "Hoa", "birth_on": "1990-02-30"}, [("birth_on", "birth_wrong")]),
        ({"full_name": "Hoa", "birth_on": "1948"}, []),
    ],
)
def test_what_cannot_be_is_told_all_at_once(facts, expected):
    assert rules.problems(facts, today=TODAY) == expected


@pytest.mark.parametrize(
    ("birth_on", "sex", "expected"),
    [
        ("1990-05-12", "female", []),
        ("1990", "", []),
        ("1991-05-12", "female", ["birth_year_differs"]),
        ("1990-05-12", "male", ["sex_differs"]),
        ("1991", "male", ["birth_year_differs", "sex_differs"]),
        ("", "other", []),
    ],
)
def test_number_sex_and_birth_are_compared_as_doubts(birth_on, sex, expected):
    assert rules.doubts({"personal_number": "022190001234", "birth_on": birth_on, "sex": sex}) == expected


@pytest.mark.parametrize(
    ("field", "known", "said", "same"),
    [
        ("full_name", "TRẦN THỊ HOA", "Trần Thị  Hoa", True),
        ("full_name", "Trần Thị Hòa", "Trần Thị Hoà", True),
        ("full_name", "Trần Thị Hoa", "Trần Thị Hóa", False),
        ("full_name", "Tran Thi Hoa", "Trần Thị Hoa", False),
        ("birth_on", "1990", "1990-05-12", True),
        ("birth_on", "1990-05-12", "1990-12-05", False),
        ("nationality", "Việt Nam", "VIỆT NAM", True),
        ("sex", "male", "female", False),
    ],
)
def test_when_two_values_mean_the_same(field, known, said, same):
    assert rules.same(field, known, said) is same


def test_a_stranger_fills_identity_but_never_contacts():
    fill, differing = rules.compare(
        {"full_name": "Hoa"}, {"sex": "female", "phone": "0912345678"}, "declared"
    )
    assert (fill, differing) == ({"sex": "female"}, {})


def test_the_applicant_of_a_declaration_is_a_person_or_an_organisation():
    answers = {
        "applicant_kind": "self",
        "full_name": "Hoa",
        "personal_number": "12",
        "fee_cases": ["x"],
        "phone": "",
    }
    assert rules.from_answers(answers) == ("resident", {"full_name": "Hoa"})
    answers |= {"applicant_kind": "organisation", "organisation_name": "Hạ Long Xanh"}
    answers |= {"organisation_tax_code": "0100109106"}
    assert rules.from_answers(answers) == (
        "organisation",
        {"full_name": "Hạ Long Xanh", "tax_code": "0100109106"},
    )


def test_a_card_refines_a_year_and_fills_contacts():
    known = {"full_name": "Hoa", "birth_on": "1990"}
    fill, differing = rules.compare(known, {"birth_on": "1990-05-12", "address": "Bãi Cháy"}, "card")
    assert (fill, differing) == ({"birth_on": "1990-05-12", "address": "Bãi Cháy"}, {})


def test_what_is_known_is_never_among_what_is_filled():
    fill, differing = rules.compare(
        {"full_name": "Hoa", "sex": "male"}, {"full_name": "Huệ", "sex": "female"}, "card"
    )
    assert (fill, differing) == ({}, {"full_name": "Huệ", "sex": "female"})


def test_a_name_is_found_by_its_folded_words():
    assert rules.name_words("Nguyễn Đức Đức") == (["nguyen", "duc"], "nguyenducduc")


@given(st.text(max_size=300))
def test_any_name_has_words_that_fit_their_columns(name):
    found, whole = rules.name_words(name)
    assert len(whole) <= 200
    assert all(0 < len(word) <= 40 for word in found)
    assert len(found) <= 20


@given(
    st.text(alphabet="abcdefghiklmnopqrstuvxy0123456789", min_size=1, max_size=12), st.text(alphabet="azy09")
)
def test_the_end_of_a_prefix_comes_after_everything_with_it(prefix, rest):
    assert prefix + rest[:8] <= rules.prefix_end(prefix)


def test_lists_show_the_ends_only():
    assert rules.masked_number("022190001234") == "•••••••••234"
    assert rules.masked_phone("0912345678") == "•••••••678"
    assert rules.birth_year("1990-05-12") == "1990"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Nguyễn Thị Lan", "N. T. L."),
        ("đặng văn Ó", "Đ. V. Ó."),
        ("", "–"),
        ("123 !", "–"),
        ("Công ty TNHH 2 Sao", "C. T. T. S."),
    ],
)
def test_names_become_initials(name, shown):
    assert rules.masked(name) == shown

"""Identifiers: references that forgive typing but notice mistakes, numbers checked as the law writes them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.identifiers import (
    PROVINCES,
    WORDS,
    agency_code_problem,
    dossier_code,
    normal_phone,
    normal_tax_code,
    parse_dossier_code,
    parse_tracking,
    personal_number_facts,
    personal_number_problem,
    phone_problem,
    problem_sentence,
    public_id,
    tax_code_problem,
    tracking_reference,
)
from motcua.kernel.identifiers.references import ALPHABET

pytestmark = pytest.mark.kernel
ANYTHING = st.one_of(st.none(), st.text(), st.integers(), st.binary(), st.lists(st.integers()))


def test_public_ids_are_opaque_and_different():
    found = {public_id() for _ in range(500)}
    assert len(found) == 500
    assert all(len(one) == 26 and set(one) <= set(ALPHABET) for one in found)


def test_a_reference_reads_back_however_it_is_typed():
    reference = tracking_reference()
    assert [len(group) for group in reference.split("-")] == [4, 4, 4, 4]
    for typed in (
        reference,
        reference.lower(),
        reference.replace("-", ""),
        f" {reference.replace('-', ' – ')} ",
    ):
        assert parse_tracking(typed) == reference
    assert parse_tracking(reference.replace("0", "O").replace("1", "l")) == reference


@given(st.integers(0, 15), st.sampled_from(ALPHABET))
def test_one_wrong_symbol_is_always_noticed(at, symbol):
    symbols = list(tracking_reference().replace("-", ""))
    if symbols[at] != symbol:
        symbols[at] = symbol
        assert parse_tracking("".join(symbols)) is None


@given(st.integers(0, 15), st.integers(0, 15))
def test_two_exchanged_symbols_are_always_noticed(first, second):
    symbols = list(tracking_reference().replace("-", ""))
    if symbols[first] != symbols[second]:
        symbols[first], symbols[second] = symbols[second], symbols[first]
        assert parse_tracking("".join(symbols)) is None


@given(ANYTHING)
def test_a_reference_from_rubbish_is_none(rubbish):
    assert parse_tracking(rubbish) is None or isinstance(rubbish, str)


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("001090012345", None),
        ("040 312 000 123", None),
        ("101190000001", None),  # born abroad
        ("00109001234", "personal_number_length"),
        ("123456789", "personal_number_old"),
        ("00109001234a", "personal_number_digits"),
        ("٠٠١٠٩٠٠١٢٣٤٥", "personal_number_digits"),
        ("003090012345", "personal_number_province"),
        ("097090012345", "personal_number_province"),
        ("001490012345", "personal_number_century"),
        ("", "personal_number_digits"),
        (None, "personal_number_digits"),
    ],
)
def test_personal_numbers(number, problem):
    assert personal_number_problem(number) == problem


def test_a_birth_year_in_the_future_is_noticed_when_the_year_is_handed_in():
    assert personal_number_problem("001390012345") is None
    assert personal_number_problem("001390012345", latest_year=2026) == "personal_number_century"


@pytest.mark.parametrize(
    ("number", "sex", "year", "place"),
    [
        ("001090012345", "male", 1990, "Hà Nội"),
        ("040190000001", "female", 1990, "Nghệ An"),
        ("022205000001", "male", 2005, "Quảng Ninh"),
        ("046326000001", "female", 2026, "Thừa Thiên Huế"),
    ],
)
def test_what_a_personal_number_says(number, sex, year, place):
    facts = personal_number_facts(number)
    assert (facts.sex, facts.birth_year, facts.province_name, facts.abroad) == (sex, year, place, False)


def test_a_number_from_abroad_and_a_wrong_one():
    assert personal_number_facts("101190000001").abroad
    assert personal_number_facts("1") is None


def test_there_were_63_provinces():
    assert len(PROVINCES) == 63


@pytest.mark.parametrize(
    ("code", "problem", "printed"),
    [
        ("0100109106", None, "0100109106"),
        ("0100109106-001", None, "0100109106-001"),
        ("0100109106 001", None, "0100109106-001"),
        ("001090012345", None, "001090012345"),
        ("0100109107", "tax_code_check", None),
        ("003090012345", "tax_code_check", None),
        ("010010910", "tax_code_length", None),
        ("MST0100109", "tax_code_digits", None),
        ("", "tax_code_digits", None),
    ],
)
def test_tax_codes(code, problem, printed):
    assert tax_code_problem(code) == problem
    assert normal_tax_code(code) == printed


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0912345678", "0912345678"),
        ("0912 345 678", "0912345678"),
        ("+84 912.345.678", "0912345678"),
        ("+84 (0)912 345 678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("84912345678", "0912345678"),
        ("024 3825 1234", "02438251234"),
        ("+1 415 555 2671", "+14155552671"),
        ("0112345678", None),
        ("091234567", None),
        ("912345678", None),
        ("0912345678x", None),
        ("", None),
        ("٠٩١٢٣٤٥٦٧٨", None),
    ],
)
def test_phones(typed, stored):
    assert normal_phone(typed) == stored
    assert (phone_problem(typed) is None) == (stored is not None)


@given(ANYTHING)
def test_checks_never_raise(value):
    for check in (personal_number_problem, tax_code_problem, phone_problem, agency_code_problem):
        code = check(value)
        assert code is None or code in WORDS
    assert parse_dossier_code(value) is None or isinstance(value, str)


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("H26", None),
        ("H15.50.05.13", None),
        ("000.00.06.H56", None),
        ("H49.TN06673", None),
        ("Z01ABC", None),
        ("", "agency_code_empty"),
        ("H26..1", "agency_code_characters"),
        ("h26", "agency_code_characters"),
        ("026.H", "agency_code_first_group"),
        ("H26." + "1" * 40, "agency_code_length"),
    ],
)
def test_agency_codes(code, problem):
    assert agency_code_problem(code) == problem


def test_dossier_codes_are_written_and_read():
    day = date(2026, 10, 8)
    assert dossier_code("H15.50.05.13", day, 975) == "H15.50.05.13-261008-0975"
    assert dossier_code("H26", day, 12345) == "H26-261008-12345"
    read = parse_dossier_code(" h15.50.05.13–261008-0975 ")
    assert (read.agency_code, read.day, read.serial, read.style) == ("H15.50.05.13", day, 975, "new")
    assert read.levels == ("H15", "50", "05", "13")


def test_old_codes_are_read_from_right_to_left():
    read = parse_dossier_code("000.00.06.H56-231027-0361")
    assert (read.style, read.levels, read.day) == ("old", ("H56", "06"), date(2023, 10, 27))


@pytest.mark.parametrize(
    "wrong", ["H26-261308-0001", "H26-261008-0000", "H26-261008-1", "261008-0001", "x" * 200]
)
def test_codes_that_cannot_be(wrong):
    assert parse_dossier_code(wrong) is None


@pytest.mark.parametrize(("agency", "serial"), [("h26", 1), ("H26", 0), ("H26", True), ("H26", 10**7)])
def test_no_code_from_wrong_parts(agency, serial):
    with pytest.raises(ValueError, match="agency code|serial"):
        dossier_code(agency, date(2026, 1, 1), serial)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 9_999_999))
def test_dossier_codes_round_trip(day, serial):
    read = parse_dossier_code(dossier_code("H49.TN06673", day, serial))
    assert (read.day, read.serial) == (day, serial)


def test_every_code_has_a_sentence_in_both_languages():
    for code, sentence in WORDS.items():
        assert sentence.vi.endswith("."), code
        assert sentence.en.endswith("."), code
        assert problem_sentence(code, "en") == sentence.en

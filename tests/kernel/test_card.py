"""The QR code of the chip identity card, as scanners deliver it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.identifiers import WORDS, CardProblem, parse_card_qr

pytestmark = pytest.mark.kernel
GOOD = "001090012345|012345678|Nguyễn Văn An|15081990|Nam|Số 1, Bãi Cháy, Hạ Long, Quảng Ninh|01012021"


def test_a_card_fills_the_person():
    card = parse_card_qr(GOOD)
    assert (card.number, card.old_number, card.full_name) == ("001090012345", "012345678", "Nguyễn Văn An")
    assert (card.birth_on, card.birth_year, card.sex) == (date(1990, 8, 15), 1990, "male")
    assert (card.address, card.issued_on) == ("Số 1, Bãi Cháy, Hạ Long, Quảng Ninh", date(2021, 1, 1))
    assert card.doubts == ()


def test_variants_of_real_cards_are_read():
    newer = parse_card_qr(f"{GOOD}|Nguyễn Văn Cha|Trần Thị Mẹ")
    assert newer.full_name == "Nguyễn Văn An"
    without_old = parse_card_qr(GOOD.replace("012345678|", "|") + "\r\n")
    assert without_old.old_number == ""
    year_only = parse_card_qr(GOOD.replace("15081990", "1990"))
    assert (year_only.birth_on, year_only.birth_year) == (None, 1990)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_a_scanner_that_sends_bytes_is_understood(encoding):
    garbled = GOOD.encode("utf-8").decode(encoding, errors="ignore")
    assert "Nguyễn" not in garbled
    if garbled.encode(encoding).decode("utf-8", errors="ignore") == GOOD:
        assert parse_card_qr(garbled).full_name == "Nguyễn Văn An"


def test_what_does_not_fit_together_is_told_not_refused():
    card = parse_card_qr(GOOD.replace("15081990|Nam", "15081991|Nữ"))
    assert card.doubts == ("card_birth_year_differs", "card_sex_differs")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "card_empty"),
        (None, "card_empty"),
        ("https://example.com", "card_not_a_card"),
        ("x" * 2000, "card_not_a_card"),
        (GOOD.replace("001090012345", "999"), "card_number"),
        (GOOD.replace("|012345678", "|abc"), "card_old_number"),
        (GOOD.replace("Nguyễn Văn An", "12345"), "card_name"),
        (GOOD.replace("Nguyễn Văn An", "A" * 150), "card_name"),
        (GOOD.replace("15081990", "31021990"), "card_birth"),
        (GOOD.replace("15081990", "soon"), "card_birth"),
        (GOOD.replace("|Nam|", "|?|"), "card_sex"),
        (GOOD.replace("01012021", "01132021"), "card_issued"),
    ],
)
def test_rubbish_is_refused_with_a_sentence(text, code):
    with pytest.raises(CardProblem) as caught:
        parse_card_qr(text)
    assert caught.value.code == code
    assert WORDS[code].vi
    assert WORDS[code].en


def test_markup_in_a_name_stays_text():
    assert parse_card_qr(GOOD.replace("Nguyễn Văn An", "<b>An</b>")).full_name == "<b>An</b>"


@given(
    st.one_of(st.text(), st.lists(st.text(max_size=12), min_size=7, max_size=9).map("|".join), st.integers())
)
def test_only_one_kind_of_error_ever(rubbish):
    try:
        parse_card_qr(rubbish)
    except CardProblem as problem:
        assert problem.code in WORDS

"""Vietnamese text: folding, words, sorting, names."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.text import (
    Bilingual,
    clean_text,
    fold,
    has_marks,
    nfc,
    one_line,
    slug,
    sort_key_vi,
    title_name,
    toned_words,
    without_marks,
    words,
)

pytestmark = pytest.mark.kernel

VIETNAMESE = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặ AĂÂĐÊÔƠƯ-'", max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng  Ký khai sinh", "dang ky khai sinh"),
        ("ĐƯỜNG", "duong"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Hoàng Ẩn"), "nguyen thi hoang an"),
        ("  ", ""),
        ("Ê Đê, ơ̆", "e de, o"),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


def test_the_eth_of_old_programs_is_meant_as_d_with_a_stroke_and_no_icelander_loses_hers():
    assert nfc("Ðặng ðình") == "Đặng đình"
    assert nfc("Guðrún Sigurðardóttir") == "Guðrún Sigurðardóttir"
    assert toned_words("Ðặng") == toned_words("Đặng")
    assert fold("ÐẶNG Guðrún") == fold(nfc("ÐẶNG Guðrún")) == "dang gudrun"
    assert without_marks("Ðặng Guðrún") == "Dang Gudrun"
    assert clean_text("Ða\u200bðình") == nfc(clean_text("Ða\u200bðình"))
    assert sort_key_vi("Ðà") == sort_key_vi("Đà") and title_name("ÐẶNG") == "Đặng" and slug("Ðà") == "da"


@given(st.text(alphabet="ðÐđĐaA -_\u0301", max_size=20))
def test_one_form_is_a_form_of_itself_and_folds_alike(text):
    assert nfc(nfc(text)) == nfc(text)
    assert fold(nfc(text)) == fold(text)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_both_unicode_forms_fold_alike(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_words_leave_punctuation_out():
    assert words("Giấy khai-sinh (bản sao), mã 1.001193") == [
        "giay",
        "khai",
        "sinh",
        "ban",
        "sao",
        "ma",
        "1",
        "001193",
    ]


def test_the_place_of_the_tone_mark_does_not_matter():
    assert toned_words("hoà bình") == toned_words("hòa bình")
    assert toned_words("hoa") != toned_words("hòa")


@pytest.mark.parametrize(
    ("text", "typed"), [("dang ky", False), ("đang ky", True), ("ký", True), ("KY", False)]
)
def test_has_marks(text, typed):
    assert has_marks(text) is typed


def test_without_marks_keeps_the_case():
    assert without_marks("Đã nhận Hồ sơ.") == "Da nhan Ho so."
    assert without_marks("Đã nhận Hồ sơ.").isascii()


def test_sorting_follows_letters_then_tones():
    shuffled = [
        "Đà Nẵng",
        "Da",
        "Oanh",
        "Ân",
        "Ăn",
        "An",
        "Hạ",
        "Hà",
        "Ha",
        "Hà Nội",
        "Hả",
        "Hã",
        "Há",
        "Ý",
        "Y",
    ]
    assert sorted(shuffled, key=sort_key_vi) == [
        "An", "Ăn", "Ân", "Da", "Đà Nẵng", "Ha", "Hà", "Hả", "Hã", "Há", "Hạ", "Hà Nội", "Oanh", "Y", "Ý",
    ]  # fmt: skip


@given(st.text(max_size=40))
def test_sort_keys_hold_digits_only(text):
    assert set(sort_key_vi(text)) <= set("0123456789")


@given(VIETNAMESE)
def test_sort_keys_do_not_depend_on_the_unicode_form(text):
    assert sort_key_vi(unicodedata.normalize("NFD", text)) == sort_key_vi(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đăng ký", "dang-ky"),
        ("Ủy ban, nhân dân!", "uy-ban-nhan-dan"),
        ("***", ""),
        ("Mã 1.001193", "ma-1-001193"),
    ],
)
def test_slug(text, expected):
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("NGUYỄN THỊ  HOA", "Nguyễn Thị Hoa"),
        ("h'hen niê", "H'Hen Niê"),
        ("đặng-trần côn", "Đặng-Trần Côn"),
        ("", ""),
    ],
)
def test_title_name(name, expected):
    assert title_name(name) == expected


def test_cleaning_takes_out_what_nobody_types_on_purpose():
    hidden = "A\u0000n\u202e h\u200b \ud800<b>\r\ntwo\ttabs"
    assert clean_text(hidden) == "An h <b>\ntwo\ttabs"
    assert one_line(hidden) == "An h <b> two tabs"
    assert clean_text("a\u200b\u0301") == "á"  # what stood between a letter and its mark is gone


@given(st.text(max_size=80))
def test_cleaned_text_can_be_stored(text):
    cleaned = clean_text(text)
    assert cleaned == nfc(cleaned)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert "\x00" not in cleaned


def test_bilingual_falls_back_to_vietnamese_and_says_so():
    both, one = Bilingual("Họ tên", "Name"), Bilingual("Họ tên")
    assert (both.say("en"), both.lang("en")) == ("Name", "en")
    assert (one.say("en"), one.lang("en"), one["en"]) == ("Họ tên", "vi", "Họ tên")
    assert Bilingual.of({"vi": "A", "en": "B"}) == Bilingual("A", "B")
    assert Bilingual.of("A") == Bilingual.of(Bilingual("A"))
    assert not Bilingual("")
    with pytest.raises(KeyError):
        both["fr"]

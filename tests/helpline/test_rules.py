"""Spoken words, choices by number, messages for a channel, sources: no database."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.assistant import queries as assistant  # noqa: F401  the room below stands
from motcua.helpline import rules
from motcua.helpline.rules import Wish
from tests.dossiers import factories as make

pytestmark = pytest.mark.kernel


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            "ờ à thì là mà cho tôi hỏi là làm làm giấy khai sinh thì cần cần giấy gì ạ",
            "là làm giấy khai sinh thì cần giấy gì",
        ),
        ("a lô, dạ ừm mất sổ đỏ", "mất sổ đỏ"),
        ("ờ ừm", "ờ ừm"),  # nothing else is left: said as it was
        ("Ở đâu làm được? ô tô à?", "Ở đâu làm được? ô tô ?"),  # "ở" and "ô" are words, "à" is none
        ("xe máy xe máy", "xe máy xe máy"),
    ],
)
def test_sounds_between_words_are_left_out(said, kept):
    assert rules.spoken(said) == kept


WORDS = ["ờ", "à", "dạ", "thì", "là", "mà", "khai", "sinh", "sinh", "đất", "alo", ",", "12"]


@given(st.lists(st.sampled_from(WORDS), max_size=8))
def test_spoken_words_are_settled_at_once_and_nothing_is_invented(words):
    once = rules.spoken(" ".join(words))
    assert rules.spoken(once) == once
    assert set(once.replace(",", " ").split()) <= set(words)
    assert not words or once


@pytest.mark.parametrize(
    ("text", "value"),
    [("2", "b"), ("số 2", "b"), ("chọn 1.", "a"), ("3", ""), ("0", ""), ("2 con", ""), ("", ""), ("22", "")],
)
def test_a_number_picks(text, value):
    assert rules.picked(text, ["a", "b"]) == value


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Xóa!", Wish.FORGET),
        ("xoá", Wish.FORGET),
        ("GẶP NGƯỜI THẬT", Wish.PERSON),
        ("Đồng ý.", Wish.YES),
        ("không", Wish.NO),
        ("xóa đăng ký thường trú", None),
        ("tôi không đồng ý với mức phí", None),
        ("", None),
    ],
)
def test_what_a_message_wants_besides_asking(text, meant):
    assert rules.wish(text) == meant


@given(st.text(alphabet="ab \n", max_size=120), st.integers(5, 40))
def test_long_answers_are_split_where_words_end_and_lose_nothing(text, most):
    found = rules.parts(text, most)
    assert all(0 < len(part) <= most for part in found)
    assert "".join("".join(found).split()) == "".join(text.split())


def test_a_line_is_kept_whole_where_it_fits():
    assert rules.parts("một hai\nba bốn\nnăm", 8) == ["một hai", "ba bốn", "năm"]


def test_waiting_and_trying_again():
    since = make.AT
    assert not rules.waits_long(since, since + rules.WAIT_LONG)
    assert rules.waits_long(since, since + rules.WAIT_LONG + timedelta(seconds=1))
    assert rules.waited_minutes(since, since - timedelta(minutes=1)) == 0
    waits = [rules.try_again_after(tries) for tries in range(1, len(rules.RETRIES) + 2)]
    assert waits[-1] is None and waits[:-1] == sorted(waits[:-1])


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("Điều 15 Luật 60/2014/QH13", True),
        ("khoản 2 Điều 9 Nghị định 118/2025/NĐ-CP", True),
        ("Luật Hộ tịch", False),
        ("Điều 15", False),
        ("60/2014/QH13", False),
        ("Điều 15 Luật 60/2014/QH13" + "x" * 200, False),
    ],
)
def test_a_source_in_law_names_article_and_document(text, good):
    assert rules.names_an_article(text) is good

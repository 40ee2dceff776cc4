"""Two rankings into one: words count double, tones decide whether meanings count at all."""

import hypothesis
import hypothesis.strategies as st
import pytest

from motcua.assistant.rules.fusing import agreed, fused, seconded

pytestmark = pytest.mark.kernel
KEYS = st.lists(st.sampled_from("abcdefghij"), unique=True, max_size=10)


def keys(*rankings, toned=True):
    return [key for key, _score in fused(*rankings, toned=toned)]


def test_without_tones_words_decide_alone():
    assert keys("abc", "cba", toned=False) == ["a", "b", "c"]
    assert keys("", "cba", toned=False) == []


def test_with_tones_what_both_rankings_know_comes_before_what_one_knows():
    assert keys("ab", "bc") == ["b", "a", "c"]
    assert keys("a", "b") == ["a", "b"]  # words count double
    assert keys("", "ab") == ["a", "b"] and keys("ab", "") == ["a", "b"]


def test_first_in_both_is_one():
    assert fused("ab", "ac", toned=True)[0] == ("a", 1.0)
    assert fused("ab", "", toned=True)[0] == ("a", 1.0)
    assert fused(["a", "a", "b"], [], toned=True) == fused(["a", "b"], [], toned=True)


@hypothesis.given(KEYS, KEYS, st.booleans())
def test_every_key_once_by_falling_scores_and_better_in_both_is_better(lexical, near, toned):
    found = fused(lexical, near, toned=toned)
    assert sorted(key for key, _score in found) == sorted({*lexical, *(near if toned else ())})
    scores = [score for _key, score in found]
    assert scores == sorted(scores, reverse=True) and all(0 < score <= 1.0000001 for score in scores)
    order = [key for key, _score in found]
    both = [key for key in lexical if key in near] if toned else lexical
    for left in both:
        for right in both:
            if lexical.index(left) < lexical.index(right) and (
                not toned or near.index(left) < near.index(right)
            ):
                assert order.index(left) < order.index(right)


def test_what_words_put_first_stays_first_and_meanings_order_the_rest():
    assert seconded("abc", "cba", toned=True) == ["a", "b", "c"]
    assert seconded("abcd", "ed", toned=True)[:3] == ["a", "d", "b"]
    assert seconded("ab", "c", toned=False) == ["a", "b"] and seconded("", "c", toned=True) == ["c"]


def test_agreement_is_told_only_where_both_say_something():
    assert agreed("ab", "xya") is True and agreed("ab", "xyza") is False
    assert agreed("", "a") is None and agreed("a", "") is None

"""Questions that ask the same stand together, whatever order they come in; others stay apart."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.assistant.rules import likeness

pytestmark = pytest.mark.kernel


def grouped(*questions):
    wordings: dict[tuple[str, ...], int] = {}
    for question in questions:
        words = likeness.telling_words(question)
        wordings[words] = wordings.get(words, 0) + 1
    return likeness.together(wordings)


def test_other_tones_order_and_quiet_words_are_one_wording():
    said = ("Cấp lại bằng lái xe máy ở đâu?", "toi muon cap lai bang lai xe may", "xe máy bằng lái cấp lại")
    assert len({likeness.telling_words(each) for each in said}) == 1
    assert likeness.telling_words("làm thế nào") == ("lam", "nao", "the")  # nothing tells, so all is kept


def test_what_shares_most_of_what_tells_stands_together_and_the_rest_apart():
    found = grouped(
        "nhập học lớp một cho cháu", "nhập học lớp một trái tuyến", "nhập học lớp một cho cháu",
        "mua vé tàu tết", "mua vé tàu tết cho mẹ", "tra phạt nguội ô tô",
    )  # fmt: skip
    assert [(each.count, len(each.members)) for each in found] == [(3, 2), (2, 2), (1, 1)]
    assert found[0].words == likeness.telling_words("nhập học lớp một cho cháu")


QUESTIONS = st.lists(st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=6), min_size=1, max_size=30)


@given(QUESTIONS)
def test_every_wording_is_in_one_group_and_its_group_is_the_most_alike(questions):
    wordings = {tuple(sorted({f"w{each}" for each in words})): 1 for words in questions}
    found = likeness.together(wordings)
    members = [words for group in found for words in group.members]
    assert sorted(members) == sorted(wordings)
    assert sum(group.count for group in found) == len(wordings)
    weight = likeness._weights(wordings)

    def alike(left, right):
        shared = sum(weight[word] for word in set(left) & set(right))
        return shared / (sum(map(weight.get, left)) + sum(map(weight.get, right)) - shared)

    for group in found:
        for words in group.members:
            assert words == group.words or alike(words, group.words) >= likeness.ALIKE - 1e-9
    # the shortcut over rare words misses nobody: two groups' first wordings are never alike
    firsts = [group.words for group in found]
    assert not [
        (one, other)
        for place, one in enumerate(firsts)
        for other in firsts[place + 1 :]
        if alike(one, other) > likeness.ALIKE + 1e-9
    ]


def test_ten_thousand_different_wordings_take_two_seconds_of_work_at_most():
    draw = random.Random(7)  # noqa: S311  a repeatable draw
    words = [f"tu{number}" for number in range(1500)]
    often = [1 / (rank + 1) for rank in range(len(words))]
    wordings = {tuple(sorted(set(draw.choices(words, often, k=draw.randint(2, 8))))): 1 for _ in range(4000)}
    begun = time.process_time()
    found = likeness.together(wordings)
    assert len(found) > 100
    assert (time.process_time() - begun) * 10_000 / len(wordings) < 2 * 3  # a busy machine is slow, not wrong

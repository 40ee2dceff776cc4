"""What must hold for every condition and all values."""

import contextlib
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.conditions import All, Any, Condition, ConditionError, Not, from_data, parse
from tests.kernel.conditions_strategy import ANSWERS, CONDITIONS, JSON

pytestmark = pytest.mark.kernel
TODAY = date(2026, 11, 21)


@given(CONDITIONS)
def test_the_source_reads_back_to_the_same_tree(condition):
    assert parse(condition.source()) == condition


@given(CONDITIONS)
def test_data_read_back_to_the_same_tree(condition):
    assert from_data(json.loads(json.dumps(condition.to_data()))) == condition


@given(CONDITIONS, ANSWERS)
def test_total_for_any_values_of_any_type(condition, values):
    assert condition.holds(values, TODAY) in (True, False)


@given(CONDITIONS, ANSWERS)
def test_the_same_after_reading_back(condition, values):
    assert parse(condition.source()).holds(values, TODAY) is condition.holds(values, TODAY)


@given(CONDITIONS, CONDITIONS, ANSWERS)
def test_de_morgan(a, b, values):
    assert Not(All((a, b))).holds(values, TODAY) is Any((Not(a), Not(b))).holds(values, TODAY)
    assert Not(Any((a, b))).holds(values, TODAY) is All((Not(a), Not(b))).holds(values, TODAY)
    assert Not(Not(a)).holds(values, TODAY) is a.holds(values, TODAY)


@given(CONDITIONS, ANSWERS, st.sampled_from(["vi", "en", "xx"]))
def test_every_condition_explains_itself(condition, values, lang):
    explained = condition.explain(values, TODAY, {}, lang)
    assert explained.holds is condition.holds(values, TODAY)
    assert explained.reasons
    assert condition.sentence({}, lang)


@given(CONDITIONS)
def test_only_asked_names_matter(condition):
    noise = {"unasked": "x", "other": 3}
    assert condition.holds(noise, TODAY) is condition.holds({}, TODAY)
    unknown = {problem.name for problem in condition.problems({}) if problem.code == "unknown_name"}
    assert unknown == condition.names()


@given(st.text(max_size=60))
def test_reading_any_text_gives_a_condition_or_the_one_error(text):
    try:
        assert isinstance(parse(text), Condition)
    except ConditionError as error:
        assert 0 <= error.position <= len(error.text)


WORDS = [
    "a",
    "is",
    "not",
    "in",
    "given",
    "empty",
    "and",
    "or",
    "(",
    ")",
    "[",
    "]",
    ",",
    "<",
    "=",
    "today",
    "3",
    '"x"',
]


@given(st.lists(st.sampled_from([*WORDS, "2026-01-01", "true", "age("]), max_size=12))
def test_reading_any_words_gives_a_condition_or_the_one_error(words):
    try:
        condition = parse(" ".join(words))
    except ConditionError:
        return
    assert parse(condition.source()) == condition


@given(JSON)
def test_any_data_give_a_condition_or_the_one_error(data):
    with contextlib.suppress(ConditionError):
        assert isinstance(from_data(data), Condition)

"""Conditions and values of every shape, for hypothesis."""

from datetime import date

from hypothesis import strategies as st

from motcua.kernel.conditions import (
    Always,
    Call,
    Compare,
    Given,
    Name,
    Never,
    Not,
    OneOf,
    Today,
    Value,
    all_of,
    any_of,
)
from motcua.kernel.text import nfc

NAMES = st.sampled_from(["child_case", "born_on", "n", "kids", "tags", "yes", "a.b"])
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
TEXTS = st.one_of(
    st.sampled_from(
        ["usual", "abandoned", "or", "is", "today", "today-60", "true", "2026-01-01", "3", "a b", '"', "\\"]
    ),
    st.text(max_size=8).map(lambda text: nfc(text)),
)
VALUES = st.one_of(
    TEXTS.map(Value),
    st.integers(-(10**9), 10**9).map(Value),
    st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: Value(round(x, 3) + 0.0)),
    st.booleans().map(Value),
    DAYS.map(Value),
)
CALLS = st.builds(Call, st.sampled_from(["age", "days_since", "count"]), NAMES)
TODAYS = st.integers(-99999, 99999).map(Today)
LEFT = st.one_of(NAMES.map(Name), CALLS, TODAYS)
RIGHT = st.one_of(VALUES, NAMES.map(Name), CALLS, TODAYS)
LEAVES = st.one_of(
    st.just(Always()),
    st.just(Never()),
    NAMES.map(Given),
    st.builds(Compare, LEFT, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), RIGHT),
    st.builds(OneOf, LEFT, st.lists(VALUES, min_size=1, max_size=4).map(tuple)),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inside: st.one_of(
        inside.map(Not),
        st.lists(inside, min_size=2, max_size=3).map(lambda parts: all_of(*parts)),
        st.lists(inside, min_size=2, max_size=3).map(lambda parts: any_of(*parts)),
    ),
    max_leaves=12,
)
JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        TEXTS,
        DAYS.map(date.isoformat),
        DAYS,
        st.datetimes(),
        st.decimals(),
        st.binary(max_size=4),
        st.complex_numbers(),
    ),
    lambda inside: st.one_of(
        st.lists(inside, max_size=3),
        st.tuples(inside),
        st.dictionaries(st.text(max_size=3), inside, max_size=3),
        st.frozensets(st.integers(), max_size=2),
    ),
    max_leaves=6,
)
ANSWERS = st.dictionaries(NAMES, JSON)

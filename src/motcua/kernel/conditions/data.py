"""Conditions as JSON-able data, for storing, for the API and for drawing them in a browser."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any as Anything

from motcua.kernel.conditions.errors import ConditionError
from motcua.kernel.conditions.parse import BARE_WORD, DEPTH_MAX, RESERVED
from motcua.kernel.conditions.tree import (
    FUNCTIONS,
    OPERATORS,
    All,
    Always,
    Any,
    Call,
    Compare,
    Condition,
    Given,
    Name,
    Never,
    Not,
    OneOf,
    Term,
    Today,
    Value,
    all_of,
    any_of,
)
from motcua.kernel.text import nfc


def to_data(condition: Condition) -> Anything:
    """`true`, `false`, or an object with one of the keys not, all, any, given, in, compare."""
    match condition:
        case Always():
            return True
        case Never():
            return False
        case Not(part):
            return {"not": to_data(part)}
        case All(parts):
            return {"all": [to_data(part) for part in parts]}
        case Any(parts):
            return {"any": [to_data(part) for part in parts]}
        case Given(name):
            return {"given": name}
        case OneOf(left, values):
            return {"in": [_term_data(left), [_term_data(value) for value in values]]}
        case Compare(left, op, right):
            return {"compare": [_term_data(left), op, _term_data(right)]}
    raise TypeError(f"not a condition: {condition!r}")


def _term_data(term: Term) -> Anything:
    match term:
        case Name(name):
            return {"field": name}
        case Call(function, name):
            return {function: name}
        case Today(days):
            return {"today": days}
        case Value(value):
            return {"date": value.isoformat()} if isinstance(value, date) else value
    raise TypeError(f"not a term: {term!r}")


def from_data(data: Anything, depth: int = 0) -> Condition:
    """The condition that `to_data` wrote. Raises `ConditionError` for anything else."""
    if depth > DEPTH_MAX:
        raise _wrong(data, f"at most {DEPTH_MAX} conditions inside each other")
    if isinstance(data, bool):
        return Always() if data else Never()
    match data:
        case {"not": part}:
            return Not(from_data(part, depth + 1))
        case {"all": [*parts]}:
            return all_of(*(from_data(part, depth + 1) for part in parts))
        case {"any": [*parts]}:
            return any_of(*(from_data(part, depth + 1) for part in parts))
        case {"given": str(name)}:
            return Given(_name(name))
        case {"in": [left, [_, *_] as values]}:
            return OneOf(_left(left), tuple(_value(value) for value in values))
        case {"compare": [left, str(op), right]} if op in OPERATORS:
            return Compare(_left(left), op, _term(right))
    raise _wrong(data, "true, false, not, all, any, given, in or compare")


def _left(data: Anything) -> Term:
    term = _term(data)
    if isinstance(term, Value):
        raise _wrong(data, "a field, a function or today")
    return term


def _term(data: Anything) -> Term:
    if isinstance(data, Mapping) and len(data) == 1:
        key, inside = next(iter(data.items()))
        if key == "field" and isinstance(inside, str):
            return Name(_name(inside))
        if key in FUNCTIONS and isinstance(inside, str):
            return Call(key, _name(inside))
        if (
            key == "today"
            and isinstance(inside, int)
            and not isinstance(inside, bool)
            and abs(inside) < 1_000_000
        ):
            return Today(inside)
    return _value(data)


def _value(data: Anything) -> Value:
    if isinstance(data, str):
        return Value(nfc(data))
    if isinstance(data, int) or (isinstance(data, float) and math.isfinite(data)):
        return Value(data)
    if isinstance(data, Mapping) and isinstance(data.get("date"), str):
        try:
            return Value(date.fromisoformat(data["date"]))
        except ValueError:
            raise _wrong(data, "a day such as 2026-07-01") from None
    raise _wrong(data, "a field, a function, today, a text, a number, a date, true or false")


def _name(name: str) -> str:
    if not BARE_WORD.fullmatch(name) or name in RESERVED:
        raise _wrong(name, "a field id")
    return name


def _wrong(data: Anything, allowed: str) -> ConditionError:
    return ConditionError(repr(data)[:200], 0, type(data).__name__, allowed)

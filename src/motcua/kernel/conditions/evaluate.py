"""Is a condition true? Total: any values of any types give an answer, never an exception."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any as Anything

from motcua.kernel.conditions.tree import (
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
)

_EMPTY_SIZED = (str, list, tuple, set, frozenset, dict)


def holds(condition: Condition, values: Mapping[str, Anything], today: date) -> bool:
    """Whether the condition is true of the values on that (local) day."""
    match condition:
        case Always():
            return True
        case Never():
            return False
        case Not(part):
            return not holds(part, values, today)
        case All(parts):
            return all(holds(part, values, today) for part in parts)
        case Any(parts):
            return any(holds(part, values, today) for part in parts)
        case Given(name):
            return is_given(values.get(name))
        case OneOf(left, allowed):
            found = value_of(left, values, today)
            return any(_compared(found, "=", value.value) for value in allowed)
        case Compare(left, op, right):
            return _compared(value_of(left, values, today), op, value_of(right, values, today))
    return False


def is_given(value: Anything) -> bool:
    """Whether a value counts as an answer. Empty texts, lists and addresses do not; false and 0 do."""
    if value is None:
        return False
    if isinstance(value, dict):
        # An address of which nothing is filled in. One level only, so that no data can dig a hole here.
        return any(inside is not None and inside != "" for inside in value.values())
    if isinstance(value, str):
        return bool(value.strip())
    return not isinstance(value, _EMPTY_SIZED) or len(value) > 0


def value_of(term: Term, values: Mapping[str, Anything], today: date) -> Anything:
    """What a term stands for, None when it is missing or of no use for its function."""
    match term:
        case Value(value):
            return value
        case Today(days):
            return _moved(today, days)
        case Name(name):
            return values.get(name)
        case Call("count", name):
            return _count(values.get(name))
        case Call("age", name):
            return age(as_date(values.get(name)), today)
        case Call("days_since", name):
            day = as_date(values.get(name))
            return None if day is None else (today - day).days
    return None


def age(born_on: date | None, today: date) -> int | None:
    """Full years on `today`; None for no date or a birth in the future.

    Somebody born on 29 February is a year older on 1 March in common years: "đủ" years have then passed in
    full.
    """
    if born_on is None or born_on > today:
        return None
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def as_date(value: Anything) -> date | None:
    """A date from a date, a moment or an ISO text; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-" and value.isascii():
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return None


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _count(value: Anything) -> int | None:
    if isinstance(value, list | tuple | set | frozenset):
        return len(value)
    return None if is_given(value) else 0


def _compared(left: Anything, op: str, right: Anything) -> bool:
    if not is_given(left) or not is_given(right):
        return False
    if isinstance(left, list | tuple | set | frozenset):
        return _among(left, op, right)
    pair = _same_kind(left, right)
    if pair is None:
        return False
    first, second = pair
    match op:
        case "=":
            return first == second
        case "!=":
            return first != second
    # Texts and yes/no have no order: "hà" < "hạ" would be a trap, not a rule.
    if isinstance(first, str | bool):
        return False
    match op:
        case "<":
            return first < second
        case "<=":
            return first <= second
        case ">":
            return first > second
        case ">=":
            return first >= second
    return False


def _among(several: Anything, op: str, value: Anything) -> bool:
    found = any(
        _compared(one, "=", value) for one in several if not isinstance(one, list | tuple | set | frozenset)
    )
    return found if op == "=" else not found if op == "!=" else False


def _same_kind(left: Anything, right: Anything) -> tuple[Anything, Anything] | None:
    """Both as values of one kind that can be compared, or None."""
    if isinstance(left, bool) or isinstance(right, bool):
        return (left, right) if isinstance(left, bool) and isinstance(right, bool) else None
    if _is_number(left) and _is_number(right):
        return left, right
    left_day, right_day = as_date(left), as_date(right)
    if left_day is not None and right_day is not None:
        return left_day, right_day
    if isinstance(left, str) and isinstance(right, str):
        return left, right
    return None


def _is_number(value: Anything) -> bool:
    if isinstance(value, Decimal):
        return value.is_finite()
    # value == value is false for "not a number".
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value  # noqa: PLR0124

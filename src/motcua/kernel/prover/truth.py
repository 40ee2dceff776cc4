"""What is already certain of a condition while some answers are still open: true, false, or None."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any as Anything

from motcua.kernel.conditions import (
    All,
    Any,
    Call,
    Compare,
    Condition,
    Given,
    Name,
    Not,
    OneOf,
    Term,
)


def truth(
    condition: Condition, values: Mapping[str, Anything], unknown: Collection[str], today: date
) -> bool | None:
    """True or False when every completion of the open answers (`unknown`) gives it, else None.

    Sound, not complete: `a is x or not a is x` stays None while `a` is open. Total, like `holds`.
    """
    match condition:
        case Not(part):
            inside = truth(part, values, unknown, today)
            return None if inside is None else not inside
        case All(parts):
            return _joined(parts, False, values, unknown, today)
        case Any(parts):
            return _joined(parts, True, values, unknown, today)
    return None if any(name in unknown for name in _names(condition)) else condition.holds(values, today)


def _joined(
    parts: tuple[Condition, ...],
    deciding: bool,
    values: Mapping[str, Anything],
    unknown: Collection[str],
    today: date,
) -> bool | None:
    """ "and" is decided by one false part, "or" by one true part."""
    is_open = False
    for part in parts:
        found = truth(part, values, unknown, today)
        if found is deciding:
            return deciding
        is_open = is_open or found is None
    return None if is_open else not deciding


def _names(leaf: Condition) -> tuple[str, ...]:
    if isinstance(leaf, Given):
        return (leaf.name,)
    if isinstance(leaf, OneOf):
        return _of(leaf.left)
    if isinstance(leaf, Compare):
        return _of(leaf.left) + _of(leaf.right)
    return ()


def _of(term: Term) -> tuple[str, ...]:
    return (term.name,) if isinstance(term, Name | Call) else ()


def renamed(condition: Condition, names: Mapping[str, str]) -> Condition:
    """The condition asking other names: columns of rows are told apart from the fields around them."""
    match condition:
        case Not(part):
            return Not(renamed(part, names))
        case All(parts):
            return All(tuple(renamed(part, names) for part in parts))
        case Any(parts):
            return Any(tuple(renamed(part, names) for part in parts))
        case Given(name):
            return Given(names.get(name, name))
        case OneOf(left, values):
            return OneOf(_term(left, names), values)
        case Compare(left, op, right):
            return Compare(_term(left, names), op, _term(right, names))
    return condition


def _term(term: Term, names: Mapping[str, str]) -> Term:
    if isinstance(term, Name):
        return Name(names.get(term.name, term.name))
    if isinstance(term, Call):
        return Call(term.function, names.get(term.name, term.name))
    return term

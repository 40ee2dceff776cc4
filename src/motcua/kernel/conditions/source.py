"""A condition back to text: the canonical form that `parse` reads to an equal tree."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from motcua.kernel.conditions.parse import BARE_WORD, RESERVED
from motcua.kernel.conditions.tree import (
    ORDERINGS,
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


def source(condition: Condition) -> str:
    """The text of a condition."""
    match condition:
        case Always():
            return "always"
        case Never():
            return "never"
        case Not(Given(name)):
            return f"{name} is empty"
        case Given(name):
            return f"{name} is given"
        case Not(part):
            return f"not {_inside(part)}"
        case All(parts):
            return " and ".join(_inside(part) for part in parts) or "always"
        case Any(parts):
            return " or ".join(_inside(part) for part in parts) or "never"
        case OneOf(left, values):
            return f"{_term(left)} in [{', '.join(_value(value) for value in values)}]"
        case Compare(left, op, right):
            return f"{_term(left)} {_operator(op, right)} {_right(op, right)}"
    raise TypeError(f"not a condition: {condition!r}")


def _inside(part: Condition) -> str:
    return f"({source(part)})" if isinstance(part, All | Any) else source(part)


def _operator(op: str, right: Term) -> str:
    # Words read better for options and yes/no, signs for numbers and dates.
    if isinstance(right, Value) and isinstance(right.value, str | bool):
        return {"=": "is", "!=": "is not"}.get(op, op)
    return op


def _right(op: str, right: Term) -> str:
    if isinstance(right, Name):
        return right.name if op in ORDERINGS else f"field({right.name})"
    if op in ORDERINGS and isinstance(right, Value) and isinstance(right.value, str):
        return _quoted(right.value)
    return _term(right)


def _term(term: Term) -> str:
    match term:
        case Name(name):
            return name
        case Call(function, name):
            return f"{function}({name})"
        case Today(days):
            return f"today{days:+d}" if days else "today"
        case Value():
            return _value(term)
    raise TypeError(f"not a term: {term!r}")


def _value(value: Value) -> str:
    match value.value:
        case bool():
            return "true" if value.value else "false"
        case date():
            return value.value.isoformat()
        case int():
            return str(value.value)
        case float():
            # Plain digits: the language knows no exponents.
            digits = format(Decimal(repr(value.value)), "f")
            return digits if "." in digits else f"{digits}.0"
    text = str(value.value)
    bare = BARE_WORD.fullmatch(text) and text not in RESERVED and text.split("-")[0] != "today"
    return text if bare else _quoted(text)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'

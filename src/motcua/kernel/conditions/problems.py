"""What in a condition cannot be meant: unknown fields, unknown options, values of the wrong kind."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any as Anything

from motcua.kernel.conditions.errors import ConditionProblem
from motcua.kernel.conditions.tree import (
    ORDERINGS,
    Call,
    Compare,
    Condition,
    Given,
    Name,
    OneOf,
    Term,
    Today,
    Value,
)

TEXT_TYPES = frozenset(
    ("text", "long_text", "name", "personal_number", "phone", "email", "agency", "tax_code")
)
NUMBER_TYPES = frozenset(("number", "money", "area"))
YES_NO_TYPES = frozenset(("yes_no", "consent"))


@dataclass(frozen=True, slots=True)
class FieldType:
    """The type of a name: a field type of `motcua.kernel.forms`, and for choices the option keys (none = any)."""

    kind: str
    options: tuple[str, ...] = ()


def problems(condition: Condition, types: Mapping[str, FieldType | str]) -> list[ConditionProblem]:
    """Every problem of the condition; `types` gives the type of each name that may be asked."""
    known = {name: kind if isinstance(kind, FieldType) else FieldType(kind) for name, kind in types.items()}
    found: list[ConditionProblem] = []
    for node in condition.walk():
        for problem in _of_node(node, known):
            if problem not in found:
                found.append(problem)
    return found


def _of_node(node: Condition, types: Mapping[str, FieldType]) -> Iterator[ConditionProblem]:
    if isinstance(node, Given):
        yield from _of_name(node.name, types)
        if types.get(node.name, FieldType("text")).kind == "note":
            yield ConditionProblem("type_mismatch", node.name, "a note", "a field that people fill in")
    elif isinstance(node, OneOf):
        yield from _of_term(node.left, types)
        for value in node.values:
            yield from _of_pair(node.left, "=", value, types)
    elif isinstance(node, Compare):
        yield from _of_term(node.left, types)
        yield from _of_term(node.right, types)
        yield from _of_pair(node.left, node.op, node.right, types)


def _of_name(name: str, types: Mapping[str, FieldType]) -> Iterator[ConditionProblem]:
    if name not in types:
        near = difflib.get_close_matches(name, types, n=3, cutoff=0.6)
        listed = sorted(types)
        allowed = ", ".join(near) if near else ", ".join(listed[:12]) + (", …" if len(listed) > 12 else "")
        yield ConditionProblem("unknown_name", name, "a name that no field has", allowed or "no names at all")


def _of_term(term: Term, types: Mapping[str, FieldType]) -> Iterator[ConditionProblem]:
    if isinstance(term, Name | Call):
        yield from _of_name(term.name, types)
    if isinstance(term, Call) and term.name in types:
        kind = types[term.name].kind
        allowed = ("rows", "choices") if term.function == "count" else ("date",)
        if kind not in allowed:
            yield ConditionProblem(
                "type_mismatch",
                term.name,
                f"{term.function} of a {kind} field",
                f"a {' or '.join(allowed)} field",
            )


def _of_pair(left: Term, op: str, right: Term, types: Mapping[str, FieldType]) -> Iterator[ConditionProblem]:
    left_kind, right_kind = _kind(left, types), _kind(right, types)
    name = getattr(left, "name", "") or getattr(right, "name", "") or "today"
    if left_kind is None or right_kind is None:
        return
    if op in ORDERINGS and (left_kind not in ("number", "date") or left_kind != right_kind):
        yield ConditionProblem(
            "type_mismatch", name, f"{op} between {left_kind} and {right_kind}", "two numbers or two dates"
        )
    elif isinstance(left, Name) and left_kind in ("choice", "choices") and isinstance(right, Value):
        yield from _of_option(left.name, right, types[left.name])
    elif left_kind not in _COMPARABLE.get(right_kind, ()):
        yield ConditionProblem(
            "type_mismatch",
            name,
            f"a {left_kind} compared with a {right_kind}",
            _EXAMPLES.get(left_kind, "is given"),
        )


def _of_option(name: str, value: Value, field_type: FieldType) -> Iterator[ConditionProblem]:
    if not isinstance(value.value, str):
        yield ConditionProblem("type_mismatch", name, f"the value {value.value}", "an option key")
    elif field_type.options and value.value not in field_type.options:
        listed = ", ".join(field_type.options[:20]) + (", …" if len(field_type.options) > 20 else "")
        yield ConditionProblem("unknown_option", name, value.value, listed)


# Right-hand kind -> the left-hand kinds that may be compared with it.
_COMPARABLE = {
    "text": ("text", "choice", "choices"),
    "choice": ("text", "choice", "choices"),
    "number": ("number",),
    "date": ("date",),
    "yes_no": ("yes_no",),
}
_EXAMPLES = {
    "text": 'a text such as "…", or field(other) for another field',
    "number": "a number such as 60",
    "date": "a date such as 2026-07-01, today, or field(other) for another field",
    "yes_no": "true or false",
    "choice": "an option key",
    "choices": "an option key",
    "rows": "is given, is empty or count(…)",
    "address": "is given or is empty",
    "note": "a field that people fill in",
}


def _kind(term: Term, types: Mapping[str, FieldType]) -> str | None:
    match term:
        case Today():
            return "date"
        case Call():
            return "number"
        case Value(value):
            return _value_kind(value)
        case Name(name):
            return _field_kind(types[name].kind) if name in types else None
    return None


def _value_kind(value: Anything) -> str:
    if isinstance(value, bool):
        return "yes_no"
    return "date" if isinstance(value, date) else "text" if isinstance(value, str) else "number"


def _field_kind(kind: str) -> str:
    if kind in TEXT_TYPES:
        return "text"
    if kind in NUMBER_TYPES:
        return "number"
    return "yes_no" if kind in YES_NO_TYPES else kind

"""Conditions as rows a person can choose: field, comparison, value, joined by "and" or "or". Both ways, exactly.

A condition that is more than such rows (parts within parts, a negated comparison) is no rows: it is shown in words and
edited in its own language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from motcua.kernel import conditions as c
from motcua.kernel.conditions.problems import NUMBER_TYPES, TEXT_TYPES, YES_NO_TYPES
from motcua.kernel.text import nfc

FUNCTIONS: Mapping[str, tuple[str, ...]] = {
    "date": ("age", "days_since"),
    "rows": ("count",),
    "choices": ("count",),
}
ORDER = ("=", "!=", ">", ">=", "<", "<=")
# What may be compared with what: the kind of the field -> comparisons. `:field` compares with another answer,
# `:today` with the day of filing and some days.
COMPARISONS: Mapping[str, tuple[str, ...]] = {
    "choice": ("=", "!=", "in", "not_in", "given", "empty"),
    "choices": ("=", "!=", "in", "not_in", "given", "empty"),
    "yes_no": ("=", "!=", "given", "empty"),
    "number": (*ORDER, *(f"{op}:field" for op in ORDER), "given", "empty"),
    "date": (*ORDER, *(f"{op}:today" for op in ORDER), *(f"{op}:field" for op in ORDER), "given", "empty"),
    "text": ("=", "!=", "=:field", "!=:field", "given", "empty"),
    "counted": ORDER,
    "other": ("given", "empty"),
}
_SUBJECT = re.compile(r"(age|days_since|count)\((\w+)\)|(\w+)")
_VN_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


@dataclass(frozen=True)
class Row:
    """One line: the subject (`field` or `age(field)`), the comparison, and its value as it stands in a form."""

    subject: str
    op: str = ""
    values: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""


@dataclass
class Wrong(ValueError):
    """Rows that are no condition yet: which row (from 0) lacks what (subject, op, value, number, date, field)."""

    rows: dict[int, str] = field(default_factory=dict)


def kind_of(subject: str, types: Mapping[str, c.FieldType]) -> str | None:
    """The kind of comparisons that a subject allows, None for one that no field has."""
    found = _SUBJECT.fullmatch(subject)
    name = (found[2] or found[3]) if found else ""
    if name not in types:
        return None
    kind = types[name].kind
    if found and found[1]:
        return "counted" if found[1] in FUNCTIONS.get(kind, ()) else None
    if kind in TEXT_TYPES:
        return "text"
    if kind in NUMBER_TYPES:
        return "number"
    return "yes_no" if kind in YES_NO_TYPES else kind if kind in COMPARISONS else "other"


def rows_of(condition: c.Condition, types: Mapping[str, c.FieldType]) -> tuple[str, list[Row]] | None:
    """("and" or "or", the rows) that say exactly this condition, None for one that rows cannot say."""
    joined = "or" if isinstance(condition, c.Any) else "and"
    parts = condition.children if isinstance(condition, (c.All, c.Any)) else (condition,)
    rows = [_row(part) for part in parts]
    if not rows or any(row is None or row.op not in _allowed(row, types) for row in rows):
        return None
    told = [row for row in rows if row is not None]
    try:
        return (joined, told) if condition_of(joined, told, types) == condition else None
    except Wrong:
        return None


def _allowed(row: Row, types: Mapping[str, c.FieldType]) -> tuple[str, ...]:
    return COMPARISONS.get(kind_of(row.subject, types) or "", ())


def _row(part: c.Condition) -> Row | None:
    match part:
        case c.Given(name):
            return Row(name, "given")
        case c.Not(c.Given(name)):
            return Row(name, "empty")
        case c.OneOf(c.Name(name), values):
            return Row(name, "in", tuple(_text(value) for value in values))
        case c.Not(c.OneOf(c.Name(name), values)):
            return Row(name, "not_in", tuple(_text(value) for value in values))
        case c.Compare(c.Name() | c.Call() as left, op, right):
            subject = left.name if isinstance(left, c.Name) else f"{left.function}({left.name})"
            match right:
                case c.Name(other):
                    return Row(subject, f"{op}:field", (other,))
                case c.Today(days):
                    return Row(subject, f"{op}:today", (str(days),))
                case c.Value():
                    return Row(subject, op, (_text(right),))
    return None


def _text(value: c.Value) -> str:
    match value.value:
        case bool():
            return "true" if value.value else "false"
        case date():
            return value.value.isoformat()
    return str(value.value)


def condition_of(joined: str, rows: Iterable[Row], types: Mapping[str, c.FieldType]) -> c.Condition:
    """The condition that rows say. Raises Wrong with what each row lacks."""
    parts, wrong = [], {}
    for number, row in enumerate(rows):
        made = _part(row, types)
        if isinstance(made, str):
            wrong[number] = made
        else:
            parts.append(made)
    if wrong:
        raise Wrong(wrong)
    return c.any_of(*parts) if joined == "or" else c.all_of(*parts)


def _part(row: Row, types: Mapping[str, c.FieldType]) -> c.Condition | str:
    kind, found = kind_of(row.subject, types), _SUBJECT.fullmatch(row.subject)
    if kind is None or found is None:
        return "subject"
    if row.op not in COMPARISONS[kind]:
        return "op"
    name = found[2] or found[3]
    if row.op in ("given", "empty"):
        return c.Given(name) if row.op == "given" else c.Not(c.Given(name))
    if row.op in ("in", "not_in"):
        values = tuple(c.Value(nfc(value)) for value in row.values if value)
        return (c.OneOf(c.Name(name), values) if row.op == "in" else c.Not(c.OneOf(c.Name(name), values))) if values \
            else "value"  # fmt: skip
    op, _colon, against = row.op.partition(":")
    right = _against(row.value.strip(), kind, against, types)
    if isinstance(right, str):
        return right
    return c.Compare(c.Call(found[1], name) if found[1] else c.Name(name), op, right)


def _against(value: str, kind: str, against: str, types: Mapping[str, c.FieldType]) -> c.Term | str:
    if not value:
        return "value"
    if against == "field":
        return c.Name(value) if kind_of(value, types) == kind else "field"
    if against == "today":
        return c.Today(int(value)) if re.fullmatch(r"[+-]?[0-9]{1,5}", value) else "number"
    if kind in ("number", "counted"):
        return _number(value)
    if kind == "date":
        return _day(value)
    if kind == "yes_no":
        return c.Value(value == "true") if value in ("true", "false") else "value"
    return c.Value(nfc(value))


def _number(text: str) -> c.Term | str:
    plain = text.replace(",", ".")
    if re.fullmatch(r"-?[0-9]{1,15}", plain):
        return c.Value(int(plain))
    return c.Value(float(plain)) if re.fullmatch(r"-?[0-9]{1,12}\.[0-9]{1,6}", plain) else "number"


def _day(text: str) -> c.Term | str:
    written = _VN_DATE.fullmatch(text)
    try:
        if written:
            return c.Value(date(int(written[3]), int(written[2]), int(written[1])))
        return c.Value(date.fromisoformat(text))
    except ValueError:
        return "date"


def read(text: Any) -> c.Condition | None:
    """The condition that stands in a document, None for one that cannot be read."""
    try:
        return c.parse(text) if isinstance(text, str) else None
    except c.ConditionError:
        return None

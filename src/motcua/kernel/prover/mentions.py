"""What conditions and limits say about each question: the values that matter, and who is compared with whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from motcua.kernel.conditions import Call, Compare, Condition, Name, OneOf, Term, Today, Value


@dataclass
class Mentions:
    """By question: `values` compared with, `days` relative to today, `ages`, `since` (days), `counts`.

    `pairs` are questions compared with each other; `hard` those compared in a way that no list of values is known to
    cover (the age of one with the number of another); `today` the fixed days with which the day itself is compared.
    """

    values: dict[str, list[Any]] = field(default_factory=dict)
    days: dict[str, list[int]] = field(default_factory=dict)
    ages: dict[str, list[int]] = field(default_factory=dict)
    since: dict[str, list[int]] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    hard: set[str] = field(default_factory=set)
    today: list[date] = field(default_factory=list)

    def add(self, where: dict[str, list[Any]], name: str, value: Any) -> None:
        held = where.setdefault(name, [])
        if not any(type(value) is type(each) and value == each for each in held):
            held.append(value)


def mentions_of(conditions: Iterable[Condition]) -> Mentions:
    """Everything that the conditions mention."""
    found = Mentions()
    for condition in conditions:
        for node in condition.walk():
            if isinstance(node, Compare):
                _pair(node.left, node.right, found)
                _pair(node.right, node.left, found)
            elif isinstance(node, OneOf):
                for value in node.values:
                    _pair(node.left, value, found)
    return found


def _pair(left: Term, right: Term, found: Mentions) -> None:
    if isinstance(left, Name):
        _of_name(left.name, right, found)
    elif isinstance(left, Call):
        _of_call(left, right, found)
    elif isinstance(left, Today) and isinstance(right, Value) and isinstance(right.value, date):
        # "today - 30 >= day" turns true thirty days after that day.
        found.today.append(right.value - timedelta(days=left.days))


def _of_name(name: str, right: Term, found: Mentions) -> None:
    if isinstance(right, Value):
        found.add(found.values, name, right.value)
    elif isinstance(right, Today):
        found.add(found.days, name, right.days)
    elif isinstance(right, Name):
        found.pairs.add((name, right.name))
    elif isinstance(right, Call):
        found.hard |= {name, right.name}


def _of_call(left: Call, right: Term, found: Mentions) -> None:
    held = {"age": found.ages, "days_since": found.since, "count": found.counts}[left.function]
    if isinstance(right, Value):
        if isinstance(right.value, int | float) and not isinstance(right.value, bool):
            for number in {int(right.value // 1), int(-(-right.value // 1))}:
                found.add(held, left.name, number)
    elif isinstance(right, Call):
        found.pairs.add((left.name, right.name))
        if left.function != right.function:
            found.hard |= {left.name, right.name}
    elif isinstance(right, Name):
        found.hard |= {left.name, right.name}


def groups(pairs: Iterable[tuple[str, str]], names: Iterable[str]) -> dict[str, frozenset[str]]:
    """For each name all that are compared with it, directly or through others, with itself."""
    group: dict[str, set[str]] = {name: {name} for name in names}
    for first, second in pairs:
        if first not in group or second not in group:
            continue
        joined = group[first] | group[second]
        for name in joined:
            group[name] = joined
    return {name: frozenset(held) for name, held in group.items()}

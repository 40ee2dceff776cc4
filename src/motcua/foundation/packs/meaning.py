"""Conditions that must be readable, forms that must work, calendars that must count: asked of the kernel."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from motcua.foundation.packs.problems import Place, Words
from motcua.foundation.packs.resolved import Resolved
from motcua.kernel import clock, conditions
from motcua.kernel.forms import FormProblem, declaration_from_data
from motcua.kernel.forms.pieces import CONTEXT

Finding = tuple[Place, str, Words]
_PART = re.compile(r"([^.\[\]]+)|\[([0-9]+)\]")


def check_meaning(kind: str, body: dict, resolved: Resolved) -> Iterator[Finding]:
    """Every finding of one resolved document. `resolved` lends the declaration that conditions ask."""
    if kind == "procedures":
        yield from _procedure(body, resolved)
    elif kind == "declarations":
        yield from _declaration(body)
    elif kind in ("calendars", "hours"):
        yield from _calendar(kind, body, resolved)


def _declaration(body: dict) -> Iterator[Finding]:
    try:
        declaration_from_data(body)
    except FormProblem as problem:
        for fault in problem.problems:
            vi = f"thấy {fault.found}; được ghi: {fault.allowed}."
            yield place_of(fault.path), "form", (vi, f"found {fault.found}; allowed: {fault.allowed}.")


def place_of(path: str) -> Place:
    """`sections[2].fields[0].type`, as the kernel counts (from 0), as a place."""
    return tuple(int(number) if number else key for key, number in _PART.findall(path))


def _procedure(body: dict, resolved: Resolved) -> Iterator[Finding]:
    types = _field_types(body, resolved)
    for label in ("required_documents", "fees"):
        rows = body.get(label)
        for number, row in enumerate(rows if isinstance(rows, list) else ()):
            text = row.get("when") if isinstance(row, dict) else None
            if isinstance(text, str):
                yield from check_condition(text, (label, number, "when"), types)

    yield from _bundle(body, types)


def _bundle(body: dict, types: Mapping[str, Any]) -> Iterator[Finding]:
    """The conditions under which an interlinked procedure's agencies take part."""
    whole = body.get("bundle")
    rows = whole.get("tasks") if isinstance(whole, dict) else None
    for number, row in enumerate(rows if isinstance(rows, list) else ()):
        text = row.get("when") if isinstance(row, dict) else None
        if isinstance(text, str):
            yield from check_condition(text, ("bundle", "tasks", number, "when"), types)


def _field_types(body: dict, resolved: Resolved) -> Mapping[str, Any]:
    """What a procedure's conditions may ask: the questions of its declaration, the channel, the entitlements."""
    document = resolved.get("declarations", str(body.get("declaration")))
    try:
        own = declaration_from_data(document.body).types if document else {}
    except FormProblem:  # told at the declaration itself
        own = {}
    return {**CONTEXT, **own}


def check_condition(text: str, place: Place, types: Mapping[str, Any]) -> Iterator[Finding]:
    """Whether a condition can be read and asks only for fields that exist, in a way that fits them."""
    try:
        condition = conditions.parse(text)
    except conditions.ConditionError as error:
        where = error.position + 1
        vi = f"điều kiện sai ở ký tự {where}: thấy {error.found}; được ghi: {error.allowed}."
        en = f"the condition is wrong at character {where}: found {error.found}; allowed: {error.allowed}."
        yield place, "condition", (vi, en)
        return
    for problem in condition.problems(types):
        vi = f"điều kiện hỏi “{problem.name}”: thấy {problem.found}; được ghi: {problem.allowed}."
        en = f"the condition asks “{problem.name}”: found {problem.found}; allowed: {problem.allowed}."
        yield place, "condition", (vi, en)


def _calendar(kind: str, body: dict, resolved: Resolved) -> Iterator[Finding]:
    name = str(body.get("id"))
    try:
        if kind == "calendars":
            clock.Calendar.from_documents(body, None, name)
            return
        for holidays in resolved.of("calendars")[:1]:
            clock.Calendar.from_documents(holidays.body, body, name)
    except clock.ClockProblem as problem:
        yield (), "calendar", (problem.say("vi"), problem.say("en"))
    except (TypeError, AttributeError, KeyError):
        # The document is not of the right shape, and its shape was told already.
        return

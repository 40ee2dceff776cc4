"""Putting answers apart by sensitivity, together again, and in advance from what is already known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from motcua.kernel.conditions import is_given
from motcua.kernel.forms.check import value_problems
from motcua.kernel.forms.read import Unreadable, read, read_address
from motcua.kernel.forms.shape import Declaration, Field

# Known facts that a form may ask to be filled in with: the keys of `prefill` in packs.
FACTS = (
    "applicant.full_name", "applicant.personal_number", "applicant.birth_on", "applicant.sex",
    "applicant.phone", "applicant.email", "applicant.address", "applicant.ethnicity",
    "applicant.nationality", "organisation.name", "organisation.tax_code",
)  # fmt: skip


def split(declaration: Declaration, answers: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The answers to open fields, and all others, which are to be sealed at rest.

    Both personal and sensitive fields are sealed. A rows field is sealed when any of its columns is; an
    answer of no known field is sealed, for nobody has said that it is harmless.
    """
    open_part: dict[str, Any] = {}
    sealed_part: dict[str, Any] = {}
    for name, value in answers.items():
        one = declaration.field(name)
        (open_part if one is not None and is_open(one) else sealed_part)[name] = value
    return open_part, sealed_part


def is_open(one: Field) -> bool:
    """Whether an answer may be kept unsealed."""
    return one.sensitivity == "open" and all(column.sensitivity == "open" for column in one.columns)


def merge(open_part: Mapping[str, Any], sealed_part: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that `split` put apart."""
    return {**open_part, **sealed_part}


def prefill(declaration: Declaration, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Answers to start with, from facts keyed as in `FACTS`. A fact that does not fit its field is left out.

    Facts have the form of answers: ISO dates, "male" or "female", `{commune_code, detail}`. An address may
    lack a part.
    """
    answers: dict[str, Any] = {}
    for one in declaration.fields:
        fact = facts.get(one.prefill) if one.prefill else None
        if one.prefill and is_given(fact):
            value = _fitting(one, fact)
            if is_given(value):
                answers[one.id] = value
    return answers


def _fitting(one: Field, fact: Any) -> Any:
    if one.type in ("rows", "consent", "note"):
        return None
    if one.type == "address":
        if not isinstance(fact, Mapping):
            fact = {"detail": fact}
        value = read_address(fact.get("commune_code"), fact.get("detail"))
        return None if isinstance(value, Unreadable) else value
    value = read(one, fact)
    # Limits are for what people type; whether the fact suits them is told when the form is checked.
    if isinstance(value, Unreadable) or not is_given(value):
        return None
    return None if any(value_problems(replace(one, min=None, max=None), value, {}, date.max)) else value

"""Which questions are asked of this person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.kernel.forms.shape import Declaration, Field, Section


def visible(declaration: Declaration, answers: Mapping[str, Any], today: date) -> set[str]:
    """The ids of all fields that are asked, given the answers so far.

    A hidden field's answer counts as missing, so what depends on it is judged without it.
    """
    return _asked(declaration, answers, today)[0]


def asked_answers(declaration: Declaration, answers: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The answers to the fields that are asked, with the answers of hidden fields left out.

    Names that are no fields (the channel, say) are left out too.
    """
    shown, _ = _asked(declaration, answers, today)
    return {one.id: answers[one.id] for one in declaration.fields if one.id in shown and one.id in answers}


def known_values(declaration: Declaration, answers: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The values that conditions see: answers of asked fields, and names from outside the form."""
    return _asked(declaration, answers, today)[1]


def visible_sections(declaration: Declaration, answers: Mapping[str, Any], today: date) -> list[Section]:
    """The sections in which something is asked."""
    shown = visible(declaration, answers, today)
    return [section for section in declaration.sections if any(one.id in shown for one in section.fields)]


def is_required(one: Field, values: Mapping[str, Any], today: date) -> bool:
    """Whether an asked field must be answered; `values` as from `known_values`."""
    if one.type == "note":
        return False
    return one.required if isinstance(one.required, bool) else one.required.holds(values, today)


def _asked(
    declaration: Declaration, answers: Mapping[str, Any], today: date
) -> tuple[set[str], dict[str, Any]]:
    values = {name: value for name, value in answers.items() if name not in declaration.by_id}
    shown: set[str] = set()
    for one in declaration.asking_order:
        section = declaration.by_id[one.id][0]
        if all(when is None or when.holds(values, today) for when in (section.when, one.when)):
            shown.add(one.id)
            values[one.id] = answers.get(one.id)
    return shown, values

"""A declaration as one plain list of questions: the columns of rows beside the fields, the way of filing too.

A dossier with many rows alike says nothing about conditions that one row does not say, so the proof asks for one row
and repeats it where a number of rows is wanted. The column `b` of the rows `a` is the question `a.b`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from motcua.kernel.conditions import Always, Condition, Given, all_of
from motcua.kernel.forms.check import TODAY
from motcua.kernel.forms.pieces import CONTEXT
from motcua.kernel.forms.shape import Declaration, Field, Option, Section
from motcua.kernel.prover.truth import renamed
from motcua.kernel.text import Bilingual

CHANNELS = CONTEXT["channel"].options
AROUND = "around_the_form"  # the section of what conditions see from outside the form


class Flat:
    """The questions of a declaration, and of whom each of them depends.

    `conditions` are those of papers and fees, which may ask what lies outside the form; `channels` the ways in which
    the procedure may be filed.
    """

    def __init__(
        self,
        declaration: Declaration,
        conditions: Iterable[Condition] = (),
        channels: Iterable[str] = CHANNELS,
    ) -> None:
        self.original = declaration
        self.conditions = tuple(conditions)
        around = _around(self.conditions, declaration, tuple(channels))
        self.declaration = replace(
            declaration, sections=tuple(around) + tuple(_section(one) for one in declaration.sections)
        )

    @cached_property
    def questions(self) -> dict[str, tuple[Section, Field]]:
        return self.declaration.by_id

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each question in the order in which they can be asked."""
        return {one.id: place for place, one in enumerate(self.declaration.asking_order)}

    @cached_property
    def asked_by(self) -> dict[str, frozenset[str]]:
        """The questions that decide whether a question is asked."""
        return {name: self._known(asking(*pair)) for name, pair in self.questions.items()}

    @cached_property
    def judged_by(self) -> dict[str, frozenset[str]]:
        """The other questions that decide whether an answer is needed and right."""
        return {name: self._known(_judging(one)) - {name} for name, (_, one) in self.questions.items()}

    def _known(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset(name for name in names if name in self.questions)

    def cone(self, names: Iterable[str], without: str = "") -> set[str]:
        """The questions on which the given ones depend, with themselves; none that is reached through `without`."""
        found: set[str] = set()
        waiting = [name for name in names if name in self.questions and name != without]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += [n for n in self.asked_by[name] | self.judged_by[name] if n != without]
        return found

    def visible(self, name: str) -> Condition:
        """The condition under which a question is asked."""
        section, one = self.questions[name]
        return together(section.when, one.when)

    def answers(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Flat values as answers of the declaration itself: columns back in their rows, nothing from around."""
        answers: dict[str, Any] = {}
        for one in self.original.fields:
            value = values.get(one.id)
            if value is None:
                continue
            if one.type == "rows":
                row = {c.id: values.get(f"{one.id}.{c.id}") for c in one.columns}
                row = {name: cell for name, cell in row.items() if cell is not None}
                value = [dict(row) for _ in value]
            answers[one.id] = value
        return answers


def asking(section: Section, one: Field) -> frozenset[str]:
    return together(section.when, one.when).names()


def together(*conditions: Condition | None) -> Condition:
    """All of the conditions that there are."""
    parts = [one for one in conditions if one is not None and not isinstance(one, Always)]
    return all_of(*parts)


def _judging(one: Field) -> frozenset[str]:
    names = {bound for bound in (one.min, one.max) if _is_name(bound)}
    for condition in (one.required, one.check):
        if isinstance(condition, Condition):
            names |= condition.names()
    return frozenset(names)


def _is_name(bound: Any) -> bool:
    return isinstance(bound, str) and not TODAY.fullmatch(bound) and not _is_day(bound)


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def bound_name(bound: Any) -> str | None:
    """The field that a min or max refers to, if it refers to one."""
    return bound if _is_name(bound) else None


def _section(section: Section) -> Section:
    fields: list[Field] = []
    for one in section.fields:
        if one.type != "rows":
            fields.append(one)
            continue
        inside = {column.id: f"{one.id}.{column.id}" for column in one.columns}
        fields.append(
            replace(one, columns=(), check=None if one.check is None else renamed(one.check, inside))
        )
        fields += [_column(one, column, inside) for column in one.columns]
    return replace(section, fields=tuple(fields))


def _column(rows: Field, column: Field, inside: Mapping[str, str]) -> Field:
    own = None if column.when is None else renamed(column.when, inside)
    return replace(
        column,
        id=inside[column.id],
        when=together(rows.when, Given(rows.id), own),
        required=column.required if isinstance(column.required, bool) else renamed(column.required, inside),
        check=None if column.check is None else renamed(column.check, inside),
        min=inside.get(column.min, column.min) if isinstance(column.min, str) else column.min,
        max=inside.get(column.max, column.max) if isinstance(column.max, str) else column.max,
    )


def _around(
    conditions: tuple[Condition, ...], declaration: Declaration, channels: tuple[str, ...]
) -> Iterable[Section]:
    """The channel and the entitlements as questions, when a condition asks for them."""
    names = {name for condition in conditions for name in condition.names()} - set(declaration.by_id)
    fields = []
    if "channel" in names:
        fields.append(_choice("channel", "choice", channels or CHANNELS))
    if "entitlements" in names:
        fields.append(_choice("entitlements", "choices", _mentioned(conditions, "entitlements")))
    if fields:
        yield Section(AROUND, Bilingual(AROUND), fields=tuple(fields))


def _choice(name: str, kind: str, options: Iterable[str]) -> Field:
    listed = tuple(Option(value, Bilingual(value)) for value in options)
    return Field(name, kind, Bilingual(name), required=kind == "choice", options=listed)


def _mentioned(conditions: Iterable[Condition], name: str) -> list[str]:
    from motcua.kernel.prover.mentions import mentions_of

    found = [str(value) for value in mentions_of(conditions).values.get(name, ())]
    return [*found, "none_of_these"]

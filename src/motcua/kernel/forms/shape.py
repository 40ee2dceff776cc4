"""The shape of a declaration: sections of fields, as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from motcua.kernel.conditions import Condition, FieldType, Label
from motcua.kernel.text import Bilingual

TYPES = (
    "text", "long_text", "name", "personal_number", "date", "number", "money", "area", "yes_no", "choice",
    "choices", "phone", "email", "address", "agency", "tax_code", "rows", "consent", "note",
)  # fmt: skip
SENSITIVITIES = ("open", "personal", "sensitive")
# What may stand in a column of rows: rows in rows would be a form that nobody can fill in on a telephone.
COLUMN_TYPES = tuple(kind for kind in TYPES if kind not in ("rows", "note", "consent"))
# The most characters of one answer. Longer ones are cut and told.
LENGTHS = {
    "text": 500, "long_text": 5000, "name": 100, "personal_number": 20, "phone": 30, "email": 254, "agency":
    100, "tax_code": 20,
}  # fmt: skip
ADDRESS_DETAIL_LENGTH = 300
ROWS_MAX = 100
# The commune code of a place outside the areas that an installation knows: its commune and province are then
# written
# in the detail. Without it somebody who lives elsewhere could not fill in her address.
ELSEWHERE = "00000"


@dataclass(frozen=True)
class Option:
    """One of the answers a person may choose."""

    value: str
    label: Bilingual


@dataclass(frozen=True)
class Field:
    """One question.

    `required` is a flag or a condition; `when` says for whom the field is asked (None: everybody). `min` and
    `max` are as in the pack: a number (value, length of a text, count of rows or choices), or for dates an
    ISO date, "today", "today-60" or the id of another field. `check` is a condition that the answers must
    fulfil, `message` what to say when they do not.
    """

    id: str
    type: str
    label: Bilingual
    help: Bilingual | None = None
    required: bool | Condition = False
    when: Condition | None = None
    options: tuple[Option, ...] = ()
    min: int | float | str | None = None
    max: int | float | str | None = None
    pattern: str | None = None
    sensitivity: str = "personal"
    prefill: str | None = None
    columns: tuple[Field, ...] = ()
    check: Condition | None = None
    message: Bilingual | None = None

    def option(self, value: object) -> Option | None:
        """The option with that value."""
        return next((option for option in self.options if option.value == value), None)

    def column(self, column_id: str) -> Field | None:
        """The column of a rows field."""
        return next((column for column in self.columns if column.id == column_id), None)

    @property
    def may_be_required(self) -> bool:
        """Whether the field can be required of somebody."""
        return self.required is not False

    @property
    def value_type(self) -> FieldType:
        """The type that conditions see."""
        return FieldType(self.type, tuple(option.value for option in self.options))


@dataclass(frozen=True)
class Section:
    """A few questions that belong together: one page of the form."""

    id: str
    title: Bilingual
    help: Bilingual | None = None
    when: Condition | None = None
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Declaration:
    """A whole electronic declaration (tờ khai điện tử). Field ids are unique over all sections.

    `papers` and `fees` are the rows of the pack, checked but unchanged: see `required_papers` and
    `motcua.kernel.money.fee_lines`.
    """

    sections: tuple[Section, ...]
    id: str = ""
    title: Bilingual = Bilingual("")
    papers: tuple[Mapping[str, Any], ...] = ()
    fees: tuple[Mapping[str, Any], ...] = ()
    sources: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    generic: bool = field(default=False)

    @cached_property
    def by_id(self) -> dict[str, tuple[Section, Field]]:
        """Section and field for each field id."""
        return {one.id: (section, one) for section in self.sections for one in section.fields}

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All fields in their order."""
        return tuple(one for section in self.sections for one in section.fields)

    @cached_property
    def types(self) -> dict[str, FieldType]:
        """The type of each name, for `Condition.problems`."""
        return {one.id: one.value_type for one in self.fields}

    @cached_property
    def labels(self) -> dict[str, Label]:
        """The labels of fields and options, for `Condition.sentence` and `.explain`."""
        return {
            one.id: Label(one.label, {option.value: option.label for option in one.options})
            for one in self.fields
        }

    @cached_property
    def asking_order(self) -> tuple[Field, ...]:
        """The fields so ordered that each stands after those its visibility asks for."""
        return _asking_order(self)

    def section(self, section_id: str) -> Section | None:
        """The section with that id."""
        return next((section for section in self.sections if section.id == section_id), None)

    def field(self, field_id: str) -> Field | None:
        """The field with that id."""
        found = self.by_id.get(field_id)
        return found[1] if found else None

    def section_of(self, field_id: str) -> Section | None:
        """The section in which a field stands."""
        found = self.by_id.get(field_id)
        return found[0] if found else None


def asked_names(section: Section, one: Field) -> frozenset[str]:
    """The names on which the visibility of a field depends."""
    names: frozenset[str] = frozenset()
    for condition in (section.when, one.when):
        if condition is not None:
            names |= condition.names()
    return names


def _asking_order(declaration: Declaration) -> tuple[Field, ...]:
    ordered: dict[str, Field] = {}
    waiting = list(declaration.fields)
    while waiting:
        ready = [
            one
            for one in waiting
            if all(
                name in ordered or name not in declaration.by_id
                for name in asked_names(declaration.by_id[one.id][0], one)
            )
        ]
        # A circle cannot come from a checked pack; a hand-made one is asked in the order of the page.
        for one in ready or waiting:
            ordered[one.id] = one
        waiting = [one for one in waiting if one.id not in ordered]
    return tuple(ordered.values())

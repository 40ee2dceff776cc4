"""A declaration on its way: which sections and questions this person sees, what she answered, what still needs work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from motcua.kernel.conditions import is_given
from motcua.kernel.forms.check import check, section_state
from motcua.kernel.forms.problems import FieldProblem
from motcua.kernel.forms.shape import Declaration, Field, Section
from motcua.kernel.forms.visibility import is_required, known_values, visible, visible_sections

SILENT = frozenset({"consent", "note"})


class Asking:
    """A declaration with answers, judged by the day `on`. For pages that show it section by section."""

    def __init__(self, declaration: Declaration, answers: Mapping[str, Any], on: date) -> None:
        self.declaration, self.on = declaration, on
        self.answers: dict[str, Any] = dict(answers)

    @cached_property
    def visible(self) -> set[str]:
        return visible(self.declaration, self.answers, self.on)

    @cached_property
    def _asked_sections(self) -> list[Section]:
        return visible_sections(self.declaration, self.answers, self.on)

    @cached_property
    def commitment(self) -> Section | None:
        """The last section when it only asks for consent: it stands under the answers, beside the button."""
        last = self._asked_sections[-1] if self._asked_sections else None
        if last is None or any(f.type not in SILENT for f in last.fields if f.id in self.visible):
            return None
        return last

    @cached_property
    def sections(self) -> list[Section]:
        """The sections to fill in, without the commitment."""
        return [section for section in self._asked_sections if section is not self.commitment]

    def section(self, section_id: str) -> Section | None:
        return next((section for section in self.sections if section.id == section_id), None)

    def after(self, section_id: str) -> Section | None:
        """The section that follows."""
        ids = [section.id for section in self.sections]
        place = ids.index(section_id) + 1 if section_id in ids else len(ids)
        return self.sections[place] if place < len(ids) else None

    @cached_property
    def problems(self) -> list[FieldProblem]:
        """Everything that keeps the sections from being complete; the commitment is given with the submission."""
        mine = {section.id for section in self.sections}
        return [one for one in check(self.declaration, self.answers, self.on) if one.section in mine]

    def problems_in(self, section_id: str) -> list[FieldProblem]:
        return [problem for problem in self.problems if problem.section == section_id]

    def state(self, section: Section) -> str:
        """todo | doing | done | fix, or "optional" where nothing is demanded and nothing was said."""
        found = section_state(self.declaration, self.answers, self.problems, section.id)
        begun = any(is_given(self.answers.get(field.id)) for field in self.fields(section))
        if found == "done" and not begun:
            return "optional"
        return "doing" if found == "todo" and begun else found

    def fields(self, section: Section) -> list[Field]:
        """The fields of the section that are asked now."""
        return [field for field in section.fields if field.id in self.visible]

    def controlling(self, section: Section) -> set[str]:
        """The fields of the section on which others of the same section depend."""
        names: set[str] = set()
        for field in section.fields:
            for condition in (field.when, None if isinstance(field.required, bool) else field.required):
                names |= condition.names() if condition is not None else frozenset()
        return names

    def required(self, field: Field) -> bool:
        return is_required(field, self._values, self.on)

    @cached_property
    def _values(self) -> dict[str, Any]:
        return known_values(self.declaration, self.answers, self.on)

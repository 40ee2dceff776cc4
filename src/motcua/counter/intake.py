"""Filling a declaration in at the desk: what is asked of this person, what is known already, what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from motcua.agencies import queries as agencies
from motcua.catalogue.rules import ProcedureView
from motcua.counter.verb_forms import paper_boxes
from motcua.dossiers import queries as dossiers
from motcua.foundation.ui.declared import said_problems, typed_texts
from motcua.kernel import conditions, forms, money
from motcua.kernel.conditions import is_given
from motcua.kernel.forms import FieldProblem
from motcua.kernel.text import fold

CHANNEL = "counter"
SHORT = ("text", "name", "personal_number", "tax_code", "date", "number", "money", "area", "phone", "email")


@dataclass(frozen=True)
class Part:
    """A section as it is drawn: what must be answered, what may be, and whether it can stay folded."""

    id: str
    title: Any
    required: tuple[dict[str, Any], ...]
    optional: tuple[dict[str, Any], ...]
    folded: bool


class Intake:
    """A declaration being filled in for somebody at the desk, judged on the day `on`."""

    def __init__(
        self,
        view: ProcedureView,
        answers: Mapping[str, Any],
        *,
        on: date,
        language: str,
        unreadable: list[FieldProblem] | None = None,
        judge: bool = False,
    ) -> None:
        self.view, self.answers, self.on, self.language = view, dict(answers), on, language
        self.declaration = view.declaration
        self.unreadable = list(unreadable or [])
        self.judge = judge

    @cached_property
    def visible(self) -> set[str]:
        return forms.visible(self.declaration, self.answers, self.on)

    @cached_property
    def found(self) -> list[FieldProblem]:
        """Everything that keeps it from being complete."""
        known = {problem.input for problem in self.unreadable}
        checked = forms.check(self.declaration, self.answers, self.on)
        return [*self.unreadable, *(problem for problem in checked if problem.input not in known)]

    @cached_property
    def problems(self) -> dict[str, str]:
        """Sentences by input name; before anything was sent only what could not be read."""
        shown = self.found if self.judge else self.unreadable
        return said_problems(self.declaration, shown, self.language)

    @property
    def typed(self) -> dict[str, str]:
        return typed_texts(self.unreadable)

    @cached_property
    def controls(self) -> set[str]:
        """The fields on which questions, papers or fees depend: when one changes, the page is drawn again."""
        names: set[str] = set()
        for section in self.declaration.sections:
            found = [section.when, *(f.when for f in section.fields)]
            found += [f.required for f in section.fields if not isinstance(f.required, bool)]
            names = names.union(*(condition.names() for condition in found if condition is not None))
        rows = [*self.view.paper_rows, *self.view.fee_rows]
        texts = [row.get(name) for row in rows for name in ("when", "required")]
        for text in texts:
            if isinstance(text, str) and text.strip():
                names |= conditions.parse(text).names()
        return (
            names | {"fee_cases", "paper_cases"} | {str(row.get("count")) for row in rows if row.get("count")}
        )

    @cached_property
    def parts(self) -> list[Part]:
        """The sections that ask something. One that is answered already and asks nothing wrong stays folded."""
        values = forms.known_values(self.declaration, self.answers, self.on)
        wrong = {problem.section for problem in self.found}
        parts = []
        for section in self.declaration.sections:
            asked = [field for field in section.fields if field.id in self.visible]
            if not asked:
                continue
            drawn = [
                {
                    "field": field,
                    "value": self.answers.get(field.id),
                    "required": forms.is_required(field, values, self.on),
                    "controls": field.id in self.controls,
                    "short": field.type in SHORT,
                }
                for field in asked
            ]
            must = tuple(
                d for d in drawn if d["required"] or d["field"].type == "note" or is_given(d["value"])
            )
            may = tuple(d for d in drawn if d not in must)
            given = any(is_given(d["value"]) for d in must)
            parts.append(Part(section.id, section.title, must, may, given and section.id not in wrong))
        return parts

    @cached_property
    def needs(self) -> list[forms.PaperNeed]:
        return dossiers.papers_needed(self.view, self.answers, self.on, channel=CHANNEL)

    def papers(self, typed: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The check list of papers. The form itself is the declaration: it may be handed over too, it need not."""
        needs = [replace(need, required=False) if self._is_form(need) else need for need in self.needs]
        return paper_boxes(needs, typed)

    @staticmethod
    def _is_form(need: forms.PaperNeed) -> bool:
        return need.required and need.type != "present_only" and not dossiers.must_upload(need)

    def missing(self, ticked: set[str]) -> list[forms.PaperNeed]:
        """Required papers that were not ticked."""
        return [n for n in self.needs if n.required and not self._is_form(n) and n.key not in ticked]

    @cached_property
    def _shown(self) -> dossiers.FeesShown:
        return dossiers.fees_shown(self.view, self.answers, self.on, CHANNEL)

    @property
    def fees(self) -> tuple[money.FeeLine, ...]:
        return self._shown.owed

    @cached_property
    def fees_open(self) -> bool:
        """Whether a fee hangs on a question of this page that nobody has answered yet: then nothing is not nought."""
        if any(not line.decided for line in self._shown.lines):
            return True
        there = {line.key for line in self._shown.lines}
        names: set[str] = set()
        for place, row in enumerate(self.view.fee_rows, 1):
            if row.get("when") and str(row.get("key") or f"fee-{place}") not in there:
                names |= conditions.parse(str(row["when"])).names()
        return any(name in self.visible and not is_given(self.answers.get(name)) for name in names)

    @property
    def total(self) -> money.FeeTotal:
        return money.total(self.fees)


def facts_for_form(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of the visitor, keyed as forms ask for it (`kernel.forms.FACTS`)."""
    return {f"applicant.{name}": value for name, value in facts.items() if value and name != "tax_code"}


def placed(facts: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The facts, the address of a card with its commune where it names one that stands here on the day.

    A card has the address as one text, smallest place first, and no code. It names one of ours only when it ends with
    our province; the officer sees what was chosen and changes it where places were renamed since.
    """
    text = facts.get("address")
    if not isinstance(text, str) or not text.strip():
        return dict(facts)
    parts = [part.strip() for part in text.split(",") if part.strip()]
    ours = {
        bare_name(area.name_vi): area.code
        for area in agencies.communes(on)
        if (province := agencies.area(area.parent_code or "", on))
        and bare_name(province.name_vi) == bare_name(parts[-1])
    }
    for place, part in enumerate(parts[1:], 1):
        if code := ours.get(bare_name(part)):
            return {**facts, "address": {"commune_code": code, "detail": ", ".join(parts[:place])}}
    return dict(facts)


def bare_name(name: str) -> str:
    """The name of a place without marks and without its kind: "phường Bãi Cháy" and "Bãi Cháy" are one."""
    folded = fold(name)
    for kind in ("thanh pho ", "tinh ", "phuong ", "thi tran ", "xa ", "dac khu "):
        folded = folded.removeprefix(kind)
    return folded.strip()


def begin(view: ProcedureView, facts: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The answers to start with: the visitor's own facts, and the usual answer at a counter where there is one."""
    answers = forms.prefill(view.declaration, facts_for_form(placed(facts, on)))
    for name, usual in (("applicant_kind", "self"), ("result_delivery", "counter")):
        field = view.declaration.field(name)
        if field is not None and field.option(usual) and name not in answers:
            answers[name] = usual
    for field in view.declaration.fields:
        # A card has no code of the commune. Half an address helps only where the other half is asked for anyway.
        if field.type == "address" and field.required is False and not _whole(answers.get(field.id)):
            answers.pop(field.id, None)
    return answers


def _whole(address: Any) -> bool:
    return isinstance(address, Mapping) and bool(address.get("commune_code") and address.get("detail"))

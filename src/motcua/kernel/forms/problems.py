"""A problem with an answer, and its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as with_default
from datetime import date
from typing import Any

from motcua.kernel.conditions import as_date
from motcua.kernel.forms.shape import Declaration, Field
from motcua.kernel.forms.words import WORDS
from motcua.kernel.identifiers import WORDS as IDENTIFIER_WORDS
from motcua.kernel.money import dong
from motcua.kernel.text import Bilingual

# "Not answered yet" is told apart from "answered wrongly": a section that is merely not done is not to be
# repaired.
MISSING = frozenset(("required", "required_choice", "required_consent", "required_rows"))


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with an answer.

    `params` are JSON-able; in rows they carry `row` (place in the list of answers), `column` and
    `posted_row`. `params["found"]` is the text as typed, when it could not be read.
    """

    section: str
    field: str
    code: str
    params: Mapping[str, Any] = with_default(default_factory=dict)

    @property
    def input(self) -> str:
        """The name of the HTML input to which an error summary links."""
        if "column" in self.params:
            return f"{self.field}-{self.params.get('posted_row', self.params.get('row', 0))}-{self.params['column']}"
        part = self.params.get("part")
        return f"{self.field}-{part}" if part else self.field

    @property
    def missing(self) -> bool:
        """Whether something is merely not answered yet."""
        return self.code in MISSING


def problem_text(problem: FieldProblem, declaration: Declaration, lang: str = "vi") -> str:
    """The sentence for a problem in "vi" or "en": what is wrong and how to put it right."""
    one = declaration.field(problem.field)
    column = one.column(str(problem.params.get("column", ""))) if one else None
    about = column or one
    if problem.code == "check" and about and about.message:
        sentence = about.message.say(lang)
    else:
        template = WORDS.get(problem.code) or IDENTIFIER_WORDS.get(problem.code) or WORDS["wrong"]
        sentence = template.say(lang).format_map(_Said(_said(problem, about, declaration, lang)))
    if column and "row" in problem.params:
        place = (
            WORDS["row"]
            .say(lang)
            .format(label=one.label.say(lang) if one else "", row=problem.params["row"] + 1)
        )
        return f"{place}: {sentence}"
    return sentence


class _Said(dict):
    """A sentence with a parameter too few is still a sentence."""

    def __missing__(self, key: str) -> str:
        return "…"


def _said(problem: FieldProblem, about: Field | None, declaration: Declaration, lang: str) -> dict[str, str]:
    said = {"label": about.label.say(lang) if about else problem.field}
    for name, value in problem.params.items():
        said[name] = _say(value, about, lang)
    other = declaration.field(str(problem.params.get("other", "")))
    if other:
        said["other"] = other.label.say(lang)
    return said


def _say(value: Any, about: Field | None, lang: str) -> str:
    day = as_date(value)
    if day:
        return say_day(day)
    if isinstance(value, int) and not isinstance(value, bool):
        is_money = about is not None and about.type == "money"
        return dong(value, lang) if is_money else f"{value:,}".replace(",", "." if lang == "vi" else ",")
    if isinstance(value, float):
        return f"{value:g}".replace(".", "," if lang == "vi" else ".")
    return str(value)[:200]


def say_day(day: date) -> str:
    """A date as people write it here, in both languages: 21/11/2026."""
    return f"{day:%d/%m/%Y}"


def sentence_for(code: str) -> Bilingual:
    """The template of a problem code."""
    return WORDS.get(code) or IDENTIFIER_WORDS[code]

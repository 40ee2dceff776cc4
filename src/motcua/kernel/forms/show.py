"""Answers as people read them: on the check page, on the dossier page, in print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.kernel.conditions import as_date, is_given
from motcua.kernel.forms.problems import say_day
from motcua.kernel.forms.shape import ELSEWHERE, Declaration, Field
from motcua.kernel.forms.visibility import visible
from motcua.kernel.forms.words import WORDS
from motcua.kernel.money import dong

# From ("commune" or "agency", code) to a name; None or "" when there is none.
Names = Callable[[str, str], str | None]


@dataclass(frozen=True)
class ShownField:
    """A question and its answer in words. `text` is "" when nothing was answered."""

    id: str
    label: str
    text: str
    type: str
    sensitivity: str


@dataclass(frozen=True)
class ShownSection:
    """A section with its shown fields."""

    id: str
    title: str
    fields: tuple[ShownField, ...]


def shown(
    declaration: Declaration,
    answers: Mapping[str, Any],
    lang: str,
    today: date,
    names: Names | None = None,
) -> list[tuple[str, list[tuple[str, str]]]]:
    """`[(section title, [(label, text)])]` of all asked and answered questions, in "vi" or "en".

    `names` turns commune and agency codes into names. Rows are one text with a line for each row.
    """
    return [
        (section.title, [(one.label, one.text) for one in section.fields])
        for section in shown_sections(declaration, answers, lang, today, names)
    ]


def shown_sections(
    declaration: Declaration,
    answers: Mapping[str, Any],
    lang: str,
    today: date,
    names: Names | None = None,
    blanks: bool = False,
) -> list[ShownSection]:
    """As `shown`, with the ids that links need; with `blanks` the asked but unanswered questions too."""
    asked = visible(declaration, answers, today)
    sections = []
    for section in declaration.sections:
        fields = tuple(
            ShownField(
                one.id,
                one.label.say(lang),
                say(one, answers.get(one.id), lang, names),
                one.type,
                one.sensitivity,
            )
            for one in section.fields
            if one.id in asked and one.type != "note" and (blanks or is_given(answers.get(one.id)))
        )
        if fields:
            sections.append(ShownSection(section.id, section.title.say(lang), fields))
    return sections


def say(one: Field, value: Any, lang: str, names: Names | None = None) -> str:
    """One answer in words; "" for no answer. Total: an answer of a wrong type is shown as plain text."""
    if not is_given(value):
        return ""
    match one.type:
        case "date":
            day = as_date(value)
            return say_day(day) if day else _plain(value)
        case "money" if isinstance(value, int):
            return dong(value, lang)
        case "number" | "area" if isinstance(value, int | float):
            return _number(value, lang) + (" m²" if one.type == "area" else "")
        case "yes_no" | "consent":
            return WORDS["no" if value is False else "agreed" if one.type == "consent" else "yes"].say(lang)
        case "choice":
            option = one.option(value)
            return option.label.say(lang) if option else _plain(value)
        case "choices" if isinstance(value, list):
            labels = [one.option(each) for each in value]
            return "; ".join(found.label.say(lang) for found in labels if found)
        case "address" if isinstance(value, Mapping):
            return _address(value, names)
        case "agency":
            return (names("agency", str(value)) if names else None) or _plain(value)
        case "phone" if isinstance(value, str) and len(value) == 10 and value.startswith("0"):
            return f"{value[:4]} {value[4:7]} {value[7:]}"
        case "rows" if isinstance(value, list):
            return "\n".join(
                f"{place}. {_row(one, row, lang, names)}" for place, row in enumerate(value, start=1)
            )
    return _plain(value)


def _row(one: Field, row: Any, lang: str, names: Names | None) -> str:
    if not isinstance(row, Mapping):
        return _plain(row)
    cells = ((column, say(column, row.get(column.id), lang, names)) for column in one.columns)
    return "; ".join(f"{column.label.say(lang)}: {text}" for column, text in cells if text)


def _address(value: Mapping[str, Any], names: Names | None) -> str:
    code = str(value.get("commune_code") or "")
    commune = "" if code == ELSEWHERE else (names("commune", code) if names and code else None) or code
    return ", ".join(part for part in (str(value.get("detail") or ""), commune) if part)


def _number(value: int | float, lang: str) -> str:
    english = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")
    return english.translate(str.maketrans(",.", ".,")) if lang == "vi" else english


def _plain(value: Any) -> str:
    return str(value)[:5000]

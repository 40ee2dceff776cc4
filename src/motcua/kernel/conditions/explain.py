"""Why is a condition true or false of somebody? Only the parts that decided it are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any as Anything

from motcua.kernel.conditions.evaluate import holds, is_given, value_of
from motcua.kernel.conditions.sentence import Speaker
from motcua.kernel.conditions.tree import All, Any, Call, Compare, Condition, Name, Not, OneOf, Term

_TEXTS = {
    "vi": {
        True: "Đúng, vì {}.",
        False: "Chưa đúng, vì {}.",
        "yes": "{clause}",
        "no": "{clause}: không",
        "found": " (hiện là {})",
        "missing": " (chưa khai {})",
    },
    "en": {
        True: "True, because {}.",
        False: "Not true, because {}.",
        "yes": "{clause}",
        "no": "{clause}: no",
        "found": " (it is {})",
        "missing": " ({} is not filled in)",
    },
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether the condition holds, the deciding reasons as clauses, and all of it as one sentence (`text`)."""

    holds: bool
    reasons: tuple[str, ...]
    text: str

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return self.holds


def explain(
    condition: Condition,
    values: Mapping[str, Anything],
    today: date,
    labels: Mapping[str, Anything],
    lang: str,
) -> Explanation:
    """The explanation in "vi" or "en". Total, like `holds`."""
    speaker = Speaker(labels, lang)
    texts = _TEXTS[speaker.lang]
    result = holds(condition, values, today)
    reasons = tuple(
        dict.fromkeys(
            _reason(leaf, truth, values, today, speaker)
            for leaf, truth in _deciding(condition, values, today)
        )
    )
    return Explanation(result, reasons, texts[result].format("; ".join(reasons)))


def _deciding(
    condition: Condition, values: Mapping[str, Anything], today: date
) -> Iterator[tuple[Condition, bool]]:
    """The smallest conditions that decided the result, with their own truth."""
    match condition:
        case Not(part):
            yield from _deciding(part, values, today)
        case All(parts) | Any(parts):
            result = holds(condition, values, today)
            for part in parts:
                if holds(part, values, today) == result:
                    yield from _deciding(part, values, today)
        case _:
            yield condition, holds(condition, values, today)


def _reason(
    leaf: Condition, truth: bool, values: Mapping[str, Anything], today: date, speaker: Speaker
) -> str:
    texts = _TEXTS[speaker.lang]
    negated = Not(leaf)
    if truth:
        clause = speaker.clause(leaf)
    elif isinstance(leaf, Compare | OneOf):
        clause = texts["no"].format(clause=speaker.clause(leaf))
    else:
        clause = speaker.clause(negated)
    return clause + _found(leaf, truth, values, today, speaker)


def _found(
    leaf: Condition, truth: bool, values: Mapping[str, Anything], today: date, speaker: Speaker
) -> str:
    if not isinstance(leaf, Compare | OneOf) or not isinstance(leaf.left, Name | Call):
        return ""
    texts = _TEXTS[speaker.lang]
    asked: list[Term] = [leaf.left, *([leaf.right] if isinstance(leaf, Compare) else [])]
    for term in asked:
        if (
            isinstance(term, Name | Call)
            and value_of(term, values, today) is None
            or (isinstance(term, Name) and not is_given(values.get(term.name)))
        ):
            return texts["missing"].format(speaker.name(term.name))
    if truth and isinstance(leaf, Compare) and leaf.op == "=" and isinstance(leaf.left, Name):
        return ""
    about = leaf.left.name if isinstance(leaf.left, Name) else ""
    return texts["found"].format(speaker.value(value_of(leaf.left, values, today), about))

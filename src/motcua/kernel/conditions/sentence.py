"""Conditions as people say them, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any as Anything

from motcua.kernel.conditions.evaluate import as_date
from motcua.kernel.conditions.tree import (
    All,
    Always,
    Any,
    Call,
    Compare,
    Condition,
    Given,
    Name,
    Never,
    Not,
    OneOf,
    Term,
    Today,
    Value,
)
from motcua.kernel.text import Bilingual


@dataclass(frozen=True, slots=True)
class Label:
    """How people call a field, and its options."""

    text: Bilingual
    options: Mapping[str, Bilingual] = field(default_factory=dict)

    @classmethod
    def of(cls, value: Anything, name: str) -> Label:
        """A label from a `Label`, a `Bilingual`, a `{vi, en}` mapping or a text; the bare name when there is none."""
        if isinstance(value, Label):
            return value
        return cls(Bilingual.of(value) or Bilingual(name))


_WORDS = {
    "vi": {
        "always": "trong mọi trường hợp",
        "never": "không trong trường hợp nào",
        "and": " và ",
        "or": " hoặc ",
        "not": "không phải ({})",
        "given": "đã khai {}",
        "empty": "chưa khai {}",
        "age": "số tuổi theo {}",
        "days_since": "số ngày kể từ {}",
        "count": "số mục trong {}",
        "today": "hôm nay",
        "before": "ngày cách đây {} ngày",
        "after": "ngày sau đây {} ngày",
        "true": "Có",
        "false": "Không",
        "answered": "{} trả lời {}",
        "not_answered": "{} không trả lời {}",
        "one_of": "{} là {}",
        "not_one_of": "{} không phải là {}",
        "=": "{} là {}",
        "!=": "{} khác {}",
        "<": "{} nhỏ hơn {}",
        "<=": "{} không quá {}",
        ">": "{} lớn hơn {}",
        ">=": "{} từ {} trở lên",
        "<day": "{} trước {}",
        "<=day": "{} không sau {}",
        ">day": "{} sau {}",
        ">=day": "{} từ {} trở đi",
    },
    "en": {
        "always": "in every case",
        "never": "in no case",
        "and": " and ",
        "or": " or ",
        "not": "not ({})",
        "given": "{} is filled in",
        "empty": "{} is not filled in",
        "age": "the age by {}",
        "days_since": "the number of days since {}",
        "count": "the number of entries in {}",
        "today": "today",
        "before": "the day {} days ago",
        "after": "the day {} days from now",
        "true": "Yes",
        "false": "No",
        "answered": "{} is answered {}",
        "not_answered": "{} is not answered {}",
        "one_of": "{} is {}",
        "not_one_of": "{} is not {}",
        "=": "{} is {}",
        "!=": "{} is not {}",
        "<": "{} is less than {}",
        "<=": "{} is at most {}",
        ">": "{} is more than {}",
        ">=": "{} is at least {}",
        "<day": "{} is before {}",
        "<=day": "{} is not after {}",
        ">day": "{} is after {}",
        ">=day": "{} is not before {}",
    },
}


def sentence(condition: Condition, labels: Mapping[str, Anything], lang: str = "vi") -> str:
    """The condition as a clause without capital and full stop. Unlabelled names and options stand as they are."""
    return Speaker(labels, lang).clause(condition)


class Speaker:
    """Says conditions and values with the labels of one form in one language."""

    def __init__(self, labels: Mapping[str, Anything], lang: str) -> None:
        self.labels = labels
        self.lang = lang if lang in _WORDS else "vi"
        self.words = _WORDS[self.lang]

    def clause(self, condition: Condition) -> str:
        words = self.words
        match condition:
            case Always():
                return words["always"]
            case Never():
                return words["never"]
            case Given(name):
                return words["given"].format(self.name(name))
            case Not(Given(name)):
                return words["empty"].format(self.name(name))
            case Not(OneOf(left, values)):
                return words["not_one_of"].format(self.term(left), self.choice_of(left, values))
            case Not(part):
                return words["not"].format(self.clause(part))
            case All(parts):
                return words["and"].join(self.inside(part) for part in parts) or words["always"]
            case Any(parts):
                return words["or"].join(self.inside(part) for part in parts) or words["never"]
            case OneOf(left, values):
                return words["one_of"].format(self.term(left), self.choice_of(left, values))
            case Compare(left, op, right):
                return self.comparison(left, op, right)
        return str(condition)

    def inside(self, part: Condition) -> str:
        return f"({self.clause(part)})" if isinstance(part, All | Any) else self.clause(part)

    def comparison(self, left: Term, op: str, right: Term) -> str:
        if isinstance(right, Value) and isinstance(right.value, bool) and op in ("=", "!="):
            form = "answered" if op == "=" else "not_answered"
            return self.words[form].format(self.term(left), self.value(right.value))
        is_day = isinstance(right, Today) or (isinstance(right, Value) and isinstance(right.value, date))
        form = self.words.get(f"{op}day" if is_day else op) or self.words[op]
        return form.format(self.term(left), self.term(right, _name_of(left)))

    def choice_of(self, left: Term, values: tuple[Value, ...]) -> str:
        said = [self.value(value.value, _name_of(left)) for value in values]
        return (
            said[0] if len(said) == 1 else ", ".join(said[:-1]) + self.words["or"] + said[-1] if said else "…"
        )

    def term(self, term: Term, about: str = "") -> str:
        match term:
            case Name(name):
                return self.name(name)
            case Call(function, name):
                return self.words[function].format(self.name(name))
            case Today(days):
                form = "today" if not days else "before" if days < 0 else "after"
                return self.words[form].format(abs(days))
            case Value(value):
                return self.value(value, about)
        return str(term)

    def name(self, name: str) -> str:
        """The label of a field in quotation marks."""
        return f"“{Label.of(self.labels.get(name), name).text.say(self.lang)}”"

    def value(self, value: Anything, about: str = "") -> str:
        """A value as people write it; `about` is the field whose option labels apply."""
        if isinstance(value, bool):
            return f"“{self.words['true' if value else 'false']}”"
        if isinstance(value, int):
            return f"{value:,}".replace(",", "." if self.lang == "vi" else ",")
        if isinstance(value, float):
            return f"{value:g}".replace(".", "," if self.lang == "vi" else ".")
        if isinstance(value, list | tuple):
            return ", ".join(
                self.value(one, about) for one in value[:20] if not isinstance(one, list | tuple | dict)
            )
        if isinstance(value, str):
            label = Label.of(self.labels.get(about), about).options.get(value)
            if label:
                return f"“{Bilingual.of(label).say(self.lang)}”"
        day = as_date(value)
        return f"{day:%d/%m/%Y}" if day else f"“{str(value)[:200]}”"


def _name_of(term: Term) -> str:
    return term.name if isinstance(term, Name) else ""

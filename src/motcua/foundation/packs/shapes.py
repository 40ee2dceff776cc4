"""Small building blocks that say what a pack document may look like.

A shape looks at one value and reports what it does not accept: where, what was found, and what is allowed, in
both languages. Every problem is reported; nothing stops at the first.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from motcua.foundation.packs.problems import Place, Words, show_value


@dataclass
class Findings:
    """Collects what shapes report. `partial` is set for an overlay: its missing keys come from below."""

    partial: bool = False
    rows: list[tuple[Place, str, Words]] = field(default_factory=list)

    def add(self, place: Place, code: str, vi: str, en: str) -> None:
        self.rows.append((place, code, (vi, en)))

    def wrong(self, place: Place, found: Any, allowed: Words) -> None:
        shown = show_value(found)
        self.add(place, "wrong", f"thấy {shown}, nhưng {allowed[0]}.", f"found {shown}, but {allowed[1]}.")


class Shape(Protocol):
    """Anything that can look at a value."""

    def check(self, value: Any, place: Place, findings: Findings) -> None: ...


@dataclass(frozen=True)
class Text:
    """Text that is not blank."""

    length_max: int = 4000
    pattern: str = ""
    allowed: Words = ("đây phải là chữ", "this is text")

    def check(self, value: Any, place: Place, findings: Findings) -> None:
        if not isinstance(value, str) or not value.strip():
            findings.wrong(place, value, self.allowed)
        elif len(value) > self.length_max:
            most = self.length_max
            words = (f"chữ ở đây dài không quá {most} ký tự", f"this text has at most {most} characters")
            findings.wrong(place, value, words)
        elif self.pattern and not re.fullmatch(self.pattern, value):
            findings.wrong(place, value, self.allowed)


@dataclass(frozen=True)
class Whole:
    """A whole number within bounds. `allowed` says it in words."""

    least: int = 0
    most: int = 10**12
    allowed: Words = ("đây phải là số nguyên từ 0 trở lên", "this is a whole number, 0 or more")

    def check(self, value: Any, place: Place, findings: Findings) -> None:
        if type(value) is not int or not self.least <= value <= self.most:
            findings.wrong(place, value, self.allowed)


@dataclass(frozen=True)
class Number:
    """A number, whole or decimal, within bounds."""

    least: float = 0
    most: float = 1e12
    allowed: Words = ("đây phải là số từ 0 trở lên", "this is a number, 0 or more")

    def check(self, value: Any, place: Place, findings: Findings) -> None:
        if type(value) not in (int, float) or not self.least <= value <= self.most:
            findings.wrong(place, value, self.allowed)


@dataclass(frozen=True)
class Truth:
    """true or false."""

    def check(self, value: Any, place: Place, findings: Findings) -> None:
        if not isinstance(value, bool):
            findings.wrong(place, value, ("đây phải là true hoặc false", "this is true or false"))


@dataclass(frozen=True)
class Day:
    """An ISO date, as text."""

    def check(self, value: Any, place: Place, findings: Findings) -> None:
        if day_of(value) is None:
            findings.wrong(place, value, ("ngày viết như 2026-07-01", "a date is written like 2026-07-01"))


@dataclass(frozen=True)
class OneOf:
    """One of a few words."""

    words: tuple[str, ...]

    def check(self, value: Any, place: Place, findings: Findings) -> None:
        if not isinstance(value, str) or value not in self.words:
            listed = ", ".join(self.words)
            close = difflib.get_close_matches(str(value), self.words, 1)
            vi, en = (f" (có phải {close[0]}?)", f" (did you mean {close[0]}?)") if close else ("", "")
            findings.wrong(place, value, (f"chỉ được ghi {listed}{vi}", f"this is one of {listed}{en}"))


@dataclass(frozen=True)
class Maybe:
    """null, or the shape within."""

    shape: Shape

    def check(self, value: Any, place: Place, findings: Findings) -> None:
        if value is not None:
            self.shape.check(value, place, findings)


@dataclass(frozen=True)
class Anything:
    """Any value; somebody else looks at it."""

    def check(self, value: Any, place: Place, findings: Findings) -> None:
        return None


@dataclass(frozen=True)
class Doubt:
    """`unverified`: true, false, or what exactly is in doubt."""

    def check(self, value: Any, place: Place, findings: Findings) -> None:
        if isinstance(value, bool):
            return
        Many(Text()).check(value, place, findings)


@dataclass(frozen=True)
class Many:
    """A list. `unique` names the key by which items are told apart."""

    shape: Shape
    least: int = 0
    unique: str = ""

    def check(self, value: Any, place: Place, findings: Findings) -> None:
        if not isinstance(value, list):
            findings.wrong(place, value, ("đây phải là danh sách", "this is a list"))
            return
        if len(value) < self.least:
            vi, en = f"danh sách cần ít nhất {self.least} mục", f"this list needs {self.least} or more items"
            findings.wrong(place, value, (vi, en))
        for number, item in enumerate(value):
            self.shape.check(item, (*place, number), findings)
        if self.unique:
            self._check_unique(value, place, findings)

    def _check_unique(self, items: list, place: Place, findings: Findings) -> None:
        seen: set[str] = set()
        for number, item in enumerate(items):
            name = item.get(self.unique) if isinstance(item, dict) else None
            if not isinstance(name, str):
                continue
            if name in seen:
                here = (*place, number, self.unique)
                shown = show_value(name)
                findings.add(here, "duplicate", f"thấy {shown} hai lần.", f"found {shown} twice.")
            seen.add(name)


@dataclass(frozen=True)
class Record:
    """A mapping with known keys. `removable` items may be `{key: …, remove: true}` in an overlay."""

    required: Mapping[str, Shape]
    optional: Mapping[str, Shape] = field(default_factory=dict)
    name: str = ""

    def check(self, value: Any, place: Place, findings: Findings) -> None:
        if not isinstance(value, dict):
            words = ("đây phải là một nhóm khóa", "this is a group of keys")
            findings.wrong(place, value, words)
            return
        if findings.partial and value.get("remove") is True:
            return
        meant: set[str] = set()
        for key in value:
            shape = self.required.get(key) or self.optional.get(key)
            if shape is None:
                meant.update(self._unknown(key, value, (*place, key), findings))
            else:
                shape.check(value[key], (*place, key), findings)
        if findings.partial:
            return
        for key in self.required:
            if key not in value and key not in meant:  # a mistyped key is one fault, not two
                vi, en = f"thiếu khóa “{key}”.", f"the key “{key}” is missing."
                findings.add((*place, key), "missing", vi, en)

    def _unknown(self, key: str, value: dict, place: Place, findings: Findings) -> list[str]:
        known = [*self.required, *self.optional]
        close = difflib.get_close_matches(key, [name for name in known if name not in value], 1)
        vi = f"có phải “{close[0]}”?" if close else f"chỉ có {', '.join(known)}."
        en = f"did you mean “{close[0]}”?" if close else f"known: {', '.join(known)}."
        vi, en = f"thấy khóa lạ “{key}”; {vi}", f"found the unknown key “{key}”; {en}"
        findings.add(place, "unknown_key", vi, en)
        return close


@dataclass(frozen=True)
class Table:
    """A mapping whose keys follow one shape and whose values follow another."""

    keys: Shape
    values: Shape
    least: int = 0

    def check(self, value: Any, place: Place, findings: Findings) -> None:
        if not isinstance(value, dict) or len(value) < self.least:
            findings.wrong(place, value, ("đây phải là một bảng có khóa", "this is a table with keys"))
            return
        for key, item in value.items():
            self.keys.check(key, (*place, key), findings)
            self.values.check(item, (*place, key), findings)


@dataclass(frozen=True)
class ByType:
    """Different shapes for different kinds of value, e.g. a word or a list of dated words."""

    of_list: Shape
    otherwise: Shape

    def check(self, value: Any, place: Place, findings: Findings) -> None:
        (self.of_list if isinstance(value, list) else self.otherwise).check(value, place, findings)


@dataclass(frozen=True)
class And:
    """A shape, and then a rule that looks at the whole value when the shape found nothing."""

    shape: Shape
    rule: Callable[[Any, Place, Findings], None]

    def check(self, value: Any, place: Place, findings: Findings) -> None:
        before = len(findings.rows)
        self.shape.check(value, place, findings)
        if len(findings.rows) == before:
            self.rule(value, place, findings)


def day_of(value: Any) -> date | None:
    """The date that an ISO text names, or None."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


SLUG = Text(
    80,
    r"[a-z0-9]+(?:-[a-z0-9]+)*",
    ("mã viết bằng chữ thường, số và gạch nối", "a slug is lower-case letters, digits and hyphens"),
)
BOTH_LANGUAGES = Record({"vi": Text(), "en": Text()})

"""Collecting what is wrong in pack data, so that all of it is told at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.kernel.conditions import Condition, ConditionError, FieldType, parse
from motcua.kernel.text import Bilingual


@dataclass(frozen=True)
class Fault:
    """One thing wrong in pack data: where (`sections[2].fields[0].type`), what stands there, what may stand there."""

    path: str
    found: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.path}: found {self.found}, allowed: {self.allowed}"


class FormProblem(ValueError):
    """Pack data that are no declaration. `problems` holds every `Fault`; the text tells them line by line."""

    def __init__(self, problems: Sequence[Fault]) -> None:
        super().__init__(tuple(problems))
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class Faults:
    """A list of faults and the small questions that fill it. Each answers a usable value, whatever was found."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, path: str, found: Any, allowed: str) -> None:
        """Add a fault; `found` is the value that stands there."""
        self.tell(path, _printed(found), allowed)

    def tell(self, path: str, found: str, allowed: str) -> None:
        """Add a fault; `found` is already in words."""
        self.found.append(Fault(path, found, allowed))

    def mapping(self, value: Any, path: str) -> Mapping[str, Any]:
        if isinstance(value, Mapping):
            return value
        self.add(path or "the document", value, "keys with values")
        return {}

    def sequence(self, value: Any, path: str, *, filled: bool = False) -> Sequence[Any]:
        if value is None and not filled:
            return ()
        if not isinstance(value, list | tuple):
            self.add(path, value, "a list")
            return ()
        if filled and not value:
            self.tell(path, "an empty list", "at least one")
        return value

    def known_keys(self, value: Mapping[str, Any], path: str, keys: Sequence[str]) -> None:
        for key in value:
            if key not in keys:
                self.add(f"{path}.{key}", str(key), f"one of {', '.join(keys)}")

    def words(self, value: Any, path: str) -> Bilingual:
        """A text in two languages; Vietnamese must be there, English may be missing."""
        if isinstance(value, Mapping):
            for key in value:
                if key not in ("vi", "en"):
                    self.add(f"{path}.{key}", str(key), "vi and en")
            vi, en = value.get("vi"), value.get("en")
            if isinstance(vi, str) and vi.strip() and isinstance(en, str | None):
                return Bilingual.of(value)
        elif isinstance(value, str) and value.strip():
            return Bilingual.of(value)
        self.add(path, value, "a text as {vi: …, en: …}")
        return Bilingual("")

    def identifier(self, value: Any, path: str, form: re.Pattern[str]) -> str:
        if isinstance(value, str) and form.fullmatch(value):
            return value
        hint = (
            "; quote it, for YAML reads it as another type" if isinstance(value, bool | int | float) else ""
        )
        self.add(path, value, f"small letters, digits and _, such as birth_on{hint}")
        return str(value) if isinstance(value, str) else ""

    def one_of(self, value: Any, path: str, allowed: Sequence[str]) -> str:
        if isinstance(value, str) and value in allowed:
            return value
        self.add(path, value, ", ".join(allowed))
        return ""

    def condition(self, value: Any, path: str) -> Condition | None:
        """The condition of a text; None when there is none or it cannot be read."""
        if value is None:
            return None
        if isinstance(value, bool):
            return parse("always" if value else "never")
        if not isinstance(value, str):
            self.add(path, value, "a condition as text")
            return None
        try:
            return parse(value)
        except ConditionError as error:
            self.tell(
                path, f"{error.found} at character {error.position + 1} of {value[:200]!r}", error.allowed
            )
            return None

    def meaning(self, condition: Condition | None, path: str, types: Mapping[str, FieldType]) -> None:
        """Add what the condition cannot mean, given the types of all names."""
        if condition is not None:
            for problem in condition.problems(types):
                self.tell(path, f"{problem.name}: {problem.found}", problem.allowed)


def _printed(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return f'"{value[:200]}"' if "\n" not in value else repr(value[:200])
    return type(value).__name__ if isinstance(value, Mapping | list | tuple) else repr(value)[:200]

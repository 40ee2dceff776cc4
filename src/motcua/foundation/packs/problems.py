"""What is wrong in a pack: one place, one sentence in each language, and a code for machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# A place inside a document: keys and list positions (from 0), outermost first.
Place = tuple[str | int, ...]
# The same words in Vietnamese and in English.
Words = tuple[str, str]

SHOWN_MAX = 80


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `line` counts from 1; `place` is empty when the whole file is meant.

    Codes: syntax, encoding, unreadable, name, duplicate, missing, unknown_key, wrong, reference, condition,
    layer.
    """

    file: str
    line: int
    place: Place
    code: str
    vi: str
    en: str

    def say(self, lang: str = "vi") -> str:
        """One line: `packs/national/procedures/x.yaml:7 time_limit.value: found -1, but …`."""
        where = show_place(self.place)
        sentence = self.en if lang == "en" else self.vi
        return f"{self.file}:{self.line} {where + ': ' if where else ''}{sentence}"

    def to_data(self, lang: str = "vi") -> dict[str, Any]:
        """The problem as plain data, for `--json`."""
        return {
            "file": self.file,
            "line": self.line,
            "path": show_place(self.place),
            "code": self.code,
            "message": self.en if lang == "en" else self.vi,
        }


class PacksBroken(Exception):
    """Packs that cannot be used. `problems` holds every one of them; the text tells them all."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(problem.say("en") for problem in problems))
        self.problems = problems


def show_place(place: Place) -> str:
    """`("fees", 0, "key")` as `fees[1].key`: people count from one."""
    text = ""
    for part in place:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else part
    return text


def show_value(value: Any) -> str:
    """A found value, short enough for a sentence."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{…}" if value else "{}"
    if isinstance(value, list):
        return "[…]" if value else "[]"
    text = value if isinstance(value, str) else repr(value)
    if len(text) > SHOWN_MAX:
        text = text[: SHOWN_MAX - 1] + "…"
    return f"“{text}”" if isinstance(value, str) else text

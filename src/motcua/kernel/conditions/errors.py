"""Why a condition cannot be read, and what is wrong with one that can."""

from __future__ import annotations

from dataclasses import dataclass


class ConditionError(ValueError):
    """A condition text that cannot be read.

    `text` is the whole text, `position` the place (0 = first character), `found` what stands there, `allowed`
    what might stand there.
    """

    def __init__(self, text: str, position: int, found: str, allowed: str) -> None:
        super().__init__(text, position, found, allowed)
        self.text = text
        self.position = position
        self.found = found
        self.allowed = allowed

    def __str__(self) -> str:
        place = f"at character {self.position + 1} of {self.text[:200]!r}"
        return f"{place}: found {self.found}, allowed: {self.allowed}"


@dataclass(frozen=True, slots=True)
class ConditionProblem:
    """Something in a readable condition that cannot be meant, given the fields that exist.

    Codes: unknown_name, unknown_option, type_mismatch.
    """

    code: str
    name: str
    found: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.name}: found {self.found}, allowed: {self.allowed}"

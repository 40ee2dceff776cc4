"""The syntax tree of conditions: a few frozen classes, made to be walked.

A condition is one of `Always`, `Never`, `Not(part)`, `All(parts)`, `Any(parts)`, `Compare(left, op, right)`,
`OneOf(left, values)`, `Given(name)`. A term is one of `Name`, `Call`, `Today`, `Value`. `name is empty` is
`Not(Given(name))`. Whoever wants to prove something about conditions walks `parts` and the terms; nothing is
hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from typing import Any as Anything

if TYPE_CHECKING:
    from motcua.kernel.conditions.errors import ConditionProblem
    from motcua.kernel.conditions.explain import Explanation

ORDERINGS = ("<", "<=", ">", ">=")
OPERATORS = ("=", "!=", *ORDERINGS)
FUNCTIONS = ("age", "days_since", "count")

Scalar = str | int | float | bool | date


@dataclass(frozen=True, slots=True)
class Name:
    """The answer to the field of this id."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function of one field: age (full years), days_since (days, negative for the future) or count (rows,
    choices).
    """

    function: str
    name: str


@dataclass(frozen=True, slots=True)
class Today:
    """The day on which the condition is asked, moved by some days."""

    days: int = 0


@dataclass(frozen=True, slots=True)
class Value:
    """A value written into the condition: text (also an option key), number, date, true or false."""

    value: Scalar

    def __eq__(self, other: object) -> bool:
        # In Python True equals 1; in a condition they are different values.
        return (
            isinstance(other, Value) and type(self.value) is type(other.value) and self.value == other.value
        )

    def __hash__(self) -> int:
        return hash((type(self.value).__name__, self.value))


Term = Name | Call | Today | Value


class Condition:
    """What all conditions can do. Instances are frozen, comparable and hashable."""

    __slots__ = ()

    @property
    def children(self) -> tuple[Condition, ...]:
        """The conditions directly inside this one."""
        return ()

    def walk(self) -> Iterator[Condition]:
        """This condition and all inside it, from the outside in."""
        yield self
        for child in self.children:
            yield from child.walk()

    def terms(self) -> Iterator[Term]:
        """Every term of this condition and of those inside it."""
        for node in self.walk():
            if isinstance(node, Compare):
                yield node.left
                yield node.right
            elif isinstance(node, OneOf):
                yield node.left
                yield from node.values
            elif isinstance(node, Given):
                yield Name(node.name)

    def names(self) -> frozenset[str]:
        """The ids of all fields that the condition asks."""
        return frozenset(term.name for term in self.terms() if isinstance(term, Name | Call))

    def holds(self, values: Mapping[str, Anything], today: date) -> bool:
        """Whether the condition is true. Total: never raises, whatever the values are.

        A missing value (no key, None, "", [], {}) makes every comparison false; so does a value of another
        type.
        """
        from motcua.kernel.conditions.evaluate import holds

        return holds(self, values, today)

    def problems(self, types: Mapping[str, Anything]) -> list[ConditionProblem]:
        """What cannot be meant, given the types of all names: see `motcua.kernel.conditions.problems`."""
        from motcua.kernel.conditions.problems import problems

        return problems(self, types)

    def explain(
        self,
        values: Mapping[str, Anything],
        today: date,
        labels: Mapping[str, Anything] | None = None,
        lang: str = "vi",
    ) -> Explanation:
        """Why the condition is true or false, with the parts that decided it and the labels of fields and options."""
        from motcua.kernel.conditions.explain import explain

        return explain(self, values, today, labels or {}, lang)

    def sentence(self, labels: Mapping[str, Anything] | None = None, lang: str = "vi") -> str:
        """The condition as people say it, in "vi" or "en"."""
        from motcua.kernel.conditions.sentence import sentence

        return sentence(self, labels or {}, lang)

    def source(self) -> str:
        """The condition as text of the condition language; `parse` reads it back to an equal tree."""
        from motcua.kernel.conditions.source import source

        return source(self)

    def to_data(self) -> Anything:
        """The tree as JSON-able data; `from_data` reads it back to an equal tree."""
        from motcua.kernel.conditions.data import to_data

        return to_data(self)

    def __str__(self) -> str:
        return self.source()


@dataclass(frozen=True, slots=True)
class Always(Condition):
    """True for everybody."""


@dataclass(frozen=True, slots=True)
class Never(Condition):
    """False for everybody."""


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """True when `part` is false."""

    part: Condition

    @property
    def children(self) -> tuple[Condition, ...]:
        return (self.part,)


@dataclass(frozen=True, slots=True)
class All(Condition):
    """True when every part is true ("and")."""

    parts: tuple[Condition, ...]

    @property
    def children(self) -> tuple[Condition, ...]:
        return self.parts


@dataclass(frozen=True, slots=True)
class Any(Condition):
    """True when some part is true ("or")."""

    parts: tuple[Condition, ...]

    @property
    def children(self) -> tuple[Condition, ...]:
        return self.parts


@dataclass(frozen=True, slots=True)
class Compare(Condition):
    """`left op right`. A field with several choices equals a value when the value is among them."""

    left: Term
    op: str
    right: Term


@dataclass(frozen=True, slots=True)
class OneOf(Condition):
    """`left in [values]`."""

    left: Term
    values: tuple[Value, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Given(Condition):
    """`name is given`: the field has an answer. `name is empty` is the negation."""

    name: str


def all_of(*parts: Condition) -> Condition:
    """`parts` joined by "and"; `Always` for none, the part itself for one."""
    return parts[0] if len(parts) == 1 else All(parts) if parts else Always()


def any_of(*parts: Condition) -> Condition:
    """`parts` joined by "or"; `Never` for none, the part itself for one."""
    return parts[0] if len(parts) == 1 else Any(parts) if parts else Never()

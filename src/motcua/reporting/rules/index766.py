"""The service-quality index (QĐ 766/QĐ-TTg, 23/6/2022): points from shares, by dated formulas of the packs.

Every formula observed on the portal in September 2026 is `min(points, points × share ÷ full_at)`. What the platform
cannot measure is None, "no data", and never nought: a total tells of how many points it is the sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

# Classes by total (from memory in the sources: unverified), best first.
CLASSES = ((90, "excellent"), (80, "good"), (70, "fair"), (50, "average"), (0, "weak"))


@dataclass(frozen=True)
class Share:
    """What was counted: `part` of `whole`; None where the platform cannot tell.

    `base` is how many there were at all, where `whole` counts only some of them (petitions rated, of those received).
    """

    part: int | None
    whole: int | None
    base: int = 0

    @property
    def rate(self) -> Fraction | None:
        """The share, None without data or with nothing to have a share of."""
        if self.part is None or not self.whole:
            return None
        return Fraction(self.part, self.whole)


@dataclass(frozen=True)
class Component:
    """One component as an edition has it."""

    key: str
    code: str
    points: int
    full_at: Fraction
    when_none: str
    measured: str
    meaning: Mapping[str, str]
    note: Mapping[str, str] | None
    doubts: tuple[str, ...]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Component:
        doubts = row.get("unverified") or ()
        return cls(
            key=row["key"],
            code=row.get("code") or "",
            points=row["points"],
            full_at=Fraction(str(row.get("full_at") or 1)),
            when_none=row.get("when_none") or "zero",
            measured=row.get("measured") or "",
            meaning=row["meaning"],
            note=row.get("note"),
            doubts=tuple(doubts) if isinstance(doubts, (list, tuple)) else ("*",),
        )

    def score(self, share: Share) -> Fraction | None:
        """The points that a share earns; None without data."""
        if share.part is None or share.whole is None:
            return None
        if share.whole == 0:
            return Fraction(self.points if self.when_none == "full" and not share.base else 0)
        return self.score_of(Fraction(share.part, share.whole))

    def score_of(self, rate: Fraction) -> Fraction:
        """The points of a rate between 0 and 1."""
        return min(Fraction(self.points), self.points * rate / self.full_at)


@dataclass(frozen=True)
class Group:
    """A group of components; `beside` are other formulas for the same, shown and never added up."""

    key: str
    name: Mapping[str, str]
    points: int
    components: tuple[Component, ...]
    beside: tuple[Component, ...]


@dataclass(frozen=True)
class Edition:
    """The formulas that hold from a day on. `early` marks a month before the first edition there is."""

    since: date
    name: Mapping[str, str]
    source: str
    doubts: tuple[str, ...]
    groups: tuple[Group, ...]
    early: bool = False

    @property
    def points(self) -> int:
        return sum(group.points for group in self.groups)


def edition_on(document: Mapping[str, Any], on: date) -> Edition:
    """The edition in force on a day; before the first one the first, marked `early`."""
    rows = document["editions"]
    past = [row for row in rows if _day(row["from"]) <= on]
    row = past[-1] if past else rows[0]
    doubts = row.get("unverified") or ()
    return Edition(
        since=_day(row["from"]),
        name=row["name"],
        source=row["source"],
        doubts=tuple(doubts) if isinstance(doubts, (list, tuple)) else ("*",),
        groups=tuple(_group(group) for group in row["groups"]),
        early=not past,
    )


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _group(row: Mapping[str, Any]) -> Group:
    parts, others = row["components"], row.get("beside") or ()
    return Group(
        row["key"],
        row["name"],
        row["points"],
        tuple(Component.of(part) for part in parts),
        tuple(Component.of(part) for part in others),
    )


@dataclass(frozen=True)
class Scored:
    """A component with what was counted and what it earns (None: no data)."""

    component: Component
    share: Share
    score: Fraction | None


@dataclass(frozen=True)
class ScoredGroup:
    group: Group
    parts: tuple[Scored, ...]
    beside: tuple[Scored, ...]

    @property
    def total(self) -> Total:
        return total_of(self.parts)


@dataclass(frozen=True)
class Total:
    """The points earned, and of how many points there were data."""

    score: Fraction | None
    measured: int
    points: int


def total_of(parts: Iterable[Scored]) -> Total:
    """The sum over components with data; `score` None where none has."""
    rows = list(parts)
    known = [row for row in rows if row.score is not None]
    score = sum((row.score for row in known if row.score is not None), Fraction(0)) if known else None
    return Total(score, sum(row.component.points for row in known), sum(row.component.points for row in rows))


def scored(edition: Edition, shares: Mapping[str, Share]) -> list[ScoredGroup]:
    """Every component of an edition with what was counted under the name of its measure."""

    def told(components: Sequence[Component]) -> tuple[Scored, ...]:
        found = [
            (c, shares.get(c.measured, Share(None, None)) if c.measured else Share(None, None))
            for c in components
        ]
        return tuple(Scored(c, share, c.score(share)) for c, share in found)

    return [ScoredGroup(group, told(group.components), told(group.beside)) for group in edition.groups]


def class_of(total: Total) -> str:
    """excellent, good, fair, average, weak; "" unless every point was measured: part of an index has no class."""
    if total.score is None or total.measured < total.points:
        return ""
    return next(name for least, name in CLASSES if total.score >= least)


def rounded(score: Fraction | None) -> Decimal | None:
    """Points as they are printed: two places, half up; None stays None."""
    if score is None:
        return None
    exact = Decimal(score.numerator) / Decimal(score.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)

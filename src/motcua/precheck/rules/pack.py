"""The pack's document as the rules look at it: titles, what a paper shows, whose place decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from motcua.kernel.conditions import Condition, parse
from motcua.kernel.text import Bilingual, fold

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Looks:
    """How a paper of a procedure looks: by which folded titles it is known, which answers stand on it too."""

    id: str
    titles: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    drawn: bool = False
    any_age: bool = False
    shows_when: Condition | None = None


@dataclass(frozen=True)
class PlaceRule:
    """The declared places of which any one's agency decides."""

    procedure: str
    fields: tuple[str, ...]
    words: Bilingual
    source: str
    when: Condition | None
    doubtful: bool


@dataclass(frozen=True)
class Prechecks:
    """The document, by (procedure, key of a paper) and by procedure."""

    papers: Mapping[tuple[str, str], Looks] = field(default_factory=dict)
    places: Mapping[str, tuple[PlaceRule, ...]] = field(default_factory=dict)
    valid_until: tuple[str, ...] = ()
    issued: tuple[str, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()  # (title, id of the paper it is on), longest first

    @classmethod
    def of(cls, body: Data) -> Prechecks:
        """From a checked document of the kind `prechecks`. Raises ConditionError for one that is not."""
        papers: dict[tuple[str, str], Looks] = {}
        titles: set[tuple[str, str]] = set()
        for row in body["papers"]:
            named = tuple(fold(each) for each in row.get("titles") or ())
            looks = Looks(
                id=row["id"],
                titles=named,
                shows=tuple(row.get("shows") or ()),
                drawn=bool(row.get("drawn")),
                any_age=bool(row.get("any_age")),
                shows_when=parse(row["shows_when"]) if row.get("shows_when") else None,
            )
            titles |= {(title, looks.id) for title in named}
            papers |= {(slug, key): looks for slug, keys in row["asked_by"].items() for key in keys}
        places: dict[str, tuple[PlaceRule, ...]] = {}
        for row in body["places"]:
            places[row["procedure"]] = (*places.get(row["procedure"], ()), _place(row))
        return cls(
            papers,
            places,
            tuple(fold(each) for each in body["valid_until"]),
            tuple(fold(each) for each in body["issued"]),
            tuple(sorted(titles, key=lambda pair: (-len(pair[0]), pair))),
        )


def _place(row: Data) -> PlaceRule:
    return PlaceRule(
        row["procedure"],
        tuple(row["fields"]),
        Bilingual.of(row["words"]),
        str(row.get("source") or ""),
        parse(row["when"]) if row.get("when") else None,
        bool(row.get("unverified")),
    )

"""Where work goes when an agency ends: by competence, by place, by decision. No Django, no clock, no table.

Rules on the structure of government: old to new is many-to-many; competence moves by procedure and not by area; an old
address is never translated by its name: by the unit's code where the whole unit went to one place, else by street or
parcel, which a person looks up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

# Why a dossier goes where it goes; kept with the move, so that it can be asked about.
ONLY, UP, UNIT, WHOLE, RULE, DECISION, DESK = "only", "up", "unit", "whole", "rule", "decision", "desk"
# What a declared area code means on the day of the reorganisation.
TODAY, WHOLE_UNIT, SPREAD, FORMER_CODE, UNKNOWN, NOTHING = (
    "today", "whole", "spread", "former_code", "unknown", "nothing",
)  # fmt: skip
# Lines that the platform itself writes into the chain of a dossier after it was passed on: nobody worked on it.
FOLLOWS = ("dossier.task_passed_on", "dossier.task_passed_back", "dossier.task_released")
ENTIRE = ("merge", "rename")  # kinds of succession by which the whole of a unit goes to one other


@dataclass(frozen=True)
class Law:
    """A document of the kind `reorganisations`, read."""

    key: str
    name: Mapping[str, str]
    on: date
    ends: tuple[str, ...]
    competences: Mapping[str, Mapping[str, Any]]
    places: tuple[str, ...]
    decided_by: Mapping[str, str]
    sources: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()

    @classmethod
    def from_document(cls, body: Mapping[str, Any]) -> Law:
        doubts = body.get("unverified") or ()
        return cls(
            key=body["id"],
            name=body["name"],
            on=date.fromisoformat(body["on"]),
            ends=tuple(body.get("ends") or ()),
            competences={slug: row for row in body.get("competences") or () for slug in row["procedures"]},
            places=tuple(body.get("places") or ()),
            decided_by=body["decided_by"],
            sources=tuple(body.get("sources") or ()),
            unverified=("*",) if doubts is True else tuple(str(each) for each in doubts),
        )


@dataclass(frozen=True)
class Option:
    """One place the work of an agency may go to: `code` names it in a decision; agency and desk are ids."""

    code: str
    area: str
    agency: int
    desk: int | None


@dataclass(frozen=True)
class Place:
    """What the declaration says about where, and what that means: `areas` are the units of today it may lie in."""

    declared: str = ""
    meaning: str = NOTHING
    areas: tuple[str, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True)
class Goes:
    """It is clear where it goes, and why."""

    option: Option
    basis: str
    doubtful: bool = False


@dataclass(frozen=True)
class Ambiguous:
    """Nobody can know from what is stored: these are the places it may go to, in the order of their codes."""

    options: tuple[Option, ...]
    place: Place
    needs: tuple[str, ...] = ("address", "parcel")


def place_of(
    declared: str, *, then: bool, still: bool, exists: bool, successors: Sequence[tuple[str, str, bool]]
) -> Place:
    """What a declared code means: `then` it named a unit on the day of the declaration, `still` that unit stands on the
    day of the reorganisation, `exists` the code names any unit at all; `successors` are (code, kind, unverified).

    A number that only the new unit bears today, declared before there was one, is the former unit's number: other
    borders, so it does not tell where.
    """
    if not declared:
        return Place()
    if not then:
        return Place(declared, FORMER_CODE if exists else UNKNOWN)
    if still:
        return Place(declared, TODAY, (declared,))
    areas = tuple(sorted({code for code, _kind, _doubt in successors}))
    doubtful = any(doubt for _code, _kind, doubt in successors)
    if len(areas) == 1 and all(kind in ENTIRE for _code, kind, _doubt in successors):
        return Place(declared, WHOLE_UNIT, areas, doubtful)
    return Place(declared, SPREAD, areas, doubtful)


@dataclass(frozen=True)
class Decided:
    """What people decided: for one dossier the code of its option, and rules (from, area, procedure) → code."""

    dossier: str = ""
    rules: Mapping[tuple[str, str, str], str] = field(default_factory=dict)

    def by_rule(self, former: str, area: str, procedure: str) -> str:
        """The nearest rule: for this unit and procedure, for the unit, for the procedure, for the whole agency."""
        for key in ((former, area, procedure), (former, area, ""), (former, "", procedure), (former, "", "")):
            if key in self.rules:
                return self.rules[key]
        return ""


def where_to(
    former: str, procedure: str, options: Sequence[Option], place: Place, decided: Decided
) -> Goes | Ambiguous:
    """Where a dossier of `former` goes among `options`.

    A person's decision on this dossier comes first; then what law and map say without doubt; then the rule a person
    gave for the rest; else it is ambiguous.
    """
    by_code = {option.code: option for option in options}
    if decided.dossier in by_code:
        return Goes(by_code[decided.dossier], DECISION)
    here = [option for option in options if option.area in place.areas]
    sure = place.meaning in (TODAY, WHOLE_UNIT) and len(here) == 1
    if len({option.agency for option in options}) == 1:
        # the agency is the same wherever it lies; the desk nearest to it where that is known
        option = here[0] if sure else min(options, key=lambda o: (o.desk is None, o.code))
        return Goes(option, ONLY if len(options) == 1 else UP)
    if sure:
        return Goes(here[0], UNIT if place.meaning == TODAY else WHOLE, place.doubtful)
    ruled = decided.by_rule(former, place.declared, procedure)
    if ruled in by_code:
        return Goes(by_code[ruled], RULE)
    narrowed = here if place.meaning == SPREAD and here else options
    return Ambiguous(tuple(sorted(narrowed, key=lambda o: o.code)), place)

"""Counting: how many papers procedures demand, and how many are left when what the city holds is not asked again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.catalogue.rules import ProcedureView, is_declaration_form
from motcua.kernel import forms
from motcua.kernel.clock import Unit
from motcua.kernel.text import Bilingual, fold
from motcua.registers.rules.bundles import Step
from motcua.registers.rules.papers import Kinds

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Demand:
    """A paper that a procedure wants brought or shown. `always`: in the usual case; else only in one it describes."""

    procedure: str
    key: str
    name: Bilingual
    kind: str  # "" for one that is the same as no other
    always: bool


def demands(view: ProcedureView, kinds: Kinds, answers: Data, day: date) -> list[Demand]:
    """What a procedure demands of somebody who answers so: every paper it names but the declaration itself."""
    needs = forms.required_papers(
        view.paper_rows, {**answers, "channel": "online"}, day, view.declaration.labels
    )
    usual = {need.key for need in needs if need.required}
    told = []
    for paper in view.papers:
        if is_declaration_form(fold(paper.name.vi)):
            continue
        kind = kinds.asked.get((view.slug, paper.key))
        told.append(Demand(view.slug, paper.key, paper.name, kind.id if kind else "", paper.key in usual))
    return told


@dataclass(frozen=True)
class Person:
    """Somebody typical to count by, with the kinds of papers that the city has of her."""

    id: str
    name: Bilingual
    holds: frozenset[str]


@dataclass(frozen=True)
class Count:
    """Papers demanded and still needed, in the usual case and over all cases that the procedures describe."""

    demanded: int = 0
    needed: int = 0
    all_demanded: int = 0
    all_needed: int = 0

    @property
    def saved(self) -> int:
        return self.demanded - self.needed

    @property
    def all_saved(self) -> int:
        return self.all_demanded - self.all_needed


def count(wanted: Sequence[Demand], person: Person) -> Count:
    """What `person` is asked for of `wanted`, before and after what the city holds of her."""
    usual = [each for each in wanted if each.always]
    return Count(
        len(usual),
        sum(each.kind not in person.holds for each in usual),
        len(wanted),
        sum(each.kind not in person.holds for each in wanted),
    )


@dataclass(frozen=True)
class Bundle:
    """What one event needs together: procedures in the order they are usually named, and how they are answered."""

    id: str
    name: Bilingual
    procedures: tuple[str, ...]
    answers: Mapping[str, Data]
    life_event: str
    fresh: frozenset[
        str
    ]  # kinds that are about what is new here: what the city has of them is of something else
    doubts: tuple[str, ...]


def bundles_of(body: Data) -> dict[str, Bundle]:
    """The bundles of a checked document, by id."""
    return {
        row["id"]: Bundle(
            row["id"],
            Bilingual.of(row["name"]),
            tuple(row["procedures"]),
            row.get("answers") or {},
            str(row.get("life_event") or ""),
            frozenset(row.get("fresh") or ()),
            tuple(each for each in row.get("unverified") or () if isinstance(each, str))
            if isinstance(row.get("unverified"), list)
            else (),
        )
        for row in body["bundles"]
    }


def persons_of(body: Data) -> list[Person]:
    """The typical persons of a checked document, in its order."""
    return [Person(row["id"], Bilingual.of(row["name"]), frozenset(row["holds"])) for row in body["persons"]]


def step_of(view: ProcedureView, kinds: Kinds, answers: Data, day: date) -> Step:
    """A procedure as a step of a bundle: what it demands in this case, what its result is, how long it takes."""
    wanted = [each for each in demands(view, kinds, answers, day) if each.always]
    results = frozenset(kind.id for kind in kinds.issued.get(view.slug, ()))
    limit = view.limit
    days = (limit.value or 0) if limit.unit in (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS) else 0
    return Step(view.slug, tuple((each.key, each.kind) for each in wanted), results, days)

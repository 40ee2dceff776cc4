"""An interlinked procedure (một cửa liên thông): which agencies work on one dossier. Built from plain pack data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.catalogue.rules.parts import Data, both, condition, day, marks, within
from motcua.kernel import clock
from motcua.kernel.conditions import Condition
from motcua.kernel.text import Bilingual

LEAD, COOPERATING = "lead", "cooperating"


@dataclass(frozen=True)
class Part:
    """The work of one agency in an interlinked procedure, with its role, limit and papers.

    `after`: keys of the parts that must be done before it begins; empty: it begins when the dossier is transferred.
    `agency`: what kind of agency; None for the lead, who is the competent agency. `place`: the address question of the
    declaration that says where that agency is; "" for the place of the one-stop. `holds`: the result waits for it.
    """

    key: str
    role: str
    name: Bilingual
    agency: Mapping[str, Any] | None
    place: str
    after: tuple[str, ...]
    when: Condition | None
    limit: clock.Limit
    step: str
    procedure: str
    sections: tuple[str, ...]
    papers: tuple[str, ...]
    holds: bool
    result: Bilingual
    source: str
    unverified: tuple[str, ...]

    @classmethod
    def of(cls, data: Data) -> Part:
        return cls(
            key=str(data["key"]),
            role=str(data.get("role") or COOPERATING),
            name=both(data, "name"),
            agency=data.get("agency"),
            place=str(data.get("place") or ""),
            after=tuple(data.get("after") or ()),
            when=condition(data.get("when")),
            limit=clock.Limit.from_pack(data.get("limit")),
            step=str(data.get("step") or ""),
            procedure=str(data.get("procedure") or ""),
            sections=tuple(data.get("sections") or ()),
            papers=tuple(data.get("papers") or ()),
            holds=data.get("holds") is not False,
            result=both(data, "result"),
            source=str(data.get("source") or ""),
            unverified=marks(data.get("unverified")),
        )

    @property
    def limit_in_doubt(self) -> bool:
        """Whether its limit was read in no source."""
        return "" in self.unverified or any(mark.startswith("limit") for mark in self.unverified)


@dataclass(frozen=True)
class Bundle:
    """What one interlinked procedure joins together, since when, on which ground."""

    parts: tuple[Part, ...]
    begin: date | None
    source: str
    unverified: tuple[str, ...]

    @classmethod
    def of(cls, data: Data | None) -> Bundle | None:
        """The bundle of a document; None for a procedure that one agency decides."""
        if not data:
            return None
        return cls(
            tuple(Part.of(row) for row in data.get("tasks") or ()),
            day(data.get("from")),
            str(data.get("source") or ""),
            marks(data.get("unverified")),
        )

    def in_force(self, on: date) -> bool:
        return within(on, self.begin, None)

    def part(self, key: str) -> Part | None:
        return next((part for part in self.parts if part.key == key), None)

    @property
    def steps(self) -> frozenset[str]:
        """The steps of the procedure that another agency takes: no desk of the lead goes through them."""
        return frozenset(part.step for part in self.parts if part.role == COOPERATING and part.step)

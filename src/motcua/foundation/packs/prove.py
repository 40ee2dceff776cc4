"""Proving the procedures of packs: the kernel's prover, with the agencies to which each procedure goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from motcua.foundation.canonical import digest
from motcua.foundation.packs.layers import PackFile, PackSet
from motcua.foundation.packs.problems import Place, show_place
from motcua.foundation.packs.resolve import resolve
from motcua.foundation.packs.resolved import Document, Resolved
from motcua.foundation.packs.routing import pick, rule_for
from motcua.kernel.prover import Coverage, Finding, House, Route, Subject, Unproved, cover, prove

Row = Mapping[str, Any]
_BESIDE = ("doors", "law_notes", "clock")


@dataclass(frozen=True)
class Told:
    """A finding, or a question left open, with the layer, procedure, file and line it belongs to."""

    said: Finding | Unproved
    layer: str
    procedure: str
    file: str
    line: int

    def say(self, lang: str = "vi") -> str:
        """One line: `packs/national/declarations/x.yaml:7 sections[1].fields[2].when: never_asked: …`."""
        where = show_place(self.said.place)
        kind = f"{self.said.kind}: " if isinstance(self.said, Finding) else ""
        return f"{self.file}:{self.line} {where + ': ' if where else ''}{kind}{self.said.say(lang)}"

    def to_data(self, lang: str = "vi") -> dict[str, Any]:
        """As plain data, for `--json`."""
        data: dict[str, Any] = {
            "layer": self.layer,
            "procedure": self.procedure,
            "file": self.file,
            "line": self.line,
            "path": show_place(self.said.place),
            "name": self.said.name,
            "message": self.said.say(lang),
        }
        if isinstance(self.said, Finding):
            data["kind"] = self.said.kind
            data["dossier"] = None if self.said.dossier is None else self.said.dossier.to_data()
        return data


@dataclass
class Report:
    """What was proved. `asked` counts the questions put; `procedures` counts once what several layers agree on."""

    asked: int = 0
    procedures: int = 0
    findings: list[Told] = field(default_factory=list)
    unproved: list[Told] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.findings and not self.unproved

    def to_data(self, lang: str = "vi") -> dict[str, Any]:
        """The report as plain data, for `--json`."""
        return {
            "ok": self.ok,
            "procedures": self.procedures,
            "questions": self.asked,
            "findings": [told.to_data(lang) for told in self.findings],
            "not_proved": [told.to_data(lang) for told in self.unproved],
        }


@dataclass(frozen=True)
class Held:
    """A procedure as it holds in a layer, with its own declaration."""

    layer: str
    resolved: Resolved
    procedure: Document
    declaration: Document | None

    @property
    def subject(self) -> Subject:
        return Subject(self.procedure.body, None if self.declaration is None else self.declaration.body)

    @cached_property
    def hashes(self) -> tuple[str, str]:
        """What the procedure asks for, whatever the layer: its document and its declaration. Doors, notes on the law
        and waivers that a layer adds to a procedure change neither its form nor its steps."""
        body = {key: value for key, value in self.procedure.body.items() if key not in _BESIDE}
        return digest(body), "" if self.declaration is None else self.declaration.hash


def procedures_of(packs: PackSet, layers: Iterable[str]) -> Iterator[Held]:
    """Every procedure of each layer, on top of what the layer lies over. Raises PacksBroken for an unknown layer."""
    for layer in layers:
        resolved, _ = resolve(packs, [layer])
        for document in resolved.of("procedures"):
            named = document.body.get("declaration")
            own = resolved.get("declarations", named) if isinstance(named, str) else None
            yield Held(layer, resolved, document, own)


def prove_packs(packs: PackSet, layers: Iterable[str], today: date, house: House) -> Report:
    """Prove every procedure of the layers; what a layer takes over unchanged is proved once, its routes in each layer.

    Raises PacksBroken for an unknown layer.
    """
    report = Report()
    ways: dict[str, Ways] = {}
    proved: set[tuple[str, str]] = set()
    told: set[tuple[str, Place, str, str]] = set()
    for held in procedures_of(packs, layers):
        routes = ways.setdefault(held.layer, Ways(held.resolved)).of(held.procedure.body)
        if held.hashes not in proved:
            proved.add(held.hashes)
            found = prove(held.subject, today, routes, house)
            report.procedures += 1
        elif routes:
            found = prove(held.subject, today, routes, house, form=False)
        else:
            continue
        report.asked += found.asked
        for said in (*found.findings, *found.unproved):
            one = _placed(packs, held, said)
            kind = said.kind if isinstance(said, Finding) else ""
            key = (one.file, said.place, said.name, kind)
            if key not in told:
                told.add(key)
                (report.findings if kind else report.unproved).append(one)
    return report


def covering(packs: PackSet, layers: Iterable[str], today: date) -> Iterator[tuple[str, str, Coverage]]:
    """(layer, procedure, covering dossiers), for a layer only where its procedure differs from those before."""
    seen: set[tuple[str, str]] = set()
    for held in procedures_of(packs, layers):
        if held.hashes not in seen:
            seen.add(held.hashes)
            yield held.layer, held.procedure.id, cover(held.subject, today)


def _placed(packs: PackSet, held: Held, said: Finding | Unproved) -> Told:
    document = held.procedure
    if said.where == "declaration" and held.declaration is not None:
        document = held.declaration
    place = said.place if said.where != "declaration" or held.declaration is not None else ()
    file = _file(packs, document, place)
    return Told(said, held.layer, held.procedure.id, file.shown, file.line_of(place))


def _file(packs: PackSet, document: Document, place: Place) -> PackFile:
    """The topmost file of a document that says something about the place."""
    files = [packs.layers[layer][(document.kind, document.id)] for layer in document.layers]
    key = place[0] if place else None
    return next((file for file in reversed(files) if key is None or key in file.body), files[-1])


class Ways:
    """Where the procedures of one resolved stack go from each commune of today; each agency is looked for once."""

    def __init__(self, resolved: Resolved) -> None:
        routing = resolved.get("routing", "competence")
        self.routing: Row = {} if routing is None else routing.body
        self.agencies = list(resolved.agencies.values())
        self.areas = resolved.areas
        self.communes = [
            code for code, row in resolved.areas.items() if len(code) == 5 and row.get("valid_to") is None
        ]
        self._picked: dict[str, list[Row | None]] = {}

    def of(self, procedure: Row) -> list[Route]:
        """The routes that differ in the kind of an agency, each with the first commune that goes so."""
        wanted = rule_for(self.routing, procedure)
        received = (self.routing.get("received_by") or {}).get(procedure.get("level"))
        competent, receivers = self._pick(wanted), self._pick(received)
        others = [self._pick(each) for each in self._also(procedure)]
        found: dict[tuple, Route] = {}
        for place, commune in enumerate(self.communes):
            also = tuple(agency for picked in others if (agency := picked[place]) is not None)
            route = Route(commune, competent[place], receivers[place], also)
            found.setdefault(tuple(_kind(one) for one in (route.competent, route.receiver, *also)), route)
        return list(found.values())

    def _also(self, procedure: Row) -> list[Row]:
        words = procedure.get("responsible_agency_type")
        for rule in self.routing.get("rules") or ():
            if rule.get("responsible") == words:
                return list(rule.get("also") or ())
        return []

    def _pick(self, wanted: Row | None) -> list[Row | None]:
        key = repr(wanted)
        if key not in self._picked:
            if wanted is None:
                self._picked[key] = [None] * len(self.communes)
            else:
                kinds = [a for a in self.agencies if a.get("kind") == wanted.get("kind")]
                self._picked[key] = [pick(wanted, c, kinds, self.areas) for c in self.communes]
        return self._picked[key]


def _kind(agency: Row | None) -> tuple:
    return () if agency is None else (agency.get("kind"), agency.get("level"), agency.get("function"))

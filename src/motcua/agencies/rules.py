"""Decisions about agencies: who counts as valid on a day, what a role lets one hold, who is competent. No database.

Rules on the structure of government: every agency and area has its days, old to new is many-to-many, competence
moves by procedure and not by area.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

# Which holder rows a role may read: `office:<agency id>:<word>`. A head decides on what her people work on, a clerk
# (văn thư) also sits at the counter. Grant rows of every room are written for these words, never for persons' roles.
HOLDER_ROLES: dict[str, tuple[str, ...]] = {
    "receptionist": ("reception",),
    "processor": ("process",),
    "head": ("process", "lead"),
    "signer": ("sign",),
    "clerk": ("clerk", "reception"),
    "leader": ("lead",),
    "operator": ("helpline",),
    "administrator": ("admin",),
    "helper": ("helper",),
}
ROLES = tuple(HOLDER_ROLES)
# What is over at an agency that has ended is read by those who hold the same at what took over from it. That records
# go to the successor is how we understand the law on archives (33/2024/QH15), which was not at hand to be quoted.
ARCHIVE_WORDS = ("reception", "clerk", "process", "sign", "lead")
# What may be handed to somebody else for a time. Who administers appoints; she hands nothing on by herself.
DELEGABLE = ("receptionist", "processor", "head", "signer", "clerk", "leader", "operator")
DELEGATION_DAYS_MOST = 92  # a rule of the house: a longer absence wants an appointment

DEFAULT_CALENDAR = "vn"
DEFAULT_HOURS = "national"


@dataclass(frozen=True)
class Office:
    """An agency as others may know it. Dates are days in Viet Nam, both ends included; None means open."""

    id: int
    public_id: str
    code: str
    name_vi: str
    name_en: str
    kind: str
    level: str
    function: str
    parent_id: int | None
    area_code: str
    serves: tuple[str, ...]
    identification_code: str
    dossier_code: str
    calendar: str
    hours: str
    receives: bool
    valid_from: date | None
    valid_to: date | None
    unverified: tuple[str, ...]
    address: str = ""  # street and number, as the pack has it; "" where it was not published

    def name(self, language: str = "vi") -> str:
        """The name in `language`, in Vietnamese where there is no other."""
        return self.name_en if language == "en" and self.name_en else self.name_vi

    def valid_on(self, on: date) -> bool:
        return valid_on(self.valid_from, self.valid_to, on)

    def doubts(self, name: str) -> bool:
        """Whether a field (or the whole entry) comes from no source that was read."""
        return "*" in self.unverified or name in self.unverified


@dataclass(frozen=True)
class AreaView:
    """A unit of territory: its code, its names, its days."""

    code: str
    name_vi: str
    name_en: str
    kind: str
    parent_code: str
    valid_from: date | None
    valid_to: date | None

    def name(self, language: str = "vi") -> str:
        return self.name_en if language == "en" and self.name_en else self.name_vi

    def valid_on(self, on: date) -> bool:
        return valid_on(self.valid_from, self.valid_to, on)


@dataclass(frozen=True)
class Node:
    """A place in the tree."""

    office: Office
    children: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Route:
    """Who is competent, who else takes part, who receives; `unverified` when the pack only proposes it."""

    agency: Office
    also: tuple[Office, ...] = ()
    received_by: Office | None = None
    unverified: bool = False


def valid_on(valid_from: date | None, valid_to: date | None, on: date) -> bool:
    """Whether a thing with these days (both included, None open) stands on the day `on`."""
    return (valid_from is None or valid_from <= on) and (valid_to is None or on <= valid_to)


def holders(positions: Iterable[tuple[str, int]]) -> frozenset[str]:
    """The holder keys of (role, agency id) pairs; a clerk at 12 holds `office:12:clerk` and `office:12:reception`."""
    return frozenset(
        f"office:{agency_id}:{word}" for role, agency_id in positions for word in HOLDER_ROLES.get(role, ())
    )


def build_tree(offices: Sequence[Office]) -> tuple[Node, ...]:
    """The offices as a forest in their given order; one whose parent is missing stands at the top."""
    ids = {office.id for office in offices}
    below: dict[int | None, list[Office]] = {}
    for office in offices:
        below.setdefault(office.parent_id if office.parent_id in ids else None, []).append(office)

    def grow(parent: int | None, above: frozenset[int]) -> tuple[Node, ...]:
        found = [office for office in below.get(parent, ()) if office.id not in above]
        return tuple(Node(office, grow(office.id, above | {office.id})) for office in found)

    return grow(None, frozenset())


def chain_up(offices: Mapping[int, Office], agency_id: int) -> list[Office]:
    """The parents of an agency, nearest first; a circle ends the walk."""
    found: list[Office] = []
    seen = {agency_id}
    current = offices.get(agency_id)
    while current is not None and current.parent_id is not None and current.parent_id not in seen:
        seen.add(current.parent_id)
        current = offices.get(current.parent_id)
        if current is not None:
            found.append(current)
    return found


def may_administer(
    administered: frozenset[int], agency: Office, above: Sequence[Office], root_ids: frozenset[int]
) -> bool:
    """Whether one who administers `administered` may appoint at `agency`: there, above it, or at the province's top."""
    return bool(administered & ({agency.id} | {office.id for office in above} | root_ids))


# Competence ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Competence:
    """The routing pack as data: by the procedure's own words, else by its level."""

    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    by_level: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    received_by: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @classmethod
    def from_document(cls, body: Mapping[str, Any]) -> Competence:
        """Read `routing/competence`; parts that are missing are empty."""
        rules = {rule["responsible"]: rule for rule in body.get("rules") or ()}
        return cls(rules, body.get("by_level") or {}, body.get("received_by") or {})

    def route(
        self,
        responsible: str,
        level: str,
        area: str,
        area_chain: Sequence[str],
        offices: Sequence[Office],
        moved: Mapping[str, Any] | None = None,
    ) -> Route | None:
        """Who decides for `area` among `offices` (those valid on the day), or None when nobody here is competent.

        `area_chain` are the codes of the areas around `area`, nearest first. What a reorganisation says of the
        procedure on the day (`moved`: {agency, unverified}) comes first, then the rule for the procedure's own words,
        then the other agencies it names, then the rule for its level.
        """
        rule = moved or self.rules.get(responsible, {})
        wanted = [
            spec for spec in (rule.get("agency"), *(rule.get("also") or ()), self.by_level.get(level)) if spec
        ]
        found = [pick(spec, area, area_chain, offices) for spec in wanted]
        competent = next((office for office in found if office is not None), None)
        if competent is None:
            return None
        named = found[: len(wanted) - (1 if self.by_level.get(level) else 0)]
        also = tuple(dict.fromkeys(o for o in named if o is not None and o.id != competent.id))
        spec = self.received_by.get(level)
        receiver = pick(spec, area, area_chain, offices) if spec else None
        doubtful = not rule or bool(rule.get("unverified")) or (bool(found) and found[0] is not competent)
        return Route(competent, also, receiver, doubtful)


def competence_on(bodies: Iterable[Mapping[str, Any]], procedure: str, on: date) -> Mapping[str, Any] | None:
    """What reorganisations say of `procedure` on a day: {agency, unverified}; None where the routing pack decides.

    The table is (procedure, date) → level (rules on the structure of government): before the day of a reorganisation
    the level that had it, from then on the one it went to. `bodies` are documents of the kind `reorganisations`.
    """
    steps = _steps(bodies, procedure)
    coming = next((row for day, row in steps if on < day), None)
    if coming is not None:
        return {"agency": coming["before"], "unverified": bool(coming.get("unverified"))}
    past = next((row for day, row in reversed(steps) if day <= on and row.get("after")), None)
    if past is not None:
        return {"agency": past["after"], "unverified": bool(past.get("unverified"))}
    return None


def _steps(bodies: Iterable[Mapping[str, Any]], procedure: str) -> list[tuple[date, Mapping[str, Any]]]:
    found = [
        (date.fromisoformat(body["on"]), row)
        for body in bodies
        for row in body.get("competences") or ()
        if procedure in row["procedures"]
    ]
    return sorted(found, key=lambda step: step[0])


def pick(
    spec: Mapping[str, Any], area: str, area_chain: Sequence[str], offices: Sequence[Office]
) -> Office | None:
    """The office of this kind, level and function that serves `area`: its own before one of the areas around it."""
    fitting = [
        office
        for office in offices
        if all(getattr(office, name) == spec[name] for name in ("kind", "level", "function") if name in spec)
    ]
    for code in (area, *area_chain):
        here = [office for office in fitting if office.area_code == code or code in office.serves]
        if here:
            # One that names the area it serves is nearer than one that merely sits in it; then by code, so that the
            # answer never depends on the order of rows.
            return min(here, key=lambda office: (code not in office.serves, office.code))
    return None

"""Reading a reorganisation against the tree, the map and what people decided: where each dossier would go now.

Part of the door `queries`. A planner is made for one look or one chunk; it remembers what it worked out, so that forty
thousand dossiers ask the same question once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from motcua.agencies import queries as agencies
from motcua.agencies.rules import Office
from motcua.dossiers import queries as dossiers
from motcua.dossiers import rules as dossier_rules
from motcua.foundation.packs import store as packs
from motcua.foundation.time import local_date
from motcua.reorganisation import rules
from motcua.reorganisation.errors import NoSuchReorganisation
from motcua.reorganisation.models import Decision
from motcua.reorganisation.rules import Ambiguous, Decided, Goes, Law, Option, Place

KIND = "reorganisations"


def law_of(key: str, at: datetime) -> tuple[Law, int]:
    """The document in force at `at`, read, and its version's key. Raises NoSuchReorganisation."""
    version = packs.current(KIND, key, at)
    if version is None:
        raise NoSuchReorganisation(key=key)
    return Law.from_document(version.body), version.pk


@dataclass(frozen=True)
class Outcome:
    """One dossier: where it lies, where it goes (or may go). `competent` and `desk` are agency ids from then on."""

    dossier: Any
    former: Office
    place: Place
    answer: Goes | Ambiguous
    competent: int | None = None
    desk: int | None = None


class Planner:
    """Where things go by one reorganisation, as law, map and decisions stand at `at` (aware)."""

    def __init__(self, key: str, at: datetime) -> None:
        self.law, self.version = law_of(key, at)
        self.at = at
        self.on: date = max(self.law.on, local_date(at))
        self.ended = {o.id: o for code in self.law.ends if (o := agencies.by_code(code)) is not None}
        self.leaving = dossiers.Leaving(frozenset(self.ended), self._transfers())
        self.decided = self._decisions()
        known = _known(self)
        self._successors, self._options = known.successors, known.options
        self._units, self._desks = known.units, known.desks

    # What leaves -----------------------------------------------------------------------------------------------

    def _transfers(self) -> dict[int, frozenset[str]]:
        """Agencies that go on, but lose procedures: those of the kind and level that was competent before."""
        found: dict[int, set[str]] = defaultdict(set)
        standing = agencies.offices(self.on)
        for slug, row in self.law.competences.items():
            if not row.get("after"):
                continue
            for office in standing:
                fits = all(getattr(office, name) == value for name, value in row["before"].items())
                keeps = all(getattr(office, name) == value for name, value in row["after"].items())
                if fits and not keeps and office.id not in self.ended:
                    found[office.id].add(slug)
        return {agency: frozenset(slugs) for agency, slugs in found.items()}

    def _decisions(self) -> dict[str, Any]:
        rows = Decision.objects.filter(reorganisation=self.law.key, replaced_at=None).order_by("pk")
        found: dict[str, Any] = {"dossiers": {}, "rules": {}, "positions": defaultdict(list)}
        for row in rows:
            if row.kind == Decision.Kind.DOSSIER:
                found["dossiers"][row.dossier_id] = row.to_code
            elif row.kind == Decision.Kind.RULE:
                found["rules"][row.from_code, row.area_code, row.procedure] = row.to_code
            else:
                found["positions"][row.from_code].append((row.account_id, row.role, row.to_code))
        return found

    # Where it may go -------------------------------------------------------------------------------------------

    def successors(self, office: Office) -> list[Office]:
        """The agencies that took over from one on the day of the reorganisation and stand now, by code."""
        if office.code not in self._successors:
            rows = agencies.successors(office.code)
            codes = sorted({row.code for row in rows if row.on == self.law.on})
            known = [agencies.by_code(code) for code in codes]
            self._successors[office.code] = [o for o in known if o is not None and o.valid_on(self.on)]
        return self._successors[office.code]

    def desk_at(self, area: str) -> int | None:
        """The one-stop nearest to an area: its own, else that of an area around it."""
        if area not in self._desks:
            places = [area, *agencies.area_chain(area, self.on)]
            found = (agencies.receiving_agencies(self.on, area=code) for code in places)
            nearest = next((offices for offices in found if offices), [])
            self._desks[area] = min((o.code, o.id) for o in nearest)[1] if nearest else None
        return self._desks[area]

    def options(self, former: Office, dossier: Any) -> tuple[Option, ...]:
        """Where work of `former` on this dossier's procedure may go, one option for each place it may lie in."""
        slug = dossier.procedure.slug
        key = (former.id, slug)
        if key not in self._options:
            self._options[key] = tuple(self._find_options(former, dossier, slug))
        return self._options[key]

    def _find_options(self, former: Office, dossier: Any, slug: str) -> Iterable[Option]:
        if former.id in self.ended:
            found = self.successors(former)
            if len(found) == 1 and slug not in self.law.competences:
                yield Option(found[0].code, found[0].area_code, found[0].id, self.desk_at(found[0].area_code))
                return
            named = [(office.code, office.area_code, office) for office in found]
        else:
            around = agencies.communes(self.on)
            named = [(a.code, a.code, None) for a in around if former.area_code in self._chain(a.code)]
        view = dossiers.view_of(dossier)
        for code, area, successor in named:
            routed = agencies.route(
                responsible=view.competent,
                level=view.level,
                area=area,
                at=self.at,
                on=self.on,
                procedure=slug,
            )
            agency = routed.agency if routed is not None and routed.agency.id != former.id else successor
            if agency is not None:
                yield Option(code, area, agency.id, self.desk_at(area))

    def _chain(self, area: str) -> list[str]:
        return [area, *agencies.area_chain(area, self.on)]

    def place(self, declared: str, then: date) -> Place:
        """What an area code declared on the day `then` means on the day of the reorganisation."""
        key = (declared, then)
        if key not in self._units:
            standing, now = agencies.area(declared, then), agencies.area(declared, self.law.on)
            rows = agencies.successors(declared, of="area") if standing is not None and now is None else []
            self._units[key] = rules.place_of(
                declared,
                then=standing is not None,
                still=now is not None,
                exists=agencies.area(declared) is not None,
                successors=[(r.code, r.kind, r.unverified) for r in rows if r.on == self.law.on],
            )
        return self._units[key]

    # One dossier -----------------------------------------------------------------------------------------------

    def outcome(self, dossier: Any) -> Outcome | None:
        """Where a dossier that lies with somebody who leaves goes; None when nothing of it has to move."""
        then = local_date(dossier.submitted_at or dossier.started_at)
        place = self.place(dossiers.place_declared(dossier, self.law.places), then)
        desk = self._desk_that_ended(dossier)
        former = self._former(dossier)
        if former is None:
            return self._desk_only(dossier, desk, place) if desk is not None else None
        options = self.options(former, dossier)
        decided = Decided(self.decided["dossiers"].get(dossier.pk, ""), self.decided["rules"])
        answer = rules.where_to(former.code, dossier.procedure.slug, options, place, decided)
        if isinstance(answer, Ambiguous):
            return Outcome(dossier, former, place, answer)
        new_desk = dossier.desk_id
        if desk is not None:
            new_desk = answer.option.desk or self.desk_at(desk.area_code) or answer.option.agency
        return Outcome(dossier, former, place, answer, answer.option.agency, new_desk)

    def _former(self, dossier: Any) -> Office | None:
        """The competent agency it has to leave, if it has to: what is resolved stays with who resolved it."""
        agency = dossier.competent_agency_id
        if dossier.resolved_at is not None or agency is None:
            return None
        if agency in self.ended:
            return self.ended[agency]
        if dossier.procedure.slug in self.leaving.procedures.get(agency, ()):
            return agencies.office(agency)
        return None

    def _desk_that_ended(self, dossier: Any) -> Office | None:
        return self.ended.get(dossier.desk_now_id or 0)

    def _desk_only(self, dossier: Any, desk: Office, place: Place) -> Outcome:
        """Any one-stop may hand over a result (no boundaries); the nearest one, where it is known how near."""
        known = place.areas[0] if place.meaning in (rules.TODAY, rules.WHOLE_UNIT) else desk.area_code
        new = self.desk_at(known) or self.desk_at(desk.area_code)
        option = Option("", known, dossier.competent_agency_id or 0, new)
        answer: Goes | Ambiguous = Goes(option, rules.DESK) if new else Ambiguous((), place, ("desk",))
        return Outcome(dossier, desk, place, answer, dossier.competent_agency_id, new)

    # Positions -------------------------------------------------------------------------------------------------

    def positions(self) -> list[PositionPlan]:
        """Every position of the agencies that end, and what its holder gets: by decision, else the one successor."""
        found = []
        for held in agencies.positions_in(self.ended, self.at):
            office = self.ended[held.agency_id]
            wanted = [
                (bool(account), to)
                for account, role, to in self.decided["positions"].get(office.code, ())
                if account in (None, held.account_id) and role in ("", held.role)
            ]
            own = [to for personal, to in wanted if personal] or [to for _personal, to in wanted]
            options = [o.code for o in self.successors(office)]
            to = tuple(dict.fromkeys(own)) or (tuple(options) if len(options) == 1 else ())
            found.append(PositionPlan(held, office, to, tuple(options)))
        return found


class _Known:
    """What follows from the published documents alone; it stays good for every chunk of one day."""

    def __init__(self) -> None:
        self.successors: dict[str, list[Office]] = {}
        self.options: dict[tuple[int, str], tuple[Option, ...]] = {}
        self.units: dict[tuple[str, date], Place] = {}
        self.desks: dict[str, int | None] = {}


@lru_cache(maxsize=4)
def _known_of(key: str, on: date, documents: tuple[str, ...]) -> _Known:
    return _Known()


def _known(planner: Planner) -> _Known:
    kinds = (KIND, "agencies", "areas", "succession", "routing")
    hashes = (f"{v.kind}/{v.key}/{v.hash}" for kind in kinds for v in packs.current_all(kind, planner.at))
    return _known_of(planner.law.key, planner.on, tuple(sorted(hashes)))


@dataclass(frozen=True)
class PositionPlan:
    """A position that ends: `to` are the codes of the agencies where its holder goes on, empty while undecided."""

    held: agencies.PositionView
    office: Office
    to: tuple[str, ...]
    options: tuple[str, ...]


def is_at_the_door(dossier: Any) -> bool:
    """Handed in, not received: it will get its code from the successor."""
    return dossier_rules.State(dossier.business_state) in dossier_rules.AT_THE_DOOR

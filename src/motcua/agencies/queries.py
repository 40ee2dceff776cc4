"""Reading agencies, areas, competence, calendars, positions. The directory is in memory: most answers ask no query."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from motcua.accounts import queries as accounts
from motcua.agencies import rules
from motcua.agencies.calendars import calendar_named
from motcua.agencies.directory import directory, forget, offices_as_known
from motcua.agencies.models import Agency, AgencyChange, Position, Succession
from motcua.agencies.rules import AreaView, Node, Office, Route
from motcua.foundation.actors import Actor
from motcua.foundation.packs import store as packs
from motcua.foundation.time import local_date
from motcua.kernel.clock import Calendar
from motcua.kernel.forms import ELSEWHERE
from motcua.kernel.text import fold, sort_key_vi, words

__all__ = [
    "Held", "PositionView", "Successor", "acting_for", "agency_options", "ancestors", "area", "area_chain", "areas",
    "below", "by_code", "by_public_id", "calendar_of", "changes_of", "colleagues", "commune_options", "communes",
    "delegations_of", "descendants", "find_offices", "forget", "held_by", "holders_at", "hours_of", "may_manage",
    "names", "names_in", "not_standing", "office", "offices", "position", "positions_at", "positions_in",
    "positions_of", "predecessors", "public_ids", "receiving_agencies", "route", "serving", "successors", "tree",
    "works_at",
]  # fmt: skip


def public_ids() -> Iterator[str]:
    """The public id of every agency; each must have a chain in the journal."""
    return Agency.objects.values_list("public_id", flat=True).iterator()


# Agencies and areas ---------------------------------------------------------------------------------------


def office(agency_id: int) -> Office | None:
    """The agency with this id, whenever it stood, or None."""
    return directory().offices.get(agency_id)


def by_code(code: str) -> Office | None:
    """The agency with our own code (`qn-bai-chay`), or None."""
    return directory().by_code.get(code)


def by_public_id(public_id: str) -> Office | None:
    """The agency with this public id, or None."""
    return next((o for o in directory().offices.values() if o.public_id == public_id), None)


def names(agency_ids: Iterable[int], language: str = "vi") -> dict[int, str]:
    """Agency id → its name in `language`, for lists."""
    known = directory().offices
    return {id_: known[id_].name(language) for id_ in set(agency_ids) if id_ in known}


def offices(on: date, *, kind: str = "", level: str = "") -> list[Office]:
    """The agencies that stand on the day `on`, in Vietnamese order."""
    return [
        o
        for o in directory().offices.values()
        if o.valid_on(on) and (not kind or o.kind == kind) and (not level or o.level == level)
    ]


def not_standing(on: date) -> frozenset[int]:
    """The ids of the agencies that do not stand on the day `on`: not yet, or not any more."""
    return frozenset(o.id for o in directory().offices.values() if not o.valid_on(on))


def find_offices(text: str, on: date, *, limit: int = 50) -> list[Office]:
    """Agencies standing on `on` whose name holds every word typed (tones or not), or whose code begins with it."""
    wanted, typed = words(text), fold(text)
    if not wanted:
        return offices(on)[:limit]
    found = [
        o
        for o in offices(on)
        if all(w in words(f"{o.name_vi} {o.name_en}") for w in wanted[:-1])
        and any(part.startswith(wanted[-1]) for part in words(f"{o.name_vi} {o.name_en}"))
        or o.code.startswith(typed)
        or (o.dossier_code and o.dossier_code.lower() == typed)
    ]
    return found[:limit]


def tree(on: date) -> tuple[Node, ...]:
    """The tree of the day `on`, as it was known then: agencies of that day under the parents of that day."""
    known = sorted(offices_as_known(on).values(), key=lambda o: (sort_key_vi(o.name_vi), o.code))
    return rules.build_tree(known)


def ancestors(agency_id: int, on: date | None = None) -> list[Office]:
    """The agencies above one, nearest first; with `on`, as the tree stood on that day."""
    return rules.chain_up(offices_as_known(on) if on else directory().offices, agency_id)


def descendants(agency_id: int, on: date) -> list[Office]:
    """The agencies below one that stand on the day `on`."""
    known = directory().offices
    return [o for o in offices(on) if any(above.id == agency_id for above in rules.chain_up(known, o.id))]


def below(agency_ids: Iterable[int]) -> frozenset[int]:
    """These agencies and everything that stands or stood below them, whenever: whose work they answer for."""
    wanted, known = set(agency_ids), directory().offices
    return frozenset(
        id_
        for id_ in known
        if id_ in wanted or any(above.id in wanted for above in rules.chain_up(known, id_))
    )


def receiving_agencies(on: date, *, area: str = "") -> list[Office]:
    """The counters that take dossiers in on the day `on` (all of them, or those of one area), in Vietnamese order."""
    return [o for o in offices(on) if o.receives and (not area or o.area_code == area or area in o.serves)]


def area(code: str, on: date | None = None) -> AreaView | None:
    """The area with this code on the day `on` (None: the latest that bore it), or None."""
    found = directory().areas.get(code, ())
    return next((a for a in found if on is None or a.valid_on(on)), None)


def areas(on: date, *, parent: str | None = None) -> list[AreaView]:
    """The areas of the day `on`, those right under `parent` when given, in Vietnamese order."""
    found = [a for rows in directory().areas.values() for a in rows if a.valid_on(on)]
    wanted = [a for a in found if parent is None or a.parent_code == parent]
    return sorted(wanted, key=lambda a: (sort_key_vi(a.name_vi), a.code))


def communes(on: date) -> list[AreaView]:
    """The wards and communes of the day `on` (since 1 July 2025 right under the province), in Vietnamese order."""
    return [a for a in areas(on) if a.kind in ("ward", "commune", "township", "special_zone")]


def area_chain(code: str, on: date) -> list[str]:
    """The codes of the areas around one, nearest first."""
    chain: list[str] = []
    current = area(code, on) or area(code)
    while current is not None and current.parent_code and current.parent_code not in chain:
        chain.append(current.parent_code)
        current = area(current.parent_code, on)
    return chain


@dataclass(frozen=True)
class Successor:
    """What became of an agency or area, or what it came from."""

    code: str
    kind: str
    on: date
    source: str
    unverified: bool


def successors(code: str, *, of: str = "agency") -> list[Successor]:
    """The agencies (or areas) that took over from `code`; several, where it was split."""
    rows = Succession.objects.filter(of=of, from_code=code).order_by("on", "to_code")
    return [Successor(r.to_code, r.kind, r.on, r.source, r.unverified) for r in rows]


def predecessors(code: str, *, of: str = "agency") -> list[Successor]:
    """The agencies (or areas) that `code` came from."""
    rows = Succession.objects.filter(of=of, to_code=code).order_by("on", "from_code")
    return [Successor(r.from_code, r.kind, r.on, r.source, r.unverified) for r in rows]


def ended_before(agency_id: int, on: date) -> frozenset[int]:
    """The agencies that do not stand on the day `on` and whose work this one took over by then, also by way of others
    that have ended. No query."""
    known, found, waiting = directory(), set[int](), [agency_id]
    while waiting:
        for former, day in known.former.get(waiting.pop(), ()):
            if day <= on and former not in found and not known.offices[former].valid_on(on):
                found.add(former)
                waiting.append(former)
    return frozenset(found - {agency_id})


def archive_holders(holders: Iterable[str], at: datetime) -> frozenset[str]:
    """The holder keys of agencies that have ended by the aware moment `at`, for those who hold the same at what took
    over from them: who reads what is over there. An archive source of actors; no query."""
    on, found = local_date(at), set[str]()
    for holder in holders:
        kind, _colon, rest = holder.partition(":")
        agency, _colon, word = rest.partition(":")
        if kind == "office" and agency.isdigit() and word in rules.ARCHIVE_WORDS:
            found.update(f"office:{former}:{word}" for former in ended_before(int(agency), on))
    return frozenset(found)


def changes_of(agency_id: int) -> QuerySet[AgencyChange]:
    """What was changed about an agency, newest first."""
    return AgencyChange.objects.filter(agency_id=agency_id).order_by("-on", "-pk")


# Competence and calendars -----------------------------------------------------------------------------------


def route(
    *, responsible: str, level: str, area: str, at: datetime, on: date, procedure: str = ""
) -> Route | None:
    """Who decides a procedure for the area `area` on the day `on`, and who receives it; None when nobody here does.

    `responsible` and `level` are the procedure's `responsible_agency_type` and `level`; the routing pack in force at
    the aware moment `at` says what they mean. Competence moves by procedure, not by area: where a reorganisation
    names `procedure` (its slug), the level is the one of the day `on`.
    """
    version = packs.current("routing", "competence", at)
    competence = rules.Competence.from_document(version.body if version else {})
    moved = (
        rules.competence_on((v.body for v in packs.current_all("reorganisations", at)), procedure, on)
        if procedure
        else None
    )
    return competence.route(responsible, level, area, area_chain(area, on), offices(on), moved)


def serving(spec: Mapping[str, Any], *, area: str, on: date) -> Office | None:
    """The agency of a kind ({kind, level?, function?}) that serves the area `area` on the day `on`, or None."""
    return rules.pick(spec, area, area_chain(area, on), offices(on))


def calendar_of(agency_id: int, at: datetime | None = None) -> Calendar:
    """The legal calendar of an agency: holidays and office hours of the packs in force at `at` (None: now).

    What no pack says leaves the calendar without loaded years, and every date counted with it provisional.
    """
    found = office(agency_id)
    holidays = found.calendar if found and found.calendar else rules.DEFAULT_CALENDAR
    hours = found.hours if found and found.hours else rules.DEFAULT_HOURS
    return calendar_named(holidays, hours, at)


# Positions ------------------------------------------------------------------------------------------------


def hours_of(agency: Office, at: datetime | None = None) -> packs.Version | None:
    """The published document that the opening hours of an agency stand in at `at` (None: now); None for none."""
    return packs.current("hours", agency.hours or rules.DEFAULT_HOURS, at)


def _in_force(at: datetime) -> Q:
    return Q(starts_at__lte=at) & (Q(ends_at__isnull=True) | Q(ends_at__gt=at))


def held_by(account_id: int, at: datetime) -> tuple[frozenset[tuple[str, int]], frozenset[str], int | None]:
    """The roles and holder keys an account holds at the aware moment `at`: one query. A holder source of the policy."""
    rows = Position.objects.filter(_in_force(at), account_id=account_id).values_list("role", "agency_id")
    roles = frozenset(rows)
    return roles, rules.holders(roles), None


def works_at(account_id: int, agency_id: int, at: datetime) -> bool:
    """Whether an account holds a position of its own at this agency at `at`."""
    rows = Position.objects.filter(_in_force(at), account_id=account_id, agency_id=agency_id)
    return rows.filter(acting_for=None).exists()


def acting_for(account_id: int, agency_id: int, role: str, at: datetime) -> str:
    """The account (public id) for whom `account_id` acts in this role at `at`; "" when the position is her own."""
    rows = Position.objects.filter(_in_force(at), account_id=account_id, agency_id=agency_id, role=role)
    held = list(rows.values_list("acting_for__public_id", flat=True))
    return "" if None in held else next(iter(held), "")


def delegations_of(account_id: int, at: datetime) -> list[PositionView]:
    """Who acts for this account now or later, by start."""
    rows = Position.objects.filter(acting_for_id=account_id, ends_at__gt=at)
    return _views(rows.order_by("starts_at", "pk"))


def colleagues(agency_ids: Iterable[int], at: datetime, *, but: int) -> list[tuple[str, str]]:
    """(public id, name) of those who hold a position at one of these agencies at `at`, by name; `but` is left out."""
    rows = Position.objects.filter(
        _in_force(at), agency_id__in=set(agency_ids), account__is_active=True, acting_for=None
    ).exclude(account_id=but)
    found = dict(rows.values_list("account__public_id", "account__display_name"))
    return sorted(found.items(), key=lambda pair: sort_key_vi(pair[1]))


def may_manage(actor: Actor, account_id: int, at: datetime) -> bool:
    """Whether an administrator may manage an account: its present and coming positions lie in her field.

    At the province's top all accounts do, those of citizens among them; elsewhere an account without any position
    belongs to nobody's field but is of no use yet either, so that a new officer can be given her first password.
    """
    administered = actor.agencies("administrator")
    roots = frozenset(office.id for office in offices(local_date(at), kind="province"))
    if administered & roots:
        return True
    rows = Position.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), account_id=account_id)
    held = set(rows.values_list("agency_id", flat=True))
    if not held:
        account = accounts.account_by_id(account_id)
        return account is not None and (account.kind != "citizen" or not roots)
    return all(
        rules.may_administer(administered, directory().offices[id_], ancestors(id_), roots) for id_ in held
    )


@dataclass(frozen=True)
class Held:
    """Who holds a role at an agency."""

    account_id: int
    role: str
    agency_id: int


def agencies_with(role: str, at: datetime) -> list[int]:
    """The agencies (ids) at which somebody holds `role` at the aware moment `at`, in their order."""
    rows = Position.objects.filter(_in_force(at), role=role, account__is_active=True)
    return list(rows.order_by("agency_id").values_list("agency_id", flat=True).distinct())


def anybody_holds(role: str, at: datetime) -> bool:
    """Whether somebody holds `role` anywhere at the aware moment `at`."""
    return Position.objects.filter(_in_force(at), role=role, account__is_active=True).exists()


def holders_at(agency_ids: Iterable[int], at: datetime, *roles: str) -> list[Held]:
    """The accounts that hold one of `roles` (any, when none is given) at these agencies at `at`, by account."""
    rows = Position.objects.filter(_in_force(at), agency_id__in=set(agency_ids), account__is_active=True)
    if roles:
        rows = rows.filter(role__in=roles)
    return [
        Held(*row)
        for row in rows.order_by("account_id", "role").values_list("account_id", "role", "agency_id")
    ]


@dataclass(frozen=True)
class PositionView:
    """A position as a page shows it. Moments are aware."""

    public_id: str
    account: str
    account_id: int
    person: str
    login_name: str
    agency_id: int
    role: str
    starts_at: datetime
    ends_at: datetime | None
    acting_for: str = ""  # the name of the one for whom it is held

    def current(self, at: datetime) -> bool:
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


def _views(rows: QuerySet[Position]) -> list[PositionView]:
    rows = rows.select_related("account", "acting_for")
    return [
        PositionView(
            p.public_id, p.account.public_id, p.account_id, p.account.display_name, p.account.login_name,
            p.agency_id, p.role, p.starts_at, p.ends_at, p.acting_for.display_name if p.acting_for else "",
        )
        for p in rows
    ]  # fmt: skip


def positions_at(agency_id: int, *, limit: int = 300) -> list[PositionView]:
    """The positions at an agency, open ones first, then by their start, newest first."""
    rows = Position.objects.filter(agency_id=agency_id)
    open_ones = _views(rows.filter(ends_at__isnull=True).order_by("role", "account_id")[:limit])
    return open_ones + _views(rows.filter(ends_at__isnull=False).order_by("-ends_at", "-pk")[:limit])


def positions_in(agency_ids: Collection[int], at: datetime) -> list[PositionView]:
    """The positions held at these agencies at the aware moment `at` or later on, by agency, account and role."""
    rows = Position.objects.filter(agency_id__in=sorted(agency_ids))
    rows = rows.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at))
    return _views(rows.order_by("agency_id", "account_id", "role", "pk"))


def position(public_id: str) -> PositionView | None:
    """A position by its public id, or None."""
    found = _views(Position.objects.filter(public_id=public_id))
    return found[0] if found else None


def positions_of(account_id: int) -> list[PositionView]:
    """Everything an account holds or held, newest first."""
    return _views(Position.objects.filter(account_id=account_id).order_by("-starts_at", "-pk"))


def positions_held(account_ids: Collection[int], at: datetime) -> list[PositionView]:
    """The positions that these accounts hold at the aware moment `at`, by account and start."""
    rows = Position.objects.filter(account_id__in=list(account_ids), starts_at__lte=at)
    return _views(
        rows.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at)).order_by("account_id", "starts_at", "pk")
    )


# What forms offer ---------------------------------------------------------------------------------------------


def commune_options(on: date, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The communes of this installation and the place elsewhere, as groups for a list to pick from."""
    here = [(area.code, area.name(language)) for area in communes(on)]
    other = {
        "vi": "Nơi khác (ghi rõ xã, tỉnh ở ô bên cạnh)",
        "en": "Elsewhere (write commune and province beside)",
    }
    titles = {"vi": ("Ở đây", "Tỉnh, thành phố khác"), "en": ("Here", "Another province")}[language]
    return [(titles[0], here), (titles[1], [(ELSEWHERE, other[language])])]


def agency_options(on: date, language: str) -> list[tuple[str, str]]:
    """The agencies that stand on the day, for fields that name one."""
    return [(office.code, office.name(language)) for office in offices(on)]


def names_in(language: str) -> Callable[[str, str], str | None]:
    """Names of communes and agencies for answers that hold their codes."""

    def name(kind: str, code: str) -> str | None:
        found = area(code) if kind == "commune" else by_code(code)
        return found.name(language) if found else None

    return name

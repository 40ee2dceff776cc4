"""Reading the queue: who may see what, how an agency gives numbers, what stands on the wall, how long it takes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from motcua.agencies import queries as agencies
from motcua.agencies.rules import Office
from motcua.foundation.actors import Actor
from motcua.foundation.packs import store
from motcua.foundation.time import local_date
from motcua.kernel.clock.zone import local, wall
from motcua.kernel.identifiers import parse_tracking
from motcua.queue import rules
from motcua.queue.errors import DeviceUnknown, NoSuchPlace, NoSuchTicket
from motcua.queue.models import Device, Ticket, Window
from motcua.queue.rules import AT_WINDOW, Plan, Service, State, Waiting

KIND, EVERYWHERE = "queues", "national"
PACES_MAX = 1000  # the newest waits that the expected one is learnt from
CALLS_SHOWN = 8


def _ids(model: type) -> Callable[[], Iterator[str]]:
    return lambda: model.objects.values_list("public_id", flat=True).iterator()  # type: ignore[attr-defined]


SUBJECTS = {"ticket": _ids(Ticket), "window": _ids(Window), "device": _ids(Device)}

# Who sees what -------------------------------------------------------------------------------------------------


def field(actor: Actor, what: str) -> frozenset[int]:
    """The agencies at which `actor` may do `what` (see `rules.may`), by her holder keys."""
    own, over = set(), set()
    for key in actor.holders:
        kind, _colon, rest = key.partition(":")
        place, _colon, word = rest.partition(":")
        if kind == "office" and place.isdigit():
            own.update([int(place)] if word in rules.AT_PLACE[what] else ())
            over.update([int(place)] if word in rules.ABOVE.get(what, ()) else ())
    return frozenset(own) | (agencies.below(over) if over else frozenset())


def places(actor: Actor, what: str, on: date) -> list[Office]:
    """The one-stops standing on a day at which `actor` may do `what`, in Vietnamese order."""
    wanted = field(actor, what)
    return [office for office in agencies.receiving_agencies(on) if office.id in wanted]


def place(actor: Actor, what: str, code: str, on: date) -> Office:
    """One of `places` by its code. Raises NoSuchPlace."""
    found = agencies.by_code(code) if code.isprintable() else None
    if found is None or not (found.receives and found.valid_on(on)) or found.id not in field(actor, what):
        raise NoSuchPlace()
    return found


def tickets_visible_to(actor: Actor) -> QuerySet[Ticket]:
    """The tickets of the agencies where `actor` works at the counter or that she answers for."""
    return Ticket.objects.filter(agency__in=sorted(field(actor, "read")))


def ticket(actor: Actor, public_id: str) -> Ticket:
    """One of them. Raises NoSuchTicket."""
    rows = tickets_visible_to(actor).select_related("window")
    found = rows.filter(public_id=public_id).first() if public_id.isalnum() else None
    if found is None:
        raise NoSuchTicket()
    return found


def ticket_of(reference: str) -> Ticket:
    """The ticket with this reference, for whoever holds the paper. Raises NoSuchTicket."""
    known = parse_tracking(reference)
    found = Ticket.objects.select_related("window").filter(reference=known).first() if known else None
    if found is None:
        raise NoSuchTicket()
    return found


def devices_visible_to(actor: Actor) -> QuerySet[Device]:
    """The devices that `actor` keeps."""
    return Device.objects.filter(agency__in=sorted(field(actor, "keep")))


def token_hash(token: str) -> str:
    """What is kept of a device's link: it is random, so a plain hash tells nothing."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def device_of(token: str, kind: str) -> tuple[Device, Actor]:
    """The open device with this token and the actor that it is. Raises DeviceUnknown."""
    rows = Device.objects.filter(token_hash=token_hash(token), kind=kind, closed_at=None)
    found = rows.first() if token else None
    if found is None:
        raise DeviceUnknown()
    return found, actor_of(found)


def actor_of(device: Device) -> Actor:
    """A device as an actor: it holds one key, of its kind at its agency, and is nobody's account."""
    holders = frozenset({f"office:{device.agency_id}:{device.kind}"})
    return Actor(key=f"device:{device.public_id}", kind="device", holders=holders, label=device.name)


def plan_of(office: Office, at: datetime | None = None) -> Plan:
    """How an agency gives numbers at an aware moment: by its own document, else the one for everybody."""
    own = everybodys = None
    for version in store.current_all(KIND, at):
        if version.body.get("agency") == office.code:
            own = version.body
        elif version.key == EVERYWHERE:
            everybodys = version.body
    found = own or everybodys
    return Plan.from_document(found) if found else Plan()


# How it stands -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Expected:
    """When eight of ten were called who stood like this; aware moments, and whole minutes from now."""

    first: datetime
    last: datetime
    least: int
    most: int
    may_miss: bool  # the office may close before


@dataclass(frozen=True)
class Line:
    """One service: who waits, how many windows serve it, what a newcomer may expect (None: not known)."""

    service: Service
    waiting: int
    windows: int
    ahead: int
    expected: Expected | None


@dataclass(frozen=True)
class Call:
    """A number that was called, at which window, when last."""

    code: str
    window: int
    state: str
    at: datetime


@dataclass(frozen=True)
class Open:
    """A window that is open."""

    public_id: str
    number: int
    officer_id: int
    services: tuple[str, ...]


@dataclass(frozen=True)
class Board:
    """How an agency's queue stands at a moment."""

    office: Office
    plan: Plan
    at: datetime
    waiting: tuple[Waiting, ...]
    windows: tuple[Open, ...]
    paces: dict[str, list[int]]
    gives: bool
    gives_again: datetime

    def served(self) -> list[tuple[str, ...]]:
        return [window.services for window in self.windows]

    def lines(self) -> list[Line]:
        """Each service as somebody without priority finds it who comes now."""
        return [self.line(service) for service in self.plan.services]

    def line(self, service: Service, *, priority: bool = False) -> Line:
        """One service as a newcomer finds it."""
        newcomer = Waiting(2**62, service.key, priority, self.at)
        ahead = self.ahead(newcomer)
        counted = sum(1 for one in self.waiting if one.service == service.key)
        return Line(service, counted, self.count(service.key), ahead, self.expected(service.key, ahead))

    def count(self, service: str) -> int:
        """How many open windows serve it."""
        return sum(1 for services in self.served() if rules.serves(services, service))

    def ahead(self, one: Waiting) -> int:
        """How many are called before `one`, which may be a newcomer."""
        rows = [*(each for each in self.waiting if each.id != one.id), one]
        return rules.ahead_of(one.id, rows, self.served(), self.plan.priority_in_a_row)

    def expected(self, service: str, ahead: int) -> Expected | None:
        """What one with `ahead` before it may expect, by the waits of earlier days; None when too little is known."""
        known = self.paces.get(service, [])
        if len(known) < rules.FEW:
            known = [each for some in self.paces.values() for each in some]
        found = rules.span(known, ahead, self.count(service))
        if found is None:
            return None
        calendar, now = agencies.calendar_of(self.office.id, self.at), wall(self.at)
        first, last = (calendar.add_open_time(now, each) for each in found)
        least, most = rules.told_minutes(max(first - now, timedelta(0)), last - now)
        return Expected(local(first), local(last), least, most, last.date() != now.date())


def board(office: Office, at: datetime) -> Board:
    """How the queue of an agency stands at the aware moment `at`: three queries."""
    day, plan = local_date(at), plan_of(office, at)
    calendar, now = agencies.calendar_of(office.id, at), wall(at)
    return Board(
        office=office,
        plan=plan,
        at=at,
        waiting=tuple(waiting_at(office.id, day)),
        windows=tuple(open_windows(office.id)),
        paces=_paces(office, day),
        gives=rules.gives_at(calendar, now, plan.minutes_before),
        gives_again=local(rules.gives_again(calendar, now, plan.minutes_before)),
    )


def waiting_at(agency_id: int, day: date) -> list[Waiting]:
    """The tickets that wait at an agency, in the order in which they were taken."""
    rows = Ticket.objects.filter(agency_id=agency_id, day=day, state=State.WAITING).order_by("pk")
    columns = rows.values_list("pk", "service", "priority", "since", "to_window")
    return [Waiting(*row) for row in columns]


def open_windows(agency_id: int) -> list[Open]:
    """The windows open at an agency, by number."""
    rows = Window.objects.filter(agency_id=agency_id, closed_at=None).order_by("number")
    columns = rows.values_list("public_id", "number", "officer_id", "services")
    return [Open(public_id, number, officer, tuple(keys)) for public_id, number, officer, keys in columns]


def _paces(office: Office, day: date) -> dict[str, list[int]]:
    """Seconds a place took, by service, on the working days before: today's would only hold those called quickly."""
    since = _working_days_before(office.id, day, rules.DAYS)
    rows = Ticket.objects.filter(agency_id=office.id, day__gte=since, day__lt=day, pace__isnull=False)
    found: dict[str, list[int]] = {}
    for service, seconds in rows.order_by("-day", "-pk").values_list("service", "pace")[:PACES_MAX]:
        found.setdefault(service, []).append(seconds)
    return found


def _working_days_before(agency_id: int, day: date, count: int) -> date:
    calendar, found = agencies.calendar_of(agency_id), day
    while count and (day - found).days < 60:
        found -= timedelta(days=1)
        count -= calendar.is_open_day(found)
    return found


def calls(agency_id: int, day: date, *, limit: int = CALLS_SHOWN) -> list[Call]:
    """What was called last, the newest first; numbers that went back into the queue are left out."""
    rows = Ticket.objects.filter(agency_id=agency_id, day=day, window__isnull=False)
    rows = rows.exclude(last_called_at=None).order_by("-last_called_at", "-pk")
    columns = rows.values_list("code", "window__number", "state", "last_called_at")
    return [Call(*row) for row in columns[:limit]]


@dataclass(frozen=True)
class Standing:
    """Where one ticket stands: how many before it and when it may be called, while it waits."""

    ahead: int | None
    expected: Expected | None


def standing(row: Ticket, at: datetime) -> Standing:
    """Where a ticket stands at a moment; nothing of one that does not wait today."""
    office = agencies.office(row.agency_id)
    if row.state != State.WAITING or office is None or row.day != local_date(at):
        return Standing(None, None)
    now = board(office, at)
    ahead = now.ahead(Waiting(row.pk, row.service, row.priority, row.since, row.to_window))
    return Standing(ahead, now.expected(row.service, ahead))


# At a window ---------------------------------------------------------------------------------------------------


def window_of(account_id: int | None) -> Window | None:
    """The window that an officer holds open, or None."""
    if account_id is None:
        return None
    return Window.objects.filter(officer_id=account_id, closed_at=None).first()


def at_window(window: Window) -> Ticket | None:
    """The ticket that is called or served there now, or None."""
    return Ticket.objects.filter(window=window, state__in=AT_WINDOW).first()


def next_at(window: Window, waiting: Iterable[Waiting], numbers: Iterable[int]) -> list[Waiting]:
    """What a window calls, in its order; `numbers` are the windows that are open."""
    plan = plan_of(agencies.office(window.agency_id))  # type: ignore[arg-type]
    mine = rules.callable_at(window.number, tuple(window.services), waiting, frozenset(numbers))
    return rules.order(mine, window.run, plan.priority_in_a_row)


def tickets_by_id(ids: Sequence[int]) -> list[Ticket]:
    """Tickets in the order of their ids."""
    rows = Ticket.objects.in_bulk(list(ids))
    return [rows[each] for each in ids if each in rows]


def absent(agency_id: int, day: date, *, limit: int = 20) -> list[Ticket]:
    """Who was called and did not come today, the latest first."""
    rows = Ticket.objects.filter(agency_id=agency_id, day=day, state=State.NO_SHOW)
    return list(rows.order_by("-ended_at", "-pk")[:limit])


def places_left_over(day: date) -> list[int]:
    """The agencies that still have open tickets or windows of days before `day`."""
    tickets = Ticket.objects.filter(state__in=rules.OPEN, day__lt=day).values_list("agency_id", flat=True)
    begun = local(datetime.combine(day, datetime.min.time()))
    windows = Window.objects.filter(closed_at=None, opened_at__lt=begun).values_list("agency_id", flat=True)
    return sorted({*tickets.distinct(), *windows.distinct()})


def waits(visible: QuerySet[Ticket], agency_id: int, day: date) -> list[dict[str, Any]]:
    """The tickets of an agency and a day as plain rows, for figures."""
    rows = visible.filter(agency_id=agency_id, day=day)
    return list(
        rows.values("service", "state", "priority", "taken_at", "called_at", "serving_at", "ended_at")
    )

"""A ticket from being taken to its end."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from motcua.agencies import queries as agencies
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record
from motcua.foundation.time import local_date
from motcua.kernel.clock.zone import wall
from motcua.queue import queries, rules
from motcua.queue.actions.base import done, end_left_over, lock, move, office_of, own_window
from motcua.queue.errors import (
    CallAgainFirst,
    CameBackAlready,
    NobodyWaits,
    NoSuchService,
    NotOpen,
    WindowBusy,
    WindowWrong,
)
from motcua.queue.models import Serial, Ticket, Window
from motcua.queue.rules import State, Waiting

SERVED_FOR_MAX = 40


@action("queue.take")
def take(act: Act, *, agency: str, service: str, priority: bool = False) -> dict:
    """Give the next number of a service (its key) at an agency (its code): its kiosk does, or its counter.

    `priority` says that the person is of a class served first, not of which one: that would be personal data. Numbers
    begin at 1 each day and have no gaps. Answers {ticket, reference, code, ahead, windows}. Raises NoSuchPlace,
    NoSuchService, NotOpen with the moment from which numbers are given again.
    """
    day = local_date(act.at)
    office = queries.place(act.actor, "take", agency, day)
    now = queries.board(office, act.at)
    wanted = now.plan.service(service)
    if wanted is None:
        raise NoSuchService()
    if not now.gives:
        raise NotOpen(when=f"{now.gives_again:%H:%M} {now.gives_again:%d/%m/%Y}")
    end_left_over(act, office.id, day)
    number = _next_number(office.id, act, wanted.letter)
    line = now.line(wanted, priority=priority)
    row = Ticket.objects.create(
        agency_id=office.id,
        day=day,
        service=wanted.key,
        letter=wanted.letter,
        number=number,
        code=rules.code_of(wanted.letter, number),
        priority=priority,
        taken_at=act.at,
        since=act.at,
        ahead=line.ahead,
        windows=line.windows,
    )
    facts = {"agency": office.id, "service": row.service, "code": row.code, "priority": priority}
    record(act, "ticket.taken", row.subject, facts=facts)
    return {**done(row), "reference": row.reference, "ahead": row.ahead, "windows": row.windows}


def _next_number(agency_id: int, act: Act, letter: str) -> int:
    key = {"agency_id": agency_id, "day": local_date(act.at), "letter": letter}
    row, _made = Serial.objects.select_for_update().get_or_create(**key)
    Serial.objects.filter(pk=row.pk).update(last=F("last") + 1)
    return row.last + 1


@action("queue.call")
def call(act: Act) -> dict:
    """Call the next ticket to the actor's own window: by priority and place, fairly (see `rules.order`).

    Of two windows that press at one moment each gets another ticket: a row is taken by changing its state, and who
    finds it changed looks again. Raises WindowClosed, WindowBusy, NobodyWaits.
    """
    window = own_window(act)
    current = queries.at_window(window)
    if current is not None:
        raise WindowBusy(code=current.code)
    numbers = [each.number for each in queries.open_windows(window.agency_id)]
    while True:
        waiting = queries.waiting_at(window.agency_id, local_date(act.at))
        chosen = next(iter(queries.next_at(window, waiting, numbers)), None)
        if chosen is None:
            raise NobodyWaits()
        if _taken(act, chosen, window):
            break
    window.run = rules.run_after(window.run, chosen)
    window.save(update_fields=["run"])
    row = Ticket.objects.get(pk=chosen.id)
    if row.called_at is None:
        row.called_at, row.pace = act.at, _pace(row, act.at)
        row.save(update_fields=["called_at", "pace"])
    facts = {"state": row.state, "window": window.number, "officer": act.actor.account_id}
    record(act, "ticket.call", row.subject, facts=facts)
    return {**done(row), "window": window.number}


def _taken(act: Act, chosen: Waiting, window: Window) -> bool:
    """Take a waiting ticket to a window; False when another window was faster."""
    rows = Ticket.objects.filter(pk=chosen.id, state=State.WAITING)
    called = {"state": State.CALLED, "window": window, "to_window": None, "calls": 1}
    return bool(rows.update(**called, last_called_at=act.at))


def _pace(row: Ticket, at: datetime) -> int | None:
    """What the wait teaches; nothing when no window was open, or it began before the office did."""
    if not row.windows:
        return None
    worked = agencies.calendar_of(row.agency_id).open_time_between(wall(row.taken_at), wall(at))
    return rules.pace(worked, row.ahead, row.windows)


@action("queue.recall")
def recall(act: Act, *, ticket: str) -> dict:
    """Call the ticket at one's window again. Raises NoSuchTicket, TicketMoved."""
    row = lock(act, ticket, "recall")
    return move(act, row, "recall", calls=row.calls + 1, last_called_at=act.at)


@action("queue.start")
def start(act: Act, *, ticket: str) -> dict:
    """The person has come: serve her. Raises NoSuchTicket, TicketMoved."""
    return move(act, lock(act, ticket, "start"), "start", serving_at=act.at)


@action("queue.finish")
def finish(act: Act, *, ticket: str, served_for: str = "") -> dict:
    """The person is served. `served_for`: the opaque id of what came of it, where somebody wants to find it again.

    Raises NoSuchTicket, TicketMoved.
    """
    row = lock(act, ticket, "finish")
    noted = served_for if served_for.isalnum() and len(served_for) <= SERVED_FOR_MAX else ""
    begun = row.serving_at or row.last_called_at
    facts = {"served_for": noted or None}
    return move(act, row, "finish", facts=facts, serving_at=begun, ended_at=act.at, served_for=noted)


@action("queue.no_show")
def no_show(act: Act, *, ticket: str) -> dict:
    """Nobody came, though the number was called as often as the agency's rules say.

    Raises NoSuchTicket, TicketMoved, CallAgainFirst.
    """
    row = lock(act, ticket, "no_show")
    needed = queries.plan_of(office_of(row), act.at).calls
    if row.calls < needed:
        raise CallAgainFirst(code=row.code, calls=row.calls, needed=needed)
    return move(act, row, "no_show", ended_at=act.at)


@action("queue.come_back")
def come_back(act: Act, *, ticket: str) -> dict:
    """One who missed her call is there now: she goes behind those who wait at this moment, once.

    Raises NoSuchTicket, TicketMoved, CameBackAlready.
    """
    row = lock(act, ticket, "come_back")
    if row.returns >= queries.plan_of(office_of(row), act.at).returns:
        raise CameBackAlready(code=row.code)
    changes = {"returns": row.returns + 1, "since": act.at, "calls": 0, "window": None, "ended_at": None}
    return move(act, row, "come_back", **changes)


@action("queue.release")
def release(act: Act, *, ticket: str) -> dict:
    """Put a ticket called by mistake back to its place. Raises NoSuchTicket, TicketMoved."""
    return move(act, lock(act, ticket, "release"), "release", window=None, calls=0)


@action("queue.transfer")
def transfer(act: Act, *, ticket: str, service: str, window: int | None = None) -> dict:
    """Send a person on to another service, or to one window (its number); she keeps her number and her place.

    Raises NoSuchTicket, TicketMoved, NoSuchService, WindowWrong.
    """
    row = lock(act, ticket, "transfer")
    plan = queries.plan_of(office_of(row), act.at)
    if plan.service(service) is None:
        raise NoSuchService()
    if window is not None and not 1 <= window <= plan.windows:
        raise WindowWrong()
    facts = {"from": row.service, "service": service, "window": window}
    changes = {"service": service, "to_window": window, "window": None, "calls": 0, "serving_at": None}
    return move(act, row, "transfer", facts=facts, **changes)

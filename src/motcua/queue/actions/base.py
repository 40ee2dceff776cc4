"""What the acts of the queue share: find and lock, ask the policy, end what an earlier day left over."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from motcua.agencies import queries as agencies
from motcua.agencies.rules import Office
from motcua.foundation.acts import Act
from motcua.foundation.journal import record, record_many
from motcua.foundation.time import local_date
from motcua.kernel.clock.zone import local
from motcua.queue import queries, rules
from motcua.queue.errors import NoSuchTicket, TicketMoved, WindowClosed
from motcua.queue.models import Ticket, Window
from motcua.queue.rules import OPEN, State

LEFT_OVER_MOST = 2000  # tickets of earlier days ended in one act


def office_of(row: Ticket | Window) -> Office:
    """The agency of a ticket or window."""
    found = agencies.office(row.agency_id)
    assert found is not None  # a row points at it
    return found


def serves_at(act: Act, agency_id: int) -> bool:
    """Whether the actor calls numbers at an agency."""
    return rules.may(act.actor.holders, "serve", agency_id)


def own_window(act: Act) -> Window:
    """The window that the actor holds open, under lock: the next press waits for this one. Raises WindowClosed."""
    rows = Window.objects.select_for_update().filter(officer_id=act.actor.account_id, closed_at=None)
    found = rows.first() if act.actor.account_id is not None else None
    if found is None or not serves_at(act, found.agency_id):
        raise WindowClosed()
    return found


def lock(act: Act, public_id: str, verb: str) -> Ticket:
    """A ticket of today under lock, at the actor's own window if it is at one, for a move that its state allows.

    Raises NoSuchTicket, TicketMoved.
    """
    rows = Ticket.objects.select_for_update(of=("self",)).select_related("window")
    found = rows.filter(public_id=public_id).first() if public_id.isalnum() else None
    if found is None or not serves_at(act, found.agency_id):
        raise NoSuchTicket()
    is_mine = found.window is None or found.window.officer_id == act.actor.account_id
    can = rules.next_state(State(found.state), verb) is not None and found.day == local_date(act.at)
    if not can or (found.state in rules.AT_WINDOW and not is_mine):
        raise TicketMoved(code=found.code)
    return found


def move(act: Act, row: Ticket, verb: str, *, facts: dict[str, Any] | None = None, **changes: Any) -> dict:
    """Write the new state with `changes`, and one line in the ticket's chain; answers how it stands."""
    state = rules.next_state(State(row.state), verb)
    assert state is not None
    for name, value in {**changes, "state": state}.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *changes])
    record(act, f"ticket.{verb}", row.subject, facts={"state": row.state, **(facts or {})})
    return done(row)


def done(row: Ticket) -> dict:
    """What acts on a ticket answer."""
    return {"ticket": row.public_id, "code": row.code, "state": str(row.state), "calls": row.calls}


def close(act: Act, window: Window, reason: str) -> None:
    """Close a window under lock: what it had called goes back to its place, what it served is done."""
    current = Ticket.objects.select_for_update().filter(window=window, state__in=rules.AT_WINDOW).first()
    if current is not None and current.state == State.CALLED:
        move(act, current, "release", facts={"reason": reason}, window=None, calls=0)
    elif current is not None:
        move(act, current, "finish", facts={"reason": reason}, ended_at=act.at)
    window.closed_at = max(act.at, window.opened_at)
    window.save(update_fields=["closed_at"])
    record(act, "window.closed", window.subject, facts={"reason": reason, "number": window.number})


def end_left_over(act: Act, agency_id: int, day: date) -> int:
    """End what days before `day` left open at an agency: its tickets, with the reason, and its windows. How many."""
    rows = Ticket.objects.select_for_update().filter(agency_id=agency_id, state__in=OPEN, day__lt=day)
    tickets = list(rows.order_by("pk")[:LEFT_OVER_MOST])
    for row in tickets:
        row.state, row.ended_at = State.ENDED, act.at
    Ticket.objects.bulk_update(tickets, ["state", "ended_at"])
    record_many(act, "ticket.end", [(r.subject, {"state": r.state, "reason": "day_over"}) for r in tickets])
    begun = local(datetime.combine(day, datetime.min.time()))
    windows = Window.objects.select_for_update().filter(
        agency_id=agency_id, closed_at=None, opened_at__lt=begun
    )
    for window in windows.order_by("pk"):
        close(act, window, "day_over")
    return len(tickets)


__all__ = [
    "close",
    "done",
    "end_left_over",
    "lock",
    "move",
    "office_of",
    "own_window",
    "queries",
    "serves_at",
]

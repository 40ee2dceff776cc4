"""Numbers over the API: a hospital's own kiosk, a signboard, a caller at the window. See docs/reference/api.md."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from motcua.agencies import queries as agencies
from motcua.foundation.api import (
    In,
    Out,
    PublicId,
    Text,
    Token,
    act_of,
    answers,
    demand_arguments,
    open_answers,
    open_door,
    read_answers,
)
from motcua.foundation.doors import actor_of
from motcua.foundation.time import local_date, now
from motcua.queue import actions, queries

router = Router(tags=["queue"])
READ, WRITE = Token("queue:read"), Token("queue:write")
PURPOSE = "queue"
VERBS = {
    "recall": actions.recall,
    "start": actions.start,
    "finish": actions.finish,
    "no_show": actions.no_show,
    "come_back": actions.come_back,
    "release": actions.release,
    "transfer": actions.transfer,
}
Verb = Literal[tuple(VERBS)]  # type: ignore[valid-type]


class ExpectedOut(Out):
    """When eight of ten were called who stood like this. Null where too little is known: that is not nought."""

    first: datetime
    last: datetime
    minutes_least: int
    minutes_most: int
    may_miss: bool


class LineOut(Out):
    """One service as a newcomer finds it; `windows` are open and serve it."""

    key: str
    letter: str
    name_vi: str
    name_en: str
    waiting: int
    windows: int
    expected: ExpectedOut | None


class CallOut(Out):
    """A number called to a window; `state` called, serving, done or no_show."""

    code: str
    window: int
    state: str
    at: datetime


class BoardOut(Out):
    """What hangs on the wall of a one-stop. `gives`: numbers are given now, else again at `gives_again`."""

    agency: str
    at: datetime
    gives: bool
    gives_again: datetime
    waiting: int
    windows: list[int]
    services: list[LineOut]
    calls: list[CallOut]


class TicketOut(Out):
    """Where one number stands; `ahead` is null unless it waits."""

    code: str
    agency: str
    service: str
    priority: bool
    state: str
    taken_at: datetime
    window: int | None
    ahead: int | None
    expected: ExpectedOut | None


class TicketIn(In):
    """The service's key; `priority` says that somebody is served first, never why."""

    service: Text(80, 1)
    priority: bool = False

    model_config = {"json_schema_extra": {"examples": [{"service": "civil-status", "priority": False}]}}


class TicketTaken(Out):
    ticket: str
    reference: str
    code: str
    state: str
    ahead: int
    windows: int
    replayed: bool


class WindowIn(In):
    """The window's number and the keys of the services it serves; none means all."""

    agency: Text(80, 1)
    number: int = Field(ge=1, le=99)
    services: list[Text(80, 1)] = Field(default_factory=list, max_length=50)

    model_config = {"json_schema_extra": {"examples": [{"agency": "qn-bai-chay-centre", "number": 1}]}}


class WindowOut(Out):
    window: str
    number: int
    replayed: bool


class TicketMoved(Out):
    ticket: str
    code: str
    state: str
    calls: int
    window: int | None = None
    replayed: bool


class TicketMove(In):
    """A verb with what it needs: `service` and perhaps `window` to transfer, `served_for` to finish."""

    verb: Verb
    service: Text(80, 1) | None = None
    window: int | None = Field(None, ge=1, le=99)
    served_for: PublicId | None = None

    model_config = {"json_schema_extra": {"examples": [{"verb": "start"}]}}


def _expected(found: queries.Expected | None) -> dict | None:
    if found is None:
        return None
    minutes = {"minutes_least": found.least, "minutes_most": found.most}
    return {"first": found.first, "last": found.last, "may_miss": found.may_miss, **minutes}


@router.get(
    "/tickets/{reference}",
    response=open_answers(TicketOut),
    summary="One number, by the reference on its paper",
)
@open_door("who holds the paper holds its unguessable reference; a ticket names nobody")
def ticket(request: HttpRequest, reference: str) -> dict:
    """How many are called before it, and when about; nobody is named."""
    row, at = queries.ticket_of(reference), now()
    standing = queries.standing(row, at)
    office = agencies.office(row.agency_id)
    return {
        "code": row.code,
        "agency": office.code if office else "",
        "service": row.service,
        "priority": row.priority,
        "state": row.state,
        "taken_at": row.taken_at,
        "window": row.window.number if row.window else None,
        "ahead": standing.ahead,
        "expected": _expected(standing.expected),
    }


@router.get(
    "/{agency}", auth=READ, response=read_answers(BoardOut), summary="How the queue of a one-stop stands"
)
def board(request: HttpRequest, agency: str) -> dict:
    """For those who work at its counter or answer for it: the same as on the screen in the hall."""
    at = now()
    office = queries.place(actor_of(request), "read", agency, local_date(at))
    found = queries.board(office, at)
    lines = [
        {
            "key": line.service.key,
            "letter": line.service.letter,
            "name_vi": line.service.name_vi,
            "name_en": line.service.name_en,
            "waiting": line.waiting,
            "windows": line.windows,
            "expected": _expected(line.expected),
        }
        for line in found.lines()
    ]
    return {
        "agency": office.code,
        "at": at,
        "gives": found.gives,
        "gives_again": found.gives_again,
        "waiting": len(found.waiting),
        "windows": [window.number for window in found.windows],
        "services": lines,
        "calls": [vars(call) for call in queries.calls(office.id, local_date(at))],
    }


@router.post("/{agency}/tickets", auth=WRITE, response=answers(TicketTaken, 201), summary="Take a number")
def take(request: HttpRequest, agency: str, body: TicketIn) -> Status:
    """By a program of the counter, such as a kiosk of another maker; in office hours only."""
    act = act_of(request, PURPOSE)
    return Status(201, actions.take(act, agency=agency, service=body.service, priority=body.priority))


@router.post("/windows/open", auth=WRITE, response=answers(WindowOut), summary="Open a window")
def open_window(request: HttpRequest, body: WindowIn) -> dict:
    """The caller's own; one that she held before is closed."""
    return actions.open_window(act_of(request, PURPOSE), **body.model_dump())


@router.post("/windows/{id:window}/close", auth=WRITE, response=answers(WindowOut), summary="Close a window")
def close_window(request: HttpRequest, window: PublicId) -> dict:
    """One's own, or one that a colleague left; what it had called goes back to its place."""
    return actions.close_window(act_of(request, PURPOSE), window=window)


@router.post("/windows/call", auth=WRITE, response=answers(TicketMoved), summary="Call the next number")
def call(request: HttpRequest) -> dict:
    """To the caller's own window: by priority and place, fairly."""
    return actions.call(act_of(request, PURPOSE))


@router.post(
    "/tickets/{id:ticket}/moves", auth=WRITE, response=answers(TicketMoved), summary="Recall, start, finish …"
)
def move(request: HttpRequest, ticket: PublicId, body: TicketMove) -> dict:
    """One of the verbs of a number called to one's own window; `come_back` for one who missed her call."""
    action = VERBS[body.verb]
    given = body.model_dump(exclude_none=True, exclude={"verb"})
    demand_arguments(action, given, "ticket")
    return action(act_of(request, PURPOSE), ticket=ticket, **given)

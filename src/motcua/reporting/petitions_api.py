"""Petitions over the API: sent and followed by everybody, answered by those who handle them. The same acts and reads as
the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import Field

from motcua.foundation import limits
from motcua.foundation.access import seen
from motcua.foundation.actors import Actor
from motcua.foundation.api import (
    In,
    Out,
    PublicId,
    Text,
    Token,
    act_of,
    answers,
    cursor,
    open_answers,
    open_door,
    read_answers,
    read_cursor,
)
from motcua.foundation.doors import actor_of
from motcua.foundation.errors import Forbidden
from motcua.foundation.time import local_date, now
from motcua.reporting import actions, queries
from motcua.reporting.errors import PetitionNotFound
from motcua.reporting.models import Petition
from motcua.reporting.rules import READERS
from motcua.reporting.rules.petitions import ANSWER_MAX, DECLINES, HANDLERS, NAME_MAX, PHONE_MAX, TEXT_MAX

router = Router(tags=["petitions"])
READ, WRITE = Token("petitions:read"), Token("petitions:write")
PUBLIC = open_door(
    "NĐ 20/2008/NĐ-CP: everybody may say what is wrong with a procedure; published words are masked."
)
FOLLOWED = open_door(
    "Only who holds the unguessable reference reads her petition's answer; no name is shown."
)
LIST_MAX = 50
PURPOSE = "petition"
State = Literal["sent", "accepted", "declined", "answered"]
Verb = Literal["accept", "answer", "decline", "pass_on", "publish"]


class PublishedPetition(Out):
    """In the words that an officer has masked and agreed to."""

    agency: str
    procedure: str | None
    text: str
    answer: str
    sent_at: datetime
    answered_at: datetime | None
    on_time: bool
    satisfied: bool | None


class PublishedPetitions(Out):
    items: list[PublishedPetition]
    next: str | None


class PetitionIn(In):
    """Name, telephone and a clear text are the law's conditions (NĐ 20/2008/NĐ-CP); they are sealed."""

    agency: Text(60, 1) = Field(description="Code of an agency that receives dossiers.")
    name: Text(NAME_MAX, 1)
    phone: Text(PHONE_MAX, 1)
    text: Text(TEXT_MAX, 1)
    procedure: Text(120) = ""
    dossier_code: Text(60) = ""


class PetitionSent(Out):
    """Keep the `reference`: by it alone the answer is read."""

    reference: str
    due_on: date
    replayed: bool


class FollowedPetition(Out):
    reference: str
    agency: str
    state: State
    sent_at: datetime
    due_on: date
    ended_at: datetime | None
    why_declined: str
    answer: str
    satisfied: bool | None


class WaitingPetition(Out):
    """A petition without its sender and its words."""

    id: str
    reference: str
    agency: str
    procedure: str | None
    state: State
    sent_at: datetime
    due_on: date
    late: bool


class WaitingPetitions(Out):
    items: list[WaitingPetition]
    next: str | None


class PetitionDetail(WaitingPetition):
    """The whole petition, for who handles it."""

    name: str
    phone: str
    text: str
    dossier_code: str
    answer: str
    published: bool


class PetitionMove(In):
    """`answer` for answer, decline (with `why`) and publish (with `text`, `agreed`); `agency` for pass_on."""

    verb: Verb
    answer: Text(ANSWER_MAX) = ""
    why: Literal[DECLINES] | None = None  # type: ignore[valid-type]
    agency: Text(60) = ""
    text: Text(TEXT_MAX) = ""
    agreed: bool = False


class PetitionMoved(Out):
    petition: str
    replayed: bool
    state: State | None = None
    agency: str | None = None


# Everybody -----------------------------------------------------------------------------------------------------------


@router.get("", response=open_answers(PublishedPetitions), summary="Published petitions and their answers")
@PUBLIC
def published(
    request: HttpRequest,
    cursor_: str | None = Query(None, alias="cursor", max_length=400),
    limit: int = Query(20, ge=1, le=LIST_MAX),
) -> dict:
    """Newest first, personal data masked. Follow `next`."""
    place = read_cursor("petitions", cursor_, int)
    rows = queries.published(limit=limit, before=place[0] if place else None)
    return {
        "items": [
            {
                "agency": row.agency.name_vi,
                "procedure": row.procedure.short_name_vi if row.procedure else None,
                "text": row.public_text,
                "answer": row.public_answer,
                "sent_at": row.sent_at,
                "answered_at": row.ended_at,
                "on_time": row.ended_at is not None and local_date(row.ended_at) <= row.due_on,
                "satisfied": row.satisfied,
            }
            for row in rows
        ],
        "next": cursor("petitions", rows[-1].pk) if len(rows) == limit else None,
    }


@router.post("", response=answers(PetitionSent, 201), summary="Send a petition")
@PUBLIC
def send(request: HttpRequest, body: PetitionIn) -> Status:
    """To an agency, about a procedure or none; as on the public page, with the same bound on how often."""
    caller = request.META.get("REMOTE_ADDR", "")
    limits.demand(f"petition:{caller}", per_minute=settings.MOTCUA.rate_submit_per_minute)
    return Status(201, actions.send(act_of(request, PURPOSE), **body.model_dump()))


@router.get(
    "/followed/{reference}", response=open_answers(FollowedPetition), summary="Where a petition stands"
)
@FOLLOWED
def followed(request: HttpRequest, reference: str) -> dict:
    """By the reference that its sender was given."""
    caller = request.META.get("REMOTE_ADDR", "")
    limits.demand(f"track:{caller}", per_minute=settings.MOTCUA.rate_track_per_minute)
    row = queries.followed(reference[:80])
    if row is None:
        raise PetitionNotFound()
    return {
        "reference": row.reference,
        "agency": row.agency.code,
        "state": row.state,
        "sent_at": row.sent_at,
        "due_on": row.due_on,
        "ended_at": row.ended_at,
        "why_declined": row.decline,
        "answer": row.answer,
        "satisfied": row.satisfied,
    }


# Who handles them ----------------------------------------------------------------------------------------------------


def _handler(request: HttpRequest) -> Actor:
    """Whoever handles petitions somewhere, as at the door of the page. Raises Forbidden."""
    actor = actor_of(request)
    if not actor.has_role(*HANDLERS, *READERS):
        raise Forbidden()
    return actor


@router.get(
    "/waiting", auth=READ, response=read_answers(WaitingPetitions), summary="What waits for an answer"
)
def waiting(
    request: HttpRequest,
    cursor_: str | None = Query(None, alias="cursor", max_length=400),
    limit: int = Query(LIST_MAX, ge=1, le=LIST_MAX),
) -> dict:
    """At the agencies whose petitions the caller handles, soonest due first; nobody's name. Follow `next`."""
    actor, day = _handler(request), local_date(now())
    place = read_cursor("petitions.waiting", cursor_, str, int)
    after = (date.fromisoformat(place[0]), place[1]) if place else None
    rows = queries.waiting(actor, limit=limit, after=after)
    last = rows[-1] if len(rows) == limit else None
    return {
        "items": [_row(row, day) for row in rows],
        "next": cursor("petitions.waiting", last.due_on.isoformat(), last.pk) if last else None,
    }


def _row(row: Petition, day: date) -> dict:
    return {
        "id": row.public_id,
        "reference": row.reference,
        "agency": row.agency.code,
        "procedure": row.procedure.slug if row.procedure else None,
        "state": row.state,
        "sent_at": row.sent_at,
        "due_on": row.due_on,
        "late": row.ended_at is None and row.due_on < day,
    }


@router.get("/{id:petition}", auth=READ, response=read_answers(PetitionDetail), summary="One petition, whole")
def show(request: HttpRequest, petition: PublicId) -> dict:
    """For who handles it; who read it is kept."""
    actor, at = _handler(request), now()
    row = queries.petition(actor, petition)
    seen(actor, at=at, purpose=PURPOSE, page="api:petition", subjects=[row.subject])
    more = {name: getattr(row, name) for name in ("name", "phone", "text", "dossier_code", "answer")}
    return {**_row(row, local_date(at)), **more, "published": row.published_at is not None}


@router.post(
    "/{id:petition}/moves",
    auth=WRITE,
    response=answers(PetitionMoved),
    summary="Accept, answer, publish a petition",
)
def move(request: HttpRequest, petition: PublicId, body: PetitionMove) -> dict:
    """One verb with what it needs; refusals say what is missing."""
    actor = _handler(request)
    queries.petition(actor, petition)
    act = act_of(request, PURPOSE)
    verbs = {
        "accept": lambda: actions.accept(act, petition=petition),
        "answer": lambda: actions.answer(act, petition=petition, answer=body.answer),
        "decline": lambda: actions.decline(act, petition=petition, why=body.why or "", answer=body.answer),
        "pass_on": lambda: actions.pass_on(act, petition=petition, agency=body.agency),
        "publish": lambda: actions.publish(
            act, petition=petition, text=body.text, answer=body.answer, agreed=body.agreed
        ),
    }
    return verbs[body.verb]()

"""At the counter, by a program: worklists, search, a walk-in taken in by one act, papers looked at, a card read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Status
from pydantic import Field

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.dossiers import actions, queries, rules
from motcua.dossiers.api.shapes import Code, Found, HandedOver, MoveOut, PapersIn, Search, Slug, WorkPage
from motcua.dossiers.api.shared import READ, WRITE, note_seen, router, told
from motcua.dossiers.errors import NotYours
from motcua.foundation.actors import Actor
from motcua.foundation.api import (
    Answers,
    In,
    Out,
    PublicId,
    Text,
    act_of,
    answers,
    asked_answers,
    cursor,
    read_answers,
    read_cursor,
)
from motcua.foundation.doors import actor_of
from motcua.foundation.errors import Invalid
from motcua.foundation.limits import demand
from motcua.foundation.time import local_date, now
from motcua.kernel.identifiers import CardData, CardProblem, parse_card_qr, problem_sentence
from motcua.people import actions as people
from motcua.people import queries as people_queries
from motcua.people import rules as people_rules

DESKS = ("reception", "process", "sign", "clerk", "lead")
LIST_MAX, FOUND_MAX, CARD_MAX = 100, 50, 1000
INTAKE = "intake"


class WalkIn(In):
    """Somebody at the counter. With `card` (the text of her card's QR code) the person is found or made by it."""

    procedure: Slug
    agency: Code = Field(description="Code of the one-stop where the caller receives.")
    answers: Answers
    papers: list[HandedOver] = Field([], max_length=100)
    receive_now: bool = True
    transfer_now: bool = False
    card: Text(CARD_MAX) | None = None


class Card(In):
    qr: Text(CARD_MAX, 1) = Field(description="number|old number|name|birth ddmmyyyy|sex|address|issue date")


class CardOut(Out):
    """What a card says. `doubts` are for the officer's eyes: numbers were once issued with mistakes."""

    full_name: str
    personal_number: str
    birth_on: str
    sex: str
    address: str
    doubts: list[str]


@router.get(
    "/worklist", auth=READ, response=read_answers(WorkPage), summary="What waits at a desk, soonest due first"
)
def worklist(
    request: HttpRequest,
    desk: str = Query("own", pattern=f"^({'|'.join(DESKS)}|own)$"),
    agency: str = Query("", max_length=80),
    state: str = Query("", pattern=f"^({'|'.join(rules.State)}|)$"),
    procedure: str = Query("", max_length=120),
    cursor_: str | None = Query(None, alias="cursor", max_length=400),
    limit: int = Query(50, ge=1, le=LIST_MAX),
) -> dict:
    """`desk` is a kind of desk at `agency` where the caller holds a position, or `own`: what waits for her alone."""
    actor = actor_of(request)
    holder = holder_of(actor, desk, agency)
    place = read_cursor(f"work:{holder}", cursor_, str, int)
    wanted = catalogue.by_slug(procedure).pk if procedure else None
    after = (place[0], place[1]) if place else None
    items = queries.worklist(holder, limit=limit, after=after, state=state, procedure=wanted)
    note_seen(actor, "worklist", *(item.dossier for item in items))
    last = items[-1] if len(items) == limit else None
    return {
        "items": [
            {"dossier": told(i.dossier, actor), "role": i.role, "reason": i.reason, "waits": i.todo}
            for i in items
        ],
        "next": cursor(f"work:{holder}", last.sort_key, last.dossier.pk) if last else None,
    }


def holder_of(actor: Actor, desk: str, agency: str) -> str:
    """The holder key of a desk. Raises NotYours where the caller does not sit, also when the agency is left open."""
    if desk == "own":
        return f"account:{actor.account_id}"
    office = agencies.by_code(agency) if agency else None
    mine = sorted(h for h in actor.holders if h.startswith("office:") and h.endswith(f":{desk}"))
    wanted = [h for h in mine if office is None or h == f"office:{office.id}:{desk}"]
    if len(wanted) != 1 or (agency and office is None):
        raise NotYours()
    return wanted[0]


@router.post(
    "/search", auth=READ, response=asked_answers(Found), summary="Find by code, name, number or phone"
)
def search(request: HttpRequest, body: Search) -> dict:
    """Among what the caller may see. Sent as a body, because addresses end up in logs."""
    actor = actor_of(request)
    demand(f"search:{actor.key}", per_minute=settings.MOTCUA.rate_search_per_minute)
    visible, today = queries.visible_to(actor), local_date(now())
    offices = [office for id_ in actor.agencies() if (office := agencies.office(id_))]
    rows = queries.find_exact(visible, body.text, offices, today)
    if not rows:
        people_found = people_queries.search(body.text, limit=FOUND_MAX)
        rows = queries.find_of_parties(visible, [line.id for line in people_found], limit=FOUND_MAX)
    note_seen(actor, "search", *rows)
    return {"items": [told(row, actor) for row in rows]}


@router.post(
    "/walk-in", auth=WRITE, response=answers(MoveOut, 201), summary="Take in somebody at the counter, whole"
)
def walk_in(request: HttpRequest, body: WalkIn) -> Status:
    """Declared, received and if wished passed on, by one act: whole or not at all."""
    act = act_of(request, INTAKE)
    office = agencies.by_code(body.agency)
    if office is None or f"office:{office.id}:reception" not in act.actor.holders:
        raise NotYours()
    if body.card:
        # what the card proves comes first, so that the declaration meets it and not the other way round
        facts = people_rules.from_card(_read(body.card, act.actor.language))
        people.find_or_create(act.part("card"), facts=facts, source="card")
    done = actions.take_in(
        act,
        procedure=body.procedure,
        agency=body.agency,
        answers=body.answers,
        papers=[paper.model_dump() for paper in body.papers],
        receive_now=body.receive_now,
        transfer_now=body.transfer_now,
        card=bool(body.card),
    )
    return Status(201, done)


@router.post(
    "/{id:dossier}/papers/handed-over",
    auth=WRITE,
    response=answers(MoveOut),
    summary="Note which papers were handed over or shown",
)
def handed_over(request: HttpRequest, dossier: PublicId, body: PapersIn) -> dict:
    """At the counter, before reception; they stand on the receipt."""
    papers = [paper.model_dump() for paper in body.papers]
    return actions.check_papers(act_of(request, INTAKE), dossier=dossier, papers=papers)


@router.post(
    "/card", auth=READ, response=asked_answers(CardOut), summary="Read the QR code of an identity card"
)
def card(request: HttpRequest, body: Card) -> dict:
    """Nothing is kept. 422 with the reason for anything that is no card."""
    found = _read(body.qr, actor_of(request).language)
    return {**people_rules.from_card(found), "doubts": list(found.doubts)}


def _read(text: str, language: str) -> CardData:
    try:
        return parse_card_qr(text)
    except CardProblem as problem:
        told_: dict[str, Any] = {"field": "qr", "code": problem.code}
        raise Invalid([{**told_, "message": problem_sentence(problem.code, language)}]) from problem

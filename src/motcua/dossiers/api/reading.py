"""Reading dossiers: the list, one of them, its clock, papers, letters, fees, what happened, who looked."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja import Query

from motcua.agencies import queries as agencies
from motcua.dossiers import queries, rules
from motcua.dossiers.api.shapes import (
    ClockOut,
    DossierDetail,
    DossierPage,
    Fees,
    LetterOut,
    Letters,
    Looks,
    Timeline,
)
from motcua.dossiers.api.shared import FILES_READ, READ, note_seen, opened, router, told
from motcua.dossiers.errors import DossierNotFound, NotYours
from motcua.dossiers.handing import hand_out
from motcua.dossiers.models import Dossier, Letter
from motcua.files import queries as files
from motcua.files.rules import KINDS
from motcua.foundation.access import offices_of, who_saw
from motcua.foundation.actors import Actor
from motcua.foundation.api import PublicId, content_answers, cursor, read_answers, read_cursor
from motcua.foundation.doors import actor_of
from motcua.foundation.models import AccessEntry
from motcua.foundation.time import now
from motcua.kernel import clock

LIST_MAX, SAW_MAX = 100, 200
PAPER_MAX = 2**31 - 1
TYPES = [kind.mime for kind in KINDS.values()]


@router.get(
    "", auth=READ, response=read_answers(DossierPage), summary="The dossiers one may see, newest first"
)
def index(
    request: HttpRequest,
    cursor_: str | None = Query(None, alias="cursor", max_length=400),
    limit: int = Query(50, ge=1, le=LIST_MAX),
) -> dict:
    """A citizen's own, or what an officer's positions let her see. Follow `next` until it is null."""
    actor = actor_of(request)
    place = read_cursor("dossiers", cursor_, int)
    rows = queries.page(actor, limit=limit, before=place[0] if place else None)
    note_seen(actor, "dossiers", *rows)
    return {
        "items": [told(row, actor) for row in rows],
        "next": cursor("dossiers", rows[-1].pk) if len(rows) == limit else None,
    }


@router.get(
    "/{id:dossier}",
    auth=READ,
    response=read_answers(DossierDetail),
    summary="One dossier with answers and papers",
)
def show(request: HttpRequest, dossier: PublicId) -> dict:
    """`allowed` are the verbs that this caller may do now; `result` says that the result can be fetched as a file."""
    actor, row = opened(request, dossier, "dossier")
    return {
        **told(row, actor, opened=True),
        "answers": queries.answers_of(row),
        "papers": [_paper(paper) for paper in queries.papers_of(row)],
        "allowed": queries.allowed_verbs(actor, row),
        "consent": queries.consent_of(row),
        "result": _has_result(row),
    }


def _paper(paper: Any) -> dict:
    return {
        "paper": paper.pk,
        "file": paper.file.public_id if paper.file else None,
        "kind": paper.file.kind if paper.file else None,
        "size": paper.file.size if paper.file else None,
        **{
            name: getattr(paper, name)
            for name in ("key", "name", "form", "quantity", "added_at", "digitised")
        },
    }


def _has_result(row: Dossier) -> bool:
    return row.result_file_id is not None and row.business_state in rules.RESOLVED


@router.get(
    "/{id:dossier}/clock",
    auth=READ,
    response=read_answers(ClockOut),
    summary="The due date with its derivation",
)
def clock_(request: HttpRequest, dossier: PublicId) -> dict:
    """Before reception no clock runs: `state` is then `none`."""
    actor, row = opened(request, dossier, "clock")
    if row.received_at is None:
        nothing = dict.fromkeys(("due_on", "due_at", "first_due_on", "working_days_left"))
        return {**nothing, "provisional": False, "state": "none", "derivation": []}
    deadline = queries.clock_of(row)
    left = queries.time_left(row, now())
    return {
        "due_on": deadline.due_on,
        "due_at": deadline.due_at,
        "first_due_on": row.first_due_on or deadline.original_due_on,
        "provisional": deadline.provisional,
        "state": deadline.state,
        "working_days_left": left.working_days if deadline.state == "running" and deadline.due_at else None,
        "derivation": [clock.say(line, actor.language) for line in deadline.lines],
    }


@router.get(
    "/{id:dossier}/papers/{int:paper}/content",
    auth=FILES_READ,
    response=read_answers(None),
    summary="The file of a paper",
    openapi_extra=content_answers(TYPES),
)
def paper_content(request: HttpRequest, dossier: PublicId, paper: int) -> HttpResponseBase:
    """Given to whoever may see the dossier that holds it; a paper of identity, to others than its desks and its
    applicant, as a marked copy."""
    actor, row = opened(request, dossier, "paper")
    found = next((each for each in queries.papers_of(row) if each.pk == paper), None)
    if found is None or found.file is None:
        raise DossierNotFound()
    return hand_out(actor, row, found, at=now(), download=True)


@router.get(
    "/{id:dossier}/result",
    auth=FILES_READ,
    response=read_answers(None),
    summary="The result as a file, once it is signed",
    openapi_extra=content_answers(TYPES),
)
def result(request: HttpRequest, dossier: PublicId) -> StreamingHttpResponse:
    _actor, row = opened(request, dossier, "result")
    if not _has_result(row):
        raise DossierNotFound()
    return files.file_response(row.result_file, download=True)


def _may_read(actor: Actor, row: Dossier, letter: Letter) -> bool:
    """An applicant reads what was issued to her; inner notes between desks are for officers at work."""
    return letter.kind in queries.ISSUED_TO_APPLICANT or queries.at_work(actor, row)


def _letter(letter: Letter) -> dict:
    content = letter.content if isinstance(letter.content, dict) else {}
    plain = {name: getattr(letter, name) for name in ("kind", "number", "at", "answered_at")}
    return {"id": letter.public_id, "content": content, **plain}


@router.get(
    "/{id:dossier}/letters",
    auth=READ,
    response=read_answers(Letters),
    summary="The letters issued, oldest first",
)
def letters(request: HttpRequest, dossier: PublicId) -> dict:
    """Receipt, supplement request, refusal, apology …: their variable content as data."""
    actor, row = opened(request, dossier, "letters")
    return {"items": [_letter(each) for each in queries.letters_of(row) if _may_read(actor, row, each)]}


@router.get(
    "/{id:dossier}/letters/{id:letter}", auth=READ, response=read_answers(LetterOut), summary="One letter"
)
def letter_(request: HttpRequest, dossier: PublicId, letter: PublicId) -> dict:
    actor, row = opened(request, dossier, "letter")
    found = queries.letter_of(row, letter)
    if not _may_read(actor, row, found):
        raise DossierNotFound()
    return _letter(found)


@router.get(
    "/{id:dossier}/timeline",
    auth=READ,
    response=read_answers(Timeline),
    summary="What happened, oldest first",
)
def timeline(request: HttpRequest, dossier: PublicId) -> dict:
    actor, row = opened(request, dossier, "timeline")
    seen = [each for each in queries.letters_of(row) if _may_read(actor, row, each)]
    entries = queries.timeline(row, seen, queries.steps_of(row))
    entries = sorted([*entries, *queries.stories(row, actor.language)], key=lambda entry: entry.at)
    return {"items": [{"at": e.at, "what": e.what, "detail": e.detail} for e in entries]}


@router.get(
    "/{id:dossier}/fees", auth=READ, response=read_answers(Fees), summary="What is to be paid, and what is"
)
def fees(request: HttpRequest, dossier: PublicId) -> dict:
    _actor, row = opened(request, dossier, "fees")
    return {"state": row.finance_state, "items": queries.fees_of(row)}


@router.get(
    "/{id:dossier}/looks",
    auth=READ,
    response=read_answers(Looks),
    summary="Who has looked at it, newest first",
)
def looks(request: HttpRequest, dossier: PublicId) -> dict:
    """For the applicant: every look by somebody else, with the office and the purpose."""
    actor, row = opened(request, dossier, "looks")
    if not queries.is_applicant(actor, row):
        raise NotYours()
    entries = who_saw(row.subject).exclude(actor=actor.key)[:SAW_MAX]
    return {
        "items": [
            {"at": e.at, "offices": _offices(e, actor.language), "purpose": e.purpose, "page": e.page}
            for e in entries
        ]
    }


def _offices(entry: AccessEntry, language: str) -> list[str]:
    """The names of the agencies of an entry, each once."""
    ids = offices_of(entry)
    names = agencies.names(ids, language)
    return [names[id_] for id_ in ids if id_ in names]

"""Dossiers over the API: the same actions and the same reads as the pages. See docs/reference/api.md."""

from __future__ import annotations

import inspect
from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema

from motcua.dossiers import actions, queries, rules
from motcua.dossiers.models import Dossier
from motcua.foundation.access import seen
from motcua.foundation.api import Token, act_of, answers, cursor, read_cursor
from motcua.foundation.doors import actor_of
from motcua.foundation.errors import Invalid, Refusal
from motcua.foundation.middleware import as_problem
from motcua.foundation.time import now
from motcua.kernel import clock

router = Router(tags=["dossiers"])
READ, WRITE = Token("dossiers:read"), Token("dossiers:write")
LIST_MAX = 100

# verb in the API -> action; the state table of the dossier decides what is possible when
VERBS = {
    action.verb.removeprefix("dossiers."): action
    for action in (
        actions.submit,
        actions.receive,
        actions.ask_at_door,
        actions.refuse,
        actions.answer,
        actions.transfer,
        actions.take,
        actions.assign,
        actions.advance,
        actions.ask_supplement,
        actions.ask_payment,
        actions.confirm_payment,
        actions.extend,
        actions.draft_result,
        actions.send_back,
        actions.approve,
        actions.take_over_result,
        actions.hand_over,
        actions.record_cash,
        actions.rate,
        actions.withdraw,
        actions.stop,
    )
}
Verb = Literal[tuple(VERBS)]  # type: ignore[valid-type]


class AgencyRef(Schema):
    code: str
    name: str


class DossierOut(Schema):
    """A dossier as its caller may see it. Times are ISO 8601 with offset, `due_on` is a Vietnamese day."""

    id: str
    reference: str
    code: str | None
    procedure: str
    state: str
    national_state: int | None
    finance_state: str
    delivery_state: str
    sync_state: str
    channel: str
    received_by: AgencyRef | None
    competent_agency: AgencyRef | None
    submitted_at: datetime | None
    received_at: datetime | None
    resolved_at: datetime | None
    returned_at: datetime | None
    due_on: date | None
    due_at: datetime | None
    due_provisional: bool
    outcome: str
    revision: int


class PaperOut(Schema):
    paper: int
    key: str
    name: str
    form: str
    file: str | None
    digitised: int


class DossierDetail(DossierOut):
    answers: dict[str, Any]
    papers: list[PaperOut]
    allowed: list[str]


class DossierPage(Schema):
    items: list[DossierOut]
    next: str | None


class NewDossier(Schema):
    procedure: str = Field(max_length=120, description="slug of the procedure")
    agency: str | None = Field(None, max_length=80, description="code of the one-stop that shall receive it")


class AnswersIn(Schema):
    answers: dict[str, Any]
    section: str | None = Field(None, max_length=80)
    revision: int | None = Field(None, ge=0, le=2**31 - 1)


class PaperIn(Schema):
    key: str = Field(max_length=80)
    file: str = Field(max_length=26)
    name: str = Field("", max_length=300)


class Item(Schema):
    text: str = Field(max_length=600)
    paper: str | None = Field(None, max_length=80)
    section: str | None = Field(None, max_length=80)


class MoveIn(Schema):
    """A verb with what it needs: `reason` and `items` to ask, `outcome` to draft, `stars` to rate …"""

    verb: Verb
    revision: int | None = Field(None, ge=0, le=2**31 - 1)
    reason: str | None = Field(None, max_length=1000)
    items: list[Item] | None = Field(None, max_length=50)
    law: str | None = Field(None, max_length=200)
    note: str | None = Field(None, max_length=2000)
    remark: str | None = Field(None, max_length=1000)
    outcome: Literal["granted", "denied"] | None = None
    number: str | None = Field(None, max_length=60)
    file: str | None = Field(None, max_length=26)
    until: date | None = None
    way: Literal["counter", "post", "portal"] | None = None
    tracking: str | None = Field(None, max_length=60)
    receipt_number: str | None = Field(None, max_length=60)
    account: int | None = Field(None, ge=1, le=2**62)
    stars: int | None = Field(None, ge=1, le=5)
    comment: str | None = Field(None, max_length=1000)


class MoveOut(Schema):
    dossier: str
    reference: str
    code: str | None
    state: str
    due_on: date | None
    revision: int
    replayed: bool


class BatchItem(MoveIn):
    dossier: str = Field(max_length=26)


class BatchIn(Schema):
    items: list[BatchItem] = Field(min_length=1, max_length=100)


class BatchResult(Schema):
    dossier: str
    done: MoveOut | None = None
    problem: dict[str, Any] | None = None


class BatchOut(Schema):
    results: list[BatchResult]
    done: int
    refused: int


class ClockOut(Schema):
    due_on: date | None
    due_at: datetime | None
    first_due_on: date | None
    provisional: bool
    state: str
    derivation: list[str]


# columns that leave as they are
PLAIN = (
    "reference",
    "code",
    "finance_state",
    "delivery_state",
    "sync_state",
    "channel",
    "submitted_at",
    "received_at",
    "resolved_at",
    "returned_at",
    "due_on",
    "due_at",
    "due_provisional",
    "outcome",
    "revision",
)


def _agency(agency: Any, language: str) -> dict | None:
    if agency is None:
        return None
    return {"code": agency.code, "name": (language == "en" and agency.name_en) or agency.name_vi}


def _out(dossier: Dossier, language: str) -> dict:
    return {
        "id": dossier.public_id,
        "procedure": dossier.procedure.slug,
        "state": dossier.business_state,
        "national_state": rules.NATIONAL_CODE[rules.State(dossier.business_state)],
        "received_by": _agency(dossier.received_by, language),
        "competent_agency": _agency(dossier.competent_agency, language),
        **{name: getattr(dossier, name) for name in PLAIN},
    }


@router.post("", auth=WRITE, response=answers(MoveOut, 201), summary="Start a dossier as a draft")
def create(request: HttpRequest, body: NewDossier) -> tuple[int, dict]:
    return 201, actions.start_draft(act_of(request, "declare"), procedure=body.procedure, agency=body.agency)


@router.get(
    "", auth=READ, response=answers(DossierPage), summary="The dossiers the caller may see, newest first"
)
def index(request: HttpRequest, cursor_: str | None = Field(None, alias="cursor"), limit: int = 50) -> dict:
    actor = actor_of(request)
    if not 1 <= limit <= LIST_MAX:
        raise Invalid([{"field": "limit", "code": "range", "message": f"1–{LIST_MAX}"}])
    place = read_cursor("dossiers", cursor_)
    rows = queries.page(actor, limit=limit, before=place[0] if place else None)
    seen(actor, at=now(), purpose="api", page="api:dossiers", subjects=[row.subject for row in rows])
    return {
        "items": [_out(row, actor.language) for row in rows],
        "next": cursor("dossiers", rows[-1].pk) if len(rows) == limit else None,
    }


@router.get(
    "/{dossier}", auth=READ, response=answers(DossierDetail), summary="One dossier with answers and papers"
)
def show(request: HttpRequest, dossier: str) -> dict:
    actor = actor_of(request)
    row = queries.get_visible(actor, dossier)
    papers = queries.papers_of(row)
    seen(actor, at=now(), purpose="api", page="api:dossier", subjects=[row.subject])
    return {
        **_out(row, actor.language),
        "answers": queries.answers_of(row),
        "papers": [
            {
                "paper": paper.pk,
                "key": paper.key,
                "name": paper.name,
                "form": paper.form,
                "file": paper.file.public_id if paper.file else None,
                "digitised": paper.digitised,
            }
            for paper in papers
        ],
        "allowed": queries.allowed_verbs(actor, row),
    }


@router.get(
    "/{dossier}/clock", auth=READ, response=answers(ClockOut), summary="The due date with its derivation"
)
def clock_of(request: HttpRequest, dossier: str) -> dict:
    actor = actor_of(request)
    row = queries.get_visible(actor, dossier)
    if row.received_at is None:
        return {
            "due_on": None,
            "due_at": None,
            "first_due_on": None,
            "provisional": False,
            "state": "none",
            "derivation": [],
        }
    deadline = queries.clock_of(row)
    return {
        "due_on": deadline.due_on,
        "due_at": deadline.due_at,
        "first_due_on": deadline.original_due_on,
        "provisional": deadline.provisional,
        "state": deadline.state,
        "derivation": [clock.say(line, actor.language) for line in deadline.lines],
    }


@router.patch("/{dossier}/answers", auth=WRITE, response=answers(MoveOut), summary="Save answers of a draft")
def save(request: HttpRequest, dossier: str, body: AnswersIn) -> dict:
    return actions.save_answers(
        act_of(request, "declare"),
        dossier=dossier,
        answers=body.answers,
        section=body.section,
        revision=body.revision,
    )


@router.post(
    "/{dossier}/papers", auth=WRITE, response=answers(MoveOut, 201), summary="Add a stored file as a paper"
)
def add_paper(request: HttpRequest, dossier: str, body: PaperIn) -> tuple[int, dict]:
    act = act_of(request, "declare")
    return 201, actions.add_paper(act, dossier=dossier, key=body.key, file=body.file, name=body.name)


@router.delete(
    "/{dossier}/papers/{paper}", auth=WRITE, response=answers(MoveOut), summary="Take a paper out again"
)
def remove_paper(request: HttpRequest, dossier: str, paper: int) -> dict:
    if not 0 < paper < 2**62:
        raise Invalid([{"field": "paper", "code": "range", "message": str(paper)}])
    return actions.remove_paper(act_of(request, "declare"), dossier=dossier, paper=paper)


@router.post("/{dossier}/moves", auth=WRITE, response=answers(MoveOut), summary="Make a move")
def move(request: HttpRequest, dossier: str, body: MoveIn) -> dict:
    return _move(act_of(request, "process"), dossier, body)


@router.post(
    "/moves", auth=WRITE, response=answers(BatchOut), summary="Make many moves, each with its own result"
)
def moves(request: HttpRequest, body: BatchIn) -> dict:
    """Each item is an act of its own: what can be done is done, what is refused tells why."""
    act = act_of(request, "process")
    results: list[dict] = []
    for number, item in enumerate(body.items):
        try:
            done = _move(act.part(str(number)), item.dossier, item)
            results.append({"dossier": item.dossier, "done": done})
        except Refusal as problem:
            results.append({"dossier": item.dossier, "problem": as_problem(problem)})
    good = sum("done" in r for r in results)
    return {"results": results, "done": good, "refused": len(results) - good}


def _move(act: Any, dossier: str, body: MoveIn) -> dict:
    """Call the verb's action with what its signature asks for. Raises Invalid for what is missing or not its own."""
    action = VERBS[body.verb]
    wanted = {
        name: p
        for name, p in inspect.signature(action.inside).parameters.items()
        if name not in ("act", "dossier")
    }
    given = body.model_dump(exclude_none=True, exclude={"verb", "dossier"}, mode="json")
    problems = [
        {"field": name, "code": "missing", "message": name}
        for name, p in wanted.items()
        if p.default is inspect.Parameter.empty and name not in given
    ] + [
        {"field": name, "code": "unexpected", "message": name}
        for name in given
        if name not in wanted and name != "revision"
    ]
    if problems:
        raise Invalid(problems)
    return action(act, dossier=dossier, **{k: v for k, v in given.items() if k in wanted})

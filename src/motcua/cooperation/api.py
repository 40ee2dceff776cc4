"""Joint tasks over the API: the same actions and the same reads as the pages. See docs/reference/api.md."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja import Query, Router
from pydantic import Field

from motcua.cooperation import actions, queries, rules
from motcua.cooperation.errors import TaskNotFound
from motcua.cooperation.models import JointTask
from motcua.dossiers import queries as dossiers
from motcua.files import queries as files
from motcua.files.rules import KINDS
from motcua.foundation.access import seen
from motcua.foundation.actors import Actor
from motcua.foundation.api import (
    In,
    IsoDay,
    Out,
    PublicId,
    Text,
    Token,
    act_of,
    answers,
    content_answers,
    cursor,
    demand_arguments,
    read_answers,
    read_cursor,
)
from motcua.foundation.doors import actor_of
from motcua.foundation.time import local_date, now
from motcua.kernel import forms

router = Router(tags=["tasks"])
of_dossiers = Router(tags=["tasks"])
READ, WRITE, FILES_READ = Token("dossiers:read"), Token("dossiers:write"), Token("files:read")
LIST_MAX = 100
TYPES = [kind.mime for kind in KINDS.values()]
VERBS = {
    "take": actions.take,
    "answer": actions.answer,
    "decline": actions.decline,
    "recall": actions.recall,
    "ask_again": actions.ask_again,
}
Verb = Literal[tuple(VERBS)]  # type: ignore[valid-type]


class TaskOut(Out):
    """What one agency does for a dossier. `kind` bundle or consultation; `role` lead, cooperating or consulted;
    `holds`: the result waits for it; `unverified`: its limit was read in no source; `sentence`: how it stands, in the
    caller's language."""

    id: str
    kind: str
    key: str
    role: str
    name: str
    agency: str
    state: str
    opened_at: datetime | None
    due_at: datetime | None
    closed_at: datetime | None
    late: bool
    holds: bool
    unverified: bool
    sentence: str


class Tasks(Out):
    items: list[TaskOut]


class TaskPage(Out):
    items: list[TaskOut]
    next: str | None


class TaskPaper(Out):
    paper: int
    key: str
    name: str
    file: bool


class Said(Out):
    section: str
    field: str
    label: str
    text: str


class TaskDetail(TaskOut):
    """For those who work on it: the question, what was handed with it, the answer, and the verbs allowed now."""

    dossier: str | None
    code: str | None
    question: str
    answers: list[Said]
    papers: list[TaskPaper]
    number: str
    answer: str
    file: bool
    revision: int
    allowed: list[str]


class TaskMove(In):
    """A verb with what it needs: `note`, `number`, `file` to answer, `reason` to decline or recall."""

    verb: Verb
    revision: int | None = Field(None, ge=0, le=2**31 - 1)
    note: Text(rules.TEXT_MAX) | None = None
    number: Text(60) | None = None
    file: PublicId | None = None
    reason: Text(1000) | None = None

    model_config = {
        "json_schema_extra": {"examples": [{"verb": "answer", "number": "7/CA", "note": "Đã đăng ký"}]}
    }


class TaskMoved(Out):
    task: str
    dossier: str
    state: str
    due_at: datetime | None
    revision: int
    replayed: bool
    opened: list[str] | None = None


class Consultation(In):
    """What is asked of which agency, to be answered by the end of the day `until`, with which papers."""

    agency: Text(80, 1)
    question: Text(rules.TEXT_MAX, 1)
    until: IsoDay
    papers: list[int] | None = Field(None, max_length=rules.PAPERS_MAX)

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "agency": "qn-ha-lam-police",
                    "question": "Đề nghị xác minh nơi cư trú.",
                    "until": "2026-11-27",
                }
            ]
        }
    }


@of_dossiers.get(
    "/{id:dossier}/tasks",
    auth=READ,
    response=read_answers(Tasks),
    summary="Which agencies work on it, and for whom it waits",
)
def of_dossier(request: HttpRequest, dossier: PublicId) -> dict:
    """For the applicant and for those who work on the dossier; what was asked and answered stands in the task."""
    actor = actor_of(request)
    row = dossiers.get_visible(actor, dossier)
    seen(actor, at=now(), purpose="api", page="api:dossier_tasks", subjects=[row.subject])
    return {"items": queries.overview(row, now(), actor.language)}


@of_dossiers.post(
    "/{id:dossier}/consultations", auth=WRITE, response=answers(TaskMoved), summary="Ask another agency"
)
def consult(request: HttpRequest, dossier: PublicId, body: Consultation) -> dict:
    """By an officer in process; the agency sees the question and the papers handed with it, not the dossier."""
    given = body.model_dump(mode="json", exclude_none=True)
    return actions.consult(act_of(request, "process"), dossier=dossier, **given)


@router.get("", auth=READ, response=read_answers(TaskPage), summary="The tasks one may see, newest first")
def index(
    request: HttpRequest,
    waits: bool = Query(False, description="Only what waits for the caller's offices, soonest due first."),
    cursor_: str | None = Query(None, alias="cursor", max_length=400),
    limit: int = Query(50, ge=1, le=LIST_MAX),
) -> dict:
    """What other agencies asked of the caller's offices, and what these asked of others. Follow `next`."""
    actor = actor_of(request)
    place = read_cursor("tasks", cursor_, int)
    if waits:
        rows = queries.waiting(actor, limit=limit)
        return {"items": [_told(row, actor) for row in rows], "next": None}
    rows = queries.page(actor, limit=limit, before_id=place[0] if place else None)
    return {
        "items": [_told(row, actor) for row in rows],
        "next": cursor("tasks", rows[-1].pk) if len(rows) == limit else None,
    }


def _told(row: JointTask, actor: Actor) -> queries.Told:
    return queries.told_of(row, row.dossier, now(), actor.language)


@router.get("/{id:task}", auth=READ, response=read_answers(TaskDetail), summary="One task")
def show(request: HttpRequest, task: PublicId) -> dict:
    """Who only leads learns how it stands; question, papers and answer are for the agencies that work on it."""
    actor = actor_of(request)
    row = queries.get_visible(actor, task)
    works = queries.works_on(actor, row)
    seen(actor, at=now(), purpose="api", page="api:task", subjects=[row.dossier.subject] if works else [])
    inner: dict[str, Any] = {
        "question": "",
        "answers": [],
        "papers": [],
        "number": "",
        "answer": "",
        "file": False,
    }
    if works:
        inner = {
            "question": row.question,
            "answers": _said(row, actor),
            "papers": [
                {"paper": p.pk, "key": p.key, "name": p.name, "file": p.file_id is not None}
                for p in queries.papers_of(row)
            ],
            "number": row.number,
            "answer": row.answer,
            "file": row.file_id is not None,
        }
    sees = dossiers.sees_by_office(actor, row.dossier)
    return {
        **vars(_told(row, actor)),
        **inner,
        "dossier": row.dossier.public_id if sees else None,
        "code": row.dossier.code,
        "revision": row.revision,
        "allowed": queries.allowed_verbs(actor, row),
    }


def _said(row: JointTask, actor: Actor) -> list[dict]:
    """The answers of the sections that this part of a bundle needs, in words."""
    part = queries.part_of(row)
    if part is None or not part.sections:
        return []
    day = dossiers.judged_on(row.dossier, local_date(row.dossier.started_at))
    declaration = dossiers.declared_view_of(row.dossier).declaration
    shown = forms.shown_sections(declaration, dossiers.answers_of(row.dossier), actor.language, day)
    return [
        {"section": section.id, "field": field.id, "label": field.label, "text": field.text}
        for section in shown
        if section.id in part.sections
        for field in section.fields
        if field.type != "consent"
    ]


@router.post(
    "/{id:task}/moves", auth=WRITE, response=answers(TaskMoved), summary="Take, answer, decline a task"
)
def move(request: HttpRequest, task: PublicId, body: TaskMove) -> dict:
    """`GET /tasks/{task}` says in `allowed` which verbs are possible now."""
    action = VERBS[body.verb]
    given = body.model_dump(exclude_none=True, exclude={"verb"}, mode="json")
    demand_arguments(action, given, "task")
    return action(act_of(request, "process"), task=task, **given)


@router.get(
    "/{id:task}/papers/{int:paper}/content",
    auth=FILES_READ,
    response=read_answers(None),
    summary="The file of a paper handed with a task",
    openapi_extra=content_answers(TYPES),
)
def paper_content(request: HttpRequest, task: PublicId, paper: int) -> HttpResponseBase:
    """A paper of identity comes as a marked copy."""
    row = _working(request, task, "task_paper")
    found = next((each for each in queries.papers_of(row) if each.pk == paper and each.file_id), None)
    if found is None:
        raise TaskNotFound()
    return dossiers.hand_out(actor_of(request), row.dossier, found, at=now(), download=True)


@router.get(
    "/{id:task}/answer",
    auth=FILES_READ,
    response=read_answers(None),
    summary="The paper with which the agency answered",
    openapi_extra=content_answers(TYPES),
)
def answer_content(request: HttpRequest, task: PublicId) -> StreamingHttpResponse:
    row = _working(request, task, "task_answer")
    if row.file is None:
        raise TaskNotFound()
    return files.file_response(row.file, download=True)


def _working(request: HttpRequest, task: str, page: str) -> JointTask:
    """The task, for whoever has a part in it, noted in the access log."""
    actor = actor_of(request)
    row = queries.get_visible(actor, task)
    if not queries.works_on(actor, row):
        raise TaskNotFound()
    seen(actor, at=now(), purpose="api", page=f"api:{page}", subjects=[row.dossier.subject])
    return row

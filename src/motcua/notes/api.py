"""Notes and labels over the API: the same actions and the same reads as the pages. See docs/reference/api.md."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import Field

from motcua.dossiers import queries as dossiers
from motcua.foundation.access import seen
from motcua.foundation.api import (
    In,
    Out,
    PublicId,
    Text,
    Token,
    act_of,
    answers,
    cursor,
    read_answers,
    read_cursor,
)
from motcua.foundation.doors import actor_of
from motcua.foundation.time import now
from motcua.notes import actions, queries, rules

router = Router(tags=["labels"])
of_dossiers = Router(tags=["notes"])
READ, WRITE = Token("dossiers:read"), Token("dossiers:write")
LIST_MAX = 100
Colour = Literal[rules.COLOURS]  # type: ignore[valid-type]


class FormerWords(Out):
    text: str
    at: datetime


class InternalNote(Out):
    """An internal note. Of a withdrawn one only by whom, when and why (`why`); `former`: its words before."""

    id: str
    author: str
    agency: str
    at: datetime
    version: int
    text: str
    edited_at: datetime | None
    former: list[FormerWords]
    withdrawn_at: datetime | None
    withdrawn_by: str
    why: str
    may_edit: bool
    may_withdraw: bool


class InternalNotes(Out):
    items: list[InternalNote]


class NoteIn(In):
    """The words of a note; `version` is the one that was read, when it is edited."""

    text: Text(rules.NOTE_MAX, 1)
    version: int | None = Field(None, ge=1, le=32767)

    model_config = {
        "json_schema_extra": {"examples": [{"text": "Đã gọi điện, chiều người nộp mang bản gốc."}]}
    }


class WhyIn(In):
    reason: Text(rules.REASON_MAX, rules.REASON_MIN)


class NoteKept(Out):
    dossier: str
    note: str
    version: int
    replayed: bool


class LabelOut(Out):
    """A label of an agency. On a dossier `left` says that its agency has the dossier no more."""

    id: str
    name: str
    colour: Colour
    agency: str
    retired: bool
    left: bool
    may_take_off: bool


class Labels(Out):
    items: list[LabelOut]


class LabelIn(In):
    name: Text(rules.NAME_MAX, 1)
    colour: Colour = "indigo"


class NewLabel(LabelIn):
    agency: Text(80, 1) = Field(description="Code of the agency whose label it is.")


class LabelKept(Out):
    label: str
    replayed: bool


class MarkIn(In):
    label: PublicId
    on: bool = True

    model_config = {"json_schema_extra": {"examples": [{"label": "01J00000000000000000000000", "on": True}]}}


class Marked(Out):
    dossier: str
    code: str | None
    label: str
    changed: bool
    replayed: bool


class Carrier(Out):
    """A dossier that carries the label, without its person."""

    id: str
    code: str | None
    procedure: str
    state: str
    due_on: date | None


class Carriers(Out):
    items: list[Carrier]
    next: str | None


# On a dossier --------------------------------------------------------------------------------------------------------


@of_dossiers.get(
    "/{id:dossier}/notes",
    auth=READ,
    response=read_answers(InternalNotes),
    summary="The internal notes on a dossier",
)
def notes_of(request: HttpRequest, dossier: PublicId) -> dict:
    """For officers at work on it, newest first. Never for the applicant, whose dossier this is (404)."""
    actor = actor_of(request)
    row = queries.at_work(actor, dossier)
    seen(actor, at=now(), purpose="api", page="api:notes", subjects=[row.subject])
    return {"items": queries.notes_of(actor, row, actor.language)}


@of_dossiers.post(
    "/{id:dossier}/notes", auth=WRITE, response=answers(NoteKept, 201), summary="Write an internal note"
)
def write(request: HttpRequest, dossier: PublicId, body: NoteIn) -> Status:
    return Status(201, actions.write(act_of(request, "process"), dossier=dossier, text=body.text))


@of_dossiers.post(
    "/{id:dossier}/notes/{id:note}/versions",
    auth=WRITE,
    response=answers(NoteKept),
    summary="Edit one's own note",
)
def edit(request: HttpRequest, dossier: PublicId, note: PublicId, body: NoteIn) -> dict:
    """A further version; the former stays and is shown with it."""
    act = act_of(request, "process")
    return actions.edit(act, dossier=dossier, note=note, text=body.text, version=body.version)


@of_dossiers.post(
    "/{id:dossier}/notes/{id:note}/withdrawal",
    auth=WRITE,
    response=answers(NoteKept),
    summary="Withdraw a note",
)
def withdraw(request: HttpRequest, dossier: PublicId, note: PublicId, body: WhyIn) -> dict:
    """With a reason. Its words are shown no more."""
    return actions.withdraw(act_of(request, "process"), dossier=dossier, note=note, reason=body.reason)


@of_dossiers.get(
    "/{id:dossier}/labels", auth=READ, response=read_answers(Labels), summary="The labels on a dossier"
)
def labels_on(request: HttpRequest, dossier: PublicId) -> dict:
    """For officers at work on it."""
    actor = actor_of(request)
    row = queries.at_work(actor, dossier)
    return {"items": queries.beside(actor, row, actor.language)[0]}


@of_dossiers.post(
    "/{id:dossier}/labels", auth=WRITE, response=answers(Marked), summary="Put a label on, or take it off"
)
def mark(request: HttpRequest, dossier: PublicId, body: MarkIn) -> dict:
    """`on` false takes it off. `changed` false: it was so already."""
    do = actions.put_on if body.on else actions.take_off
    return do(act_of(request, "process"), dossier=dossier, label=body.label)


# The labels of agencies ----------------------------------------------------------------------------------------------


@router.get("", auth=READ, response=read_answers(Labels), summary="The labels that the caller works with")
def index(request: HttpRequest) -> dict:
    """Of the caller's agencies and of those above them; empty for who holds no position."""
    actor = actor_of(request)
    return {"items": queries.usable(actor, actor.language)}


@router.post("", auth=WRITE, response=answers(LabelKept, 201), summary="Make a label")
def make(request: HttpRequest, body: NewLabel) -> Status:
    """By whoever leads or administers the agency."""
    act = act_of(request, "labels")
    return Status(201, actions.make_label(act, agency=body.agency, name=body.name, colour=body.colour))


@router.post("/{id:label}", auth=WRITE, response=answers(LabelKept), summary="Rename or recolour a label")
def change(request: HttpRequest, label: PublicId, body: LabelIn) -> dict:
    return actions.change_label(act_of(request, "labels"), label=label, name=body.name, colour=body.colour)


@router.post("/{id:label}/retirement", auth=WRITE, response=answers(LabelKept), summary="Use a label no more")
def retire(request: HttpRequest, label: PublicId) -> dict:
    """It stays on the dossiers that carry it."""
    return actions.retire_label(act_of(request, "labels"), label=label)


@router.get(
    "/{id:label}/dossiers", auth=READ, response=read_answers(Carriers), summary="The dossiers with a label"
)
def carriers(
    request: HttpRequest,
    label: PublicId,
    cursor_: str | None = Query(None, alias="cursor", max_length=400),
    limit: int = Query(50, ge=1, le=LIST_MAX),
) -> dict:
    """Those that the caller sees at work and that carry a label of this name, newest first. Follow `next`."""
    actor = actor_of(request)
    row = queries.label_called(actor, label)
    place = read_cursor(f"label:{row.public_id}", cursor_, int)
    found = queries.carriers(actor, row, limit=limit, before=place[0] if place else None)
    return {
        "items": [
            {
                "id": each.public_id,
                "code": each.code,
                "procedure": each.procedure.slug,
                "state": each.business_state,
                "due_on": each.due_on,
            }
            for each in found
            if dossiers.at_work(actor, each)
        ],
        "next": cursor(f"label:{row.public_id}", found[-1].pk) if len(found) == limit else None,
    }

"""Declaring over the API: start a draft, fill it in, see what is missing. It is filed by the move `submit`."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Status

from motcua.dossiers import actions, queries
from motcua.dossiers.api.shapes import AgencyIn, AnswersIn, CheckOut, MoveOut, NewDossier, PaperIn, Saved
from motcua.dossiers.api.shared import READ, WRITE, opened, router
from motcua.foundation.api import PublicId, act_of, answers, read_answers
from motcua.foundation.time import local_date, now
from motcua.kernel import forms
from motcua.registers import queries as registers

DECLARE = "declare"


@router.post("", auth=WRITE, response=answers(MoveOut, 201), summary="Start a dossier as a draft")
def create(request: HttpRequest, body: NewDossier) -> Status:
    """Prefilled with what the city knows of the caller. Nothing is filed before the move `submit`."""
    act = act_of(request, DECLARE)
    return Status(201, actions.start_draft(act, procedure=body.procedure, agency=body.agency))


@router.patch("/{id:dossier}/answers", auth=WRITE, response=answers(Saved), summary="Save answers")
def save(request: HttpRequest, dossier: PublicId, body: AnswersIn) -> dict:
    """Complete or not, right or wrong: they are judged by `check` and at submission."""
    return actions.save_answers(
        act_of(request, DECLARE),
        dossier=dossier,
        answers=body.answers,
        section=body.section,
        revision=body.revision,
    )


@router.put(
    "/{id:dossier}/agency", auth=WRITE, response=answers(MoveOut), summary="Choose the one-stop to receive it"
)
def choose_agency(request: HttpRequest, dossier: PublicId, body: AgencyIn) -> dict:
    """Any one-stop of the province may (no boundaries within it)."""
    return actions.choose_agency(act_of(request, DECLARE), dossier=dossier, agency=body.agency)


@router.post(
    "/{id:dossier}/papers", auth=WRITE, response=answers(MoveOut, 201), summary="Add a stored file as a paper"
)
def add_paper(request: HttpRequest, dossier: PublicId, body: PaperIn) -> Status:
    """The file is handed in before, at `/files`, by the same account."""
    act = act_of(request, DECLARE)
    return Status(201, actions.add_paper(act, dossier=dossier, key=body.key, file=body.file, name=body.name))


@router.delete(
    "/{id:dossier}/papers/{int:paper}",
    auth=WRITE,
    response=answers(MoveOut),
    summary="Take a paper out again",
)
def remove_paper(request: HttpRequest, dossier: PublicId, paper: int) -> dict:
    """Only what has not been handed in yet."""
    return actions.remove_paper(act_of(request, DECLARE), dossier=dossier, paper=paper)


@router.get(
    "/{id:dossier}/check",
    auth=READ,
    response=read_answers(CheckOut),
    summary="What is still missing or wrong",
)
def check(request: HttpRequest, dossier: PublicId) -> dict:
    """Every problem of the answers and every paper that this case needs; `held`: the city looks it up itself.

    Judged by the day the declaration was handed in, a draft by today.
    """
    actor, row = opened(request, dossier, "check")
    view, given = queries.declared_view_of(row), queries.answers_of(row)
    day = queries.judged_on(row, local_date(now()))
    problems = forms.check(view.declaration, given, day)
    there = {paper.key for paper in queries.papers_of(row)}
    needs = queries.papers_needed(view, given, day, channel=row.channel)
    offers = queries.offers_for(actor, row, needs, given, now()) if row.submitted_at is None else {}
    held = queries.by_law(offers, registers.refused_keys(row.public_id)) if offers else set()
    missing = [need for need in needs if queries.must_upload(need) and need.key not in there | held]
    return {
        "ready": not problems and not missing and row.received_by_id is not None,
        "problems": [
            {
                "section": problem.section,
                "field": problem.field,
                "code": problem.code,
                "message": forms.problem_text(problem, view.declaration, actor.language),
            }
            for problem in problems
        ],
        "papers": [
            {
                "key": need.key,
                "name": need.name.say(actor.language),
                "type": need.type,
                "quantity": need.quantity,
                "required": need.required,
                "upload": queries.must_upload(need),
                "there": need.key in there,
                "held": need.key in held,
                "why": need.why.say(actor.language),
            }
            for need in needs
        ],
    }

"""A task of another agency: what is asked, what was handed with it, the answer; and asking one (lấy ý kiến)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.agencies import queries as agencies
from motcua.cooperation import actions
from motcua.cooperation import queries as cooperation
from motcua.cooperation import rules as cooperation_rules
from motcua.counter.base import (
    TEXT_MAX,
    WORKERS,
    at_desk,
    lang,
    log_dossiers,
    log_seen,
    moment,
    problems_of,
    revision_of,
    today,
)
from motcua.counter.errors import NotReadable, UnknownVerb
from motcua.counter.moves import iso_day
from motcua.dossiers import queries as dossiers
from motcua.files import actions as files
from motcua.files import queries as stored
from motcua.files.errors import FileNotFound
from motcua.files.rules import KINDS
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.time import local_date
from motcua.foundation.ui.words import as_date
from motcua.kernel import forms

PERFORM = {
    "take": actions.take,
    "answer": actions.answer,
    "decline": actions.decline,
    "recall": actions.recall,
    "ask_again": actions.ask_again,
}
WITH_REASON = ("decline", "recall")
USUAL_DAYS = 3  # what the form proposes; the officer says another day


@officers(*WORKERS)
@never_cache
@require_GET
def show(request: HttpRequest, task: str) -> HttpResponse:
    """One task: for the agency that was asked what it needs and no more, for the one that asked also the answer."""
    return _page(request, cooperation.get_visible(actor_of(request), task))


def _page(
    request: HttpRequest,
    task: Any,
    *,
    problems: Mapping[str, str] | None = None,
    failed: str = "",
    status: int = 200,
) -> HttpResponse:
    actor, at, language = actor_of(request), moment(), lang()
    works = cooperation.works_on(actor, task)
    part = cooperation.part_of(task)
    verbs = cooperation.allowed_verbs(actor, task)
    told = cooperation.told_of(task, task.dossier, at, language)
    view = dossiers.view_of(task.dossier)
    names = agencies.names([task.dossier.competent_agency_id, task.dossier.received_by_id], language)
    context = {
        "task": task,
        "told": told,
        "part": part,
        "left": cooperation.time_left(task, at),
        "role": cooperation.ROLES[task.role],
        "state": cooperation.STATES[told.state],
        "tone": cooperation.TONES[told.state],
        "procedure": view.name,
        "lead": names.get(task.dossier.competent_agency_id, ""),
        "works": works,
        "sections": _sections(task, part) if works and part else [],
        "papers": _papers(task) if works else [],
        "before": cooperation.before(task) if works else [],
        "answer_href": reverse("counter:joint_answer", args=[task.public_id])
        if works and task.file_id
        else "",
        "dossier_href": _dossier_href(request, task),
        "verbs": [
            {
                "verb": verb,
                "word": cooperation.VERBS[verb],
                "asks": verb in WITH_REASON,
                "open": verb == failed,
            }
            for verb in verbs
        ],
        "can": set(verbs),
        "problems": problems or {},
        "typed": request.POST if problems else {},
        "act_id": new_act_id(),
        "back": reverse("counter:joint_work"),
    }
    if works:
        log_seen(request, "joint", "process", [task.dossier.subject])
    return render(request, "counter/joint/task.html", context, status=status)


def _dossier_href(request: HttpRequest, task: Any) -> str:
    """The way to the dossier, for those who see it; the asked agency does not."""
    actor = actor_of(request)
    sees = dossiers.sees_by_office(actor, task.dossier)
    return reverse("counter:dossier", args=[task.dossier.public_id]) if sees else ""


def _sections(task: Any, part: Any) -> list[dict[str, Any]]:
    """The sections of the declaration that this part needs, in words; no other answer leaves the dossier."""
    declaration = dossiers.declared_view_of(task.dossier).declaration
    day = dossiers.judged_on(task.dossier, local_date(task.dossier.started_at))
    answers = dossiers.answers_of(task.dossier)
    found = forms.shown_sections(declaration, answers, lang(), day, agencies.names_in(lang()))
    return [
        {
            "title": one.title,
            "rows": [{"label": f.label, "value": f.text} for f in one.fields if f.type != "consent"],
        }
        for one in found
        if one.id in part.sections
    ]


def _papers(task: Any) -> list[dict[str, Any]]:
    return [
        {
            "name": row.name,
            "href": reverse("counter:joint_paper", args=[task.public_id, row.pk]) if row.file_id else "",
            "shown": bool(row.file_id) and KINDS[row.file.kind].inline,
        }
        for row in cooperation.papers_of(task)
    ]


@officers(*WORKERS)
@never_cache
@require_POST
def act(request: HttpRequest, task: str, joint_verb: str) -> HttpResponse:
    """Do one verb on a task. POST act_id, revision, and note, number, result (a file) or reason."""
    if joint_verb not in PERFORM:
        raise UnknownVerb()
    cooperation.get_visible(actor_of(request), task)
    doing = act_of(request, "process")
    try:
        given: dict[str, Any] = {"revision": revision_of(request.POST.get("revision"))}
        if joint_verb == "answer":
            given |= {"note": _text(request, "note"), "number": _text(request, "number", 60)}
            if upload := request.FILES.get("result"):
                given["file"] = files.keep(doing.part("result"), upload)["file"]
        if joint_verb in WITH_REASON:
            given["reason"] = _text(request, "reason", 1000)
        PERFORM[joint_verb](doing, task=task, **given)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        fresh = cooperation.get_visible(actor_of(request), task)
        problems = problems_of(refusal)
        return _page(request, fresh, problems=problems, failed=joint_verb, status=refusal.status)
    messages.success(request, str(cooperation.DONE[joint_verb]))
    still = cooperation.visible_to(actor_of(request)).filter(public_id=task).exists()
    return redirect("counter:joint_task", task) if still else redirect("counter:joint_work")


def _text(request: HttpRequest, name: str, most: int = TEXT_MAX) -> str:
    return str(request.POST.get(name) or "").strip()[:most]


@officers(*WORKERS)
@never_cache
@require_GET
def paper(request: HttpRequest, task: str, paper: int) -> HttpResponse:
    """The file of a paper that was handed with a task."""
    found = _working(request, task)
    row = next((each for each in cooperation.papers_of(found) if each.pk == paper and each.file_id), None)
    if row is None:
        raise FileNotFound()
    log_seen(request, "joint_paper", "process", [found.dossier.subject])
    return dossiers.hand_out(actor_of(request), found.dossier, row, at=moment())


@officers(*WORKERS)
@never_cache
@require_GET
def answer_file(request: HttpRequest, task: str) -> HttpResponse:
    """The paper with which an agency has answered."""
    found = _working(request, task)
    if found.file is None:
        raise FileNotFound()
    log_seen(request, "joint_answer", "process", [found.dossier.subject])
    return stored.file_response(found.file)


def _working(request: HttpRequest, task: str) -> Any:
    """The task, for whoever has a part in it: who only leads sees how it stands, not what it says."""
    actor = actor_of(request)
    found = cooperation.get_visible(actor, task)
    if not cooperation.works_on(actor, found):
        raise FileNotFound()
    return found


@officers("processor", "head")
@never_cache
@require_http_methods(["GET", "POST"])
def consult(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask another unit or agency (POST: act_id, agency, question, until, papers)."""
    found = at_desk(request, public_id)
    problems: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        try:
            done = actions.consult(act_of(request, "process"), dossier=public_id, **_question(request))
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            problems, status = problems_of(refusal), refusal.status
        else:
            messages.success(request, _("Đã gửi câu hỏi."))
            return redirect("counter:joint_task", done["task"])
    log_dossiers(request, "consult", "process", [found])
    return render(request, "counter/joint/consult.html", _asking(request, found, problems), status=status)


def _question(request: HttpRequest) -> dict[str, Any]:
    until = as_date(iso_day(_text(request, "until", 10)))
    if until is None:
        raise NotReadable(
            [
                {
                    "field": "until",
                    "code": "unreadable",
                    "message": _("Nhập ngày phải trả lời, ví dụ 21/11/2026."),
                }
            ]
        )
    picked = request.POST.getlist("papers")[: cooperation_rules.PAPERS_MAX]
    return {
        "agency": _text(request, "agency", 100),
        "question": _text(request, "question"),
        "until": until.isoformat(),
        "papers": [int(text) for text in picked if text.isascii() and text.isdigit() and len(text) < 15],
    }


def _asking(request: HttpRequest, found: Any, problems: Mapping[str, str]) -> dict[str, Any]:
    here = found.competent_agency_id
    on = today()
    usual = agencies.calendar_of(here).add_open_days(on, USUAL_DAYS)
    if found.due_on is not None:
        usual = max(on + timedelta(days=1), min(usual, found.due_on))
    picked = set(request.POST.getlist("papers"))
    return {
        "dossier": found,
        "allowed": cooperation.may_consult(actor_of(request), found),
        "options": [
            (o.code, o.name(lang())) for o in agencies.offices(on) if o.id != here and not o.receives
        ],
        "papers": [
            {"id": row.pk, "name": row.name, "ticked": str(row.pk) in picked}
            for row in dossiers.papers_of(found)
        ],
        "typed": {
            "agency": request.POST.get("agency", ""),
            "question": request.POST.get("question", ""),
            "until": request.POST.get("until", usual.isoformat()),
        },
        "problems": problems,
        "act_id": new_act_id(),
    }

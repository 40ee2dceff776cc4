"""Filling a declaration in: the list of sections, and one section on a page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.agencies import queries as agencies
from motcua.dossiers import actions
from motcua.dossiers import queries as dossiers
from motcua.foundation.canonical import digest
from motcua.foundation.doors import actor_of, signed_in
from motcua.foundation.errors import NotFound
from motcua.foundation.time import local, now
from motcua.foundation.ui.declared import changed_rows, row_change, typed_texts
from motcua.kernel import forms
from motcua.kernel.conditions import is_given
from motcua.portal.case import EDITABLE, Case, agency_options, commune_options, drawn_problems
from motcua.portal.views._common import (
    DECLARE,
    act_of,
    is_fragment,
    lang,
    new_act_id,
    note_seen,
    own,
    revision_of,
    today,
)

BACK_TO = ("check", "supplement")
FIELDS_MOST = 200  # names of drawn fields that a form may say


def editable(request: HttpRequest, public_id: str) -> Case | HttpResponse:
    """The case, or the way to its page when it can no longer be changed."""
    dossier = own(request, public_id)
    if dossier.business_state not in EDITABLE:
        return redirect("portal:dossier", public_id)
    return Case(dossier, on=today(), language=lang())


@signed_in
@never_cache
@require_GET
def tasks(request: HttpRequest, public_id: str) -> HttpResponse:
    """The sections of a draft with their state; nothing has been filed yet."""
    case = editable(request, public_id)
    if isinstance(case, HttpResponse):
        return case
    if case.dossier.business_state != "draft":
        return redirect("portal:supplement", public_id)
    note_seen(request, "tasks", case.dossier, purpose=DECLARE)
    listed = task_rows(case)
    done = sum(task["state"] in ("done", "optional") for task in listed[:-1])
    context = {
        "dossier": case.dossier,
        "view": case.view,
        "tasks": [_drawn(task) for task in listed],
        "done": done,
        "total": len(listed) - 1,
        "ready": case.ready,
        "first": next((task["href"] for task in listed if task["state"] in ("todo", "fix")), ""),
        "centre": agencies.names([case.dossier.received_by_id], lang()).get(case.dossier.received_by_id, "")
        if case.dossier.received_by_id
        else "",
        "helping": dossiers.helps(actor_of(request), case.dossier),
        "consented": dossiers.consent_of(case.dossier) is not None,
    }
    return render(request, "portal/tasks.html", context)


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, public_id: str) -> HttpResponse:
    """Throw a draft away: asked once more, because nothing of it is kept (POST: revision, act_id)."""
    if request.method == "POST":
        helping = request.POST.get("helping") == "1"
        actions.discard(act_of(request, DECLARE), dossier=public_id, revision=revision_of(request))
        messages.success(request, _("Đã xóa bản nháp. Không còn gì của bản nháp này được giữ lại."))
        return redirect("portal:helping" if helping else "portal:mine")
    dossier = own(request, public_id)
    actor = actor_of(request)
    if "discard" not in dossiers.allowed_verbs(actor, dossier):
        return redirect("portal:dossier", public_id)
    note_seen(request, "discard", dossier, purpose=DECLARE)
    context = {
        "dossier": dossier,
        "view": dossiers.declared_view_of(dossier),
        "papers": len(dossiers.papers_of(dossier)),
        "helping": dossiers.helps(actor, dossier),
        "act_id": new_act_id(),
    }
    return render(request, "portal/discard.html", context)


def task_rows(case: Case) -> list[dict[str, Any]]:
    """Sections, place, papers and the last look, each with its state."""
    public_id = case.dossier.public_id
    rows = [
        {
            "title": section.title,
            "href": reverse("portal:section", args=[public_id, section.id]),
            "state": case.state(section),
        }
        for section in case.sections
    ]
    if case.papers:
        state = case.papers_state
        missing = len(case.missing)
        rows.append(
            {
                "title": _("Giấy tờ kèm theo"),
                "href": reverse("portal:papers", args=[public_id]),
                "state": state,
                "hint": _("Còn thiếu {count} giấy; chụp bằng điện thoại được").format(count=missing)
                if missing
                else "",
            }
        )
    ready = case.ready
    rows.append(
        {
            "title": _("Xem lại và nộp"),
            "href": reverse("portal:check", args=[public_id]),
            "state": "todo" if ready else "waiting",
            "hint": "" if ready else _("Làm xong các phần trên trước"),
        }
    )
    return rows


def _drawn(task: dict[str, Any]) -> dict[str, Any]:
    if task["state"] == "optional":
        return {**task, "state": "todo", "word": _("Không bắt buộc")}
    return task


def _section_of(case: Case, section_id: str) -> forms.Section:
    found = case.section(section_id)
    if found is None:
        raise NotFound()
    return found


def _posted(
    request: HttpRequest, case: Case, section_id: str
) -> tuple[dict[str, Any], list[forms.FieldProblem]]:
    """The answers of the section after this post, and what in it could not be read.

    Questions that stood on the page (`_asked`) are taken from the post; hidden ones keep what was said before, so
    that a mis-click on an earlier answer loses nothing.
    """
    cleaned, problems = forms.clean(case.declaration, request.POST, section_id)
    section = case.declaration.section(section_id)
    asked = set(request.POST.getlist("_asked")[:FIELDS_MOST]) or {field.id for field in section.fields}
    answers = {}
    for field in section.fields:
        if field.id in asked:
            answers[field.id] = cleaned.get(field.id)
        elif is_given(case.answers.get(field.id)):
            answers[field.id] = case.answers[field.id]
    return answers, [problem for problem in problems if problem.field in asked]


def _save(request: HttpRequest, case: Case, section_id: str, answers: dict[str, Any]) -> dict:
    """Keep the section. The same form sent again with the same content is one act; with other content another."""
    given = request.POST.get("act_id") or new_act_id()
    content = digest([section_id, answers])[:16]
    act = act_of(request, DECLARE, act_id=f"{given[:60]}/{content}")
    kept = actions.save_answers(act, dossier=case.dossier.public_id, answers=answers, section=section_id)
    if kept["replayed"] and kept["revision"] != case.dossier.revision:
        # The same words were saved under this form before, and something else since: this is a new saving.
        act = act_of(request, DECLARE, act_id=new_act_id())
        kept = actions.save_answers(act, dossier=case.dossier.public_id, answers=answers, section=section_id)
    return kept


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, public_id: str, section: str) -> HttpResponse:
    """One section of the form. GET draws it, POST keeps it and goes on; `later` goes back to the list unchecked."""
    case = editable(request, public_id)
    if isinstance(case, HttpResponse):
        return case
    part = _section_of(case, section)
    if request.method == "GET":
        note_seen(request, "section", case.dossier, purpose=DECLARE)
        wrong = [problem for problem in case.problems_in(section) if not problem.missing]
        shown = case.problems_in(section) if request.GET.get("xem") == "1" else wrong
        return _page(request, case, part, drawn_problems(case, shown))
    answers, unreadable = _posted(request, case, section)
    merged = {**case.answers, **answers}
    if is_fragment(request):
        return _page(request, case.with_answers(merged), part, {}, unreadable)
    change = row_change(request.POST)
    if change:
        drawn = changed_rows(merged, change)
        if change[0] == "remove" and change[1] in answers:
            answers[change[1]] = drawn[change[1]] or None
        _save(request, case, section, answers)
        return _page(request, case.with_answers(drawn), part, {}, unreadable)
    _save(request, case, section, answers)
    return _go_on(request, case.with_answers(merged), part, unreadable)


def _go_on(
    request: HttpRequest, case: Case, part: forms.Section, unreadable: list[forms.FieldProblem]
) -> HttpResponse:
    public_id = case.dossier.public_id
    if "later" in request.POST:
        return redirect("portal:tasks", public_id)
    asked = request.POST.getlist("_asked")[:FIELDS_MOST]
    fresh = [field for field in case.fields(part) if asked and field.id not in asked and field.type != "note"]
    problems = [*unreadable, *case.problems_in(part.id)]
    judged = [problem for problem in problems if problem.field not in {field.id for field in fresh}]
    said = drawn_problems(case, judged)
    if said or (fresh and any(not is_given(case.answers.get(field.id)) for field in fresh)):
        return _page(request, case, part, said, unreadable, fresh=[field.id for field in fresh])
    back = request.POST.get("back", "")
    if back in BACK_TO:
        return redirect(f"portal:{back}", public_id)
    following = case.after(part.id)
    if following is not None:
        return redirect("portal:section", public_id, following.id)
    return redirect("portal:papers" if case.papers else "portal:tasks", public_id)


def _page(
    request: HttpRequest,
    case: Case,
    part: forms.Section,
    problems: dict[str, str],
    unreadable: list[forms.FieldProblem] | None = None,
    fresh: list[str] | None = None,
) -> HttpResponse:
    controlling = case.controlling(part)
    ids = [section.id for section in case.sections]
    context = {
        "dossier": case.dossier,
        "view": case.view,
        "part": part,
        "number": ids.index(part.id) + 1 if part.id in ids else 1,
        "fields": [
            {
                "field": field,
                "value": case.answers.get(field.id),
                "required": case.required(field),
                "controls": field.id in controlling,
                "is_fresh": field.id in (fresh or ()),
            }
            for field in case.fields(part)
        ],
        "problems": problems,
        "fresh": fresh,
        "typed": typed_texts(unreadable or ()),
        "communes": commune_options(case.on, case.language),
        "agencies": agency_options(case.on, case.language),
        "act_id": request.POST.get("act_id") or new_act_id(),
        "back": request.POST.get("back") or request.GET.get("back", ""),
        "lang": case.language,
    }
    template = "portal/parts/section_fields.html" if is_fragment(request) else "portal/section.html"
    return render(request, template, context, status=422 if problems and request.method == "POST" else 200)


@signed_in
@never_cache
@require_POST
def autosave(request: HttpRequest, public_id: str, section: str) -> HttpResponse:
    """Keep a section while it is being filled in; called by the page's script. Answers {text, next_act_id}."""
    dossier = own(request, public_id)
    case = Case(dossier, on=today(), language=lang())
    if case.declaration.section(section) is None:
        raise NotFound()
    answers, _unreadable = _posted(request, case, section)
    _save(request, case, section, answers)
    told = _("Đã lưu lúc {time}. Chưa nộp.").format(time=f"{local(now()):%H:%M}")
    return JsonResponse({"text": told, "next_act_id": new_act_id()})

"""Filling a declaration in: the list of its parts with their state, and throwing a draft away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.agencies import queries as agencies
from motcua.dossiers import actions
from motcua.dossiers import queries as dossiers
from motcua.foundation.doors import actor_of, signed_in
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.portal import changed
from motcua.portal.case import EDITABLE, Case
from motcua.portal.views._common import DECLARE, lang, note_seen, own, revision_of, tell_refusal, today

BACK_TO = ("check", "supplement")
FIELDS_MOST = 200  # names of drawn fields that a form may say


def editable(request: HttpRequest, public_id: str) -> Case | HttpResponse:
    """The case, or the way to its page when it can no longer be changed."""
    dossier = own(request, public_id)
    if dossier.business_state not in EDITABLE:
        return redirect("portal:dossier", public_id)
    return Case(dossier, on=today(), language=lang(), actor=actor_of(request))


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
    counted = [task["state"] for task in listed[:-1] if task["state"] != "optional"]
    context = {
        "dossier": case.dossier,
        "view": case.view,
        "tasks": [_drawn(task) for task in listed],
        "done": counted.count("done"),
        "total": len(counted),
        "ready": case.ready,
        "first": next((task["href"] for task in listed if task["state"] in ("todo", "doing", "fix")), ""),
        "centre": agencies.names([case.dossier.received_by_id], lang()).get(case.dossier.received_by_id, "")
        if case.dossier.received_by_id
        else "",
        "helping": dossiers.helps(actor_of(request), case.dossier),
        "consented": dossiers.consent_of(case.dossier) is not None,
        "changed": changed.told(case.dossier, lang()),
        "act_id": new_act_id(),
    }
    return render(request, "portal/tasks.html", context)


@signed_in
@never_cache
@require_POST
def changes_seen(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a newer version of the procedure changed was read; it is not shown again (POST: act_id)."""
    try:
        actions.note_version_seen(act_of(request, DECLARE), dossier=public_id)
    except Refusal as refusal:
        tell_refusal(request, refusal)
    return redirect("portal:tasks", public_id)


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, public_id: str) -> HttpResponse:
    """Throw a draft away: asked once more, because nothing of it is kept (POST: revision, act_id)."""
    if request.method == "POST":
        helping = request.POST.get("helping") == "1"
        try:
            actions.discard(act_of(request, DECLARE), dossier=public_id, revision=revision_of(request))
        except Refusal as refusal:
            tell_refusal(request, refusal)
            return redirect("portal:dossier", public_id)
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

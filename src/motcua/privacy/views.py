"""A person's own page about her data, and the desk that answers what she asks."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.files import queries as files
from motcua.foundation import limits
from motcua.foundation.access import seen
from motcua.foundation.api import cursor, read_cursor
from motcua.foundation.canonical import plain
from motcua.foundation.doors import actor_of, officers, signed_in
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.time import local_date, now
from motcua.privacy import actions, export, queries
from motcua.privacy.rules import HANDLERS, TEXT_MAX, Kind, State, may_answer
from motcua.privacy.words import KINDS, STATES

PURPOSE, DESK = "privacy.own", "privacy.answer"
TAKEN_PER_MINUTE = 2


def _language() -> str:
    return (get_language() or "vi")[:2]


@signed_in
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Who looked at one's data, taking it along, what one asked for (GET after: a page of older looks)."""
    actor = actor_of(request)
    place = read_cursor("looks", request.GET.get("after"), int)
    found = queries.looks(
        actor, _language(), limit=queries.LOOKS_SHOWN + 1, before=place[0] if place else None
    )
    shown, here = found[: queries.LOOKS_SHOWN], reverse("privacy:home")
    context = {
        "looks": shown,
        "next": f"{here}?after={cursor('looks', shown[-1].id)}" if len(found) > len(shown) else "",
        "first": here if place else "",
        "requests": [_row(row) for row in queries.mine(actor)] if not place else [],
        "kinds": [(kind, KINDS[kind]) for kind in (Kind.CORRECT, Kind.ERASE)],
        "text_max": TEXT_MAX,
        "act_id": new_act_id(),
    }
    return render(request, "privacy/home.html", context)


def _row(row: Any) -> dict[str, Any]:
    english = _language() == "en" and row.agency.name_en
    return {
        "row": row,
        "kind": KINDS[row.kind],
        "state": STATES[row.state],
        "agency": row.agency.name_en if english else row.agency.name_vi,
        "late": row.state == State.SENT and row.due_on < local_date(now()),
        "why": queries.why_of(row.looked_for) if row.looked_for else "",
    }


@signed_in
@require_POST
def take(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Everything held on oneself as one ZIP (POST act_id)."""
    actor = actor_of(request)
    limits.demand(f"privacy.take:{actor.key}", per_minute=TAKEN_PER_MINUTE)
    act = act_of(request, PURPOSE)
    actions.take_along(act)
    document, found = export.held(actor, act.at)
    seen(actor, at=act.at, purpose=PURPOSE, page="privacy.take", subjects=queries.subjects_of(actor))
    texts = {"du-lieu.json": json.dumps(document, ensure_ascii=False, indent=1, default=plain).encode()}
    answer = StreamingHttpResponse(files.packed(texts, found), content_type="application/zip")
    name = f"du-lieu-cua-toi-{local_date(act.at):%Y%m%d}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@signed_in
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to correct or to erase (POST act_id, kind, text)."""
    kind = request.POST.get("kind", "")
    try:
        actions.ask(act_of(request, PURPOSE), kind=kind, text=request.POST.get("text", ""))
        messages.success(request, _("Đã gửi yêu cầu. Câu trả lời sẽ hiện ở trang này."))
    except Refusal as refusal:
        messages.error(request, f"{refusal.sentence} {refusal.way_out}")
    return redirect("privacy:home")


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def complain(request: HttpRequest, look: int) -> HttpResponse:
    """Complain about one look (POST act_id, text)."""
    if request.method == "POST":
        try:
            actions.ask(
                act_of(request, PURPOSE), kind=Kind.COMPLAINT, text=request.POST.get("text", ""), look=look
            )
            messages.success(request, _("Đã gửi yêu cầu. Câu trả lời sẽ hiện ở trang này."))
            return redirect("privacy:home")
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            messages.error(request, f"{refusal.sentence} {refusal.way_out}")
            return redirect("privacy:complain", look)
    context = {
        "look": queries.look_told(actor_of(request), look, _language()),
        "text_max": TEXT_MAX,
        "act_id": new_act_id(),
    }
    return render(request, "privacy/complain.html", context)


@officers(*HANDLERS)
@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What people ask about their data at the agencies one leads or administers; nobody's name."""
    rows = [_row(row) for row in queries.waiting(actor_of(request))]
    return render(request, "privacy/inbox.html", {"rows": rows})


@officers(*HANDLERS)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, request_id: str) -> HttpResponse:
    """One request whole, and answering it (POST act_id, answer); who read it is kept."""
    if request.method == "POST":
        try:
            actions.answer(act_of(request, DESK), request=request_id, text=request.POST.get("answer", ""))
            messages.success(request, _("Đã trả lời."))
            return redirect("privacy:inbox")
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            messages.error(request, f"{refusal.sentence} {refusal.way_out}")
            return redirect("privacy:request", request_id)
    actor = actor_of(request)
    row = queries.request_to_answer(actor, request_id)
    about = [f"account:{row.account.public_id}"] + ([row.dossier.subject] if row.dossier else [])
    seen(actor, at=now(), purpose=DESK, page="privacy.request", subjects=about)
    context = {
        **_row(row),
        "reader": queries.reader_of(row),
        "may": row.state == State.SENT and may_answer(row.account_id, row.looked_by, actor.account_id),
        "text_max": TEXT_MAX,
        "act_id": new_act_id(),
    }
    return render(request, "privacy/request.html", context)

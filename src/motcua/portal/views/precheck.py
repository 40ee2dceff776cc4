"""The check before handing in: a part of the last look, and a page by itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.foundation.doors import actor_of, signed_in
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.time import now
from motcua.portal.case import Case
from motcua.portal.views._common import DECLARE, lang, note_seen
from motcua.portal.views.declare import editable
from motcua.precheck import actions, queries


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def precheck(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the check says now, at any time while it is declared (POST: have the unread papers looked at; act_id)."""
    if request.method == "POST":
        actions.ask(act_of(request, DECLARE), dossier=public_id)
        return redirect("portal:precheck", public_id)
    case = editable(request, public_id)
    if isinstance(case, HttpResponse):
        return case
    note_seen(request, "precheck", case.dossier, purpose=DECLARE)
    handed_in = case.dossier.submitted_at is not None
    context = {
        "dossier": case.dossier,
        "view": case.view,
        "check": checked(request, case),
        "handed_in": handed_in,
        "back": reverse(f"portal:{'supplement' if handed_in else 'tasks'}", args=[public_id]),
    }
    return render(request, "portal/precheck.html", context)


def checked(request: HttpRequest, case: Case) -> dict[str, Any]:
    """The findings as the template draws them, each with the way to where it is put right. What she is shown of a draft
    is kept with it, without anybody's values."""
    at = now()
    found = queries.look_over(actor_of(request), case.dossier, at)
    actions.keep(case.dossier, found, at)
    back = "supplement" if case.dossier.submitted_at is not None else "check"
    told = [{"told": each, "href": _way(case, each.finding, back)} for each in queries.told_of(found, lang())]
    return {
        "rows": told,
        "blocks": found.count("blocks"),
        "unread": len(found.unread),
        "reader": found.reader or not found.papers,
        "act_id": new_act_id(),
    }


def _way(case: Case, finding: Any, back: str) -> str:
    public_id = case.dossier.public_id
    if finding.code == "door_closed":
        return reverse("portal:procedure", args=[case.view.slug])
    if finding.kind == "wrong_office" and finding.code != "other_province":
        return f"{reverse('portal:where', args=[public_id])}?back=check"
    if finding.paper:
        return f"{reverse('portal:papers', args=[public_id])}?back={back}#giay-{finding.paper}"
    if finding.section and case.section(finding.section):
        section = reverse("portal:section", args=[public_id, finding.section])
        return f"{section}?back={back}&xem=1#f-{finding.field}"
    return ""


def look_at_new(request: HttpRequest, public_id: str) -> None:
    """Papers that were just handed in are looked at while she goes on."""
    actions.ask(act_of(request, DECLARE, act_id=f"look/{new_act_id()}"), dossier=public_id)

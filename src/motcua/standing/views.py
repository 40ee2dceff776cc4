"""The list for everybody, to read and to keep; and the page on which an officer records a decision."""

from __future__ import annotations

import hashlib
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.dossiers import queries as dossiers
from motcua.foundation import limits
from motcua.foundation.access import seen
from motcua.foundation.doors import actor_of, officers, public
from motcua.foundation.errors import Invalid
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.time import local_date, now
from motcua.kernel.text import one_line
from motcua.standing import actions, queries, rules, words
from motcua.standing.errors import NotDecider
from motcua.standing.rules import Kind

WHY = "which results hold no longer is said to everybody who may be shown one; the list names nobody"
KEPT_SECONDS = 300
PURPOSE = "rule_on_result"


@public(WHY)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Results withdrawn, replaced or reinstated, the newest first (GET: tim, truoc)."""
    caller = request.META.get("REMOTE_ADDR", "")
    limits.demand(f"standing:{caller}", per_minute=settings.MOTCUA.rate_track_per_minute)
    text, before = one_line(request.GET.get("tim", ""))[:80], request.GET.get("truoc", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None
    found = queries.page(text, number)
    more = found[queries.PAGE :]
    rows = found[: queries.PAGE]
    address = {"truoc": rows[-1].number} | ({"tim": text} if text else {}) if more else {}
    context = {
        "typed": text,
        "rows": [queries.told(each) for each in rows],
        "next": f"?{urlencode(address)}" if address else "",
        "edition": queries.edition(),
        "keys": queries.trusted_keys(),
    }
    return render(request, "standing/list.html", context)


@public(WHY)
@require_safe
def signed_list(request: HttpRequest) -> HttpResponse:
    """The whole list as JWS, to keep and to check papers against without us. Signed anew when it is a day old."""
    found = queries.edition()
    if found is None or not queries.is_current(found, now()):
        found = actions.publish_list(now())
    content = found.jws.encode()
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    answer = HttpResponse(content, content_type="application/jose")
    answer["Content-Disposition"] = f'attachment; filename="thu-hoi-{found.number}.jws"'
    answer["ETag"] = etag
    patch_cache_control(answer, public=True, max_age=KEPT_SECONDS)
    return get_conditional_response(request, etag=etag, response=answer) or answer


@public("a page that checks papers without us; it holds certificates and public keys only")
@never_cache
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The page that verifies from the disk, without a network. To keep: it is never shown from here."""
    limits.demand(
        f"offline:{request.META.get('REMOTE_ADDR', '')}", per_minute=settings.MOTCUA.rate_track_per_minute
    )
    answer = HttpResponse(queries.offline_page(now()), content_type="text/html; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="kiem-tra-khong-can-mang.html"'
    return answer


@officers("signer", "clerk")
@never_cache
@require_http_methods(["GET", "POST"])
def ruling(request: HttpRequest, public_id: str) -> HttpResponse:
    """What became of the result of a dossier, and the form to record a decision.

    POST: kind, decision, decided_on, reason, replaced_by, note, act_id. Raises DossierNotFound, NotDecider.
    """
    actor, at = actor_of(request), now()
    dossier = dossiers.get_visible(actor, public_id)
    if not queries.may_rule(actor, dossier, at):
        raise NotDecider()
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            _ruled(request, public_id)
            messages.success(request, _("Đã ghi quyết định và công bố trong danh sách."))
            return redirect("standing:ruling", public_id)
        except Invalid as refusal:
            problems = {each["field"]: each["message"] for each in refusal.problems}
    seen(actor, at=at, purpose=PURPOSE, page="standing:ruling", subjects=[dossier.subject])
    last, notes = queries.ruling_of(dossier), queries.notes_of(dossier)
    can = [kind for kind in Kind if (last.kind if last else rules.NOT_LISTED) in rules.FOLLOWS[kind]]
    context = {
        "dossier": dossier,
        "procedure": dossiers.view_of(dossier).name,
        "has_result": queries.has_result(dossier),
        "ended": last is not None and last.ended,
        "rulings": [
            queries.told(each) | {"note": notes.get(each.number, "")} for each in queries.rulings_of(dossier)
        ],
        "kind": request.POST.get("kind", can[0].value if len(can) == 1 else ""),
        "kinds": [(kind.value, words.VERBS[kind]) for kind in can],
        "replaces": Kind.REPLACED in can,
        "reasons": [("", _("Chọn lý do"))] + [(each.value, words.REASONS[each]) for each in rules.Reason],
        "typed": request.POST,
        "problems": problems,
        "today": local_date(at),
        "note_max": rules.NOTE_MAX,
        "act_id": new_act_id(),
    }
    return render(request, "standing/ruling.html", context, status=422 if problems else 200)


def _ruled(request: HttpRequest, public_id: str) -> None:
    given = {name: request.POST.get(name, "") for name in ("decision", "reason", "note")}
    act = act_of(request, PURPOSE)
    on = _day(request.POST.get("decided_on"))
    kind = request.POST.get("kind", "")
    if kind == Kind.REPLACED:
        by = request.POST.get("replaced_by", "")
        actions.replace_result(act, dossier=public_id, decided_on=on, replaced_by=by, **given)
    elif kind == Kind.REINSTATED:
        actions.reinstate_result(act, dossier=public_id, decided_on=on, **given)
    elif kind == Kind.WITHDRAWN:
        actions.withdraw_result(act, dossier=public_id, decided_on=on, **given)
    else:
        raise Invalid([{"field": "kind", "message": _("Chọn việc cần ghi.")}])


def _day(text: str | None) -> date:
    try:
        return forms.DateField().clean(text)
    except forms.ValidationError:
        raise Invalid([{"field": "decided_on", "message": _("Ghi ngày của quyết định.")}]) from None

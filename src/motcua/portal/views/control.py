"""“Kiểm soát TTHC”: what the agencies did with procedures and petitions, for everybody, without signing in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.foundation import limits
from motcua.foundation.doors import public
from motcua.foundation.errors import NotFound, Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.time import local_date, now
from motcua.portal.views._common import problems_of, safe_integer, today
from motcua.portal.words import WEEKDAY_SHORT
from motcua.reporting import actions, queries
from motcua.reporting.errors import PetitionIncomplete
from motcua.reporting.rules import periods
from motcua.reporting.rules.petitions import TEXT_MAX

WHY = "NĐ 63/2010/NĐ-CP: how procedures are handled is public; no dossier and no person is named"
PUBLISHED = 20
TYPED = ("agency", "procedure", "name", "phone", "dossier_code", "text")


def _names(office: Any) -> dict[str, str]:
    return {"vi": office.name_vi, "en": office.name_en}


@public(WHY)
@require_GET
def control(request: HttpRequest) -> HttpResponse:
    """News of procedures, where to go, figures by agency for a month (GET: thang), petitions and their answers."""
    this = f"{local_date(now()):%Y-%m}"
    months = [this, periods.before(this)]
    asked = request.GET.get("thang", "")
    label = asked if asked in months else this
    figures, counted_at = queries.figures(label)
    context = {
        "months": [(month, f"{month[5:]}/{month[:4]}", month == label) for month in months],
        "figures": [
            {
                "name": _names(figure.office),
                "counts": figure.counts,
                "on_time": figure.on_time_share,
                "content": figure.content_share,
            }
            for figure in figures
        ],
        "counted_at": counted_at,
        "news": [{"kind": queries.NEWS[one.kind], "news": one} for one in queries.news(limit=10)],
        "counters": [
            {"name": _names(each.office), "area": each.area, "hours": _hours(each.hours)}
            for each in queries.counters(today())
        ],
        "petitions": _published(None)[:5],
    }
    return render(request, "portal/control.html", context)


def _hours(hours: Any) -> list[str]:
    """“Thứ Hai – thứ Sáu: 07:00–11:30, 13:30–17:00”."""
    told = []
    for first, last, sessions in hours:
        days = WEEKDAY_SHORT[first] if first == last else f"{WEEKDAY_SHORT[first]} – {WEEKDAY_SHORT[last]}"
        told.append(f"{days}: " + ", ".join(f"{a}–{b}" for a, b in sessions))
    return told


def _published(before: int | None) -> list[dict[str, Any]]:
    return [
        {
            "key": row.pk,
            "agency": _names(row.agency),
            "procedure": {"vi": row.procedure.short_name_vi, "en": row.procedure.name_en}
            if row.procedure
            else None,
            "text": row.public_text,
            "answer": row.public_answer,
            "sent_at": row.sent_at,
            "ended_at": row.ended_at,
            "on_time": row.ended_at is not None and local_date(row.ended_at) <= row.due_on,
            "satisfied": row.satisfied,
        }
        for row in queries.published(limit=PUBLISHED + 1, before=before)
    ]


@public(WHY)
@require_GET
def petitions(request: HttpRequest) -> HttpResponse:
    """The published petitions and answers, newest first (GET: truoc)."""
    before = safe_integer(request.GET.get("truoc"))
    found = _published(before)
    shown, more = found[:PUBLISHED], len(found) > PUBLISHED
    here = reverse("portal:petitions")
    context = {
        "petitions": shown,
        "next": f"{here}?truoc={shown[-1]['key']}" if more else "",
        "first": here if before else "",
    }
    return render(request, "portal/petitions.html", context)


@public("NĐ 20/2008/NĐ-CP: everybody may say what is wrong with a procedure; name and telephone are sealed")
@never_cache
@require_http_methods(["GET", "POST"])
def petition(request: HttpRequest) -> HttpResponse:
    """Send a petition (POST: agency, procedure, name, phone, dossier_code, text, act_id)."""
    typed = {name: request.POST.get(name, "") for name in TYPED}
    problems: dict[str, str] = {}
    if request.method == "POST":
        caller = request.META.get("REMOTE_ADDR", "")
        limits.demand(f"petition:{caller}", per_minute=settings.MOTCUA.rate_submit_per_minute)
        try:
            done = actions.send(act_of(request, "petition"), **typed)
            return render(request, "portal/petition_sent.html", {"done": done})
        except PetitionIncomplete as refusal:
            problems = problems_of(refusal)
    slug = typed["procedure"] or request.GET.get("thu-tuc", "")
    context = {
        "typed": {**typed, "procedure": slug},
        "problems": problems,
        "agencies": [(o.code, _names(o)) for o in agencies.receiving_agencies(today())],
        "procedure": _procedure(slug),
        "text_max": TEXT_MAX,
        "act_id": new_act_id(),
    }
    return render(request, "portal/petition.html", context, status=422 if problems else 200)


def _procedure(slug: str) -> dict[str, str] | None:
    try:
        row = catalogue.by_slug(slug) if slug else None
    except NotFound:
        return None
    return {"vi": row.short_name_vi, "en": row.name_en} if row else None


@public("only who holds the unguessable reference reads her petition's answer; no name is shown")
@never_cache
@require_GET
def petition_followed(request: HttpRequest) -> HttpResponse:
    """Where a petition stands, by its reference (GET: ma)."""
    typed = " ".join(request.GET.get("ma", "").split())[:80]
    context: dict[str, Any] = {"typed": typed[:40], "found": None}
    if not typed:
        return render(request, "portal/petition_follow.html", context)
    caller = request.META.get("REMOTE_ADDR", "")
    limits.demand(f"track:{caller}", per_minute=settings.MOTCUA.rate_track_per_minute)
    row = queries.followed(typed)
    if row is not None:
        context["found"] = {
            "reference": row.reference,
            "state": queries.PETITION_STATES[row.state],
            "agency": _names(row.agency),
            "sent_at": row.sent_at,
            "due_on": row.due_on,
            "ended_at": row.ended_at,
            "decline": queries.DECLINES.get(row.decline, ""),
            "answer": row.answer,
            "text": row.text,
            "may_rate": row.state == "answered" and row.satisfied is None,
            "satisfied": row.satisfied,
        }
    return render(request, "portal/petition_follow.html", context, status=200 if row else 404)


@public("whoever holds the unguessable reference says once whether the answer satisfied")
@require_POST
def petition_rated(request: HttpRequest) -> HttpResponse:
    """POST: ma, satisfied (yes | no), act_id."""
    caller = request.META.get("REMOTE_ADDR", "")
    limits.demand(f"track:{caller}", per_minute=settings.MOTCUA.rate_track_per_minute)
    reference = request.POST.get("ma", "")[:80]
    try:
        satisfied = request.POST.get("satisfied") == "yes"
        actions.rate(act_of(request, "petition"), reference=reference, satisfied=satisfied)
        messages.success(request, _("Cảm ơn bạn đã đánh giá."))
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, f"{refusal.sentence} {refusal.way_out}")
    return redirect(f"{reverse('portal:petition_followed')}?{urlencode({'ma': reference})}")

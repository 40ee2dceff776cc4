"""Lateness before it happens: the apologies that must leave, and the work ordered by what can still be saved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.counter import hopes, listing
from motcua.counter.base import WORKERS, lang, log_dossiers, moment, stated_purpose
from motcua.dossiers import queries as dossiers
from motcua.foundation.actors import Actor
from motcua.foundation.api import cursor, read_cursor
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.time import local_date

ROWS = 100
SAVING_TABS = ("me", "process", "sign", "lead")


@officers(*WORKERS)
@never_cache
@require_GET
def apologies(request: HttpRequest) -> HttpResponse:
    """Dossiers whose last day to apologise is today or the next working day (NĐ 61/2018 art. 19(9)). GET sau."""
    actor, at = actor_of(request), moment()
    place = read_cursor("apologies", request.GET.get("sau"), str, int)
    after = (place[0], place[1]) if place else None
    found = dossiers.apologies(actor.holders, at, limit=ROWS + 1, after=after)
    shown = found[:ROWS]
    purpose = _purpose(request, actor, shown)
    log_dossiers(request, "apologies", "worklist", shown)
    rows = [_row(actor, row, at, purpose) for row in shown]
    today = local_date(at)
    last = shown[-1] if len(found) > ROWS else None
    context = {
        "today": today,
        "groups": [
            {"is_today": True, "rows": [row for row in rows if row["by"] == today]},
            {"is_today": False, "rows": [row for row in rows if row["by"] != today]},
        ],
        "count": len(rows),
        "next": f"?sau={cursor('apologies', last.apology_by.isoformat(), last.pk)}" if last else "",
        "previous": reverse("counter:apologies") if place else "",
        **_named(request, actor, shown, purpose),
    }
    return render(request, "counter/apologies.html", context)


def _row(actor: Actor, dossier: Any, at: datetime, purpose: str) -> dict[str, Any]:
    line = listing.line_of(actor, dossier, at, purpose=purpose)
    may = "extend" in dossiers.allowed_verbs(actor, dossier)
    return {
        "line": line,
        "by": dossier.apology_by,
        "first_due_on": dossier.first_due_on if dossier.first_due_on != dossier.due_on else None,
        "href": f"{line.href}?viec=extend" if may else "",
    }


@officers(*WORKERS)
@never_cache
@require_GET
def savable(request: HttpRequest) -> HttpResponse:
    """What waits on a tab by what can still be saved: least time to spare first, what is late below. GET tab, sau."""
    actor, at = actor_of(request), moment()
    tabs = [tab for tab in listing.tabs_of(actor, lang()) if tab.role in SAVING_TABS]
    counts = listing.counts_of(actor, tabs)
    tab = listing.tab_called(tabs, request.GET.get("tab", ""), counts)
    place = read_cursor(f"savable:{tab.key}", request.GET.get("sau"), str, int, str, int)
    since, after = at, None
    if (
        place
    ):  # the list goes on as it was drawn: what became late meanwhile keeps its place until it is drawn anew
        since, after = datetime.fromisoformat(place[0]), (place[1], place[2], place[3])
    found = dossiers.rescues(tab.holder, since, limit=ROWS + 1, after=after)
    shown = found[:ROWS]
    rows = [each.dossier for each in shown]
    purpose = _purpose(request, actor, rows)
    log_dossiers(request, "savable", "worklist", rows)
    more = ""
    if len(found) > ROWS:
        sau = cursor(f"savable:{tab.key}", since.isoformat(), *shown[-1].place)
        more = "?" + urlencode({"tab": tab.key, "sau": sau})
    drawn = [hopes.hope_of(actor, each, at, purpose=purpose) for each in shown]
    context = {
        "tabs": [_tab(each, tab) for each in tabs],
        "tab": tab,
        "hopes": drawn,
        "doubtful": any(each.doubtful for each in drawn),
        "next": more,
        "previous": _address(tab) if place else "",
        **_named(request, actor, rows, purpose),
    }
    return render(request, "counter/savable.html", context)


def _address(tab: listing.Tab) -> str:
    return f"{reverse('counter:savable')}?tab={tab.key}"


def _tab(each: listing.Tab, current: listing.Tab) -> dict[str, Any]:
    return {"label": each.label, "href": _address(each), "current": each == current, "count": ""}


def _purpose(request: HttpRequest, actor: Actor, shown: list[Any]) -> str:
    """Why who only leads looks at names; "" where she has not said so, or has a part in all of them."""
    return stated_purpose(request) if any(dossiers.only_leads(actor, row) for row in shown) else ""


def _named(request: HttpRequest, actor: Actor, shown: list[Any], purpose: str) -> dict[str, Any]:
    """What the foot of the list needs so that who only leads can say why she wants names."""
    return {
        "led": any(dossiers.only_leads(actor, row) for row in shown),
        "named": dossiers.PURPOSES.get(purpose, ""),
        "purposes": list(dossiers.PURPOSES.items()),
        "here": request.get_full_path(),
    }

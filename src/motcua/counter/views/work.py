"""Worklists: what waits for an officer, soonest first, and what may be done from the row."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.counter import batches, listing, words
from motcua.counter.base import fresh_id, lang, log_dossiers, moment, stated_purpose
from motcua.dossiers import queries as dossiers
from motcua.foundation.api import cursor, read_cursor
from motcua.foundation.doors import actor_of, officers

ROWS = 100
# Done from the row itself: nothing is asked, nothing is lost by a mis-click that the next step cannot put right.
ONE_CLICK = ("receive", "transfer", "take", "advance", "approve")


@officers()
@never_cache
@require_GET
def work(request: HttpRequest) -> HttpResponse:
    """The list of one holder key: soonest due first, 100 rows, then by cursor. GET tab, state, procedure, all, sau."""
    actor, at = actor_of(request), moment()
    tabs = listing.tabs_of(actor, lang())
    counts = listing.counts_of(actor, tabs)
    request.waiting = listing.waiting_in_all(tabs, counts)  # type: ignore[attr-defined]  the navigation shows it, counted once
    tab = listing.tab_called(tabs, request.GET.get("tab", ""), counts)
    todo = tab.todo and request.GET.get("all") != "1"
    state, procedure = _filters(request) if todo else ("", None)
    found = dossiers.worklist(
        tab.holder,
        limit=ROWS + 1,
        after=_after(request.GET.get("sau")),
        todo=todo,
        state=state,
        procedure=procedure,
    )
    items, more = found[:ROWS], len(found) > ROWS
    shown = [item.dossier for item in items]
    led = any(dossiers.only_leads(actor, dossier) for dossier in shown)
    purpose = stated_purpose(request) if led else ""
    lines = [listing.line_of(actor, dossier, at, tab.key, purpose=purpose) for dossier in shown]
    log_dossiers(request, "worklist", "worklist", shown)
    last = items[-1] if more else None
    query = listing.query(tab.key, todo, state, procedure)
    context = {
        "tabs": [_drawn(each, counts, tab) for each in tabs],
        "tab": tab,
        "todo": todo,
        "lines": lines,
        "states": _state_chips(tab, state, procedure) if todo else [],
        "procedures": _procedure_options(items, procedure),
        "procedure": procedure,
        "state": state,
        "verbs": _batch_verbs(lines),
        "waiting": counts.get(tab.holder, 0),
        "list": query + (f"&sau={request.GET['sau']}" if request.GET.get("sau") else ""),
        "next": f"{query}&sau={cursor('worklist', last.sort_key, last.dossier.pk)}" if last else "",
        "previous": query if request.GET.get("sau") else "",
        "act_id": fresh_id(),
        "one_click": ONE_CLICK,
        "led": led,
        "named": dossiers.PURPOSES.get(purpose, ""),
        "purposes": list(dossiers.PURPOSES.items()),
        "here": request.get_full_path(),
        "is_desk": actor.has_role("receptionist", "clerk"),
    }
    return render(request, "counter/work.html", context)


def _after(text: str | None) -> tuple[str, int] | None:
    place = read_cursor("worklist", text) if text else None
    if not place or len(place) != 2 or not isinstance(place[1], int):
        return None
    return str(place[0]), place[1]


def _filters(request: HttpRequest) -> tuple[str, int | None]:
    state, procedure = request.GET.get("state", ""), request.GET.get("procedure", "")
    known = state if state in words.STATES else ""
    return known, int(procedure) if procedure.isascii() and procedure.isdigit() and len(
        procedure
    ) < 12 else None


def _drawn(each: listing.Tab, counts: dict[str, int], current: listing.Tab) -> dict[str, Any]:
    count = listing.count_shown(counts.get(each.holder, 0)) if each.todo else ""
    return {"label": each.label, "href": each.href, "current": each == current, "count": count}


CHIPS = {
    "reception": ("submitted", "received", "result_ready"),
    "me": ("in_process",),
}


def _state_chips(tab: listing.Tab, state: str, procedure: int | None) -> list[dict[str, Any]]:
    """The stages that wait on this tab, where there are several."""
    stages = CHIPS.get(tab.role, ())
    if len(stages) < 2:
        return []
    chips = [
        {
            "label": _("Tất cả việc chờ"),
            "href": listing.query(tab.key, True, "", procedure),
            "current": not state,
        }
    ]
    return chips + [
        {
            "label": words.STATES[stage],
            "href": listing.query(tab.key, True, stage, procedure),
            "current": stage == state,
        }
        for stage in stages
    ]


def _procedure_options(items: list[Any], chosen: int | None) -> list[tuple[int, Any]]:
    """The procedures on this page, to narrow the list by: a batch is mostly one kind of dossier."""
    found = {item.dossier.procedure_id: dossiers.view_of(item.dossier).name for item in items}
    return sorted(found.items(), key=lambda pair: pair[1].say(lang())) if len(found) > 1 or chosen else []


def _batch_verbs(lines: list[listing.Line]) -> list[dict[str, Any]]:
    """What may be done at once: the next decisions of the rows."""
    found = [line.verb for line in lines]
    found += ["hand_over"] if any(line.verb == "record_cash" and line.may_hand_over for line in lines) else []
    return [{"verb": verb, "word": words.VERBS[verb]} for verb in batches.offered(found)]


@officers()
@never_cache
@require_GET
def following(request: HttpRequest) -> HttpResponse:
    """Open the next dossier that waits on a tab (GET tab); the list, when nothing waits any more."""
    actor = actor_of(request)
    tabs = listing.tabs_of(actor, lang())
    tab = next((each for each in tabs if each.key == request.GET.get("tab")), None)
    found = dossiers.worklist(tab.holder, limit=1) if tab and tab.todo else []
    if not found:
        return redirect("counter:work")
    return redirect(f"{reverse('counter:dossier', args=[found[0].dossier.public_id])}?tab={tab.key}")

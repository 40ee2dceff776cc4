"""Worklists: what waits for an officer, soonest first, and what may be done from the row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.counter import batches, listing, queries, words
from motcua.counter.base import lang, log_dossiers, moment, remember_means, stated_purpose
from motcua.counter.views import notes as note_views
from motcua.dossiers import queries as dossiers
from motcua.forecast import queries as forecasts
from motcua.foundation.api import cursor, read_cursor
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.forms import new_act_id
from motcua.notes import queries as notes

ROWS = 100
# Done from the row itself: nothing is asked, nothing is lost by a mis-click that the next step cannot put right.
ONE_CLICK = ("receive", "transfer", "take", "advance", "approve")


@officers()
@never_cache
@require_GET
def work(request: HttpRequest) -> HttpResponse:
    """The list of one holder key: soonest due first, 100 rows, then by cursor. For who leads: what is open, late first.

    GET tab, state, procedure, nguoi (an officer's account, 0: nobody's), nhan (a label), all (what is done too, newest
    first), sau.
    """
    actor, at = actor_of(request), moment()
    remember_means(request)
    tabs = listing.tabs_of(actor, lang())
    counts = listing.counts_of(actor, tabs)
    waiting = listing.waiting_in_all(tabs, counts)
    request.waiting = waiting  # type: ignore[attr-defined]  the navigation shows it, counted once
    tab = listing.tab_called(tabs, request.GET.get("tab", ""), counts)
    leads = tab.role == "lead"
    todo = (tab.todo or leads) and request.GET.get("all") != "1"
    asked = asked_of(request.GET, tab) if todo else Asked()
    items = _items(request, tab, todo, asked)
    rows, last = items[:ROWS], items[ROWS - 1] if len(items) > ROWS else None
    shown = [dossier for dossier, _place, _station in rows]
    led = any(dossiers.only_leads(actor, dossier) for dossier in shown)
    purpose = stated_purpose(request) if led else ""
    labels, marks = note_views.options(request, tab, asked.label, shown, listed=todo)
    told = forecasts.of_many(shown, at, stations={row.pk: station for row, _place, station in rows})
    lines = [
        listing.line_of(
            actor,
            dossier,
            at,
            tab.key,
            purpose=purpose,
            forecast=told.get(dossier.pk),
            labels=marks.on.get(dossier.pk, ()),
        )
        for dossier in shown
    ]
    log_dossiers(request, "worklist", "worklist", shown)
    query = listing.query(tab.key, todo, **vars(asked))
    context = {
        "tabs": [_drawn(each, counts, tab) for each in tabs],
        "tab": tab,
        "todo": todo,
        "leads": leads,
        "lines": lines,
        "states": _state_chips(tab, asked) if todo else [],
        "procedures": _procedure_options(shown, asked.procedure),
        "officers": _officer_options(shown, asked.officer) if leads and todo else [],
        "asked": asked,
        "labels": labels,
        "may_mark": marks.usable,
        "verbs": [{"verb": verb, "word": words.VERBS[verb]} for verb in batches.offered(lines)],
        "list": query + (f"&sau={request.GET['sau']}" if request.GET.get("sau") else ""),
        "next": f"{query}&sau={cursor('worklist', *last[1])}" if last else "",
        "previous": query if request.GET.get("sau") else "",
        "act_id": new_act_id(),
        "one_click": ONE_CLICK,
        "led": led,
        "named": dossiers.PURPOSES.get(purpose, ""),
        "purposes": list(dossiers.PURPOSES.items()),
        "here": request.get_full_path(),
        "export": f"{reverse('counter:export')}{query}",
        "saved": kept_lists(request),
        "is_desk": actor.has_role("receptionist", "clerk"),
    }
    return render(request, "counter/work.html", context)


LISTS = "counter.lists"


def kept_lists(request: HttpRequest) -> list[dict[str, str]]:
    """The lists she keeps, [{name, query}]; they lie with her sitting, so that no list asks the database for them."""
    if LISTS not in request.session:
        found = queries.saved_lists(actor_of(request))
        request.session[LISTS] = [{"name": row.name, "query": row.query} for row in found]
    return request.session[LISTS]


@dataclass(frozen=True)
class Asked:
    """To what a list is narrowed."""

    state: str = ""
    procedure: int | None = None
    officer: int | None = None
    label: str = ""  # its id; dossiers with any label of that name are meant

    @property
    def among(self) -> Callable[[str], Any] | None:
        """That a row carries that label; None where no label is asked for."""
        return notes.carries(self.label) if self.label else None


def _items(
    request: HttpRequest, tab: listing.Tab, todo: bool, asked: Asked
) -> list[tuple[Any, tuple[str, int], Any]]:
    """The dossiers of a page and one more, each with its place in the list and the step it stands in."""
    after, limit = _after(request.GET.get("sau")), ROWS + 1
    if tab.role == "lead" and todo:
        narrowed = {
            "state": asked.state,
            "procedure": asked.procedure,
            "assigned": asked.officer,
            "among": asked.among,
            "actor": actor_of(request),
        }
        return [
            (each.dossier, each.place, each.station)
            for each in dossiers.led(tab.holder, limit=limit, after=after, **narrowed)
        ]
    found = dossiers.worklist(
        tab.holder,
        limit=limit,
        after=after,
        todo=todo,
        state=asked.state,
        procedure=asked.procedure,
        among=asked.among,
        actor=actor_of(request),
    )
    return [(item.dossier, (item.sort_key, item.dossier.pk), item.station) for item in found]


def _after(text: str | None) -> tuple[str, int] | None:
    place = read_cursor("worklist", text) if text else None
    if not place or len(place) != 2 or not isinstance(place[1], int):
        return None
    return str(place[0]), place[1]


def asked_of(given: QueryDict, tab: listing.Tab) -> Asked:
    """To what an address narrows the list of this tab; what it does not know is left out."""
    state = given.get("state", "")
    return Asked(
        state if state in words.STATES else "",
        _number(given.get("procedure", "")),
        _number(given.get("nguoi", "")) if tab.role == "lead" else None,
        label if (label := given.get("nhan", "")).isascii() and label.isalnum() and len(label) <= 26 else "",
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _drawn(each: listing.Tab, counts: dict[str, int], current: listing.Tab) -> dict[str, Any]:
    count = listing.count_shown(counts.get(each.holder, 0)) if each.todo else ""
    return {"label": each.label, "href": each.href, "current": each == current, "count": count}


CHIPS = {
    "reception": ("submitted", "received", "result_ready"),
    "lead": ("received", "in_process", "supplement", "awaiting_payment", "result_drafted"),
}


def _state_chips(tab: listing.Tab, asked: Asked) -> list[dict[str, Any]]:
    """The stages that wait on this tab, where there are several."""

    def chip(label: Any, state: str) -> dict[str, Any]:
        href = listing.query(tab.key, True, state, asked.procedure, asked.officer, asked.label)
        return {"label": label, "href": href, "current": state == asked.state}

    stages = CHIPS.get(tab.role, ())
    whole = _("Mọi hồ sơ chưa xong") if tab.role == "lead" else _("Tất cả việc chờ")
    return [chip(whole, ""), *(chip(words.STATES[stage], stage) for stage in stages)] if stages else []


def _procedure_options(found: list[Any], chosen: int | None) -> list[tuple[int, Any]]:
    """The procedures on this page, to narrow the list by: a batch is mostly one kind of dossier."""
    names = {dossier.procedure_id: dossiers.view_of(dossier).name for dossier in found}
    return sorted(names.items(), key=lambda pair: pair[1].say(lang())) if len(names) > 1 or chosen else []


def _officer_options(found: list[Any], chosen: int | None) -> list[tuple[int, str]]:
    """Whose desks the rows of this page lie on, to narrow the list of a unit by; 0 stands for nobody's."""
    names = {
        dossier.assigned_to_id: dossier.assigned_to.display_name
        for dossier in found
        if dossier.assigned_to_id
    }
    options = [(0, _("Chưa ai nhận")), *sorted(names.items(), key=lambda pair: pair[1])]
    return options if names or chosen is not None else []


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

"""The worklist of what other agencies asked of one's own, and of what the head of a one-stop must know to be late."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.cooperation import queries as cooperation
from motcua.counter import listing
from motcua.counter.base import WORKERS, lang, moment
from motcua.dossiers import queries as dossiers
from motcua.foundation.api import cursor, read_cursor
from motcua.foundation.doors import actor_of, officers

ROWS = 100
LISTED = ("me", "process", "lead")


@dataclass(frozen=True)
class Row:
    """One row of the list; no name of a person is in it."""

    href: str
    code: str
    procedure: Any
    what: str
    agency: str
    role: Any
    state: Any
    tone: str
    is_open: bool
    left: Any
    due_at: Any
    unverified: bool


@officers(*WORKERS)
@never_cache
@require_GET
def joint_work(request: HttpRequest) -> HttpResponse:
    """The tasks of one holder key: soonest due first, 100 rows, then by cursor. For who leads: what is late.

    GET tab, all (what is over too, newest first), sau.
    """
    actor, at = actor_of(request), moment()
    tabs = [_own(tab) for tab in listing.tabs_of(actor, lang()) if tab.role in LISTED]
    counts = cooperation.waiting_counts([tab.holder for tab in tabs if tab.todo], cap=listing.COUNT_CAP + 1)
    tab = listing.tab_called(tabs, request.GET.get("tab", ""), counts)
    whole = request.GET.get("all") == "1"
    leads = tab.role == "lead"
    found = cooperation.worklist(
        tab.holder,
        limit=ROWS + 1,
        after=_after(request.GET.get("sau")),
        todo=not whole and not leads,
        late_at=at if leads and not whole else None,
    )
    shown, more = found[:ROWS], len(found) > ROWS
    query = f"?tab={tab.key}{'&all=1' if whole else ''}"
    context = {
        "tabs": [
            {
                "label": each.label,
                "href": f"{reverse('counter:joint_work')}?tab={each.key}",
                "current": each == tab,
                "count": listing.count_shown(counts.get(each.holder, 0)) if each.todo else "",
            }
            for each in tabs
        ],
        "tab": tab,
        "leads": leads,
        "whole": whole,
        "rows": [_row(work, at) for work in shown],
        "next": f"{query}&sau={cursor('joint', shown[-1].sort_key, shown[-1].task.pk)}" if more else "",
        "previous": query if request.GET.get("sau") else "",
    }
    return render(request, "counter/joint/work.html", context)


def _own(tab: listing.Tab) -> listing.Tab:
    """The same tab of another list: who leads sees here what is late."""
    return replace(tab, todo=tab.role != "lead")


def _row(work: Any, at: Any) -> Row:
    task = work.task
    told = cooperation.told_of(task, task.dossier, at, lang())
    return Row(
        href=reverse("counter:joint_task", args=[task.public_id]),
        code=task.dossier.code or task.dossier.reference,
        procedure=dossiers.view_of(task.dossier).name,
        what=told.name,
        agency=told.agency,
        role=cooperation.ROLES[task.role],
        state=cooperation.STATES[told.state],
        tone=cooperation.TONES[told.state],
        is_open=told.state == "open",
        left=cooperation.time_left(task, at),
        due_at=task.due_at,
        unverified=told.unverified,
    )


def _after(text: str | None) -> tuple[str, int] | None:
    place = read_cursor("joint", text) if text else None
    if not place or len(place) != 2 or not isinstance(place[1], int):
        return None
    return str(place[0]), place[1]

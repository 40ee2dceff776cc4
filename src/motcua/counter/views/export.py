"""A worklist to take along: which columns, CSV or Excel; and lists kept under a name with their columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.catalogue import queries as catalogue
from motcua.counter import actions, exports, listing, queries
from motcua.counter.base import lang, log_dossiers, moment, stated_purpose
from motcua.counter.views.work import LISTS, Asked, asked_of
from motcua.dossiers.queries import columns
from motcua.foundation import limits
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.kept import keep, kept
from motcua.foundation.tables import EXCEL_ROWS_MOST, KINDS, download
from motcua.foundation.time import TZ
from motcua.foundation.ui.words import say_number

FILES_PER_MINUTE = 10
KEPT = "counter.export"


@dataclass(frozen=True)
class Wanted:
    """Which list an address means, and which columns of it."""

    tab: listing.Tab
    todo: bool
    asked: Asked
    procedure: str  # the slug, when the list is narrowed to one
    picked: list[str]

    @property
    def query(self) -> str:
        return listing.query(self.tab.key, self.todo, **vars(self.asked))

    @property
    def choices(self) -> list[columns.Choice]:
        return columns.chosen(self.picked, self.procedure)


def _wanted(request: HttpRequest, given: QueryDict, picked: list[str]) -> Wanted:
    tabs = listing.tabs_of(actor_of(request), lang())
    tab = listing.tab_called(tabs, given.get("tab", ""), {})
    todo = (tab.todo or tab.role == "lead") and given.get("all") != "1"
    asked = asked_of(given, tab) if todo else Asked()
    found = catalogue.by_ids([asked.procedure]) if asked.procedure else {}
    return Wanted(tab, todo, asked, next((row.slug for row in found.values()), ""), picked)


def _posted(request: HttpRequest) -> Wanted:
    """What a form of the page means: query (of the list), cot and hoi (columns)."""
    given = QueryDict(listing.query_of(request.POST.get("query", "")).removeprefix("?"))
    return _wanted(request, given, request.POST.getlist("cot") + request.POST.getlist("hoi"))


@officers()
@never_cache
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Choose the columns of a list's file. GET as the list itself, cot (a column's key, repeated), lai (a form that
    was refused)."""
    wanted = _wanted(request, request.GET, request.GET.getlist("cot"))
    said = kept(request, KEPT, request.GET.get("lai", "")) or {}
    offered = [(each.key, each.column(lang()).title) for each in columns.column_choices(wanted.procedure)]
    rows = say_number(EXCEL_ROWS_MOST, lang())
    context = {
        "tab": wanted.tab,
        "todo": wanted.todo,
        "columns": [pair for pair in offered if not pair[0].startswith(columns.ANSWER)],
        "questions": [pair for pair in offered if pair[0].startswith(columns.ANSWER)],
        "picked": [choice.key for choice in wanted.choices],
        "kinds": [
            ("xlsx", _("Excel, tối đa {most} dòng").format(most=rows)),
            ("csv", _("CSV, không giới hạn số dòng")),
        ],
        "query": wanted.query,
        "one_procedure": bool(wanted.procedure),
        "saved": queries.saved_lists(actor_of(request)),
        "problems": said.get("problems") or {},
        "name": said.get("name") or "",
        "act_id": new_act_id(),
    }
    return render(request, "counter/export.html", context)


@officers()
@require_POST
def export_file(request: HttpRequest) -> HttpResponse:
    """The file. POST query (of the list), cot, hoi (columns), dang (csv, xlsx).

    What somebody sees who only leads follows the purpose she stated, as in the list.
    """
    actor, at, wanted = actor_of(request), moment(), _posted(request)
    limits.demand(f"counter.export:{actor.key}", per_minute=FILES_PER_MINUTE)
    kind = request.POST.get("dang", "")
    source = exports.blocks(exports.page_of(wanted.tab, wanted.todo, wanted.asked), unique=wanted.todo)
    table = exports.table(
        f"ho-so-{wanted.tab.key}-{at.astimezone(TZ):%Y%m%d-%H%M}",
        source,
        wanted.choices,
        columns.Reader(actor, at, lang(), stated_purpose(request)),
        lambda block: log_dossiers(request, "export", "export", block),
    )
    return download(table, kind if kind in KINDS else "csv")


@officers()
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep a list under a name. POST name, query (of the list), cot, hoi; act_id."""
    wanted, name = _posted(request), request.POST.get("name", "")
    act, again = act_of(request, "worklist"), {}
    try:
        actions.save_list(act, name=name, query=wanted.query, columns=wanted.picked)
        request.session.pop(LISTS, None)
    except Refusal as refusal:
        said = {"problems": {"name": f"{refusal.sentence} {refusal.way_out}"}, "name": name[:60]}
        again = {"lai": keep(request, KEPT, said)}
    return redirect(_address(wanted.query, wanted.picked, again))


@officers()
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Forget a kept list. POST list (its id), query (to come back to); act_id."""
    actions.forget_list(act_of(request, "worklist"), saved=request.POST.get("list", ""))
    request.session.pop(LISTS, None)
    return redirect(reverse("counter:export") + listing.query_of(request.POST.get("query", "")))


def _address(query: str, picked: list[str], more: dict[str, Any]) -> str:
    made = QueryDict(query.removeprefix("?"), mutable=True)
    made.setlist("cot", picked)
    made.update(more)
    return f"{reverse('counter:export')}?{made.urlencode()}"

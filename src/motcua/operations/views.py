"""The leaders' pages: the overview, the tables behind it, and the rows behind every figure. They only read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.dossiers.queries import HAPPENED, OPEN_NOW, PURPOSES, Present
from motcua.foundation import purpose as purposes
from motcua.foundation.access import seen
from motcua.foundation.api import cursor, read_cursor
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.time import local_date, now
from motcua.operations import board, listing, queries, rules
from motcua.operations.address import NARROWING, Asked, asked
from motcua.operations.errors import NoSuchFigure
from motcua.operations.queries import View
from motcua.operations.words import MEASURES, PERIOD_PROBLEMS, SOURCE, TABLES

ROWS = 50


@dataclass(frozen=True)
class Page:
    """What every page of this room begins with."""

    asked: Asked
    view: View
    moment: Present
    at: datetime


def _page(request: HttpRequest) -> Page:
    at = now()
    wanted = asked(request.GET, local_date(at))
    view = queries.view_of(
        actor_of(request),
        agency=wanted.agency,
        below=bool(wanted.below),
        desk=wanted.desk,
        procedure=wanted.procedure,
    )
    return Page(wanted, view, queries.present(view, at), at)


def _frame(page: Page, name: str, *args: str) -> dict[str, Any]:
    """What the heads of the pages show: whose work, which days, what it is narrowed to, how to choose otherwise."""
    wanted = page.asked
    problem = PERIOD_PROBLEMS.get(wanted.problem, "")
    typed = wanted.typed
    if not problem and wanted.period.key == "range":
        typed = (wanted.period.first, wanted.period.last)
    return {
        "roots": [{"vi": o.name_vi, "en": o.name_en} for o in page.view.roots],
        "period": board.period_words(wanted),
        "tabs": board.period_tabs(wanted, name, *args),
        "ranged": wanted.period.key == "range" or bool(problem),
        "typed": typed,
        "kept": {k: v for k, v in wanted.query().items() if k in NARROWING},
        "problems": {"from": problem} if problem else {},
        "chips": board.chips(wanted, page.view, name, *args),
        "at": queries.counted_until(page.at),
        "source": SOURCE,
        "tables": board.page_tabs(wanted, name, *args),
        "overview": wanted.page("overview"),
    }


@officers(*rules.READERS)
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """How the work stands now and what happened in the period; `wall=1` for the big screen."""
    page = _page(request)
    wanted, scope = page.asked, page.view.scope
    found = queries.crossed(scope, wanted.period, page.moment)
    days = board.days_with_gaps(wanted, queries.by_day(scope, wanted.period), queries.first_day())
    worst = {by: rules.in_trouble(found.lines(by)) for by in ("agency", "procedure")}
    wall = request.GET.get("wall") == "1"
    most, columns = (5, board.WALL) if wall else (board.TOP, board.SHORT)
    context = {
        **_frame(page, "overview"),
        "now": board.now_tiles(wanted, found.live),
        "happened": board.period_tiles(wanted, found.sums, queries.durations(scope, wanted.period)),
        "others": board.other_tiles(wanted, found.sums),
        "chart": board.day_chart(wanted, page.view, days),
        "worst": [
            {
                "title": board.trouble_finding(by, lines),
                "table": board.lines_table(wanted, by, lines[:most], columns=columns),
                "more": wanted.page("table", by),
                "label": TABLES[by][0],
            }
            for by, lines in worst.items()
        ],
        "wall": wall,
        "wall_address": wanted.page("overview", wall="1"),
    }
    return render(request, "operations/wall.html" if wall else "operations/overview.html", context)


@officers(*rules.READERS)
@never_cache
@require_safe
def table(request: HttpRequest, by: str) -> HttpResponse:
    """All figures by agency, by desk, by procedure or by day."""
    if by not in TABLES:
        raise NoSuchFigure()
    page = _page(request)
    wanted, scope = page.asked, page.view.scope
    if by == "day":
        days = board.days_with_gaps(wanted, queries.by_day(scope, wanted.period), queries.first_day())
        drawn = board.days_table(wanted, days)
    else:
        found = queries.crossed(scope, wanted.period, page.moment)
        lines = queries.with_durations(
            rules.by_trouble(found.lines(by)), queries.durations_by(scope, wanted.period, by)
        )
        sort = request.GET.get("sort", "overdue")
        drawn = board.lines_table(wanted, by, lines, sort=sort if sort in board.ORDER else "overdue")
    context = {**_frame(page, "table", by), "by": by, "title": TABLES[by][0], "table": drawn}
    return render(request, "operations/table.html", context)


@officers(*rules.READERS)
@never_cache
@require_safe
def rows(request: HttpRequest, measure: str) -> HttpResponse:
    """The dossiers behind a figure. Names are initials until a purpose is stated, which the access log keeps."""
    if measure not in (*HAPPENED, *OPEN_NOW):
        raise NoSuchFigure()
    page, actor = _page(request), actor_of(request)
    place = read_cursor(f"operations.{measure}", request.GET.get("after"))
    found = queries.occurrences(
        actor,
        measure,
        page.view,
        page.asked.period,
        page.moment,
        limit=ROWS + 1,
        after=(place[0], place[1]) if place else None,
    )
    shown, more = found[:ROWS], len(found) > ROWS
    purpose = purposes.stated(request, page.at, PURPOSES)
    if purpose and shown:
        subjects = [occurrence.dossier.subject for occurrence in shown]
        seen(actor, at=page.at, purpose=f"lead.{purpose}", page="operations.rows", subjects=subjects)
    after = cursor(f"operations.{measure}", *shown[-1].place) if more else ""
    here = page.asked.page("rows", measure, after=request.GET.get("after", ""))
    listed = [listing.row(each, measure, page.at, named=bool(purpose), here=here) for each in shown]
    context = {
        **_frame(page, "rows", measure),
        "title": MEASURES[measure][0],
        "is_live": measure in OPEN_NOW,
        "total": board.dossiers_of(queries.total(measure, page.view, page.asked.period, page.moment)),
        "beside": board.rate_tiles(page.asked, queries.sums_of(page.view.scope, page.asked.period))
        if measure in rules.JUDGED
        else [],
        "rows": listed,
        "places": len({row["agency_code"] for row in listed}) > 1,
        "column": listing.column(measure),
        "named": PURPOSES.get(purpose, ""),
        "purposes": list(PURPOSES.items()),
        "here": here,
        "next": page.asked.page("rows", measure, after=after) if after else "",
        "first": page.asked.page("rows", measure) if place else "",
    }
    return render(request, "operations/rows.html", context)


@officers(*rules.READERS)
@require_POST
def purpose(request: HttpRequest) -> HttpResponse:
    """Say why names are looked at, or that they are looked at no more. POST purpose ("" for no more), next."""
    return purposes.take(request, now(), PURPOSES, back=reverse("operations:overview"))

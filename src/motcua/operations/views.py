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

from motcua.dossiers.queries import HAPPENED, OPEN_NOW, PURPOSES, Present, columns
from motcua.foundation import limits
from motcua.foundation import purpose as purposes
from motcua.foundation.access import seen
from motcua.foundation.api import cursor, read_cursor
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.tables import KINDS, download
from motcua.foundation.time import local_date, now
from motcua.foundation.ui.controls import page_language
from motcua.operations import board, exports, listing, queries, rules
from motcua.operations.address import NARROWING, Asked, asked
from motcua.operations.errors import NoSuchFigure
from motcua.operations.queries import View
from motcua.operations.words import MEASURES, PERIOD_PROBLEMS, SOURCE, TABLES

ROWS = 50
FILES_PER_MINUTE = 10
FILE_WORDS = {"xlsx": "Excel", "csv": "CSV"}


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
    drawn = _table(page, by, request.GET.get("sort", "overdue"))
    context = {
        **_frame(page, "table", by),
        "by": by,
        "title": TABLES[by][0],
        "table": drawn,
        **_files(page, "table_file", by),
    }
    return render(request, "operations/table.html", context)


def _table(page: Page, by: str, sort: str) -> dict[str, Any]:
    wanted, scope = page.asked, page.view.scope
    if by == "day":
        days = board.days_with_gaps(wanted, queries.by_day(scope, wanted.period), queries.first_day())
        return board.days_table(wanted, days)
    found = queries.crossed(scope, wanted.period, page.moment)
    lines = queries.with_durations(
        rules.by_trouble(found.lines(by)), queries.durations_by(scope, wanted.period, by)
    )
    return board.lines_table(wanted, by, lines, sort=sort if sort in board.ORDER else "overdue")


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
        **_files(page, "rows_file", measure),
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
@never_cache
@require_safe
def rows_file(request: HttpRequest, measure: str) -> HttpResponse:
    """All the dossiers behind a figure as a file; GET as the page, dang (csv, xlsx). Names as on the page."""
    if measure not in (*HAPPENED, *OPEN_NOW):
        raise NoSuchFigure()
    page, actor = _page(request), actor_of(request)
    limits.demand(f"operations.file:{actor.key}", per_minute=FILES_PER_MINUTE)
    why = purposes.stated(request, page.at, PURPOSES)

    def block(after: tuple[str, int] | None) -> list[Any]:
        given = (actor, measure, page.view, page.asked.period, page.moment)
        return queries.occurrences(*given, limit=exports.BLOCK, after=after)

    def note(shown: list[Any]) -> None:
        if why:
            subjects = [each.dossier.subject for each in shown]
            seen(actor, at=page.at, purpose=f"lead.{why}", page="operations.file", subjects=subjects)

    reader = columns.Reader(actor, page.at, page_language(), why)
    table = exports.rows_table(_file_name(measure, page), measure, block, reader, note)
    return download(table, _kind(request))


@officers(*rules.READERS)
@never_cache
@require_safe
def table_file(request: HttpRequest, by: str) -> HttpResponse:
    """A table of figures as a file; GET as the page, dang (csv, xlsx)."""
    if by not in TABLES:
        raise NoSuchFigure()
    page = _page(request)
    limits.demand(f"operations.file:{actor_of(request).key}", per_minute=FILES_PER_MINUTE)
    drawn = _table(page, by, request.GET.get("sort", "overdue"))
    return download(exports.figures_table(_file_name(by, page), drawn, page_language()), _kind(request))


def _files(page: Page, name: str, what: str) -> dict[str, Any]:
    return {"files": [(words, page.asked.page(name, what, dang=kind)) for kind, words in FILE_WORDS.items()]}


def _kind(request: HttpRequest) -> str:
    kind = request.GET.get("dang", "")
    return kind if kind in KINDS else "csv"


def _file_name(what: str, page: Page) -> str:
    return f"{what.replace('_', '-')}-{page.asked.period.first:%Y%m%d}-{page.asked.period.last:%Y%m%d}"


@officers(*rules.READERS)
@require_POST
def purpose(request: HttpRequest) -> HttpResponse:
    """Say why names are looked at, or that they are looked at no more. POST purpose ("" for no more), next."""
    return purposes.take(request, now(), PURPOSES, back=reverse("operations:overview"))

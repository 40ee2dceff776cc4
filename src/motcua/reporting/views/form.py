"""Form II.06a for those who answer for an agency: to read, print, take away, open, close and correct."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.foundation import purpose as purposes
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.errors import NotFound, Refusal
from motcua.foundation.forms import act_of
from motcua.foundation.time import now
from motcua.reporting import actions, queries
from motcua.reporting.errors import NoSuchReport
from motcua.reporting.rules import READERS, ii06a
from motcua.reporting.views._common import ROWS, Asked, asked, chooser, days_of, number_in, row_of
from motcua.reporting.words import CHECKS, COLUMNS, KINDS, LEVELS, NOTES

VERSIONS_MAX = 999


def _sheet(request: HttpRequest, wanted: Asked) -> queries.Sheet:
    version = number_in(request.GET.get("version")) or None
    return queries.sheet(wanted.office, wanted.label, wanted.kind, version=version)


def _lines(found: queries.Sheet, wanted: Asked, version: Any) -> list[dict[str, Any]]:
    """Lines by level, each figure with the address of its dossiers."""
    drawn: list[dict[str, Any]] = []
    last = None
    for number, line in enumerate(found.content["lines"], 1):
        head = LEVELS.get(line["level"], line["level"]) if line["level"] != last else ""
        last = line["level"]
        key = {"level": line["level"], "sector": line["sector"], "version": version}
        drawn.append(
            {"head": head, "number": number, "name": line["name"], "cells": _cells(line, wanted, key)}
        )
    return drawn


def _cells(line: dict[str, Any], wanted: Asked, key: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "column": column,
            "label": COLUMNS[column],
            "value": line[f"c{column}"],
            "href": wanted.page("rows", **key, column=column) if line[f"c{column}"] else "",
        }
        for column in ii06a.COLUMNS
    ]


def _frame(request: HttpRequest, wanted: Asked, found: queries.Sheet) -> dict[str, Any]:
    version = found.report.version if found.report else None
    broken = [check for check in found.checks if not check.holds]
    return {
        "asked": wanted,
        "choose": chooser(wanted, "ii06a"),
        "kinds": list(KINDS.items()),
        "sheet": found,
        "office": {"vi": found.office.name_vi, "en": found.office.name_en},
        "days": days_of(found.period),
        "columns": [(column, COLUMNS[column]) for column in ii06a.COLUMNS],
        "lines": _lines(found, wanted, version),
        "total": _cells(found.content["total"], wanted, {"version": version}),
        "notes": [(NOTES[name], number) for name, number in found.content["notes"].items() if number],
        "doubts": found.content["period"]["unverified"],
        "broken": [
            {"name": CHECKS[c.name], "line": c.sector or _("dòng tổng"), "left": c.left, "right": c.right}
            for c in broken
        ],
        "checks": [CHECKS[name] for name in dict.fromkeys(check.name for check in found.checks)],
        "print": wanted.page("print", version=version),
        "csv": wanted.page("csv", version=version),
    }


@officers(*READERS)
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The report of a period: closed with its hash, or what the dossiers give now.

    GET agency, period, kind, version, check (1: compare the closed one with the dossiers).
    """
    wanted = asked(request)
    found = _sheet(request, wanted)
    at = now()
    known = queries.versions(found.office, found.period)
    newest = found.report is not None and bool(known) and found.report.pk == known[0].pk
    # counting a closed month anew is work: it is done when somebody asks for it
    checked = newest and request.GET.get("check") == "1"
    context = {
        **_frame(request, wanted, found),
        "versions": [
            {
                "version": report.version,
                "hash": report.hash,
                "at": report.closed_at,
                "reason": report.content["reason"],
                "href": wanted.page("ii06a", version=report.version),
                "current": found.report is not None and report.pk == found.report.pk,
            }
            for report in known
        ],
        "may_close": at >= found.period.until and found.report is None,
        "checked": checked,
        "drifted": checked and queries.has_drifted(found.office, known[0], found.period),
        "check": wanted.page("ii06a", check=1) if newest and not checked else "",
        "index": Asked(wanted.office, wanted.label, wanted.kind, ()).page("index"),
    }
    return render(request, "reporting/ii06a.html", context)


@officers(*READERS)
@never_cache
@require_safe
def printed(request: HttpRequest) -> HttpResponse:
    """The form as a plain page for print."""
    wanted = asked(request)
    found = _sheet(request, wanted)
    context = {**_frame(request, wanted, found), "back": wanted.page("ii06a")}
    return render(request, "reporting/ii06a_print.html", context)


@officers(*READERS)
@never_cache
@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The form as a table for a spreadsheet (UTF-8 with a mark, so that it opens with its tones)."""
    wanted = asked(request)
    found = _sheet(request, wanted)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([found.content["form"], found.office.name_vi, days_of(found.period)])
    state = f"{found.report.version} · {found.report.hash}" if found.report else "chưa chốt"
    writer.writerow([state])
    writer.writerow(["1", "2", *map(str, ii06a.COLUMNS)])
    for number, line in enumerate(found.content["lines"], 1):
        name = f"{LEVELS.get(line['level'], line['level'])}: {line['name']['vi']}"
        writer.writerow([number, _safe(name), *(line[f"c{column}"] for column in ii06a.COLUMNS)])
    writer.writerow(["", "Tổng", *(found.content["total"][f"c{column}"] for column in ii06a.COLUMNS)])
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"II06a-{found.office.code}-{wanted.label}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


@officers(*READERS)
@never_cache
@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """The dossiers behind a figure of the form. GET also level, sector, column, after."""
    wanted = asked(request)
    found = _sheet(request, wanted)
    given = request.GET
    column = number_in(given.get("column"))
    if column not in ii06a.COLUMNS:
        raise NoSuchReport()
    level, sector = given.get("level", "")[:10], given.get("sector", "")[:120]
    after = number_in(given.get("after"))
    page, place = queries.behind(
        found, actor_of(request), level=level, sector=sector, column=column, limit=ROWS, after=after
    )
    version = found.report.version if found.report else None
    key = {"level": level, "sector": sector, "column": column, "version": version}
    here = wanted.page("rows", **key, after=after or "")
    line = next(
        (one for one in found.content["lines"] if (one["level"], one["sector"]) == (level, sector)),
        found.content["total"],
    )
    context = {
        "title": COLUMNS[column],
        "total": line[f"c{column}"],
        "name": line.get("name"),
        "office": {"vi": found.office.name_vi, "en": found.office.name_en},
        "days": days_of(found.period),
        "closed": found.report,
        "rows": [row_of(dossier, here) for _pk, dossier in page if dossier is not None],
        "hidden": sum(dossier is None for _pk, dossier in page),
        "next": wanted.page("rows", **key, after=place) if place else "",
        "first": wanted.page("rows", **key) if after else "",
        "back": wanted.page("ii06a", version=version),
    }
    return render(request, "reporting/rows.html", context)


@officers(*READERS)
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close or correct the report (POST agency, period, kind, reason, act_id, next)."""
    given = request.POST
    act = act_of(request, "report")
    try:
        done = actions.close(
            act,
            agency=given.get("agency", ""),
            label=given.get("period", ""),
            kind=given.get("kind", ""),
            reason=given.get("reason", ""),
        )
        messages.success(request, _("Đã chốt báo cáo, bản %(version)s.") % {"version": done["version"]})
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, f"{refusal.sentence} {refusal.way_out}")
    return redirect(purposes.own_address(given.get("next", "")) or reverse("reporting:ii06a"))

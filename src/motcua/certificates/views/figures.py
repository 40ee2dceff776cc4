"""How many asked, got, renewed, revoked, by place and month: open to everybody, and with their rows to the desks."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.certificates import counts, rules
from motcua.certificates.views._common import lang
from motcua.certificates.words import MEASURES
from motcua.foundation.doors import actor_of, officers, public
from motcua.foundation.errors import NotFound
from motcua.foundation.tables import Column, Table, download
from motcua.foundation.time import local_date, now

WHY = "figures without anybody's data: what the desks did with public money is for everybody to see"


def _context(found: list[counts.Cell]) -> dict:
    return {"cells": found, "totals": counts.totals(found), "measures": list(MEASURES.items()), "at": now()}


@public(WHY)
@require_safe
def open_figures(request: HttpRequest) -> HttpResponse:
    """The figures of all agencies for the last twelve months."""
    return render(request, "certificates/figures.html", _context(counts.cells(local_date(now()), lang())))


@public(WHY)
@require_safe
def open_file(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a CSV file."""
    found = counts.cells(local_date(now()), lang())
    columns = [
        Column("month", _("Tháng")),
        Column("agency", pgettext("certificate", "Cơ quan")),
        Column("place", _("Nơi đăng ký")),
        *(Column(key, str(title), "number") for key, title in MEASURES.items()),
    ]
    rows = [
        [f"{each.month:%Y-%m}", each.office, each.where, *(each.figures[key] for key in MEASURES)]
        for each in found
    ]
    return download(Table("chu-ky-so-cua-nguoi-dan", columns, rows), "csv")


@officers(*rules.FIGURES)
@never_cache
@require_safe
def own_figures(request: HttpRequest) -> HttpResponse:
    """The figures of what one may see; each opens its rows."""
    found = counts.cells(local_date(now()), lang(), actor=actor_of(request))
    return render(request, "certificates/own_figures.html", _context(found))


@officers(*rules.FIGURES)
@never_cache
@require_safe
def rows(request: HttpRequest, measure: str) -> HttpResponse:
    """What one figure counts (GET thang YYYY-MM, noi): codes and moments, nobody's name."""
    month = _month(request.GET.get("thang", ""))
    if measure not in rules.MEASURES or month is None:
        raise NotFound()
    found = counts.rows_of(measure, month, request.GET.get("noi", ""), actor=actor_of(request))
    context = {"rows": found, "measure": MEASURES[measure], "month": month}
    return render(request, "certificates/rows.html", context)


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None

"""Index 766 for those who answer for an agency: each point with its formula, its counts and its dossiers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.agencies import queries as agencies
from motcua.dossiers import queries as dossiers
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.time import now
from motcua.foundation.ui.words import say_number
from motcua.reporting import measuring, queries
from motcua.reporting.errors import NoSuchReport
from motcua.reporting.rules import READERS, periods
from motcua.reporting.rules.index766 import Scored, Total, class_of, rounded
from motcua.reporting.views._common import ROWS, Asked, asked, chooser, days_of, number_in, row_of
from motcua.reporting.words import CLASSES, MEASURES


def say_points(score: Any) -> str:
    """19,30 in Vietnamese, 19.30 in English; "" without data."""
    found = rounded(score)
    if found is None:
        return ""
    return f"{found}" if (get_language() or "vi").startswith("en") else f"{found}".replace(".", ",")


def _share(found: Any) -> str:
    rate = found.rate
    if rate is None:
        return ""
    number = f"{float(rate) * 100:.1f}"
    return (
        f"{number}\u00a0%"
        if (get_language() or "vi").startswith("en")
        else f"{number.replace('.', ',')}\u00a0%"
    )


def formula(part: Scored) -> str:
    """The formula in words: “6 × tỷ lệ”, “tối đa 6: 6 × tỷ lệ ÷ 0,5”."""
    component = part.component
    if component.full_at == 1:
        return _("%(points)s × tỷ lệ") % {"points": component.points}
    share = say_number(float(component.full_at), "en" if (get_language() or "vi").startswith("en") else "vi")
    words = _("%(points)s × tỷ lệ ÷ %(share)s, nhiều nhất %(points)s")
    return words % {"points": component.points, "share": share}


def _part(part: Scored, wanted: Asked) -> dict[str, Any]:
    component, share = part.component, part.share
    names = measuring.OF_DOSSIERS.get(component.measured)
    return {
        "meaning": component.meaning,
        "code": component.code,
        "points": component.points,
        "formula": formula(part),
        "part": share.part,
        "whole": share.whole,
        "part_href": wanted.page("index_rows", names[0]) if names and names[0] and share.part else "",
        "whole_href": wanted.page("index_rows", names[1]) if names and share.whole else "",
        "share": _share(share),
        "score": say_points(part.score),
        "known": part.score is not None,
        "note": component.note,
        "doubts": component.doubts,
        "lost": _lost(part, wanted),
    }


def _lost(part: Scored, wanted: Asked) -> dict[str, Any] | None:
    """The dossiers that cost points, where they are a measure of their own."""
    name = {"progress": "late", "satisfaction": "discontent"}.get(part.component.measured)
    if name is None or part.share.part is None or part.share.whole is None:
        return None
    number = part.share.whole - part.share.part
    return (
        {"label": MEASURES[name], "number": number, "href": wanted.page("index_rows", name)}
        if number
        else None
    )


def total_words(total: Total) -> str:
    """“41,20 trong 62 điểm đo được”; "" without data."""
    if total.score is None:
        return ""
    return _("%(score)s trong %(measured)s điểm đo được, trên tổng %(points)s") % {
        "score": say_points(total.score),
        "measured": total.measured,
        "points": total.points,
    }


@officers(*READERS)
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The index of an agency and a calendar month. GET agency, period."""
    wanted = asked(request, kind=periods.CALENDAR, current=True)
    period, _doubts = queries.period_of(wanted.label, periods.CALENDAR)
    at = now()
    found = measuring.measure(wanted.office, period, at)
    compared = measuring.by_agency(wanted.office, period, at)
    context = {
        "asked": wanted,
        "choose": chooser(wanted, "index"),
        "office": {"vi": wanted.office.name_vi, "en": wanted.office.name_en},
        "days": days_of(period),
        "at": at,
        "running": at < period.until,
        "edition": found.edition,
        "groups": [
            {
                "name": group.group.name,
                "total": total_words(group.total),
                "parts": [_part(part, wanted) for part in group.parts],
                "beside": [_part(part, wanted) for part in group.beside],
            }
            for group in found.groups
        ],
        "total": total_words(found.total),
        "class": CLASSES.get(class_of(found.total), ""),
        "compared": _compared(compared, wanted),
        "form": wanted.page("ii06a"),
    }
    return render(request, "reporting/index766.html", context)


def _compared(found: dict[int, dict[str, int]], wanted: Asked) -> list[dict[str, Any]]:
    """One line for each agency below, the worst on time first."""
    rows = []
    for agency, counts in found.items():
        office = agencies.office(agency)
        if office is None:
            continue
        here = Asked(office, wanted.label, wanted.kind, ())
        rows.append(
            {
                "name": {"vi": office.name_vi, "en": office.name_en},
                "href": here.page("index"),
                "counts": counts,
                "share": counts["in_time"] / counts["received"] if counts["received"] else None,
            }
        )
    return sorted(
        rows, key=lambda row: (row["share"] if row["share"] is not None else 2, -row["counts"]["received"])
    )


@officers(*READERS)
@never_cache
@require_safe
def rows(request: HttpRequest, measure: str) -> HttpResponse:
    """The dossiers behind a point of the index. GET agency, period, after."""
    if measure not in dossiers.MEASURES:
        raise NoSuchReport()
    wanted = asked(request, kind=periods.CALENDAR, current=True)
    period, _doubts = queries.period_of(wanted.label, periods.CALENDAR)
    span = measuring.span_of(wanted.office, period, now())
    after = number_in(request.GET.get("after"))
    visible = dossiers.visible_to(actor_of(request))
    found = dossiers.quality_rows(visible, span, measure, limit=ROWS + 1, after=after)
    shown, more = found[:ROWS], len(found) > ROWS
    here = wanted.page("index_rows", measure, after=after or "")
    context = {
        "title": MEASURES[measure],
        "total": dossiers.quality_counts(span, [measure])[measure],
        "name": None,
        "office": {"vi": wanted.office.name_vi, "en": wanted.office.name_en},
        "days": days_of(period),
        "closed": None,
        "rows": [row_of(dossier, here) for dossier in shown],
        "hidden": 0,
        "next": wanted.page("index_rows", measure, after=shown[-1].pk) if more else "",
        "first": wanted.page("index_rows", measure) if after else "",
        "back": wanted.page("index"),
    }
    return render(request, "reporting/rows.html", context)

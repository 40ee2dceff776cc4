"""The rating of 2018 as far as our data tell it: historical, beside the index of today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.foundation.doors import officers
from motcua.foundation.time import now
from motcua.reporting import measuring, queries
from motcua.reporting.rules import READERS, periods, rating2018
from motcua.reporting.views._common import asked, chooser, days_of
from motcua.reporting.words import INDICATORS


@officers(*READERS)
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The nine indicators of an agency and a calendar month. GET agency, period."""
    wanted = asked(request, kind=periods.CALENDAR, current=True)
    period, _doubts = queries.period_of(wanted.label, periods.CALENDAR)
    found = measuring.rating_2018(wanted.office, period, now())
    known = [points for points, _ground in found.values() if points is not None]
    context = {
        "asked": wanted,
        "choose": chooser(wanted, "rating"),
        "office": {"vi": wanted.office.name_vi, "en": wanted.office.name_en},
        "days": days_of(period),
        "rows": [
            {
                "number": number,
                "name": INDICATORS[number],
                "points": found[number][0],
                "ground": _ground_words(found[number][1]),
            }
            for number in rating2018.INDICATORS
        ],
        "total": sum(known) if known else None,
        "measured": len(known),
    }
    return render(request, "reporting/rating.html", context)


def _ground_words(ground: tuple[int, int] | None) -> str:
    if ground is None:
        return _("nền tảng chưa đo")
    return _("%(part)s trên %(whole)s") % {"part": ground[0], "whole": ground[1]}

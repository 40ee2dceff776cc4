"""The public page of the sealed journal: what it is for, the newest roots, everything to check it without us."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from motcua.foundation.doors import public
from motcua.foundation.time import local_date, now
from motcua.sealing import queries
from motcua.sealing.errors import RangeWrong

WHY = "roots of the journal are published so that everybody can keep and compare them; they name nobody"
SHOWN_DAYS = 14


@public(WHY)
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """How the journal is sealed, the newest seal, the days closed last, a range to download, the verifier."""
    today = local_date(now())
    context = {
        "last": queries.newest_seal(),
        "days": queries.newest_days(SHOWN_DAYS),
        "keys": queries.keys(),
        "first": today - timedelta(days=queries.RANGE_DAYS_MAX),
        "until": today - timedelta(days=1),
        "range_days": queries.RANGE_DAYS_MAX,
    }
    return render(request, "sealing/show.html", context)


@public(WHY)
@require_GET
def roots(request: HttpRequest) -> HttpResponse:
    """The signed roots of a range of closed days (GET: tu, den), as the verifier reads them."""
    first, last = _day(request.GET.get("tu")), _day(request.GET.get("den"))
    return _file(queries.roots(first, last), f"goc-{first}-{last}.json")


def _day(text: str | None) -> date:
    try:
        return forms.DateField().clean(text)
    except forms.ValidationError:
        raise RangeWrong(days=queries.RANGE_DAYS_MAX) from None


@public(WHY)
@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """The public keys that have signed, as a key set."""
    return _file({"keys": queries.keys()}, "khoa.json")


@public("a program that checks what is published; it holds no data")
@require_GET
def verifier(request: HttpRequest) -> HttpResponse:
    """The independent verifier, one file."""
    answer = HttpResponse(queries.VERIFIER.read_bytes(), content_type="text/x-python; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{queries.VERIFIER.name}"'
    return answer


def _file(data: dict[str, Any], name: str) -> JsonResponse:
    answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

"""For who keeps a one-stop: how long people waited with the tickets behind, and the devices in the hall."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies import queries as agencies
from motcua.agencies.rules import Office
from motcua.foundation import limits
from motcua.foundation.api import cursor, read_cursor
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.kept import keep, kept
from motcua.foundation.tables import KINDS as FILE_KINDS
from motcua.foundation.tables import download
from motcua.foundation.time import local_date, now
from motcua.foundation.ui.controls import page_language
from motcua.foundation.ui.words import say_date
from motcua.queue import actions, figures, queries
from motcua.queue.errors import DayWrong, NoSuchFigure, NoSuchPlace
from motcua.queue.models import Device
from motcua.queue.rules import KEEPERS, KIOSK, READERS
from motcua.queue.words import KINDS

ROWS = 100
FILES_PER_MINUTE = 10
PURPOSE = "queue"
KEPT = "queue.device"


@dataclass(frozen=True)
class Asked:
    """An agency and a day, as an address asks for them."""

    office: Office
    day: date
    choices: tuple[Office, ...]

    def page(self, name: str, *args: str, **more: Any) -> str:
        """The address of a page about the same."""
        kept_ = {"agency": self.office.code, "ngay": say_date(self.day)}
        query = urlencode({**kept_, **{key: value for key, value in more.items() if value}})
        return f"{reverse(f'queue:{name}', args=args)}?{query}"


def _asked(request: HttpRequest) -> Asked:
    """GET agency (a code), ngay (21/11/2026); the reader's first one-stop and today where they are silent."""
    actor, today = actor_of(request), local_date(now())
    choices = queries.places(actor, "read", today)
    if not choices:
        raise NoSuchPlace()
    code, typed = request.GET.get("agency", ""), request.GET.get("ngay", "").strip()
    office = queries.place(actor, "read", code, today) if code else choices[0]
    if not typed:
        return Asked(office, today, tuple(choices))
    try:
        day = datetime.strptime(typed, "%d/%m/%Y").date()  # noqa: DTZ007  a calendar day has no zone
    except ValueError:
        raise DayWrong() from None
    return Asked(office, day, tuple(choices))


def _found(request: HttpRequest, wanted: Asked) -> list[figures.Line]:
    rows = queries.waits(queries.tickets_visible_to(actor_of(request)), wanted.office.id, wanted.day)
    return figures.lines(rows, queries.plan_of(wanted.office), page_language())


@officers(*READERS)
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """How many came on a day and how long they waited, by service. GET agency, ngay."""
    wanted = _asked(request)
    found = _found(request, wanted)
    total = found[0]
    context = {
        "wanted": wanted,
        "office": {"vi": wanted.office.name_vi, "en": wanted.office.name_en},
        "agencies": [(o.code, {"vi": o.name_vi, "en": o.name_en}) for o in wanted.choices],
        "is_today": wanted.day == local_date(now()),
        "at": now(),
        "before": Asked(wanted.office, wanted.day - timedelta(days=1), ()).page("figures"),
        "after": Asked(wanted.office, wanted.day + timedelta(days=1), ()).page("figures"),
        "stats": [
            *(
                (figures.MEASURES[key][0], total.counts[key], wanted.page("rows", key), "")
                for key in figures.COUNTS
            ),
            (_("Chờ, trung vị"), total.median, wanted.page("rows", "waited"), _("phút")),
            (_("Chín phần mười chờ không quá"), total.p90, wanted.page("rows", "waited"), _("phút")),
        ],
        "heads": [figures.MEASURES[key][0] for key in figures.COUNTS],
        "lines": [_line(line, wanted) for line in found],
        "files": [(words, wanted.page("file", dang=kind)) for kind, words in _FILE_WORDS],
    }
    return render(request, "queue/figures.html", context)


_FILE_WORDS = (("xlsx", "Excel"), ("csv", "CSV"))


def _line(line: figures.Line, wanted: Asked) -> dict[str, Any]:
    cells = [
        (figures.MEASURES[key][0], line.counts[key], wanted.page("rows", key, service=line.service))
        for key in figures.COUNTS
    ]
    waits = wanted.page("rows", "waited", service=line.service)
    return {"name": line.name, "cells": cells, "median": line.median, "p90": line.p90, "waits": waits}


@officers(*READERS)
@never_cache
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """The figures of a day as a file. GET as the page, dang (csv, xlsx)."""
    wanted = _asked(request)
    return _download(
        request, figures.figures_table(f"thoi-gian-cho-{wanted.day:%Y%m%d}", _found(request, wanted))
    )


def _download(request: HttpRequest, table: Any) -> HttpResponse:
    limits.demand(f"queue.file:{actor_of(request).key}", per_minute=FILES_PER_MINUTE)
    kind = request.GET.get("dang", "")
    return download(table, kind if kind in FILE_KINDS else "csv")


def _behind(request: HttpRequest, measure: str) -> tuple[Asked, Any, str]:
    if measure not in figures.MEASURES:
        raise NoSuchFigure()
    wanted, service = _asked(request), request.GET.get("service", "")[:80]
    visible = queries.tickets_visible_to(actor_of(request))
    return wanted, figures.behind(visible, wanted.office.id, wanted.day, measure, service), service


@officers(*READERS)
@never_cache
@require_safe
def rows(request: HttpRequest, measure: str) -> HttpResponse:
    """The tickets behind a figure. GET as the page, service, after."""
    wanted, found, service = _behind(request, measure)
    place = read_cursor("queue.rows", request.GET.get("after"), int)
    page = list((found.filter(pk__gt=place[0]) if place else found)[: ROWS + 1])
    shown, more = page[:ROWS], len(page) > ROWS
    plan = queries.plan_of(wanted.office)
    named = plan.service(service)
    next_page = wanted.page(
        "rows", measure, service=service, after=cursor("queue.rows", shown[-1].pk) if more else ""
    )
    context = {
        "title": figures.MEASURES[measure][0],
        "total": found.count(),
        "office": {"vi": wanted.office.name_vi, "en": wanted.office.name_en},
        "day": wanted.day,
        "service": named.name(page_language()) if named else service,
        "rows": [figures.facts(row, plan, page_language()) for row in shown],
        "back": wanted.page("figures"),
        "first": wanted.page("rows", measure, service=service) if place else "",
        "next": next_page if more else "",
        "files": [
            (words, wanted.page("rows_file", measure, service=service, dang=kind))
            for kind, words in _FILE_WORDS
        ],
    }
    return render(request, "queue/rows.html", context)


@officers(*READERS)
@never_cache
@require_safe
def rows_file(request: HttpRequest, measure: str) -> HttpResponse:
    """The tickets behind a figure as a file. GET as the page, service, dang (csv, xlsx)."""
    wanted, found, _service = _behind(request, measure)
    name = f"so-thu-tu-{measure.replace('_', '-')}-{wanted.day:%Y%m%d}"
    return _download(
        request, figures.rows_table(name, found, queries.plan_of(wanted.office), page_language())
    )


@officers(*KEEPERS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    """Kiosks and screens. POST agency, kind, name, prints, token, act_id lets one in; its link is shown once."""
    actor, at = actor_of(request), now()
    if request.method == "POST":
        given = request.POST
        said: dict[str, Any] = {"agency": given.get("agency", ""), "name": given.get("name", "")[:60]}
        said["kind"] = given.get("kind", "")
        try:
            act = act_of(request, PURPOSE)
            token, prints = given.get("token", ""), given.get("prints") == "yes"
            actions.open_device(act, **said, token=token, prints=prints)
            said["link"] = f"{settings.MOTCUA.base_url}{reverse('queue:let_in', args=[token])}"
        except Refusal as refusal:
            said["problem"] = f"{refusal.sentence} {refusal.way_out}"
        return redirect(f"{reverse('queue:devices')}?moi={keep(request, KEPT, said, most=1)}")
    said = kept(request, KEPT, request.GET.get("moi", "")) or {}
    found = queries.devices_visible_to(actor).filter(closed_at=None).select_related("agency")
    context = {
        "said": said,
        "agencies": [
            (o.code, o.name(page_language())) for o in queries.places(actor, "keep", local_date(at))
        ],
        "kinds": list(KINDS.items()),
        "devices": [_device(row) for row in found.order_by("agency_id", "pk")],
        "chosen": {"kind": said.get("kind") or KIOSK, "agency": said.get("agency", "")},
        "act_id": new_act_id(),
        "token": secrets.token_urlsafe(24),
    }
    return render(request, "queue/devices.html", context)


def _device(row: Device) -> dict[str, Any]:
    office = agencies.office(row.agency_id)
    return {
        "public_id": row.public_id,
        "name": row.name,
        "kind": KINDS[row.kind],
        "prints": row.prints,
        "agency": office.name(page_language()) if office else "",
        "opened_at": row.opened_at,
    }


@officers(*KEEPERS)
@require_POST
def close_device(request: HttpRequest, device: str) -> HttpResponse:
    """Close a device: its link opens nothing any more. POST act_id."""
    act = act_of(request, PURPOSE)
    actions.close_device(act.part(device[:26]), device=device)
    messages.success(request, _("Đã đóng máy. Liên kết của máy không còn dùng được."))
    return redirect("queue:devices")

"""Finding procedures, and the page of one."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.agencies import queries as agencies
from motcua.assistant import queries as assistant
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules import LISTED
from motcua.foundation import limits
from motcua.foundation.doors import public
from motcua.foundation.errors import NotFound
from motcua.foundation.time import local_date, now
from motcua.foundation.ui.components import marked
from motcua.foundation.ui.words import localized
from motcua.portal import procedure_page, words
from motcua.portal.views._common import lang, safe_integer
from motcua.registers import queries as registers

FOUND_MOST = 40
SHOWN_MOST = 12  # of each kind; what comes after is no answer any more
PAGE = 60


@public("the list of procedures is published by law (NĐ 63/2010 art. 24)")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Search results (GET: q), one sector (GET: linh-vuc, sau), or all sectors."""
    asked = " ".join(request.GET.get("q", "").split())[:200]
    if asked:
        return _found(request, asked)
    if request.GET.get("linh-vuc"):
        return _sector(request, request.GET["linh-vuc"][:120])
    return render(request, "portal/procedures.html", {"sectors": catalogue.sectors()})


def _found(request: HttpRequest, asked: str) -> HttpResponse:
    limits.demand(
        f"search:{request.META.get('REMOTE_ADDR', '')}", per_minute=settings.MOTCUA.rate_search_per_minute
    )
    hits = assistant.search(asked, limit=FOUND_MOST)
    context = {
        "asked": asked,
        "hits": [hit for hit in hits if not hit.is_listed][:SHOWN_MOST],
        "listed": [hit for hit in hits if hit.is_listed][:SHOWN_MOST],
        "event": catalogue.life_event_said(asked),
        "events": catalogue.life_events() if not hits else (),
    }
    return render(request, "portal/found.html", context)


def _sector(request: HttpRequest, key: str) -> HttpResponse:
    sector = next((each for each in catalogue.sectors() if each.key == key), None)
    if sector is None:
        raise NotFound()
    name, _slash, last = request.GET.get("sau", "").rpartition("~")
    after = (name, safe_integer(last) or 0) if last else None
    rows = catalogue.procedures(sector=key, after=after, limit=PAGE)
    following = ""
    if len(rows) == PAGE:
        query = request.GET.copy()
        query["sau"] = f"{rows[-1].sort_name}~{rows[-1].pk}"
        following = f"{reverse('portal:procedures')}?{query.urlencode()}"
    context = {
        "sector": sector,
        "rows": [row for row in rows if row.coverage != LISTED],
        "listed": [row for row in rows if row.coverage == LISTED],
        "following": following,
    }
    return render(request, "portal/sector.html", context)


@public("life events only point to published procedures")
@require_GET
def life_event(request: HttpRequest, key: str) -> HttpResponse:
    """What has to be done when something happens in a family, the likeliest first."""
    event = next((each for each in catalogue.life_events() if each.id == key), None)
    if event is None:
        raise NotFound()
    hits = catalogue.hits_of(event.procedures)
    bundles = [each for each in registers.bundles_at(now()).values() if each.life_event == event.id]
    return render(request, "portal/life_event.html", {"event": event, "hits": hits, "bundles": bundles})


@public("the page of a procedure is published by law (NĐ 63/2010 art. 24)")
@require_GET
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """One procedure: can I, what do I need, how long, how much, where, what happens then; the law at the end."""
    row = catalogue.by_slug(slug)
    if row.slug != slug:
        return redirect("portal:procedure", row.slug)
    if row.coverage == LISTED:
        return _listed(request, row)
    at = now()
    page = procedure_page.page_of(catalogue.view_for(row, at), at, lang())
    context = {
        "row": row,
        "page": page,
        "view": page.view,
        "related": [hit for code in page.view.related_codes if (hit := _hit(code))],
        "centres": agencies.receiving_agencies(local_date(at)) if page.view.status == "active" else [],
        "now": at,
        "kicker": marked(row.sector.name_vi, row.sector.name_en) if row.sector else _("Thủ tục hành chính"),
    }
    return render(request, "portal/procedure.html", context)


def _hit(code: str):
    found = catalogue.search(code, limit=1)
    return found[0] if found and found[0].code == code else None


def _sector_name(sector) -> dict[str, str]:
    if sector is None:
        return {"value": ""}
    text, told_in = localized({"vi": sector.name_vi, "en": sector.name_en}, lang())
    return {"value": text, "lang": told_in}


def _listed(request: HttpRequest, row) -> HttpResponse:
    facts = [
        {"label": _("Mã thủ tục"), "value": row.code},
        {"label": _("Lĩnh vực"), **_sector_name(row.sector)},
        {"label": _("Cơ quan thực hiện"), "value": row.executed_by, "lang": "vi"},
        {"label": _("Cơ quan ban hành"), "value": row.issued_by, "lang": "vi"},
        {"label": _("Cấp giải quyết"), "value": words.say(words.LEVELS, row.level) if row.level else ""},
    ]
    context = {
        "row": row,
        "facts": [fact for fact in facts if fact["value"]],
        "national": procedure_page.NATIONAL_PORTAL,
    }
    return render(request, "portal/listed.html", context)

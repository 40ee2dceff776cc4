"""Papers of the one-stop as plain pages for print: letters, the control slip, the register, the handover list."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from motcua.counter.base import DESK, at_desk, desks, lang, log_dossiers, log_seen, moment, today
from motcua.counter.errors import NoDesk, NothingPicked
from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import DossierNotFound
from motcua.files import queries as files
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.errors import Refusal
from motcua.foundation.ui.words import as_date
from motcua.papers import actions as making
from motcua.papers import queries as papers

PICKED_MAX = 200


@officers()
@never_cache
@require_GET
def letter(request: HttpRequest, public_id: str, letter: str) -> HttpResponse:
    """One letter of a dossier as it is printed."""
    found = at_desk(request, public_id)
    sheet = dossiers.letter_sheet(found, dossiers.letter_of(found, letter))
    log_dossiers(request, "letter", "process", [found])
    pdf = reverse("counter:letter_file", args=[public_id, letter]) if papers.becomes_file(sheet.kind) else ""
    back = reverse("counter:dossier", args=[public_id])
    return render(request, "dossiers/letter.html", {"sheet": sheet, "back": back, "pdf": pdf})


@officers()
@require_GET
def letter_file(request: HttpRequest, public_id: str, letter: str) -> HttpResponse:
    """One letter of a dossier as a PDF that outlives this site."""
    found = at_desk(request, public_id)
    if not papers.becomes_file(dossiers.letter_of(found, letter).kind):
        raise DossierNotFound()
    file = making.demand_file(found, letter)
    log_dossiers(request, "letter", "process", [found])
    return files.file_response(file)


@officers()
@never_cache
@require_GET
def slip(request: HttpRequest, public_id: str) -> HttpResponse:
    """The control slip as it stands now (form 06)."""
    actor = actor_of(request)
    found = at_desk(request, public_id)
    sheet = dossiers.control_slip(found, at=moment(), officer=actor.label)
    log_dossiers(request, "slip", "process", [found])
    return render(
        request,
        "dossiers/letter.html",
        {"sheet": sheet, "back": reverse("counter:dossier", args=[public_id])},
    )


@officers(*DESK)
@never_cache
@require_GET
def books(request: HttpRequest) -> HttpResponse:
    """Which book of which desk and day."""
    if not desks(actor_of(request)):
        raise NoDesk()
    context = {
        "desks": [(desk.code, desk.name(lang())) for desk in desks(actor_of(request))],
        "today": today(),
    }
    return render(request, "counter/books.html", context)


def _desk_and_day(request: HttpRequest):
    own = desks(actor_of(request))
    if not own:
        raise NoDesk()
    chosen = next((desk for desk in own if desk.code == request.GET.get("agency")), own[0])
    return chosen, _day(request.GET.get("ngay", "")) or today()


def _day(text: str) -> date | None:
    parts = text.strip().split("/")
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts) and len(parts[2]) == 4:
        text = f"{parts[2]}-{int(parts[1]):02d}-{int(parts[0]):02d}"
    return as_date(text)


@officers(*DESK)
@never_cache
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """The register of one day (form 07). GET agency, ngay (dd/mm/yyyy)."""
    desk, day = _desk_and_day(request)
    found = dossiers.received_on(desk.id, day)
    sheet = dossiers.register_sheet(desk.id, found, day, at=moment(), officer=actor_of(request).label)
    log_seen(request, "register", "register", [d.subject for d in found])
    return render(request, "counter/book.html", {"sheets": [sheet], "back": reverse("counter:books")})


@officers(*DESK)
@never_cache
@require_http_methods(["GET", "POST"])
def handover(request: HttpRequest) -> HttpResponse:
    """The slips that go with dossiers, one for each receiving unit.

    POST pick: where these go now; GET agency, ngay: what was passed on that day.
    """
    actor = actor_of(request)
    if request.method == "POST":
        found = []
        for item in request.POST.getlist("pick")[:PICKED_MAX]:
            try:
                found.append(dossiers.get_visible(actor, item.partition(":")[0]))
            except Refusal:
                continue
        if not found:
            raise NothingPicked()
        own = {desk.id: desk for desk in desks(actor)}
        desk = own.get(found[0].desk_now_id)
        if desk is None:
            raise NoDesk()
        found = [d for d in found if d.desk_now_id == desk.id]
    else:
        desk, day = _desk_and_day(request)
        found = dossiers.transferred_on(desk.id, day)
    sheets = dossiers.handover_sheets(
        desk.id, found, at=moment(), officer=actor.label, transfers=request.method == "GET"
    )
    log_seen(request, "handover", "register", [d.subject for d in found])
    return render(request, "counter/book.html", {"sheets": sheets, "back": reverse("counter:work")})

"""Papers of the one-stop as plain pages for print: letters, the control slip, the register, the handover list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

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
from motcua.foundation import limits
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.errors import Refusal
from motcua.foundation.ui.words import as_date
from motcua.papers import actions as making
from motcua.papers import queries as papers

PICKED_MAX = 200
PDFS_PER_MINUTE = 30  # each is set while its reader waits


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


def _slip(request: HttpRequest, public_id: str) -> tuple[Any, dossiers.Sheet]:
    found = at_desk(request, public_id)
    sheet = dossiers.control_slip(found, at=moment(), officer=actor_of(request).label)
    log_dossiers(request, "slip", "process", [found])
    return found, sheet


@officers()
@never_cache
@require_GET
def slip(request: HttpRequest, public_id: str) -> HttpResponse:
    """The control slip as it stands now (form 06)."""
    _found, sheet = _slip(request, public_id)
    context = {
        "sheet": sheet,
        "back": reverse("counter:dossier", args=[public_id]),
        "pdf": reverse("counter:slip_file", args=[public_id]),
    }
    return render(request, "dossiers/letter.html", context)


@officers()
@never_cache
@require_GET
def slip_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """The control slip as it stands now, as a PDF."""
    _within_limit(request)
    found, sheet = _slip(request, public_id)
    return _pdf(sheet, f"phieu-kiem-soat-{found.code or found.reference}", found)


def _within_limit(request: HttpRequest) -> None:
    limits.demand(f"papers:{actor_of(request).key}", per_minute=PDFS_PER_MINUTE)


def _pdf(sheet: dossiers.Sheet, name: str, dossier: Any | None = None) -> HttpResponse:
    answer = HttpResponse(papers.live_pdf(sheet, moment(), dossier), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


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


def _register(request: HttpRequest) -> tuple[dossiers.Sheet, dict[str, str]]:
    """The register asked for, and what asks for it again."""
    desk, day = _desk_and_day(request)
    found = dossiers.received_on(desk.id, day)
    sheet = dossiers.register_sheet(desk.id, found, day, at=moment(), officer=actor_of(request).label)
    log_seen(request, "register", "register", [d.subject for d in found])
    return sheet, {"agency": desk.code, "ngay": f"{day:%d/%m/%Y}"}


@officers(*DESK)
@never_cache
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """The register of one day (form 07). GET agency, ngay (dd/mm/yyyy)."""
    sheet, asked = _register(request)
    context = {
        "sheets": [sheet],
        "back": reverse("counter:books"),
        "pdf": reverse("counter:register_file"),
        "asked": list(asked.items()),
    }
    return render(request, "counter/book.html", context)


@officers(*DESK)
@never_cache
@require_GET
def register_file(request: HttpRequest) -> HttpResponse:
    """The register of one day as a PDF. GET agency, ngay (dd/mm/yyyy)."""
    _within_limit(request)
    sheet, asked = _register(request)
    return _pdf(sheet, f"so-theo-doi-{asked['agency']}-{asked['ngay'].replace('/', '-')}")


def _handover(request: HttpRequest) -> tuple[Sequence[dossiers.Sheet], list[tuple[str, str]]]:
    """The slips asked for, and what asks for them again.

    POST pick: where these go now; GET agency, ngay: what was passed on that day. Raises NoDesk, NothingPicked.
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
        asked = [("pick", d.public_id) for d in found]
    else:
        desk, day = _desk_and_day(request)
        found = dossiers.transferred_on(desk.id, day)
        asked = [("agency", desk.code), ("ngay", f"{day:%d/%m/%Y}")]
    sheets = dossiers.handover_sheets(
        desk.id, found, at=moment(), officer=actor.label, transfers=request.method == "GET"
    )
    log_seen(request, "handover", "register", [d.subject for d in found])
    return sheets, asked


@officers(*DESK)
@never_cache
@require_http_methods(["GET", "POST"])
def handover(request: HttpRequest) -> HttpResponse:
    """The slips that go with dossiers, one for each receiving unit; asked for as `_handover` says."""
    sheets, asked = _handover(request)
    context = {
        "sheets": sheets,
        "back": reverse("counter:work"),
        "pdf": reverse("counter:handover_file"),
        "asked": asked,
        "post": request.method == "POST",
    }
    return render(request, "counter/book.html", context)


@officers(*DESK)
@never_cache
@require_http_methods(["GET", "POST"])
def handover_file(request: HttpRequest) -> HttpResponse:
    """One of those slips as a PDF: `phieu` is its place among them, the first where it says none."""
    _within_limit(request)
    sheets, _asked = _handover(request)
    said = (request.POST if request.method == "POST" else request.GET).get("phieu", "1")
    if not (said.isascii() and said.isdigit() and len(said) <= 4 and 1 <= int(said) <= len(sheets)):
        raise DossierNotFound()
    return _pdf(sheets[int(said) - 1], f"phieu-ban-giao-{int(said)}")

"""Beginning a declaration: where to hand it in, and a first draft."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.dossiers import actions
from motcua.dossiers.errors import NotFileable
from motcua.foundation.doors import signed_in
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.time import now
from motcua.portal import procedure_page
from motcua.portal.again import show_again, what_was_said
from motcua.portal.case import centre_options
from motcua.portal.views._common import DECLARE, lang, own, today


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """What will be needed, where to hand it in, and the button that opens a draft (POST: agency, act_id)."""
    row = catalogue.by_slug(slug)
    at = now()
    view = catalogue.view_for(row, at)
    if not view.is_fileable(today(), "online"):
        raise NotFileable()
    if request.method == "POST":
        agency = chosen_centre(request)
        if agency:
            made = actions.start_draft(act_of(request, DECLARE), procedure=row.slug, agency=agency)
            return redirect("portal:tasks", made["dossier"])
        return show_again(request, request.path, {"problems": {"agency": _("Chọn nơi nộp hồ sơ.")}})
    context = {
        "row": row,
        "view": view,
        "page": procedure_page.page_of(view, at, lang()),
        "centres": centre_options(today(), lang()),
        "chosen": "",
        "problems": what_was_said(request).get("problems", {}),
        "act_id": new_act_id(),
    }
    return render(request, "portal/start.html", context)


def chosen_centre(request: HttpRequest) -> str:
    """The code of the one-stop that the form names, "" for one that takes no dossiers in."""
    office = agencies.by_code(request.POST.get("agency", ""))
    return office.code if office and office.receives and office.valid_on(today()) else ""


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def where(request: HttpRequest, public_id: str) -> HttpResponse:
    """Choose another one-stop for a draft (POST: agency, act_id)."""
    dossier = own(request, public_id)
    back = "check" if (request.POST.get("back") or request.GET.get("back")) == "check" else ""
    if request.method == "POST":
        agency = chosen_centre(request)
        if agency:
            actions.choose_agency(act_of(request, DECLARE), dossier=public_id, agency=agency)
            return redirect(f"portal:{back or 'tasks'}", public_id)
        return show_again(
            request, request.path, {"problems": {"agency": _("Chọn nơi nộp hồ sơ.")}}, back=back
        )
    office = agencies.office(dossier.received_by_id) if dossier.received_by_id else None
    context = {
        "dossier": dossier,
        "centres": centre_options(today(), lang()),
        "chosen": office.code if office else "",
        "problems": what_was_said(request).get("problems", {}),
        "back": back,
        "act_id": new_act_id(),
    }
    return render(request, "portal/where.html", context)

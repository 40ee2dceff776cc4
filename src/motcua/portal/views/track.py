"""Following a dossier without signing in: progress only, no names, as often as a person would ask."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.dossiers import queries as dossiers
from motcua.foundation import limits
from motcua.foundation.doors import public
from motcua.kernel.identifiers import parse_tracking
from motcua.portal import dossier_page
from motcua.portal.views._common import lang, moment, today


@public("TT 01/2018/TT-VPCP art. 16: progress can be followed by code; no personal data is shown")
@never_cache
@require_GET
def track(request: HttpRequest) -> HttpResponse:
    """Where a dossier stands, by its tracking reference or legal code (GET: ma)."""
    typed = " ".join(request.GET.get("ma", "").split())[:80]
    context: dict[str, Any] = {"typed": typed[:60]}
    if not typed:
        return render(request, "portal/track.html", context)
    caller = request.META.get("REMOTE_ADDR", "")
    limits.demand(f"track:{caller}", per_minute=settings.MOTCUA.rate_track_per_minute)
    dossier = dossiers.find_tracked(typed)
    # The unguessable reference was handed to the applicant; a legal code may be anybody's guess and tells less.
    by_reference = parse_tracking(typed) is not None
    context["found"] = dossier_page.progress(
        dossier, today(), lang(), at=moment(), with_procedure=by_reference, with_steps=by_reference
    )
    if by_reference and dossier is not None:
        context["issued"] = f"{reverse('portal:issued')}?{urlencode({'ma': dossier.reference})}"
    return render(request, "portal/track.html", context, status=200 if context["found"] else 404)

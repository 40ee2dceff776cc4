"""Two pages of the look itself: the theme of the desk, and the gallery that shows every component."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from motcua.foundation.doors import public
from motcua.foundation.ui.frames import THEME_COOKIE, THEMES
from motcua.foundation.ui.gallery import gallery_facts

YEAR_SECONDS = 365 * 24 * 3600
FACES = ("public", "desk", "print", "pieces", "autosave")


@public("the colours of the desk hold no data")
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the choice of light or dark in a cookie and go back to the page (POST: theme, next)."""
    wanted, back = request.POST.get("theme", ""), request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    if wanted in THEMES:
        response.set_cookie(
            THEME_COOKIE,
            wanted,
            max_age=YEAR_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response


@public("shown only to programmers: in debug mode and in tests")
def gallery(request: HttpRequest, face: str = "pieces") -> HttpResponse:
    """Every component on one page, in the frame of a face; not there in production."""
    if not (settings.DEBUG or settings.MOTCUA.env == "test") or face not in FACES:
        raise Http404
    return render(request, f"ui/gallery/{face}.html", gallery_facts())

"""Why somebody who has no part in the work looks at personal data: said once, kept with her sitting.

Who has such a part needs no other purpose than the work. Which purposes there are is for the rooms to say.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

KEY = "purpose"
LASTS = timedelta(hours=4)  # half a working day: who comes back after lunch says again why


def stated(request: HttpRequest, at: datetime, known: Container[str]) -> str:
    """The purpose that holds at the aware moment `at`, one of `known`; "" when none was said or it has run out."""
    said = request.session.get(KEY)
    if not isinstance(said, dict) or said.get("key") not in known:
        return ""
    until = datetime.fromisoformat(str(said["until"]))
    return str(said["key"]) if at < until else ""


def take(request: HttpRequest, at: datetime, known: Container[str], *, back: str) -> HttpResponse:
    """Answer a form (POST purpose, next): keep a known purpose, forget the one that stood for any other word.

    Goes on to `next` where that is an address of ours, else to `back`.
    """
    key = request.POST.get("purpose", "")
    if key in known:
        request.session[KEY] = {"key": key, "until": (at + LASTS).isoformat()}
    else:
        request.session.pop(KEY, None)
    return redirect(own_address(request.POST.get("next", "")) or back)


def own_address(text: str) -> str:
    """`text` when it is an address on this site, to go back to; "" for anything else."""
    is_ours = text.startswith("/") and url_has_allowed_host_and_scheme(text, allowed_hosts=None)
    return text if is_ours and len(text) <= 1000 else ""

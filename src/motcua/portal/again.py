"""What a refused form said, kept for the page that shows it again.

Every form of the portal answers a POST with a redirect, so that Back never asks to send something twice. What could not
be taken lies in the session meanwhile, sealed, until the next refused form takes its place or the session ends.
"""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from motcua.foundation.canonical import canonical
from motcua.foundation.crypto import CannotOpen, seal, unseal

SLOT = "portal_again"
PLACE = "portal.again"
ASKED = "lai"  # the name in the address that says which form is to be shown again
BYTES_MOST = 20_000  # what is longer is not kept: the problems are told, the words stand on the page before


def show_again(request: HttpRequest, address: str, kept: dict[str, Any], **query: str) -> HttpResponse:
    """The way to `address` (a path), which finds `kept` (JSON-able) by `what_was_said`; `query` joins the address."""
    if len(canonical(kept)) > BYTES_MOST:
        kept = {name: value for name, value in kept.items() if name == "problems"}
    token = secrets.token_urlsafe(6)
    request.session[SLOT] = seal({"token": token, "path": address, "kept": kept}, PLACE)
    told = {name: value for name, value in query.items() if value}
    return redirect(f"{address}?{urlencode({**told, ASKED: token})}")


def what_was_said(request: HttpRequest) -> dict[str, Any]:
    """What `show_again` kept for this very address; {} for any other page, an older form, or another session."""
    token = request.GET.get(ASKED, "")
    sealed = request.session.get(SLOT) if token else None
    if not sealed:
        return {}
    try:
        found = unseal(sealed, PLACE)
    except CannotOpen:
        return {}
    same = secrets.compare_digest(str(found.get("token", "")), token) and found.get("path") == request.path
    return found["kept"] if same else {}

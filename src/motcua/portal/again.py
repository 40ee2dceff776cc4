"""What a refused form said, kept for the page that shows it again.

Every form of the portal answers a POST with a redirect, so that Back never asks to send something twice. What could not
be taken is kept meanwhile (`foundation.kept`), until the next refused form takes its place or the session ends.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from motcua.foundation.canonical import canonical
from motcua.foundation.kept import keep, kept

KIND = "portal.again"
ASKED = "lai"  # the name in the address that says which form is to be shown again
BYTES_MOST = 20_000  # what is longer is not kept: the problems are told, the words stand on the page before


def show_again(request: HttpRequest, address: str, said: dict[str, Any], **query: str) -> HttpResponse:
    """The way to `address` (a path), which finds `said` (JSON-able) by `what_was_said`; `query` joins the address."""
    if len(canonical(said)) > BYTES_MOST:
        said = {name: value for name, value in said.items() if name == "problems"}
    name = keep(request, KIND, {"path": address, "said": said}, most=1)
    told = {key: value for key, value in query.items() if value}
    return redirect(f"{address}?{urlencode({**told, ASKED: name})}")


def what_was_said(request: HttpRequest) -> dict[str, Any]:
    """What `show_again` kept for this very address; {} for any other page, an older form, or another session."""
    found = kept(request, KIND, request.GET.get(ASKED, ""))
    return found["said"] if found and found["path"] == request.path else {}

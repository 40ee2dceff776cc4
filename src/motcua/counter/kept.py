"""What a form said, kept until the page after it is drawn: the address of that page holds a random name, no words.

A page that answers a form directly cannot be gone back to. So a form that only asks (a search, a choice of rows, a
text to be looked over) is answered by an address, and what it said lies sealed in the session of that one officer.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest

from motcua.foundation.crypto import CannotOpen, seal, unseal
from motcua.foundation.doors import actor_of

PLACE = "counter.kept"
KEPT_MAX = 10  # the newest; who goes further back than that asks again


def keep(request: HttpRequest, kind: str, said: Any) -> str:
    """Keep JSON-able `said`; answers the name by which `kept` finds it."""
    name = secrets.token_urlsafe(9)
    rows = list(request.session.get(PLACE) or ())[-(KEPT_MAX - 1) :]
    request.session[PLACE] = [*rows, [name, seal(said, _place(request, kind, name))]]
    return name


def kept(request: HttpRequest, kind: str, name: str) -> Any:
    """What was kept under this name; None when it is too long ago, or another kind, or another officer's."""
    sealed = dict(request.session.get(PLACE) or ()).get(name)
    if sealed is None:
        return None
    try:
        return unseal(sealed, _place(request, kind, name))
    except CannotOpen:
        return None


def _place(request: HttpRequest, kind: str, name: str) -> str:
    return f"{PLACE}:{kind}:{name}:{actor_of(request).account_id}"

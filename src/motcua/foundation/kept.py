"""What a form said, kept until the page after it is drawn: the address of that page holds a random name, no words.

A page that answers a form directly cannot be gone back to. So a form that only asks, or was refused, is answered by an
address, and what it said lies meanwhile sealed in the session, for the one account that said it.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest

from motcua.foundation.crypto import CannotOpen, seal, unseal
from motcua.foundation.doors import actor_of

PLACE = "kept"
KEPT_MOST = 10  # the newest; who goes further back than that asks again


def keep(request: HttpRequest, kind: str, said: Any, *, most: int = KEPT_MOST) -> str:
    """Keep JSON-able `said` as one of the newest `most` of its kind; answers the name by which `kept` finds it."""
    name = secrets.token_urlsafe(9)
    rows = list(request.session.get(PLACE) or ())
    others = [row for row in rows if row[0] != kind]
    same = [row for row in rows if row[0] == kind]
    newest = same[-(most - 1) :] if most > 1 else []
    request.session[PLACE] = [*others, *newest, [kind, name, seal(said, _place(request, kind, name))]]
    return name


def kept(request: HttpRequest, kind: str, name: str) -> Any:
    """What was kept under this name; None when it is too long ago, or another kind, or another account's."""
    rows = request.session.get(PLACE) or ()
    sealed = next((text for _kind, known, text in rows if (_kind, known) == (kind, name)), None)
    if sealed is None:
        return None
    try:
        return unseal(sealed, _place(request, kind, name))
    except CannotOpen:
        return None


def _place(request: HttpRequest, kind: str, name: str) -> str:
    return f"{PLACE}:{kind}:{name}:{actor_of(request).account_id}"

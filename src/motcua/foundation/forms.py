"""What a form of any face carries besides its fields: who sent it, when, and an id against sending it twice."""

from __future__ import annotations

import secrets

from django.http import HttpRequest

from motcua.foundation.acts import Act, new_act
from motcua.foundation.doors import actor_of
from motcua.foundation.time import now

ACT_ID_MAX = 60  # characters taken of a form's own id; `Act.part` adds the name of an item to it


def new_act_id() -> str:
    """A fresh act id for the hidden field `act_id` of a form."""
    return secrets.token_urlsafe(18)


def act_of(request: HttpRequest, purpose: str, *, act_id: str = "", channel: str = "web") -> Act:
    """An act of whoever sent the form, at this moment; its hidden `act_id` makes a second sending harmless.

    `act_id` takes the place of the form's own: one form may ask for two acts.
    """
    given = act_id or request.POST.get("act_id", "").strip()[:ACT_ID_MAX]
    return new_act(actor_of(request), at=now(), purpose=purpose, act_id=given or None, channel=channel)


def number(text: str | None) -> int:
    """A whole number out of a form, below a thousand million; 0 for nonsense, which no revision has."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0

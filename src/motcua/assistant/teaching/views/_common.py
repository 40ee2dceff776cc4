"""What the editors' pages share."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language

from motcua.foundation.acts import Act, new_act
from motcua.foundation.doors import actor_of
from motcua.foundation.errors import Refusal
from motcua.foundation.time import now

PURPOSE = "assistant.teach"


def language() -> str:
    return (get_language() or "vi")[:2]


def act_of(request: HttpRequest) -> Act:
    given = request.POST.get("act_id", "")[:90]
    return new_act(actor_of(request), at=now(), purpose=PURPOSE, act_id=given or None)


def new_act_id() -> str:
    return secrets.token_urlsafe(18)


def number(text: str | None) -> int:
    """A number out of a form; 0 for nonsense."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


def told(request: HttpRequest, refusal: Refusal) -> None:
    """A refusal said on the page that is gone back to."""
    messages.error(request, f"{refusal.sentence} {refusal.way_out}")

"""What the editors' pages share."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language

from motcua.foundation.errors import Refusal

PURPOSE = "assistant.teach"


def language() -> str:
    return (get_language() or "vi")[:2]


def told(request: HttpRequest, refusal: Refusal) -> None:
    """A refusal said on the page that is gone back to."""
    messages.error(request, f"{refusal.sentence} {refusal.way_out}")

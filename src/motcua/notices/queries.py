"""Reading notices and messages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from motcua.notices.models import Message, Notice


def notices_for(holders: Iterable[str], *, limit: int = 50) -> list[Notice]:
    """The newest notices of these holder keys."""
    return list(Notice.objects.filter(holder__in=list(holders)).order_by("-pk")[:limit])


def unread_count(holders: Iterable[str], *, cap: int = 99) -> int:
    """How many are new, counted up to `cap`."""
    return len(Notice.objects.filter(holder__in=list(holders), read_at=None).values_list("pk")[:cap])


def waiting_messages(*, limit: int = 50) -> list[Message]:
    """Messages not sent yet, newest first: the trial's way of seeing what a phone would get."""
    return list(Message.objects.filter(state="waiting").order_by("-pk")[:limit])


def last_message(subject: str, purpose: str, *, at: datetime) -> Message | None:
    """The newest message of a purpose about a subject that is still valid at `at`."""
    found = Message.objects.filter(subject=subject, purpose=purpose).order_by("-pk").first()
    return found if found and (found.valid_until is None or found.valid_until >= at) else None

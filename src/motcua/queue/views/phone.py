"""The page of one ticket, for the phone of whoever holds it: how many before, when about, and being called."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.agencies import queries as agencies
from motcua.foundation.doors import public
from motcua.foundation.time import local_date, now
from motcua.foundation.ui.controls import page_language
from motcua.queue import queries
from motcua.queue.rules import OPEN, State


@public("who holds the paper holds its unguessable address; a ticket names nobody")
@never_cache
@require_safe
def ticket(request: HttpRequest, reference: str) -> HttpResponse:
    """One number and where it stands. Raises NoSuchTicket."""
    row, at = queries.ticket_of(reference), now()
    office = agencies.office(row.agency_id)
    service = queries.plan_of(office, at).service(row.service) if office else None
    is_today = row.day == local_date(at)
    context = {
        "row": row,
        "office": office.name(page_language()) if office else "",
        "service": service.name(page_language()) if service else row.letter,
        "standing": queries.standing(row, at),
        "state": State.ENDED if row.state in OPEN and not is_today else row.state,
        "is_open": is_today and row.state in OPEN,
        "window": row.window.number if row.window else None,
        "sent_to": row.to_window,
        "at": at,
    }
    return render(request, "queue/ticket.html", context)

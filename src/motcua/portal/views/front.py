"""The front page and the answers while typing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from motcua.assistant import queries as assistant
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules import FULL
from motcua.foundation.doors import public
from motcua.portal import words

SUGGESTED_MOST = 8
FRONT_MOST = 12
EXAMPLES = ("đăng ký khai sinh", "mất sổ đỏ", "mở quán ăn", "sao y giấy tờ")


@public("the front page is for everybody")
@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """What do you need to do: search, life events, the procedures people file most, tracking."""
    events = {event.id: event for event in catalogue.life_events()}
    shown = [events[key] for key in words.FRONT_EVENTS if key in events] or list(events.values())[:FRONT_MOST]
    context = {
        "events": [{"event": event, "icon": words.EVENT_ICONS.get(event.id, "chevron")} for event in shown],
        "more_events": [event for event in events.values() if event not in shown],
        "often": catalogue.procedures(coverage=[FULL], limit=FRONT_MOST),
        "examples": EXAMPLES,
    }
    return render(request, "portal/front.html", context)


@public("suggestions hold only what the catalogue publishes")
@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """The likeliest procedures for what was typed so far, as options of a list box (GET: q)."""
    hits = assistant.search(request.GET.get("q", ""), limit=SUGGESTED_MOST)
    event = catalogue.life_event_said(request.GET.get("q", ""))
    response = render(request, "portal/parts/suggestions.html", {"hits": hits, "event": event})
    response["Cache-Control"] = "private, max-age=300"
    return response

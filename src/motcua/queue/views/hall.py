"""Devices in the hall: a kiosk that gives numbers, a screen that shows calls. They need no account and no scripts.

A device is let in by a link that a head or administrator opens on it once; the link's token then lies in a cookie that
scripts cannot read, so that the address on the screen tells nobody anything.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies import queries as agencies
from motcua.foundation import limits
from motcua.foundation.actors import Actor
from motcua.foundation.acts import new_act
from motcua.foundation.doors import public
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import new_act_id
from motcua.foundation.time import local_date, now
from motcua.queue import actions, queries
from motcua.queue.errors import DeviceUnknown, NoSuchTicket
from motcua.queue.models import Device
from motcua.queue.rules import KIOSK, SCREEN
from motcua.queue.views.shown import board_facts, language_of, ticket_address

WHY = "a device in the hall of a one-stop; it is let in by its own token"
COOKIES = {KIOSK: "motcua_kiosk", SCREEN: "motcua_screen"}
COOKIE_SECONDS = 400 * 24 * 3600  # the longest that browsers keep one
TICKETS_PER_MINUTE = 20  # hands at one kiosk; a program that empties the paper roll is faster
SLIP_SECONDS, IDLE_SECONDS, QUESTION_SECONDS = 40, 60, 150  # somebody reads slowly


@public(WHY)
@never_cache
@require_safe
def let_in(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a device, opened on it: from now on this browser is the device. Raises DeviceUnknown."""
    for kind, page in ((KIOSK, "queue:kiosk"), (SCREEN, "queue:screen")):
        try:
            queries.device_of(token, kind)
        except DeviceUnknown:
            continue
        response = redirect(page)
        response.set_cookie(
            COOKIES[kind],
            token,
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=settings.MOTCUA.base_url.startswith("https://"),
            path=reverse("queue:figures"),
        )
        return response
    raise DeviceUnknown()


def _device(request: HttpRequest, kind: str) -> tuple[Device, Actor, Any]:
    """The device behind the cookie, as an actor, and its agency. Raises DeviceUnknown."""
    device, actor = queries.device_of(request.COOKIES.get(COOKIES[kind], ""), kind)
    return device, actor, agencies.office(device.agency_id)


def _drawn(
    request: HttpRequest, page: str, language: str, context: dict[str, Any], *, back: int = 0
) -> HttpResponse:
    """A page in the language its address asks for: whoever comes next finds Vietnamese again.

    `back`: seconds after which the browser returns to the first page by itself, with or without scripts.
    """
    with translation.override(language):
        other = "en" if language == "vi" else "vi"
        own = {"language": language, "other": other, "query": "" if language == "vi" else "?lang=en"}
        response = render(request, f"queue/{page}.html", {**context, **own})
    if back:
        response.headers["Refresh"] = f"{back}; url={reverse('queue:kiosk')}"
    return response


@public(WHY)
@never_cache
@require_safe
def kiosk(request: HttpRequest) -> HttpResponse:
    """What do you come for? One large button for each service. GET lang."""
    _device_row, _actor, office = _device(request, KIOSK)
    board = queries.board(office, now())
    language = language_of(request)
    return _drawn(request, "kiosk", language, board_facts(board, language), back=IDLE_SECONDS)


@public(WHY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk_service(request: HttpRequest, service: str) -> HttpResponse:
    """Are you one of those who are served first? The answer gives the number. GET lang; POST priority, act_id."""
    _device_row, actor, office = _device(request, KIOSK)
    at, language = now(), language_of(request)
    board = queries.board(office, at)
    wanted = board.plan.service(service)
    if wanted is None:
        return redirect("queue:kiosk")
    problem = None
    if request.method == "POST":
        try:
            limits.demand(f"queue:{actor.key}", per_minute=TICKETS_PER_MINUTE)
            act = new_act(actor, at=at, purpose="queue", act_id=request.POST.get("act_id"), channel=KIOSK)
            said = actions.take(
                act, agency=office.code, service=wanted.key, priority=request.POST.get("priority") == "yes"
            )
            query = "" if language == "vi" else "?lang=en"
            return redirect(reverse("queue:slip", args=[said["reference"]]) + query)
        except Refusal as refusal:
            problem = refusal
    context = {
        **board_facts(board, language),
        "service": wanted.name(language),
        "classes": [one.name(language) for one in board.plan.priority],
        "problem": problem,
        "act_id": new_act_id(),
    }
    return _drawn(request, "kiosk_service", language, context, back=QUESTION_SECONDS)


@public(WHY)
@never_cache
@require_safe
def slip(request: HttpRequest, reference: str) -> HttpResponse:
    """The number that was given: on the screen, on paper, and as a code for the phone. GET lang."""
    device, _actor, office = _device(request, KIOSK)
    row, at, language = queries.ticket_of(reference), now(), language_of(request)
    if row.agency_id != device.agency_id or row.day != local_date(at):
        raise NoSuchTicket()
    service = queries.plan_of(office, at).service(row.service)
    context = {
        "office": office.name(language),
        "row": row,
        "service": service.name(language) if service else row.letter,
        "standing": queries.standing(row, at),
        "address": ticket_address(row.reference),
        "prints": device.prints,
    }
    return _drawn(request, "slip", language, context, back=SLIP_SECONDS)


@public(WHY)
@never_cache
@require_safe
def screen(request: HttpRequest) -> HttpResponse:
    """The wall: who is called to which window, who was called last, how many wait and how long. GET lang."""
    _device_row, _actor, office = _device(request, SCREEN)
    at, language = now(), language_of(request)
    board = queries.board(office, at)
    context = {
        **board_facts(board, language),
        "calls": queries.calls(office.id, local_date(at)),
        "windows": len(board.windows),
        "at": at,
    }
    return _drawn(request, "screen", language, context)

"""Calling numbers: an officer's window, what was called to it, who waits, who missed her call."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.agencies import queries as agencies
from motcua.counter.base import DESK, desks, lang, moment, today
from motcua.counter.calls import bar_of
from motcua.counter.errors import NoDesk, UnknownVerb
from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import DossierNotFound
from motcua.foundation.acts import Act
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.purpose import own_address
from motcua.queue import actions
from motcua.queue import queries as queue

NEXT_SHOWN = 12
ON_TICKET = {
    "recall": actions.recall,
    "start": actions.start,
    "no_show": actions.no_show,
    "release": actions.release,
    "come_back": actions.come_back,
}


@officers(*DESK)
@never_cache
@require_GET
def calls(request: HttpRequest) -> HttpResponse:
    """The officer's window with what was called to it; without one, the form that opens it."""
    actor, at = actor_of(request), moment()
    own = desks(actor)
    if not own:
        raise NoDesk()
    bar = bar_of(actor, lang())
    office = next((o for o in own if bar and o.id == bar.window.agency_id), None) or _chosen(request, own)
    board = queue.board(office, at)
    context: dict[str, Any] = {
        "bar": bar,
        "office": office.name(lang()),
        "desks": [(desk.code, desk.name(lang())) for desk in own],
        "agency": office.code,
        "services": [(service.key, service.name(lang())) for service in board.plan.services],
        "numbers": _numbers(board),
        "windows": [window for window in board.windows if window.officer_id != actor.account_id],
        "waiting": len(board.waiting),
        "act_id": new_act_id(),
        "here": request.path,
    }
    if bar:
        mine = queue.next_at(bar.window, board.waiting, [window.number for window in board.windows])
        names = dict(context["services"])
        context |= {
            "next_up": [
                {"row": row, "service": names.get(row.service, row.service)}
                for row in queue.tickets_by_id([one.id for one in mine[:NEXT_SHOWN]])
            ],
            "mine": len(mine),
            "absent": [row for row in queue.absent(office.id, today()) if row.returns < board.plan.returns],
            "served": ", ".join(names.get(key, key) for key in bar.window.services),
        }
    return render(request, "counter/calls.html", context)


def _chosen(request: HttpRequest, own: list[Any]) -> Any:
    return next((desk for desk in own if desk.code == request.GET.get("agency")), own[0])


def _numbers(board: queue.Board) -> list[tuple[str, str]]:
    """The windows of the one-stop that nobody holds."""
    held = {window.number for window in board.windows}
    free = [number for number in range(1, board.plan.windows + 1) if number not in held]
    return [(str(number), _("Quầy {number}").format(number=number)) for number in free]


@officers(*DESK)
@require_POST
def call_act(request: HttpRequest, queue_verb: str) -> HttpResponse:
    """Do one thing at a window. POST act_id, next (where to go back to), and for open: agency, number, service
    (repeated); close: window; finish, next: ticket, code; transfer: ticket, service, to; the others: ticket."""
    act = act_of(request, "queue").part(queue_verb)
    try:
        _do(act, request, queue_verb)
    except UnknownVerb:
        raise
    except Refusal as refusal:
        messages.error(request, f"{refusal.sentence} {refusal.way_out}")
    return redirect(own_address(request.POST.get("next", "")) or reverse("counter:calls"))


def _do(act: Act, request: HttpRequest, verb: str) -> None:
    given, ticket = request.POST, request.POST.get("ticket", "")
    if verb == "call":
        actions.call(act)
    elif verb in ("finish", "next"):
        actions.finish(act.part("finish"), ticket=ticket, served_for=_served_for(act, given.get("code", "")))
        if verb == "next":
            actions.call(act)
    elif verb == "transfer":
        actions.transfer(
            act, ticket=ticket, service=given.get("service", ""), window=_whole(given.get("to")) or None
        )
    elif verb == "open":
        number = _whole(given.get("number"))
        actions.open_window(
            act, agency=given.get("agency", ""), number=number, services=given.getlist("service")
        )
    elif verb == "close":
        actions.close_window(act, window=given.get("window", ""))
    elif verb in ON_TICKET:
        ON_TICKET[verb](act, ticket=ticket)
    else:
        raise UnknownVerb()


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else 0


def _served_for(act: Act, code: str) -> str:
    """The opaque id of the dossier with a code that the officer sees; "" for none. Raises DossierNotFound."""
    said = code.strip()[:60]
    if not said:
        return ""
    offices = [o for id_ in queue.field(act.actor, "serve") if (o := agencies.office(id_))]
    found = dossiers.find_exact(dossiers.visible_to(act.actor), said, offices, today())
    if not found:
        raise DossierNotFound()
    return found[0].public_id

"""Leave: an officer lets a colleague act in her position from one day to another, and takes it back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.agencies import actions, queries, rules
from motcua.agencies.views import day_of, position_shown
from motcua.agencies.words import role_words
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.errors import Invalid, Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.kept import keep, kept
from motcua.foundation.time import local_date, now
from motcua.foundation.ui.controls import page_language

KEPT = "agencies.leave"
TYPED = ("position", "to", "from_on", "to_on", "reason")


@officers()
@never_cache
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """One's own positions, who acts in them, and a form to let somebody. POST position, to, from_on, to_on, reason."""
    if request.method == "POST":
        return _delegated(request)
    actor, at = actor_of(request), now()
    own = [held for held in queries.positions_of(actor.account_id or 0) if held.current(at)]
    mine = [held for held in own if held.role in rules.DELEGABLE and not held.acting_for]
    said = kept(request, KEPT, request.GET.get("lai", "")) or {}
    context = {
        "rows": [_row(held) for held in queries.delegations_of(actor.account_id or 0, at)],
        "acting": [_row(held) for held in own if held.acting_for],
        "positions": [(held.public_id, f"{role_words(held.role)}, {_agency(held)}") for held in mine],
        "colleagues": queries.colleagues({held.agency_id for held in mine}, at, but=actor.account_id or 0),
        "typed": said.get("typed") or {"from_on": local_date(at)},
        "problems": said.get("problems") or {},
        "act_id": new_act_id(),
    }
    return render(request, "agencies/leave.html", context)


def _row(held: queries.PositionView) -> dict[str, Any]:
    return {**position_shown(held), "agency": _agency(held)}


def _agency(held: queries.PositionView) -> str:
    office = queries.office(held.agency_id)
    return office.name(page_language()) if office else "–"


def _delegated(request: HttpRequest) -> HttpResponse:
    typed = {name: request.POST.get(name, "").strip()[:200] for name in TYPED}
    try:
        actions.delegate(
            act_of(request, "leave"),
            position=typed["position"],
            to=typed["to"],
            from_on=_day(typed, "from_on") or local_date(now()),
            to_on=_day(typed, "to_on"),
            reason=typed["reason"],
        )
    except Refusal as refusal:
        problems = {str(p["field"]): p["message"] for p in getattr(refusal, "problems", ())}
        where = "to_on" if refusal.code.endswith(("too_long", "wrong_order")) else "to"
        said = {"typed": typed, "problems": problems or {where: f"{refusal.sentence} {refusal.way_out}"}}
        return redirect(f"{reverse('agencies:leave')}?lai={keep(request, KEPT, said)}")
    messages.success(request, _("Đã ủy quyền. Người nhận thấy việc của vị trí này trong thời gian đã chọn."))
    return redirect("agencies:leave")


def _day(typed: dict[str, str], name: str) -> date | None:
    try:
        return day_of(typed[name])
    except Invalid as refusal:
        raise Invalid([{**refusal.problems[0], "field": name}]) from None


@officers()
@require_POST
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a position back at once."""
    actions.end_delegation(act_of(request, "leave"), position=public_id)
    messages.success(request, _("Đã kết thúc ủy quyền."))
    return redirect("agencies:leave")

"""Pages about retention: what is due, proposing a list, deciding it, its printed record. They name no citizen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.catalogue import queries as catalogue
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.errors import NotFound, Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.time import local_date, now
from motcua.retention import actions, queries
from motcua.retention.errors import NothingChosen
from motcua.retention.rules import (
    DECIDERS,
    NUMBER_MAX,
    ONE_LIST_MAX,
    PROPOSERS,
    READERS,
    ItemState,
    State,
    may_confirm,
    runs_out_on,
)
from motcua.retention.words import ITEM_STATES, STATES, WHY

PURPOSE = "retention"


def _language() -> str:
    return (get_language() or "vi")[:2]


@officers(*READERS)
@never_cache
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """What is due at one's agencies, by agency; the lists; what is held back; the schedules in force."""
    actor, language = actor_of(request), _language()
    today = local_date(now())
    mine = queries.proposes_for(actor)
    due = queries.due(today, mine | queries.decides_for(actor), limit=queries.SHOWN_MAX + 1)
    shown = due[: queries.SHOWN_MAX]
    lists, held = queries.lists(actor), queries.holds(actor)
    names = queries.names([one.ended.agency for one in shown] + [row.agency_id for row in lists], language)
    procedures = catalogue.short_names([one.ended.procedure for one in shown], language)
    groups: dict[int, dict[str, Any]] = {}
    for one in shown:
        agency = one.ended.agency or 0
        group = groups.setdefault(
            agency,
            {"agency": agency, "name": names.get(agency, "–"), "rows": [],
             "mine": actor.has_role(*PROPOSERS) and bool({one.ended.agency, one.ended.desk} & mine)},
        )  # fmt: skip
        group["rows"].append(_due(one, procedures, language))
    context = {
        "groups": list(groups.values()),
        "more": len(due) > queries.SHOWN_MAX,
        "lists": [
            {"row": row, "agency": names.get(row.agency_id, "–"), "state": STATES[row.state]} for row in lists
        ],
        "holds": held,
        "schedules": [_schedule(one, language) for one, _ids in queries.plan(today).among],
        "act_id": new_act_id(),
    }
    return render(request, "retention/board.html", context)


def _due(one: queries.Due, procedures: dict[int, str], language: str) -> dict[str, Any]:
    closed = local_date(one.ended.closed_at)
    return {
        "id": one.ended.public_id,
        "code": one.ended.code,
        "procedure": procedures.get(one.ended.procedure, ""),
        "closed": closed,
        "since": runs_out_on(closed, one.schedule.years or 0),
        "schedule": one.schedule.name.get(language) or one.schedule.name["vi"],
        "held": WHY.get(one.held, one.held),
    }


def _schedule(one: Any, language: str) -> dict[str, Any]:
    return {
        "name": one.name.get(language) or one.name["vi"],
        "years": one.years,
        "for_ever": one.for_ever,
        "source": one.source,
        "unverified": one.unverified,
    }


@officers(*PROPOSERS)
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Put the chosen dossiers on a list (POST act_id, agency, dossier…, reason)."""
    post = request.POST
    agency = post.get("agency", "")
    try:
        made = actions.propose(
            act_of(request, PURPOSE),
            agency=int(agency) if agency.isascii() and agency.isdigit() and len(agency) < 10 else 0,
            dossiers_chosen=post.getlist("dossier"),
            reason=post.get("reason", ""),
        )
    except Refusal as refusal:
        _tell(request, refusal)
        return redirect("retention:board")
    messages.success(request, _("Đã lập danh mục; người phụ trách cơ quan sẽ quyết định."))
    return redirect("retention:list", made["list"])


@officers(*READERS)
@never_cache
@require_safe
def show(request: HttpRequest, destruction: str) -> HttpResponse:
    """One list: what stands on it, who proposed it and why, and the decision."""
    actor = actor_of(request)
    row = queries.one_list(actor, destruction)
    may = row.state == State.PROPOSED and row.agency_id in queries.decides_for(actor)
    context = {
        **_list(row),
        "may_decide": may and may_confirm(row.proposed_by_id, actor.account_id),
        "own": may and not may_confirm(row.proposed_by_id, actor.account_id),
        "number_max": NUMBER_MAX,
        "act_id": new_act_id(),
    }
    return render(request, "retention/list.html", context)


@officers(*READERS)
@never_cache
@require_safe
def printed(request: HttpRequest, destruction: str) -> HttpResponse:
    """The record of the destruction as it is printed and signed (biên bản tiêu hủy); before the decision the list."""
    return render(
        request, "retention/print.html", _list(queries.one_list(actor_of(request), destruction), "vi")
    )


def _list(row: Any, language: str = "") -> dict[str, Any]:
    language = language or _language()
    items = queries.items(row)
    return {
        "row": row,
        "agency": queries.names([row.agency_id], language).get(row.agency_id, "–"),
        "state": STATES[row.state],
        "decided": row.state in (State.CONFIRMED, State.DONE),
        "items": [
            {
                "item": item,
                "procedure": item.procedure.name_en
                if language == "en" and item.procedure.name_en
                else item.procedure.short_name_vi,
                "state": ITEM_STATES[item.state],
                "why": WHY.get(item.why, ""),
            }
            for item in items
        ],
        "destroyed": sum(item.state == ItemState.DESTROYED for item in items),
        "files": sum(item.files for item in items),
    }


@officers(*DECIDERS)
@require_POST
def decide(request: HttpRequest, destruction: str, verb: str) -> HttpResponse:
    """Confirm (POST act_id, number) or refuse (POST act_id, reason) a list."""
    act = act_of(request, PURPOSE)
    try:
        if verb == "confirm":
            actions.confirm(act, destruction=destruction, number=request.POST.get("number", ""))
            messages.success(request, _("Đã quyết định; nền tảng đang hủy từng hồ sơ."))
        elif verb == "refuse":
            actions.refuse(act, destruction=destruction, reason=request.POST.get("reason", ""))
            messages.success(request, _("Đã ghi: không hủy. Các hồ sơ trở lại danh sách đến hạn."))
        else:
            raise NotFound()
    except NotFound:
        raise
    except Refusal as refusal:
        _tell(request, refusal)
    return redirect("retention:list", destruction)


@officers(*READERS)
@require_POST
def hold(request: HttpRequest) -> HttpResponse:
    """Hold the chosen dossiers back (POST act_id, dossier…, reason)."""
    act, chosen = act_of(request, PURPOSE), request.POST.getlist("dossier")[:ONE_LIST_MAX]
    try:
        if not chosen:
            raise NothingChosen(most=ONE_LIST_MAX)
        for dossier in chosen:
            actions.hold(act.part(dossier), dossier=dossier, reason=request.POST.get("reason", ""))
        messages.success(request, _("Đã giữ hồ sơ lại."))
    except Refusal as refusal:
        _tell(request, refusal)
    return redirect("retention:board")


@officers(*READERS)
@require_POST
def let_go(request: HttpRequest, hold: str) -> HttpResponse:
    """Hold a dossier back no longer (POST act_id)."""
    actions.let_go(act_of(request, PURPOSE), hold=hold)
    messages.success(request, _("Đã thôi giữ hồ sơ."))
    return redirect("retention:board")


def _tell(request: HttpRequest, refusal: Refusal) -> None:
    messages.error(request, f"{refusal.sentence} {refusal.way_out}")

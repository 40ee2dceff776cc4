"""Pages about agencies: the tree of any day, one agency, and positions as administrators give and end them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.accounts import queries as accounts
from motcua.agencies import actions, errors, queries, rules
from motcua.agencies.words import ROLE_WORDS, SUCCESSION_WORDS, field_words, kind_words, role_words
from motcua.foundation.access import seen
from motcua.foundation.doors import actor_of, administrators, officers
from motcua.foundation.errors import Invalid, NotFound, Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.time import local_date, now

PURPOSE = "agencies.manage"


def _language() -> str:
    return (get_language() or "vi")[:2]


def day_of(text: str) -> date | None:
    """A day as people type it (21/11/2026) or as machines do; None for none. Raises Invalid for anything else."""
    text = text.strip()
    if not text:
        return None
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a calendar day has no zone
        except ValueError:
            continue
    raise Invalid([{"field": "on", "code": "date", "message": _("Ngày chưa đúng. Ví dụ: 21/11/2026.")}])


def _office(public_id: str) -> rules.Office:
    found = queries.by_public_id(public_id)
    if found is None:
        raise errors.NoSuchAgency()
    return found


def _shown(office: rules.Office) -> dict[str, Any]:
    return {
        "public_id": office.public_id,
        "name": office.name(_language()),
        "kind": kind_words(office.kind),
        "unverified": bool(office.unverified),
    }


def _branch(node: rules.Node) -> dict[str, Any]:
    return {**_shown(node.office), "children": [_branch(child) for child in node.children]}


@officers()
@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """The tree of a day (today when none is given), or the agencies that a few words find on that day."""
    text, problem = request.GET.get("q", ""), ""
    on = local_date(now())
    try:
        on = day_of(request.GET.get("on", "")) or on
    except Invalid as refusal:
        problem = refusal.problems[0]["message"]
    context = {
        "on": on,
        "typed_on": request.GET.get("on", ""),
        "q": text,
        "problems": {"on": problem} if problem else {},
        "found": [_shown(o) for o in queries.find_offices(text, on)] if text else None,
        "branches": [] if text else [_branch(node) for node in queries.tree(on)],
        "count": len(queries.offices(on)),
    }
    return render(request, "agencies/tree.html", context)


def _successions(office: rules.Office) -> list[dict[str, Any]]:
    told = []
    for found in queries.predecessors(office.code):
        other = queries.by_code(found.code)
        told.append(
            {
                "before": _shown(other) if other else {"name": found.code},
                "after": _shown(office),
                "row": found,
            }
        )
    for found in queries.successors(office.code):
        other = queries.by_code(found.code)
        told.append(
            {
                "before": _shown(office),
                "after": _shown(other) if other else {"name": found.code},
                "row": found,
            }
        )
    return [{**one, "word": SUCCESSION_WORDS.get(one["row"].kind, one["row"].kind)} for one in told]


@officers()
@never_cache
@require_safe
def agency(request: HttpRequest, public_id: str) -> HttpResponse:
    """One agency: its facts, what it came from and became, and for administrators who holds what."""
    office, actor = _office(public_id), actor_of(request)
    manages = actor.has_role("administrator")
    positions = queries.positions_at(office.id) if manages else []
    if positions:
        subjects = {f"account:{p.account}" for p in positions}
        seen(actor, at=now(), purpose=PURPOSE, page="agencies.agency", subjects=subjects)
    context = {
        "office": office,
        "name": office.name(_language()),
        "kind": kind_words(office.kind),
        "above": [_shown(o) for o in reversed(queries.ancestors(office.id))],
        "below": [_shown(o) for o in queries.offices(local_date(now())) if o.parent_id == office.id],
        "area": queries.area(office.area_code),
        "successions": _successions(office),
        "changes": [
            {"row": change, "field": field_words(change.field)}
            for change in queries.changes_of(office.id)[:50]
        ],
        "doubts": list(dict.fromkeys(field_words(name) for name in office.unverified)),
        "stands": office.valid_on(local_date(now())),
        "manages": manages,
        "positions": [position_shown(p) for p in positions],
        "roles": list(ROLE_WORDS.items()),
        "act_id": new_act_id(),
    }
    return render(request, "agencies/agency.html", context)


def position_shown(position: queries.PositionView) -> dict[str, Any]:
    return {
        "view": position,
        "role": role_words(position.role),
        "current": position.current(now()),
        "over": position.ends_at is not None and position.ends_at <= now(),
    }


@administrators
@require_POST
def appoint(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give somebody (by login name) a role at an agency."""
    office = _office(public_id)
    try:
        account = accounts.account_by_login(request.POST.get("login_name", ""))
        if account is None:
            raise errors.NoSuchAccount()
        actions.appoint(
            act_of(request, PURPOSE),
            account=account.public_id,
            agency=office.public_id,
            role=request.POST.get("role", ""),
            from_on=day_of(request.POST.get("from_on", "")),
            to_on=day_of(request.POST.get("to_on", "")),
        )
        messages.success(request, _("Đã giao vị trí cho %(name)s.") % {"name": account.display_name})
    except Refusal as refusal:
        _tell(request, refusal)
    return redirect("agencies:agency", public_id=office.public_id)


@administrators
@require_POST
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    """End a position at once."""
    back = request.POST.get("back", "")
    try:
        actions.end_position(act_of(request, PURPOSE), position=public_id)
        messages.success(request, _("Đã kết thúc vị trí."))
    except Refusal as refusal:
        _tell(request, refusal)
    return redirect("agencies:agency", public_id=_office(back).public_id)


def _tell(request: HttpRequest, refusal: Refusal) -> None:
    details = " ".join(str(p["message"]) for p in getattr(refusal, "problems", []))
    messages.error(request, f"{refusal.sentence} {details or refusal.way_out}")


@administrators
@never_cache
@require_safe
def person(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything one account holds or held."""
    account = get_user_model().objects.filter(public_id=public_id).first()
    if account is None:
        raise NotFound()
    seen(
        actor_of(request),
        at=now(),
        purpose=PURPOSE,
        page="agencies.person",
        subjects=[f"account:{public_id}"],
    )
    rows = []
    for held in queries.positions_of(account.pk):
        office = queries.office(held.agency_id)
        rows.append({**position_shown(held), "office": _shown(office) if office else {"name": "–"}})
    return render(request, "agencies/person.html", {"account": account, "rows": rows})

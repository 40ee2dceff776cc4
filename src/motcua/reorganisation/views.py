"""Pages for administrators: which reorganisations there are, what is still open in one, and deciding it.

Applying and undoing are for the command line: they move thousands of dossiers.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies import queries as agencies
from motcua.dossiers import queries as dossiers
from motcua.foundation.access import seen
from motcua.foundation.acts import new_act
from motcua.foundation.doors import actor_of, administrators
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import new_act_id
from motcua.foundation.time import now
from motcua.reorganisation import actions, queries, words
from motcua.reorganisation.queries import Outcome, Planner, PositionPlan
from motcua.reorganisation.rules import Ambiguous

PURPOSE = "reorganisation.decide"
POSITIONS_MAX = 100


def _language() -> str:
    return (get_language() or "vi")[:2]


def _name(code: str) -> str:
    office = agencies.by_code(code)
    return office.name(_language()) if office else code


@administrators
@never_cache
@require_safe
def all_of_them(request: HttpRequest) -> HttpResponse:
    """Every published reorganisation and how far it got."""
    rows = [
        {
            "key": standing.law.key,
            "name": standing.law.name.get(_language()) or standing.law.name["vi"],
            "on": standing.law.on,
            "ends": len(standing.law.ends),
            "state": words.STATES.get(standing.state, standing.state),
            "unverified": bool(standing.law.unverified),
        }
        for standing in queries.reorganisations(now())
    ]
    return render(request, "reorganisation/list.html", {"rows": rows})


@administrators
@never_cache
@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """What lies with the agencies that end, and a page of what is ambiguous, each with its way to decide."""
    actor, planner = actor_of(request), Planner(key, now())
    sau = request.GET.get("sau", "")
    after = int(sau) if sau.isascii() and sau.isdigit() and len(sau) < 19 else 0
    found, following = queries.ambiguous_page(planner, after=after)
    mine = [outcome for outcome in found if queries.administers(actor, outcome.former, now())]
    if mine:
        subjects = [outcome.dossier.subject for outcome in mine]
        seen(actor, at=now(), purpose=PURPOSE, page="reorganisation.one", subjects=subjects)
    open_positions = [
        plan for plan in planner.positions() if not plan.to and queries.administers(actor, plan.office, now())
    ]
    run = queries.run_of(key)
    context = {
        "key": key,
        "name": planner.law.name.get(_language()) or planner.law.name["vi"],
        "on": planner.law.on,
        "state": words.STATES.get(run.state if run else "planned"),
        "unverified": bool(planner.law.unverified),
        "sources": planner.law.sources,
        "decided_by": planner.law.decided_by.get(_language()) or planner.law.decided_by["vi"],
        "agencies": _by_agency(planner),
        "rows": [_row(outcome, f"d{n}") for n, outcome in enumerate(mine)],
        "following": f"?sau={following}" if following else "",
        "positions": [_position(plan, f"p{n}") for n, plan in enumerate(open_positions[:POSITIONS_MAX])],
        "decisions": [_decision(each) for each in queries.decisions_of(key, limit=50)],
        "act_id": new_act_id(),
    }
    return render(request, "reorganisation/one.html", context)


def _by_agency(planner: Planner) -> list[dict[str, Any]]:
    """How much lies with each agency that ends, and how many places it may go to."""
    return [
        {
            "name": office.name(_language()),
            "dossiers": count,
            "successors": [o.name(_language()) for o in planner.successors(office)],
        }
        for office, count in queries.lying_by_agency(planner)
    ]


def _fields(n: str) -> dict[str, str]:
    """Each form of the page names its fields differently, so that every label has its own control."""
    return {"n": n, "to_field": f"to-{n}", "reason_field": f"reason-{n}"}


def _row(outcome: Outcome, n: str) -> dict[str, Any]:
    dossier, answer = outcome.dossier, outcome.answer
    assert isinstance(answer, Ambiguous)
    area = agencies.area(outcome.place.declared) if outcome.place.declared else None
    return {
        **_fields(n),
        "public_id": dossier.public_id,
        "code": dossier.code or dossier.reference,
        "procedure": dossiers.view_of(dossier).name.say(_language()),
        "former": outcome.former.name(_language()),
        "from": outcome.former.code,
        "declared": outcome.place.declared,
        "area": area.name(_language()) if area else outcome.place.declared,
        "why": words.MEANINGS.get(outcome.place.meaning, ""),
        "options": [(option.code, _name(option.code)) for option in answer.options],
    }


def _position(plan: PositionPlan, n: str) -> dict[str, Any]:
    return {
        **_fields(n),
        "person": plan.held.person,
        "login_name": plan.held.login_name,
        "role": plan.held.role,
        "from": plan.office.code,
        "former": plan.office.name(_language()),
        "options": [(code, _name(code)) for code in plan.options],
    }


def _decision(decision: Any) -> dict[str, Any]:
    about = decision.dossier.code or decision.dossier.reference if decision.dossier else ""
    return {
        "about": about or _name(decision.from_code),
        "area": decision.area_code,
        "account": decision.account.login_name if decision.account else "",
        "to": _name(decision.to_code),
        "reason": decision.reason,
        "at": decision.decided_at,
    }


@administrators
@require_POST
def decide(request: HttpRequest, key: str) -> HttpResponse:
    """One decision: for this dossier, for everything of the same former unit (`as_rule`), or for a position."""
    post = request.POST
    n = post.get("n", "")
    said: dict[str, Any] = {"to": post.get(f"to-{n}", ""), "reason": post.get(f"reason-{n}", "")}
    if post.get("login_name"):
        said |= {"kind": "position", "from": post.get("from", ""), "login_name": post["login_name"]}
        said |= {"role": post.get("role", "")}
    elif post.get("as_rule"):
        said |= {"kind": "rule", "from": post.get("from", ""), "area": post.get("area", "")}
    else:
        said |= {"kind": "dossier", "dossier": post.get("dossier", "")}
    act = new_act(actor_of(request), at=now(), purpose=PURPOSE, act_id=post.get("act_id") or None)
    try:
        actions.decide(act, key=key, decisions=[said])
        messages.success(request, _("Đã ghi quyết định."))
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, f"{refusal.sentence} {refusal.way_out}")
    return redirect("reorganisation:one", key=key)

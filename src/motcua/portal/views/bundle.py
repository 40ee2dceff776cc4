"""One event that needs several procedures: in which order, which papers, and which of them the city already has."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.foundation.access import seen
from motcua.foundation.doors import actor_of, public
from motcua.portal.views._common import moment
from motcua.registers import queries


@public("a plan only of published procedures; what the city holds is told to the proven person alone")
@never_cache
@require_GET
def bundle(request: HttpRequest, key: str) -> HttpResponse:
    """The rounds of a bundle with what is to be brought in each, and what answers every other paper."""
    actor, at = actor_of(request), moment()
    found = queries.planned(key, actor, at)
    if actor.party_id is not None:
        seen(actor, at=at, purpose="store", page="portal:bundle", subjects=[f"account:{actor.account_id}"])
    context = {
        "bundle": found.bundle,
        "plan": found.plan,
        "known": actor.party_id is not None,
        "rounds": [[_step(found, slug) for slug in stage.procedures] for stage in found.plan.rounds],
    }
    return render(request, "portal/bundle.html", context)


def _step(found: queries.Planned, slug: str) -> dict[str, Any]:
    plan = found.plan
    return {
        "view": found.views[slug],
        "slug": slug,
        "bring": [found.paper(slug, key) for of, key in plan.bring if of == slug],
        "answered": [
            {"name": found.paper(slug, key), "by": _by(found, by)}
            for (of, key), by in plan.answered.items()
            if of == slug
        ],
    }


def _by(found: queries.Planned, by: str) -> Any:
    if by == "held":
        return {"text": _("thành phố đã có")}
    if by == "again":
        return {"text": _("đã nộp một lần ở thủ tục khác")}
    return {"text": _("có từ kết quả của:"), "name": found.views[by].name}

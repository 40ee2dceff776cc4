"""Which drafts there are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.editing import queries
from motcua.foundation.doors import actor_of, administrators


@administrators
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The open drafts, and what was finished last."""
    actor = actor_of(request)
    context = {"open": queries.open_drafts(actor), "finished": queries.finished_drafts(actor)}
    return render(request, "editing/list.html", context)

"""Petitions for those who answer them: what waits, one of them, and what is done with it."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies import queries as agencies
from motcua.foundation.access import seen
from motcua.foundation.api import cursor, read_cursor
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.errors import Invalid, NotFound, Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.time import local_date, now
from motcua.reporting import actions, queries
from motcua.reporting.errors import NoSuchReport
from motcua.reporting.models import Petition
from motcua.reporting.rules.petitions import ANSWER_MAX, HANDLERS, State, masked
from motcua.reporting.words import DECLINES, PETITION_STATES

ROWS = 50
PURPOSE = "petition"


def _row(row: Petition, day: date) -> dict:
    return {
        "reference": row.reference,
        "href": reverse("reporting:petition", args=[row.public_id]),
        "agency": {"vi": row.agency.name_vi, "en": row.agency.name_en},
        "procedure": {"vi": row.procedure.short_name_vi, "en": row.procedure.name_en}
        if row.procedure
        else None,
        "sent_at": row.sent_at,
        "due_on": row.due_on,
        "state": PETITION_STATES[row.state],
        "late": row.ended_at is None and row.due_on < day,
        "public": row.published_at is not None,
    }


@officers(*HANDLERS)
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What waits, soonest due first, and what was ended last; nobody's name. GET after."""
    actor, day = actor_of(request), local_date(now())
    place = read_cursor("petitions", request.GET.get("after"), str, int)
    after = (date.fromisoformat(place[0]), place[1]) if place else None
    found = queries.waiting(actor, limit=ROWS + 1, after=after)
    shown, more = found[:ROWS], len(found) > ROWS
    here = reverse("reporting:petitions")
    context = {
        "waiting": [_row(row, day) for row in shown],
        "ended": [_row(row, day) for row in queries.ended(actor, limit=20)] if not after else [],
        "next": f"{here}?after={cursor('petitions', shown[-1].due_on.isoformat(), shown[-1].pk)}"
        if more
        else "",
        "first": here if after else "",
    }
    return render(request, "reporting/petitions.html", context)


@officers(*HANDLERS)
@never_cache
@require_safe
def show(request: HttpRequest, petition: str) -> HttpResponse:
    """One petition whole; who read it is kept."""
    actor, at = actor_of(request), now()
    row = queries.petition(actor, petition)
    seen(actor, at=at, purpose=PURPOSE, page="reporting.petition", subjects=[row.subject])
    day = local_date(at)
    context = {
        "row": _row(row, day),
        "petition": row,
        "is_open": row.ended_at is None,
        "is_new": row.state == State.SENT,
        "is_answered": row.state == State.ANSWERED,
        "decline": DECLINES.get(row.decline, ""),
        "declines": list(DECLINES.items()),
        "agencies": [
            (o.code, {"vi": o.name_vi, "en": o.name_en})
            for o in agencies.receiving_agencies(day)
            if o.id != row.agency_id
        ],
        "masked_text": row.public_text or masked(row.text, (row.name,)),
        "masked_answer": row.public_answer or masked(row.answer, (row.name,)),
        "answer_max": ANSWER_MAX,
        "act_id": new_act_id(),
    }
    return render(request, "reporting/petition.html", context)


@officers(*HANDLERS)
@require_POST
def act(request: HttpRequest, petition: str, verb: str) -> HttpResponse:
    """Do one thing with it (POST act_id, and answer | why | agency | text, agreed)."""
    given = request.POST
    doing = act_of(request, PURPOSE).part(verb)
    said = given.get("answer", "")
    verbs = {
        "accept": lambda: actions.accept(doing, petition=petition),
        "answer": lambda: actions.answer(doing, petition=petition, answer=said),
        "decline": lambda: actions.decline(doing, petition=petition, why=given.get("why", ""), answer=said),
        "pass_on": lambda: actions.pass_on(doing, petition=petition, agency=given.get("agency", "")),
        "publish": lambda: actions.publish(
            doing,
            petition=petition,
            text=given.get("text", ""),
            answer=said,
            agreed=given.get("agreed") == "yes",
        ),
    }
    if verb not in verbs:
        raise NoSuchReport()
    queries.petition(doing.actor, petition)
    try:
        verbs[verb]()
        messages.success(request, _("Đã ghi nhận."))
    except NotFound:
        raise
    except Invalid as refusal:
        messages.error(request, " ".join([refusal.sentence, *(p["message"] for p in refusal.problems)]))
    except Refusal as refusal:
        messages.error(request, f"{refusal.sentence} {refusal.way_out}")
    if verb == "pass_on":
        return redirect("reporting:petitions")
    return redirect("reporting:petition", petition)

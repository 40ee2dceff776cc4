"""Looking over what can be done once only: a request for a supplement, a result that is handed over.

What the form said is kept under a name, the dossier's page shows it in words, and its button does it.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.counter import words
from motcua.counter.base import at_desk, lang, log_seen, moment, revision_of
from motcua.counter.case import Case
from motcua.counter.moves import MOVES, Given, verbs_for
from motcua.dossiers import queries as dossiers
from motcua.dossiers.rules import Finance
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.errors import NotFound, Refusal
from motcua.foundation.forms import act_of
from motcua.foundation.kept import keep, kept

OF_THE_PAGE = ("csrfmiddlewaretoken", "act_id", "revision", "seen_at", "tab", "sure")
ASKS = ("ask_at_door", "ask_supplement")


def wanted(request: HttpRequest, found: Any, verb: str) -> bool:
    """Whether this form is shown once more; what would be refused anyway is refused at once."""
    if not MOVES[verb].looked_over or verb not in verbs_for(actor_of(request), found):
        return False
    if revision_of(request.POST.get("revision")) not in (None, found.revision):
        return False
    if verb == "hand_over":
        return found.finance_state != Finance.DUE
    case = Case(found, actor_of(request), moment(), lang())
    late = case.ask_by is not None and case.at > case.ask_by
    return bool(request.POST.get("law", "").strip()) or not (case.asked_before or late)


def to_look_over(request: HttpRequest, verb: str, given: Given) -> HttpResponse:
    """Keep the form and lead to the page that shows it. Raises what reading the form refuses."""
    MOVES[verb].read(given)
    fields = [
        [name, value]
        for name in request.POST
        if name not in OF_THE_PAGE
        for value in request.POST.getlist(name)
    ]
    said = {"dossier": given.dossier.public_id, "verb": verb, "fields": fields}
    query = QueryDict(mutable=True)
    query["viec"], query["xem"] = verb, keep(request, "look", said)
    if (tab := request.POST.get("tab", "")).replace("-", "").isalnum():
        query["tab"] = tab
    return redirect(f"{reverse('counter:dossier', args=[given.dossier.public_id])}?{query.urlencode()}#viec")


def fields_of(request: HttpRequest, found: Any, verb: str, name: str) -> QueryDict:
    """What was kept of a form of this dossier and verb; empty where nothing was."""
    fields = QueryDict(mutable=True)
    said = kept(request, "look", name) if name else None
    if said and (said["dossier"], said["verb"]) == (found.public_id, verb):
        for key, value in said["fields"]:
            fields.appendlist(key, value)
    return fields


def looked_over(request: HttpRequest, case: Case, verb: str) -> dict[str, Any] | None:
    """What the page shows of a form before it is done: its fields to send again, and what they mean in words."""
    name = request.GET.get("xem", "")
    fields = fields_of(request, case.dossier, verb, name)
    if not fields or verb not in case.verbs:
        return None
    given = Given(fields, {}, act_of(request, "process"), case.dossier, case.view, lang())
    try:
        said = MOVES[verb].read(given)
    except Refusal:  # what it stood on has changed since: the form itself tells
        return None
    shown = {"name": name, "fields": [(key, value) for key, values in fields.lists() for value in values]}
    return shown | {
        "template": f"counter/looks/{'ask' if verb in ASKS else verb}.html",
        **_told(case, verb, said),
    }


def _told(case: Case, verb: str, said: dict[str, Any]) -> dict[str, Any]:
    if verb in ASKS:
        at_door = case.dossier.received_at is None
        until = None if at_door else dossiers.answer_by(case.dossier, case.at)
        return {"asked": said["items"], "reason": said["reason"], "law": said["law"], "until": until}
    return {
        "way": dict(words.WAYS)[said["way"]],
        "at_counter": said["way"] == "counter",
        "receiver": said["receiver"] or case.owner,
        "as": _("người được ủy quyền") if said["authorised"] else _("chính người nộp"),
        "tracking": said["tracking"] if said["way"] == "post" else "",
        "unpaid": case.owes,
    }


@officers()
@never_cache
@require_GET
def preview(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """Form 02 as it would be printed, before it is sent."""
    found = at_desk(request, public_id)
    actor, at = actor_of(request), moment()
    for verb in ASKS:
        fields = fields_of(request, found, verb, name)
        if fields:
            given = Given(fields, {}, act_of(request, "process"), found, dossiers.view_of(found), lang())
            sheet = dossiers.request_sheet(found, **MOVES[verb].read(given), at=at, by=actor)
            log_seen(request, "letter", "process", [found.subject])
            back = f"{reverse('counter:dossier', args=[public_id])}?viec={verb}&xem={name}"
            return render(request, "dossiers/letter.html", {"sheet": sheet, "back": back})
    raise NotFound()

"""The 1022 desk: what a caller says goes in, the procedure's card and the next question come out. One request for each
utterance, by keyboard alone, without JavaScript."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from motcua.assistant import actions as assistant
from motcua.assistant.queries import shown, talks
from motcua.assistant.rules.redacting import shown as with_dots
from motcua.assistant.rules.talking import QUESTION_MAX
from motcua.assistant.rules.talking import State as Talk
from motcua.catalogue import queries as catalogue
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.time import now
from motcua.foundation.ui.controls import page_language
from motcua.helpline import actions, card, queries, rules
from motcua.helpline.errors import HandoverNotFound
from motcua.helpline.words import RESOLVED

PURPOSE = "helpline.call"
TURNS_SHOWN = 6


@officers(rules.ROLE)
@never_cache
@sensitive_post_parameters("said")
@sensitive_variables("typed")
@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, conversation: str = "") -> HttpResponse:
    """What is known of a call so far; one more utterance (POST: said, picked, procedure, act_id)."""
    row = _call(conversation) if conversation else None
    refusal, typed = None, ""
    if request.method == "POST":
        typed = request.POST.get("said", "")
        try:
            made = _asked(request, row, typed)
            if row is None:
                return redirect("helpline:calling", made["conversation"])
            row.refresh_from_db()
            typed = ""
        except Refusal as found:
            refusal = found
    return _show(request, row, refusal, typed)


def _call(conversation: str) -> Any:
    """The conversation of a call. Raises ConversationNotFound; HandoverNotFound for one that is no call."""
    row = talks.by_id(conversation)
    if row.channel != actions.CALL_CHANNEL:
        raise HandoverNotFound()
    return row


def _asked(request: HttpRequest, row: Any, typed: str) -> dict:
    said, picked = rules.spoken(typed), request.POST.get("picked", "")
    procedure = request.POST.get("procedure", "")
    asked = talks.asked_of(row) if row else {}
    if procedure:  # a guess that the agent switches to: its own name is what was meant
        said, picked = _name(procedure), ""
    elif not picked:
        picked = rules.picked(said, [each["value"] for each in asked.get("options") or []])
        if asked.get("kind") == "place" and not picked:
            picked = shown.commune_called(said, now())
        elif picked:
            said = ""
    return assistant.ask(
        act_of(request, PURPOSE),
        question=said,
        picked=picked,
        conversation=row.public_id if row else "",
        procedure="" if row else procedure,
        channel=actions.CALL_CHANNEL,
        language=page_language(),
    )


def _name(slug: str) -> str:
    found = catalogue.hits_of([slug])
    return found[0].name.vi if found else ""


def _show(request: HttpRequest, row: Any, refusal: Refusal | None, typed: str) -> HttpResponse:
    at, turns = now(), talks.turns(row, limit=TURNS_SHOWN) if row else []
    last = shown.turn(turns[-1], row) if turns else None
    asked = last["asked"] if last else None
    slug = turns[-1].slug if turns else ""
    others = [each for each in (turns[-1].guesses if turns else []) if each[0] != slug]
    names = {
        hit.slug: hit.name.say(page_language()) for hit in catalogue.hits_of([each[0] for each in others])
    }
    made = card.of(last, base=settings.MOTCUA.base_url) if last else None
    context: dict[str, Any] = {
        "row": row,
        "over": bool(row) and row.state == Talk.CLOSED,
        "card": made,
        "asked": asked,
        "options": list(enumerate(asked["options"], 1)) if asked else [],
        "communes": shown.communes(at) if asked and asked["kind"] == "place" else [],
        "guesses": [(each[0], names[each[0]]) for each in others if each[0] in names][:4],
        "said": [with_dots(turn.question) for turn in turns if turn.question],
        "help_url": f"{reverse('portal:helping')}?procedure={slug}" if slug else "",
        "resolved": RESOLVED.items(),
        "calls": [_logged(each) for each in queries.last_calls(actor_of(request))],
        "refusal": refusal,
        "typed": typed,
        "most": QUESTION_MAX,
        "act_id": new_act_id(),
    }
    return render(request, "helpline/call.html", context, status=refusal.status if refusal else 200)


def _logged(each: Any) -> dict[str, Any]:
    found = catalogue.hits_of([each.slug]) if each.slug else []
    minutes, seconds = divmod(each.seconds, 60)
    return {
        "at": each.ended_at,
        "lasted": _("{minutes} phút {seconds} giây").format(minutes=minutes, seconds=seconds),
        "about": found[0].name.say(page_language()) if found else _("việc khác"),
        "resolved": RESOLVED[rules.Resolved(each.resolved)],
    }


@officers(rules.ROLE)
@require_POST
def log(request: HttpRequest, conversation: str) -> HttpResponse:
    """Count a call that is over and begin the next (POST: resolved, act_id)."""
    try:
        resolved = request.POST.get("resolved", "")
        actions.log_call(act_of(request, PURPOSE), conversation=conversation, resolved=resolved)
        messages.success(request, _("Đã ghi cuộc gọi."))
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        return _show(request, _call(conversation), refusal, "")
    return redirect("helpline:call")

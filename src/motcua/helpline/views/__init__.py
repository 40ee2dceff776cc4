"""Pages on which a person is asked for (whoever holds the conversation) and on which operators answer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.assistant.queries import talks
from motcua.assistant.rules.redacting import shown
from motcua.assistant.rules.talking import State as Talk
from motcua.catalogue import queries as catalogue
from motcua.foundation import limits
from motcua.foundation.access import seen
from motcua.foundation.doors import actor_of, officers, public
from motcua.foundation.errors import Invalid, NotFound, Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.time import now
from motcua.foundation.ui.controls import page_language
from motcua.foundation.ui.site import site_facts
from motcua.helpline import actions, queries, rules
from motcua.helpline.errors import HandoverOver, TakenByAnother
from motcua.helpline.models import Handover
from motcua.helpline.words import AGREEMENT, AGREEMENTS, CHANNELS, FIELD_WORDS, OUTCOMES, REASONS

PURPOSE = "helpline.answer"
WHY = "a conversation is known only to who holds it; she decides herself what is handed over"


# Asking for a person -------------------------------------------------------------------------------------------------


@public(WHY)
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, conversation: str) -> HttpResponse:
    """What would be handed over, and the way to agree to it (POST: agreed = all | last, act_id)."""
    caller = request.META.get("REMOTE_ADDR", "")
    limits.demand(f"assistant:{caller}", per_minute=settings.MOTCUA.rate_assistant_per_minute)
    at, row = now(), talks.conversation(actor_of(request), conversation)
    refusal = None
    if request.method == "POST":
        try:
            agreed = request.POST.get("agreed") == "all"
            actions.ask(act_of(request, "ask"), conversation=conversation, agreed=agreed)
            return redirect("helpline:ask", conversation)
        except Refusal as found:
            refusal = found
    known = queries.open_of(row)
    whole = queries.transcript(row)
    last = queries.last_question(row)
    context = {
        "conversation": row,
        "turns": [{**turn, "question": shown(turn["question"])} for turn in whole],
        "last": shown(next((turn["question"] for turn in whole if turn["number"] == last), "")),
        "known": known,
        "taken": known is not None and known.state == rules.State.TAKEN,
        "over": row.state == Talk.CLOSED,
        "agreement": AGREEMENTS[AGREEMENT],
        "hours": queries.hours(at),
        "waited": rules.waited_minutes(known.waiting_since, at) if known else 0,
        "refusal": refusal,
        "hotline": site_facts(page_language())["hotline"],
        "act_id": new_act_id(),
    }
    return render(request, "helpline/ask.html", context, status=refusal.status if refusal else 200)


# Answering -----------------------------------------------------------------------------------------------------------


@officers(rules.ROLE)
@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Who waits for a person, the longest first, and what is being answered."""
    actor, at = actor_of(request), now()
    waiting = queries.waiting(actor)
    context = {
        "waiting": [_row(row, at) for row in waiting],
        "taken": [
            _row(row, at) | {"mine": row.officer_id == actor.account_id} for row in queries.taken(actor)
        ],
        "longest": queries.longest_wait(at),
        "long_minutes": int(rules.WAIT_LONG.total_seconds() // 60),
        "hours": queries.hours(at),
        "act_id": new_act_id(),
    }
    return render(request, "helpline/queue.html", context)


def _row(row: Handover, at: Any) -> dict[str, Any]:
    return {
        "row": row,
        "reason": REASONS[rules.Reason(row.reason)],
        "channel": CHANNELS.get(row.channel, row.channel),
        "language": _("Tiếng Anh") if row.language == "en" else _("Tiếng Việt"),
        "minutes": rules.waited_minutes(row.waiting_since, at),
        "long": rules.waits_long(row.waiting_since, at),
    }


@officers(rules.ROLE)
@never_cache
@require_safe
def show(request: HttpRequest, handover: str) -> HttpResponse:
    """One request that one has taken: what was said, and the forms to answer and to end it."""
    return _show(request, queries.readable(actor_of(request), handover))


def _show(request: HttpRequest, row: Handover, refusal: Refusal | None = None) -> HttpResponse:
    actor, at = actor_of(request), now()
    turns = queries.transcript(row.conversation, row.from_turn, row.closed_at)
    seen(actor, at=at, purpose=PURPOSE, page="helpline:handover", subjects=[row.conversation.subject])
    problems = {each["field"]: each["message"] for each in getattr(refusal, "problems", [])}
    slug = next((turn["slug"] for turn in reversed(turns) if turn["slug"]), "")
    asked = next((turn["question"] for turn in reversed(turns) if turn["question"]), "")
    told = next((turn["officer"] for turn in reversed(turns) if turn["officer"]), "")
    context = {
        "each": _row(row, at),
        "turns": turns,
        "open": row.state == rules.State.TAKEN,
        "outcome": OUTCOMES[rules.Outcome(row.outcome)] if row.outcome else "",
        "outcomes": [(each.value, OUTCOMES[each]) for each in rules.OUTCOMES],
        "fields": FIELD_WORDS.items(),
        "slug": slug,
        "procedure": _name(slug),
        "typed": request.POST if refusal else {"question": asked, "answer": told},
        "problems": problems,
        "refusal": refusal,
        "answer_max": rules.ANSWER_MAX,
        "act_id": new_act_id(),
    }
    return render(request, "helpline/handover.html", context, status=refusal.status if refusal else 200)


def _name(slug: str) -> str:
    try:
        return catalogue.hits_of([slug])[0].name.say(page_language()) if slug else ""
    except (NotFound, IndexError):
        return ""


@officers(rules.ROLE)
@never_cache
@sensitive_post_parameters("text", "question", "answer")
@require_POST
def move(request: HttpRequest, handover: str, helpline_verb: str) -> HttpResponse:
    """take, say (text), release, close (outcome, propose, question, answer, slug, path, article); POST also act_id."""
    post = request.POST
    try:
        if helpline_verb == "take":
            actions.take(act_of(request, PURPOSE), handover=handover)
        elif helpline_verb == "say":
            actions.say(act_of(request, PURPOSE), handover=handover, text=post.get("text", ""))
        elif helpline_verb == "release":
            actions.release(act_of(request, PURPOSE), handover=handover)
            messages.success(request, _("Đã trả lại hàng chờ để người khác nhận."))
            return redirect("helpline:queue")
        elif helpline_verb == "close":
            names = ("question", "answer", "slug", "path", "article") if post.get("propose") else ()
            given = {name: post.get(name, "") for name in names}
            propose = bool(post.get("propose"))
            outcome = post.get("outcome", "")
            actions.close(
                act_of(request, PURPOSE), handover=handover, outcome=outcome, propose=propose, **given
            )
            done = (
                _("Đã kết thúc và gửi đề xuất cho người biên tập.") if propose else _("Đã kết thúc yêu cầu.")
            )
            messages.success(request, done)
            return redirect("helpline:queue")
        else:
            raise NotFound()
    except (TakenByAnother, HandoverOver) as refusal:
        messages.error(request, f"{refusal.sentence} {refusal.way_out}")
        return redirect("helpline:queue")
    except Invalid as refusal:
        return _show(request, queries.readable(actor_of(request), handover), refusal)
    return redirect("helpline:handover", handover)

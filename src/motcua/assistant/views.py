"""The assistant's page. The same addresses serve the panel beside other pages: it asks for pieces (X-Fragment)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from motcua.agencies import queries as agencies
from motcua.assistant import actions, drawn
from motcua.assistant.models import Conversation
from motcua.assistant.queries import talks
from motcua.assistant.queries.people import people_answer, people_page
from motcua.assistant.rules.talking import QUESTION_MAX, State
from motcua.assistant.talk_words import EXAMPLES, WHYS
from motcua.catalogue import queries as catalogue
from motcua.foundation import limits
from motcua.foundation.access import seen
from motcua.foundation.doors import actor_of, public, signed_in
from motcua.foundation.errors import NotFound, Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.time import local_date, now
from motcua.foundation.ui.controls import page_language
from motcua.foundation.ui.site import site_facts
from motcua.kernel import forms

SESSION = "assistant"  # {"id": the conversation, "page": the procedure whose page she asked from last}
WHY = "it answers from what is published; a conversation is known only to who holds it"


def _demand(request: HttpRequest) -> None:
    caller = request.META.get("REMOTE_ADDR", "")
    limits.demand(f"assistant:{caller}", per_minute=settings.MOTCUA.rate_assistant_per_minute)


def _kept(request: HttpRequest) -> dict[str, str]:
    found = request.session.get(SESSION)
    return found if isinstance(found, dict) else {}


def _mine(request: HttpRequest) -> Conversation | None:
    """The conversation of this browser, None when there is none that still lives."""
    known = _kept(request).get("id", "")
    return talks.living(actor_of(request), known) if known else None


def _is_piece(request: HttpRequest) -> bool:
    return request.headers.get("X-Fragment") == "1"


def _slug_of(path: str) -> str:
    """The procedure that a page of ours is about, "" for none."""
    try:
        slug = resolve(path).kwargs.get("slug", "") if path.startswith("/") else ""
        return catalogue.by_slug(slug).slug if slug else ""
    except (Resolver404, NotFound):
        return ""


def _show(
    request: HttpRequest, row: Conversation | None, *, refusal: Refusal | None = None, typed: str = ""
) -> HttpResponse:
    at = now()
    rows = talks.turns(row) if row else []
    shown = drawn.turns(rows, row) if row else []
    subjects = drawn.own_subjects(rows)
    if subjects:
        seen(actor_of(request), at=at, purpose="follow", page="assistant:talk", subjects=subjects)
    asked = shown[-1]["asked"] if shown else None
    context: dict[str, Any] = {
        "conversation": row,
        "turns": shown,
        "asked": asked,
        "communes": drawn.communes(at) if asked and asked["kind"] == "place" else [],
        "page": request.POST.get("trang") or request.GET.get("trang", ""),
        "typed": typed,
        "refusal": refusal,
        "whys": WHYS.items(),
        "examples": [(str(each), _(each)) for each in EXAMPLES],
        "act_id": new_act_id(),
        "question_max": QUESTION_MAX,
        "people": people_answer(at),
        "people_page": people_page(),
        "waiting": bool(row) and row.state == State.WAITING,
        "with_person": bool(row) and row.state == State.WITH_PERSON,
        "signed_in": actor_of(request).is_person,
        "hotline": site_facts(page_language())["hotline"],
    }
    status = refusal.status if refusal else 200
    if _is_piece(request):
        response = render(request, "assistant/talk.html", context, status=status)
        response["X-Fragment"] = "1"
        return response
    return render(request, "assistant/page.html", context, status=status)


def _after(request: HttpRequest, row: Conversation | None, place: str = "") -> HttpResponse:
    """The page anew after a change: as a piece at once, else by going there."""
    if _is_piece(request):
        return _show(request, row)
    return redirect(f"{reverse('assistant:talk')}{place}")


@public(WHY)
@never_cache
@sensitive_post_parameters("question")
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def talk(request: HttpRequest) -> HttpResponse:
    """Read the conversation of this browser; ask (POST: question, picked, trang, act_id)."""
    row = _mine(request)
    if request.method != "POST":
        return _show(request, row)
    typed = request.POST.get("question", "")
    try:
        _demand(request)
        made = _ask(request, row, typed)
    except Refusal as refusal:
        return _show(request, row, refusal=refusal, typed=typed)
    return _after(request, talks.living(actor_of(request), made["conversation"]), f"#luot-{made['turn']}")


@sensitive_variables()
def _ask(request: HttpRequest, row: Conversation | None, typed: str) -> dict:
    kept, slug = _kept(request), _slug_of(request.POST.get("trang", ""))
    picked = request.POST.get("picked", "")
    if row and typed and not picked and talks.asked_of(row).get("kind") == "place":
        picked = drawn.commune_called(typed, now())
    made = actions.ask(
        act_of(request, "ask"),
        question=typed,
        picked=picked,
        conversation=row.public_id if row else "",
        procedure=slug if slug and (row is None or slug != kept.get("page")) else "",
        language=page_language(),
    )
    keep = {"id": made["conversation"], "page": slug or kept.get("page", "")}
    if keep != kept:
        request.session[SESSION] = keep
    return made


@public(WHY)
@never_cache
@sensitive_post_parameters("note")
@require_POST
def rate(request: HttpRequest) -> HttpResponse:
    """Say whether an answer helped (POST: turn, useful, why, note, act_id)."""
    row = _mine(request)
    number = request.POST.get("turn", "")
    try:
        _demand(request)
        if row is not None and number.isdigit() and len(number) < 5:
            actions.rate(
                act_of(request, "ask"),
                conversation=row.public_id,
                turn=int(number),
                useful={"yes": True, "no": False}.get(request.POST.get("useful", "")),
                why=request.POST.get("why", ""),
                note=request.POST.get("note", ""),
            )
    except Refusal as refusal:
        return _show(request, row, refusal=refusal)
    return _after(request, row, f"#luot-{number}" if number.isdigit() else "")


@public(WHY)
@never_cache
@require_POST
def person(request: HttpRequest) -> HttpResponse:
    """Ask that a person answers (POST: agreed, act_id)."""
    row = _mine(request)
    try:
        _demand(request)
        if row is not None and people_answer(now()):
            agreed = request.POST.get("agreed") == "yes"
            actions.ask_person(act_of(request, "ask"), conversation=row.public_id, agreed=agreed)
            row.refresh_from_db()
    except Refusal as refusal:
        return _show(request, row, refusal=refusal)
    return _after(request, row, "#nguoi")


@public(WHY)
@never_cache
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Begin anew, or erase what was said (POST: do = new | erase | erase_mine, act_id)."""
    row, do = _mine(request), request.POST.get("do", "")
    _demand(request)
    if do == "erase_mine":
        actions.erase_mine(act_of(request, "ask"))
    elif row is not None and do == "erase":
        actions.erase(act_of(request, "ask"), conversation=row.public_id)
    elif row is not None:
        actions.close(act_of(request, "ask"), conversation=row.public_id)
    if do.startswith("erase") and not _is_piece(request):
        messages.success(request, _("Đã xóa cuộc trò chuyện."))
    request.session.pop(SESSION, None)
    return _after(request, None)


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def declare(request: HttpRequest, conversation: str) -> HttpResponse:
    """What the declaration will be filled in with, and where to hand it in (POST: agency, act_id)."""
    at = now()
    row = talks.conversation(actor_of(request), conversation)
    view, given = talks.declaration_of(row, at)
    if request.method == "POST":
        agency = request.POST.get("agency", "")
        made = actions.open_declaration(
            act_of(request, "declare"), conversation=conversation, agency=agency or None
        )
        if made["filled"]:
            messages.success(
                request, _("Đã điền sẵn những gì bạn đã trả lời trợ lý. Bạn xem lại rồi khai tiếp.")
            )
        return redirect("portal:tasks", made["dossier"])
    day, language = local_date(at), page_language()
    names, form = agencies.names_in(language), view.declaration
    answers = [(form.field(name), value) for name, value in given.items()]
    offices = sorted(agencies.receiving_agencies(day), key=lambda office: office.level == "province")
    context = {
        "view": view,
        "rows": [
            {"label": one.label.say(language), "value": forms.say(one, value, language, names)}
            for one, value in answers
        ],
        "centres": [(office.code, office.name(language)) for office in offices],
        "chosen": actions.centre_for(talks.context_of(row), at),
        "act_id": new_act_id(),
    }
    return render(request, "assistant/declare.html", context)

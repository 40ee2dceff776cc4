"""One box that finds: a code, a reference, today's number, a personal number, a phone, a name."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.counter import listing
from motcua.counter.base import (
    WORKERS,
    demand_search,
    desks,
    lang,
    log_dossiers,
    moment,
    stated_purpose,
    today,
)
from motcua.dossiers import queries as dossiers
from motcua.foundation.actors import Actor
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.forms import new_act_id
from motcua.foundation.kept import keep, kept
from motcua.kernel.identifiers import normal_phone
from motcua.kernel.identifiers.personal import bare_digits
from motcua.kernel.text import words
from motcua.people import queries as people

SHOWN_MAX = 50
PEOPLE_MAX = 20


@officers(*WORKERS)
@never_cache
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Dossiers this officer may see, by what somebody says or shows. POST q: the words stay out of addresses; what
    was asked is then shown at an address that one can come back to (GET tim)."""
    if request.method == "POST":
        return _ask(request, request.POST.get("q", "").strip()[:200])
    text = kept(request, "search", request.GET.get("tim", ""))
    if not text:
        return render(request, "counter/search.html", {"text": "", "search_words": ""})
    return _found(request, text)


def _ask(request: HttpRequest, text: str) -> HttpResponse:
    """One dossier named exactly opens at once; everything else is a list."""
    if not text:
        return redirect("counter:search")
    demand_search(request)
    actor = actor_of(request)
    exact = dossiers.find_exact(dossiers.visible_to(actor), text, desks(actor), today())
    if len(exact) == 1:
        return redirect("counter:dossier", exact[0].public_id)
    return redirect(f"{reverse('counter:search')}?tim={keep(request, 'search', text)}")


def _found(request: HttpRequest, text: str) -> HttpResponse:
    actor, at = actor_of(request), moment()
    exact = dossiers.find_exact(dossiers.visible_to(actor), text, desks(actor), today())
    persons = [] if exact else people.search(text, limit=PEOPLE_MAX)
    found = exact or by_person(actor, text, persons)
    by_party = {d.applicant_id for d in found}
    at_desk = bool(desks(actor))
    # Somebody none of whose dossiers this officer may see is shown to the desk only, which may begin one for her.
    shown = [p for p in persons if p.id in by_party or at_desk]
    log_dossiers(request, "search", "search", found, others=[p.subject for p in shown])
    context = {
        "text": text,
        "search_words": text,
        "lines": [listing.line_of(actor, d, at, purpose=stated_purpose(request)) for d in found],
        "people": shown if at_desk else [],
        "full": len(found) >= SHOWN_MAX,
        "act_id": new_act_id(),
        "at_desk": at_desk,
        "desk_names": [desk.name(lang()) for desk in desks(actor)],
    }
    return render(request, "counter/search.html", context)


def by_person(actor: Actor, text: str, persons: list[Any]) -> list[Any]:
    """The dossiers of the people found, and what waits at the door under that name, number or phone."""
    found = dossiers.find_of_parties(dossiers.visible_to(actor), [p.id for p in persons], limit=SHOWN_MAX)
    doors = [h for h in actor.holders if h.endswith(":reception")]
    waiting = (
        [d for d in dossiers.unnamed_at_door(doors) if says(dossiers.answers_of(d), text)] if doors else []
    )
    return [*waiting, *found][:SHOWN_MAX]


def says(answers: dict[str, Any], text: str) -> bool:
    """Whether a declaration names this person: the number, the phone, or every word of the name."""
    digits = bare_digits(text)
    if digits.isdigit():
        phone = normal_phone(text)
        return answers.get("personal_number") == digits or bool(phone and answers.get("phone") == phone)
    typed, name = words(text), words(str(answers.get("full_name") or ""))
    return bool(typed) and set(typed[:-1]) <= set(name) and any(w.startswith(typed[-1]) for w in name)

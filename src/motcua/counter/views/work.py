"""Worklists, and what is done to many dossiers at once: every item is an act of its own, with its own result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.counter import listing, words
from motcua.counter.base import (
    act_of,
    fresh_id,
    lang,
    log_dossiers,
    log_seen,
    moment,
    revision_of,
    stated_purpose,
    words_of,
)
from motcua.counter.errors import NothingPicked, UnknownVerb
from motcua.counter.moves import BATCH, MOVES, Given, perform
from motcua.dossiers import queries as dossiers
from motcua.foundation.api import cursor, read_cursor
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.errors import Refusal

ROWS = 100
PICKED_MAX = 200
# Done from the row itself: nothing is asked, nothing is lost by a mis-click that the next step cannot put right.
ONE_CLICK = ("receive", "transfer", "take", "advance", "approve")


@officers()
@never_cache
@require_GET
def work(request: HttpRequest) -> HttpResponse:
    """The list of one holder key: soonest due first, 100 rows, then by cursor. GET tab, state, procedure, all, sau."""
    actor, at = actor_of(request), moment()
    tabs = listing.tabs_of(actor, lang())
    counts = listing.counts_of(actor, tabs)
    request.waiting = sum(counts.values())  # type: ignore[attr-defined]  the navigation shows it, counted once
    tab = listing.tab_called(tabs, request.GET.get("tab", ""), counts)
    todo = tab.todo and request.GET.get("all") != "1"
    state, procedure = _filters(request) if todo else ("", None)
    found = dossiers.worklist(
        tab.holder,
        limit=ROWS + 1,
        after=_after(request.GET.get("sau")),
        todo=todo,
        state=state,
        procedure=procedure,
    )
    items, more = found[:ROWS], len(found) > ROWS
    shown = [item.dossier for item in items]
    led = any(dossiers.only_leads(actor, dossier) for dossier in shown)
    purpose = stated_purpose(request) if led else ""
    lines = [listing.line_of(actor, dossier, at, tab.key, purpose=purpose) for dossier in shown]
    log_dossiers(request, "worklist", "worklist", shown)
    last = items[-1] if more else None
    query = _query(tab.key, todo, state, procedure)
    context = {
        "tabs": [_drawn(each, counts, tab) for each in tabs],
        "tab": tab,
        "todo": todo,
        "lines": lines,
        "states": _state_chips(tab, state, procedure) if todo else [],
        "procedures": _procedure_options(items, procedure),
        "procedure": procedure,
        "state": state,
        "verbs": _batch_verbs(lines),
        "waiting": counts.get(tab.holder, 0),
        "next": f"{query}&sau={cursor('worklist', last.sort_key, last.dossier.pk)}" if last else "",
        "previous": query if request.GET.get("sau") else "",
        "act_id": fresh_id(),
        "one_click": ONE_CLICK,
        "led": led,
        "named": dossiers.PURPOSES.get(purpose, ""),
        "purposes": list(dossiers.PURPOSES.items()),
        "here": request.get_full_path(),
        "is_desk": actor.has_role("receptionist", "clerk"),
    }
    return render(request, "counter/work.html", context)


def _after(text: str | None) -> tuple[str, int] | None:
    place = read_cursor("worklist", text) if text else None
    if not place or len(place) != 2 or not isinstance(place[1], int):
        return None
    return str(place[0]), place[1]


def _filters(request: HttpRequest) -> tuple[str, int | None]:
    state, procedure = request.GET.get("state", ""), request.GET.get("procedure", "")
    known = state if state in words.STATES else ""
    return known, int(procedure) if procedure.isascii() and procedure.isdigit() and len(
        procedure
    ) < 12 else None


def _query(tab: str, todo: bool, state: str, procedure: int | None) -> str:
    query = QueryDict(mutable=True)
    query["tab"] = tab
    for name, value in (("all", "" if todo else "1"), ("state", state), ("procedure", str(procedure or ""))):
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


def _drawn(each: listing.Tab, counts: dict[str, int], current: listing.Tab) -> dict[str, Any]:
    count = listing.count_shown(counts.get(each.holder, 0)) if each.todo else ""
    return {"label": each.label, "href": each.href, "current": each == current, "count": count}


CHIPS = {
    "reception": ("submitted", "received", "result_ready"),
    "me": ("in_process",),
}


def _state_chips(tab: listing.Tab, state: str, procedure: int | None) -> list[dict[str, Any]]:
    """The stages that wait on this tab, where there are several."""
    stages = CHIPS.get(tab.role, ())
    if len(stages) < 2:
        return []
    chips = [
        {"label": _("Tất cả việc chờ"), "href": _query(tab.key, True, "", procedure), "current": not state}
    ]
    return chips + [
        {
            "label": words.STATES[stage],
            "href": _query(tab.key, True, stage, procedure),
            "current": stage == state,
        }
        for stage in stages
    ]


def _procedure_options(items: list[Any], chosen: int | None) -> list[tuple[int, Any]]:
    """The procedures on this page, to narrow the list by: a batch is mostly one kind of dossier."""
    found = {item.dossier.procedure_id: dossiers.view_of(item.dossier).name for item in items}
    return sorted(found.items(), key=lambda pair: pair[1].say(lang())) if len(found) > 1 or chosen else []


def _batch_verbs(lines: list[listing.Line]) -> list[dict[str, Any]]:
    """What may be done at once: the next decisions of the rows, each with how many rows it fits."""
    counts: dict[str, int] = {}
    for line in lines:
        if line.verb in BATCH:
            counts[line.verb] = counts.get(line.verb, 0) + 1
    if counts.get("approve"):
        counts["send_back"] = counts["approve"]
    return [
        {"verb": verb, "word": words.VERBS[verb], "count": counts[verb]} for verb in BATCH if counts.get(verb)
    ]


# Many at once ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What became of one item of a batch."""

    id: str
    code: str
    done: bool
    said: tuple[str, ...]


class _Shared(dict):
    """The fields that all items of a batch share, read as a form is."""

    def getlist(self, name: str) -> list[str]:
        return [self[name]] if self.get(name) else []


@officers()
@never_cache
@require_POST
def batch(request: HttpRequest) -> HttpResponse:
    """Do one verb on every picked dossier. POST pick (`id:revision`, repeated) or one (`verb:id:revision`), act_id.

    What is final is asked once more (`sure`). The page tells of every item what was done or why not.
    """
    verb, picked = _picked(request)
    if verb not in BATCH:
        raise UnknownVerb()
    if not picked:
        raise NothingPicked()
    if (MOVES[verb].final or MOVES[verb].asks) and request.POST.get("sure") != "1":
        return _ask_once_more(request, verb, picked)
    outcomes = [_do(request, verb, public_id, revision) for public_id, revision in picked]
    context = {
        "verb": verb,
        "word": words.DONE[verb],
        "done": [outcome for outcome in outcomes if outcome.done],
        "refused": [outcome for outcome in outcomes if not outcome.done],
        "back": _back(request),
        "handover_act": fresh_id(),
    }
    if len(outcomes) == 1 and outcomes[0].done:
        return _tell_and_go_back(request, context)
    log_seen(request, "batch", "process", [f"dossier:{outcome.id}" for outcome in outcomes if outcome.code])
    return render(request, "counter/batch.html", context)


def _picked(request: HttpRequest) -> tuple[str, list[tuple[str, str]]]:
    """The verb and the picked (id, revision) pairs, each dossier once."""
    one = request.POST.get("one", "")
    if one:
        verb, _colon, item = one.partition(":")
        items = [item]
    else:
        verb, items = request.POST.get("verb", ""), request.POST.getlist("pick")[:PICKED_MAX]
    pairs: dict[str, str] = {}
    for item in items:
        public_id, _colon, revision = item.partition(":")
        if public_id.isalnum() and len(public_id) <= 26:
            pairs.setdefault(public_id, revision)
    return verb, list(pairs.items())


def _back(request: HttpRequest) -> str:
    tab = request.POST.get("tab", "")
    return reverse("counter:work") + (f"?tab={tab}" if tab.replace("-", "").isalnum() else "")


def _ask_once_more(
    request: HttpRequest, verb: str, picked: list[tuple[str, str]], problem: str = ""
) -> HttpResponse:
    actor, at = actor_of(request), moment()
    lines, shown = [], []
    for public_id, _revision in picked:
        try:
            dossier = dossiers.get_visible(actor, public_id)
        except Refusal:
            continue
        lines.append(listing.line_of(actor, dossier, at, purpose=stated_purpose(request)))
        shown.append(dossier)
    log_dossiers(request, "batch", "process", shown)
    context = {
        "verb": verb,
        "word": words.VERBS[verb],
        "lines": lines,
        "picked": [f"{public_id}:{revision}" for public_id, revision in picked],
        "act_id": request.POST.get("act_id") or fresh_id(),
        "tab": request.POST.get("tab", ""),
        "ways": words.WAYS,
        "back": _back(request),
    }
    return render(request, "counter/batch_ask.html", context)


def _do(request: HttpRequest, verb: str, public_id: str, revision: str) -> Outcome:
    """One item: its own act, its own result. A refusal of one leaves the others alone."""
    actor = actor_of(request)
    code = ""
    try:
        dossier = dossiers.get_visible(actor, public_id)
        code = dossier.code or dossier.reference
        # The part is named by verb and dossier, so that a second sending repeats and another choice is another act.
        act = act_of(request, "process").part(f"{verb}-{public_id}")
        shared = _Shared({"outcome": "granted", "way": "counter", **_own_fields(request)})
        done = perform(
            verb,
            Given(shared, {}, act, dossier, dossiers.view_of(dossier), lang()),
            revision=revision_of(revision),
        )
        code = done.get("code") or code
    except Refusal as refusal:
        return Outcome(public_id, code, False, tuple(words_of(refusal)))
    return Outcome(public_id, code, True, ())


def _own_fields(request: HttpRequest) -> dict[str, str]:
    """The fields of the page that asks once more."""
    given = {name: request.POST.get(name, "") for name in ("remark", "way", "tracking")}
    return {name: value for name, value in given.items() if value}


def _tell_and_go_back(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    (outcome,) = context["done"]
    messages.success(request, _("{word}: {code}").format(word=context["word"], code=outcome.code))
    return redirect(context["back"])


@officers()
@never_cache
@require_GET
def following(request: HttpRequest) -> HttpResponse:
    """Open the next dossier that waits on a tab (GET tab); the list, when nothing waits any more."""
    actor = actor_of(request)
    tabs = listing.tabs_of(actor, lang())
    tab = next((each for each in tabs if each.key == request.GET.get("tab")), None)
    found = dossiers.worklist(tab.holder, limit=1) if tab and tab.todo else []
    if not found:
        return redirect("counter:work")
    return redirect(f"{reverse('counter:dossier', args=[found[0].dossier.public_id])}?tab={tab.key}")

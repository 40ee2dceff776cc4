"""What is being taught: its entries, what it changes, publishing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.assistant.models import Comparison, Lesson
from motcua.assistant.rules import teaching
from motcua.assistant.teaching import actions, entries, lessons, questions, words
from motcua.assistant.teaching.views._common import PURPOSE, language, told
from motcua.assistant.teaching.views.asked import kinds
from motcua.catalogue import queries as catalogue
from motcua.editing.queries import second_person_needed
from motcua.foundation import access
from motcua.foundation.doors import actor_of, administrators
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import act_of, new_act_id, number
from motcua.foundation.time import now

ROWS_SHOWN = 200


@administrators
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The lesson that is being written, ways to begin one, what was finished last."""
    actor = actor_of(request)
    held = lessons.standing(now())
    context = {
        "open": lessons.open_lesson(actor),
        "finished": [
            {"lesson": each, "state": words.STATES[teaching.State(each.state)]}
            for each in lessons.finished_lessons(actor)
        ],
        "standing": held,
        "standing_count": sum(len(held.body.get(label) or ()) for label in teaching.LABELS) if held else 0,
        "kinds": kinds(),
    }
    return render(request, "assistant/teaching/lessons.html", context)


@administrators
@never_cache
@require_safe
def show(request: HttpRequest, lesson: str) -> HttpResponse:
    """One lesson: everything in it, who wrote it, what is wrong, whether it was compared, what comes next."""
    actor, at = actor_of(request), now()
    row = lessons.lesson_for(actor, lesson)
    is_open = row.state in teaching.OPEN_STATES
    compared = lessons.comparison_of(row, at) if is_open else None
    needs_other = second_person_needed(at) and actor.key in lessons.authors_of(row)
    context = {
        **_page(row),
        "is_open": is_open,
        "parts": _parts(row),
        "changes": [_change(each) for each in lessons.changes_of(row)],
        "faults": [fault.message for fault in lessons.faults(row.body, at)] if is_open else [],
        "compared": compared,
        "costs": _costs(compared),
        "figures": _figures(compared, short=True) if compared and compared.done_at else [],
        "counts": _counts(compared) if compared and compared.done_at else {},
        "may_publish": not needs_other,
        "offered": row.state == teaching.State.OFFERED,
        "kinds": kinds(),
    }
    return render(request, "assistant/teaching/lesson.html", context)


def _page(row: Lesson) -> dict[str, Any]:
    state = words.STATES[teaching.State(row.state)]
    return {"lesson": row, "state": state, "seen": row.revision, "act_id": new_act_id()}


def _parts(row: Lesson) -> list[dict[str, Any]]:
    """The entries by kind; those that are not published yet are marked."""
    before = row.base.body if row.base else {}
    found = []
    for label in teaching.LABELS:
        old = list(before.get(label) or ())
        rows = [
            {"place": place, "new": entry not in old, **entries.in_words(label, entry, language())}
            for place, entry in enumerate(row.body.get(label) or ())
        ]
        if rows:
            found.append({"label": label, "name": words.KINDS[label].name, "rows": rows})
    return found


def _change(change: Any) -> dict[str, Any]:
    said = teaching.said_in(change.label, change.entry)
    return {"change": change, "kind": words.KINDS[change.label].name, "said": said[0] if said else ""}


def _costs(compared: Comparison | None) -> list[Any]:
    done = compared is not None and compared.done_at is not None
    return [words.COSTS[cost] for cost in lessons.losses_of(compared)] if done and compared else []


def _counts(compared: Comparison) -> dict[str, int]:
    hows = [row["how"] for row in compared.golden]
    return {how: hows.count(how) for how in teaching.HOWS} | {"asked": len(compared.asked)}


def _figures(compared: Comparison, *, short: bool = False) -> list[dict[str, Any]]:
    """Before and after, side by side; `short` leaves out what did not change."""
    before, after = compared.figures["before"], compared.figures["after"]
    rows = []
    for name, label in words.FIGURES.items():
        was, would = before.get(name), after.get(name)
        if was is None or would is None or (short and was == would and name != "hit@1"):
            continue
        worse = would > was if name in words.FEWER_IS_BETTER else would < was
        known = name in (
            "hit@1",
            "hit@3",
            "wrong_but_confident",
            "out_of_scope_handled",
            "behaviour_as_expected",
        )
        tone = "" if was == would or not known else ("wrong" if worse else "good")
        by = f"{(would - was) * 100:+.1f}".replace(".", _decimal()) if would != was else "0"
        rows.append({"label": label, "before": _share(was), "after": _share(would), "tone": tone, "by": by})
    return rows


def _decimal() -> str:
    return "." if language() == "en" else ","


def _share(value: float) -> str:
    return f"{value * 100:.1f} %".replace(".", _decimal())


@administrators
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comparison(request: HttpRequest, lesson: str) -> HttpResponse:
    """POST asks what the lesson changes; GET shows it, or that it is still being found out."""
    actor, at = actor_of(request), now()
    row = lessons.lesson_for(actor, lesson)
    if request.method == "POST":
        try:
            actions.compare(act_of(request, PURPOSE), lesson=lesson, seen=number(request.POST.get("seen")))
        except Refusal as refusal:
            return _refused(request, refusal, lesson)
        return redirect("teaching:comparison", lesson)
    found = lessons.comparison_of(row, at) or row.comparisons.order_by("-pk").first()
    context = {**_page(row), "found": found, "is_open": row.state in teaching.OPEN_STATES}
    if found is not None and found.done_at is not None:
        asked = _asked(request, found)
        context |= {
            "figures": _figures(found),
            "parts": _turned(found),
            "asked": asked,
            "counts": _counts(found),
            "costs": _costs(found),
            "stale": found.hash != row.hash or found.base != lessons.basis(at),
        }
    elif found is not None:
        context["waits"] = max(0, round((at - found.asked_at).total_seconds()))
    return render(request, "assistant/teaching/comparison.html", context)


def _turned(found: Comparison) -> list[dict[str, Any]]:
    """The rows of the golden set by how they turned."""
    slugs = {row[side]["slug"] for row in found.golden for side in ("before", "after")}
    names = _names(slugs)
    parts = []
    for how in teaching.HOWS:
        rows = [row for row in found.golden if row["how"] == how]
        if rows:
            shown = [{**row, "was": _said(row["before"], names), "would": _said(row["after"], names)}
                     for row in rows[:ROWS_SHOWN]]  # fmt: skip
            parts.append({"how": how, "name": words.HOWS[how], "rows": shown, "count": len(rows)})
    return parts


def _names(slugs: set[str]) -> dict[str, dict[str, str]]:
    return {hit.slug: {"vi": hit.name.vi, "en": hit.name.en} for hit in catalogue.hits_of(slugs - {""})}


def _said(row: dict[str, Any], names: dict[str, dict[str, str]]) -> dict[str, Any]:
    behaviour = words.BEHAVIOURS.get(row["behaviour"], row["behaviour"])
    return {"behaviour": behaviour, "name": names.get(row["slug"]), "said": row.get("said", "")}


def _asked(request: HttpRequest, found: Comparison) -> list[dict[str, Any]]:
    """The questions of people that would be answered otherwise; what was erased since is left out."""
    actor = actor_of(request)
    pks = [row["turn"] for row in found.asked[:ROWS_SHOWN]]
    turns = {
        turn.pk: turn
        for turn in questions.visible_to(actor).filter(pk__in=pks).select_related("conversation")
    }
    names = _names({row[side]["slug"] for row in found.asked for side in ("before", "after")})
    shown = [row for row in found.asked if row["turn"] in turns]
    subjects = questions.subjects(turn.conversation.public_id for turn in turns.values())
    access.seen(actor, at=now(), purpose=PURPOSE, page=request.path, subjects=subjects)
    return [
        {
            "question": turns[row["turn"]].question,
            "at": turns[row["turn"]].at,
            "was": _said(row["before"], names),
            "would": _said(row["after"], names),
        }
        for row in shown
    ]


def _refused(request: HttpRequest, refusal: Refusal, lesson: str) -> HttpResponse:
    if refusal.status in (403, 404) and refusal.code != "assistant.other_publishes":
        raise refusal
    told(request, refusal)
    return redirect("teaching:lesson", lesson)


@administrators
@require_POST
def take_out(request: HttpRequest, lesson: str) -> HttpResponse:
    """Take an entry out. POST label, place, seen."""
    label, place = request.POST.get("part", ""), number(request.POST.get("place"))
    seen = number(request.POST.get("seen"))
    try:
        actions.take_out(act_of(request, PURPOSE), lesson=lesson, seen=seen, label=label, place=place)
    except Refusal as refusal:
        return _refused(request, refusal, lesson)
    messages.success(request, _("Đã bỏ mục ấy khỏi bản soạn."))
    return redirect("teaching:lesson", lesson)


@administrators
@require_POST
def publish(request: HttpRequest, lesson: str) -> HttpResponse:
    """Offer a lesson to a second person (do=offer) or publish it (do=publish, reason where it costs)."""
    seen = number(request.POST.get("seen"))
    try:
        if request.POST.get("do") == "offer":
            actions.offer(act_of(request, PURPOSE), lesson=lesson, seen=seen)
            messages.success(request, _("Đã gửi để người quản trị khác xem và công bố."))
        else:
            reason = request.POST.get("reason", "")[:1000]
            made = actions.publish(act_of(request, PURPOSE), lesson=lesson, seen=seen, reason=reason)
            messages.success(request, _("Đã công bố bản số {number}.").format(number=made["number"]))
    except Refusal as refusal:
        return _refused(request, refusal, lesson)
    return redirect("teaching:lesson", lesson)


@administrators
@require_POST
def discard(request: HttpRequest, lesson: str) -> HttpResponse:
    """Throw a lesson away."""
    try:
        actions.discard(act_of(request, PURPOSE), lesson=lesson, seen=number(request.POST.get("seen")))
    except Refusal as refusal:
        return _refused(request, refusal, lesson)
    messages.success(request, _("Đã bỏ bản soạn. Các câu hỏi của nó lại có trong danh sách."))
    return redirect("teaching:questions")

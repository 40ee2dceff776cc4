"""Questions that were not answered well: the groups, one group, setting one aside."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.assistant.queries import proposed
from motcua.assistant.rules.talking import CHANNELS
from motcua.assistant.talk_words import WHYS
from motcua.assistant.teaching import actions, lessons, questions, words
from motcua.assistant.teaching.errors import ReasonNeeded
from motcua.assistant.teaching.questions import Group, Wanted
from motcua.assistant.teaching.views._common import PURPOSE, told
from motcua.catalogue import queries as catalogue
from motcua.foundation import access
from motcua.foundation.doors import actor_of, administrators
from motcua.foundation.forms import act_of, new_act_id, number
from motcua.foundation.time import now


def wanted_of(request: HttpRequest) -> Wanted:
    """What the address asks for; what it says wrongly is the usual."""
    get = request.GET
    days, channel = number(get.get("ngay")), get.get("kenh", "")
    return Wanted(
        days=days if days in questions.DAYS else questions.DAYS_USUAL,
        sector=get.get("linh_vuc", "")[:120],
        channel=channel if channel in CHANNELS else "",
        trouble=get.get("loi", "") if get.get("loi") in questions.TROUBLES else "",
        aside=get.get("gac") == "1",
    )


def address(wanted: Wanted) -> str:
    """The part of an address that asks for this."""
    given = {"ngay": wanted.days, "linh_vuc": wanted.sector, "kenh": wanted.channel, "loi": wanted.trouble}
    return urlencode(
        {key: value for key, value in given.items() if value} | ({"gac": 1} if wanted.aside else {})
    )


@administrators
@never_cache
@require_safe
def questions_page(request: HttpRequest) -> HttpResponse:
    """The groups. GET: ngay, linh_vuc, kenh, loi, gac (1: those that were set aside)."""
    actor, wanted, at = actor_of(request), wanted_of(request), now()
    found, more = questions.groups(actor, wanted, at)
    shown = found[: questions.GROUPS_SHOWN]
    _noted(request, shown)
    names = _names(shown)
    every = [("", _("Tất cả"))]
    context = {
        "wanted": wanted,
        "rows": [row(group, names, wanted) for group in shown],
        "questions": sum(group.count for group in found),
        "groups": len(found),
        "more": more,
        "most": questions.TURNS_MAX,
        "days": [(days, _("{days} ngày qua").format(days=days)) for days in questions.DAYS],
        "sectors": [*every, *((one, one) for one in sorted({v.sector for v in catalogue.views()}))],
        "channels": [*every, *((key, str(label)) for key, label in words.CHANNELS.items())],
        "troubles": [*every, *((key, str(label)) for key, label in words.TROUBLES.items())],
        "asides": [("", _("Chưa xử lý")), ("1", _("Đã gác lại hoặc đang soạn"))],
        "lesson": lessons.open_lesson(actor),
        "proposed": proposed.waiting()[: questions.GROUPS_SHOWN],
        "act_id": new_act_id(),
        "kinds": kinds(),
    }
    return render(request, "assistant/teaching/questions.html", context)


def kinds(wording: str = "", wanted: Wanted | None = None, guess: str = "") -> list[dict[str, Any]]:
    """The ways to teach, each with its address."""
    given = {"nhom": wording, "procedure": guess} if wording else {}
    given |= {"ngay": str(wanted.days)} if wanted and wording else {}
    query = f"?{urlencode({key: value for key, value in given.items() if value})}" if given else ""
    return [
        {"label": label, "name": kind.name, "lead": kind.lead, "href": reverse("teaching:add", args=[label]) + query}
        for label, kind in words.KINDS.items()
    ]  # fmt: skip


def _noted(request: HttpRequest, groups: list[Group]) -> None:
    """Questions are redacted, but still the words of people: who read them is kept."""
    shown = {conversation for group in groups for conversation in group.conversations}
    access.seen(
        actor_of(request), at=now(), purpose=PURPOSE, page=request.path, subjects=questions.subjects(shown)
    )


def _names(groups: list[Group]) -> dict[str, dict[str, str]]:
    hits = catalogue.hits_of({slug for group in groups for slug in group.guesses})
    return {hit.slug: {"vi": hit.name.vi, "en": hit.name.en} for hit in hits}


def row(group: Group, names: dict[str, dict[str, str]], wanted: Wanted) -> dict[str, Any]:
    """A group as the list and its page show it."""
    guesses = [
        {"name": names.get(slug) or {"vi": slug, "en": slug}, "count": count}
        for slug, count in group.guesses.most_common(3)
    ]
    settled = group.settled
    return {
        "group": group,
        "href": f"{reverse('teaching:group', args=[group.name])}?{address(wanted)}",
        "guesses": guesses,
        "behaviours": [
            {"name": words.BEHAVIOURS.get(name, name), "count": count}
            for name, count in group.behaviours.most_common(3)
        ],
        "channels": [words.CHANNELS.get(name, name) for name, _count in group.channels.most_common()],
        "whys": [{"name": WHYS.get(name, name), "count": count} for name, count in group.whys.most_common()],
        "settled": _settled(settled) if settled else None,
    }


def _settled(settled: Any) -> dict[str, Any]:
    why = _("Đang được soạn trả lời") if settled.lesson_id else words.WHYS_ASIDE.get(settled.why, settled.why)
    return {"why": why, "note": settled.note, "at": settled.at, "lesson": settled.lesson}


@administrators
@never_cache
@require_safe
def group_page(request: HttpRequest, wording: str) -> HttpResponse:
    """One group: how it was asked, what was said, and what an editor can do about it."""
    wanted, at = wanted_of(request), now()
    found = questions.group(actor_of(request), wanted, at, wording)
    _noted(request, [found])
    context = {
        "row": row(found, _names([found]), wanted),
        "kinds": kinds(found.name, wanted, found.guess),
        "whys": [(key, str(label)) for key, label in words.WHYS_ASIDE.items()],
        "back": f"{reverse('teaching:questions')}?{address(wanted)}",
        "here": address(wanted),
        "wanted": wanted,
        "act_id": new_act_id(),
    }
    return render(request, "assistant/teaching/group.html", context)


@administrators
@require_POST
def aside(request: HttpRequest, wording: str) -> HttpResponse:
    """Set a group aside (POST why, note), or let it be seen again (do=back)."""
    wanted, at = wanted_of(request), now()
    found = questions.group(actor_of(request), wanted, at, wording)
    names = list(found.wordings)
    if request.POST.get("do") == "back":
        actions.bring_back(act_of(request, PURPOSE), wordings=names)
        messages.success(request, _("Nhóm câu hỏi này lại có trong danh sách."))
    else:
        note = request.POST.get("note", "")[:1000]
        try:
            actions.set_aside(
                act_of(request, PURPOSE), wordings=names, why=request.POST.get("why", ""), note=note
            )
        except ReasonNeeded as refusal:
            told(request, refusal)
            return redirect(f"{reverse('teaching:group', args=[found.name])}?{address(wanted)}")
        messages.success(request, _("Đã gác nhóm câu hỏi này lại."))
    return redirect(f"{reverse('teaching:questions')}?{address(wanted)}")


@administrators
@require_POST
def decline(request: HttpRequest) -> HttpResponse:
    """Do not take an officer's proposed answer over. POST proposal, note."""
    proposal, note = request.POST.get("proposal", "")[:40], request.POST.get("note", "")[:1000]
    try:
        done = actions.decline_proposal(act_of(request, PURPOSE), proposal=proposal, note=note)
    except ReasonNeeded as refusal:
        told(request, refusal)
    else:
        if done["declined"]:
            messages.success(request, _("Đã báo lại rằng đề nghị này không được dùng."))
    return redirect("teaching:questions")

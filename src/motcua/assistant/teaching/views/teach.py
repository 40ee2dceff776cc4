"""Adding one thing to what is taught."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.assistant.queries import proposed
from motcua.assistant.queries.proposed import Proposed
from motcua.assistant.rules import teaching
from motcua.assistant.teaching import actions, entries, questions, words
from motcua.assistant.teaching.errors import EMPTY_BOX, EntryWrong, GroupGone
from motcua.assistant.teaching.questions import Group, Wanted
from motcua.assistant.teaching.views._common import PURPOSE, language
from motcua.foundation import access
from motcua.foundation.doors import actor_of, administrators
from motcua.foundation.errors import NotFound
from motcua.foundation.forms import act_of, new_act_id, number
from motcua.foundation.time import now

TYPED_MAX = 8000


@administrators
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, label: str) -> HttpResponse:
    """The form of a kind of entry. GET: nhom (the group it is for), procedure; POST: its boxes."""
    if label not in teaching.LABELS:
        raise NotFound()
    group = _group(request)
    offered = _offered(request, label)
    typed = {name: request.POST.get(name, "")[:TYPED_MAX] for name in entries.BOXES[label]}
    problems: dict[str, str] = {}
    if request.method == "POST" and request.POST.get("do") == "add":
        try:
            made = actions.teach(
                act_of(request, PURPOSE),
                label=label,
                entry=entries.entry_of(label, typed),
                wordings=list(group.wordings) if group else [],
                proposal=offered.key if offered else "",
            )
        except EntryWrong as refusal:
            found = entries.boxes_of(label, refusal.problems)
            problems = {box: text if typed[box].strip() else str(EMPTY_BOX) for box, text in found.items()}
        else:
            messages.success(request, _("Đã thêm vào bản soạn. Chưa có gì được công bố."))
            return redirect("teaching:lesson", made["lesson"])
    elif request.method != "POST":
        typed = _before(request, label, group) | _of_proposal(offered)
    return render(
        request, "assistant/teaching/add.html", _context(label, typed, problems, group) | {"offered": offered}
    )


def _group(request: HttpRequest) -> Group | None:
    """The group that the address names, None for none. What was in the list of 30 days is looked for in the longest."""
    name = (request.POST if request.method == "POST" else request.GET).get("nhom", "")[:32]
    if not name:
        return None
    days = number(request.GET.get("ngay")) or questions.DAYS_USUAL
    wanted = Wanted(days=days if days in questions.DAYS else questions.DAYS_USUAL)
    for each in (wanted, replace(wanted, aside=True)):
        try:
            found = questions.group(actor_of(request), each, now(), name)
        except GroupGone:
            continue
        access.seen(
            actor_of(request), at=now(), purpose=PURPOSE, page=request.path,
            subjects=questions.subjects(found.conversations),
        )  # fmt: skip
        return found
    return None


def _offered(request: HttpRequest, label: str) -> Proposed | None:
    """The officer's proposal that the address names, None for none; only answers are proposed."""
    given = (request.POST if request.method == "POST" else request.GET).get("de_nghi", "")
    found = proposed.waiting() if given and label == "answers" else []
    return next((each for each in found if each.key == given), None)


def _of_proposal(offered: Proposed | None) -> dict[str, str]:
    if offered is None:
        return {}
    own = "en" if offered.language == "en" else "vi"
    return {
        "said": offered.question,
        own: offered.answer,
        "source": offered.source,
        "procedure": offered.slug,
    }


def _before(request: HttpRequest, label: str, group: Group | None) -> dict[str, str]:
    """What stands in the boxes at first: the question as it was asked, and what the assistant took it for."""
    said = group.sample if group and label in ("asked", "answers") else ""
    slug = request.GET.get("procedure", "")[:140] if label in ("asked", "cases") else ""
    return {"said": said, "procedure": slug}


def _context(
    label: str, typed: dict[str, str], problems: dict[str, str], group: Group | None
) -> dict[str, Any]:
    told, boxes = language(), entries.BOXES[label]
    return {
        "label": label,
        "kind": words.KINDS[label],
        "boxes": boxes,
        "typed": typed,
        "problems": problems,
        "group": group,
        "procedures": entries.procedures(told) if "procedure" in boxes else [],
        "choices": entries.choices(typed.get("procedure", ""), told) if label == "cases" else [],
        "intents": [(key, str(name)) for key, name in words.INTENTS.items()],
        "limits": [(key, str(name)) for key, name in words.LIMITS.items()],
        "act_id": new_act_id(),
    }

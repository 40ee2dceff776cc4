"""Which drafts there are, beginning one, and the page of one draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.catalogue import queries as catalogue
from motcua.editing import actions, naming, queries
from motcua.editing.models import Draft
from motcua.editing.rules.places import at
from motcua.editing.views._common import PURPOSE, Desk, language, page
from motcua.editing.views.raw import TITLES
from motcua.foundation.doors import actor_of, administrators
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.packs.reader import FILE_BYTES_MAX
from motcua.foundation.time import local_date

FOUND_MAX = 20
STATES = {
    Draft.State.OPEN: gettext_lazy("Đang soạn"), Draft.State.OFFERED: gettext_lazy("Chờ người thứ hai công bố"),
    Draft.State.PUBLISHED: gettext_lazy("Đã công bố"), Draft.State.DISCARDED: gettext_lazy("Đã bỏ"),
}  # fmt: skip
ORIGINS = {
    Draft.Origin.BLANK: gettext_lazy("soạn mới"), Draft.Origin.PUBLISHED: gettext_lazy("từ bản đang có hiệu lực"),
    Draft.Origin.LISTED: gettext_lazy("từ danh mục"), Draft.Origin.YAML: gettext_lazy("từ tệp YAML"),
    Draft.Origin.DOCX: gettext_lazy("từ biểu mẫu .docx"),
}  # fmt: skip


def _line(draft: Draft) -> dict[str, Any]:
    return {
        "id": draft.public_id,
        "name": draft.name,
        "state": STATES[Draft.State(draft.state)],
        "origin": ORIGINS[Draft.Origin(draft.origin)],
        "at": draft.changed_at,
        "offered": draft.state == Draft.State.OFFERED,
    }


@administrators
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The open drafts, what was finished last, and ways to begin; `q` looks for a procedure to begin from."""
    actor, words = actor_of(request), request.GET.get("q", "").strip()[:100]
    hits = catalogue.search(words, limit=FOUND_MAX) if words else []
    context = {
        "open": [_line(one) for one in queries.open_drafts(actor)],
        "finished": [_line(one) for one in queries.finished_drafts(actor)],
        "q": words,
        "hits": hits,
        "act_id": new_act_id(),
    }
    return render(request, "editing/list.html", context)


@administrators
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a draft: `do` is blank (with a `name`), catalogue (with a `slug`) or yaml (with `files`)."""
    verb, act = request.POST.get("do"), act_of(request, PURPOSE)
    try:
        if verb == "catalogue":
            made = actions.start_from_catalogue(act, procedure=request.POST.get("slug", "")[:140])
        elif verb == "yaml":
            made = actions.start_from_files(act, files=_files(request), language=language())
        else:
            name = request.POST.get("name", "").strip()[:300]
            if not name:
                messages.error(request, _("Ghi tên thủ tục rồi bấm lại."))
                return redirect("editing:list")
            made = actions.start_blank(act, name=name)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        messages.error(request, f"{refusal.sentence} {refusal.way_out}")
        return redirect("editing:list")
    return redirect("editing:show", made["draft"])


def _files(request: HttpRequest) -> list[tuple[str, bytes]]:
    given = request.FILES.getlist("files")[:4]
    return [(str(one.name), one.read(FILE_BYTES_MAX + 1)) for one in given]


@administrators
@never_cache
@require_safe
def show(request: HttpRequest, draft: str) -> HttpResponse:
    """One draft: its parts, what is wrong, what is in doubt, what was proved, who changed it, what comes next."""
    desk = Desk.of(request, draft)
    proof = queries.proof_of(desk.draft, local_date(desk.at))
    standing = queries.version_in_force(desk.draft.key, desk.at)
    second = queries.second_person_needed(desk.at)
    authors = queries.authors_of(desk.draft)
    context = page(
        desk,
        state=STATES[Draft.State(desk.draft.state)],
        origin=ORIGINS[Draft.Origin(desk.draft.origin)],
        parts=_parts(desk) if desk.is_open else [],
        faults=desk.told(desk.faults) if desk.is_open else [],
        marks=_marks(desk.document),
        doubts=desk.doubts(),
        proof=proof,
        proved=proof is not None and not proof.findings,
        revisions=queries.revisions_of(desk.draft),
        standing=standing,
        moved=bool(standing and desk.is_open and standing.pk != desk.draft.base_id),
        second=second,
        may_publish=not second or desk.actor.key not in authors,
        offered=desk.draft.state == Draft.State.OFFERED,
    )
    return render(request, "editing/show.html", context)


def _parts(desk: Desk) -> list[dict[str, Any]]:
    """The parts with how much is in each and how much is wrong."""
    document, found = desk.document, desk.faults
    inside = document.get("declaration")
    sections = inside.get("sections") if isinstance(inside, dict) else None
    questions = sum(len(one.get("fields") or ()) for one in sections or () if isinstance(one, dict))
    rows: list[dict[str, Any]] = [
        {"words": naming.part_words(naming.WHOLE), "href": desk.address("general"), "count": ""},
        {
            "words": naming.part_words(naming.FORM),
            "href": desk.address("form"),
            "count": _("{count} câu hỏi").format(count=questions) if sections else _("tờ khai chung"),
        },
    ]
    for part in naming.LISTS:
        listed = at(document, naming.rows_place(document, part))
        count = len(listed) if isinstance(listed, list) else 0
        words = _("{count} mục").format(count=count)
        rows.append({"words": naming.part_words(part), "href": desk.address("part", part), "count": words})
    for key in naming.RAW:
        there = _("có") if document.get(key) else _("không có")
        rows.append({"words": TITLES[key], "href": desk.address("raw", key), "count": there})
    for row in rows:
        row["faults"] = sum(desk.link(one.place)[1].split("#")[0] == row["href"] for one in found)
    return rows


def _marks(document: dict[str, Any]) -> list[str]:
    """Everything that is marked as not compared with the text of the law."""
    inside = document.get("declaration")
    marks = [*(document.get("unverified") or ())]
    if isinstance(inside, dict):
        own = inside.get("unverified")
        marks += own if isinstance(own, list) else [naming.part_words(naming.FORM)] if own else []
    for label in ("fees", "required_documents", "steps"):
        rows = document.get(label)
        marks += [naming.title(document, (label, n)) for n, one in enumerate(rows if isinstance(rows, list) else ())
                  if isinstance(one, dict) and one.get("unverified")]  # fmt: skip
    return [str(mark) for mark in marks]


@administrators
@require_POST
def settle(request: HttpRequest, draft: str) -> HttpResponse:
    """Somebody has looked at a doubt. POST doubt, back (the place of a row, or nothing for the page of the draft)."""
    desk = Desk.of(request, draft)
    actions.settle_doubt(act_of(request, PURPOSE), draft=draft, doubt=request.POST.get("doubt", "")[:200])
    back = request.POST.get("back", "")[:200]
    return redirect(desk.address("row", back) if back else desk.address("show") + "#doubts")

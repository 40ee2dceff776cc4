"""The papers of a declaration: each taken from a file or the camera, kept at once, removable until it is handed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.dossiers import actions
from motcua.dossiers.errors import FileRefused
from motcua.files import actions as files
from motcua.foundation.doors import signed_in
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.portal.again import show_again, what_was_said
from motcua.portal.case import OTHER, OTHER_NAME, Case
from motcua.portal.views._common import DECLARE, note_seen, safe_integer
from motcua.portal.views.declare import BACK_TO, editable
from motcua.portal.views.precheck import look_at_new
from motcua.registers.errors import NotOffered
from motcua.registers.rules import REUSED

SAID = ("_reuse", "_refuse")  # to what the city could answer itself
FILES_MOST = 10  # of one paper in one sending


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def papers(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is asked for in this case and what is there (POST: `paper` with its files, or `_drop`)."""
    case = editable(request, public_id)
    if isinstance(case, HttpResponse):
        return case
    back = request.POST.get("back") or request.GET.get("back", "")
    back = back if back in BACK_TO else ""
    if request.method == "POST":
        refused, key = take(request, case)
        if refused:
            return show_again(request, request.path, {"problems": refused}, back=back)
        look_at_new(request, public_id)
        query = f"?back={back}" if back else ""
        return redirect(f"{request.path}{query}#giay-{key}")
    problems = what_was_said(request).get("problems", {})
    note_seen(request, "papers", case.dossier, purpose=DECLARE)
    context = {
        "dossier": case.dossier,
        "view": case.view,
        "places": [place_facts(case, place, problems) for place in case.papers],
        "others": [file_facts(case, row) for row in case.others],
        "to_show": case.to_show,
        "problems": problems,
        "missing": len(case.missing),
        "following": reverse(f"portal:{back or 'check'}", args=[public_id]),
        "back": back,
        "handed_in": case.dossier.submitted_at,
    }
    return render(request, "portal/papers.html", context)


def take(request: HttpRequest, case: Case) -> tuple[dict[str, str], str]:
    """Put in or take out what the form says. Answers what was refused, by input, and the key of the paper."""
    public_id = case.dossier.public_id
    if request.POST.get("_drop"):
        paper = safe_integer(request.POST["_drop"])
        row = next((row for row in case.paper_rows if row.pk == paper), None)
        if row is not None:
            actions.remove_paper(act_of(request, DECLARE), dossier=public_id, paper=row.pk)
        return {}, row.key if row else ""
    if said := next((name for name in SAID if request.POST.get(name)), ""):
        key = request.POST[said][:80]
        do = actions.reuse_papers if said == "_reuse" else actions.refuse_reuse
        try:
            do(act_of(request, DECLARE), dossier=public_id, papers=[key])
        except NotOffered as refusal:
            return {f"paper-{key}": f"{refusal.sentence} {refusal.way_out}"}, key
        return {}, key
    key = request.POST.get("paper", "")[:80]
    name = f"paper-{key}"
    uploads = [upload for upload in request.FILES.getlist(name) if upload.name][:FILES_MOST]
    if not uploads:
        return {name: _("Chưa có tệp nào được chọn. Chọn tệp hoặc chụp ảnh rồi bấm lưu.")}, key
    given = request.POST.get("act_id") or new_act_id()
    for place, upload in enumerate(uploads):
        try:
            put(request, case, key, upload, act_id=f"{given[:60]}/{place}")
        except Refusal as refusal:
            return {name: f"{refusal.sentence} {refusal.way_out}"}, key
    return {}, key


def put(request: HttpRequest, case: Case, key: str, upload: Any, *, act_id: str) -> None:
    """Keep one file and put it into the dossier as the paper `key`. Raises the refusals of files and dossiers."""
    known = case.view.paper(key)
    if known is None and key != OTHER:
        raise FileRefused()
    kept = files.keep(
        act_of(request, DECLARE, act_id=f"{act_id}/file"),
        upload,
        accept=(known.accept if known else None) or None,
        max_mb=known.max_mb if known else None,
    )
    actions.add_paper(
        act_of(request, DECLARE, act_id=f"{act_id}/paper"),
        dossier=case.dossier.public_id,
        key=key,
        file=kept["file"],
        name="" if known else OTHER_NAME.vi,
    )


def file_facts(case: Case, row: Any) -> dict[str, Any]:
    """A handed-in paper for the list of files: name, size, where to look at it, how to take it out again."""
    handed_in = case.dossier.submitted_at is not None and not case.is_new(row)
    return {
        "name": row.file.name if row.file else row.name,
        "size": row.file.size if row.file else None,
        "href": reverse("portal:file", args=[case.dossier.public_id, row.pk]) if row.file else None,
        "remove": None if handed_in else {"name": "_drop", "value": str(row.pk)},
    }


def place_facts(case: Case, place: Any, problems: dict[str, str]) -> dict[str, Any]:
    """A paper of this case as the template draws it."""
    return {
        "place": place,
        "need": place.need,
        "name": f"paper-{place.need.key}",
        "files": [file_facts(case, row) for row in place.rows],
        "offer": place.offer,
        "reused": any(row.digitised in REUSED for row in place.rows),
        "problem": problems.get(f"paper-{place.need.key}"),
        "act_id": new_act_id(),
    }

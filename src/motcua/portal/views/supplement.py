"""Answering a supplement: what is asked, numbered; papers and answers to change; handing it in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.dossiers import actions, rules
from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import DeclarationIncomplete
from motcua.foundation.doors import signed_in
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.portal.again import show_again, what_was_said
from motcua.portal.case import OTHER, Case
from motcua.portal.views._common import FOLLOW, lang, note_seen, own, revision_of, today
from motcua.portal.views.check import answer_rows
from motcua.portal.views.papers import file_facts

ASKED = (rules.State.DOOR_SUPPLEMENT, rules.State.SUPPLEMENT)


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def supplement(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was asked and the way to each answer (POST: note, revision, act_id hands the answer in)."""
    if request.method == "POST":
        try:
            actions.answer(
                act_of(request, FOLLOW),
                dossier=public_id,
                note=request.POST.get("note", ""),
                revision=revision_of(request),
            )
            messages.success(request, _("Đã gửi phần bổ sung. Bạn không phải làm gì thêm lúc này."))
            return redirect("portal:dossier", public_id)
        except DeclarationIncomplete as refusal:
            problems = [_problem(public_id, problem) for problem in refusal.problems]
        except Refusal as refusal:
            if own(request, public_id).business_state not in ASKED:
                return redirect("portal:dossier", public_id)
            problems = [{"text": f"{refusal.sentence} {refusal.way_out}"}]
        kept = {"problems": problems, "note": request.POST.get("note", "")}
        return show_again(request, request.path, kept)
    dossier = own(request, public_id)
    if dossier.business_state not in ASKED:
        return redirect("portal:dossier", public_id)
    case = Case(dossier, on=today(), language=lang())
    said = what_was_said(request)
    letter = dossiers.open_request(dossier)
    content = letter.content if letter and isinstance(letter.content, dict) else {}
    note_seen(request, "supplement", dossier)
    context = {
        "dossier": dossier,
        "view": case.view,
        "letter": letter,
        "reason": content.get("reason", ""),
        "items": [_item(case, item) for item in case.asked_items],
        "new_papers": [
            {**file_facts(case, row), "paper": row.name} for row in case.paper_rows if case.is_new(row)
        ],
        "sections": answer_rows(case, back="supplement"),
        "problems": said.get("problems", []),
        "after_reception": dossier.received_at is not None,
        "restarts": dossier.received_at is not None
        and case.view.clock_rules(dossier.received_at).on_supplement == "restart",
        "note": said.get("note", ""),
        "act_id": new_act_id(),
    }
    return render(request, "portal/supplement.html", context)


def _problem(public_id: str, problem: dict[str, Any]) -> dict[str, str]:
    href = reverse("portal:section", args=[public_id, problem["section"]]) if problem.get("section") else ""
    return {"href": f"{href}?back=supplement&xem=1" if href else "", "text": str(problem["message"])}


def _item(case: Case, item: dict[str, Any]) -> dict[str, Any]:
    """One asked thing with the way to give it: a paper to upload, or a section to put right."""
    public_id = case.dossier.public_id
    paper, section = str(item.get("paper") or ""), str(item.get("section") or "")
    known = case.view.paper(paper) if paper else None
    href, label, given = "", "", False
    if known is not None:
        href = f"{reverse('portal:papers', args=[public_id])}?back=supplement#giay-{paper}"
        label = _("Tải giấy này lên")
        given = any(row.key == paper and case.is_new(row) for row in case.paper_rows)
    elif section and case.section(section):
        href = f"{reverse('portal:section', args=[public_id, section])}?back=supplement"
        label = _("Sửa phần này")
    else:
        href = f"{reverse('portal:papers', args=[public_id])}?back=supplement#giay-{OTHER}"
        label = _("Tải giấy tờ lên")
    return {"text": str(item.get("text", "")), "href": href, "label": label, "given": given}

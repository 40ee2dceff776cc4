"""Looking the answers over, handing in, and what happens next."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from motcua.agencies import queries as agencies
from motcua.dossiers import actions
from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import DeclarationIncomplete, PapersMissing
from motcua.foundation import limits
from motcua.foundation.doors import actor_of, signed_in
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.time import now
from motcua.kernel import money
from motcua.portal import procedure_page
from motcua.portal.again import show_again, what_was_said
from motcua.portal.case import Case
from motcua.portal.views._common import DECLARE, lang, note_seen, own, problems_of, revision_of
from motcua.portal.views.declare import editable
from motcua.portal.views.precheck import checked


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every answer with its way to change it, the papers, the cost, the commitment (POST: act_id, consents)."""
    if request.method == "POST":
        return _submit(request, public_id)
    case = editable(request, public_id)
    if isinstance(case, HttpResponse):
        return case
    if case.dossier.business_state != "draft":
        return redirect("portal:supplement", public_id)
    note_seen(request, "check", case.dossier, purpose=DECLARE)
    said = what_was_said(request)
    if said.get("revision") != case.dossier.revision:
        said = {}  # what was put right since is not told again
    return _page(request, case, said.get("problems", {}), ticked=said.get("ticked", []))


def _submit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand in. The same form sent twice is one submission, answered with the same page."""
    consents = sorted(
        name for name in request.POST if request.POST[name] == "yes" and not name.startswith("_")
    )
    act = act_of(request, DECLARE)
    limits.demand_acts(act.actor.key, actions.submit.verb, per_minute=settings.MOTCUA.rate_submit_per_minute)
    try:
        done = actions.submit(act, dossier=public_id, consents=consents[:20], revision=revision_of(request))
    except Refusal as refusal:
        return _refused(request, public_id, refusal)
    if act.actor.has_role("helper", "receptionist") and request.POST.get("helping") == "1":
        return redirect("portal:helped", done["reference"])
    return redirect("portal:done", public_id)


def _refused(request: HttpRequest, public_id: str, refusal: Refusal) -> HttpResponse:
    """What is missing is told on the page; a dossier that was filed meanwhile is shown as it is."""
    case = editable(request, public_id)
    if isinstance(case, HttpResponse):
        return case
    if case.dossier.business_state != "draft":
        return redirect("portal:done", public_id)
    if isinstance(refusal, (DeclarationIncomplete, PapersMissing)):
        told = problems_of(refusal)
        if case.commitment and all(name in {f.id for f in case.commitment.fields} for name in told):
            return _again(request, case, told)
        return _again(request, case, _linked(case, refusal))
    return _again(request, case, {"": f"{refusal.sentence} {refusal.way_out}"})


def _again(request: HttpRequest, case: Case, problems: dict[str, str] | list[dict[str, str]]) -> HttpResponse:
    fields = case.fields(case.commitment) if case.commitment else ()
    ticked = [field.id for field in fields if request.POST.get(field.id) == "yes"]
    kept = {"problems": problems, "ticked": ticked, "revision": case.dossier.revision}
    return show_again(request, request.path, kept)


def _linked(case: Case, refusal: Refusal) -> list[dict[str, str]]:
    """The problems with the way to the page on which each is put right."""
    public_id = case.dossier.public_id
    found = []
    for problem in refusal.problems:
        name = str(problem.get("field", ""))
        if name.startswith("paper-"):
            href = f"{reverse('portal:papers', args=[public_id])}#giay-{name.removeprefix('paper-')}"
            found.append({"href": href, "text": _("Thiếu giấy tờ: {name}").format(name=problem["message"])})
        elif case.section(str(problem.get("section"))):
            href = reverse("portal:section", args=[public_id, problem["section"]])
            found.append({"href": f"{href}?back=check&xem=1#f-{name}", "text": str(problem["message"])})
        else:
            found.append({"href": f"#f-{name}", "text": str(problem["message"])})
    return found


def _page(
    request: HttpRequest,
    case: Case,
    problems: dict[str, str] | list[dict[str, str]],
    *,
    ticked: list[str],
) -> HttpResponse:
    dossier, at = case.dossier, now()
    said = problems if isinstance(problems, dict) else {}
    lines = [line for line in case.fee_lines() if line.decided]
    centre = agencies.office(dossier.received_by_id) if dossier.received_by_id else None
    context = {
        "dossier": dossier,
        "view": case.view,
        "sections": answer_rows(case, back="check"),
        "papers": [p for p in case.papers if p.rows or p.must or p.state == "held"],
        "to_show": case.to_show,
        "lines": lines,
        "total": money.total(lines),
        "promise": procedure_page.promise(case.view, at, lang(), dossier.received_by_id or 0),
        "centre": centre,
        "commitment": [
            {"field": field, "value": field.id in ticked, "problem": said.get(field.id)}
            for field in case.fields(case.commitment)
        ]
        if case.commitment
        else [],
        "problems": said,
        "summary": problems,
        "ready": case.ready,
        "check": checked(request, case),
        "act_id": new_act_id(),
        "helping": dossiers.helps(actor_of(request), dossier),
        "now": at,
    }
    return render(request, "portal/check.html", context)


def answer_rows(case: Case, *, back: str = "") -> list[dict[str, Any]]:
    """The answers in words, section by section, each with the way to change it when `back` says where to return."""
    public_id = case.dossier.public_id
    rows = []
    for section in case.shown():
        if case.commitment and section.id == case.commitment.id:
            continue
        href = f"{reverse('portal:section', args=[public_id, section.id])}?back={back}" if back else ""
        rows.append(
            {
                "title": section.title,
                "id": section.id,
                "href": href,
                "rows": [
                    {
                        "label": field.label,
                        "value": field.text,
                        "href": f"{href}#f-{field.id}" if href else "",
                    }
                    for field in section.fields
                ],
            }
        )
    return rows


@signed_in
@never_cache
@require_GET
def done(request: HttpRequest, public_id: str) -> HttpResponse:
    """The reference, what happens next and when, and how one is told."""
    dossier = own(request, public_id)
    if dossier.business_state == "draft":
        return redirect("portal:tasks", public_id)
    note_seen(request, "done", dossier)
    return render(request, "portal/done.html", done_facts(dossier))


def done_facts(dossier: Any) -> dict[str, Any]:
    """What the page after a submission shows; no personal data but the reference."""
    view = dossiers.declared_view_of(dossier)
    names = agencies.names([i for i in (dossier.received_by_id, dossier.competent_agency_id) if i], lang())
    receiver, competent = names.get(dossier.received_by_id, ""), names.get(dossier.competent_agency_id, "")
    promised = procedure_page.promise(view, now(), lang(), dossier.received_by_id or 0)
    steps = [
        {"what": _("Bạn đã nộp hồ sơ"), "at": dossier.submitted_at, "state": "past"},
        {
            "what": _("Bộ phận một cửa kiểm tra và tiếp nhận"),
            "who": receiver,
            "state": "now",
            "note": _(
                "Đủ giấy tờ thì bạn nhận giấy tiếp nhận ghi ngày hẹn; thiếu gì thì được báo một lần, đầy đủ."
            ),
        },
        {"what": _("Giải quyết hồ sơ"), "who": competent, "state": "next", "when": promised.limit},
        {
            "what": _("Bạn nhận kết quả"),
            "who": receiver,
            "state": "next",
            "when": _("{due}, nếu được tiếp nhận hôm nay").format(due=promised.due) if promised.due else "",
        },
    ]
    return {
        "dossier": dossier,
        "view": view,
        "receiver": receiver,
        "steps": steps,
        "promise": promised,
        "lookup": dossiers.lookup_url(dossier.reference),
    }

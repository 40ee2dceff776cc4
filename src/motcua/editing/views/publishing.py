"""Proving a draft, what changes for the applicant, offering and publishing it, and taking it along as files."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.catalogue.rules import ProcedureView, changes, told
from motcua.editing import actions, queries
from motcua.editing.errors import DayWrong
from motcua.editing.inheriting import body_of, document_of
from motcua.editing.models import Proof
from motcua.editing.views._common import PURPOSE, Desk, language, page
from motcua.editing.yamls import files_of, zip_of
from motcua.foundation.doors import administrators
from motcua.foundation.errors import NotFound, Refusal
from motcua.foundation.forms import act_of, number
from motcua.foundation.packs.compare import compare
from motcua.foundation.time import TZ
from motcua.kernel import conditions, forms

CASES_SHOWN = 200


@administrators
@require_POST
def prove(request: HttpRequest, draft: str) -> HttpResponse:
    """Ask the prover about the draft as it stands."""
    desk = Desk.of(request, draft)
    try:
        actions.prove(act_of(request, PURPOSE), draft=draft, seen=number(request.POST.get("seen")))
    except Refusal as refusal:
        return _refused(request, desk, refusal, "show")
    return redirect(desk.address("proof"))


def _refused(request: HttpRequest, desk: Desk, refusal: Refusal, back: str) -> HttpResponse:
    if refusal.status in (403, 404) and refusal.code != "editing.second_person":
        raise refusal
    messages.error(request, f"{refusal.sentence} {refusal.way_out}")
    return redirect(desk.address(back))


@administrators
@never_cache
@require_safe
def proof(request: HttpRequest, draft: str) -> HttpResponse:
    """What the prover said: each fault with its page and the dossier that shows it; the covering test dossiers."""
    desk = Desk.of(request, draft)
    found = queries.proof_of(desk.draft)
    return render(request, "editing/proof.html", page(desk, proof=found, **_said(desk, found)))


def _said(desk: Desk, found: Proof | None) -> dict[str, Any]:
    if found is None:
        return {}
    lang, open_address = language(), desk.address("preview")
    rows = []
    for n, one in enumerate(found.findings, start=1):
        words, href = desk.link(tuple(one["place"]))
        opens = f"{open_address}?loi={n}" if one.get("dossier") else ""
        rows.append({"words": words, "href": href, "text": one[lang], "opens": opens})
    unproved = [{"text": one[lang], "href": desk.link(tuple(one["place"]))[1]} for one in found.unproved]
    cases = found.coverage.get("dossiers") or []
    return {
        "findings": rows,
        "unproved": unproved,
        "cases": [
            {
                "number": n,
                "opens": f"{open_address}?thu={n}",
                "reaches": len(one.get("reaches") or ()),
                "papers": len(one.get("papers") or ()),
                "accepted": one.get("accepted"),
            }
            for n, one in enumerate(cases[:CASES_SHOWN], start=1)
        ],
        "cases_count": len(cases),
        "targets": found.coverage.get("targets", 0),
        "missed": found.coverage.get("missed") or [],
    }


@administrators
@never_cache
@require_safe
def difference(request: HttpRequest, draft: str) -> HttpResponse:
    """What is otherwise than in the version in force: for the applicant, and at each place of the document."""
    desk = Desk.of(request, draft)
    standing = queries.version_in_force(desk.draft.key, desk.at)
    context: dict[str, Any] = {"standing": standing}
    if standing is not None:
        before = document_of(standing.body, desk.standing.beside)
        rows = compare(before, desk.document)
        context |= {
            "rows": desk.differences(rows),
            "count": len(rows),
            "for_applicant": _for_applicant(desk, standing),
        }
    return render(request, "editing/difference.html", page(desk, **context))


def _for_applicant(desk: Desk, standing: Any) -> list[Any] | None:
    """The changes as an applicant hears of them; None while the draft cannot be read."""
    try:
        new = ProcedureView(body_of(desk.document, desk.standing.beside))
        old = ProcedureView(standing.body, hash=standing.hash, version_id=standing.pk)
        return [told(change, language()) for change in changes(old, new)]
    except (forms.FormProblem, conditions.ConditionError, ValueError, KeyError, TypeError):
        return None  # the faults are told on the page of the draft


@administrators
@require_POST
def publish(request: HttpRequest, draft: str) -> HttpResponse:
    """Offer a draft to a second person (`do=offer`) or publish it (`do=publish`, from the day `valid_from`)."""
    desk, seen = Desk.of(request, draft), number(request.POST.get("seen"))
    try:
        if request.POST.get("do") == "offer":
            actions.offer(act_of(request, PURPOSE), draft=draft, seen=seen)
            messages.success(request, _("Đã gửi để người quản trị khác xem và công bố."))
        else:
            over = number(request.POST.get("over")) or None
            made = actions.publish(
                act_of(request, PURPOSE), draft=draft, seen=seen, over=over, valid_from=_from(request)
            )
            messages.success(request, _("Đã công bố bản số {number}.").format(number=made["number"]))
    except Refusal as refusal:
        return _refused(request, desk, refusal, "show")
    return redirect(desk.address("show"))


def _from(request: HttpRequest) -> datetime | None:
    """The beginning of the day that was written, in Viet Nam; None for none. Raises DayWrong."""
    text = request.POST.get("valid_from", "").strip()
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            day: date = datetime.strptime(text, form).date()  # noqa: DTZ007  a day only
        except ValueError:
            continue
        return datetime(day.year, day.month, day.day, tzinfo=TZ)
    if text:
        raise DayWrong(found=text[:40])
    return None


@administrators
@require_POST
def discard(request: HttpRequest, draft: str) -> HttpResponse:
    """Throw a draft away."""
    desk = Desk.of(request, draft)
    try:
        actions.discard(act_of(request, PURPOSE), draft=draft, seen=number(request.POST.get("seen")))
    except Refusal as refusal:
        return _refused(request, desk, refusal, "show")
    messages.success(request, _("Đã bỏ bản soạn."))
    return redirect("editing:list")


@administrators
@never_cache
@require_safe
def download(request: HttpRequest, draft: str, what: str) -> HttpResponse:
    """`yaml.zip`: the files of the pack; `test-dossiers.zip`, `test-dossiers.json`: the covering test dossiers."""
    desk = Desk.of(request, draft)
    if what == "yaml.zip":
        return _file(zip_of(files_of(desk.document)), f"{desk.draft.key}.zip", "application/zip")
    found = queries.proof_of(desk.draft)
    if found is None or what not in ("test-dossiers.zip", "test-dossiers.json"):
        raise NotFound()
    whole = {
        "procedure": desk.draft.key,
        "revision": found.revision,
        "day": found.day.isoformat(),
        **found.coverage,
    }
    if what.endswith(".json"):
        raw = json.dumps(whole, ensure_ascii=False, indent=1).encode()
        return _file(raw, f"{desk.draft.key}-{what}", "application/json")
    cases = {
        f"{n:03}.json": json.dumps(one, ensure_ascii=False, indent=1)
        for n, one in enumerate(found.coverage.get("dossiers") or (), start=1)
    }
    return _file(zip_of(cases, desk.draft.key), f"{desk.draft.key}-{what}", "application/zip")


def _file(raw: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(raw, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

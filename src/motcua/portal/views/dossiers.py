"""One's own dossiers: the list, the page of one, its files and letters, withdrawing, rating, who looked at it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.agencies import queries as agencies
from motcua.certificates import queries as certificates
from motcua.dossiers import actions, rules
from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import DossierNotFound, RatingWrong
from motcua.files import queries as files
from motcua.foundation.access import offices_of
from motcua.foundation.access import who_saw as entries_about
from motcua.foundation.doors import actor_of, signed_in
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.ui.words import say_moment
from motcua.notices import actions as telling
from motcua.notices import queries as notices
from motcua.papers import actions as papers
from motcua.papers import queries as made
from motcua.portal import dossier_page, words
from motcua.portal.again import show_again, what_was_said
from motcua.portal.case import Case
from motcua.portal.outcome import outcome_of
from motcua.portal.views._common import (
    FOLLOW,
    lang,
    moment,
    note_seen,
    own,
    problems_of,
    revision_of,
    safe_integer,
    tell_refusal,
    today,
)
from motcua.portal.views.check import answer_rows
from motcua.portal.views.proof import below
from motcua.standing import queries as standing

PAGE = 30
NOTICES_MOST = 12
SAW_MOST = 100


@signed_in
@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The dossiers one filed or owns, what is new about them, and what waits for oneself (GET: sau)."""
    actor = actor_of(request)
    found = dossiers.mine(actor, limit=PAGE, before=safe_integer(request.GET.get("sau")))
    rows = [_row(dossier) for dossier in found]
    news = (
        notices.notices_for(telling.own_holders(actor), limit=NOTICES_MOST)
        if not request.GET.get("sau")
        else []
    )
    note_seen(request, "mine", *found)
    context = {
        "waiting": [row for row in rows if row["waits"]],
        "rows": [row for row in rows if not row["waits"]],
        "news": _once([_news(notice) for notice in news]),
        "unread": any(notice.read_at is None for notice in news),
        "act_id": new_act_id(),
        "following": f"?sau={found[-1].pk}" if len(found) == PAGE else "",
        "helper": actor.has_role("helper", "receptionist"),
    }
    return render(request, "portal/mine.html", context)


def _row(dossier: Any) -> dict[str, Any]:
    is_draft = dossier.business_state == rules.State.DRAFT
    waits = is_draft or dossier.business_state in dossiers.WAITS_FOR_APPLICANT
    page = "portal:tasks" if is_draft else "portal:dossier"
    names = agencies.names([dossier.desk_now_id], lang()) if dossier.desk_now_id else {}
    return {
        "dossier": dossier,
        "href": reverse(page, args=[dossier.public_id]),
        "state": words.state_name(dossier.business_state),
        "tone": words.tone(dossier.business_state),
        "waits": waits,
        "draft": is_draft,
        "place": names.get(dossier.desk_now_id, ""),
        "at": dossier.submitted_at or dossier.started_at,
        "due": dossier.due_on if dossier.resolved_at is None and dossier.closed_at is None else None,
    }


def _news(notice: Any) -> dict[str, Any]:
    public_id, task = notice.params.get("dossier"), notice.params.get("task")
    address = reverse("portal:dossier", args=[public_id]) if public_id else ""
    if notice.kind == "helpline.answered":
        address = reverse("assistant:talk")
    return {
        "text": words.say(words.NOTICES, notice.kind),
        "code": notice.params.get("code") or "",
        "at": notice.at,
        "new": notice.read_at is None,
        "href": reverse("counter:joint_task", args=[task]) if task else address,
        "key": (notice.subject, notice.seq),
    }


def _once(news: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same line told to one's account and to one's person is one piece of news."""
    return list({each["key"]: each for each in reversed(news)}.values())[::-1]


@signed_in
@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """Mark everything as read (POST: act_id)."""
    telling.mark_read(act_of(request, FOLLOW))
    return redirect("portal:mine")


@signed_in
@never_cache
@require_GET
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where it stands, until when and why; papers, letters, answers; what one can do now."""
    dossier = own(request, public_id, has_rulings=standing.has_rulings("pk"))
    if dossier.business_state == rules.State.DRAFT:
        return redirect("portal:tasks", public_id)
    progress = dossier_page.progress(dossier, today(), lang(), at=moment(), with_procedure=False)
    case = Case(dossier, on=today(), language=lang())
    actor = actor_of(request)
    note_seen(request, "dossier", dossier)
    context = {
        "dossier": dossier,
        "view": case.view,
        "progress": progress,
        "verbs": set(dossiers.allowed_verbs(actor, dossier)) & rules.APPLICANT_VERBS,
        "waits": dossier.business_state in dossiers.WAITS_FOR_APPLICANT,
        "papers": [_paper(case, row) for row in case.paper_rows],
        "letters": dossier_page.letter_links(dossier, progress.letters),
        "reason": dossiers.reason_of(dossier, progress.letters),
        "again": dossier.business_state in dossier_page.STOPPED,
        "sections": answer_rows(case),
        "fees": dossiers.fees_of(dossier),
        "consent": _consent(dossier),
        "ruled": _ruled(dossier),
        "signature": certificates.page_of(dossier),
        "outcome": outcome_of(
            dossier,
            case.view,
            receiver=progress.receiver,
            file_href=reverse("portal:result", args=[public_id]) if _may_take_result(dossier) else "",
            language=lang(),
        ),
    }
    return render(request, "portal/dossier.html", context)


def _ruled(dossier: Any) -> dict[str, Any] | None:
    """What became of the result since, in words; None where nothing did."""
    last = standing.ruling_of(dossier) if standing.has_result(dossier) else None
    return standing.told(last) if last else None


def _consent(dossier: Any) -> str:
    """How one agreed that somebody else files: told to the person, so that she can say that it was otherwise."""
    given = dossiers.consent_of(dossier)
    return f"{dossiers.consent_told(given.how, given.phone)}, {say_moment(given.at, lang())}" if given else ""


def _may_take_result(dossier: Any) -> bool:
    """Once it is handed over: before that money may still be due."""
    there = dossier.result_file_id is not None or made.has_result(dossier)
    return there and dossier.business_state == rules.State.RETURNED


def _paper(case: Case, row: Any) -> dict[str, Any]:
    known = case.view.paper(row.key)
    return {
        "name": known.name if known else row.name,
        "form": words.say(words.PAPER_TYPES, row.form) if row.form != "electronic" else "",
        "file": row.file.name if row.file else "",
        "size": row.file.size if row.file else None,
        "href": reverse("portal:file", args=[case.dossier.public_id, row.pk]) if row.file else "",
    }


@signed_in
@require_GET
def paper_file(request: HttpRequest, public_id: str, paper: int) -> HttpResponse:
    """The file of one of the papers."""
    dossier = own(request, public_id)
    row = next((row for row in dossiers.papers_of(dossier) if row.pk == paper), None)
    if row is None or row.file is None:
        raise DossierNotFound()
    note_seen(request, "file", dossier)
    return files.file_response(row.file)


@signed_in
@require_GET
def result_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """The result as a file, once it is signed."""
    dossier = own(request, public_id)
    if not _may_take_result(dossier):
        raise DossierNotFound()
    found = dossier.result_file or papers.demand_file(dossier, dossiers.RESULT)
    note_seen(request, "result", dossier)
    return files.file_response(found, download=True)


@signed_in
@never_cache
@require_GET
def letter(request: HttpRequest, public_id: str, letter: str) -> HttpResponse:
    """A letter as it is printed."""
    dossier = own(request, public_id)
    found = dossiers.letter_of(dossier, letter)
    if found.kind not in dossiers.ISSUED_TO_APPLICANT:
        raise DossierNotFound()
    note_seen(request, "letter", dossier)
    context = {
        "sheet": dossiers.letter_sheet(dossier, found),
        "back": reverse("portal:dossier", args=[public_id]),
        "pdf": reverse("portal:letter_file", args=[public_id, letter]),
        "proof": below(dossier, found),
    }
    return render(request, "portal/letter.html", context)


@signed_in
@require_GET
def letter_file(request: HttpRequest, public_id: str, letter: str) -> HttpResponse:
    """A letter as a PDF that outlives this site."""
    dossier = own(request, public_id)
    if dossiers.letter_of(dossier, letter).kind not in dossiers.ISSUED_TO_APPLICANT:
        raise DossierNotFound()
    found = papers.demand_file(dossier, letter)
    note_seen(request, "letter", dossier)
    return files.file_response(found)


@signed_in
@never_cache
@require_GET
def who_saw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who has looked at this dossier: offices and times, never an officer's own name."""
    dossier = own(request, public_id)
    actor = actor_of(request)
    entries = list(entries_about(dossier.subject)[:SAW_MOST])
    ids = {agency for entry in entries for agency in offices_of(entry)}
    names = agencies.names(ids, lang())
    rows = []
    for entry in entries:
        offices = [names[i] for i in offices_of(entry) if i in names]
        mine = entry.actor == actor.key
        if mine:
            continue
        who = "; ".join(offices) or _("Chương trình của nền tảng")
        why = dossiers.PURPOSES.get(
            entry.purpose.removeprefix("lead."), ""
        )  # who works on it needs no other reason
        rows.append({"at": entry.at, "who": who, "why": why})
    note_seen(request, "who_saw", dossier)
    context = {"dossier": dossier, "rows": rows, "helped_by": _helped_by(dossier)}
    return render(request, "portal/who_saw.html", context)


def _helped_by(dossier: Any) -> str:
    if dossier.channel != "assisted" or not dossier.supported_by_id:
        return ""
    return agencies.names([dossier.supported_by_id], lang()).get(dossier.supported_by_id, "")


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the dossier back: asked once more, because it cannot be undone (POST: reason, revision, act_id)."""
    if request.method == "POST":
        try:
            actions.withdraw(
                act_of(request, FOLLOW),
                dossier=public_id,
                reason=request.POST.get("reason", ""),
                revision=revision_of(request),
            )
            messages.success(request, _("Đã rút hồ sơ."))
        except Refusal as refusal:
            tell_refusal(request, refusal)
        return redirect("portal:dossier", public_id)
    dossier = own(request, public_id)
    if "withdraw" not in dossiers.allowed_verbs(actor_of(request), dossier):
        return redirect("portal:dossier", public_id)
    note_seen(request, "withdraw", dossier)
    context = {"dossier": dossier, "view": dossiers.view_of(dossier), "act_id": new_act_id()}
    return render(request, "portal/withdraw.html", context)


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say how it went (POST: stars, comment, act_id)."""
    if request.method == "POST":
        try:
            stars = safe_integer(request.POST.get("stars"))
            if stars is None:
                raise RatingWrong([{"field": "stars", "message": _("Chọn một mức từ 1 đến 5.")}])
            actions.rate(
                act_of(request, FOLLOW),
                dossier=public_id,
                stars=stars,
                comment=request.POST.get("comment", ""),
            )
            messages.success(request, _("Cảm ơn bạn. Ý kiến đã được gửi đến bộ phận một cửa."))
            return redirect("portal:dossier", public_id)
        except RatingWrong as refusal:
            typed = {name: request.POST.get(name, "") for name in ("stars", "comment")}
            return show_again(request, request.path, {"problems": problems_of(refusal), "typed": typed})
    said = what_was_said(request)
    dossier = own(request, public_id)
    if "rate" not in dossiers.allowed_verbs(actor_of(request), dossier):
        return redirect("portal:dossier", public_id)
    context = {
        "dossier": dossier,
        "view": dossiers.view_of(dossier),
        "problems": said.get("problems", {}),
        "marks": [
            ("5", _("Rất hài lòng")),
            ("4", _("Hài lòng")),
            ("3", _("Bình thường")),
            ("2", _("Không hài lòng")),
            ("1", _("Rất không hài lòng")),
        ],
        "typed": said.get("typed", {}),
        "act_id": new_act_id(),
    }
    return render(request, "portal/rate.html", context)

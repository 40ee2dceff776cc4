"""The page of a dossier and what an officer does there: one verb, one form, one act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.accounts import queries as accounts
from motcua.certificates import queries as certificates
from motcua.cooperation import queries as cooperation
from motcua.counter import queries, verb_forms, words
from motcua.counter.base import (
    at_desk,
    is_fragment,
    lang,
    log_dossiers,
    may_name,
    moment,
    problems_of,
    remember_means,
    revision_of,
    stated_purpose,
)
from motcua.counter.case import Case
from motcua.counter.errors import UnknownVerb
from motcua.counter.moves import MOVES, Given, field_of, perform
from motcua.counter.views import look, notes
from motcua.dossiers import actions
from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import ChangedMeanwhile, DossierNotFound, MoveNotAllowed, OwnDossier
from motcua.files import queries as files
from motcua.files.errors import FileNotFound
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.errors import Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.purpose import own_address, take
from motcua.issuing import queries as issued
from motcua.kernel import clock
from motcua.notes import queries as note_reads
from motcua.papers import actions as making
from motcua.papers import queries as papers
from motcua.registers import queries as registers
from motcua.standing import queries as standing

HISTORY_MAX = 200


@officers()
@never_cache
@require_GET
def dossier(request: HttpRequest, public_id: str) -> HttpResponse:
    """One dossier on one page. GET viec: the verb whose form is open; giay: the paper beside it; tab or ve: where from.

    Who only leads is asked once why she looks.
    """
    actor = actor_of(request)
    beside = {
        "has_notes": note_reads.has_notes("pk"),
        "has_tasks": cooperation.has_tasks("pk"),
        "has_rulings": standing.has_rulings("pk"),
        "has_reuses": registers.has_reuses(OuterRef("public_id")),
        "signs_here": issued.signs_here("competent_agency_id", moment()),
    }
    found = dossiers.get_visible(actor, public_id, **beside)
    if not dossiers.at_work(actor, found):
        if not dossiers.is_applicant(actor, found) and not dossiers.helps(actor, found):
            raise OwnDossier()  # it names her, and her account does not prove that: no page of ours shows it
        return redirect("portal:dossier", public_id)  # what she files or helps with she sees as citizens do
    if not may_name(request, found):
        return _ask_purpose(request, found)
    return _page(request, found, asked=request.GET.get("viec", ""))


def _ask_purpose(request: HttpRequest, found: Any) -> HttpResponse:
    """The dossier without its person, and the question what for."""
    case = Case(found, actor_of(request), moment(), lang())
    context = {
        "case": case,
        "dossier": found,
        "state_word": case.state_word,
        "state_tone": words.STATE_TONES.get(case.state, ""),
        "purposes": list(dossiers.PURPOSES.items()),
        "here": request.get_full_path(),
        "back": _come_from(request)[1],
    }
    return render(request, "counter/purpose.html", context)


@officers()
@require_POST
def purpose(request: HttpRequest) -> HttpResponse:
    """Say why names are looked at, or that they are looked at no more. POST purpose ("" for no more), next."""
    return take(request, moment(), dossiers.PURPOSES, back=reverse("counter:work"))


def _come_from(request: HttpRequest) -> tuple[str, str]:
    """Where the reader came from, for the way back: as part of an address, and as the address itself ("" for none)."""
    tab = request.GET.get("tab") or request.POST.get("tab") or ""
    if tab and tab.replace("-", "").isalnum():
        return f"tab={tab}", f"{reverse('counter:work')}?tab={tab}"
    page = own_address(request.GET.get("ve") or request.POST.get("ve") or "")
    return (urlencode({"ve": page}), page) if page else ("", "")


def _page(
    request: HttpRequest,
    found: Any,
    *,
    asked: str = "",
    problems: Mapping[str, str] | None = None,
    changes: list[dict[str, Any]] | None = None,
    status: int = 200,
) -> HttpResponse:
    remember_means(request)
    case = Case(found, actor_of(request), moment(), lang())
    verb = asked if asked in case.verbs else case.primary
    only_leads = dossiers.only_leads(case.actor, found)
    looked = look.looked_over(request, case, verb) if not problems else None
    trail, back = _come_from(request)
    tab = trail.removeprefix("tab=") if trail.startswith("tab=") else ""
    chosen = request.GET.get("giay", "")
    context = {
        "case": case,
        "dossier": found,
        "verb": verb,
        "word": words.VERBS.get(verb, ""),
        "form": verb_forms.facts(verb, case, _typed(request, found, verb, problems)) if verb else {},
        "form_template": f"counter/verbs/{verb}.html" if verb else "",
        "look": looked,
        "asks": bool(verb) and (MOVES[verb].asks or MOVES[verb].final),
        "menu": case.menu(verb, trail),
        "viewed": case.viewed(
            int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 15 else None
        ),
        "state_word": case.state_word,
        "state_tone": words.STATE_TONES.get(case.state, ""),
        "problems": problems or {},
        "changes": changes,
        "act_id": new_act_id(),
        "seen_at": moment().isoformat(),
        "tab": tab,
        "trail": trail,
        "back": back,
        "ve": "" if tab else back,
        "named": dossiers.PURPOSES.get(stated_purpose(request), "") if only_leads else "",
        "here": request.get_full_path(),
        "is_done": not case.verbs,
        "beside": notes.page_facts(request, found),
        "result_today": _result_today(request, found),
        "signature": certificates.page_of(found),
    }
    log_dossiers(request, "dossier", "process", [found])
    return render(request, "counter/dossier.html", context, status=status)


def _result_today(request: HttpRequest, found: Any) -> dict[str, Any]:
    """Whether the issued result still holds, and whether this officer may say that it does not. At most one query,
    none where nothing was ruled."""
    if not standing.has_result(found):
        return {}
    last = standing.ruling_of(found)
    return {
        "ruled": standing.told(last) if last else None,
        "may_rule": standing.may_rule(actor_of(request), found, moment()),
    }


def _typed(request: HttpRequest, found: Any, verb: str, problems: Mapping[str, str] | None) -> Any:
    """What stands in the form: a refused one as it was sent, one that was looked over and is changed again, or none."""
    return request.POST if problems else look.fields_of(request, found, verb, request.GET.get("sua", ""))


@officers()
@never_cache
@require_POST
def move(request: HttpRequest, public_id: str, verb: str) -> HttpResponse:
    """Do one verb. POST act_id, revision, seen_at, tab and the fields of the verb's form. What is refused is told on
    the page with what was typed; what a colleague changed meanwhile is shown. What can be done once only is shown once
    more before it is done (`sure`)."""
    if verb not in MOVES:
        raise UnknownVerb()
    found = at_desk(request, public_id)
    act = act_of(request, "process")
    given = Given(request.POST, request.FILES, act, found, dossiers.view_of(found), lang())
    try:
        if request.POST.get("sure") != "1" and look.wanted(request, found, verb):
            return look.to_look_over(request, verb, given)
        done = perform(verb, given, revision=revision_of(request.POST.get("revision")))
    except (ChangedMeanwhile, MoveNotAllowed) as refusal:
        fresh = at_desk(request, public_id)
        changes = _changes(fresh, request.POST.get("seen_at", ""))
        return _page(request, fresh, asked=verb, problems=problems_of(refusal), changes=changes, status=409)
    except DossierNotFound:
        raise  # a colleague's move took it out of sight
    except Refusal as refusal:
        problems = problems_of(refusal, field_of(verb, refusal.code))
        return _page(request, found, asked=verb, problems=problems, status=refusal.status)
    code = done.get("code") or done.get("reference") or ""
    messages.success(
        request, _("{word}: {code}").format(word=words.DONE.get(verb, words.VERBS[verb]), code=code)
    )
    return _after(request, public_id)


def _after(request: HttpRequest, public_id: str) -> HttpResponse:
    """Back to the dossier; to the list, when it went out of this officer's sight."""
    trail, back = _come_from(request)
    if not dossiers.visible_to(actor_of(request)).filter(public_id=public_id).exists():
        return redirect(back or reverse("counter:work"))
    return redirect(reverse("counter:dossier", args=[public_id]) + (f"?{trail}" if trail else ""))


def _changes(found: Any, seen_at: str) -> list[dict[str, Any]]:
    """What was done to the dossier since the form was drawn."""
    try:
        since = datetime.fromisoformat(seen_at)
    except ValueError:
        since = None
    if since is not None and since.tzinfo is None:
        since = None
    return _told(queries.acts_since(found.subject, since))


def _told(lines: list[Any]) -> list[dict[str, Any]]:
    """Journal lines as a timeline: what, who, when."""
    ids = [int(key) for line in lines if (key := line.actor.removeprefix("account:")).isdigit()]
    names = accounts.labels(ids) if ids else {}
    told = []
    for line in lines:
        key = line.actor.removeprefix("account:")
        who = names.get(int(key), "") if key.isdigit() else _("Hệ thống")
        told.append({"what": words.done_word(line.verb), "who": who, "at": line.at})
    return told


@officers()
@never_cache
@require_GET
def history(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every line of the journal about the dossier, newest first: who did what when."""
    found = at_desk(request, public_id)
    lines = queries.acts_on(found.subject, limit=HISTORY_MAX)
    log_dossiers(request, "history", "process", [found])
    context = {"dossier": found, "entries": _told(lines), "full": len(lines) == HISTORY_MAX}
    return render(request, "counter/history.html", context)


@officers()
@never_cache
@require_GET
def derivation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Why the due date is that day; as a piece of the page for our script, as a page of its own without it."""
    found = at_desk(request, public_id)
    deadline = dossiers.clock_of(found) if found.received_at else None
    lines = (
        [{"text": clock.say(line, lang()), "unsure": line.provisional} for line in deadline.lines]
        if deadline
        else []
    )
    template = "counter/parts/derivation.html" if is_fragment(request) else "counter/derivation.html"
    return render(request, template, {"dossier": found, "lines": lines, "deadline": deadline})


@officers()
@never_cache
@require_GET
def paper(request: HttpRequest, public_id: str, paper: int) -> HttpResponse:
    """The stored file of one paper of a dossier the officer may see."""
    found = at_desk(request, public_id)
    row = next((each for each in dossiers.papers_of(found) if each.pk == paper and each.file_id), None)
    if row is None:
        raise FileNotFound()
    log_dossiers(request, "paper", "process", [found])
    return dossiers.hand_out(actor_of(request), found, row, at=moment())


@officers()
@never_cache
@require_GET
def result(request: HttpRequest, public_id: str) -> HttpResponse:
    """The stored result of a dossier the officer may see."""
    found = at_desk(request, public_id)
    if found.delivery_state == "to_seal":
        file = issued.signed_result(found)
    elif found.result_file is None and not papers.has_result(found):
        raise FileNotFound()
    else:
        file = found.result_file or making.demand_file(found, dossiers.RESULT)
    log_dossiers(request, "result", "process", [found])
    return files.file_response(file)


@officers()
@never_cache
@require_POST
def settle(request: HttpRequest, public_id: str) -> HttpResponse:
    """Decide a difference between declaration and registry. POST difference, accept (1: the declared value holds)."""
    actions.settle_difference(
        act_of(request, "process"),
        dossier=public_id,
        difference=request.POST.get("difference", ""),
        accept=request.POST.get("accept") == "1",
    )
    messages.success(request, _("Đã ghi nhận cách xử lý điểm khác nhau."))
    return redirect("counter:dossier", public_id)

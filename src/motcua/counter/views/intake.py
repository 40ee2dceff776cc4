"""Taking in somebody who stands at the desk: card, procedure, declaration, papers, money, receipt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.counter import actions, listing, queries, words
from motcua.counter.base import (
    DESK,
    demand_search,
    desks,
    is_fragment,
    lang,
    log_seen,
    moment,
    problems_of,
    today,
)
from motcua.counter.calls import bar_of
from motcua.counter.errors import CardUnreadable, NoDesk
from motcua.counter.intake import Intake, begin
from motcua.counter.moves import Given, cash_of, handed_over
from motcua.dossiers import queries as dossiers
from motcua.foundation.acts import Act
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.errors import Invalid, NotFound, Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.kept import keep, kept
from motcua.foundation.ui.declared import changed_rows, row_change
from motcua.kernel import forms
from motcua.kernel.identifiers import CardData, CardProblem, parse_card_qr
from motcua.kernel.identifiers.words import problem_sentence
from motcua.people import queries as people
from motcua.people import rules as people_rules

FOUND_MAX = 12
OFFERED = 9
COPIES = "certified-copy-from-original"  # has a shorter page of its own


# Who is it? --------------------------------------------------------------------------------------------------------


@officers(*DESK)
@never_cache
@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest) -> HttpResponse:
    """Who stands at the desk. POST card: the text of her card's QR code; q: a number, phone or name to look for,
    answered by an address one can come back to (GET tim)."""
    if not desks(actor_of(request)):
        raise NoDesk()
    if request.method == "POST" and request.POST.get("card", "").strip():
        return _by_card(request)
    if request.method == "POST" and (text := request.POST.get("q", "").strip()[:200]):
        demand_search(request)
        return redirect(f"{reverse('counter:intake')}?tim={keep(request, 'intake', text)}")
    return _who(request)


def _who(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    text = str(kept(request, "intake", request.GET.get("tim", "")) or "")
    found = people.search(text, limit=FOUND_MAX) if text else []
    log_seen(request, "intake", "intake", [line.subject for line in found])
    context = {
        "text": text,
        "people": found,
        "searched": bool(text),
        "problem": problem,
        "desks": [(desk.code, desk.name(lang())) for desk in desks(actor_of(request))],
        "desk": request.POST.get("agency", ""),
        "act_id": new_act_id(),
        "bar": bar_of(actor_of(request), lang()),
        "here": reverse("counter:intake"),
    }
    return render(request, "counter/intake.html", context, status=status)


def _desk(request: HttpRequest) -> str:
    """The code of the one-stop that takes in: the chosen one, else the officer's first."""
    own = [desk.code for desk in desks(actor_of(request))]
    if not own:
        raise NoDesk()
    chosen = request.POST.get("agency", "")
    return chosen if chosen in own else own[0]


def read_card(text: str) -> CardData:
    """The card behind a scanned text. Raises CardUnreadable with a sentence."""
    try:
        return parse_card_qr(text)
    except CardProblem as problem:
        why = problem_sentence(problem.code, lang())
        raise CardUnreadable([{"field": "card", "code": problem.code, "message": why}], why=why) from None


def by_card(request: HttpRequest, card: CardData, page: str) -> Any:
    """The person of the registry with the number on a card, or None: a look-up like every other, counted and traced."""
    demand_search(request)
    known = people.by_number(card.number)
    log_seen(request, page, "intake", [known.subject] if known else [])
    return known


def _by_card(request: HttpRequest) -> HttpResponse:
    try:
        card = read_card(request.POST["card"])
    except CardUnreadable as refusal:
        return _who(request, f"{refusal.sentence} {refusal.way_out}", status=422)
    for code in card.doubts:
        messages.warning(request, problem_sentence(code, lang()))
    known = by_card(request, card, "intake")
    return _open(request, card_facts(card, known), card=True, party=known.public_id if known else "")


def card_facts(card: CardData, known: Any) -> dict[str, Any]:
    """The facts on the card, and beside them what only the registry knows: phone, e-mail, the commune."""
    facts = {**people_rules.from_card(card)}
    if known is None:
        return facts
    for name in ("phone", "email", "ethnicity", "nationality"):
        if getattr(known, name):
            facts[name] = getattr(known, name)
    if isinstance(known.address, Mapping) and known.address.get("commune_code"):
        facts["address"] = dict(known.address)
    return facts


def _open(request: HttpRequest, facts: dict[str, Any], *, card: bool, party: str) -> HttpResponse:
    done = actions.open_visit(
        act_of(request, "intake"), agency=_desk(request), facts=facts, card=card, party=party
    )
    return redirect("counter:visit", done["visit"])


@officers(*DESK)
@never_cache
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Begin a visit without a card. POST person: somebody found by search; else full_name, phone as she says them."""
    public_id = request.POST.get("person", "")
    if public_id:
        demand_search(request)
        known = people.party(public_id) if public_id.isalnum() else None
        if known is None:
            raise NotFound()
        log_seen(request, "intake", "intake", [known.subject])
        facts = {name: getattr(known, name, "") for name in people_rules.FIELDS}
        return _open(request, {k: v for k, v in facts.items() if v}, card=False, party=known.public_id)
    facts = {
        "full_name": request.POST.get("full_name", "")[:200],
        "phone": request.POST.get("phone", "")[:20],
    }
    return _open(request, facts, card=False, party="")


# What does she need? -----------------------------------------------------------------------------------------------


@officers(*DESK)
@never_cache
@require_http_methods(["GET", "POST"])
def visit(request: HttpRequest, visit: str) -> HttpResponse:
    """The person at the desk and what she may need. GET q: words or a number 1 to 9; xong: the dossier just taken in.
    POST leaves: the visit ends."""
    actor, at = actor_of(request), moment()
    if request.method == "POST":
        actions.close_visit(act_of(request, "intake"), visit=visit)
        return redirect("counter:intake")
    here = queries.visit(actor, visit, at)
    offered = _offered(here.agency_id)
    text = request.GET.get("q", "").strip()[:200]
    if text.isdigit() and len(text) == 1 and 0 < int(text) <= len(offered):
        return redirect("counter:declare", visit, offered[int(text) - 1].slug)
    taken = [d for id_ in here.dossiers if (d := _visible(actor, id_))]
    party = people.party(here.party) if here.party else None
    others = dossiers.find_of_parties(dossiers.visible_to(actor), [party.id], limit=6) if party else []
    others = [d for d in others if d.public_id not in here.dossiers]
    context = {
        "visit": here,
        "who": who_line(here),
        "offered": list(enumerate(offered, 1)),
        "text": text,
        "hits": list(catalogue.search(text, limit=8, include_listed=False)) if text else [],
        "taken": [_taken(d, actor, at) for d in taken],
        "fresh": next((_taken(d, actor, at) for d in taken if d.public_id == request.GET.get("xong")), None),
        "others": [listing.line_of(actor, d, at) for d in others],
        "act_id": new_act_id(),
        "bar": bar_of(actor, lang(), code=(taken[-1].code or "") if taken else ""),
    }
    subjects = [*(d.subject for d in [*taken, *others]), *([party.subject] if party else [])]
    log_seen(request, "visit", "intake", subjects)
    return render(request, "counter/visit.html", context)


def _visible(actor: Any, public_id: str) -> Any:
    try:
        return dossiers.get_visible(actor, public_id)
    except Refusal:
        return None


def _offered(agency_id: int) -> list[Any]:
    """The procedures most used at this desk, those that can be taken in; at most nine, one for each key."""
    known = catalogue.by_ids(ids := dossiers.most_used(agency_id, limit=OFFERED))
    slugs = [known[id_].slug for id_ in ids if id_ in known]
    if len(slugs) < OFFERED:
        slugs += [view.slug for view in catalogue.views(moment()) if view.coverage == "full"]
    open_now = [view for slug in dict.fromkeys(slugs) if (view := _fileable(slug))]
    return open_now[:OFFERED]


def _fileable(slug: str) -> Any:
    try:
        view = catalogue.view_for(slug, moment())
    except Refusal:
        return None
    return view if view.is_fileable(today(), "in_person") else None


def who_line(here: queries.VisitView) -> list[str]:
    """Who she is in a few words: enough to be sure, too little to collect."""
    facts = here.facts
    birth = str(facts.get("birth_on") or "")
    return [
        part
        for part in (
            str(words.SEXES.get(facts.get("sex"), "")),
            birth[:4],
            people_rules.masked_number(str(facts.get("personal_number") or "")),
            people_rules.masked_phone(str(facts.get("phone") or "")),
        )
        if part
    ]


def _taken(dossier: Any, actor: Any, at: Any) -> dict[str, Any]:
    line = listing.line_of(actor, dossier, at)
    fees = dossiers.fees_of(dossier)
    letters = dossiers.letters_of(dossier)
    printed = next(
        (each for each in reversed(letters) if each.kind in ("receipt", "supplement-request")), None
    )
    return {
        "line": line,
        "dossier": dossier,
        "total": sum(fee.payable or 0 for fee in fees),
        "unknown": any(fee.payable is None for fee in fees),
        "owes": str(dossier.finance_state) in ("due", "unknown"),
        "print": reverse("counter:letter", args=[dossier.public_id, printed.public_id]) if printed else "",
        "letter": words.LETTERS.get(printed.kind, "") if printed else "",
    }


@officers(*DESK)
@never_cache
@require_GET
def suggest(request: HttpRequest, visit: str) -> HttpResponse:
    """Procedures while somebody types (GET q), as options that lead to the declaration."""
    hits = catalogue.search(request.GET.get("q", "")[:200], limit=8, include_listed=False)
    return render(request, "counter/parts/procedure_options.html", {"hits": hits, "visit": visit})


# The declaration ---------------------------------------------------------------------------------------------------


@officers(*DESK)
@never_cache
@require_http_methods(["GET", "POST"])
def declare(request: HttpRequest, visit: str, slug: str) -> HttpResponse:
    """The declaration, papers and money of one procedure for the person at the desk.

    POST do: receive (receive now), ask (ask for what is missing, form 02); a row button or a script's refresh only
    draws the page again.
    """
    here = queries.visit(actor_of(request), visit, moment())
    if slug == COPIES and request.method == "GET":
        return redirect(f"{reverse('counter:copies')}?luot={visit}")
    view = catalogue.view_for(catalogue.by_slug(slug), moment())
    if request.method == "GET":
        return _declare_page(request, here, _intake(view, begin(view, here.facts, today())), {})
    cleaned, unreadable = forms.clean(view.declaration, request.POST)
    answers = {**_ticks_taken_away(view), **cleaned}
    change = row_change(request.POST)
    if change:
        answers = changed_rows(answers, change)
    if change or is_fragment(request) or request.POST.get("do") not in ("receive", "ask"):
        return _declare_page(request, here, _intake(view, answers, unreadable), request.POST)
    return _send(request, here, _intake(view, answers, unreadable, judge=True))


def _intake(view: Any, answers: Any, unreadable: Any = None, *, judge: bool = False) -> Intake:
    return Intake(view, answers, on=today(), language=lang(), unreadable=unreadable, judge=judge)


def _ticks_taken_away(view: Any) -> dict[str, Any]:
    """A browser says nothing of a box that is not ticked: what is not posted counts as not ticked."""
    return {field.id: None for field in view.declaration.fields if field.type in ("consent", "choices")}


def _declare_page(
    request: HttpRequest,
    here: queries.VisitView,
    case: Intake,
    typed: Mapping[str, Any],
    *,
    problems: Mapping[str, str] | None = None,
    missing: list[Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "visit": here,
        "who": who_line(here),
        "case": case,
        "view": case.view,
        "problems": {**case.problems, **(problems or {})},
        "papers": case.papers(typed),
        "paper_forms": words.PAPER_FORMS,
        "missing": missing,
        "communes": agencies.commune_options(today(), lang()),
        "agencies": agencies.agency_options(today(), lang()),
        "cash": bool(typed.get("cash")),
        "receipt_number": typed.get("cash--receipt_number", ""),
        "unknown_fees": [
            {"field": (name := f"cash--amount-{line.key}"), "name": line.name, "typed": typed.get(name, "")}
            for line in case.fees
            if not line.known
        ],
        "transfer": not typed or bool(typed.get("transfer")),
        "agency": agencies.names([here.agency_id], lang()).get(here.agency_id, ""),
        "notes": case.view.law_notes(today()),
        "act_id": new_act_id(),
        "is_open": case.view.is_fileable(today(), "in_person"),
    }
    if not is_fragment(request):
        # the person herself, where the registry knows her: she must find this look among those at her data
        log_seen(
            request, "declare", "intake", [f"party:{here.party}" if here.party else f"visit:{here.public_id}"]
        )
    template = "counter/parts/declaration.html" if is_fragment(request) else "counter/declare.html"
    return render(request, template, context, status=status)


def _send(request: HttpRequest, here: queries.VisitView, case: Intake) -> HttpResponse:
    typed = request.POST
    if case.problems:
        return _declare_page(request, here, case, typed, status=422)
    act, asking = act_of(request, "intake"), typed.get("do") == "ask"
    missing = case.missing(set(typed.getlist("papers")))
    if missing and not asking and typed.get("missing_ok") != "1":
        return _declare_page(request, here, case, typed, missing=missing, status=422)
    try:
        done = actions.serve(
            act,
            visit=here.public_id,
            procedure=case.view.slug,
            answers=case.answers,
            papers=_papers(request, case, act),
            transfer_now=bool(typed.get("transfer")),
            ask=_ask(missing, typed) if asking else None,
            cash=cash_of(typed, "cash--") if typed.get("cash") and not asking else None,
        )
    except Refusal as refusal:
        problems = _sorted_problems(refusal, case)
        return _declare_page(request, here, case, typed, problems=problems, status=refusal.status)
    return redirect(f"{reverse('counter:visit', args=[here.public_id])}?xong={done['dossier']}")


def _papers(request: HttpRequest, case: Intake, act: Act) -> list[dict]:
    return handed_over(Given(request.POST, request.FILES, act, None, case.view, lang()))


def _ask(missing: list[Any], typed: Any) -> dict[str, Any]:
    """The request at the door: every paper that is missing, and what the officer wrote herself."""
    items = [{"text": f"Nộp thêm: {need.name.vi}.", "paper": need.key} for need in missing]
    items += [{"text": line.strip()[:600]} for line in typed.get("own", "").splitlines() if line.strip()]
    return {"items": items, "reason": "Hồ sơ chưa đủ giấy tờ theo quy định của thủ tục."}


def _sorted_problems(refusal: Refusal, case: Intake) -> dict[str, str]:
    """Problems of fields beside their fields; everything else on top."""
    if isinstance(refusal, Invalid) and refusal.problems:
        return {str(p.get("field") or ""): str(p.get("message") or "") for p in refusal.problems}
    return problems_of(refusal)

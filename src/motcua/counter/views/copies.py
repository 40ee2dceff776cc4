"""Certified copies in twenty seconds: one page, one form, one act; then the next in the queue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.catalogue import queries as catalogue
from motcua.counter import actions, queries, words
from motcua.counter.base import DESK, desks, is_fragment, lang, log_seen, moment, problems_of, today
from motcua.counter.errors import CardUnreadable, NoDesk, NotReadable
from motcua.counter.listing import line_of
from motcua.counter.moves import cash_of
from motcua.counter.views.intake import COPIES, by_card, card_facts, read_card
from motcua.dossiers import queries as dossiers
from motcua.foundation.doors import actor_of, officers
from motcua.foundation.errors import Invalid, Refusal
from motcua.foundation.forms import act_of, new_act_id
from motcua.kernel import forms, money
from motcua.people import rules as people_rules

PROCEDURE = COPIES
ROWS = 6
PERSON = ("full_name", "personal_number", "birth_on", "sex", "phone")


@officers(*DESK)
@never_cache
@require_http_methods(["GET", "POST"])
def copies(request: HttpRequest) -> HttpResponse:
    """One page for copies to certify. GET luot: the visit it belongs to; xong: what was just taken in stands on top.

    POST do=card reads a card into the page, do=send takes in; anything else only draws the fee again.
    """
    if not desks(actor_of(request)):
        raise NoDesk()
    view = catalogue.view_for(catalogue.by_slug(PROCEDURE), moment())
    if request.method == "GET":
        here = _visit(request, request.GET.get("luot", ""))
        typed = _person(here.facts) if here else {}
        return _page(request, view, typed, done=request.GET.get("xong", ""), here=here)
    if request.POST.get("do") == "card":
        return _card(request, view)
    if request.POST.get("do") == "send":
        return _send(request, view)
    return _page(request, view, request.POST)


def _card(request: HttpRequest, view: Any) -> HttpResponse:
    try:
        card = read_card(request.POST.get("card", ""))
    except CardUnreadable as refusal:
        return _page(
            request, view, {}, problems={"card": f"{refusal.sentence} {refusal.way_out}"}, status=422
        )
    known = by_card(request, card, "copies")
    facts = card_facts(card, known)
    return _page(request, view, _person(facts) | {"card_text": request.POST.get("card", "")[:1000]})


def _person(facts: Mapping[str, Any]) -> dict[str, str]:
    """Who asks, as the form shows it."""
    return {name: str(facts.get(name) or "") for name in PERSON}


def _visit(request: HttpRequest, public_id: str) -> queries.VisitView | None:
    """The visit that the copies belong to, if any. Raises VisitOver."""
    return queries.visit(actor_of(request), public_id, moment()) if public_id else None


def rows_of(typed: Mapping[str, Any]) -> list[dict[str, str]]:
    """The lines of the form as they were typed; a fresh line asks for one page and one copy."""
    rows = []
    for place in range(ROWS):
        row = {
            name: str(typed.get(f"documents-{place}-{name}") or "").strip()
            for name in ("title", "pages", "copies")
        }
        if not row["title"]:
            row |= {name: row[name] or "1" for name in ("pages", "copies")}
        rows.append(row)
    return rows


def _priced(typed: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the fee is told for: numbers typed into a line before its paper is named count already."""
    named = {
        f"documents-{place}-title": "…"
        for place, row in enumerate(rows_of(typed))
        if not row["title"] and (row["pages"], row["copies"]) != ("1", "1")
    }
    return {**{name: typed.get(name, "") for name in typed}, **named} if named else typed


def answers_of(view: Any, typed: Mapping[str, Any]) -> tuple[dict[str, Any], list[forms.FieldProblem]]:
    """The declaration behind the short form: usual answers, the person, and the lines that name a paper."""
    said: dict[str, Any] = {name: typed.get(name, "") for name in PERSON}
    for place, row in enumerate(rows_of(typed)):
        if row["title"]:
            said |= {f"documents-{place}-{name}": value for name, value in row.items()}
    origin = str(typed.get("document_origin") or "vietnamese")
    said |= {"document_origin": origin, "applicant_kind": "self", "result_delivery": "counter"}
    said["office_copies"] = "no" if typed.get("own_copies") else "yes"
    if origin != "vietnamese":
        said["foreign_legalised"] = "yes" if typed.get("legalised") else "no"
    answers, problems = forms.clean(view.declaration, said)
    # The officer holds the originals in her hand and has asked; pressing the button says so.
    consents = {field.id: True for field in view.declaration.fields if field.type == "consent"}
    return {**answers, **consents}, problems


def _page(
    request: HttpRequest,
    view: Any,
    typed: Mapping[str, Any],
    *,
    problems: Mapping[str, str] | None = None,
    done: str = "",
    here: queries.VisitView | None = None,
    status: int = 200,
) -> HttpResponse:
    answers, _unreadable = answers_of(view, _priced(typed))
    lines = dossiers.fees_shown(view, answers, today(), "counter").owed if typed else ()
    rows = rows_of(typed)
    actor = actor_of(request)
    taken = _taken(request, done) if done else None
    context = {
        "view": view,
        "visit": here,
        "typed": typed,
        "rows": rows,
        "first": rows[0],
        "more": rows[1:],
        "more_open": any(row["title"] for row in rows[1:]),
        "titles": words.COPY_TITLES,
        "sexes": [("male", words.SEXES["male"]), ("female", words.SEXES["female"])],
        "fees": lines,
        "total": money.total(lines) if lines else None,
        "problems": problems or {},
        "taken": taken,
        "named": bool(typed.get("full_name")),
        "who": _who(typed),
        "desks": [(desk.code, desk.name(lang())) for desk in desks(actor)],
        "act_id": new_act_id(),
        "origins": [(o.value, o.label) for o in _origin_options(view)],
        "receipt_number": typed.get("cash--receipt_number", ""),
        "origin": typed.get("document_origin") or "vietnamese",
    }
    template = "counter/parts/copies_fee.html" if is_fragment(request) else "counter/copies.html"
    return render(request, template, context, status=status)


def _origin_options(view: Any) -> tuple[Any, ...]:
    field = view.declaration.field("document_origin")
    return field.options if field else ()


def _who(typed: Mapping[str, Any]) -> list[str]:
    number = people_rules.masked_number(str(typed.get("personal_number") or ""))
    return [
        part
        for part in (str(words.SEXES.get(typed.get("sex"), "")), str(typed.get("birth_on") or "")[:4], number)
        if part
    ]


def _taken(request: HttpRequest, public_id: str) -> dict[str, Any] | None:
    try:
        found = dossiers.get_visible(actor_of(request), public_id)
    except Refusal:
        return None
    fees = dossiers.fees_of(found)
    log_seen(request, "copies", "intake", [found.subject])
    return {
        "line": line_of(actor_of(request), found, moment()),
        "dossier": found,
        "total": sum(fee.payable or 0 for fee in fees),
        "owes": str(found.finance_state) in ("due", "unknown"),
        "state": words.STATES[str(found.business_state)],
    }


def _send(request: HttpRequest, view: Any) -> HttpResponse:
    typed = request.POST
    answers, unreadable = answers_of(view, typed)
    here = _visit(request, typed.get("luot", ""))
    try:
        if not any(row["title"] for row in rows_of(typed)):
            sentence = _("Nhập tên ít nhất một giấy tờ cần chứng thực.")
            raise NotReadable([{"field": "documents-0-title", "code": "missing", "message": sentence}])
        if unreadable:
            said = {p.input: forms.problem_text(p, view.declaration, lang()) for p in unreadable}
            raise NotReadable(
                [{"field": name, "code": "unreadable", "message": text} for name, text in said.items()]
            )
        own = [desk.code for desk in desks(actor_of(request))]
        done = actions.certify_copies(
            act_of(request, "intake"),
            agency=typed.get("agency") if typed.get("agency") in own else own[0],
            procedure=PROCEDURE,
            answers=answers,
            papers=_papers(view, answers, typed),
            card_facts=_proven(typed, answers),
            cash=cash_of(typed, "cash--") if typed.get("cash") else None,
            visit=here.public_id if here else "",
        )
    except Refusal as refusal:
        problems = problems_of(refusal)
        if isinstance(refusal, Invalid) and "documents" in problems:
            problems["documents-0-title"] = problems.pop("documents")
        return _page(request, view, typed, problems=problems, here=here, status=refusal.status)
    if here:
        return redirect(f"{reverse('counter:visit', args=[here.public_id])}?xong={done['dossier']}")
    return redirect(f"{reverse('counter:copies')}?xong={done['dossier']}")


def _papers(view: Any, answers: dict[str, Any], typed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The original is shown; the copies she brought are counted, those the office makes are not papers of hers."""
    known = {paper.key for paper in view.papers}
    papers = [{"key": "original-document", "form": "present_only"}]
    if typed.get("own_copies"):
        count = sum(int(row.get("copies") or 0) for row in answers.get("documents") or ())
        papers.append({"key": "copy-to-certify", "form": "copy", "quantity": max(1, min(count, 999))})
    return [paper for paper in papers if paper["key"] in known]


def _proven(typed: Mapping[str, Any], answers: dict[str, Any]) -> dict[str, Any] | None:
    """The facts of the card that was scanned for this form, when it is still the same person's name and number."""
    text = str(typed.get("card_text") or "")
    if not text:
        return None
    facts = people_rules.from_card(read_card(text))
    same = facts["full_name"] == answers.get("full_name") and facts["personal_number"] == answers.get(
        "personal_number"
    )
    return facts if same else None

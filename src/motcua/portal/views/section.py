"""One section of a declaration on a page: drawn, kept while it is typed and when it is sent, also from two windows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.agencies import queries as agencies
from motcua.dossiers import actions
from motcua.dossiers import queries as dossiers
from motcua.foundation.canonical import digest
from motcua.foundation.doors import signed_in
from motcua.foundation.errors import NotFound
from motcua.foundation.forms import act_of, new_act_id
from motcua.foundation.time import local, now
from motcua.foundation.ui.declared import changed_rows, row_change, typed_texts
from motcua.kernel import forms
from motcua.kernel.conditions import is_given
from motcua.portal.again import show_again, what_was_said
from motcua.portal.case import Case, drawn_problems
from motcua.portal.views._common import DECLARE, is_fragment, lang, note_seen, own, today
from motcua.portal.views.declare import BACK_TO, editable

FIELDS_MOST = 200  # names of drawn fields that a form may say
DRAWN = "_drawn"  # hidden inputs "field:mark": with which answer each field was drawn
PICK = "_pick-"  # which of two answers to one question is right: "stored", or "given:mark of the stored one"


@dataclass
class Sent:
    """What a form of a section said."""

    answers: dict[str, Any]  # to the questions that stood on it
    drawn: dict[str, str]  # with which mark each was drawn
    unreadable: list[forms.FieldProblem]
    asked: list[str]
    typed: dict[str, str] = field(default_factory=dict)

    def without(self, name: str) -> None:
        """Leave a question as it is stored."""
        self.answers.pop(name, None)
        self.unreadable = [problem for problem in self.unreadable if problem.field != name]


def _section_of(case: Case, section_id: str) -> forms.Section:
    found = case.section(section_id)
    if found is None:
        raise NotFound()
    return found


def _sent(request: HttpRequest, case: Case, section_id: str) -> Sent:
    """Only questions that stood on the page (`_asked`) are taken from the post; hidden ones keep what was said before,
    so that a mis-click on an earlier answer loses nothing."""
    cleaned, problems = forms.clean(case.declaration, request.POST, section_id)
    part = case.declaration.section(section_id)
    named = request.POST.getlist("_asked")[:FIELDS_MOST]
    asked = set(named) or {one.id for one in part.fields}
    marks = (text.rpartition(":") for text in request.POST.getlist(DRAWN)[:FIELDS_MOST])
    sent = Sent(
        {one.id: cleaned.get(one.id) for one in part.fields if one.id in asked},
        {name: mark for name, _colon, mark in marks if name in asked},
        [problem for problem in problems if problem.field in asked],
        named,
    )
    for name in list(sent.answers):
        which, _colon, seen = request.POST.get(PICK + name, "").partition(":")
        if which == "stored":
            sent.without(name)
        elif (
            which == "given"
        ):  # chosen against the answer that was shown; against a newer one it is asked again
            sent.drawn[name] = seen
    sent.typed = typed_texts(sent.unreadable)
    return sent


def _save(request: HttpRequest, case: Case, section_id: str, sent: Sent) -> dict[str, Any]:
    """Keep what was changed on this form. Answers {revision, elsewhere: the fields that were changed elsewhere too, …}.

    The same form sent again with the same content is one act; with other content another.
    """
    given = request.POST.get("act_id") or new_act_id()
    content = digest([section_id, sent.answers, sent.drawn])[:16]
    said = {
        "dossier": case.dossier.public_id,
        "answers": sent.answers,
        "section": section_id,
        "drawn": sent.drawn,
    }
    kept = actions.save_answers(act_of(request, DECLARE, act_id=f"{given[:60]}/{content}"), **said)
    if kept["replayed"] and kept["revision"] != case.dossier.revision:
        # The same words were saved under this form before, and something else since: this is a new saving.
        kept = actions.save_answers(act_of(request, DECLARE, act_id=new_act_id()), **said)
    return kept


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, public_id: str, section: str) -> HttpResponse:
    """One section of the form. GET draws it (back, xem, moi, hang); POST keeps it and goes on; `later` goes back to the
    list unchecked."""
    case = editable(request, public_id)
    if isinstance(case, HttpResponse):
        return case
    part = _section_of(case, section)
    if request.method == "GET":
        return _shown(request, case, part)
    sent = _sent(request, case, section)
    if is_fragment(request):
        return _drawn_anew(request, case, part, sent)
    change = row_change(request.POST)
    if not change:
        saved = _save(request, case, section, sent)
        return _go_on(request, case.with_answers({**case.answers, **sent.answers}), part, sent, saved)
    changed = changed_rows({**case.answers, **sent.answers}, change)
    if change[0] == "remove" and change[1] in sent.answers:
        sent.without(change[1])
        sent.answers[change[1]] = changed[change[1]] or None
        sent.typed = typed_texts(sent.unreadable)
    saved = _save(request, case, section, sent)
    return _again(request, case, part, sent, saved, hang=f"{change[1]}-{len(changed[change[1]])}")


def _again(
    request: HttpRequest, case: Case, part: forms.Section, sent: Sent, saved: dict[str, Any], **query: str
) -> HttpResponse:
    """Back to this section: what could not be read stands in its box again, and of two answers one is to be chosen."""
    back = request.POST.get("back", "")
    address = reverse("portal:section", args=[case.dossier.public_id, part.id])
    kept = {
        "typed": sent.typed,
        "unreadable": drawn_problems(case, sent.unreadable),
        "revision": saved["revision"],
        "given": {name: sent.answers[name] for name in saved["elsewhere"]},
        "drawn": {name: sent.drawn[name] for name in saved["elsewhere"]},
    }
    return show_again(request, address, kept, back=back if back in BACK_TO else "", **query)


def _go_on(
    request: HttpRequest, case: Case, part: forms.Section, sent: Sent, saved: dict[str, Any]
) -> HttpResponse:
    public_id = case.dossier.public_id
    if saved["elsewhere"]:
        return _again(request, case, part, sent, saved)
    if "later" in request.POST:
        return redirect("portal:tasks", public_id)
    fresh = [one.id for one in case.fields(part) if sent.asked and one.id not in sent.asked]
    fresh = [name for name in fresh if case.declaration.field(name).type != "note"]
    problems = [*sent.unreadable, *case.problems_in(part.id)]
    wrong = any(problem.field not in fresh for problem in problems)
    if wrong or any(not is_given(case.answers.get(name)) for name in fresh):
        return _again(request, case, part, sent, saved, xem="1", moi=",".join(fresh))
    back = request.POST.get("back", "")
    if back in BACK_TO:
        return redirect(f"portal:{back}", public_id)
    following = case.after(part.id)
    if following is not None:
        return redirect("portal:section", public_id, following.id)
    return redirect("portal:papers" if case.papers else "portal:tasks", public_id)


def _shown(request: HttpRequest, case: Case, part: forms.Section) -> HttpResponse:
    """The section as it is stored, with what the last sending could not keep."""
    note_seen(request, "section", case.dossier, purpose=DECLARE)
    said = what_was_said(request)
    fresh = [name for name in request.GET.get("moi", "").split(",")[:FIELDS_MOST] if name]
    problems = case.problems_in(part.id)
    if request.GET.get("xem") != "1":
        problems = [problem for problem in problems if not problem.missing]
    told = drawn_problems(case, [problem for problem in problems if problem.field not in fresh])
    given = _still_two(case, part, said.get("given", {}))
    fits = (
        bool(given) or said.get("revision") == case.dossier.revision
    )  # what was put right since is not told again
    typed = said.get("typed", {}) if fits else {}
    told.update(said.get("unreadable", {}) if fits else {})
    for name in given:
        told[name] = _("Câu này đã sửa ở tab khác. Chọn một trong hai câu trả lời.")
    drawn = Drawing(case, stored=case, given=given, kept=said.get("drawn", {}))
    return _page(request, drawn, part, told, typed=typed, fresh=fresh, rows=request.GET.get("hang", ""))


def _still_two(case: Case, part: forms.Section, given: dict[str, Any]) -> dict[str, Any]:
    """What was given and is still another answer than the stored one."""
    own = {one.id for one in part.fields}
    return {
        name: value
        for name, value in given.items()
        if name in own and forms.bare(value) != forms.bare(case.answers.get(name))
    }


def _drawn_anew(request: HttpRequest, case: Case, part: forms.Section, sent: Sent) -> HttpResponse:
    """The questions drawn again for a script, nothing kept: what was changed here over what is stored."""
    kept, elsewhere = dossiers.settled(case.dossier.public_id, case.answers, sent.answers, sent.drawn)
    given = {name: sent.answers[name] for name in elsewhere}
    drawn = Drawing(
        case.with_answers({**case.answers, **kept, **given}), stored=case, given=given, kept=sent.drawn
    )
    return _page(request, drawn, part, {}, typed=sent.typed)


@dataclass(frozen=True)
class Drawing:
    """What is drawn: answers of `case`, over what is `stored`; `given` are those that have a rival among the stored."""

    case: Case
    stored: Case
    given: dict[str, Any]
    kept: dict[str, str]

    def value(self, name: str) -> Any:
        return self.given[name] if name in self.given else self.case.answers.get(name)

    def mark(self, name: str) -> str:
        """A question with two answers keeps the mark that it had; the others begin from what is stored now."""
        if name in self.given and name in self.kept:
            return self.kept[name]
        return self._stored_mark(name)

    def _stored_mark(self, name: str) -> str:
        return dossiers.drawn_mark(self.stored.dossier.public_id, name, self.stored.answers.get(name))

    def rivals(self, one: forms.Field, typed: str = "") -> dict[str, str] | None:
        """Both answers in words and what each choice sends, None where there is nothing to choose."""
        if one.id not in self.given:
            return None
        names, language = agencies.names_in(self.case.language), self.case.language
        nothing = _("(để trống)")
        return {
            "stored": forms.say(one, self.stored.answers.get(one.id), language, names) or nothing,
            "given": forms.say(one, self.given[one.id], language, names) or typed or nothing,
            "take_given": f"given:{self._stored_mark(one.id)}",
        }


def _page(
    request: HttpRequest,
    drawing: Drawing,
    part: forms.Section,
    problems: dict[str, str],
    *,
    typed: dict[str, str],
    fresh: list[str] | None = None,
    rows: str = "",
) -> HttpResponse:
    case = drawing.case
    controlling = case.controlling(part)
    ids = [section.id for section in case.sections]
    context = {
        "dossier": case.dossier,
        "view": case.view,
        "part": part,
        "number": ids.index(part.id) + 1 if part.id in ids else 1,
        "fields": [
            {
                "field": one,
                "label": one.label.say(case.language),
                "value": _with_rows(one, drawing.value(one.id), rows),
                "required": case.required(one),
                "controls": one.id in controlling,
                "is_fresh": one.id in (fresh or ()),
                "drawn": f"{one.id}:{drawing.mark(one.id)}",
                "rivals": drawing.rivals(one, typed.get(one.id, "")),
            }
            for one in case.fields(part)
        ],
        "problems": problems,
        "fresh": fresh,
        "typed": typed,
        "communes": agencies.commune_options(case.on, case.language),
        "agencies": agencies.agency_options(case.on, case.language),
        "act_id": new_act_id(),
        "back": request.POST.get("back") or request.GET.get("back", ""),
        "lang": case.language,
    }
    template = "portal/parts/section_fields.html" if is_fragment(request) else "portal/section.html"
    return render(request, template, context)


def _with_rows(one: forms.Field, value: Any, rows: str) -> Any:
    """As many rows as the buttons asked for: an added one is empty and nowhere stored yet."""
    name, _dash, count = rows.rpartition("-")
    if one.type != "rows" or one.id != name or not count.isdecimal() or len(count) > 3:
        return value
    there = list(value or [])
    return there + [{} for _more in range(min(int(count), forms.ROWS_MAX) - len(there))]


@signed_in
@never_cache
@require_POST
def autosave(request: HttpRequest, public_id: str, section: str) -> HttpResponse:
    """Keep a section while it is being filled in; called by the page's script.

    Answers {text, next_act_id, drawn: {field: mark}, again}: the marks of what the form holds now, and whether the
    questions are to be drawn again because one was answered elsewhere too.
    """
    dossier = own(request, public_id)
    case = Case(dossier, on=today(), language=lang())
    if case.declaration.section(section) is None:
        raise NotFound()
    sent = _sent(request, case, section)
    elsewhere = _save(request, case, section, sent)["elsewhere"]
    told = _("Đã lưu lúc {time}. Chưa nộp.").format(time=f"{local(now()):%H:%M}")
    if elsewhere:
        told = _("Có câu đã sửa ở tab khác. Chọn câu trả lời đúng ở trên; phần còn lại đã lưu.")
    marks = {
        name: dossiers.drawn_mark(public_id, name, value)
        for name, value in sent.answers.items()
        if name in sent.drawn and name not in elsewhere
    }
    return JsonResponse({"text": told, "next_act_id": new_act_id(), "drawn": marks, "again": bool(elsewhere)})

"""The declaration as the citizen will see it, with answers to try; nothing of it is kept.

The answers travel in the form itself, so that a dossier of the prover opens in it (`?loi=` a finding, `?thu=` a test
dossier) and two people may try at once.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.agencies import queries as agencies
from motcua.catalogue.rules import ProcedureView
from motcua.dossiers import queries as dossiers
from motcua.editing import queries
from motcua.editing.inheriting import body_of
from motcua.editing.views._common import Desk, language, page
from motcua.foundation.doors import administrators
from motcua.foundation.forms import number
from motcua.foundation.time import local_date
from motcua.foundation.ui.declared import changed_rows, row_change, said_problems, typed_texts
from motcua.kernel import forms
from motcua.kernel.clock import say_limit

ANSWERS_MAX = 200_000
CHANNELS = ("online", "counter", "post")
CHANNEL_OF = {"in_person": "counter"}
LAST = "check"


@administrators
@never_cache
@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, draft: str) -> HttpResponse:
    """One section of the form with the answers so far; after the last one the answers, papers, fees and the limit."""
    desk = Desk.of(request, draft)
    if desk.declaration is None:
        return render(request, "editing/preview_none.html", page(desk, faults=desk.told(desk.faults)))
    trial = _Trial.of(request, desk)
    if request.method == "POST":
        return _sent(request, desk, trial)
    section = trial.asking.section(request.GET.get("phan", "")) or next(iter(trial.asking.sections), None)
    if section is None or request.GET.get("phan") == LAST:
        return _whole(request, desk, trial)
    return _section(request, desk, trial, section, {})


class _Trial:
    """Answers being tried: on which day, by which way."""

    def __init__(self, desk: Desk, answers: dict[str, Any], on: date, channel: str, about: str = "") -> None:
        assert desk.declaration is not None
        self.asking = forms.Asking(desk.declaration, answers, on)
        self.channel, self.about = channel if channel in CHANNELS else "online", about

    @classmethod
    def of(cls, request: HttpRequest, desk: Desk) -> _Trial:
        on = local_date(desk.at)
        if request.method == "POST":
            return cls(desk, _answers(request.POST.get("_answers", "")), _day(request.POST.get("_day"), on),
                       request.POST.get("_channel", ""), request.POST.get("_about", "")[:600])  # fmt: skip
        dossier, about = _dossier(request, desk)
        if dossier is None:
            return cls(desk, {}, on, "online")
        channel = dossier.get("channel", "online")
        return cls(desk, dict(dossier.get("answers") or {}), _day(dossier.get("day"), on),
                   CHANNEL_OF.get(channel, channel), about)  # fmt: skip

    def hidden(self) -> dict[str, str]:
        """What the form carries besides its own questions."""
        told = json.dumps(self.asking.answers, ensure_ascii=False)
        return {
            "_answers": told,
            "_day": self.asking.on.isoformat(),
            "_channel": self.channel,
            "_about": self.about,
        }

    def with_answers(self, desk: Desk, answers: dict[str, Any]) -> _Trial:
        return _Trial(desk, answers, self.asking.on, self.channel, self.about)


def _dossier(request: HttpRequest, desk: Desk) -> tuple[dict[str, Any] | None, str]:
    """A dossier of the last proof: that of a finding, or a covering one."""
    proof = queries.proof_of(desk.draft)
    if proof is None:
        return None, ""
    wanted = number(request.GET.get("loi"))
    if 0 < wanted <= len(proof.findings):
        found = proof.findings[wanted - 1]
        return found.get("dossier"), found["en" if language() == "en" else "vi"]
    wanted, cases = number(request.GET.get("thu")), proof.coverage.get("dossiers") or []
    if 0 < wanted <= len(cases):
        return cases[wanted - 1], _("Hồ sơ thử {number}").format(number=wanted)
    return None, ""


def _answers(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text[:ANSWERS_MAX]) if text else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _day(text: Any, otherwise: date) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return otherwise


def _sent(request: HttpRequest, desk: Desk, trial: _Trial) -> HttpResponse:
    """What was typed joins the answers; then the next section, or this one again with what is wrong in it."""
    section = trial.asking.section(request.POST.get("_section", ""))
    if section is None:
        return _whole(request, desk, trial)
    assert desk.declaration is not None
    cleaned, unreadable = forms.clean(desk.declaration, request.POST, section.id)
    asked = set(request.POST.getlist("_asked"))
    answers = {**trial.asking.answers, **{name: value for name, value in cleaned.items() if name in asked}}
    change = row_change(request.POST)
    if change:
        answers = changed_rows(answers, change)
    trial = trial.with_answers(desk, answers)
    problems = [one for one in unreadable if one.field in asked]
    if change or "again" in request.POST:
        return _section(request, desk, trial, section, {}, typed_texts(problems))
    problems += trial.asking.problems_in(section.id)
    fresh = [one.id for one in trial.asking.fields(section) if one.id not in asked]
    if problems or any(desk.declaration.by_id[name][1].type != "note" for name in fresh):
        asked_now = [problem for problem in problems if problem.field not in fresh]
        told = said_problems(desk.declaration, asked_now, language())
        return _section(request, desk, trial, section, told, typed_texts(problems))
    following = trial.asking.after(section.id)
    if following is None:
        return _whole(request, desk, trial)
    return _section(request, desk, trial, following, {})


def _section(
    request: HttpRequest,
    desk: Desk,
    trial: _Trial,
    part: forms.Section,
    problems: dict[str, str],
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    asking, lang = trial.asking, language()
    controlling = asking.controlling(part)
    context = page(
        desk,
        part=part,
        number=[one.id for one in asking.sections].index(part.id) + 1,
        count=len(asking.sections),
        fields=[
            {
                "field": one,
                "value": asking.answers.get(one.id),
                "required": asking.required(one),
                "controls": one.id in controlling,
            }
            for one in asking.fields(part)
        ],
        problems=problems,
        typed=typed or {},
        communes=agencies.commune_options(asking.on, lang),
        agencies=agencies.agency_options(asking.on, lang),
        hidden=trial.hidden(),
        about=trial.about,
        controlled=bool(controlling),
    )
    return render(request, "editing/preview.html", context)


def _whole(request: HttpRequest, desk: Desk, trial: _Trial) -> HttpResponse:
    """The page before handing in: the answers in words, the papers and fees of this case, the limit."""
    asking, lang = trial.asking, language()
    view = ProcedureView(body_of(desk.document, desk.standing.beside))
    shown = forms.shown_sections(view.declaration, asking.answers, lang, asking.on, agencies.names_in(lang))
    context = page(
        desk,
        sections=[one for one in shown if asking.section(one.id)],
        papers=dossiers.papers_needed(view, asking.answers, asking.on, channel=trial.channel),
        lines=dossiers.fees_shown(view, asking.answers, asking.on, trial.channel).lines,
        limit=say_limit(view.limit, lang),
        wrong=said_problems(view.declaration, asking.problems, lang).values(),
        commitment=asking.commitment.fields if asking.commitment else (),
        first=asking.sections[0].id if asking.sections else "",
        hidden=trial.hidden(),
        about=trial.about,
    )
    return render(request, "editing/preview_check.html", context)

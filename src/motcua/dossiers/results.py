"""The result of a dossier as a paper: the rows of the pack's form, filled from what was declared and decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import translation

from motcua.agencies import queries as agencies
from motcua.dossiers import letters
from motcua.dossiers.answered import answers_of, judged_on
from motcua.dossiers.deadlines import view_of
from motcua.dossiers.errors import DossierNotFound
from motcua.dossiers.models import Dossier, Letter, StepRun
from motcua.dossiers.passed_on import offices_at
from motcua.dossiers.sheets import Sheet
from motcua.foundation.packs import store as packs
from motcua.foundation.time import local_date
from motcua.kernel import forms

RESULT = "result"
_NUMBERED = re.compile(r"^\d+\. ", re.MULTILINE)


def result_version(dossier: Dossier) -> packs.Version | None:
    """The form of the result that is made here, as it was in force at the decision; asks no database.

    None where the result is denied, not signed yet, another system's, the officers' own file, or has no such form.
    """
    if dossier.resolved_at is None or dossier.outcome != "granted" or dossier.result_file_id is not None:
        return None
    view = view_of(dossier)
    return packs.current("results", view.slug, dossier.resolved_at) if view.owner.issues_result else None


def result_sheet(dossier: Dossier) -> Sheet:
    """The result by its form, in Vietnamese; holds personal data. Raises DossierNotFound where none is made here."""
    version = result_version(dossier)
    if version is None:
        raise DossierNotFound()
    form = version.body
    view, at = view_of(dossier), dossier.resolved_at
    offices = offices_at(dossier, at)
    office = agencies.office(offices[0] or dossier.competent_agency_id)
    issued = Letter(kind=RESULT, at=at, number=dossier.result_number, content={})
    answers = answers_of(dossier)
    source = letters.Source(dossier, issued, view, answers, offices=offices)
    with translation.override("vi"):
        asked = forms.asked_answers(view.declaration, answers, judged_on(dossier, local_date(at)))
        said = say_answers(view.declaration, asked, agencies.names_in("vi"))
        values = {**letters.values_of(source), **said}
    signer = _signer(dossier)
    return letters.lay(
        form,
        values,
        kind=str(form["layout"]),
        head=letters.head_of(office, at),
        number=dossier.result_number,
        heading=(),
        signed=lambda role: signer if role == "signer" else "",
        lookup=letters.lookup_url(dossier.reference),
        reference=dossier.reference,
    )


def say_answers(
    declaration: forms.Declaration, answers: Mapping[str, Any], names: Callable[[str, str], str | None]
) -> dict[str, Any]:
    """The answers in Vietnamese words by question, the rows of a list as a list; `names` are those of places."""
    told: dict[str, Any] = {}
    for field in declaration.fields:
        said = forms.say(field, answers.get(field.id), "vi", names)
        told[field.id] = _NUMBERED.sub("", said).split("\n") if field.type == "rows" and said else said
    return told


def _signer(dossier: Dossier) -> str:
    """Who signed: whoever did the last step before the result was there."""
    done = StepRun.objects.filter(dossier=dossier, done_at__isnull=False).order_by("-pk")
    return done.values_list("done_by__display_name", flat=True).first() or ""

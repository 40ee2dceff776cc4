"""The result of a dossier as a paper: the rows of the pack's form, filled from what was declared and decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import translation

from motcua.agencies import queries as agencies
from motcua.dossiers import letters, rules
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

    None where the result is denied, not signed or not sealed yet, another system's, a stored file, or has no such form.
    """
    if dossier.resolved_at is None or dossier.outcome != "granted" or dossier.result_file_id is not None:
        return None
    if dossier.delivery_state == rules.Delivery.TO_SEAL:
        return None
    view = view_of(dossier)
    return packs.current("results", view.slug, dossier.resolved_at) if view.owner.issues_result else None


def result_sheet(dossier: Dossier) -> Sheet:
    """The result by its form, in Vietnamese; holds personal data. Raises DossierNotFound where none is made here."""
    version = result_version(dossier)
    if version is None:
        raise DossierNotFound()
    return _sheet(dossier, version.body, dossier.resolved_at, signer=_signer(dossier))


def signed_here(dossier: Dossier, at: datetime) -> bool:
    """Whether the competent person signs this paper here, though another system keeps the register of it."""
    version = packs.current("results", view_of(dossier).slug, at)
    return version is not None and "signed_here" in version.body


def form_to_sign(dossier: Dossier, at: datetime) -> packs.Version | None:
    """The form of the result that would be signed here at `at`; None where it is denied, a file of the officers' own,
    another system's paper, or has no form. Asks no database."""
    if dossier.outcome != "granted" or dossier.result_file_id is not None:
        return None
    view = view_of(dossier)
    version = packs.current("results", view.slug, at)
    if version is None or not (view.owner.issues_result or "signed_here" in version.body):
        return None
    return version


def sheet_to_sign(dossier: Dossier, at: datetime, *, signer: str, capacity: str) -> tuple[Sheet, str]:
    """The result as it is put before the signer, as if signed at `at`: her name, and above it in which capacity she
    signs; with it the abbreviation for its number ("" for none). A number is there only where another system gave it.

    Raises DossierNotFound where nothing is signed here (see `form_to_sign`).
    """
    version = form_to_sign(dossier, at)
    if version is None:
        raise DossierNotFound()
    sheet = _sheet(dossier, version.body, at, signer=signer)
    lines = tuple(
        (capacity, name) if role == "signer" else (label, name)
        for role, (label, name) in zip(sheet.roles, sheet.signatures, strict=True)
    )
    return replace(sheet, signatures=lines), str(version.body.get("symbol") or "")


def _sheet(dossier: Dossier, form: Mapping[str, Any], at: datetime, *, signer: str) -> Sheet:
    view = view_of(dossier)
    offices = offices_at(dossier, at)
    office = agencies.office(offices[0] or dossier.competent_agency_id)
    issued = Letter(kind=RESULT, at=at, number=dossier.result_number, content={})
    answers = answers_of(dossier)
    source = letters.Source(dossier, issued, view, answers, offices=offices)
    with translation.override("vi"):
        asked = forms.asked_answers(view.declaration, answers, judged_on(dossier, local_date(at)))
        said = say_answers(view.declaration, asked, agencies.names_in("vi"))
        values = {**letters.values_of(source), **said}
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

"""What a decided dossier tells the registers, and what they can answer for a dossier on its way. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from motcua.dossiers.answered import answers_of, judged_on
from motcua.dossiers.deadlines import declared_view_of, view_of
from motcua.dossiers.models import Dossier, Paper
from motcua.files import queries as files
from motcua.foundation.actors import Actor
from motcua.foundation.time import local_date
from motcua.kernel import forms
from motcua.registers import queries as registers
from motcua.registers.actions import Granted, PaperSeen
from motcua.registers.rules import Offer

OWN_CHANNELS = ("online", "api")


def granted(row: Dossier, at: datetime) -> Granted | None:
    """The result of a dossier as the city remembers it; None where none was granted or nobody is known by it.

    `at` is the moment of the decision. Asks for the papers only where the row is to be remembered.
    """
    if row.outcome != "granted" or row.applicant_id is None:
        return None
    view = declared_view_of(row)
    answers, words = answers_of(row), {}
    if view.slug in registers.registers_at(at).procedures:  # what is not asked any more is no fact
        answers = forms.asked_answers(view.declaration, answers, judged_on(row, local_date(at)))
        words = _chosen(view.declaration, answers)
    papers = Paper.objects.filter(dossier=row, removed_at=None, file__isnull=False)
    return Granted(
        party_id=row.applicant_id,
        dossier=row.public_id,
        procedure=view.slug,
        name=view_of(row).result_name.vi or view.name.vi,
        number=row.result_number,
        agency_id=row.competent_agency_id,
        answers=answers,
        file_id=row.result_file_id,
        file_sha256=files.digest_of(row.result_file_id) if row.result_file_id else "",
        words=words,
        papers=tuple(PaperSeen(*each) for each in papers.values_list("key", "name", "file_id", "digitised")),
    )


def _chosen(declaration: forms.Declaration, answers: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Question → the words of the answer that was chosen."""
    told = {}
    for field in declaration.fields:
        given = answers.get(field.id)
        if field.type == "choice" and given:
            told[field.id] = {lang: forms.say(field, given, lang) for lang in ("vi", "en")}
    return told


def offers_for(
    actor: Actor, dossier: Dossier, needs: Sequence[forms.PaperNeed], answers: dict[str, Any], at: datetime
) -> dict[str, Offer]:
    """Paper key → what the city can answer it with, for the person herself who declares online; {} for everybody else:
    officers, helpers, and whoever is not proved to be the applicant."""
    if dossier.channel not in OWN_CHANNELS or dossier.filer_id != actor.account_id or actor.roles:
        return {}
    wanted = [(need.key, need.name) for need in needs]
    return registers.offers_for(actor, declared_view_of(dossier).slug, wanted, answers, at)


def by_law(offers: dict[str, Offer], refused: set[str]) -> set[str]:
    """The papers that need not be handed in although nothing was said: the city looks them up on a legal basis."""
    return {key for key, offer in offers.items() if offer.by_law and key not in refused}


def told_of(row: Dossier) -> dict[str, Any]:
    """What a declaration says about the person who files for herself, by the known facts that fill its first part."""
    declaration, answers = declared_view_of(row).declaration, answers_of(row)
    if answers.get("applicant_kind") not in (None, "", "self"):
        return {}
    fields = next((part.fields for part in declaration.sections if part.id == "applicant"), ())
    return {each.prefill: answers[each.id] for each in fields if each.prefill and answers.get(each.id)}

"""Every read of the papers. Who may see a dossier's papers is decided by `dossiers`, before it calls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings

from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import DossierNotFound
from motcua.dossiers.queries import RESULT, Sheet
from motcua.foundation.packs import store as packs
from motcua.papers.errors import NoLayout
from motcua.papers.layouts import layout_for
from motcua.papers.models import IssuedPaper
from motcua.papers.record import About, PaperRecord, record_of
from motcua.papers.typesetting import Layout

__all__ = [
    "Draft",
    "becomes_file",
    "draft_of",
    "file_of",
    "layout_at",
    "missing",
    "has_result",
    "public_ids",
    "record_at",
]

Draft = tuple[PaperRecord, Layout]


def layout_at(kind: str, at: datetime) -> Layout:
    """The layout in force at `at` for papers of `kind`. Raises NoLayout."""
    found = layout_for(kind, {version.key: version.body for version in packs.current_all("papers", at)})
    if found is None:
        raise NoLayout(kind=kind)
    return found


def becomes_file(kind: str) -> bool:
    """Whether letters of this kind are kept as files: those issued to the applicant."""
    return kind in dossiers.ISSUED_TO_APPLICANT


def file_of(dossier: Any, about: str) -> Any | None:
    """The stored file of a paper of this dossier, None while it is not made; the caller has asked the policy."""
    row = IssuedPaper.objects.select_related("file").filter(dossier=dossier, about=about).first()
    return row.file if row is not None else None


def missing(dossier: Any) -> list[str]:
    """What of a dossier was issued to the applicant and is not yet a file: its letters, oldest first, then `RESULT`."""
    made = set(IssuedPaper.objects.filter(dossier=dossier).values_list("about", flat=True))
    issued = [each.public_id for each in dossiers.letters_of(dossier) if becomes_file(each.kind)]
    if has_result(dossier):
        issued.append(RESULT)
    return [each for each in issued if each not in made]


def has_result(dossier: Any) -> bool:
    """Whether the result of a dossier is a paper that is made here; asks no database."""
    return dossiers.result_form(dossier) is not None


def draft_of(dossier: Any, about: str) -> Draft:
    """A paper of a dossier, a letter by its public id or `RESULT`, as the record and the layout it is set from.

    Raises DossierNotFound where it has no such paper, NoLayout.
    """
    if about != RESULT:
        letter = dossiers.letter_of(dossier, about)
        return record_at(dossiers.letter_sheet(dossier, letter), letter.at, dossier)
    form = dossiers.result_form(dossier)
    if form is None:
        raise DossierNotFound()
    return record_at(dossiers.result_sheet(dossier, form), dossier.resolved_at, dossier)


def record_at(sheet: Sheet, at: datetime, dossier: Any | None = None) -> Draft:
    """A filled form as the record and the layout it is set from; `dossier` None for a book of many. Raises NoLayout."""
    layout = layout_at(sheet.kind, at)
    record = record_of(
        sheet,
        issued_at=at,
        layout=(layout.key, layout.hash),
        size=layout.size,
        across=layout.across,
        simulated=settings.MOTCUA.simulation,
        about=_about(dossier) if dossier is not None else None,
    )
    return record, layout


def _about(dossier: Any) -> About:
    view = dossiers.view_of(dossier)
    return About(
        code=dossier.code or "",
        reference=dossier.reference,
        procedure=view.legal_name.vi,
        procedure_code=view.code or "",
        tracking=dossiers.lookup_url(dossier.reference),
        received_at=dossier.received_at,
        due_at=dossier.due_at,
    )


def public_ids() -> Iterator[str]:
    """Every paper's public id, for the check of the journal."""
    return IssuedPaper.objects.values_list("public_id", flat=True).iterator()

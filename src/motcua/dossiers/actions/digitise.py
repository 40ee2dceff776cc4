"""A scan made at the desk becomes the electronic form of a paper that was handed over (NĐ 107/2021, scanning at
reception)."""

from __future__ import annotations

from motcua.dossiers import queries, rules
from motcua.dossiers.actions.base import save
from motcua.dossiers.actions.declare import PAPER_FORMS
from motcua.dossiers.errors import (
    ChangedMeanwhile,
    DossierNotFound,
    FileRefused,
    NotYours,
    OwnDossier,
    TooManyPapers,
)
from motcua.dossiers.models import Dossier, Paper
from motcua.foundation.acts import Act
from motcua.foundation.journal import record

DIGITISED = 1  # digitised now; 2 and 3 are papers and results used again


def put_scan(
    act: Act,
    *,
    dossier: str,
    file: int,
    sha256: str,
    paper: int | None = None,
    key: str = "other",
    name: str = "",
    form: str = "original",
    instead_of: int | None = None,
) -> Paper:
    """Lay a stored file (primary key) into the dossier: as the scan of the paper `paper`, which has none yet or has
    `instead_of`, else as a further paper `key` that was handed over in the form `form`. Call it within an action.

    Raises DossierNotFound, OwnDossier, NotYours, FileRefused (no such paper, or a kind its procedure does not know),
    ChangedMeanwhile (somebody laid another file there), TooManyPapers.
    """
    row = queries.visible_to(act.actor).select_for_update().filter(public_id=dossier).first()
    if row is None:
        raise DossierNotFound()
    if not queries.may_digitise(act.actor, row):
        raise OwnDossier() if queries.is_own(act.actor, row) else NotYours()
    found = _paper(act, row, paper, key, name, form)
    if found.file_id != instead_of:
        raise ChangedMeanwhile()
    found.file_id, found.digitised = file, DIGITISED
    found.save()
    facts = {"paper": found.key, "file": sha256, "form": found.form, "certified": instead_of is not None}
    record(act, "dossier.paper_digitised", row.subject, facts=facts)
    save(act, row)
    return found


def _paper(act: Act, row: Dossier, paper: int | None, key: str, name: str, form: str) -> Paper:
    """The paper that is digitised: one of the dossier, or a new one. Raises FileRefused, TooManyPapers."""
    there = Paper.objects.filter(dossier=row, removed_at=None)
    if paper is not None:
        found = there.filter(pk=paper).first()
        if found is None:
            raise FileRefused()
        return found
    known = {each.key: each for each in queries.declared_view_of(row).papers}
    if (key not in known and key != "other") or form not in PAPER_FORMS:
        raise FileRefused()
    if there.count() >= rules.PAPERS_MAX:
        raise TooManyPapers(most=rules.PAPERS_MAX)
    named = name or (known[key].name.vi if key in known else "")
    return Paper(dossier=row, key=key, name=named[:300], form=form, added_at=act.at, added_by=act.actor.key)

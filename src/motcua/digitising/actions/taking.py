"""A person looked at the PDF and lays it into the dossier."""

from __future__ import annotations

from motcua.digitising import rules
from motcua.digitising.actions.base import done, let_go, locked
from motcua.digitising.errors import ScanNotFound
from motcua.dossiers import actions as dossiers
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record


@action("digitising.take")
def take(act: Act, *, scan: str) -> dict:
    """Lay the PDF into the dossier as the electronic form of its paper; the uploads are forgotten. Answers {…, paper}.

    Raises ScanNotFound, ScanBusy, and what `dossiers.put_scan` refuses.
    """
    row = locked(act, scan, (rules.State.MADE,))
    if row.made is None:
        raise ScanNotFound()
    paper = dossiers.put_scan(
        act,
        dossier=row.dossier.public_id,
        file=row.made_id,
        sha256=row.made.sha256,
        paper=row.paper_id,
        key=row.key,
        name=row.name,
        form=row.form,
    )
    row.paper_id, row.state, row.taken_at = paper.pk, rules.State.TAKEN, act.at
    row.save(update_fields=["paper", "state", "taken_at"])
    let_go(act, row)
    record(act, "scan.taken", row.subject, facts={"paper": row.key, "sha256": row.made.sha256})
    return done(row, paper=paper.pk)

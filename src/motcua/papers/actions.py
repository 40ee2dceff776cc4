"""Every change of the papers: one is made."""

from __future__ import annotations

from typing import Any

from motcua.dossiers import queries as dossiers
from motcua.dossiers.errors import DossierNotFound
from motcua.files import actions as files
from motcua.foundation.acts import Act, action
from motcua.foundation.errors import Forbidden
from motcua.foundation.journal import record
from motcua.foundation.time import now
from motcua.foundation.work import enqueue
from motcua.papers import queries
from motcua.papers.errors import PaperNotReady
from motcua.papers.models import IssuedPaper

__all__ = ["demand_file", "erase", "make"]


def demand_file(dossier: Any, about: str) -> Any:
    """The stored file of a paper of this dossier; the caller has asked the policy, and whether there is such a paper.

    What is not made yet (issued long ago, or a moment ago) is put in, once a minute at most. Raises PaperNotReady.
    """
    found = queries.file_of(dossier, about)
    if found is None:
        key = f"{dossier.public_id}/{now():%Y%m%d%H%M}"
        enqueue("papers.make_missing", key=key, dossier=dossier.public_id)
        raise PaperNotReady()
    return found


@action("papers.make")
def make(act: Act, *, dossier: str, about: str) -> dict:
    """Make the file of one paper: set it, keep it by its hash. The system's own act; made already, it stays as it is.

    `about` is the letter's public id, or `RESULT`. Returns {paper: public id, sha256}. Raises DossierNotFound,
    NoLayout, LayoutFaulty, Forbidden.
    """
    if act.actor.kind != "system":
        raise Forbidden()
    row = dossiers.whole(dossier)
    if row is None:
        raise DossierNotFound()
    made = IssuedPaper.objects.select_related("file").filter(dossier=row, about=about).first()
    if made is not None:
        return {"paper": made.public_id, "sha256": made.file.sha256}
    paper, layout = queries.draft_of(row, about)
    content = queries.set_pdf(paper, layout)
    name = f"{paper.kind}-{row.code or row.reference}.pdf"
    kept = files.keep_stored.inside(act, content=files.prepare(files.from_bytes(content, name)))
    made = IssuedPaper.objects.create(
        dossier=row,
        about=about,
        kind=paper.kind,
        file_id=kept["id"],
        layout_hash=layout.hash,
        issued_at=paper.issued_at,
        made_at=act.at,
    )
    facts = {"dossier": dossier, "about": about, "kind": paper.kind, "sha256": kept["sha256"]}
    record(act, "paper.made", f"paper:{made.public_id}", facts={**facts, "layout": layout.hash})
    return {"paper": made.public_id, "sha256": kept["sha256"]}


def erase(act: Act, dossier: Any) -> list[int]:
    """The issued papers of a dossier go with it, within the act that erases it; the files that they let go."""
    made = IssuedPaper.objects.filter(dossier=dossier)
    files = list(made.values_list("file", flat=True))
    made.delete()
    return files

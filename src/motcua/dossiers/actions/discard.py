"""Throwing a draft away: nobody received it, so nothing of it is kept but that it was."""

from __future__ import annotations

from motcua.dossiers.actions.base import done, lock
from motcua.dossiers.models import Assistance, Paper
from motcua.files import actions as files
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import erase_personal, record


@action("dossiers.discard")
def discard(act: Act, *, dossier: str, revision: int | None = None) -> dict:
    """Whoever drafts it, or helps with it, gives a draft up: answers, papers, their files and the row itself go.

    What stays is its chain in the journal, without a personal value: that it was begun, and that it was thrown away.
    Answers {…, state: "discarded"}. Raises MoveNotAllowed for what was handed in: that is withdrawn.
    """
    row = lock(act, dossier, "discard", revision=revision)
    papers = list(Paper.objects.filter(dossier=row).exclude(file=None).values_list("file", flat=True))
    slips = list(Assistance.objects.filter(dossier=row).exclude(slip=None).values_list("slip", flat=True))
    record(act, "dossier.discard", row.subject, facts={"before": row.business_state, "files": len(papers)})
    erase_personal(row.subject)
    answer = done(row, state="discarded")
    row.delete()
    files.drop_unused(act, [*papers, *slips])
    return answer

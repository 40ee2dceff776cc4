"""Throwing a draft away: nobody received it, so nothing of it is kept but that it was."""

from __future__ import annotations

from datetime import datetime

from motcua.dossiers import joined
from motcua.dossiers.actions.base import done, lock
from motcua.dossiers.actions.upkeep import system_row
from motcua.dossiers.models import Assistance, Dossier, Paper
from motcua.files import actions as files
from motcua.foundation.access import forget_reasons
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import erase_personal, record
from motcua.foundation.models import JournalLine
from motcua.notices import actions as notices
from motcua.registers import actions as registers


@action("dossiers.discard")
def discard(act: Act, *, dossier: str, revision: int | None = None) -> dict:
    """Whoever drafts it, or helps with it, gives a draft up: answers, papers, their files and the row itself go.

    What stays is its chain in the journal, without a personal value: that it was begun, and that it was thrown away.
    Answers {…, state: "discarded"}. Raises MoveNotAllowed for what was handed in: that is withdrawn.
    """
    return _gone(act, lock(act, dossier, "discard", revision=revision), "dossier.discard")


@action("dossiers.discard_abandoned")
def discard_abandoned(act: Act, *, dossier: str, untouched_since: datetime) -> dict:
    """The platform throws a draft away that nobody has touched since a moment (Law 91/2025/QH15: no longer than its
    purpose needs). Answers {…, discarded: False} when somebody has, or handed it in meanwhile.
    Raises NotYours for anybody but the platform, DossierNotFound.
    """
    row = system_row(act, dossier)
    last = JournalLine.objects.filter(chain=row.subject).order_by("-seq").first()
    if row.submitted_at is not None or (last is not None and last.at >= untouched_since):
        return done(row, discarded=False)
    return _gone(act, row, "dossier.abandoned") | {"discarded": True}


def _gone(act: Act, row: Dossier, verb: str) -> dict:
    papers = list(Paper.objects.filter(dossier=row).exclude(file=None).values_list("file", flat=True))
    slips = list(Assistance.objects.filter(dossier=row).exclude(slip=None).values_list("slip", flat=True))
    record(act, verb, row.subject, facts={"before": row.business_state, "files": len(papers)})
    erase_personal(row.subject)
    forget_reasons(row.subject)
    notices.forget(act, row.subject)
    more = joined.erase_joined(act, row)
    answer = done(row, state="discarded")
    registers.forget(row.public_id)
    row.delete()
    files.drop_unused(act, [*papers, *slips, *more])
    return answer

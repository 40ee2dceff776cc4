"""Erasing a dossier whose retention has run out: what is left counts in figures and names nobody.

A settled dossier is a record of the state: erasure gives way to the law on archives (33/2024/QH15) until its retention
is over. Who decides that is for the room `retention`; this room does it, whole or not at all.
"""

from __future__ import annotations

from motcua.dossiers import joined, rules
from motcua.dossiers.actions.base import done
from motcua.dossiers.actions.upkeep import system_row
from motcua.dossiers.errors import StillKept
from motcua.dossiers.events import DossierErased
from motcua.dossiers.models import (
    Assistance,
    Dossier,
    DossierGrant,
    FeeLine,
    Letter,
    Paper,
    Rating,
    StepRun,
    VersionMove,
)
from motcua.files import actions as files
from motcua.foundation.access import forget_reasons
from motcua.foundation.acts import Act, action
from motcua.foundation.events import publish
from motcua.foundation.journal import erase_personal, record
from motcua.kernel.identifiers import tracking_reference
from motcua.notices import actions as notices
from motcua.people import actions as people
from motcua.registers import actions as registers


@action("dossiers.erase")
def erase(act: Act, *, dossier: str, cause: str) -> dict:
    """Erase every personal value of a closed dossier, in this room and in those above it; `cause` names the decision.

    Left are its code, procedure, agencies, moments, state and amounts, so that figures of the past stay what they
    were; its chain verifies and ends with this act. The person goes with her last dossier. Answers {…, papers, letters,
    files, people}. Raises NotYours for anybody but the platform, DossierNotFound, StillKept.
    """
    row = system_row(act, dossier)
    if row.erased_at is not None:
        return done(row, erased=False)
    if row.business_state not in rules.CLOSED or joined.held([row.pk]):
        raise StillKept()
    gone = joined.erase_joined(act, row)
    gone += registers.erase(act, row.public_id)
    gone += _papers(row)
    letters = Letter.objects.filter(dossier=row).update(content="")  # that one was sent, and when, is counted
    for model in (Assistance, VersionMove, DossierGrant):
        model.objects.filter(dossier=row).delete()
    StepRun.objects.filter(dossier=row).update(note="")
    Rating.objects.filter(dossier=row).update(comment="")
    FeeLine.objects.filter(dossier=row).update(legal_reason="", receipt_number="", refund_number="")
    applicant = row.applicant_id
    _blank(act, row)
    dropped = files.drop_unused(act, gone)
    facts = {"cause": cause, "letters": letters, "files": dropped}
    line = record(act, "dossier.erased", row.subject, facts=facts)
    erase_personal(row.subject)
    forget_reasons(row.subject)
    notices.forget(act, row.subject)
    forgotten = people.forget_unused(act, [applicant] if applicant else [])
    publish(act, DossierErased(dossier=row.public_id), line)
    return done(row, erased=True, letters=letters, files=dropped, people=forgotten)


def _papers(row: Dossier) -> list[int]:
    """Delete its papers; the files they let go."""
    found = Paper.objects.filter(dossier=row)
    kept = list(found.exclude(file=None).values_list("file", flat=True))
    kept += list(Assistance.objects.filter(dossier=row).exclude(slip=None).values_list("slip", flat=True))
    kept += [row.result_file_id] if row.result_file_id else []
    found.delete()
    return kept


def _blank(act: Act, row: Dossier) -> None:
    blanks = {
        "answers": {}, "answers_sealed": "", "outcome_reason": "", "result_number": "", "result_file_id": None,
        "filer_id": None, "applicant_id": None, "erased_at": act.at,
        "reference": tracking_reference(),  # whoever kept the old one finds nothing by it
    }  # fmt: skip
    for name, value in blanks.items():
        setattr(row, name, value)
    row.revision += 1
    row.save(update_fields=[*blanks, "revision"])

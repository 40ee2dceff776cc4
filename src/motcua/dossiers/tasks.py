"""What follows a move in the background: the applicant is told (NĐ 224/2026 art. 15(1)(g): at each change)."""

from __future__ import annotations

from motcua.dossiers import rules
from motcua.dossiers.events import DossierMoved
from motcua.dossiers.models import Dossier
from motcua.foundation.events import Delivered, handles
from motcua.notices import actions as notices

# verbs after which the applicant is told; steps inside a unit are seen on the dossier's page
TOLD = frozenset(
    {
        "submit",
        "receive",
        "ask_at_door",
        "refuse",
        "ask_supplement",
        "ask_payment",
        "extend",
        "approve",
        "take_over_result",
        "hand_over",
        "withdraw",
        "stop",
    }
)


@handles(DossierMoved, name="dossiers.tell_applicant", only=lambda event: event.verb in TOLD)
def tell_applicant(event: DossierMoved, delivery: Delivered) -> None:
    """A notice to the person and to the account that filed, with ids and dates only."""
    dossier = (
        Dossier.objects.filter(public_id=event.dossier).only("filer", "applicant", "code", "due_on").first()
    )
    if dossier is None:
        return
    holders = []
    if dossier.filer_id:
        holders.append(f"account:{dossier.filer_id}")
    if dossier.applicant_id:
        holders.append(f"party:{dossier.applicant_id}")
    notices.tell(
        holders,
        kind=f"dossier.{event.verb}",
        subject=delivery.subject,
        seq=delivery.seq,
        at=delivery.at,
        params={
            "dossier": event.dossier,
            "code": dossier.code,
            "due_on": dossier.due_on.isoformat() if dossier.due_on else None,
            "state": rules.State(event.after).value,
        },
    )

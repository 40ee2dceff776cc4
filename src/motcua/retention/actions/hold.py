"""A dossier held back: a court, an inspection, a quarrel may need it longer than its schedule says."""

from __future__ import annotations

from typing import Any

from motcua.dossiers import queries as dossiers
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record
from motcua.retention import queries
from motcua.retention.actions.decide import said
from motcua.retention.errors import HoldNotFound, NotDue
from motcua.retention.models import LegalHold


def _within(act: Act) -> frozenset[int]:
    return queries.proposes_for(act.actor) | queries.decides_for(act.actor)


@action("retention.hold")
def hold(act: Act, *, dossier: str, reason: str) -> dict:
    """Hold a closed dossier (public id) back from destruction, with the reason. Answers {hold}.

    By whoever proposes or decides for its agency. Raises NotDue (none such), ReasonNeeded.
    """
    found = dossiers.keeping.ended([dossier]).get(dossier)
    if found is None or not {found.agency, found.desk} & _within(act):
        raise NotDue(code="")
    why = said(reason)
    row = LegalHold.objects.create(
        dossier_id=found.pk, reason=why, set_by_id=act.actor.account_id, set_at=act.at
    )
    facts = {"hold": row.public_id}
    record(act, "dossier.held_back", f"dossier:{dossier}", facts=facts, personal={"reason": why})
    return {"hold": row.public_id}


@action("retention.let_go")
def let_go(act: Act, *, hold: str) -> dict:
    """Hold a dossier back no longer. Raises HoldNotFound."""
    row = LegalHold.objects.select_for_update(of=("self",)).select_related("dossier")
    found = row.filter(public_id=hold, released_at=None).first()
    within = _within(act)
    if found is None or not {found.dossier.competent_agency_id, found.dossier.desk_now_id} & within:
        raise HoldNotFound()
    found.released_at, found.released_by_id = act.at, act.actor.account_id
    found.save(update_fields=["released_at", "released_by_id"])
    record(act, "dossier.let_go", found.dossier.subject, facts={"hold": found.public_id})
    return {"hold": found.public_id}


def forget(act: Act, dossier: Any) -> list[int]:
    """The reasons of holds that were let go may name somebody: they go with the dossier. They let go of no file."""
    LegalHold.objects.filter(dossier=dossier).update(reason="")
    return []

"""Why a record of the registry is opened: a dossier at hand, or a reason in words. Nobody opens one without.

What was said is kept, sealed, in the session of whoever said it, for one person and a quarter of an hour: long enough
to correct a record, too short to go through a register.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from motcua.foundation.access import seen
from motcua.foundation.actors import Actor
from motcua.foundation.crypto import CannotOpen, seal, unseal
from motcua.kernel.text import one_line
from motcua.people import queries
from motcua.people.errors import PurposeNeeded

LASTS = timedelta(minutes=15)
KEPT_MOST = 8  # people whose records lie open at once
REASON_LENGTH_MIN, REASON_LENGTH_MAX = 10, 200
KEY, PLACE = "people.looks", "people.look"
PAGE = "people.party"


@dataclass(frozen=True)
class Look:
    """Why somebody's record is open: `purpose` is "dossier:<id>" or "people.reason", `reason` her own words."""

    purpose: str
    reason: str = ""


def state(
    actor: Actor, known: queries.PartyView, *, at: datetime, dossier: str = "", reason: str = ""
) -> Look:
    """What entitles `actor` to open the record: the dossier she names, if it is at hand and this person's, else the
    reason in words. Raises PurposeNeeded, with what is wrong beside its field."""
    named = one_line(dossier)[:80]
    if named:
        found = queries.at_hand(actor, named, known, at)
        if found is None:
            raise PurposeNeeded([_problem("dossier", str(PurposeNeeded.not_at_hand))])
        return Look(found)
    said = one_line(reason)[:REASON_LENGTH_MAX]
    if len(said) < REASON_LENGTH_MIN:
        raise PurposeNeeded([_problem("reason", str(PurposeNeeded.too_short))])
    return Look("people.reason", said)


def _problem(field: str, sentence: str) -> dict[str, str]:
    return {"field": field, "code": "purpose", "message": sentence}


def keep(session: MutableMapping[str, Any], known: queries.PartyView, look: Look, *, at: datetime) -> None:
    """Remember the look for as long as it lasts."""
    kept = {party: said for party, said in _kept(session, at).items() if party != known.public_id}
    said = {"purpose": look.purpose, "reason": look.reason, "until": (at + LASTS).isoformat()}
    kept = dict([*kept.items(), (known.public_id, said)][-KEPT_MOST:])
    session[KEY] = seal(kept, PLACE)


def standing(session: MutableMapping[str, Any], known: queries.PartyView, *, at: datetime) -> Look | None:
    """The look that still lasts for this person; None when the purpose has to be told (again)."""
    said = _kept(session, at).get(known.public_id)
    return Look(said["purpose"], said["reason"]) if said else None


def _kept(session: MutableMapping[str, Any], at: datetime) -> dict[str, dict[str, str]]:
    try:
        kept = unseal(session[KEY], PLACE) if session.get(KEY) else {}
    except CannotOpen:  # sealed by a key that is gone
        return {}
    return {party: said for party, said in kept.items() if datetime.fromisoformat(said["until"]) > at}


def note(actor: Actor, known: queries.PartyView, look: Look, *, at: datetime) -> None:
    """One row of the access log for one look at a record, with its purpose."""
    seen(actor, at=at, purpose=look.purpose, page=PAGE, subjects=[known.subject], reason=look.reason)

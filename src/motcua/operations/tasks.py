"""The daily figures follow what is announced: one addition per move, in the transaction that marks it delivered."""

from __future__ import annotations

from motcua.dossiers.events import DossierMoved
from motcua.foundation.events import Delivered, handles
from motcua.operations import actions, counting, rules


@handles(DossierMoved, name=counting.HANDLER, only=lambda event: rules.follows(event.verb, event.before))
def count(event: DossierMoved, delivery: Delivered) -> None:
    """Add what the move is worth to the figures of its local day."""
    actions.add(event, delivery)

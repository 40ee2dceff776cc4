"""What the registers do when others act."""

from __future__ import annotations

from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.events import Delivered, handles
from motcua.foundation.time import now
from motcua.people.events import PartiesMerged
from motcua.registers import actions


@handles(PartiesMerged, name="registers.parties_merged")
def parties_merged(event: PartiesMerged, delivery: Delivered) -> None:
    """Store and facts of a record that was merged away belong to the one that stays."""
    act = new_act(
        system("registers"),
        at=now(),
        purpose="people merged",
        act_id=f"registers/merged/{event.from_id}-{event.into_id}",
    )
    actions.follow_person(act, former=event.from_id, party=event.into_id, person=event.party)

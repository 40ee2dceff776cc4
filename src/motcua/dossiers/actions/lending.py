"""Lending runs of serial numbers to a counter that works without network: the same allocator."""

from __future__ import annotations

from datetime import date

from motcua.dossiers.errors import NotYours
from motcua.dossiers.models import SerialBlock
from motcua.dossiers.numbering import take_serials
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record

BLOCK_MAX = 200


@action("dossiers.lend_serials")
def lend_serials(act: Act, *, agency: int, day: str, count: int, lent_to: str) -> dict:
    """Lend `count` consecutive serials of `agency` for the local `day` (ISO) to a named counter."""
    if f"office:{agency}:reception" not in act.actor.holders or not 1 <= count <= BLOCK_MAX:
        raise NotYours()
    first = take_serials(agency, date.fromisoformat(day), count)
    block = SerialBlock.objects.create(
        agency_id=agency,
        day=date.fromisoformat(day),
        first=first,
        last=first + count - 1,
        lent_to=lent_to[:80],
        lent_at=act.at,
    )
    record(
        act,
        "serials.lent",
        f"serials:{agency}-{day}",
        facts={"first": first, "last": block.last, "to": lent_to},
    )
    return {"block": block.pk, "first": first, "last": block.last}


@action("dossiers.return_serials")
def return_serials(act: Act, *, block: int, used_to: int) -> dict:
    """The counter is back: the numbers after `used_to` (the last one used, or first - 1) are a recorded gap."""
    row = SerialBlock.objects.select_for_update().filter(pk=block, returned_at=None).first()
    if row is None or f"office:{row.agency_id}:reception" not in act.actor.holders:
        raise NotYours()
    row.used_to, row.returned_at = max(row.first - 1, min(used_to, row.last)), act.at
    row.save(update_fields=["used_to", "returned_at"])
    record(
        act,
        "serials.returned",
        f"serials:{row.agency_id}-{row.day}",
        facts={"used_to": row.used_to, "gap_from": row.used_to + 1, "gap_to": row.last},
    )
    return {"block": row.pk, "gap": row.last - row.used_to}

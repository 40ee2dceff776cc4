"""Lending runs of serial numbers to a counter that works without network: the same allocator."""

from __future__ import annotations

from datetime import date, timedelta

from motcua.agencies import queries as agencies
from motcua.dossiers.errors import BlockUnknown, LendingRefused, NotYours
from motcua.dossiers.models import SerialBlock
from motcua.dossiers.numbering import take_serials
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record
from motcua.foundation.time import local_date
from motcua.kernel.text import one_line

BLOCK_MAX = 200
DAYS_AHEAD_MAX = 7


@action("dossiers.lend_serials")
def lend_serials(act: Act, *, agency: int, day: str, count: int, lent_to: str) -> dict:
    """Lend `count` consecutive serials of `agency` for the local `day` (ISO) to a named counter.

    For today or one of the next seven days. Raises NotYours, LendingRefused.
    """
    if f"office:{agency}:reception" not in act.actor.holders:
        raise NotYours()
    wanted, holder = _day(day), one_line(lent_to)[:80]
    today = local_date(act.at)
    open_day = wanted is not None and today <= wanted <= today + timedelta(days=DAYS_AHEAD_MAX)
    if not open_day or not 1 <= count <= BLOCK_MAX or not holder or not agencies.office(agency).dossier_code:
        raise LendingRefused(most=BLOCK_MAX)
    first = take_serials(agency, wanted, count)
    block = SerialBlock.objects.create(
        agency_id=agency,
        day=wanted,
        first=first,
        last=first + count - 1,
        lent_to=holder,
        lent_at=act.at,
    )
    record(
        act,
        "serials.lent",
        f"serials:{agency}-{day}",
        facts={"first": first, "last": block.last, "to": holder},
    )
    return {"block": block.pk, "first": first, "last": block.last}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@action("dossiers.return_serials")
def return_serials(act: Act, *, block: int, used_to: int) -> dict:
    """The counter is back: the numbers after `used_to` (the last one used, or first - 1) are a recorded gap.

    Raises BlockUnknown, also for the block of another office.
    """
    row = SerialBlock.objects.select_for_update().filter(pk=block, returned_at=None).first()
    if row is None or f"office:{row.agency_id}:reception" not in act.actor.holders:
        raise BlockUnknown()
    row.used_to, row.returned_at = max(row.first - 1, min(used_to, row.last)), act.at
    row.save(update_fields=["used_to", "returned_at"])
    record(
        act,
        "serials.returned",
        f"serials:{row.agency_id}-{row.day}",
        facts={"used_to": row.used_to, "gap_from": row.used_to + 1, "gap_to": row.last},
    )
    return {"block": row.pk, "gap": row.last - row.used_to}

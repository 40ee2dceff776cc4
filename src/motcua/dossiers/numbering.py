"""Legal codes: agency code, local day of reception, serial; gapless per agency and day (TT 01/2018 art. 19).

The serial is moved in the transaction of the reception: a reception that fails gives its number back.
"""

from __future__ import annotations

from datetime import date

from django.db.models import F

from motcua.agencies import queries as agencies
from motcua.dossiers.models import Serial
from motcua.kernel.identifiers import dossier_code


def next_code(agency_id: int, day: date) -> str:
    """The next legal code of the agency for the local `day`. Call it in the transaction that receives the dossier."""
    return dossier_code(agencies.office(agency_id).dossier_code, day, take_serials(agency_id, day, 1))


def take_serials(agency_id: int, day: date, count: int) -> int:
    """Move the allocator by `count` and return the first number taken; the row stays locked until the commit."""
    row, _made = Serial.objects.select_for_update().get_or_create(agency_id=agency_id, day=day)
    Serial.objects.filter(pk=row.pk).update(last=F("last") + count)
    return row.last + 1


def follow_serials(former_id: int, successor_id: int, day: date) -> bool:
    """On `day` the successor counts on from where the former agency stopped; True when there was anything to follow.

    For a successor that keeps the code of the former: two allocators under one code would give a number twice.
    """
    old = Serial.objects.select_for_update().filter(agency_id=former_id, day=day).first()
    if old is None or not old.last:
        return False
    row, _made = Serial.objects.select_for_update().get_or_create(agency_id=successor_id, day=day)
    if row.last < old.last:
        Serial.objects.filter(pk=row.pk).update(last=old.last)
    return True

"""Finding dossiers by what people say or show. At the desk every function begins with the rows a reader may see; the
public tracking page finds progress only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from motcua.agencies.rules import Office
from motcua.dossiers import rules
from motcua.dossiers.histories import station_columns
from motcua.dossiers.models import Dossier, DossierGrant
from motcua.kernel import identifiers
from motcua.kernel.identifiers import dossier_code, parse_dossier_code

RELATED = ("procedure", "received_by", "competent_agency", "applicant", "assigned_to")
# What waits. Sort keys begin with a digit, so the range says nothing new; it leads SQLite to the index of what waits
# even when its statistics, which know only averages, praise the index of everything a holder saw (bench/scale.py).
WAITS = Q(todo=True, sort_key__gte="0", sort_key__lt="A")
FOUND_MAX = 50
SAMPLE = 500  # how many of the newest dossiers say which procedures are most used
_SERIAL = re.compile(r"(?:(\d{2})(\d{2})(\d{2})[-\s.]+)?(\d{1,4})")


def find_exact(
    visible: QuerySet[Dossier], text: str, offices: Iterable[Office], today: date
) -> list[Dossier]:
    """The dossiers that a code, a reference, or a serial names.

    A serial alone ("12") is one of `today` at one of `offices`; "261005-12" one of that day.
    """
    rows = visible.select_related(*RELATED)
    if reference := identifiers.parse_tracking(text):
        return list(rows.filter(reference=reference)[:1])
    if parsed := parse_dossier_code(text):
        code = dossier_code(parsed.agency_code, parsed.day, parsed.serial)
        return list(rows.filter(code=code)[:1])
    codes = _codes_of(text, offices, today)
    return list(rows.filter(code__in=codes)[:FOUND_MAX]) if codes else []


def _codes_of(text: str, offices: Iterable[Office], today: date) -> list[str]:
    match = _SERIAL.fullmatch(text.strip())
    if not match or not int(match[4]):
        return []
    day = today
    if match[1]:
        try:
            day = date(2000 + int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return []
    return [dossier_code(o.dossier_code, day, int(match[4])) for o in offices if o.dossier_code]


def find_of_parties(
    visible: QuerySet[Dossier], party_ids: Iterable[int], *, limit: int = FOUND_MAX
) -> list[Dossier]:
    """The dossiers of these people, newest first; at most `limit`."""
    rows = visible.filter(applicant_id__in=list(party_ids)).select_related(*RELATED)
    return list(rows.order_by("-pk")[:limit])


def unnamed_at_door(holders: Iterable[str], *, limit: int = 300) -> list[Dossier]:
    """What was filed online and waits for reception: its person is not in the registry yet, only in the answers."""
    rows = DossierGrant.objects.filter(
        WAITS, holder__in=list(holders), dossier__business_state="submitted", dossier__applicant=None
    ).select_related(*(f"dossier__{name}" for name in RELATED))
    return [row.dossier for row in rows.order_by("sort_key", "dossier")[:limit]]


def listed_ids(holder: str, *, leads: bool = False) -> QuerySet[DossierGrant, Any]:
    """The dossiers (their keys, as a query) of the list of one holder key: what waits for it; where she `leads`, what
    is open."""
    rows = DossierGrant.objects.filter(holder=holder)
    if leads:
        rows = rows.filter(
            dossier__resolved_at=None, dossier__closed_at=None, dossier__received_at__isnull=False
        )
    else:
        rows = rows.filter(WAITS).exclude(role__in=rules.OWN_ROLES)
    return rows.values("dossier")


def most_used(agency_id: int, *, limit: int = 9) -> list[int]:
    """The procedures most often received here lately (ids), judged by the newest dossiers."""
    newest = Dossier.objects.filter(received_by_id=agency_id, received_at__isnull=False)
    ids = newest.order_by("-received_at").values_list("procedure_id", flat=True)[:SAMPLE]
    return [id_ for id_, _times in Counter(ids).most_common(limit)]


def received_since(moment: datetime) -> QuerySet[Dossier]:
    """The dossiers received from an aware moment on, to be counted beside other rows; nobody's data leave."""
    return Dossier.objects.filter(received_at__gte=moment).order_by()


def find_tracked(text: str) -> Dossier | None:
    """The dossier of a tracking reference or a legal code, typed as people type; None when there is none.

    For the public tracking page, which shows progress only (TT 01/2018 art. 16): no name leaves it.
    """
    wanted = Dossier.objects.select_related("procedure", "received_by", "competent_agency", "assigned_to")
    wanted = wanted.annotate(**station_columns("pk")).exclude(business_state=rules.State.DRAFT)
    wanted = wanted.filter(erased_at=None)
    if reference := identifiers.parse_tracking(text):
        return wanted.filter(reference=reference).first()
    if parsed := identifiers.parse_dossier_code(text):
        code = identifiers.dossier_code(parsed.agency_code, parsed.day, parsed.serial)
        return wanted.filter(code=code).first()
    return None

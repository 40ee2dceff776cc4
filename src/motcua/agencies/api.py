"""Agencies over the API: public facts, the same reads as the pages."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Query, Router

from motcua.agencies import queries, rules
from motcua.agencies.errors import NoSuchAgency
from motcua.foundation.api import Out, cursor, open_answers, open_door, read_cursor
from motcua.foundation.time import local_date, now

router = Router(tags=["agencies"])
LIST_MAX = 200
OPEN = open_door("Which agencies exist and what became of them is public knowledge.")


class AgencyRow(Out):
    """An agency. `code` is stable and ours; official codes may be null; days are Vietnamese, both ends included."""

    code: str
    name_vi: str
    name_en: str | None
    kind: str
    level: str | None
    parent: str | None
    area: str | None
    identification_code: str | None
    dossier_code: str | None
    receives: bool
    valid_from: date | None
    valid_to: date | None
    unverified: list[str]


class AgencyPage(Out):
    items: list[AgencyRow]
    next: str | None


class SuccessorOut(Out):
    """What became of an agency or what it came from: merge, split, part, rename or transfer."""

    code: str
    kind: str
    on: date
    unverified: bool


class AgencyOut(AgencyRow):
    children: list[str]
    successors: list[SuccessorOut]
    predecessors: list[SuccessorOut]


def _row(office: rules.Office) -> dict:
    parent = queries.office(office.parent_id) if office.parent_id else None
    return {
        "code": office.code,
        "name_vi": office.name_vi,
        "name_en": office.name_en or None,
        "kind": office.kind,
        "level": office.level or None,
        "parent": parent.code if parent else None,
        "area": office.area_code or None,
        "identification_code": office.identification_code or None,
        "dossier_code": office.dossier_code or None,
        "receives": office.receives,
        "valid_from": office.valid_from,
        "valid_to": office.valid_to,
        "unverified": list(office.unverified),
    }


@router.get("", response=open_answers(AgencyPage), auth=None, summary="The agencies of a day")
@OPEN
def index(
    request: HttpRequest,
    on: date | None = None,
    kind: str = Query("", max_length=20),
    area: str = Query("", max_length=60),
    receives: bool | None = None,
    cursor_: str | None = Query(None, alias="cursor", max_length=400),
    limit: int = Query(100, ge=1, le=LIST_MAX),
) -> dict:
    """Sorted by code. `on` is a Vietnamese day (today when left out); `receives` keeps only counters, or none."""
    place = read_cursor("agencies", cursor_, str)
    after = place[0] if place else ""
    found = [
        office
        for office in queries.offices(on or local_date(now()), kind=kind)
        if office.code > after
        and (not area or office.area_code == area or area in office.serves)
        and (receives is None or office.receives is receives)
    ]
    found.sort(key=lambda office: office.code)
    shown = found[:limit]
    more = len(found) > limit
    return {"items": [_row(o) for o in shown], "next": cursor("agencies", shown[-1].code) if more else None}


@router.get("/{code}", response=open_answers(AgencyOut), auth=None, summary="One agency, whenever it stood")
@OPEN
def show(request: HttpRequest, code: str) -> dict:
    """By our own code; with what it came from and what became of it."""
    office = queries.by_code(code)
    if office is None:
        raise NoSuchAgency()
    below = [o.code for o in queries.offices(local_date(now())) if o.parent_id == office.id]
    return {
        **_row(office),
        "children": sorted(below),
        "successors": [_successor(s) for s in queries.successors(code)],
        "predecessors": [_successor(s) for s in queries.predecessors(code)],
    }


def _successor(found: queries.Successor) -> dict:
    return {"code": found.code, "kind": found.kind, "on": found.on, "unverified": found.unverified}

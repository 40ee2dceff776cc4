"""Reorganisations over the API, to read: which there are, and what one would do. For administrators, as the pages."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Query, Router

from motcua.foundation.access import seen
from motcua.foundation.actors import Actor
from motcua.foundation.api import Out, Token, cursor, read_answers, read_cursor
from motcua.foundation.doors import actor_of
from motcua.foundation.errors import Forbidden
from motcua.foundation.time import now
from motcua.reorganisation import queries
from motcua.reorganisation.queries import Planner

router = Router(tags=["reorganisations"])
READ = Token("reorganisations:read")
AMBIGUOUS = 25  # on one page: each is looked at in full


class ReorganisationRow(Out):
    """A published reorganisation. `state` planned, applying, applied or undoing; `ends`: codes of agencies."""

    key: str
    name: dict[str, str]
    on: date
    ends: list[str]
    state: str
    unverified: list[str]


class Reorganisations(Out):
    items: list[ReorganisationRow]


class Leaves(Out):
    """What lies with an agency that ends, and which agencies took over from it."""

    agency: str
    dossiers: int
    successors: list[str]


class AmbiguousDossier(Out):
    """A dossier that nobody can place from what is stored; `options` between which, `needs` what would tell."""

    dossier: str
    code: str
    procedure: str
    former: str
    declared: str
    meaning: str
    options: list[str]
    needs: list[str]


class UndecidedPosition(Out):
    position: str
    login_name: str
    role: str
    former: str
    options: list[str]


class ReorganisationPreview(ReorganisationRow):
    """`ambiguous` and `positions` are those of agencies that the caller administers; follow `next` for more dossiers
    (a page may be empty and still have one)."""

    agencies: list[Leaves]
    ambiguous: list[AmbiguousDossier]
    positions: list[UndecidedPosition]
    next: str | None


def _administrator(request: HttpRequest) -> Actor:
    """As at the door of the pages. Raises Forbidden."""
    actor = actor_of(request)
    if not actor.has_role("administrator"):
        raise Forbidden()
    return actor


def _row(standing: queries.Standing) -> dict:
    law = standing.law
    return {
        "key": law.key,
        "name": dict(law.name),
        "on": law.on,
        "ends": list(law.ends),
        "state": standing.state,
        "unverified": list(law.unverified),
    }


@router.get("", auth=READ, response=read_answers(Reorganisations), summary="The published reorganisations")
def index(request: HttpRequest) -> dict:
    """Newest first, with how far each got."""
    _administrator(request)
    return {"items": [_row(standing) for standing in queries.reorganisations(now())]}


@router.get(
    "/{key}/preview",
    auth=READ,
    response=read_answers(ReorganisationPreview),
    summary="What a reorganisation would do",
)
def preview(
    request: HttpRequest, key: str, cursor_: str | None = Query(None, alias="cursor", max_length=400)
) -> dict:
    """Nothing is written; applying and undoing are for the command line."""
    actor, at = _administrator(request), now()
    place = read_cursor(f"reorganisation:{key}", cursor_, int)
    planner = Planner(key, at)
    standing = next(each for each in queries.reorganisations(at) if each.law.key == key)
    found, following = queries.ambiguous_page(planner, after=place[0] if place else 0, limit=AMBIGUOUS)
    mine = [each for each in found if queries.administers(actor, each.former, at)]
    seen(actor, at=at, purpose="api", page="api:reorganisation", subjects=[o.dossier.subject for o in mine])
    plans = [p for p in planner.positions() if not p.to and queries.administers(actor, p.office, at)]
    return {
        **_row(standing),
        "agencies": [
            {"agency": office.code, "dossiers": n, "successors": [o.code for o in planner.successors(office)]}
            for office, n in queries.lying_by_agency(planner)
        ],
        "ambiguous": [_former(queries.ambiguous_row(each, planner)) for each in mine],
        "positions": [_former(queries.position_row(plan)) for plan in plans],
        "next": cursor(f"reorganisation:{key}", following) if following else None,
    }


def _former(row: dict) -> dict:
    """A row of the preview; `from` is no name that programs can use for a field everywhere."""
    return {**row, "former": row["from"]}

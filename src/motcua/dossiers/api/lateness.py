"""Lateness, by a program: the apologies that must leave, and what can still be saved."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest
from ninja import Query

from motcua.dossiers import queries
from motcua.dossiers.api.desk import holder_of
from motcua.dossiers.api.shapes import DossierOut
from motcua.dossiers.api.shared import READ, note_seen, router, told
from motcua.dossiers.lateness import Hope
from motcua.foundation.api import Out, cursor, read_answers, read_cursor
from motcua.foundation.doors import actor_of
from motcua.foundation.time import now

LIST_MAX = 100
DESKS = ("process", "sign", "lead", "own")


class ApologyOut(Out):
    """A dossier and the last day on which its apology may leave."""

    dossier: DossierOut
    apology_by: date


class ApologyPage(Out):
    items: list[ApologyOut]
    next: str | None


class SavableOut(Out):
    """A dossier and how it stands: office minutes left to the promise, and those its remaining steps need."""

    dossier: DossierOut
    hope: str
    minutes_left: int
    minutes_needed: int


class SavablePage(Out):
    items: list[SavableOut]
    next: str | None


@router.get(
    "/apologies", auth=READ, response=read_answers(ApologyPage), summary="The apologies that must leave now"
)
def apologies(
    request: HttpRequest,
    today: bool = Query(False, description="Only those whose last day is today."),
    cursor_: str | None = Query(None, alias="cursor", max_length=400),
    limit: int = Query(50, ge=1, le=LIST_MAX),
) -> dict:
    """Open dossiers of the caller's offices whose last day for the one apology is today or the next working day."""
    actor = actor_of(request)
    place = read_cursor("apologies", cursor_, str, int)
    after = (place[0], place[1]) if place else None
    rows = queries.apologies(actor.holders, now(), limit=limit, after=after, today_only=today)
    note_seen(actor, "apologies", *rows)
    last = rows[-1] if len(rows) == limit else None
    return {
        "items": [{"dossier": told(row, actor), "apology_by": row.apology_by} for row in rows],
        "next": cursor("apologies", last.apology_by.isoformat(), last.pk) if last else None,
    }


@router.get(
    "/savable",
    auth=READ,
    response=read_answers(SavablePage),
    summary="What waits, by what can still be saved",
)
def savable(
    request: HttpRequest,
    desk: str = Query("own", pattern=f"^({'|'.join(DESKS)})$"),
    agency: str = Query("", max_length=80),
    cursor_: str | None = Query(None, alias="cursor", max_length=400),
    limit: int = Query(50, ge=1, le=LIST_MAX),
) -> dict:
    """The least office time to spare comes first, what is late below all that can still be met."""
    actor = actor_of(request)
    holder = holder_of(actor, desk, agency)
    place = read_cursor(f"savable:{holder}", cursor_, str, int, str, int)
    at = datetime.fromisoformat(place[0]) if place else now()
    after = (place[1], place[2], place[3]) if place else None
    found = queries.rescues(holder, at, limit=limit, after=after)
    note_seen(actor, "savable", *(each.dossier for each in found))
    last = found[-1] if len(found) == limit else None
    return {
        "items": [
            {
                "dossier": told(each.dossier, actor),
                "hope": Hope(each.chance.hope).value,
                "minutes_left": int(each.chance.left.total_seconds() // 60),
                "minutes_needed": int(each.chance.need.total_seconds() // 60),
            }
            for each in found
        ],
        "next": cursor(f"savable:{holder}", at.isoformat(), *last.place) if last else None,
    }

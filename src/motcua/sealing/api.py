"""Published roots over the API: open data, no token. What they bind is described in docs/operating/journal.md."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest
from ninja import Query, Router

from motcua.foundation.api import Out, open_answers, open_door
from motcua.sealing import queries

router = Router(tags=["seals"])
PUBLIC = open_door("Roots are published so that everybody can keep them; they name no dossier and no person.")
LIST_MAX = 500
NUMBER_MAX = 2**31 - 1


class SealOut(Out):
    """One seal. `jws` is what was signed (ES256), the rest is told from it."""

    number: int
    at: datetime
    lines: int
    total: int
    digest: str
    jws: str


class Seals(Out):
    """`next` is the number to ask for with `first`, or null at the end."""

    items: list[SealOut]
    next: int | None


class DayOut(Out):
    """One day: the tree over its seals, from number `first` on."""

    number: int
    on: date
    first: int
    seals: int
    lines: int
    digest: str
    jws: str


class Days(Out):
    """`next` is the number to ask for with `first`, or null at the end."""

    items: list[DayOut]
    next: int | None


class Key(Out):
    """A public key as JWK; `kid` is its thumbprint (RFC 7638)."""

    kty: str
    crv: str
    x: str
    y: str
    kid: str
    use: str
    alg: str


class Keys(Out):
    keys: list[Key]


@router.get("", response=open_answers(Seals), summary="Seals of the journal, in order")
@PUBLIC
def seals(
    request: HttpRequest,
    first: int = Query(1, ge=1, le=NUMBER_MAX, description="The number to begin with."),
    limit: int = Query(100, ge=1, le=LIST_MAX),
) -> dict:
    """Every few minutes a seal over the lines that were new. Follow `next`."""
    rows = queries.seals(first=first, limit=limit)
    return {"items": rows, "next": rows[-1].number + 1 if len(rows) == limit else None}


@router.get("/days", response=open_answers(Days), summary="Days of seals, in order")
@PUBLIC
def days(
    request: HttpRequest,
    first: int = Query(1, ge=1, le=NUMBER_MAX, description="The number to begin with."),
    limit: int = Query(100, ge=1, le=LIST_MAX),
) -> dict:
    """Every day a tree over its seals. Follow `next`."""
    rows = queries.days(first=first, limit=limit)
    return {"items": rows, "next": rows[-1].number + 1 if len(rows) == limit else None}


@router.get("/keys", response=open_answers(Keys), summary="Keys that have signed")
@PUBLIC
def keys(request: HttpRequest) -> dict:
    """A key set (RFC 7517), oldest first. Keep it: a key that you fetch anew proves nothing about older roots."""
    return {"keys": queries.keys()}

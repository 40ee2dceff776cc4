"""The catalogue over the API: public facts, open to everybody. The same reads as the pages."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router

from motcua.catalogue import queries
from motcua.catalogue.errors import OnlyListed
from motcua.catalogue.models import Procedure
from motcua.catalogue.rules import COVERAGES, LISTED, ProcedureView
from motcua.foundation.api import Out, Problem, cursor, open_answers, open_door, read_cursor
from motcua.foundation.limits import demand
from motcua.foundation.time import local_date, now
from motcua.kernel.text import Bilingual, one_line

router = Router(tags=["procedures"])
LIST_MAX = 100
OPEN = open_door("Procedures are public by law: what is asked, how long, how much (Decree 61/2018, art. 6).")


class Words(Out):
    """A text in both languages; `en` is null where nobody has translated it."""

    vi: str
    en: str | None = None


class ProcedureRow(Out):
    """A procedure in a list. `coverage`: full (own declaration), generic, or listed (known by name only)."""

    slug: str
    code: str | None
    name: Words
    legal_name: str
    sector: str | None
    level: str
    status: str
    coverage: str
    why: str | None = None


class ProcedurePage(Out):
    items: list[ProcedureRow]
    next: str | None


class PaperOut(Out):
    key: str
    name: Words
    type: str
    quantity: int
    required: bool | str
    when: str | None
    condition: Words | None
    reusable_from: str | None
    source: str | None


class FeeOut(Out):
    """Whole đồng; `amount` null means set elsewhere and not known here."""

    key: str
    name: Words
    money: str
    amount: int | None
    online_amount: int | None
    when: str | None
    per: str
    set_by: str
    source: str | None


class StepOut(Out):
    key: str
    stage: str
    text: Words
    share: float


class DoorOut(Out):
    door: str
    channels: list[str]
    trial: bool
    note: Words


class NoteOut(Out):
    kind: str
    text: Words
    source: str | None


class LimitOut(Out):
    value: int | None
    unit: str
    note: Words


class ProcedureOut(ProcedureRow):
    """A procedure as it is today. `version` names the document that a dossier of today is pinned to."""

    version: str | None = None
    executed_by: str = ""
    issued_by: str = ""
    channels: list[str] = []
    online_level: str | None = None
    limit: LimitOut | None = None
    result: Words | None = None
    owner: str | None = None
    issues_result: bool | None = None
    papers: list[PaperOut] = []
    fees: list[FeeOut] = []
    steps: list[StepOut] = []
    doors: list[DoorOut] = []
    law_notes: list[NoteOut] = []
    legal_basis: list[str] = []
    sources: list[str] = []
    unverified: list[str] = []


class DeclarationOut(Out):
    """The electronic declaration as data: sections of fields with conditions (docs/how-to/write-a-declaration.md)."""

    procedure: str
    version: str
    generic: bool
    declaration: dict[str, Any]


def _words(text: Bilingual) -> dict:
    return {"vi": text.vi, "en": text.en or None}


def _row(row: Any, why: str = "") -> dict:
    sector = row.sector.name_vi if row.sector else None
    return {
        "slug": row.slug,
        "code": row.code,
        "name": {"vi": row.short_name_vi, "en": row.name_en or None},
        "legal_name": row.name_vi,
        "sector": sector,
        "level": row.level,
        "status": row.status,
        "coverage": row.coverage,
        "why": why or None,
    }


def _hit(hit: queries.Hit) -> dict:
    return {
        "slug": hit.slug,
        "code": hit.code,
        "name": _words(hit.name),
        "legal_name": hit.legal_name,
        "sector": hit.sector or None,
        "level": hit.level,
        "status": hit.status,
        "coverage": hit.coverage,
        "why": hit.why or None,
    }


def _content(view: ProcedureView, on: date) -> dict:
    return {
        "version": view.hash,
        "channels": list(view.channels),
        "online_level": view.online_level,
        "limit": {"value": view.limit.value, "unit": view.limit.unit.value, "note": _words(view.limit_note)},
        "result": _words(view.result_name),
        "owner": view.owner.system,
        "issues_result": view.owner.issues_result,
        "papers": [_paper(row, paper) for row, paper in zip(view.paper_rows, view.papers, strict=True)],
        "fees": [_fee(row, fee) for row, fee in zip(view.fee_rows, view.fees, strict=True)],
        "steps": [
            {
                "key": s.key,
                "stage": s.stage,
                "text": _words(s.text),
                "share": s.share,
                "optional": s.optional,
            }
            for s in view.steps
        ],
        "doors": [
            {"door": d.door, "channels": list(d.channels), "trial": d.trial, "note": _words(d.note)}
            for d in view.doors_open(on)
        ],
        "law_notes": [
            {"kind": n.kind, "text": _words(n.text), "source": n.source or None} for n in view.law_notes(on)
        ],
        "legal_basis": [basis.number for basis in view.legal_basis],
        "sources": list(view.sources),
        "unverified": list(view.unverified),
    }


def _paper(row: Any, paper: Any) -> dict:
    return {
        "key": paper.key,
        "name": _words(paper.name),
        "type": paper.type,
        "quantity": paper.quantity,
        "required": paper.required if isinstance(paper.required, bool) else str(row["required"]),
        "when": row.get("when"),
        "condition": _words(paper.condition) if paper.condition else None,
        "reusable_from": paper.reusable_from or None,
        "source": paper.source or None,
    }


def _fee(row: Any, fee: Any) -> dict:
    return {
        "key": fee.key,
        "name": _words(fee.name),
        "money": fee.money,
        "amount": fee.amount,
        "online_amount": fee.online_amount,
        "when": row.get("when"),
        "per": fee.per,
        "set_by": fee.set_by,
        "source": fee.source or None,
    }


@router.get(
    "",
    response=open_answers(ProcedurePage),
    auth=None,
    summary="Procedures by name, or those a question may mean",
)
@OPEN
def index(
    request: HttpRequest,
    search: str = Query("", max_length=200),
    sector: str = Query("", max_length=120),
    coverage: Literal[COVERAGES] | None = None,  # type: ignore[valid-type]
    level: str = Query("", max_length=30),
    cursor_: str | None = Query(None, alias="cursor", max_length=400),
    limit: int = Query(50, ge=1, le=LIST_MAX),
) -> dict:
    """With `search` the likeliest come first and there is one page; without it the list is sorted by name."""
    wanted = [coverage] if coverage else None
    if search.strip():
        demand(
            f"search:{request.META.get('REMOTE_ADDR', '')}", per_minute=settings.MOTCUA.rate_search_per_minute
        )
        hits = queries.search(search, limit=limit)
        return {
            "items": [_hit(hit) for hit in hits if wanted is None or hit.coverage in wanted],
            "next": None,
        }
    place = read_cursor("procedures", cursor_, str, int)
    rows = queries.procedures(
        sector=one_line(sector) or None,
        coverage=wanted,
        level=one_line(level) or None,
        after=(place[0], place[1]) if place else None,
        limit=limit,
    )
    return {
        "items": [_row(row) for row in rows],
        "next": cursor("procedures", rows[-1].sort_name, rows[-1].pk) if len(rows) == limit else None,
    }


@router.get("/{slug}", response=open_answers(ProcedureOut), auth=None, summary="One procedure as it is today")
@OPEN
def show(request: HttpRequest, slug: str) -> dict:
    """By its name in addresses or by its national code."""
    row = _find(slug)
    found = {**_row(row), "executed_by": row.executed_by, "issued_by": row.issued_by}
    if row.coverage == LISTED:
        return found
    moment = now()
    return found | _content(queries.shown_view(row, moment), local_date(moment))


@router.get(
    "/{slug}/declaration",
    response={**open_answers(DeclarationOut), 409: Problem},
    auth=None,
    summary="Its electronic declaration",
)
@OPEN
def declaration(request: HttpRequest, slug: str) -> dict:
    """Refused with 409 for a procedure that is only listed."""
    row = _find(slug)
    if row.coverage == LISTED:
        raise OnlyListed(code=row.code or row.slug)
    view = queries.view_for(row, now())
    return {
        "procedure": row.slug,
        "version": view.hash,
        "generic": view.declaration.generic,
        "declaration": view.declaration_data,
    }


def _find(text: str) -> Procedure:
    return queries.by_code(text) if text[:1].isdigit() and "." in text else queries.by_slug(text)

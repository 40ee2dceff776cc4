"""Reports and the index over the API, for programs of those who answer for an agency: the same reads as the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query, Router

from motcua.foundation.api import Out, Token, read_answers
from motcua.foundation.doors import actor_of
from motcua.foundation.time import now
from motcua.reporting import measuring, queries
from motcua.reporting.rules import periods
from motcua.reporting.rules.index766 import Scored, rounded

router = Router(tags=["reporting"])
READ = Token("reports:read")


class ReportCheck(Out):
    """One equation of the form over one line; level and sector empty for the total."""

    check: str
    level: str
    sector: str
    left: int
    right: int
    holds: bool


class ReportOut(Out):
    """Form II.06a. `content` is what is hashed (SHA-256 over canonical JSON); not `closed`, it is a preview."""

    closed: bool
    id: str | None
    hash: str | None
    closed_at: datetime | None
    good: bool
    checks: list[ReportCheck]
    content: dict[str, Any]


class ComponentOut(Out):
    """One component: `part` of `whole` dossiers, procedures or petitions; null means no data, which is not 0."""

    key: str
    code: str | None
    points: int
    full_at: float
    part: int | None
    whole: int | None
    score: str | None
    unverified: list[str]


class GroupOut(Out):
    """A group; `beside` are other formulas for the same, never added up."""

    key: str
    name_vi: str
    points: int
    components: list[ComponentOut]
    beside: list[ComponentOut]


class IndexOut(Out):
    """Index 766 of an agency and a calendar month. `score` is the sum of what was measured: `measured` of `points`."""

    agency: str
    period: str
    edition: str
    unverified: list[str]
    score: str | None
    measured: int
    points: int
    counts: dict[str, int]
    groups: list[GroupOut]


AGENCY = Query(..., max_length=60, description="The agency's code; its report holds all that is below it.")
PERIOD = Query(..., max_length=7, description="The month, 2026-10.")


@router.get(
    "/ii06a", auth=READ, response=read_answers(ReportOut), summary="Form II.06a of an agency and a period"
)
def ii06a(
    request: HttpRequest,
    agency: str = AGENCY,
    period: str = PERIOD,
    kind: Literal["report", "calendar"] = "report",
    version: int | None = Query(None, ge=1, le=9999),
) -> dict:
    """The closed report (its newest version, or a given one), else what the dossiers give now."""
    office = queries.office_of(actor_of(request), agency)
    return queries.told(queries.sheet(office, period, kind, version=version))


@router.get(
    "/index766", auth=READ, response=read_answers(IndexOut), summary="Index 766 of an agency and a month"
)
def index766(request: HttpRequest, agency: str = AGENCY, period: str = PERIOD) -> dict:
    """Counts, shares and points by the formulas observed on the national portal, as far as the platform has data."""
    office = queries.office_of(actor_of(request), agency)
    month, _doubts = queries.period_of(period, periods.CALENDAR)
    found = measuring.measure(office, month, now())
    total = found.total
    return {
        "agency": office.code,
        "period": period,
        "edition": found.edition.since.isoformat(),
        "unverified": list(found.edition.doubts),
        "score": _points(total.score),
        "measured": total.measured,
        "points": total.points,
        "counts": found.counts,
        "groups": [
            {
                "key": group.group.key,
                "name_vi": group.group.name["vi"],
                "points": group.group.points,
                "components": [_told(part) for part in group.parts],
                "beside": [_told(part) for part in group.beside],
            }
            for group in found.groups
        ],
    }


def _points(score: Any) -> str | None:
    found = rounded(score)
    return None if found is None else str(found)


def _told(part: Scored) -> dict[str, Any]:
    component = part.component
    return {
        "key": component.key,
        "code": component.code or None,
        "points": component.points,
        "full_at": float(component.full_at),
        "part": part.share.part,
        "whole": part.share.whole,
        "score": _points(part.score),
        "unverified": list(component.doubts),
    }

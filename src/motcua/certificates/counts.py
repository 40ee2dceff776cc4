"""How many asked, got, renewed and revoked, by place and month; each figure is the number of its rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, F, QuerySet
from django.db.models.functions import TruncMonth

from motcua.agencies import queries as agencies
from motcua.certificates import rules
from motcua.certificates.models import Booth, Order, Request
from motcua.certificates.words import WAYS
from motcua.dossiers import queries as dossiers
from motcua.foundation.actors import Actor
from motcua.foundation.time import TZ

MONTHS_MAX = 12
ROWS_MAX = 2000
_KINDS = {"issued": rules.Kind.ISSUE, "renewed": rules.Kind.RENEW, "revoked": rules.Kind.REVOKE}


@dataclass(frozen=True)
class Place:
    """Where: an agency (its id, None for none), the way, a booth (its id)."""

    agency: int | None
    way: str
    booth: int | None

    @property
    def key(self) -> str:
        """As it stands in an address."""
        return f"{self.agency or 0}-{self.way}-{self.booth or 0}"


@dataclass(frozen=True)
class Cell:
    """A month at a place, and its figures by measure."""

    month: date
    place: Place
    office: str
    where: str
    figures: dict[str, int]


@dataclass(frozen=True)
class Row:
    """One of what a figure counts: when, and the code of its dossier; nobody's name."""

    at: datetime
    code: str
    dossier: str


def months(today: date, count: int = MONTHS_MAX) -> list[date]:
    """The first days of the last months, this one first."""
    found, year, month = [], today.year, today.month
    for _ in range(count):
        found.append(date(year, month, 1))
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    return found


def cells(today: date, language: str, *, actor: Actor | None = None) -> list[Cell]:
    """The figures of the last twelve months, newest month first, by place; of what `actor` may see, or of everything.

    A bounded number of queries: one for each measure and those that name the places.
    """
    first, end = months(today)[-1], _after(today)
    counted: dict[tuple[date, Place], Counter[str]] = {}
    for measure in rules.MEASURES:
        rows, moment = _rows(measure, actor)
        within = rows.filter(**{f"{moment}__gte": _begin(first), f"{moment}__lt": _begin(end)})
        grouped = within.annotate(month=TruncMonth(moment, tzinfo=TZ)).values(
            "month", "agency", "way", "booth"
        )
        for found in grouped.annotate(count=Count("pk")).order_by():
            place = Place(found["agency"], found["way"], found["booth"])
            counted.setdefault((found["month"].date(), place), Counter())[measure] += found["count"]
    offices = agencies.names([place.agency for _month, place in counted if place.agency], language)
    booths = _booth_names({place.booth for _month, place in counted if place.booth}, language)
    made = [
        Cell(
            month,
            place,
            offices.get(place.agency or 0, "–"),
            booths.get(place.booth or 0) or str(WAYS[place.way]),
            {measure: figures[measure] for measure in rules.MEASURES},
        )
        for (month, place), figures in counted.items()
    ]
    return sorted(made, key=lambda each: (-each.month.toordinal(), each.office, each.place.key))


def totals(found: list[Cell]) -> dict[str, int]:
    """The sum of the cells by measure."""
    return {measure: sum(each.figures[measure] for each in found) for measure in rules.MEASURES}


def rows_of(measure: str, month: date, key: str, *, actor: Actor) -> list[Row]:
    """What a figure of `cells(actor=…)` counts, oldest first; [] for a measure or place that is none."""
    place = _place(key)
    if measure not in rules.MEASURES or place is None:
        return []
    rows, moment = _rows(measure, actor)
    begin, end = _begin(month.replace(day=1)), _begin(_after(month))
    within = rows.filter(**{f"{moment}__gte": begin, f"{moment}__lt": end}, agency=place.agency)
    within = within.filter(way=place.way, booth=place.booth).order_by(moment, "pk")
    path = "dossier" if measure == "requested" else "request__dossier"
    named = within.annotate(
        named=F(f"{path}__code"), reference=F(f"{path}__reference"), known=F(f"{path}__public_id")
    ).values_list(moment, "named", "reference", "known")
    return [Row(at, code or reference, known) for at, code, reference, known in named[:ROWS_MAX]]


def _rows(measure: str, actor: Actor | None) -> tuple[QuerySet[Any], str]:
    """The rows that a measure counts and the name of the moment by which they are counted."""
    if measure == "requested":
        asked = Request.objects.all()
        return (asked if actor is None else asked.filter(dossier__in=dossiers.visible_to(actor))), "asked_at"
    orders = Order.objects.filter(kind=_KINDS[measure], state=rules.State.DONE, ends=None)  # of hers alone
    if actor is not None:
        orders = orders.filter(request__dossier__in=dossiers.visible_to(actor))
    return orders, "done_at"


def _place(key: str) -> Place | None:
    agency, _, rest = key.partition("-")
    way, _, booth = rest.partition("-")
    fits = all(each.isascii() and each.isdigit() and len(each) < 15 for each in (agency, booth))
    if not fits or way not in set(rules.Way):
        return None
    return Place(int(agency) or None, way, int(booth) or None)


def _booth_names(ids: set[int], language: str) -> dict[int, str]:
    rows = Booth.objects.filter(pk__in=ids)
    return {row.pk: (row.name_en if language == "en" and row.name_en else row.name_vi) for row in rows}


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), TZ)


def _after(day: date) -> date:
    """The first day of the month after."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)

"""What everybody may read: figures by agency, news of procedures, where to go. Part of the door `queries`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from motcua.agencies import queries as agencies
from motcua.agencies import rules as agency_rules
from motcua.agencies.rules import Office
from motcua.catalogue import queries as catalogue
from motcua.foundation.models import PackVersion
from motcua.foundation.packs import store
from motcua.reporting.models import PublicFigure
from motcua.reporting.rules.petitions import SMALL

FIGURES_MAX = 400
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Figure:
    """What is told of an agency and a month. Rates are None for groups too small to be told as such."""

    office: Office
    counts: dict[str, Any]

    @property
    def on_time_share(self) -> float | None:
        judged = self.counts["resolved_in_time"] + self.counts["resolved_late"]
        return _share(self.counts["resolved_in_time"], judged)

    @property
    def content_share(self) -> float | None:
        return _share(self.counts["rated"] - self.counts["dissatisfied"], self.counts["rated"])


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole >= SMALL else None


def figures(label: str) -> tuple[list[Figure], datetime | None]:
    """The figures of a month by agency in Vietnamese order, and when they were counted (None: never)."""
    rows = list(PublicFigure.objects.filter(label=label)[:FIGURES_MAX])
    known = {row.agency_id: row for row in rows}
    found = [Figure(o, known[o.id].counts) for o in map(agencies.office, known) if o]
    order = {o.id: place for place, o in enumerate(agencies.offices(date.max))}
    found.sort(key=lambda figure: order.get(figure.office.id, len(order)))
    return found, rows[0].counted_at if rows else None


@dataclass(frozen=True)
class News:
    """One thing that changed about a procedure: new | changed | withdrawn, from when on."""

    kind: str
    slug: str
    name: dict[str, str]
    code: str | None
    on: datetime
    since: datetime | None


def news(*, limit: int = 20) -> list[News]:
    """What was published or withdrawn about procedures, newest first, from the published versions."""
    rows = PackVersion.objects.filter(kind="procedures").exclude(state="draft")
    columns = ("key", "number", "state", "published_at", "valid_from", "valid_to")
    made = (
        rows.filter(published_at__isnull=False)
        .order_by("-published_at", "key", "-number")
        .values_list(*columns)
    )
    gone = (
        rows.filter(Q(state="withdrawn"), valid_to__isnull=False)
        .order_by("-valid_to", "key")
        .values_list(*columns)
    )
    found = [
        *(
            ("new" if number == 1 else "changed", key, at, since)
            for key, number, _s, at, since, _to in made[:limit]
        ),
        *(("withdrawn", key, to, to) for key, _number, _s, _at, _since, to in gone[:limit]),
    ]
    found.sort(key=lambda one: one[2], reverse=True)
    return list(_named(found[:limit]))


def _named(found: list[tuple[str, str, datetime, datetime | None]]) -> Iterable[News]:
    hits = {hit.slug: hit for hit in catalogue.hits_of({key for _kind, key, *_rest in found})}
    bodies = {
        v.key: v for v in (store.history("procedures", key)[0] for _k, key, *_r in found if key not in hits)
    }
    for kind, key, at, since in found:
        hit = hits.get(key)
        if hit is not None:
            yield News(kind, key, {"vi": hit.name.vi, "en": hit.name.en}, hit.code, at, since)
        else:
            body = bodies[key].body
            name = str(body.get("short_name_vi") or body.get("name_vi") or key)
            yield News(
                kind, key, {"vi": name, "en": str(body.get("name_en") or "")}, body.get("code"), at, since
            )


@dataclass(frozen=True)
class Counter:
    """Where to go: an agency that receives, the area it serves, its opening hours as [(first day, last day, [[from,
    to]])]."""

    office: Office
    area: dict[str, str] | None
    hours: tuple[tuple[int, int, tuple[tuple[str, str], ...]], ...]


def counters(on: date) -> list[Counter]:
    """The agencies that receive dossiers on a day."""
    found = []
    for office in agencies.receiving_agencies(on):
        area = agencies.area(office.area_code, on) if office.area_code else None
        named = {"vi": area.name_vi, "en": area.name_en} if area else None
        found.append(Counter(office, named, _hours(office.hours or agency_rules.DEFAULT_HOURS)))
    return found


def _hours(name: str) -> tuple[tuple[int, int, tuple[tuple[str, str], ...]], ...]:
    """Opening hours, days of the same hours together (0 is Monday)."""
    version = store.current("hours", name)
    sessions = (version.body.get("sessions") if version else None) or {}
    found: list[tuple[int, int, tuple[tuple[str, str], ...]]] = []
    for number, day in enumerate(DAYS):
        hours = tuple((str(a), str(b)) for a, b in sessions.get(day) or ())
        if not hours:
            continue
        if found and found[-1][1] == number - 1 and found[-1][2] == hours:
            found[-1] = (found[-1][0], number, hours)
        else:
            found.append((number, number, hours))
    return tuple(found)

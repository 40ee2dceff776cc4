"""What index 766 counts for an agency and a month: the shares behind each component, and which dossiers they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from motcua.agencies import queries as agencies
from motcua.agencies.rules import Office
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules import ProcedureView
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import Span
from motcua.foundation.packs import store
from motcua.foundation.time import local_date
from motcua.reporting import building, petitions
from motcua.reporting.rules import rating2018
from motcua.reporting.rules.index766 import Edition, ScoredGroup, Share, Total, edition_on, scored, total_of
from motcua.reporting.rules.periods import Period

INDEX = "service-quality-766"
# component's measure -> (our measure of its part, of its whole); None: no data here
OF_DOSSIERS: dict[str, tuple[str | None, str]] = {
    "progress": ("in_time", "received"),
    "online-dossiers": ("online", "received"),
    # Money is taken at the counter only: nothing that the platform records was paid online, nor can it know what was.
    "paid-online": (None, "money_due"),
    "paid-online-published": (None, "with_fee_lines"),
    "e-result": ("e_result", "resolved"),
    "digitised": ("digitised", "with_papers"),
    "reused": ("reused", "with_papers"),
    "satisfaction": ("content", "received"),
}
ONLINE_LEVELS = ("full", "partial")


@dataclass(frozen=True)
class Measured:
    """The index of an agency (and all below it) for a month."""

    office: Office
    period: Period
    edition: Edition
    groups: list[ScoredGroup]
    counts: dict[str, int]
    shares: dict[str, Share]

    @property
    def total(self) -> Total:
        return total_of(part for group in self.groups for part in group.parts)


def span_of(office: Office, period: Period, at: datetime) -> Span:
    """Whose dossiers, and when; `at` is the present moment."""
    field = building.field_of(office, period)
    return Span(field, period.since, period.until, at, petitions.blamed(field, period.since, period.until))


def measure(office: Office, period: Period, at: datetime) -> Measured:
    """Count and score everything; two queries for the dossiers, one for the procedures."""
    span = span_of(office, period, at)
    counts = dossiers.quality_counts(span)
    shares = {
        name: Share(counts[part] if part else None, counts[whole])
        for name, (part, whole) in OF_DOSSIERS.items()
    }
    shares |= _of_procedures(span, min(at, period.until))
    heard = petitions.petition_counts(span.agencies, period.since, period.until)
    shares["petitions-on-time"] = Share(heard.on_time, heard.received)
    shares["petitions-satisfied"] = Share(heard.satisfied, heard.rated, heard.received)
    edition = edition_on(_document(at), period.last)
    return Measured(office, period, edition, scored(edition, shares), counts, shares)


def _document(at: datetime) -> dict[str, Any]:
    version = store.current("indexes", INDEX, at)
    return version.body if version else {"editions": [NO_EDITION]}


NO_EDITION: dict[str, Any] = {"from": "2022-06-23", "name": {"vi": "–"}, "source": "–", "groups": []}


def _of_procedures(span: Span, at: datetime) -> dict[str, Share]:
    """The components about procedures: of those published that these agencies decide on."""
    kinds = _one_of_each(span.agencies)
    views = [view for view in catalogue.views(at) if _decides(view, kinds, at)]
    online = [view for view in views if view.online_level in ONLINE_LEVELS]
    slugs = {hit.slug: hit.id for hit in catalogue.hits_of(view.slug for view in online)}
    met = dossiers.procedures_met(span, slugs.values()) if slugs else set()
    return {
        "online-offered": Share(len(online), len(views)),
        "online-used": Share(len(met), len(online)),
        "content-full": Share(sum(has_every_part(view) for view in views), len(views)),
    }


def _one_of_each(field: frozenset[int]) -> list[Office]:
    """One agency of each kind: what one ward decides on, the next one does too."""
    found: dict[tuple[str, str, str], Office] = {}
    for office in filter(None, map(agencies.office, sorted(field))):
        if office.area_code:
            found.setdefault((office.kind, office.level, office.function), office)
    return list(found.values())


def _decides(view: ProcedureView, kinds: list[Office], at: datetime) -> bool:
    """Whether one of these agencies is competent for it in the area that it serves."""
    on = local_date(at)
    for office in kinds:
        route = agencies.route(
            responsible=view.competent, level=view.level, area=office.area_code, at=at, on=on
        )
        if route is not None and route.agency.id == office.id:
            return True
    return False


def has_every_part(view: ProcedureView) -> bool:
    """Whether a procedure names every part it must have (NĐ 63/2010 art. 8): name, steps, way, papers, limit, who may
    ask, who decides, result. Forms, conditions and fees only where they exist."""
    body = view.body
    parts = (
        body.get("name_vi"),
        body.get("steps"),
        view.channels,
        "required_documents" in body,
        body.get("time_limit"),
    )
    return all((*parts, view.applicants, view.competent, body.get("result")))


def by_agency(office: Office, period: Period, at: datetime) -> dict[int, dict[str, int]]:
    """The dossier-based counts of each agency of a field that has any."""
    return dossiers.quality_by_agency(span_of(office, period, at), COMPARED)


COMPARED = (
    "received",
    "in_time",
    "late",
    "online",
    "content",
    "with_papers",
    "digitised",
    "resolved",
    "e_result",
)


Ground = tuple[int, int] | None


def rating_2018(office: Office, period: Period, at: datetime) -> dict[int, tuple[Decimal | None, Ground]]:
    """The nine indicators of TT 01/2018 art. 13: {number: (points or None for no data, what it is counted from)}.

    Units' own limits are shares that no source confirms, and nobody was asked about organisation, publicity, attitude.
    """
    span = span_of(office, period, at)
    counts = dossiers.quality_counts(span, ("received", "online", *JUDGED))
    early, on_time, late = (counts[name] for name in JUDGED[:3])
    judged = early + on_time + late
    once, never = counts["asked_once"], counts["never_asked"]
    found: dict[int, tuple[Decimal | None, Ground]] = dict.fromkeys(rating2018.INDICATORS, (None, None))
    found[1] = (rating2018.average_of(2 * early + on_time, judged), (early + on_time, judged))
    found[3] = (rating2018.average_of(2 * never + once, counts["resolved"]), (never, counts["resolved"]))
    heard = petitions.petition_counts(span.agencies, period.since, period.until)
    answered = rating2018.answered_points(heard.answered, heard.received)
    found[8] = (None if answered is None else Decimal(answered), (heard.answered, heard.received))
    online = _of_procedures(span, min(at, period.until))["online-offered"].rate
    points = rating2018.online_points(online, Share(counts["online"], counts["received"]).rate)
    found[9] = (None if points is None else Decimal(points), (counts["online"], counts["received"]))
    return found


JUDGED = ("resolved_early", "resolved_on_day", "resolved_late", "never_asked", "asked_once", "resolved")

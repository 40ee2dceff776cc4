"""Every read of the reporting room. Who answers for an agency, above it or at it, reads its reports; nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from motcua.agencies import queries as agencies
from motcua.agencies.rules import Office
from motcua.catalogue.rules.view import row_at
from motcua.dossiers import queries as dossiers
from motcua.foundation.actors import Actor
from motcua.foundation.canonical import digest
from motcua.foundation.packs import store
from motcua.foundation.time import local_date
from motcua.reporting import building
from motcua.reporting.building import Built
from motcua.reporting.errors import NoSuchReport, PeriodWrong
from motcua.reporting.models import Petition, Report, ReportMember
from motcua.reporting.petitions import (
    answer_limit,
    blamed,
    ended,
    followed,
    handled_by,
    petition,
    petition_counts,
    petitions_visible_to,
    published,
    waiting,
)
from motcua.reporting.public import counters, figures, news
from motcua.reporting.rules import READERS, ii06a, periods
from motcua.reporting.rules.periods import Period
from motcua.reporting.words import DECLINES, NEWS, PETITION_STATES

__all__ = [
    "DECLINES", "NEWS", "PETITION_STATES",
    "Sheet", "answer_limit", "answers_for", "behind", "blamed", "choices_of", "counters", "ended", "figures",
    "followed",
    "handled_by", "has_drifted", "label_at", "news", "office_of", "period_of", "petition", "petition_counts",
    "petition_subjects",    "petitions_visible_to", "preview", "published", "report_differences", "roots_of",
    "sheet", "subjects", "told",
    "versions", "visible_to", "waiting",
]  # fmt: skip

START_DAY = "reporting-period-start-day"


# Whose ------------------------------------------------------------------------------------------------------


def roots_of(actor: Actor) -> list[Office]:
    """The agencies that `actor` answers for herself, in Vietnamese order."""
    led = actor.agencies(*READERS)
    return sorted((o for o in map(agencies.office, led) if o), key=lambda o: o.name_vi)


def answers_for(actor: Actor, agency_id: int) -> bool:
    """Whether `actor` leads this agency or one above it."""
    return agency_id in agencies.below(actor.agencies(*READERS))


def office_of(actor: Actor, code: str) -> Office:
    """The agency with this code, for who answers for it, and for the platform itself. Raises NoSuchReport."""
    found = agencies.by_code(code) if code.isprintable() else None
    if found is None or (actor.kind != "system" and not answers_for(actor, found.id)):
        raise NoSuchReport()
    return found


def choices_of(actor: Actor, on: date) -> list[Office]:
    """The agencies whose reports `actor` may read: her own first, then those below that stand on the day."""
    roots = roots_of(actor)
    below = agencies.below(o.id for o in roots)
    own = {o.id for o in roots}
    return [*roots, *(o for o in agencies.offices(on) if o.id in below and o.id not in own)]


def visible_to(actor: Actor) -> QuerySet[Report]:
    """The closed reports that `actor` may read."""
    if actor.kind == "system":
        return Report.objects.all()
    return Report.objects.filter(agency__in=sorted(agencies.below(actor.agencies(*READERS))))


# When -------------------------------------------------------------------------------------------------------


def _start_day(on: date) -> tuple[int, list[str]]:
    """The day on which a month's reporting period begins, by the value in force, and what is not verified about it."""
    version = store.current("values", START_DAY)
    found = row_at(version.body.get("values") or {}, on) if version else None
    if found is None or not found[1].get("value"):
        return 1, []
    doubts = found[1].get("unverified") or []
    return int(found[1]["value"]), [str(doubt) for doubt in doubts] if isinstance(doubts, list) else ["?"]


def period_of(label: str, kind: str) -> tuple[Period, list[str]]:
    """The period of a month ("2026-10") and what about its days is not verified. Raises PeriodWrong."""
    try:
        month = periods.month_of(label)
        start, doubts = _start_day(month) if kind == periods.REPORT else (1, [])
        return periods.period(label, kind, start), doubts
    except periods.BadPeriod:
        problem = {"field": "period", "code": "period", "message": str(PeriodWrong.next_step)}
        raise PeriodWrong([problem]) from None


def label_at(at: datetime, kind: str) -> str:
    """The month in whose period the aware moment `at` falls."""
    day = local_date(at)
    return periods.label_on(day, kind, _start_day(day)[0] if kind == periods.REPORT else 1)


# Form II.06a ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sheet:
    """Form II.06a as it is shown: a closed report, or (`report` None) what the dossiers give at this moment."""

    office: Office
    period: Period
    content: dict[str, Any]
    report: Report | None
    checks: tuple[ii06a.Check, ...]
    built: Built | None = None

    @property
    def is_good(self) -> bool:
        return all(check.holds for check in self.checks)


def sheet(office: Office, label: str, kind: str, *, version: int | None = None) -> Sheet:
    """The closed report of a period (the newest version, or a given one), else what the dossiers give now.

    Raises PeriodWrong, NoSuchReport for a version that is not there.
    """
    period, doubts = period_of(label, kind)
    narrowed = {"first": period.first} | ({"version": version} if version else {})
    report = building.latest(ii06a.FORM, office.id, kind, **narrowed)
    if report is not None:
        former = building.former_of(office, period)
        last = building.lines_in(former.content) if former else None
        checks = ii06a.checks(building.lines_in(report.content), last)
        return Sheet(office, period, report.content, report, tuple(checks))
    if version:
        raise NoSuchReport()
    return preview(office, period, doubts)


def preview(office: Office, period: Period, doubts: list[str]) -> Sheet:
    """What the dossiers give now, whether or not a report of the period is closed."""
    built = building.build(office, period)
    content = building.content_of(built, version=0, reason="", corrects="", doubts=doubts)
    return Sheet(office, period, content, None, tuple(built.checks), built)


def versions(office: Office, period: Period) -> list[Report]:
    """Every version of the report of one period, newest first."""
    rows = Report.objects.filter(form=ii06a.FORM, agency=office.id, kind=period.kind, first=period.first)
    return list(rows.order_by("-version"))


def has_drifted(office: Office, report: Report, period: Period) -> bool:
    """Whether the dossiers give other figures now than the closed report has: then a correction is due."""
    built = building.build(office, period)
    return building.digest_of(built.members) != report.content["members"]


def behind(
    found: Sheet, actor: Actor, *, level: str, sector: str, column: int, limit: int, after: int = 0
) -> tuple[list[tuple[int, Any]], int | None]:
    """A page of the dossiers behind a figure ([(primary key, the dossier or None where the reader may not see it)],
    where the next page begins or None). `level` and `sector` "" are the line of the total."""
    wanted = ii06a.columns_of(column)
    by_entry = column in (3, *ii06a.ENTRIES)
    if found.report is not None:
        rows = ReportMember.objects.filter(Q(entry__in=wanted) if by_entry else Q(exit__in=wanted))
        rows = rows.filter(report=found.report, dossier__gt=after)
        rows = rows.filter(level=level, sector=sector) if level else rows
        ids = list(rows.order_by("dossier").values_list("dossier", flat=True)[: limit + 1])
    else:
        members = found.built.members if found.built else ()
        ids = [
            m.dossier
            for m in members
            if m.dossier > after
            and (m.entry if by_entry else m.exit) in wanted
            and (not level or m.key == (level, sector))
        ][: limit + 1]
    shown = dossiers.listed(dossiers.visible_to(actor), ids[:limit])
    page = [(pk, shown.get(pk)) for pk in ids[:limit]]
    return page, ids[limit - 1] if len(ids) > limit else None


# Proof ------------------------------------------------------------------------------------------------------


def report_differences() -> Iterator[str]:
    """Every closed report that is not what its hash says, in sentences; the check of the policy runs it."""
    for report in Report.objects.order_by("pk").iterator(chunk_size=100):
        name = f"report {report.public_id} ({report.form}, {report.label}, version {report.version})"
        if digest(report.content) != report.hash:
            yield f"{name}: its content does not have its hash"
        members = building.members_in(report)
        if building.digest_of(members) != report.content["members"]:
            yield f"{name}: its dossiers are not those it was closed with"
        elif ii06a.lines_of(members) != building.lines_in(report.content):
            yield f"{name}: its dossiers do not give its figures"


def subjects() -> Iterator[str]:
    """The journal chain of every report."""
    for report in Report.objects.filter(version=1).iterator():
        yield report.subject.partition(":")[2]


def petition_subjects() -> Iterator[str]:
    """The journal chain of every petition."""
    return Petition.objects.values_list("public_id", flat=True).iterator()


def told(found: Sheet) -> dict[str, Any]:
    """A sheet as plain data: for the API and the command line."""
    report = found.report
    return {
        "closed": report is not None,
        "id": report.public_id if report else None,
        "hash": report.hash if report else None,
        "closed_at": report.closed_at.isoformat() if report else None,
        "good": found.is_good,
        "checks": [
            {
                "check": c.name,
                "level": c.level,
                "sector": c.sector,
                "left": c.left,
                "right": c.right,
                "holds": c.holds,
            }
            for c in found.checks
        ],
        "content": found.content,
    }

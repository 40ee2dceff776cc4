"""From the courses of dossiers to form II.06a: who belongs to the report, by which column each comes in and goes out.

The carried-over dossiers are those that the last closed report had in process, so that column 6 is its column 11.
Only the first report of an agency takes them from the dossiers themselves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from motcua.agencies import queries as agencies
from motcua.agencies.rules import Office
from motcua.catalogue import queries as catalogue
from motcua.dossiers import queries as dossiers
from motcua.foundation.canonical import canonical
from motcua.reporting.models import Report, ReportMember
from motcua.reporting.rules import ii06a
from motcua.reporting.rules.ii06a import Key, Line, Member
from motcua.reporting.rules.periods import Period

NO_SECTOR = "-"
NOTES = ("withdrawn", "stopped", "no_limit", "handed_on", "late_entries")


Found = tuple[dossiers.Course, int, Key | None, bool]


@dataclass(frozen=True)
class Built:
    """A report as the dossiers give it: its members, lines, checks and notes; `former` is the last period's report."""

    office: Office
    period: Period
    members: tuple[Member, ...]
    lines: dict[Key, Line]
    former: Report | None
    notes: dict[str, int]

    @property
    def checks(self) -> list[ii06a.Check]:
        return ii06a.checks(self.lines, lines_in(self.former.content) if self.former else None)


def field_of(office: Office, period: Period) -> frozenset[int]:
    """The agency and all that stood below it in the period: reports before a reform run on the old tree."""
    found = {office.id}
    for day in (period.first, period.last):
        found |= _below(agencies.tree(day), office.id)
    return frozenset(found)


def _below(nodes: Iterable[Any], wanted: int, inside: bool = False) -> set[int]:
    found: set[int] = set()
    for node in nodes:
        here = inside or node.office.id == wanted
        found |= {node.office.id} if here else set()
        found |= _below(node.children, wanted, here)
    return found


def latest(form: str, agency: int, kind: str, **narrowed: Any) -> Report | None:
    """The newest version of the newest report of an agency that fits (`first=`, `last=`), or None."""
    rows = Report.objects.filter(form=form, agency=agency, kind=kind, **narrowed)
    return rows.order_by("-first", "-version").first()


def former_of(office: Office, period: Period) -> Report | None:
    """The newest version of the report that ends the day before this period begins, or None."""
    rows = Report.objects.filter(form=ii06a.FORM, agency=office.id, kind=period.kind, first__lt=period.first)
    found = rows.order_by("-first", "-version").first()
    return found if found is not None and (period.first - found.last).days == 1 else None


def build(office: Office, period: Period) -> Built:
    """Form II.06a of an agency and all below it, as the dossiers give it now.

    What a closed report of the same period had stays in it wherever it went since: nobody finds it there any more.
    """
    former = former_of(office, period)
    known = latest(ii06a.FORM, office.id, period.kind, first=period.first)
    carried = _carried(former)
    field = field_of(office, period)
    notes = dict.fromkeys(NOTES, 0)
    places = _Places()
    found: list[Found] = []  # course, entry, its line in the former report, whether it went on to others
    here = dossiers.courses(field, period.since, period.until)
    live = {c.id: c for c in here if c.agency in field}
    kept = {*carried, *_members_of(known)} - live.keys()
    for course in [*live.values(), *dossiers.courses_of(kept, period.until)]:
        was_here = course.id in carried if former else course.received_at < period.since
        is_away = course.agency not in field
        if is_away and not was_here:
            continue  # came and went on within the period: it is told where it went
        late = former is not None and (not was_here or course.id not in live) and not is_away
        notes["late_entries"] += late and (was_here or course.received_at < period.since)
        entry = ii06a.entry_of(_as_rule(course), carried=was_here)
        found.append((course, entry, carried.get(course.id), is_away))
    found = _sent_on(found, period)
    notes["handed_on"] = sum(is_away for *_rest, is_away in found)
    places.learn(course.procedure for course, *_rest in found)
    members = tuple(
        Member(course.id, *(line or places.of(course)), entry, ii06a.exit_of(_as_rule(course), period.until))
        for course, entry, line, _away in sorted(found, key=lambda one: one[0].id)
    )
    for course, _entry, _line, is_away in found:
        ended = course.ended_at is not None and course.ended_at < period.until
        if ended and not is_away and course.end in notes:
            notes[course.end] += 1
        notes["no_limit"] += ended and not is_away and course.end == "resolved" and course.due_at is None
    return Built(office, period, members, ii06a.lines_of(members), former, notes)


def _as_rule(course: dossiers.Course) -> ii06a.Course:
    return ii06a.Course(course.received_at, course.online, course.ended_at, course.due_at)


def _carried(former: Report | None) -> dict[int, Key]:
    if former is None:
        return {}
    rows = ReportMember.objects.filter(report=former, exit__in=ii06a.IN_PROCESS)
    return {pk: (level, sector) for pk, level, sector in rows.values_list("dossier", "level", "sector")}


def _members_of(known: Report | None) -> Iterable[int]:
    rows = ReportMember.objects.filter(report=known) if known else ReportMember.objects.none()
    return rows.values_list("dossier", flat=True)


def _sent_on(found: list[Found], period: Period) -> list[Found]:
    """Those that went on to an agency outside end, for this report, on the day they went."""
    moved = dossiers.handed_on_at([c.public_id for c, *_rest, away in found if away], period.until)
    told: list[Found] = []
    for course, entry, line, is_away in found:
        if is_away:
            at = max(moved.get(course.public_id, period.since), period.since)
            course = replace(course, ended_at=at, end="handed_on")
        told.append((course, entry, line, is_away))
    return told


class _Places:
    """The line of a dossier: the level of who decides it, the sector of its procedure."""

    def __init__(self) -> None:
        self._sectors: dict[int, str] = {}

    def learn(self, procedures: Iterable[int]) -> None:
        rows = catalogue.by_ids(set(procedures))
        self._sectors = {pk: row.sector.key if row.sector else NO_SECTOR for pk, row in rows.items()}

    def of(self, course: dossiers.Course) -> Key:
        office = agencies.office(course.agency)
        level = office.level if office and office.level in ii06a.LEVELS else "other"
        return level, self._sectors.get(course.procedure, NO_SECTOR)


def content_of(
    built: Built, *, version: int, reason: str, corrects: str, doubts: list[str]
) -> dict[str, Any]:
    """What is hashed and kept: the report whole, without anything about a person."""
    names = sector_names(key[1] for key in built.lines)
    return {
        "form": ii06a.FORM,
        "agency": {"code": built.office.code, "vi": built.office.name_vi, "en": built.office.name_en},
        "period": {
            "kind": built.period.kind,
            "label": built.period.label,
            "first": built.period.first.isoformat(),
            "last": built.period.last.isoformat(),
            "unverified": doubts,
        },
        "version": version,
        "reason": reason,
        "corrects": corrects,
        "former": {"label": built.former.label, "hash": built.former.hash} if built.former else None,
        "lines": [
            {
                "level": level,
                "sector": sector,
                "name": names.get(sector, {"vi": sector, "en": ""}),
                **_named(line),
            }
            for (level, sector), line in built.lines.items()
        ],
        "total": _named(ii06a.total_of(built.lines.values())),
        "notes": built.notes,
        "members": digest_of(built.members),
    }


def _named(line: Line) -> dict[str, int]:
    return {f"c{column}": number for column, number in line.items()}


def lines_in(content: dict[str, Any]) -> dict[Key, Line]:
    """The lines of a kept report as figures."""
    return {
        (line["level"], line["sector"]): {column: line[f"c{column}"] for column in ii06a.COLUMNS}
        for line in content["lines"]
    }


def digest_of(members: Iterable[Member]) -> str:
    """SHA-256 over the members in the order of their dossiers."""
    found = hashlib.sha256()
    for member in members:
        found.update(
            canonical([member.dossier, member.level, member.sector, member.entry, member.exit]) + b"\n"
        )
    return found.hexdigest()


def members_in(report: Report) -> list[Member]:
    """The members of a closed report, in the order of their dossiers."""
    rows = ReportMember.objects.filter(report=report).order_by("dossier")
    return [Member(*row) for row in rows.values_list("dossier", "level", "sector", "entry", "exit")]


def sector_names(keys: Iterable[str]) -> dict[str, dict[str, str]]:
    """Sector key -> {vi, en}."""
    known = {s.key: {"vi": s.name_vi, "en": s.name_en} for s in catalogue.sectors()}
    return {
        key: known.get(key, {"vi": "Chưa rõ lĩnh vực" if key == NO_SECTOR else key, "en": ""}) for key in keys
    }

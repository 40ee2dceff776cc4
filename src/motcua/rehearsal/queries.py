"""Rehearsing a change over the dossiers of the last months. Reads only; nothing is kept after the answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import History
from motcua.foundation.time import local, local_date
from motcua.kernel import clock
from motcua.rehearsal import rules
from motcua.rehearsal.change import Change, ChangeWrong
from motcua.rehearsal.fees import Fees
from motcua.rehearsal.laws import Laws

__all__ = ["Change", "ChangeWrong", "Report", "rehearse"]

MOVED = ("earlier", "later", "same", "none")


@dataclass
class Report:
    """What a change makes of the past. Counts are dossiers; `late` lists those that would newly be late."""

    since: datetime
    until: datetime
    change: dict[str, Any]
    dossiers: int = 0
    left_out: int = 0
    unlike_record: int = 0
    due: Counter = field(default_factory=Counter)
    late_before: int = 0
    late_after: int = 0
    no_longer_late: int = 0
    late_at_most: int | None = None
    apologies_refused: int = 0
    procedures: dict[str, Counter] = field(default_factory=lambda: defaultdict(Counter))
    agencies: dict[str, dict[str, Any]] = field(default_factory=dict)
    late: list[dict[str, Any]] = field(default_factory=list)
    fees: dict[str, Any] = field(default_factory=dict)

    def to_data(self) -> dict[str, Any]:
        """The report as plain data."""
        return {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "change": self.change,
            "dossiers": self.dossiers,
            "left_out": self.left_out,
            "unlike_record": self.unlike_record,
            "due": {name: self.due[name] for name in MOVED},
            "late": {
                "before": self.late_before,
                "after": self.late_after,
                "newly": len(self.late),
                "no_longer": self.no_longer_late,
                "after_at_most": self.late_at_most,
            },
            "apologies_refused": self.apologies_refused,
            "procedures": {slug: dict(counts) for slug, counts in sorted(self.procedures.items())},
            "agencies": dict(sorted(self.agencies.items())),
            "fees": self.fees,
            "newly_late": self.late,
        }


def rehearse(change: Change, *, since: datetime, until: datetime) -> Report:
    """Replay what was received from `since` until before `until` (aware) under `change`. Raises ChangeWrong."""
    laws = Laws(change)
    laws.demand_known(until)
    report = Report(since, until, change.told())
    fees = Fees(laws)
    by_agency: dict[str, list[tuple[rules.Case, rules.Life, rules.Life]]] = defaultdict(list)
    for history, case in _cases(laws, since, until):
        try:
            before, after = rules.as_it_was(case), rules.as_it_would_be(case)
        except clock.ClockProblem:
            report.left_out += 1  # clock events that cannot follow each other are told, never guessed
            continue
        report.dossiers += 1
        report.unlike_record += before.due_at != history.due_at
        fees.note(history)
        by_agency[case.agency].append((case, before, after))
        _compare(report, case, before, after)
    for agency, lives in by_agency.items():
        report.agencies[agency] = _queues(lives, since, until)
    if change.paces:
        report.late_at_most = sum(_most(lives, until) for lives in by_agency.values())
    report.late.sort(key=lambda row: (-row["late_minutes"], row["dossier"]))
    report.fees = fees.told()
    return report


def _cases(laws: Laws, since: datetime, until: datetime) -> Iterator[tuple[History, rules.Case]]:
    for history in dossiers.histories(since, until):
        ended_at = history.ended_at if history.ended_at and history.ended_at <= until else None
        office = agencies.office(history.agency)
        code = office.code if office else str(history.agency)
        place = (history.version, history.agency, history.received_at, ended_at)
        yield (
            history,
            rules.Case(
                name=history.public_id,
                procedure=catalogue.view_of(history.version).slug,
                agency=code,
                received_at=history.received_at,
                ended_at=ended_at,
                events=tuple(event for event in history.events if event.at <= until),
                before=laws.before(*place),
                after=laws.after(*place),
                pace=laws.change.pace_of(code),
            ),
        )


def _compare(report: Report, case: rules.Case, before: rules.Life, after: rules.Life) -> None:
    was = rules.lateness(before, report.until, case.before.calendar)
    would = rules.lateness(after, report.until, case.after.calendar)
    counts = report.procedures[case.procedure]
    moved = _moved(before.due_at, after.due_at)
    report.due[moved] += 1
    report.late_before += was is not None
    report.late_after += would is not None
    report.no_longer_late += was is not None and would is None
    report.apologies_refused += after.refused
    counts.update({"dossiers": 1, moved: 1, "late_before": was is not None, "late_after": would is not None})
    if before.due_at and after.due_at:
        days = _days(case.after.calendar, before.due_at, after.due_at)
        counts["days_moved"] += days
    if would is not None and was is None:
        report.late.append(_row(case, before, after, would))


def _moved(before: datetime | None, after: datetime | None) -> str:
    if before is None or after is None:
        return "same" if before == after else "none"
    return "same" if before == after else "earlier" if after < before else "later"


def _days(calendar: clock.Calendar, before: datetime, after: datetime) -> int:
    return clock.working_days_between(local_date(before), local_date(after), calendar)


def _row(case: rules.Case, before: rules.Life, after: rules.Life, late: rules.Lateness) -> dict[str, Any]:
    return {
        "dossier": case.name,
        "procedure": case.procedure,
        "agency": case.agency,
        "received": local(case.received_at).isoformat(timespec="minutes"),
        "due_before": _iso(before.due_at),
        "due_after": _iso(after.due_at),
        "ended": _iso(after.ended_at),
        "late_working_days": late.days,
        "late_minutes": round(late.office_time / timedelta(minutes=1)),
    }


def _iso(at: datetime | None) -> str | None:
    return local(at).isoformat(timespec="minutes") if at else None


Lived = tuple[rules.Case, rules.Life, rules.Life]


def _queues(lives: list[Lived], since: datetime, until: datetime) -> dict[str, Any]:
    """The queue of one agency at the close of its working days, before and after, and what was late in it."""
    case = lives[0][0]
    closes = rules.closings(case.before.calendar, since, until)
    told = {}
    for name, place in (("before", 1), ("after", 2)):
        found = rules.queue(((one[0].received_at, one[place].ended_at) for one in lives), closes)
        told[name] = {"most": found.most, "mean": found.mean, "last": found.last}
    return {"dossiers": len(lives), "queue": told}


def _most(lives: list[Lived], until: datetime) -> int:
    """How many would be late at the most, the people of the agency having had no time to spare."""
    ends = rules.in_one_line([case for case, _before, _after in lives])
    late = 0
    for case, _before, after in lives:
        life = rules.Life(after.due_at, ends.get(case.name))
        late += rules.lateness(life, until, case.after.calendar) is not None
    return late

"""Form II.06a/VPCP/KSTT: how dossiers were handled in a period, by level and sector (TT 02/2017, TT 01/2020/TT-VPCP).

Every dossier of the period comes in by one column and goes out by one: so 3 = 4 + 5 + 6 = 7 + 11 holds line by line.

What the form leaves open, and how it is decided here (docs/decisions, "Form II.06a counts every end"): a dossier
stopped or
withdrawn after its reception counts as resolved, early, on time or late by the due date it had then; one without a due
date is on time, or within its limit; one handed on to an agency outside the report counts as resolved on that day.
Each is told apart in the notes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.rules import worth_of

FORM = "II.06a/VPCP/KSTT"
ONLINE, DIRECT, CARRIED = 4, 5, 6
EARLY, ON_TIME, LATE = 8, 9, 10
WITHIN, OVERDUE = 12, 13
ENTRIES = (ONLINE, DIRECT, CARRIED)
RESOLVED, IN_PROCESS = (EARLY, ON_TIME, LATE), (WITHIN, OVERDUE)
COLUMNS = tuple(range(3, 14))
# total column -> the columns it is the sum of
SUMS = {3: ENTRIES, 7: RESOLVED, 11: IN_PROCESS}
LEVELS = ("ministry", "province", "district", "commune", "other")

Line = dict[int, int]  # column -> dossiers
Key = tuple[str, str]  # level, sector


@dataclass(frozen=True)
class Course:
    """What the form asks of one dossier. Moments are aware; `due_at` is as it stood at the period's end or at its
    own."""

    received_at: datetime
    online: bool
    ended_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True)
class Member:
    """One dossier in a report: its line, the column it came in by and the one it goes out by."""

    dossier: int
    level: str
    sector: str
    entry: int
    exit: int

    @property
    def key(self) -> Key:
        return self.level, self.sector


def entry_of(course: Course, *, carried: bool) -> int:
    """The column it comes in by; `carried` when it was in process at the end of the last period."""
    if carried:
        return CARRIED
    return ONLINE if course.online else DIRECT


def exit_of(course: Course, until: datetime) -> int:
    """The column it goes out by, as it stood at the first moment after the period."""
    if course.ended_at is None or course.ended_at >= until:
        return OVERDUE if course.due_at is not None and course.due_at < until else WITHIN
    worth = worth_of(course.received_at, course.ended_at, course.due_at)
    return {"early": EARLY, "late": LATE}.get(worth, ON_TIME)


def lines_of(members: Iterable[Member]) -> dict[Key, Line]:
    """The figures of every line that has a dossier, by level and sector."""
    found: dict[Key, Counter[int]] = {}
    for member in members:
        line = found.setdefault(member.key, Counter())
        line[member.entry] += 1
        line[member.exit] += 1
    return {key: _whole(counts) for key, counts in sorted(found.items(), key=lambda pair: _place(pair[0]))}


def _whole(counts: Mapping[int, int]) -> Line:
    line = {column: counts.get(column, 0) for column in COLUMNS}
    for total, parts in SUMS.items():
        line[total] = sum(line[part] for part in parts)
    return line


def _place(key: Key) -> tuple[int, str]:
    level, sector = key
    return (LEVELS.index(level) if level in LEVELS else len(LEVELS), sector)


def total_of(lines: Iterable[Line]) -> Line:
    """The sum of lines, column by column."""
    found = dict.fromkeys(COLUMNS, 0)
    for line in lines:
        for column in COLUMNS:
            found[column] += line[column]
    return found


def columns_of(column: int) -> tuple[int, ...]:
    """The columns that a figure is made of, itself where it is no sum."""
    return SUMS.get(column, (column,))


@dataclass(frozen=True)
class Check:
    """One equation over one line ("" twice: the total): what stands left and right of the sign."""

    name: str
    level: str
    sector: str
    left: int
    right: int

    @property
    def holds(self) -> bool:
        return self.left == self.right


CHECKS = ("3=4+5+6", "7=8+9+10", "11=12+13", "3=7+11", "6=11 before")


def checks(lines: Mapping[Key, Line], former: Mapping[Key, Line] | None) -> list[Check]:
    """Every check of the form over every line and the total; `former` are the lines of the last period's report, None
    when there is none: then column 6 has nothing to agree with."""
    found = []
    keys = list(dict.fromkeys([*lines, *(former or {})]))
    nothing = dict.fromkeys(COLUMNS, 0)
    rows = [(key, lines.get(key, nothing), (former or {}).get(key, nothing)) for key in keys]
    rows.append((("", ""), total_of(lines.values()), total_of((former or {}).values())))
    for (level, sector), line, last in rows:
        found += [
            Check("3=4+5+6", level, sector, line[3], line[4] + line[5] + line[6]),
            Check("7=8+9+10", level, sector, line[7], line[8] + line[9] + line[10]),
            Check("11=12+13", level, sector, line[11], line[12] + line[13]),
            Check("3=7+11", level, sector, line[3], line[7] + line[11]),
        ]
        if former is not None:
            found.append(Check("6=11 before", level, sector, line[6], last[11]))
    return found

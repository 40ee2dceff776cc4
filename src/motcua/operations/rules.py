"""What is counted, for which period, and what the figures say. Plain data: no Django, no clock, no table.

On time means resolved at or before the due moment; a dossier without a fixed limit is neither on time nor late and is
counted apart (TT 01/2018/TT-VPCP art. 13 judges by the return date that was promised).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta

READERS = ("leader", "head")  # an administrator administers and sees no dossier

# the move that is heard -> what is counted
COUNTED = {
    "receive": "received",
    "sign": "resolved",
    "approve": "resolved",
    "take_over_result": "resolved",
    "refuse": "refused",
    "withdraw": "withdrawn",
    "stop": "stopped",
    "ask_at_door": "supplements",
    "ask_supplement": "supplements",
}
# moves by which the clock may start anew: whether it did stands in their journal line
MAY_RESTART = frozenset({"answer", "confirm_payment"})
RESTARTED, BEYOND = "restarts", "beyond"
ASKED_AT_DOOR = (
    "ask_at_door"  # counts, by its own day, once the dossier leaves the door: before, nobody leads it
)
LEAVE_THE_DOOR = frozenset({"receive", "refuse", "withdraw"})
HANDED_ON = "forward"  # another agency answers for it from now on, also for what was counted before
PASSED_ON = (
    "dossier.passed_on",
    "dossier.passed_back",
)  # lines of the journal: a reorganisation of government
FOLLOWED = frozenset({*COUNTED, HANDED_ON}) - {ASKED_AT_DOOR}
BEFORE_A_RESTART = ("supplement", "awaiting_payment")


def follows(verb: str, before: str) -> bool:
    """Whether a move may change the figures; an answer at the door starts no clock anew, for none runs yet."""
    return verb in FOLLOWED or (verb in MAY_RESTART and before in BEFORE_A_RESTART)


def measures_of(verb: str, facts: Mapping[str, object]) -> list[str]:
    """What a journal line of a move counts as: its own measure, a request beyond the law's time, a restart."""
    found = [COUNTED[verb]] if verb in COUNTED else []
    found += [BEYOND] if facts.get("beyond") else []
    return found + ([RESTARTED] if facts.get("restarted") else [])


JUDGED = ("on_time", "late", "first_on_time", "first_late")  # lists that a rate is made of
FINE_TENTHS = 100  # durations are kept to a tenth of a day up to ten days, to the day beyond


@dataclass(frozen=True)
class Sums:
    """The figures of a period; each is a number of dossiers (supplements: of requests)."""

    received: int = 0
    online: int = 0
    resolved: int = 0
    on_time: int = 0
    late: int = 0
    no_limit: int = 0
    refused: int = 0
    withdrawn: int = 0
    stopped: int = 0
    supplements: int = 0
    first_on_time: int = 0
    first_late: int = 0
    beyond: int = 0
    restarts: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(getattr(self, name) + getattr(other, name) for name in COLUMNS))

    @property
    def on_time_share(self) -> float | None:
        """Per cent on time of those that had a limit; None when there was none, which is not nought."""
        return share(self.on_time, self.on_time + self.late)

    @property
    def first_share(self) -> float | None:
        """The same by the first promise, which no restart, pause or new date moves."""
        return share(self.first_on_time, self.first_on_time + self.first_late)


COLUMNS = tuple(column.name for column in fields(Sums))


@dataclass(frozen=True)
class Live:
    """How the open dossiers stand at the moment."""

    open: int = 0
    paused: int = 0
    soon: int = 0
    overdue: int = 0

    def __add__(self, other: Live) -> Live:
        return Live(
            self.open + other.open,
            self.paused + other.paused,
            self.soon + other.soon,
            self.overdue + other.overdue,
        )


def share(part: int, whole: int) -> float | None:
    """Per cent to one place; None without a whole."""
    return round(100 * part / whole, 1) if whole else None


@dataclass(frozen=True)
class Worth:
    """What one happening adds: to which columns, and in which class of duration (tenths of a day)."""

    columns: tuple[str, ...]
    tenths: int | None = None


def worth(
    measure: str,
    *,
    online: bool = False,
    received_at: datetime | None = None,
    resolved_at: datetime | None = None,
    due_at: datetime | None = None,
    first_due_at: datetime | None = None,
) -> Worth:
    """What a happening adds. The aware moments are those of a resolved dossier, needed for `resolved` only."""
    if measure == "received":
        return Worth(("received", "online") if online else ("received",))
    if measure != "resolved" or received_at is None or resolved_at is None:
        return Worth((measure,))
    if due_at is None:
        judged = "no_limit"
    else:
        judged = "on_time" if resolved_at <= due_at else "late"
    columns = ["resolved", judged]
    if first_due_at is not None:
        columns.append("first_on_time" if resolved_at <= first_due_at else "first_late")
    return Worth(tuple(columns), tenths_between(received_at, resolved_at))


def tenths_between(received_at: datetime, resolved_at: datetime) -> int:
    """The class of a duration in tenths of a calendar day; whole days beyond ten."""
    tenths = max(0, round((resolved_at - received_at) / timedelta(hours=2.4)))
    return tenths if tenths <= FINE_TENTHS else 10 * round(tenths / 10)


def percentile(counts: Mapping[int, int], per_cent: int) -> float | None:
    """The nearest-rank percentile, in days, of a distribution {tenths of a day: dossiers}; None for an empty one."""
    total = sum(counts.values())
    if not total:
        return None
    rank, passed = -(-total * per_cent // 100), 0
    for tenths in sorted(counts):
        passed += counts[tenths]
        if passed >= rank:
            return tenths / 10
    raise AssertionError("unreachable")


# Periods --------------------------------------------------------------------------------------------------

DAYS_MAX = 366
PERIODS = ("today", "week", "month", "last_month", "range")
DEFAULT_PERIOD = "week"


class BadPeriod(ValueError):
    """The period cannot be used; `code` is one of order, too_long, future."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Period:
    """Whole days in Viet Nam, both included."""

    key: str
    first: date
    last: date

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


def period_of(key: str, today: date, first: date | None = None, last: date | None = None) -> Period:
    """The days of a named period seen from `today`; `range` runs from `first` to `last`. Raises BadPeriod."""
    if key == "range":
        return _range(today, first, last)
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    named = {
        "today": (today, today),
        "week": (today - timedelta(days=6), today),
        "month": (month, today),
        "last_month": (before.replace(day=1), before),
    }
    found = key if key in named else DEFAULT_PERIOD
    return Period(found, *named[found])


def _range(today: date, first: date | None, last: date | None) -> Period:
    last = last or today
    first = first or last
    if first > today:
        raise BadPeriod("future")
    if first > last:
        raise BadPeriod("order")
    if (last - first).days >= DAYS_MAX:
        raise BadPeriod("too_long")
    return Period("range", first, min(last, today))


# What the figures say -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One row of a table by agency, desk or procedure: what happened and how its open dossiers stand."""

    key: int
    sums: Sums = field(default_factory=Sums)
    live: Live = field(default_factory=Live)
    median_days: float | None = None
    p90_days: float | None = None

    @property
    def is_empty(self) -> bool:
        return self.sums == Sums() and self.live == Live()


def busiest(days: Mapping[date, Sums | None]) -> date | None:
    """The day on which most came in; None when nothing came in on any."""
    best = max((d for d in days if days[d]), key=lambda d: (days[d].received, d), default=None)  # type: ignore[union-attr]
    return best if best and days[best].received else None  # type: ignore[union-attr]


def scale_top(most: int) -> int:
    """The round number at the top of a chart whose tallest column is `most`; its half is a whole number too."""
    power = 1
    while True:
        for step in (2, 4, 6, 8, 10):
            if step * power >= most:
                return step * power
        power *= 10


def by_trouble(lines: Iterable[Line]) -> list[Line]:
    """What needs a leader first: most overdue, then late in the period, then due soon, then most received."""
    return sorted(
        (line for line in lines if not line.is_empty),
        key=lambda line: (
            -line.live.overdue,
            -line.sums.late,
            -line.live.soon,
            -line.sums.received,
            line.key,
        ),
    )


def in_trouble(lines: Iterable[Line]) -> list[Line]:
    """Only the lines where something is overdue, came late or is due soon, in that order of weight."""
    return [line for line in by_trouble(lines) if line.live.overdue or line.live.soon or line.sums.late]

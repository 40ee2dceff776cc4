"""How a centre lives: when people come, for what, how long work takes, what goes wrong. Plain data and dice.

Shares are of the size that Ha Long (5,000 to 10,000 dossiers a month) and Nghe An (96.57 % on time) reported; the
mix of procedures is ours. Everything is drawn from the dice handed in, so that a seed gives the same month again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from motcua.kernel.clock import TZ, Calendar

DOSSIERS = 7500
DAYS = 30
# How busy a one-stop is: by weekday (Monday 0) and by hour of opening.
WEEKDAYS = (1.30, 1.05, 1.0, 0.95, 0.9, 0.5, 0.0)
HOURS = {7: 0.9, 8: 1.5, 9: 1.6, 10: 1.2, 11: 0.4, 13: 0.8, 14: 1.3, 15: 1.0, 16: 0.6}
ONLINE_HOURS = {
    0: 1, 5: 1, 6: 2, 7: 4, 8: 8, 9: 9, 10: 9, 11: 7, 12: 5, 13: 5, 14: 8, 15: 8, 16: 7, 17: 6, 18: 5, 19: 6, 20: 8,
    21: 9, 22: 6, 23: 3,
}  # fmt: skip
# The procedures people really come for, in parts of a thousand; the others share the rest.
MIX = {
    "certified-copy-from-original": 330,
    "signature-certification": 60,
    "marital-status-certificate": 55,
    "birth-registration": 60,
    "death-registration": 25,
    "marriage-registration": 20,
    "civil-status-extract-copy": 45,
    "temporary-residence-registration": 60,
    "permanent-residence-registration": 50,
    "household-business-registration": 35,
    "house-building-permit": 15,
    "land-transfer-registration": 45,
    "monthly-social-allowance": 20,
    "lower-secondary-enrolment": 5,
    "transaction-certification": 45,
}
REST = 130
LEFT_OUT = frozenset({"personal-digital-signature"})  # simulated people have neither phones nor keys
# parts of a thousand
LATE = 34
DOOR_SUPPLEMENT, REFUSED, ABANDONED = 45, 14, 10
SUPPLEMENT, WITHDRAWN, SENT_BACK, DENIED, STOPPED = 30, 8, 20, 12, 4
RATED = 140
# Declarations in which the applicant's birthday is written wrong. Only where the person is already known does the
# register of persons then meet a difference; no dossier differs from it otherwise.
SLIPS = 8
# The ages (full years) of those who usually come for it; others come, too, where nobody of that age is at hand.
AGES = {
    "birth-registration": (21, 40),
    "marriage-registration": (21, 36),
    "marital-status-certificate": (21, 45),
    "death-registration": (30, 65),
    "lower-secondary-enrolment": (33, 50),
    "household-business-registration": (22, 60),
    "house-building-permit": (28, 65),
    "land-transfer-registration": (26, 62),
    "temporary-residence-registration": (21, 45),
    "permanent-residence-registration": (21, 60),
}


@dataclass(frozen=True)
class Hours:
    """The office hours of a calendar, for aware moments; the calendar itself counts on the wall clock of Viet Nam."""

    calendar: Calendar

    def next_open(self, at: datetime) -> datetime:
        return self.calendar.next_open_moment(_wall(at)).replace(tzinfo=TZ)

    def add(self, at: datetime, span: timedelta) -> datetime:
        """The moment when `span` of open time has passed since `at`."""
        return self.calendar.add_open_time(_wall(at), span).replace(tzinfo=TZ)

    def between(self, first: datetime, last: datetime) -> timedelta:
        """The open time between two moments."""
        return self.calendar.open_time_between(_wall(first), _wall(last))


def _wall(at: datetime) -> datetime:
    return at.astimezone(TZ).replace(tzinfo=None)


@dataclass(frozen=True)
class Plan:
    """What one dossier is going to be: who, for what, where, when, through which channel."""

    number: int
    procedure: str
    centre: str
    channel: str  # counter | online | assisted
    arrives_at: datetime


def chance(rng: Random, per_mille: int) -> bool:
    """True in `per_mille` of a thousand throws."""
    return rng.random() * 1000 < per_mille


def days_before(until: date, days: int) -> list[date]:
    """The local days of the simulated month, oldest first, the last one included."""
    return [until - timedelta(days=n) for n in range(days - 1, -1, -1)]


def arrival_days(rng: Random, days: list[date], calendar: Calendar, count: int) -> list[date]:
    """A day for each of `count` arrivals: open days by their weekday's weight, closed days online only (few)."""
    weights = [WEEKDAYS[d.weekday()] if calendar.is_open_day(d) else 0.06 for d in days]
    return rng.choices(days, weights, k=count)


def moment_of(rng: Random, day: date, hours: dict[int, float]) -> datetime:
    """A moment within the day, drawn by the weights of its hours, on the wall clock of Viet Nam."""
    hour = rng.choices(list(hours), list(hours.values()))[0]
    return datetime.combine(day, time(hour, rng.randrange(60), rng.randrange(60)), TZ)


def finish_at(rng: Random, received_at: datetime, due_at: datetime | None, hours: Hours) -> datetime:
    """When the result will be signed: nearly always within the limit, mostly after half of it, sometimes late."""
    if due_at is None:
        return hours.add(received_at, timedelta(hours=rng.uniform(16, 72)))
    span = max(hours.between(received_at, due_at), timedelta(minutes=30))
    share = rng.uniform(1.05, 1.7) if chance(rng, LATE) else min(rng.betavariate(3, 2), 0.97)
    if share > 1:
        span = max(span, timedelta(hours=4))
    return hours.add(received_at, max(span * share, timedelta(minutes=5)))

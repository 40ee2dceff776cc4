"""Months of lived dossiers in seconds: only what learning and rehearsing read (moments, clock events, steps).

They live by the dice of the simulation, but are written in bulk and not through the actions: nobody's rights, no
journal, no answers. What goes through the actions is `motcua simulate`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.dossiers.deadlines import unit_steps
from motcua.dossiers.models import ClockEvent, Dossier, StepRun
from motcua.foundation.time import TZ, local_date
from motcua.kernel import clock
from motcua.kernel.identifiers import dossier_code
from motcua.simulation import rules as dice
from tests.support.city import CENTRE, OTHER_CENTRE, City

MIX = {
    "certified-copy-from-original": 30,
    "household-business-registration": 25,
    "permanent-residence-registration": 25,
    "birth-registration": 20,
}
BATCH = 500


@dataclass
class Months:
    """How many were written, and the moment at which they were last looked at."""

    until: datetime
    dossiers: int = 0


def live(
    city: City, *, count: int, days: int, until: datetime, seed: int = 1, mix: dict | None = None
) -> Months:
    """Write `count` dossiers that came in the `days` before the aware moment `until`; what happens later is open."""
    rng, mix = Random(seed), mix or MIX
    window = dice.days_before(local_date(until), days)
    calendar = agencies.calendar_of(city.office(CENTRE).id)
    months, rows = Months(until), []
    for number, day in enumerate(sorted(dice.arrival_days(rng, window, calendar, count)), 1):
        slug = rng.choices(list(mix), list(mix.values()))[0]
        arrives = dice.moment_of(rng, day, dice.HOURS)
        hours = dice.Hours(calendar)
        received_at = hours.next_open(arrives)
        if received_at < until:
            rows.append(_Life(city, rng, number, slug, received_at, until))
        if len(rows) >= BATCH:
            months.dossiers += _write(rows)
    months.dossiers += _write(rows)
    return months


class _Life:
    def __init__(
        self, city: City, rng: Random, number: int, slug: str, received_at: datetime, until: datetime
    ):
        self.view = catalogue.view_for(slug, received_at)
        centre = city.office(rng.choice((CENTRE, CENTRE, OTHER_CENTRE)))
        routed = agencies.route(
            responsible=self.view.competent, level=self.view.level, area=centre.area_code, at=received_at,
            on=local_date(received_at),
        )  # fmt: skip
        assert routed is not None
        self.unit, self.rules = routed.agency.id, self.view.clock_rules(received_at)
        self.calendar = agencies.calendar_of(self.unit)
        self.hours = dice.Hours(self.calendar)
        self.events = [clock.Event(clock.Kind.START, received_at)]
        handed_on = self.hours.add(received_at, timedelta(minutes=rng.uniform(0, 60)))
        begun, finish = handed_on, self._finish(rng, received_at)
        if rng.random() * 1000 < dice.SUPPLEMENT:
            asked = self.hours.add(handed_on, timedelta(minutes=rng.uniform(5, 45)))
            begun = self.hours.next_open(asked + timedelta(hours=rng.uniform(3, 90)))
            self.events += [
                clock.Event(clock.Kind.PAUSE, asked, "supplement"),
                clock.answer_event(self.rules, begun),
            ]
            finish = self._finish(rng, begun)
        self.events = [event for event in self.events if event.at <= until]
        steps = unit_steps(self.view)
        span = self.hours.between(begun, max(finish, begun))
        moments = [handed_on, *(self.hours.add(begun, span * n / len(steps)) for n in range(1, len(steps)))]
        ends = [*moments[1:], finish]
        self.steps = [
            {
                "number": place, "key": step.key, "stage": step.stage, "started_at": moments[place],
                "done_at": ends[place] if ends[place] <= until else None,
            }
            for place, step in enumerate(steps)
            if moments[place] <= until
        ]  # fmt: skip
        self.row = self._row(number, centre, received_at, handed_on, finish, until)

    def _finish(self, rng: Random, since: datetime) -> datetime:
        return dice.finish_at(rng, since, self._deadline().due_at, self.hours)

    def _deadline(self) -> clock.Deadline:
        return clock.derive(self.view.limit, self.events, self.calendar, self.rules)

    def _row(self, number: int, centre: Any, received_at, handed_on, finish, until) -> Dossier:
        deadline, done = self._deadline(), finish <= until
        state = "result_ready" if done else "supplement" if deadline.state == "paused" else "in_process"
        return Dossier(
            procedure=catalogue.by_slug(self.view.slug),
            declared_version_id=self.view.version_id,
            version_id=self.view.version_id,
            code=dossier_code(centre.dossier_code, local_date(received_at), 20_000 + number),
            channel="counter",
            received_by_id=centre.id,
            competent_agency_id=self.unit,
            business_state=state if handed_on <= until else "received",
            started_at=received_at,
            submitted_at=received_at,
            received_at=received_at,
            transferred_at=handed_on if handed_on <= until else None,
            resolved_at=finish if done else None,
            outcome="granted" if done else "",
            clock_state="stopped" if done else deadline.state,
            due_at=deadline.due_at,
            due_on=deadline.due_on,
            first_due_on=deadline.original_due_on,
        )

    def children(self) -> Iterator[Any]:
        for event in self.events:
            yield ClockEvent(dossier=self.row, kind=event.kind.value, at=event.at, reason=event.reason)
        for step in self.steps:
            yield StepRun(dossier=self.row, **step)


def _write(lives: list[_Life]) -> int:
    Dossier.objects.bulk_create([life.row for life in lives])
    children = [child for life in lives for child in life.children()]
    for model in (ClockEvent, StepRun):
        model.objects.bulk_create([c for c in children if isinstance(c, model)], batch_size=BATCH)
    written = len(lives)
    lives.clear()
    return written


UNTIL = datetime(2026, 11, 21, 17, 0, tzinfo=TZ)

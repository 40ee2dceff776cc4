"""Numbers at the one-stop that is shown: its last working days, by the real actions at the simulated moments."""

from __future__ import annotations

import heapq
import secrets
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from motcua.agencies import queries as agencies
from motcua.foundation.actors import Actor
from motcua.foundation.acts import Act, new_act
from motcua.foundation.errors import Refusal
from motcua.foundation.time import local_date
from motcua.kernel.clock import TZ
from motcua.queue import actions
from motcua.queue import queries as queue
from motcua.simulation.cast import Cast, act_of

DAYS, TICKETS_MOST = 5, 36  # enough for an expected wait; a day of one small centre
PRIORITY_SHARE, ABSENT_SHARE = 0.15, 0.05
NAME = "Máy lấy số mô phỏng"
PURPOSE = "MÔ PHỎNG"
Moment = tuple[datetime, int, str]


class Hall:
    """One centre's hall: a kiosk, its receptionists at their windows, people who come, wait and are served."""

    def __init__(
        self, cast: Cast, rng: Random, *, centre: int, administrator: int, begins_at: datetime
    ) -> None:
        self.cast, self.rng, self.acts = cast, rng, 0
        self.office = agencies.office(centre)
        self.officers = cast.by_role["receptionist", centre]
        self.idle: set[int] = set()  # windows at which nobody is and for whom nobody waits
        act = act_of(cast, administrator, begins_at, f"sim/hall/{begins_at:%Y%m%d}", PURPOSE)
        token = secrets.token_urlsafe(24)
        said = actions.open_device(act, agency=self.office.code, kind="kiosk", name=NAME, token=token)
        device, self.kiosk = queue.device_of(token, "kiosk")
        assert device.public_id == said["device"]

    def live(self, day: date, until: datetime, tickets: int) -> None:
        """One working day, as far as `until`: what waits or is served then stays so."""
        begun = datetime.combine(day, datetime.min.time(), TZ)
        plan = queue.plan_of(self.office, begun)
        events: list[Moment] = [(at, n, "come") for n, at in enumerate(self._arrivals(day, tickets))]
        for number, _officer in enumerate(self.officers):
            events.append((begun.replace(hour=7), number, "open"))
        heapq.heapify(events)
        self.idle.clear()
        while events:
            at, who, what = heapq.heappop(events)
            if at > until:
                return
            if what == "come":
                keys = [service.key for service in plan.services]
                self._do(actions.take, self._act(self.kiosk, at), agency=self.office.code,
                         service=self.rng.choices(keys, range(len(keys), 0, -1))[0],
                         priority=self.rng.random() < PRIORITY_SHARE)  # fmt: skip
                if self.idle:
                    number = min(self.idle)
                    self.idle.remove(number)
                    heapq.heappush(events, (at + timedelta(seconds=15), number, "call"))
            else:
                self._at_window(events, at, who, what)
        for number in range(len(self.officers)):
            self._close(begun.replace(hour=17, minute=20), number, until)

    def _arrivals(self, day: date, tickets: int) -> Iterator[datetime]:
        """Moments in office hours, so that the whole office has one for each ticket."""
        sessions = agencies.calendar_of(self.office.id).sessions_on(day)
        for _ in range(tickets):
            start, end = (datetime.combine(day, at, TZ) for at in self.rng.choice(sessions))
            yield start + (end - timedelta(minutes=20) - start) * self.rng.random()

    def _at_window(self, events: list[Moment], at: datetime, number: int, what: str) -> None:
        """What an officer does at this moment, and when she does the next thing."""
        officer = self.officers[number]
        actor = self.cast.actor(officer, at)

        def later(seconds: float, then: str) -> None:
            heapq.heappush(events, (at + timedelta(seconds=seconds), number, then))

        if what == "open":
            self._do(
                actions.open_window,
                self._act(actor, at),
                agency=self.office.code,
                number=number + 1,
                services=[],
            )
            later(30, "call")
            return
        window = queue.window_of(officer)
        row = queue.at_window(window) if window else None
        if what == "call":
            called = self._do(actions.call, self._act(actor, at))
            absent = called and self.rng.random() < ABSENT_SHARE
            if called:
                later(40, "miss" if absent else "start")
            else:
                self.idle.add(number)
        elif row is not None and what == "miss":
            if self._do(actions.no_show, self._act(actor, at), ticket=row.public_id):
                later(20, "call")
            else:
                self._do(actions.recall, self._act(actor, at), ticket=row.public_id)
                later(60, "miss")
        elif row is not None and what == "start":
            self._do(actions.start, self._act(actor, at), ticket=row.public_id)
            later(60 * self.rng.triangular(3, 25, 9), "finish")
        elif row is not None:
            self._do(actions.finish, self._act(actor, at), ticket=row.public_id)
            later(20, "call")

    def _close(self, at: datetime, number: int, until: datetime) -> None:
        window = queue.window_of(self.officers[number])
        if window is not None and at <= until:
            actor = self.cast.actor(self.officers[number], at)
            self._do(actions.close_window, self._act(actor, at), window=window.public_id)

    def _act(self, actor: Actor, at: datetime) -> Act:
        self.acts += 1
        return new_act(actor, at=at, purpose=PURPOSE, act_id=f"sim/hall/{at:%Y%m%d%H%M%S%f}/{self.acts}")

    @staticmethod
    def _do(action, act: Act, **given) -> dict | None:
        """The answer of an act, None where it was refused: nobody waits, or it must be called again first."""
        try:
            return action(act, **given)
        except Refusal:
            return None


def live_hall(
    cast: Cast, *, seed: str, until: datetime, per_day: int, centre: int, administrator: int
) -> int:
    """The last working days of one centre up to the aware moment `until`; returns how many acts were done."""
    calendar, last = agencies.calendar_of(centre), local_date(until)
    days = [last - timedelta(days=n) for n in range(14)]
    days = sorted([day for day in days if calendar.is_open_day(day)][:DAYS])
    begins_at = datetime.combine(days[0], datetime.min.time(), TZ).replace(hour=6)
    keeper = cast.actor(administrator, begins_at)
    lived = queue.devices_visible_to(keeper).filter(agency_id=centre, name=NAME).exists()
    if (
        per_day < 1 or begins_at > until or lived
    ):  # a simulation killed in the middle goes on; the hall stays as it is
        return 0
    rng = Random(f"{seed}/{last}/hall")
    hall = Hall(cast, rng, centre=centre, administrator=administrator, begins_at=begins_at)
    for day in days:
        hall.live(day, until, min(per_day, TICKETS_MOST))
    return hall.acts

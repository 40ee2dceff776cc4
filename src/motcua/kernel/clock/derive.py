"""The engine: clock events in, a due date with its derivation out (rules 2.1 to 2.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from motcua.kernel.clock.calendar import ONE_DAY, Calendar
from motcua.kernel.clock.count import Amount, End, Ranges, counter_for
from motcua.kernel.clock.doubts import doubt_lines
from motcua.kernel.clock.errors import ClockProblem
from motcua.kernel.clock.events import Event, Kind
from motcua.kernel.clock.limits import Limit, Unit
from motcua.kernel.clock.outcome import Deadline
from motcua.kernel.clock.rules import ClockRules
from motcua.kernel.clock.story import COUNTS_OPEN_DAYS, MINUTE, Story
from motcua.kernel.clock.zone import TZ, wall

DEFAULT_RULES = ClockRules()


def derive(
    limit: Limit, events: Iterable[Event], calendar: Calendar, rules: ClockRules = DEFAULT_RULES
) -> Deadline:
    """Derive the due date from the clock events of one dossier, in the order in which they happened.

    The day of reception is not counted, whatever the hour (Civil Code 2015 art. 147); an act on a closed day
    counts as the next open moment; the day a supplement is asked is used, the day it is answered is not.
    Raises ClockProblem for events that cannot follow each other and for one extension too many.
    """
    clock = _Clock(limit, calendar, rules)
    for event in events:
        clock.take(event)
    return clock.deadline()


class _Clock:
    """The state between two events. All times inside are Vietnamese wall-clock times."""

    def __init__(self, limit: Limit, calendar: Calendar, rules: ClockRules) -> None:
        self.limit = limit
        self.calendar = calendar
        self.rules = rules
        self.counter = counter_for(limit, calendar, rules.cutoff)
        self.story = Story(limit, calendar)
        self.state = "none"
        self.last_at: datetime | None = None
        self.original: datetime | None = None
        self.end: End | None = None
        self.since: datetime | None = None  # where the running leg began; None when the end is a promised day
        self.amount: Amount = 0  # what the running leg has to use up
        self.whole = True  # whether that is the whole limit, or what a pause left of it
        self.rests: Ranges = []  # days on which the finished legs rest
        self.paused_for: dict[str, datetime] = {}
        self.paused_at: datetime | None = None
        self.left: Amount | None = None
        self.restarts = 0
        self.extensions = 0

    def take(self, event: Event) -> None:
        """Apply one event. Raises ClockProblem when it cannot happen now."""
        at = wall(event.at)
        if self.state == "none" and event.kind is not Kind.START:
            raise ClockProblem("clock.not_started", kind=event.kind.value)
        if self.state == "stopped":
            raise ClockProblem("clock.stopped", kind=event.kind.value)
        if self.last_at is not None and at < self.last_at:
            raise ClockProblem("clock.out_of_order", kind=event.kind.value, at=at, before=self.last_at)
        self.last_at = at
        _MOVES[event.kind](self, at, event)

    def _start(self, at: datetime, event: Event) -> None:
        if self.state != "none":
            raise ClockProblem("clock.started_twice")
        self.story.act("received", at)
        self._begin(at)
        if self.end is None:
            self.story.tell("no_limit")
        else:
            self.story.count_from(at, self.rules.cutoff)
        self.original = self._due()
        self.state = "running"

    def _begin(self, at: datetime) -> None:
        """Count the whole limit from `at`; nothing that was counted before matters any more."""
        self.since, self.rests, self.end, self.whole = at, [], None, True
        if self.limit.is_fixed:
            self.end = self.counter.begin(at)
            hours = self.limit.unit is Unit.WORKING_HOURS
            self.amount = timedelta(hours=self.limit.value) if hours else self.limit.value or 0

    def _pause(self, at: datetime, event: Event) -> None:
        if event.reason in self.paused_for:
            raise ClockProblem("clock.already_paused")
        if not self.paused_for:
            self._break_off(at, event.reason)
        else:
            self.story.act("paused_too", at, reason=event.reason)
        self.paused_for[event.reason] = at
        self.state = "paused"

    def _break_off(self, at: datetime, reason: str) -> None:
        self.paused_at, self.left = at, None
        if self.end is None:
            self.story.act("paused", at, reason=reason, used=None)
        elif self._is_late(at):
            self.story.act("paused_late", at, reason=reason, due=self._promised().date().isoformat())
        else:
            self.left = self.counter.left(self.end, at)
            used = None
            if self.since is not None:
                self.story.leg(self.since, self._last_counted(at))
                used = _plain(self.counter.used(self.since, at))
            self.story.act("paused", at, reason=reason, used=used, unit=self._unit())

    def _resume(self, at: datetime, event: Event) -> None:
        if self._close_pause(event):
            self.story.act("still_paused", at, reason=event.reason)
            return
        self.state = "running"
        if self.left is None:
            self.story.act("resumed", at, reason=event.reason, left=None)
            return
        since = self.story.counted_since(at)
        self.story.act(
            "resumed", at, reason=event.reason, left=_plain(self.left), unit=self._unit(), since=since
        )
        self._go_on(at)
        if self.limit.unit is Unit.SAME_DAY and self.end == self.counter.begin(at):
            self.story.count_from(at, self.rules.cutoff)

    def _go_on(self, at: datetime) -> None:
        """Count what was left at the pause, from `at`. Paused and resumed at once changes nothing."""
        paused_at = self.paused_at
        if self.since is None:
            self.rests += self.counter.rests_on(paused_at, self.end)
        else:
            self.rests += self.counter.rests_on_pause(self.since, paused_at)
        if at != paused_at:
            self.end = self.counter.go_on(self.left, at)
        self.since, self.amount, self.whole = at, self.left, False

    def _restart(self, at: datetime, event: Event) -> None:
        others = self._close_pause(event) if self.paused_for else False
        self.restarts += 1
        self._begin(at)
        count, since = self.limit.value, self.story.counted_since(at)
        self.story.act(
            "restarted", at, reason=event.reason, count=count, unit=self.limit.unit.value, since=since
        )
        if self.end and self.limit.unit is Unit.SAME_DAY:
            self.story.count_from(at, self.rules.cutoff)
        self.state = "paused" if others else "running"
        if others:
            self.paused_at = at
            self.left = self.counter.left(self.end, at) if self.end else None

    def _close_pause(self, event: Event) -> bool:
        """End the pause with the event's reason (all of them when it names none); tell whether others remain."""
        if not self.paused_for or (event.reason and event.reason not in self.paused_for):
            raise ClockProblem("clock.not_paused")
        if event.reason:
            del self.paused_for[event.reason]
        else:
            self.paused_for.clear()
        return bool(self.paused_for)

    def _extend(self, at: datetime, event: Event) -> None:
        if self.extensions >= self.rules.extensions_max:
            raise ClockProblem("clock.extensions_used_up", most=self.rules.extensions_max)
        if event.until is None:
            raise ClockProblem("clock.extend_no_date")
        if self.state == "paused":
            raise ClockProblem("clock.extend_paused")
        self.extensions += 1
        before, promised = self._due(), self.counter.promise(event.until)
        self._tell_leg()
        number, until = self.extensions, event.until
        self.story.act("extended", at, number=number, until=until.isoformat(), reason=event.reason)
        if before is not None and self.counter.due(promised) <= before:
            # A calendar corrected later may move the due date past the promise; the later of both holds.
            self.story.tell("not_later", before.date())
            self.rests += self._leg_rests()
        else:
            self.end = promised
            due_on = self._promised().date()
            self.rests = [(until, due_on)]
            if until != due_on:
                self.story.tell("rolled", due_on, day=until.isoformat())
        self.since = None

    def _stop(self, at: datetime, event: Event) -> None:
        running = self.state == "running"
        if running:
            self._tell_end()
        self.story.act("stopped", at, reason=event.reason)
        if not running:
            self.end = None
        self.state = "stopped"

    def deadline(self) -> Deadline:
        """Close the story and return what was derived."""
        paused_at = self.paused_at if self.state == "paused" else None
        if self.state == "running":
            self._tell_end()
        elif paused_at:
            self.story.tell("waiting", paused_at.date())
        due = None if paused_at else self._due()
        doubts = doubt_lines(self.rests + self._leg_rests(), self.calendar) if due else []
        self.story.notices()
        original = self.original
        return Deadline(
            due.date() if due else None,
            due.replace(tzinfo=TZ) if due else None,
            original.date() if original else None,
            original.replace(tzinfo=TZ) if original else None,
            bool(doubts),
            self.state,
            self.restarts,
            (*self.story.lines, *doubts),
            self.extensions,
            paused_at.replace(tzinfo=TZ) if paused_at else None,
            tuple(self.paused_for),
        )

    def _tell_end(self) -> None:
        if self.end is not None:
            self._tell_leg()
            due = self._promised()
            self.story.tell("due", due.date(), at=due.strftime("%H:%M"))

    def _tell_leg(self) -> None:
        if self.end is not None and self.since is not None:
            self.story.leg(self.since, self.end)
            self.story.counted(self.since, self.end, self.amount, self.whole)

    def _leg_rests(self) -> Ranges:
        if self.end is None or self.since is None:
            return []
        return self.counter.rests_on(self.since, self.end)

    def _due(self) -> datetime | None:
        return None if self.end is None else self._promised()

    def _promised(self) -> datetime:
        """The due moment where one is known to stand."""
        return self.counter.due(self.end)

    def _is_late(self, at: datetime) -> bool:
        due = self._promised()
        return at > due if self.limit.unit is Unit.WORKING_HOURS else at.date() > due.date()

    def _last_counted(self, at: datetime) -> datetime:
        """Up to where a leg broken off at `at` is told: closed days around the pause are told with the pause."""
        return at if self.calendar.is_open_day(at.date()) else at - ONE_DAY

    def _unit(self) -> str:
        """The unit in which used and left amounts are told: months are told in days."""
        unit = self.limit.unit
        return (unit if unit in COUNTS_OPEN_DAYS else Unit.CALENDAR_DAYS).value


def _plain(amount: Amount) -> int:
    return amount // MINUTE if isinstance(amount, timedelta) else amount


_MOVES: dict[Kind, Callable[[_Clock, datetime, Event], None]] = {
    Kind.START: _Clock._start,
    Kind.PAUSE: _Clock._pause,
    Kind.RESUME: _Clock._resume,
    Kind.RESTART: _Clock._restart,
    Kind.EXTEND: _Clock._extend,
    Kind.STOP: _Clock._stop,
}

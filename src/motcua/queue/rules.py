"""Decisions about numbers at a one-stop: states, who is called next, how long it takes, who may. No Django."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from motcua.kernel.clock import Calendar

# Who may -----------------------------------------------------------------------------------------------------

KIOSK, SCREEN = "kiosk", "screen"
KEEPERS = ("head", "leader", "administrator")  # hand out and close devices
READERS = ("receptionist", "clerk", *KEEPERS)  # read how long people waited
# Words of holder keys (`office:12:reception`); those of `ABOVE` count at every agency above as well.
AT_PLACE: dict[str, tuple[str, ...]] = {
    "take": ("reception", KIOSK),
    "serve": ("reception",),
    "keep": (),
    "read": ("reception",),
}
ABOVE = {"keep": ("lead", "admin"), "read": ("lead", "admin")}


def may(holders: Container[str], what: str, agency_id: int, above: Iterable[int] = ()) -> bool:
    """Whether one who holds these keys may do `what` (take | serve | keep | read) at an agency.

    `above` are the agencies over it. Raises KeyError for a word of no meaning.
    """
    if any(f"office:{agency_id}:{word}" in holders for word in AT_PLACE[what]):
        return True
    return any(
        f"office:{place}:{word}" in holders for place in (agency_id, *above) for word in ABOVE.get(what, ())
    )


# The life of a ticket ----------------------------------------------------------------------------------------


class State(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    DONE = "done"
    NO_SHOW = "no_show"
    ENDED = "ended"  # the day was over before it was its turn


OPEN = (State.WAITING, State.CALLED, State.SERVING)
AT_WINDOW = (State.CALLED, State.SERVING)
MOVES = {
    (State.WAITING, "call"): State.CALLED,
    (State.CALLED, "recall"): State.CALLED,
    (State.CALLED, "start"): State.SERVING,
    (State.CALLED, "finish"): State.DONE,
    (State.SERVING, "finish"): State.DONE,
    (State.CALLED, "no_show"): State.NO_SHOW,
    (State.NO_SHOW, "come_back"): State.WAITING,
    (State.CALLED, "transfer"): State.WAITING,
    (State.SERVING, "transfer"): State.WAITING,
    (State.CALLED, "release"): State.WAITING,
    **{(state, "end"): State.ENDED for state in OPEN},
}
VERBS = tuple(dict.fromkeys(verb for _state, verb in MOVES))


def next_state(state: State, verb: str) -> State | None:
    """The state after `verb`, or None when it is not a move from `state`."""
    return MOVES.get((state, verb))


# How an agency gives numbers ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Service:
    """A kind of service one takes a number for: its letter begins the number, its names stand on the button."""

    key: str
    letter: str
    name_vi: str
    name_en: str
    hint_vi: str = ""
    hint_en: str = ""

    def name(self, language: str = "vi") -> str:
        return self.name_en if language == "en" else self.name_vi

    def hint(self, language: str = "vi") -> str:
        """A few everyday words for those who do not know what their business is called; may be empty."""
        return self.hint_en if language == "en" else self.hint_vi


@dataclass(frozen=True)
class Class:
    """People who are served before others, with the law that says so and what was not read of it."""

    key: str
    name_vi: str
    name_en: str
    source: str
    unverified: tuple[str, ...]

    def name(self, language: str = "vi") -> str:
        return self.name_en if language == "en" else self.name_vi


GENERAL = Service("general", "A", "Tất cả thủ tục", "All procedures")


@dataclass(frozen=True)
class Plan:
    """How one agency gives and calls numbers, from a document of the kind `queues`."""

    services: tuple[Service, ...] = (GENERAL,)
    priority: tuple[Class, ...] = ()
    priority_in_a_row: int = 2
    calls: int = 3
    returns: int = 1
    minutes_before: int = 15
    windows: int = 10

    @classmethod
    def from_document(cls, body: Mapping[str, Any]) -> Plan:
        """Read a checked document; what it leaves out keeps the default."""
        services = tuple(
            Service(row["key"], row["letter"], row["name"]["vi"], row["name"]["en"],
                    *((row["hint"]["vi"], row["hint"]["en"]) if row.get("hint") else ()))
            for row in body["services"]
        )  # fmt: skip
        classes = tuple(
            Class(row["key"], row["name"]["vi"], row["name"]["en"], row.get("source") or "",
                  tuple(row.get("unverified") or ()))
            for row in body.get("priority") or ()
        )  # fmt: skip
        names = ("priority_in_a_row", "calls", "returns", "minutes_before", "windows")
        return cls(services, classes, **{name: body[name] for name in names if name in body})

    def service(self, key: str) -> Service | None:
        """The service with this key, or None."""
        return next((one for one in self.services if one.key == key), None)


def code_of(letter: str, number: int) -> str:
    """A012; from a thousand on as many digits as it takes."""
    return f"{letter}{number:03d}"


# Who is called next ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """A ticket in the queue: `since` when it has its place, `window` the only window it was sent to."""

    id: int
    service: str
    priority: bool
    since: datetime
    window: int | None = None


def order(waiting: Iterable[Waiting], run: int, most: int) -> list[Waiting]:
    """All of `waiting` in the order in which one window calls them.

    Priority tickets first, each lane by its place; but after `most` priority tickets in a row an ordinary one that
    waits is called. `run` is how many were called in a row before. So an ordinary ticket with n ordinary ones before
    it is called by the (n + 1) × (most + 1)-th call at the latest, however many with priority come.
    """
    rows = sorted(waiting, key=lambda one: (one.since, one.id))
    first = [one for one in rows if one.priority][::-1]
    others = [one for one in rows if not one.priority][::-1]
    found = []
    while first or others:
        lane = first if first and (run < most or not others) else others
        found.append(lane.pop())
        run = run_after(run, found[-1])
    return found


def run_after(run: int, called: Waiting) -> int:
    """How many priority tickets were called in a row once `called` was."""
    return run + 1 if called.priority else 0


def callable_at(
    window: int, services: Container[str], waiting: Iterable[Waiting], open_windows: Container[int]
) -> list[Waiting]:
    """What a window may call: tickets of its services, or sent to it; one sent to a window that is open is left to it.

    `services` empty means all. A ticket whose window has closed may be called wherever its service is served.
    """
    found = []
    for one in waiting:
        sent = one.window if one.window in open_windows else None
        if sent == window or (sent is None and serves(services, one.service)):
            found.append(one)
    return found


def serves(services: Any, service: str) -> bool:
    """Whether a window with these services (empty: all) serves this one."""
    return not services or service in services


def pool(service: str, windows: Iterable[Sequence[str]]) -> frozenset[str] | None:
    """The services called at the same windows as this one; None for all, its own alone when no window is open."""
    together = [set(services) for services in windows if serves(services, service)]
    if any(not services for services in together):
        return None
    return frozenset({service}.union(*together))


def ahead_of(ticket: int, waiting: Sequence[Waiting], windows: Sequence[Sequence[str]], most: int) -> int:
    """How many are called before `ticket` as things stand. Raises LookupError when it does not wait."""
    own = next((one for one in waiting if one.id == ticket), None)
    if own is None:
        raise LookupError(ticket)
    together = pool(own.service, windows)
    rows = order((one for one in waiting if together is None or one.service in together), 0, most)
    return rows.index(own)


# How long it takes -------------------------------------------------------------------------------------------

FEW = 20  # below this many waits of earlier days nothing is said
DAYS = 10  # working days that waits are learnt from
SHARE_LOW, SHARE_HIGH = 0.1, 0.9  # eight of ten people waited within the range that is told


def pace(worked: timedelta, ahead: int, windows: int) -> int:
    """Seconds of office time that one place in the queue took at one window, from one wait that is over."""
    return round(worked.total_seconds() * windows / (ahead + 1))


def quantile(values: Sequence[float], share: float) -> float | None:
    """The smallest value that `share` of all do not exceed (nearest rank); None of nothing."""
    if not values:
        return None
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def span(paces: Sequence[int], ahead: int, windows: int) -> tuple[timedelta, timedelta] | None:
    """Office time within which eight of ten such waits ended; None with too few of them or no open window."""
    if len(paces) < FEW or windows < 1:
        return None
    rows = sorted(paces)
    low, high = quantile(rows, SHARE_LOW) or 0, quantile(rows, SHARE_HIGH) or 0
    return tuple(timedelta(seconds=each * (ahead + 1) / windows) for each in (low, high))  # type: ignore[return-value]


def told_minutes(low: timedelta, high: timedelta) -> tuple[int, int]:
    """The range in whole minutes, never narrower than it is; from ten minutes on in steps of five."""
    least, most = int(low.total_seconds() // 60), math.ceil(high.total_seconds() / 60)
    least = least - least % 5 if least > 10 else least
    most = most + -most % 5 if most > 10 else most
    return least, max(most, 1)


# When numbers are given --------------------------------------------------------------------------------------


def gives_at(calendar: Calendar, at: datetime, minutes_before: int) -> bool:
    """Whether numbers are given at the wall-clock moment `at`: in office hours, and a little before they begin."""
    early = timedelta(minutes=minutes_before)
    return any(
        datetime.combine(at.date(), start) - early <= at < datetime.combine(at.date(), end)
        for start, end in calendar.sessions_on(at.date())
    )


def gives_again(calendar: Calendar, at: datetime, minutes_before: int) -> datetime:
    """The next wall-clock moment from `at` on at which numbers are given."""
    return calendar.next_open_moment(at) - timedelta(minutes=minutes_before)

"""Decisions about joint tasks: states, who may do what, which rows say so, how the clock runs. No Django, no table.

Sources: NĐ 61/2018/NĐ-CP art. 19(6)-(7) (interlinked procedures: each agency with its role and its own limit) and
19(5) (consultation: what is asked and by when; the consulted agency answers in time; if it is late, the head of the
one-stop is told). NĐ 118/2025/NĐ-CP is believed to keep both; its full text was not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from motcua.dossiers.rules import Right
from motcua.kernel.clock import Event, Kind


class State(StrEnum):
    WAITING = "waiting"  # another task comes first
    OPEN = "open"
    DONE = "done"
    DECLINED = "declined"
    RECALLED = "recalled"  # taken back by whoever asked
    ENDED = "ended"  # the dossier ended, or needs the answer no more


class What(StrEnum):
    BUNDLE = "bundle"
    CONSULTATION = "consultation"


LEAD, COOPERATING, CONSULTED = "lead", "cooperating", "consulted"
OPEN = frozenset({State.WAITING, State.OPEN})
S = State
# (from, verb): to. The whole life of a task.
MOVES: dict[tuple[State, str], State] = {
    (S.OPEN, "take"): S.OPEN,
    (S.OPEN, "answer"): S.DONE,
    (S.OPEN, "decline"): S.DECLINED,
    (S.WAITING, "recall"): S.RECALLED,
    (S.OPEN, "recall"): S.RECALLED,
    (S.DECLINED, "ask_again"): S.OPEN,
    (S.RECALLED, "ask_again"): S.OPEN,
}
ASKED, ASKING = "asked", "asking"
# Whose verb it is: of the agency that was asked, or of the one that asked and leads the dossier.
SIDE = {"take": ASKED, "answer": ASKED, "decline": ASKED, "recall": ASKING, "ask_again": ASKING}
VERBS = tuple(SIDE)
WORKS = "process"  # the holder word of those who work on it, on both sides

QUESTION_MIN, TEXT_MAX = 10, 2000
PAPERS_MAX = 60
CONSULTATIONS_MAX = 20  # open ones of one dossier; more is a slip, not a question


def heir(successors: Sequence[int], nearest: Sequence[int]) -> int | None:
    """Which of the successors of an agency goes on with a task: the only one, else the first that is `nearest` to it.

    None where several succeeded and nothing tells.
    """
    if len(successors) == 1:
        return successors[0]
    return next((agency for agency in nearest if agency in successors), None)


def next_state(state: State, verb: str) -> State | None:
    """Where `verb` leads from `state`, or None when the move does not exist."""
    return MOVES.get((State(state), verb))


def verbs_from(state: State) -> tuple[str, ...]:
    """The verbs that exist in `state`, in the order of the table."""
    return tuple(verb for (start, verb) in MOVES if start == state)


@dataclass(frozen=True)
class Standing:
    """The facts of a task that decide who sees it and for whom it waits. Agencies and accounts are ids."""

    state: State
    agency: int
    above: tuple[int, ...]  # agencies above the asked one, nearest first
    asking: int | None  # the competent agency of the dossier
    one_stop: int | None  # where the dossier was received
    assigned: int | None
    due_at: datetime | None
    opened_at: datetime | None
    erased: bool = False  # the retention of the dossier had run out


def sort_key(standing: Standing) -> str:
    """Worklists run by due date; what has none comes behind, by its opening."""
    if standing.due_at is not None:
        return f"2{standing.due_at.astimezone(UTC):%Y%m%d%H%M%S}"
    if standing.opened_at is not None:
        return f"3{standing.opened_at.astimezone(UTC):%Y%m%d%H%M%S}"
    return "9"


def rights(standing: Standing) -> frozenset[Right]:
    """Everybody who may see the task, why, and for whom it waits. The stored rows equal this (rebuild check).

    The asked agency sees it from the moment it is asked; what was taken back it sees no more. Who asks, who leads
    there, and the head of the one-stop follow it (NĐ 61/2018 art. 19(5)).
    """
    if standing.erased:
        return frozenset()
    key = sort_key(standing)
    found: list[Right] = []
    if standing.state in (S.OPEN, S.DONE, S.DECLINED):
        is_open = standing.state is S.OPEN
        office = f"office:{standing.agency}"
        pool = is_open and standing.assigned is None
        found.append(Right(f"{office}:{WORKS}", "asked", "pool", pool, key))
        if standing.assigned is not None and is_open:
            found.append(Right(f"account:{standing.assigned}", "asked", "assigned", True, key))
        for agency in (standing.agency, *standing.above):
            found.append(Right(f"office:{agency}:lead", "lead", "leads", False, key))
    if standing.asking is not None:
        if standing.asking != standing.agency:
            found.append(Right(f"office:{standing.asking}:{WORKS}", "asking", "asks", False, key))
        found.append(Right(f"office:{standing.asking}:lead", "lead", "leads", False, key))
    if standing.one_stop is not None:
        found.append(Right(f"office:{standing.one_stop}:lead", "lead", "leads", False, key))
    if standing.asking == standing.agency and standing.state not in (S.OPEN, S.DONE, S.DECLINED):
        found.append(Right(f"office:{standing.agency}:{WORKS}", "asking", "asks", False, key))
    return frozenset({(each.holder, each.role): each for each in found}.values())


def side_holder(verb: str, standing: Standing) -> str:
    """The holder key that `verb` needs."""
    agency = standing.agency if SIDE[verb] == ASKED else standing.asking
    return f"office:{agency}:{WORKS}"


def is_late(state: State, due_at: datetime | None, at: datetime) -> bool:
    """Whether an open task should have been answered before `at`. What waits for another one is not late."""
    return state is S.OPEN and due_at is not None and at > due_at


def answered_late(due_at: datetime | None, closed_at: datetime | None) -> bool:
    """Whether an answer came after its own limit."""
    return due_at is not None and closed_at is not None and closed_at > due_at


def ready(after: Mapping[str, Sequence[str]], states: Mapping[str, State]) -> list[str]:
    """The waiting tasks whose predecessors are all over, in the order of `after`.

    A predecessor that was declined or taken back stands in nobody's way: its lead has decided about it.
    """
    return [
        key
        for key, before in after.items()
        if states.get(key) is S.WAITING and not any(states.get(name) in OPEN for name in before)
    ]


_OF_THE_CLOCK = (Kind.PAUSE, Kind.RESUME, Kind.RESTART)


def own_events(opened_at: datetime, events: Iterable[Event]) -> list[Event]:
    """The clock of a task: it starts when the task is opened and waits whenever the dossier waits for the applicant.

    `events` are the dossier's. A limit that starts anew for the dossier (NĐ 61/2018 art. 19(4)) starts anew here.
    """
    waits: dict[str, None] = {}
    own: list[Event] = []
    for event in events:
        if event.kind not in _OF_THE_CLOCK:
            continue
        if event.at > opened_at:
            own.append(event)
        elif event.kind is Kind.PAUSE:
            waits[event.reason] = None
        elif event.reason:
            waits.pop(event.reason, None)
        else:
            waits.clear()
    begun = [Event(Kind.START, opened_at), *(Event(Kind.PAUSE, opened_at, reason) for reason in waits)]
    return [*begun, *own]

"""A bundle of procedures: the fewest papers to bring, the best order, and what the city already has. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

MOST = 8  # every order is weighed: 8! = 40,320


@dataclass(frozen=True)
class Step:
    """One procedure: the papers it demands, each with its kind ("" for a paper of its own), what its result is, and
    how many days it takes (0 where nobody knows)."""

    procedure: str
    papers: tuple[tuple[str, str], ...]  # (key, kind)
    results: frozenset[str]
    days: int = 0


@dataclass(frozen=True)
class Round:
    """Procedures that can be filed at the same time, after the round before."""

    procedures: tuple[str, ...]
    days: int


@dataclass(frozen=True)
class Plan:
    """How a bundle is best gone through. `bring` are (procedure, key) of papers nobody can answer but she; a kind that
    several ask for is brought once, for the first of them. `answered` says for every other paper by what: held |
    again | a procedure of the bundle."""

    order: tuple[str, ...]
    rounds: tuple[Round, ...]
    bring: tuple[tuple[str, str], ...]
    answered: Mapping[tuple[str, str], str]
    demanded: int
    days: int


HELD, AGAIN = "held", "again"


def plan(steps: Sequence[Step], holds: frozenset[str]) -> Plan:
    """The order with the fewest papers to bring, of these the one that is done first, of these the one named first.

    `holds` are the kinds of papers that the city has of the person. Raises ValueError for more than `MOST` steps.
    """
    if len(steps) > MOST:
        raise ValueError(f"a bundle has at most {MOST} procedures")
    best: Plan | None = None
    for order in permutations(steps):
        found = _lived(order, holds)
        if best is None or (len(found.bring), found.days) < (len(best.bring), best.days):
            best = found
    assert best is not None
    return best


def _lived(order: Sequence[Step], holds: frozenset[str]) -> Plan:
    """What an order costs. A procedure waits for those before it whose results it uses, and for no other."""
    bring: list[tuple[str, str]] = []
    answered: dict[tuple[str, str], str] = {}
    made: dict[str, Step] = {}
    brought: set[str] = set()
    begins: dict[str, int] = {}
    depth: dict[str, int] = {}
    for step in order:
        waits: list[Step] = []
        for key, kind in step.papers:
            if kind and kind in holds:
                answered[step.procedure, key] = HELD
            elif kind and kind in made:
                answered[step.procedure, key] = made[kind].procedure
                waits.append(made[kind])
            elif kind and kind in brought:
                answered[step.procedure, key] = AGAIN
            else:
                bring.append((step.procedure, key))
                brought |= {kind} if kind else set()
        begins[step.procedure] = max((begins[each.procedure] + each.days for each in waits), default=0)
        depth[step.procedure] = max((depth[each.procedure] + 1 for each in waits), default=0)
        for kind in step.results:
            made.setdefault(kind, step)
    rounds = [
        Round(
            tuple(step.procedure for step in order if depth[step.procedure] == number),
            max((step.days for step in order if depth[step.procedure] == number), default=0),
        )
        for number in range(max(depth.values(), default=-1) + 1)
    ]
    return Plan(
        order=tuple(step.procedure for step in order),
        rounds=tuple(rounds),
        bring=tuple(bring),
        answered=answered,
        demanded=sum(len(step.papers) for step in order),
        days=max((begins[step.procedure] + step.days for step in order), default=0),
    )

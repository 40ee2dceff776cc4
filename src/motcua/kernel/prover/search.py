"""Looking for answers of which something is true: all regions are tried, in the order in which questions are asked.

A search that ends without an answer has seen every case (`complete`); one that ran out of its budget, or met a question
whose cases cannot be listed, says so and proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from motcua.kernel.conditions import Always, Condition
from motcua.kernel.forms.check import field_problems
from motcua.kernel.prover.flat import Flat
from motcua.kernel.prover.truth import truth
from motcua.kernel.prover.values import Candidates

BUDGET = 40_000  # values tried for one question; the largest shipped form needs a few thousand

Values = dict[str, Any]
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Found:
    """What a search found: flat values, or None; `complete` when None means that there are none. `day` is the day of
    filing on which they hold."""

    values: Values | None
    complete: bool
    day: date

    @property
    def never(self) -> bool:
        return self.values is None and self.complete


@dataclass(frozen=True)
class Wish:
    """What is looked for.

    `goal` holds of the values; `over` are the questions to be answered besides those of the goal, `unjudged` those
    whose answer need not be right; `fixed` are values that must stand; `absent` is a question that stays unanswered,
    and by which the others are not judged yet. `leaf` judges a whole assignment at the end. `free` leaves visibility
    and rightness aside: can the goal be true of any values at all? `first` puts the values of a question in order.
    """

    goal: Condition = Always()
    over: frozenset[str] = _NONE
    unjudged: frozenset[str] = _NONE
    fixed: Mapping[str, Any] | None = None
    absent: str = ""
    leaf: Callable[[Values, date], bool] | None = None
    free: bool = False
    first: Callable[[str, Sequence[Any]], Iterable[Any]] | None = None


class Search:
    """Searches over one flat declaration on one day."""

    def __init__(self, flat: Flat, today: date, budget: int = BUDGET) -> None:
        self.flat, self.today, self.budget = flat, today, budget
        self.candidates = Candidates(flat, today)

    def find(self, wish: Wish) -> Found:
        """The first answers that fulfil the wish."""
        names = wish.goal.names() | wish.over
        if wish.free:
            scope = {name for name in names if name in self.flat.questions}
        else:
            scope = self.flat.cone(names, without=wish.absent)
        run = _Run(self, wish, self._ordered(scope, wish.goal.names()))
        found = run.go()
        complete = not run.spent and not (scope & self.candidates.hard) and not run.blind
        return Found(found, complete, self.today)

    def _ordered(self, scope: Collection[str], early: Collection[str]) -> list[str]:
        """Those that the goal depends on first, each after those that decide whether it is asked; a question on which
        nothing depends as soon as all it depends on is answered, so that a dead end shows at once."""
        flat = self.flat
        first = self.flat.cone(early) & set(scope)
        leads = {lead for name in scope for lead in flat.asked_by[name] | flat.judged_by[name]} | first
        backbone = sorted(
            (name for name in scope if name in leads), key=lambda n: (n not in first, flat.order[n])
        )
        waiting = sorted((name for name in scope if name not in leads), key=flat.order.__getitem__)
        ordered: list[str] = []
        placed: set[str] = set()
        for name in [*backbone, ""]:
            if name:
                ordered.append(name)
                placed.add(name)
            ready = [n for n in waiting if (flat.asked_by[n] | flat.judged_by[n]) & set(scope) <= placed]
            ordered += ready
            waiting = [n for n in waiting if n not in ready]
        return ordered + waiting


class _Run:
    """One search: backtracking that jumps back to the question that is to blame."""

    def __init__(self, search: Search, wish: Wish, order: list[str]) -> None:
        self.search, self.wish, self.order = search, wish, order
        self.flat, self.today = search.flat, search.today
        self.values: Values = {}
        self.unknown = set(order)
        self.tried = 0
        self.spent = False
        self.blind = False  # a question had no answer to try although there may be one
        self.goal_names = frozenset(wish.goal.names()) & frozenset(order)
        place = {name: number for number, name in enumerate(order)}
        self.due: list[list[str]] = [[] for _ in order]
        for name in order if not wish.free else ():
            if name not in wish.unjudged:
                scope = {n for n in self.flat.judged_by[name] | self.flat.asked_by[name] if n in place}
                self.due[max(place[n] for n in (*scope, name))].append(name)

    def go(self) -> Values | None:
        if truth(self.wish.goal, self.values, self.unknown, self.today) is False:
            return None
        found, _ = self._from(0)
        return found

    def _from(self, number: int) -> tuple[Values | None, set[str]]:
        """The completed values, or None and the questions to blame."""
        if number == len(self.order):
            leaf = self.wish.leaf
            if leaf is not None and not leaf(self.values, self.today):
                return None, set(self.order)
            return dict(self.values), set()
        name = self.order[number]
        blame = set(self.flat.asked_by[name]) if not self.wish.free else set()
        self.unknown.discard(name)
        for value in self._domain(name):
            self.tried += 1
            if self.tried > self.search.budget:
                self.spent = True
                break
            if value is None:
                self.values.pop(name, None)
            else:
                self.values[name] = value
            why = self._wrong(number)
            if why is None:
                found, why = self._from(number + 1)
                if found is not None:
                    return found, set()
                if self.spent:
                    break
                if name not in why:
                    blame = why
                    break
            blame |= why
        self.values.pop(name, None)
        self.unknown.add(name)
        blame.discard(name)
        return None, blame

    def _domain(self, name: str) -> Iterable[Any]:
        wish = self.wish
        section, one = self.flat.questions[name]
        if not wish.free:
            for when in (section.when, one.when):
                if when is not None and not when.holds(self.values, self.today):
                    return (None,)
        if wish.fixed and name in wish.fixed:
            return (wish.fixed[name],)
        if wish.free:
            return (*self.search.candidates.anything(name), None)
        right: Iterable[Any] = self.search.candidates.of(name)
        if not right and one.type != "note" and (one.pattern or name in self.search.candidates.hard):
            self.blind = True
        if wish.first is not None:
            right = wish.first(name, tuple(right))
        if one.required is True and name not in wish.unjudged and one.type != "note":
            return right
        return (*right, None)

    def _wrong(self, number: int) -> set[str] | None:
        """The questions to blame when the values so far cannot be completed; None when they may."""
        for name in self.due[number]:
            section, one = self._judged(name)
            if one.type == "note" or not self._is_asked(section, one):
                continue
            problem = next(
                iter(field_problems(section, one, self.values, self.today)),
                None,
            )
            if problem is not None:
                return {name} | set(self.flat.judged_by[name] | self.flat.asked_by[name])
        if truth(self.wish.goal, self.values, self.unknown, self.today) is False:
            return set(self.goal_names)
        return None

    def _judged(self, name: str) -> tuple[Any, Any]:
        """The question as it is judged: what another says about the absent one waits for that answer."""
        section, one = self.flat.questions[name]
        absent = self.wish.absent
        if not absent or absent not in self.flat.judged_by[name]:
            return section, one
        if one.check is not None and absent in one.check.names():
            one = replace(one, check=None)
        if isinstance(one.required, Condition) and absent in one.required.names():
            one = replace(one, required=False)
        return section, one

    def _is_asked(self, section: Any, one: Any) -> bool:
        return all(when is None or when.holds(self.values, self.today) for when in (section.when, one.when))


def find_on(searches: Iterable[Search], wish: Wish) -> Found:
    """The first find on any of several days; complete when all of them are."""
    complete, last = True, None
    for search in searches:
        last = search.find(wish)
        if last.values is not None:
            return last
        complete = complete and last.complete
    assert last is not None
    return Found(None, complete, last.day)

"""Interlinked procedures: the limits of the agencies that work together fit the limit of the whole.

Each agency has its own limit (NĐ 61/2018/NĐ-CP art. 19(6)-(7)); the applicant was promised one day. What follows one
another adds up, what runs side by side counts by the longest: so the longest chain of tasks that one dossier opens, up
to a task for which the result waits, may take no more than the whole. A chain that no dossier opens (its tasks have
conditions) is none.

Limits in one unit are compared as they stand. In different units they are compared as working time, at best for the
pack: a task at the least it may mean, the whole at the most. Days off are left aside, as they lengthen both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from motcua.kernel.clock import ClockProblem, Limit, Unit, say_limit
from motcua.kernel.conditions import Condition
from motcua.kernel.prover.flat import together
from motcua.kernel.prover.form import FormProof, condition_of
from motcua.kernel.prover.search import Wish
from motcua.kernel.text import Bilingual

Row = Mapping[str, Any]
HOURS_A_DAY = 8
CHAINS_MAX = 5000  # of one bundle; the largest shipped one has five


@dataclass(frozen=True)
class Task:
    """A task of a bundle: its place in the pack, key, limit, what must be done before it, for whom it is opened."""

    place: int
    key: str
    limit: Limit
    after: tuple[str, ...]
    when: Condition | None
    holds: bool


def tasks_of(body: Row) -> list[Task]:
    """The tasks of a bundle whose limits can be read; none for a procedure that is no bundle."""
    bundle = body.get("bundle")
    rows = bundle.get("tasks") if isinstance(bundle, Mapping) else None
    found = []
    for place, row in enumerate(rows or ()):
        try:
            limit = Limit.from_pack(row.get("limit"))
        except ClockProblem:
            limit = Limit(None, Unit.WORKING_DAYS)
        after = tuple(str(key) for key in row.get("after") or ())
        when = condition_of(row.get("when"))
        found.append(Task(place, str(row.get("key")), limit, after, when, row.get("holds") is not False))
    return found


def chains(tasks: Sequence[Task]) -> Iterator[tuple[Task, ...]]:
    """Every run of tasks that follow one another, up to one for which the result waits; at most CHAINS_MAX."""
    known = {task.key: task for task in tasks}
    made = 0
    waiting = [(task,) for task in tasks if task.holds]
    while waiting and made < CHAINS_MAX:
        chain = waiting.pop()
        made += 1
        yield chain
        members = {task.key for task in chain}
        before = (known[key] for key in chain[0].after if key in known and key not in members)
        waiting += [(task, *chain) for task in before]


def exceeds(limits: Sequence[Limit], whole: Limit) -> Fraction | None:
    """By how much limits that follow one another exceed the whole (in its unit where all share it, else in working
    days), or None where they fit or nobody can tell."""
    fixed = [limit for limit in limits if limit.is_fixed]
    if not fixed or not whole.is_fixed:
        return None
    units = {limit.unit for limit in (*fixed, whole)}
    if len(units) == 1 and whole.unit is not Unit.SAME_DAY:
        over = Fraction(sum(limit.value or 0 for limit in fixed) - (whole.value or 0))
    else:
        over = sum((at_least(limit) for limit in fixed), Fraction()) - at_most(whole)
    return over if over > 0 else None


def at_least(limit: Limit) -> Fraction:
    """The fewest working days that a fixed limit may mean; what is due the same day may take no time at all."""
    value = limit.value or 0
    if limit.unit is Unit.WORKING_HOURS:
        return Fraction(value, HOURS_A_DAY)
    if limit.unit is Unit.SAME_DAY:
        return Fraction(0)
    if limit.unit is Unit.WORKING_DAYS:
        return Fraction(value)
    days = 28 * value if limit.unit is Unit.MONTHS else value
    return Fraction(5 * (days // 7) + max(0, days % 7 - 2))


def at_most(limit: Limit) -> Fraction:
    """The most working days that a fixed limit may mean."""
    value = limit.value or 0
    if limit.unit is Unit.SAME_DAY:
        return Fraction(1)
    if limit.unit in (Unit.WORKING_HOURS, Unit.WORKING_DAYS):
        return at_least(limit)
    days = 31 * value if limit.unit is Unit.MONTHS else value
    return Fraction(5 * (days // 7) + min(5, days % 7))


def prove_tasks(form: FormProof, body: Row) -> None:
    """Add to the proof of the form that the longest chain of tasks exceeds the limit of the whole, with a dossier that
    opens it."""
    tasks = tasks_of(body)
    if not tasks:
        return
    given = body.get("time_limit")
    try:
        whole = Limit.from_pack(given if isinstance(given, Mapping) else None)
    except ClockProblem:
        return  # told where the limit itself is proved
    late = []
    for chain in chains(tasks):
        form.proof.asked += 1
        over = exceeds([task.limit for task in chain], whole)
        if over is not None:
            late.append((over, chain))
    for _over, chain in sorted(late, key=lambda pair: (-pair[0], len(pair[1]), pair[1][-1].place)):
        last = chain[-1]
        at = ("bundle", "tasks", last.place, "limit")
        opened = together(*(task.when for task in chain))
        if form.never(Wish(opened), at, last.key, "procedure"):
            continue  # no dossier opens them all
        dossier = form.whole(opened)
        form.tell("tasks_over_limit", at, last.key, _sum(chain, whole), dossier, "procedure")
        return


def _sum(chain: Sequence[Task], whole: Limit) -> Bilingual:
    """ "birth 1 working day + residence 3 working days > 3 working days"."""

    def said(lang: str) -> str:
        parts = " + ".join(f"{task.key} ({_limit(task.limit, lang)})" for task in chain)
        return f"{parts} > {_limit(whole, lang)}"

    return Bilingual(said("vi"), said("en"))


def _limit(limit: Limit, lang: str) -> str:
    return say_limit(limit, lang) if limit.is_fixed else "?"

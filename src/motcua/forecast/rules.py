"""From dossiers that were lived to a quantile, and from forecasts that came true or not to a judgement. No Django.

A dossier counts from the moment at which it came to the step it stands in. What is measured is office time until its
result, waits included: a citizen waits through them too. Dossiers still open, and those that ended without a result,
are not left out: they are *censored*, they have lasted at least so long (Kaplan and Meier 1958).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

LEVEL = 0.9  # what is said: nine of ten
# What is aimed at: so much above LEVEL that a group of a thousand dossiers, judged on a month nobody had seen, keeps
# the lower 95 % bound of its coverage at 88 % nearly always, as long as people go on working as they did.
TARGET = 0.925
GROUP_LEAST = 1000  # dossiers from which a group can tell whether its coverage is off
LEAST_FINISHED = 100  # finished dossiers below which a cell gives no forecast of its own
LEAST_LEFT = 30.0  # minutes to the due date below which a share of them says nothing
LEVELS = ("unit", "step", "stage", "all")  # how like it they are, the most alike first
POOLED = ("stage", "all")  # procedures of every length together: only shares of their limits compare


class Seen(NamedTuple):
    """One dossier seen from one step: office `minutes` until its result (`finished`) or until it was lost from sight,
    and those that were `left` to its due date then, None where none ran."""

    minutes: float
    finished: bool
    left: float | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What was learnt of one kind of dossier: `n` finished ones; the quantile in minutes, and as a share of the time
    that was left; which of the two forecasts better."""

    n: int
    minutes: float | None
    share: float | None
    by_share: bool

    def forecast(self, left: float | None) -> float | None:
        """Office minutes until nine of ten such dossiers were finished; None when this cell cannot say."""
        if self.by_share and self.share is not None and left is not None and left >= LEAST_LEFT:
            return self.share * left
        return self.minutes


def conformal_level(finished: int, target: float = TARGET) -> float | None:
    """Which quantile of `finished` past ones covers the next one with probability `target` or more, whatever their
    distribution: ceil((n+1)·target)/n (Vovk; Lei and Wasserman). None when they are too few for any."""
    place = math.ceil((finished + 1) * target - 1e-9)
    return place / finished if 0 < place <= finished else None


def quantile(lived: Iterable[tuple[float, bool]], level: float) -> float | None:
    """The time by which a share `level` had finished, from (time, finished) pairs with censored ones among them.

    The Kaplan-Meier estimate: without censored ones the usual order statistic. None where too many were lost from
    sight before that share had finished.
    """
    ordered = sorted(lived, key=lambda one: (one[0], not one[1]))
    at_risk, surviving = len(ordered), 1.0
    for time, finished in ordered:
        if finished:
            surviving *= 1 - 1 / at_risk
            if 1 - surviving >= level - 1e-9:
                return time
        at_risk -= 1
    return None


def pinball(actual: float, forecast: float, level: float = LEVEL) -> float:
    """The loss that the true quantile makes smallest: too early costs `level` for each unit, too late the rest."""
    return level * (actual - forecast) if actual > forecast else (1 - level) * (forecast - actual)


def learn_cell(seen: Sequence[Seen], *, pooled: bool = False) -> Cell | None:
    """What these dossiers teach; None when they are too few. `pooled`: of procedures of every length, so that with a
    due date only the share of the time left counts, and minutes only for those without."""
    finished = sum(one.finished for one in seen)
    level = conformal_level(finished)
    if level is None or finished < LEAST_FINISHED:
        return None
    shared = [one for one in seen if one.left is not None and one.left >= LEAST_LEFT]
    share = _quantile_of([(one.minutes / one.left, one.finished) for one in shared if one.left])
    timed = [one for one in seen if one.left is None] if pooled else seen
    minutes = _quantile_of([(one.minutes, one.finished) for one in timed])
    if pooled or minutes is None or share is None:
        by_share = share is not None
    else:
        by_share = _loss(shared, share=share) < _loss(shared, minutes=minutes)
    return None if minutes is None and share is None else Cell(finished, minutes, share, by_share)


def _quantile_of(lived: Sequence[tuple[float, bool]]) -> float | None:
    finished = sum(done for _time, done in lived)
    level = conformal_level(finished) if finished >= LEAST_FINISHED else None
    return None if level is None else quantile(lived, level)


def _loss(seen: Iterable[Seen], *, minutes: float = 0.0, share: float | None = None) -> float:
    return sum(
        pinball(one.minutes, minutes if share is None else share * (one.left or 0.0))
        for one in seen
        if one.finished
    )


Table = Mapping[str, Cell]


def learn(seen: Iterable[tuple[Sequence[str], Seen]]) -> dict[str, Cell]:
    """The table of all kinds: each dossier is given with its names, one for each of LEVELS."""
    kinds: dict[str, list[Seen]] = {}
    for names, one in seen:
        for name in names:
            kinds.setdefault(name, []).append(one)
    cells = {name: learn_cell(found, pooled=level_of(name) in POOLED) for name, found in kinds.items()}
    return {name: cell for name, cell in sorted(cells.items()) if cell is not None}


def names_of(procedure: str, limit: str, stage: str, step: str, unit: str) -> tuple[str, ...]:
    """The names of the kinds a dossier belongs to, the narrowest first. The limit is part of the first two: when the
    law gives another time, what was lived under the former one is no longer like it."""
    like = f"{procedure}|{limit}|{step}"
    return f"unit|{like}|{unit}", f"step|{like}", f"stage|{stage}", "all"


def level_of(name: str) -> str:
    """Which of LEVELS a name belongs to."""
    return name.partition("|")[0]


class Found(NamedTuple):
    """A forecast in office minutes, and how like the dossiers were that it was learnt from."""

    minutes: float
    level: str
    n: int


def find(table: Table, names: Sequence[str], left: float | None) -> Found | None:
    """The forecast of the narrowest kind that has one; None where nothing was learnt yet."""
    for name in names:
        cell = table.get(name)
        minutes = cell.forecast(left) if cell else None
        if cell is not None and minutes is not None:
            return Found(minutes, level_of(name), cell.n)
    return None


def to_data(table: Table) -> dict[str, list[Any]]:
    """The table as plain data, for storing."""
    return {
        name: [
            cell.n,
            None if cell.minutes is None else round(cell.minutes, 2),
            None if cell.share is None else round(cell.share, 5),
            cell.by_share,
        ]
        for name, cell in table.items()
    }


def from_data(data: Mapping[str, Sequence[Any]]) -> dict[str, Cell]:
    """Read back what `to_data` gave."""
    return {name: Cell(*row) for name, row in data.items()}


# Judging --------------------------------------------------------------------------------------------------------

WHOLE = "all"  # the group of every dossier
Z95 = 1.959963984540054  # two-sided 95 %, of which the lower end is taken: stricter than a one-sided bound


def lower_bound(hits: int, n: int) -> float:
    """The lower end of Wilson's 95 % interval for a share of `hits` in `n`; 0 for none."""
    if n <= 0 or hits <= 0:
        return 0.0
    share, square = hits / n, Z95 * Z95
    middle = share + square / (2 * n)
    spread = Z95 * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    return max(0.0, (middle - spread) / (1 + square / n))


class Judged(NamedTuple):
    """One forecast whose moment is over: the groups it counts in, how long it took (at least, when not yet finished),
    what was forecast, what was left to the due date, all in office minutes; and whether its date was kept."""

    groups: tuple[str, ...]
    minutes: float
    forecast: float
    left: float | None
    date_kept: bool


@dataclass(frozen=True, slots=True)
class Group:
    """How the forecasts of one group did. Losses are in office hours, on those with a due date, so that both forecasts
    are judged on the same dossiers; None where there is none."""

    name: str
    n: int
    hits: int
    dates_kept: int
    loss: float | None
    due_loss: float | None

    @property
    def coverage(self) -> float:
        """The share that was finished by the forecast moment."""
        return self.hits / self.n if self.n else 0.0

    @property
    def lower(self) -> float:
        return lower_bound(self.hits, self.n)

    @property
    def beats_due_date(self) -> bool:
        return self.loss is None or self.due_loss is None or self.loss < self.due_loss

    def good(self, least: float) -> bool:
        """Whether coverage is proved to be `least` or more, and the forecast says more than the due date."""
        return self.lower >= least and self.beats_due_date


def judge(judged: Iterable[Judged]) -> list[Group]:
    """The groups, largest first."""
    sums: dict[str, list[float]] = {}
    for one in judged:
        hit = one.minutes <= one.forecast
        for name in one.groups:
            row = sums.setdefault(name, [0, 0, 0, 0, 0.0, 0.0])
            row[0] += 1
            row[1] += hit
            row[2] += one.date_kept
            if one.left is not None:
                row[3] += 1
                row[4] += pinball(one.minutes, one.forecast)
                row[5] += pinball(one.minutes, one.left)
    groups = [
        Group(
            name,
            int(n),
            int(hits),
            int(kept),
            round(loss / due / 60, 4) if due else None,
            round(due_loss / due / 60, 4) if due else None,
        )
        for name, (n, hits, kept, due, loss, due_loss) in sums.items()
    ]
    return sorted(groups, key=lambda group: (-group.n, group.name))


def promise_holds(groups: Mapping[str, Group], least: float, of: Iterable[str] = ()) -> bool:
    """Whether a citizen may be told a date: the whole has proved `least`, and none of the groups `of` the dossier that
    is large enough to tell has shown less. Without a judgement nothing is promised."""
    whole = groups.get(WHOLE)
    if whole is None or whole.lower < least:
        return False
    told = [groups[name] for name in of if name in groups]
    return all(group.lower >= least for group in told if group.n >= GROUP_LEAST)

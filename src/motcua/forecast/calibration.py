"""The published judgement of the forecasts: groups with names that people know, and whether all of them are good."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from motcua.agencies import queries as agencies
from motcua.catalogue import queries as catalogue
from motcua.forecast import lives, queries, rules

COVERAGE_WITHOUT_A_VALUE = 0.88


def calibrate(at: datetime, *, months: int = queries.MONTHS, least: int | None = None) -> dict[str, Any]:
    """Learn and judge on the last complete months before `at`, from the rows as they stand; writes nothing.

    `least`: the size from which a group is judged, None: GROUP_LEAST of the rules. Answers {months,
    coverage_least, group_least, groups, groups_too_small, good}; nothing to judge is not good.
    """
    held_out = lives.months_before(at, months)
    groups = queries.judged_groups(lives.gather(at), held_out, at)
    coverage = queries.setting(queries.COVERAGE_LEAST, at) or COVERAGE_WITHOUT_A_VALUE
    size = least or rules.GROUP_LEAST
    named = Names(groups)
    told = [_told(group, named, coverage) for group in groups]
    judged = [row for row in told if row["n"] >= size]
    return {
        "months": [month.name for month in held_out],
        "coverage_least": coverage,
        "group_least": size,
        "groups": judged,
        "groups_too_small": [row for row in told if row["n"] < size],
        "good": bool(judged) and all(row["good"] for row in judged),
    }


def _told(group: rules.Group, named: Names, coverage: float) -> dict[str, Any]:
    return {
        "name": named.of(group.name),
        "n": group.n,
        "coverage": round(group.coverage, 4),
        "lower": round(group.lower, 4),
        "dates": round(group.dates_kept / group.n, 4),
        "loss": group.loss,
        "due_loss": group.due_loss,
        "good": group.good(coverage),
    }


class Names:
    """Slugs and codes for the ids in names of groups; one query for all of them."""

    def __init__(self, groups: list[rules.Group]) -> None:
        ids = {int(g.name.split("|")[1]) for g in groups if g.name.startswith(("procedure|", "step|"))}
        self.slugs = {pk: row.slug for pk, row in catalogue.by_ids(ids).items()}

    def of(self, name: str) -> str:
        """`procedure|12` → `procedure birth-registration`; groups without an id as they are."""
        kind, _bar, rest = name.partition("|")
        first, _bar, step = rest.partition("|")
        if kind in ("procedure", "step"):
            slug = self.slugs.get(int(first), first)
            return f"{kind} {slug} {step}".strip()
        if kind == "unit":
            office = agencies.office(int(first))
            return f"unit {office.code if office else first}"
        return name.replace("|", " ")

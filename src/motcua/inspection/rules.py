"""Mandates and samples as plain data. No Django, no clock."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

PROPOSERS = ("administrator",)
GRANTERS = ("administrator", "leader", "head")
DAYS_MOST = 92  # a rule of the house: a longer inspection gets another decision
PERIOD_DAYS_MOST = 366
SAMPLE_MOST, POPULATION_MOST = 200, 20_000
NUMBER_MAX, SEED_MAX = 60, 64
REASON_MIN, REASON_MAX = 10, 1000

# Lines of a dossier's chain in which somebody decided otherwise than the plan: what an inspector reads first.
OVERRIDES = (
    "dossier.change_version",
    "dossier.extend",
    "dossier.send_back",
    "dossier.forward",
    "dossier.stop",
    "dossier.recounted",
    "dossier.assign",
)
CALENDARS = ("calendars", "hours")  # kinds of pack documents that move due dates


def stands(on: date, first: date, last: date, *, granted: bool, ended: bool) -> bool:
    """Whether a mandate opens anything on a day, both ends included."""
    return granted and not ended and first <= on <= last


def may_grant(proposed_by: int, inspector: int, actor: int | None) -> bool:
    """Neither who proposed a mandate grants it, nor who is to hold it."""
    return actor is not None and actor not in (proposed_by, inspector)


def drawn(ids: Iterable[str], seed: str, size: int) -> list[str]:
    """A random sample that anybody can repeat: the `size` ids whose SHA-256 of "seed|id" is least, in that order.

    The same ids and seed give the same sample on every machine and in every language.
    """
    return sorted(set(ids), key=lambda one: hashlib.sha256(f"{seed}|{one}".encode()).hexdigest())[:size]

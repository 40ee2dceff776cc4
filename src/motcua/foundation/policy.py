"""The one policy, as rows: who holds what, in which role, why, until when, and how it sorts in a list.

Actions write grant rows; lists and `visible_to` read them by holder key instead of joining their way to the answer.
Each room keeps its own grant table from this abstract one, says in `rules.py` which rows its facts call for, and
registers a rebuild check that proves both equal (`motcua policy check`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True, order=True)
class Grant:
    """What a rule calls for: `holder` may see it as `role` because of `reason`; `todo` when it waits for them."""

    holder: str
    role: str
    reason: str
    todo: bool = False
    sort_key: str = ""


class GrantRow(models.Model):
    """Columns of a grant row; rooms add the key to their subject and the unique constraint."""

    holder = models.CharField(max_length=60)
    role = models.CharField(max_length=20)
    reason = models.CharField(max_length=30)
    todo = models.BooleanField(default=False)
    sort_key = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True

    def as_grant(self) -> Grant:
        """The row as plain data, to compare with what the rule calls for."""
        return Grant(self.holder, self.role, self.reason, self.todo, self.sort_key)


# name -> function yielding sentences about rows that differ from the rule
_checks: dict[str, Callable[[], Iterable[str]]] = {}


def register_check(name: str, check: Callable[[], Iterable[str]]) -> None:
    """A room's proof that its stored rows equal its rule; run by the rebuild check."""
    _checks[name] = check


def differences() -> Iterator[str]:
    """Every row anywhere that is not what the rule calls for, in sentences; none when all is well."""
    for name, check in sorted(_checks.items()):
        for sentence in check():
            yield f"{name}: {sentence}"

"""The one policy, as rows: who holds what, in which role, why, until when, and how it sorts in a list.

Actions write grant rows; lists and `visible_to` read them by holder key instead of joining their way to the answer.
Each room keeps its own grant table from this abstract one, says in `rules.py` which rows its facts call for, and
registers a rebuild check that proves both equal (`motcua policy check`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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


def write_grants(model: type[GrantRow], subject: str, wanted: Mapping[int, Iterable[Any]]) -> None:
    """Make the stored rows of these subjects equal what the rule calls for; touches only rows that differ.

    `model` is a room's grant table, `subject` the name of its foreign key, `wanted` {primary key of the subject:
    grants}, each with the columns of `Grant`. Reads and writes in batches, within the transaction of the act.
    """
    # Plain columns, not rows as objects: a reorganisation brings thousands of subjects at once.
    stored: dict[int, dict[tuple[str, str], tuple]] = defaultdict(dict)
    columns = (f"{subject}_id", "holder", "role", "pk", *_SAID)
    for some in _batches(list(wanted)):
        rows = model._default_manager.filter(**{f"{subject}__in": some}).values_list(*columns)
        for key, holder, role, *rest in rows:
            stored[key][holder, role] = tuple(rest)
    gone: list[int] = []
    fresh: list[GrantRow] = []
    for key, grants in wanted.items():
        known, called = stored[key], {(each.holder, each.role): each for each in grants}
        gone += [row[0] for place, row in known.items() if place not in called]
        for place, grant in sorted(called.items()):
            said = tuple(getattr(grant, name) for name in _SAID)
            if place not in known or known[place][1:] != said:
                named = dict(zip(_SAID, said, strict=True))
                fresh.append(model(**{f"{subject}_id": key}, holder=place[0], role=place[1], **named))
    for some in _batches(gone):
        model._default_manager.filter(pk__in=some).delete()
    if fresh:
        model._default_manager.bulk_create(
            fresh,
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=[subject, "holder", "role"],
            update_fields=list(_SAID),
        )


_BATCH = 500
_SAID = ("reason", "todo", "sort_key")  # what a row says beside who holds it in which role


def _batches(keys: list[int]) -> Iterator[list[int]]:
    return (keys[first : first + _BATCH] for first in range(0, len(keys), _BATCH))


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

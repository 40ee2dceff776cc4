"""Changing the data key: what older keys sealed is sealed anew under the active one, beside a running site.

A row is written only if it still holds what was read, so that a value changed meanwhile is never put back; what is
written meanwhile is sealed with the active key anyway. Stored files have their own walk (`files.actions.reseal_store`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Cast

from motcua.foundation.acts import Act, action
from motcua.foundation.crypto import CannotOpen, SealedField, reseal
from motcua.foundation.journal import record
from motcua.foundation.models import JournalPersonal

BATCH = 200  # rows in one transaction: short enough for SQLite's one writer
Place = Callable[[str], str]


@dataclass
class Resealed:
    """What was done: values moved by column; and the rows that no configured key opens."""

    moved: dict[str, int] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)

    @property
    def values(self) -> int:
        return sum(self.moved.values())


def reseal_values() -> Resealed:
    """Seal every value of the database under the active data key; journal values keep their digests, which are salted
    over the plain value. Can be broken off and begun again."""
    done = Resealed()
    for model, name, beside, place in _columns():
        label = f"{model._meta.db_table}.{name}"
        moved = _walk(model, name, beside, place, lambda pk, at=label: done.closed.append(f"{at} {pk}"))
        if moved:
            done.moved[label] = moved
    return done


def _columns() -> Iterator[tuple[type[models.Model], str, str, Place]]:
    """(model, column, another column that names the place, its place) of everything that is sealed."""
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, SealedField):
                yield model, column.name, "pk", lambda _pk, place=column.place: place
    yield JournalPersonal, "value", "name", lambda name: f"journal.{name}"


def _walk(
    model: type[models.Model], name: str, beside: str, place: Place, lost: Callable[[object], None]
) -> int:
    """Move one column, in the order of the keys; returns how many rows."""
    active = f"{settings.MOTCUA.data_key_active}."
    rows = model._base_manager.annotate(raw=Cast(name, models.TextField())).exclude(raw="")
    waiting = rows.exclude(raw=None).exclude(raw__startswith=active).order_by("pk")
    moved, after = 0, None
    while True:
        batch = list(
            (waiting.filter(pk__gt=after) if after is not None else waiting).values_list("pk", "raw", beside)[
                :BATCH
            ]
        )
        if not batch:
            return moved
        with transaction.atomic():
            for pk, raw, of in batch:
                try:
                    fresh = reseal(raw, place(str(of)))
                except CannotOpen:
                    lost(pk)
                    continue
                kept = models.Value(fresh, output_field=models.TextField())
                moved += rows.filter(pk=pk, raw=raw).update(**{name: kept})
        after = batch[-1][0]


@action("keys.note_changed")
def note_changed(act: Act, *, data_key: str, index_key: str, values: int, files: int, indexes: int) -> dict:
    """One line for the whole change, in the chain `keys:installation`: key ids and counts, never a key."""
    told = {
        "data_key": data_key,
        "index_key": index_key,
        "values": values,
        "files": files,
        "indexes": indexes,
    }
    record(act, "keys.changed", "keys:installation", facts=told)
    return told

"""Every change of the figures: adding what was announced, and counting anew from the dossiers."""

from __future__ import annotations

from collections import defaultdict

from django.db import connection, transaction
from django.db.models import F, Model

from motcua.dossiers.events import DossierMoved
from motcua.foundation.acts import Act, action
from motcua.foundation.events import Delivered
from motcua.foundation.journal import record
from motcua.operations import counting
from motcua.operations.counting import Place, Tally
from motcua.operations.models import DailyFigure, DurationFigure
from motcua.operations.rules import Worth

BATCH = 500


def add(event: DossierMoved, delivery: Delivered) -> None:
    """Bring what a move is worth into the figures of its local day.

    Called within the transaction that marks the delivery done, so that it is counted once.
    """
    for happening, times in counting.changes_of(event, delivery):
        counted = counting.place_and_worth(happening)
        if counted:
            _count(*counted, times)


def _count(place: Place, worth: Worth, times: int) -> None:
    _raise(DailyFigure, place.columns(), worth.columns, times)
    if worth.tenths is not None:
        _raise(DurationFigure, {**place.columns(), "tenths": worth.tenths}, ("resolved",), times)


def _raise(model: type[Model], of: dict, columns: tuple[str, ...], times: int) -> None:
    more = {name: F(name) + times for name in columns}
    if not model.objects.filter(**of).update(**more):
        model.objects.bulk_create([model(**of)], ignore_conflicts=True)  # another worker may be first
        model.objects.filter(**of).update(**more)


def rebuild(act: Act) -> dict:
    """Count everything anew from the dossiers. Answers {figures, durations}: how many rows were written.

    Everything is read in one still picture of the database, so that what is announced meanwhile is added once, after.
    """
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            return _rebuild(act)
    return _rebuild(act)


@action("operations.rebuild")
def _rebuild(act: Act) -> dict:
    wanted = counting.due_figures()
    DailyFigure.objects.all().delete()
    DurationFigure.objects.all().delete()
    figures, durations = _rows(wanted)
    DailyFigure.objects.bulk_create(figures, batch_size=BATCH)
    DurationFigure.objects.bulk_create(durations, batch_size=BATCH)
    done = {"figures": len(figures), "durations": len(durations)}
    record(act, "operations.rebuilt", "operations:figures", facts=done)
    return done


def _rows(wanted: Tally) -> tuple[list[DailyFigure], list[DurationFigure]]:
    by_place: dict[Place, dict[str, int]] = defaultdict(dict)
    for (place, name), number in wanted.columns.items():
        if number:
            by_place[place][name] = number
    figures = [DailyFigure(**place.columns(), **columns) for place, columns in sorted(by_place.items())]
    durations = [
        DurationFigure(**place.columns(), tenths=tenths, resolved=number)
        for (place, tenths), number in sorted(wanted.durations.items())
        if number
    ]
    return figures, durations

"""Every change of the figures: adding what was announced, and counting anew from the dossiers."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from motcua.dossiers.events import DossierMoved
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record
from motcua.operations import counting
from motcua.operations.counting import Place, Tally
from motcua.operations.models import DailyFigure, DurationFigure

BATCH = 500


def add(event: DossierMoved, at: datetime) -> None:
    """Add what a move is worth to the figures of its local day; `at` is its aware legal time.

    Called within the transaction that marks the delivery done, so that it is added once.
    """
    happening = counting.happening_of(event, at)
    counted = counting.place_and_worth(happening) if happening else None
    if counted is None:
        return
    place, worth = counted
    more = {name: F(name) + 1 for name in worth.columns}
    if not DailyFigure.objects.filter(**place.columns()).update(**more):
        DailyFigure.objects.bulk_create([DailyFigure(**place.columns())], ignore_conflicts=True)
        DailyFigure.objects.filter(**place.columns()).update(**more)
    if worth.tenths is not None:
        of_class = {**place.columns(), "tenths": worth.tenths}
        if not DurationFigure.objects.filter(**of_class).update(resolved=F("resolved") + 1):
            DurationFigure.objects.bulk_create([DurationFigure(**of_class)], ignore_conflicts=True)
            DurationFigure.objects.filter(**of_class).update(resolved=F("resolved") + 1)


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

"""What a replay of the calendar would change: each open dossier's due date as stored and as its rows give it now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from motcua.dossiers.deadlines import clock_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.rescue import OPEN


@dataclass(frozen=True)
class Moved:
    """A dossier whose due date moves: its code, day and aware moment before and after; is the new one provisional?"""

    public_id: str
    code: str
    before: date | None
    after: date | None
    before_at: datetime | None
    after_at: datetime | None
    provisional: bool


def open_ids() -> Iterator[str]:
    """The public ids of everything a replay looks at, in the order of reception."""
    rows = Dossier.objects.filter(OPEN).order_by("pk").values_list("public_id", flat=True)
    yield from rows.iterator(chunk_size=2000)


def would_move() -> Iterator[Moved]:
    """Each open dossier whose due date is another one by today's calendar; nothing is written."""
    rows = Dossier.objects.filter(OPEN).defer("answers", "answers_sealed").order_by("pk")
    for row in rows.iterator(chunk_size=500):
        deadline = clock_of(row)
        if (deadline.due_at, deadline.provisional) != (row.due_at, row.due_provisional):
            yield Moved(
                row.public_id,
                row.code or row.reference,
                row.due_on,
                deadline.due_on,
                row.due_at,
                deadline.due_at,
                deadline.provisional,
            )

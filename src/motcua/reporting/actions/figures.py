"""The figures of the public page: counted by a task, so that a visitor costs one small read."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from motcua.agencies import queries as agencies
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import Span
from motcua.foundation.time import local_date
from motcua.reporting import petitions
from motcua.reporting.models import PublicFigure
from motcua.reporting.rules import periods

TOLD = ("received", "resolved", "resolved_in_time", "resolved_late", "apologised", "rated", "dissatisfied")


def count_public(at: datetime) -> int:
    """Count this month and the last one anew at the aware moment `at`; how many rows were written. No act: a
    projection of what was done before."""
    this = f"{local_date(at):%Y-%m}"
    written = 0
    for label in (periods.before(this), this):
        month = periods.period(label, periods.CALENDAR, 1)
        everybody = frozenset(o.id for o in agencies.offices(local_date(at)))
        span = Span(everybody, month.since, month.until, at)
        counts = dossiers.quality_by_agency(span, TOLD)
        heard = petitions.petition_counts_by_agency(month.since, month.until)
        rows = [
            PublicFigure(
                agency_id=agency,
                label=label,
                counts={
                    **dict.fromkeys(TOLD, 0),
                    **counts.get(agency, {}),
                    "petitions": asdict(heard.get(agency, petitions.PetitionCounts())),
                },
                counted_at=at,
            )
            for agency in sorted({*counts, *heard})
        ]
        with transaction.atomic():
            PublicFigure.objects.filter(label=label).delete()
            PublicFigure.objects.bulk_create(rows, batch_size=500)
        written += len(rows)
    return written

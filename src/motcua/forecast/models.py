"""What was learnt, a row for each night: the table of all kinds, and how such tables did on months held out."""

from __future__ import annotations

from django.db import models


class Learning(models.Model):
    """`cells`: see `rules.to_data`; `calibration`: {months, groups: [[name, n, hits, dates kept, loss, loss of the due
    date]]}. A row is never changed; the last ones are kept."""

    at = models.DateTimeField()
    stands = models.PositiveIntegerField()  # how many beginnings of a step it was learnt from
    cells = models.JSONField()
    calibration = models.JSONField()

    def __str__(self) -> str:
        return f"{self.at:%F %T} {len(self.cells)}"

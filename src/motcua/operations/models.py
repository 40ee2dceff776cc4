"""Tables of the leaders' room: figures of a day, kept by a handler so that no page counts the archive."""

from __future__ import annotations

from django.db import models


class Figure(models.Model):
    """What a figure is about: a local day, who decides, where it came in, which procedure."""

    day = models.DateField()
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    desk = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    procedure = models.ForeignKey("catalogue.Procedure", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class DailyFigure(Figure):
    """How many dossiers came in, were resolved, ended otherwise on one day."""

    received = models.PositiveIntegerField(default=0)
    online = models.PositiveIntegerField(default=0)  # of those received
    resolved = models.PositiveIntegerField(default=0)
    on_time = models.PositiveIntegerField(default=0)  # of those resolved, as the next two
    late = models.PositiveIntegerField(default=0)
    no_limit = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    stopped = models.PositiveIntegerField(default=0)
    supplements = models.PositiveIntegerField(default=0)
    first_on_time = models.PositiveIntegerField(
        default=0
    )  # of those resolved, by the first promise, as the next
    first_late = models.PositiveIntegerField(default=0)
    beyond = models.PositiveIntegerField(default=0)  # of the supplements: asked late, or asked again
    restarts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "day", "desk", "procedure"], name="daily_figure_once"),
        ]
        indexes = [
            models.Index(fields=["desk", "day"], name="daily_figure_by_desk"),
            models.Index(fields=["day"], name="daily_figure_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.agency_id} {self.procedure_id}"


class DurationFigure(Figure):
    """How many of the dossiers resolved on one day took so long: the distribution behind median and percentile."""

    tenths = models.PositiveIntegerField()  # tenths of a day, from reception to the result
    resolved = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "day", "desk", "procedure", "tenths"], name="duration_figure_once"
            ),
        ]
        indexes = [models.Index(fields=["desk", "day"], name="duration_figure_by_desk")]

    def __str__(self) -> str:
        return f"{self.day} {self.tenths / 10} d: {self.resolved}"

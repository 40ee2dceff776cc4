"""Tables of the reporting room: closed reports with the dossiers behind each of their figures."""

from __future__ import annotations

from django.db import models

from motcua.kernel.identifiers import public_id


class Report(models.Model):
    """A closed report: a snapshot with a hash. A correction is a new version with its reason; none is ever changed."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    form = models.CharField(max_length=40)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10)  # report | calendar
    label = models.CharField(max_length=7)  # the month it is the report of
    first = models.DateField()
    last = models.DateField()
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    hash = models.CharField(max_length=64)
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "form", "kind", "first", "version"], name="report_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.agency_id} {self.label} v{self.version}"

    @property
    def subject(self) -> str:
        """The name of its chain in the journal: all versions of one report share it."""
        return f"report:{self.kind}.{self.agency_id}.{self.first:%Y%m%d}"


class ReportMember(models.Model):
    """One dossier of a report: its line, the column it came in by and the one it went out by."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="members", db_index=False)
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="+", db_index=False)
    level = models.CharField(max_length=10)
    sector = models.CharField(max_length=120)
    entry = models.PositiveSmallIntegerField()
    exit = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "dossier"], name="report_member_once"),
        ]
        indexes = [models.Index(fields=["dossier"], name="report_member_dossier")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.dossier_id} {self.entry} {self.exit}"

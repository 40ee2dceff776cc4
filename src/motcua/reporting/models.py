"""Tables of the reporting room: closed reports with the dossiers behind their figures, public figures, petitions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from motcua.foundation.crypto import SealedField
from motcua.kernel.identifiers import public_id, tracking_reference
from motcua.reporting.rules.petitions import State

ACCOUNT = settings.AUTH_USER_MODEL


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


class PublicFigure(models.Model):
    """What the public page tells of an agency and a month; counted by a task, so that no visitor makes us count."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    label = models.CharField(max_length=7)
    counts = models.JSONField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["label", "agency"], name="public_figure_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.label}"


class Petition(models.Model):
    """What somebody says about a procedure or its handling, and the answer. Sealed, but for what is published."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    reference = models.CharField(max_length=24, unique=True, default=tracking_reference)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    procedure = models.ForeignKey("catalogue.Procedure", models.PROTECT, null=True, related_name="+")
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, null=True, related_name="+")
    name = SealedField(default="")
    phone = SealedField(default="")
    dossier_code = SealedField(blank=True, default="")  # as the sender wrote it
    text = SealedField(default="")
    state = models.CharField(max_length=10, choices=[(s.value, s.name) for s in State], default=State.SENT)
    sent_at = models.DateTimeField()
    due_on = models.DateField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    decline = models.CharField(max_length=10, blank=True)
    answer = SealedField(blank=True, default="")
    answered_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    public_text = models.TextField(blank=True)
    public_answer = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    satisfied = models.BooleanField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["agency", "due_on"], name="petition_open", condition=models.Q(ended_at__isnull=True)
            ),
            models.Index(fields=["agency", "sent_at"], name="petition_sent"),
            models.Index(
                fields=["-published_at"],
                name="petition_public",
                condition=models.Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def subject(self) -> str:
        """The name of its chain in the journal."""
        return f"petition:{self.public_id}"

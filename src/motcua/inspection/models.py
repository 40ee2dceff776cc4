"""Tables of the inspection room."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from motcua.foundation.crypto import SealedField
from motcua.kernel.identifiers import public_id

ACCOUNT = settings.AUTH_USER_MODEL


class Mandate(models.Model):
    """Somebody may inspect an agency and those below it, from a day to a day, by a decision."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    inspector = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=60)
    reason = SealedField(default="")
    first = models.DateField()
    last = models.DateField()
    proposed_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", db_index=False)
    proposed_at = models.DateTimeField()
    granted_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+", db_index=False)
    granted_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["last"], name="mandate_open", condition=models.Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """The name of its chain in the journal."""
        return f"mandate:{self.public_id}"


class Sample(models.Model):
    """A sample drawn under a mandate, so that anybody can draw it again: seed, period, size of the population."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="samples")
    seed = models.CharField(max_length=64)
    first = models.DateField()
    last = models.DateField()
    population = models.PositiveIntegerField()
    dossiers = models.JSONField()  # public ids, as drawn
    drawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.seed} {len(self.dossiers)}/{self.population}"

"""Tables of the retention room: lists to destroy and what became of them, and what is held back. Nobody is named."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from motcua.foundation.crypto import SealedField
from motcua.kernel.identifiers import public_id
from motcua.retention.rules import ItemState, State

ACCOUNT = settings.AUTH_USER_MODEL


class Destruction(models.Model):
    """A list of dossiers of one agency (danh mục hủy): proposed by one person, decided by another."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.name) for s in State], default=State.PROPOSED
    )
    reason = SealedField(default="")
    proposed_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", db_index=False)
    proposed_at = models.DateTimeField()
    number = models.CharField(max_length=60, blank=True)
    remark = SealedField(blank=True, default="")
    decided_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "-id"], name="destruction_by_agency"),
            models.Index(fields=["id"], name="destruction_open", condition=models.Q(done_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"

    @property
    def subject(self) -> str:
        """The name of its chain in the journal."""
        return f"destruction:{self.public_id}"


class DestructionItem(models.Model):
    """One dossier of a list by what identifies it without a person, and what was destroyed of it."""

    destruction = models.ForeignKey(Destruction, models.CASCADE, related_name="items")
    dossier = models.CharField(max_length=26)  # public id
    code = models.CharField(max_length=60)
    procedure = models.ForeignKey("catalogue.Procedure", models.PROTECT, related_name="+", db_index=False)
    schedule = models.CharField(max_length=60)
    years = models.PositiveSmallIntegerField()
    received_on = models.DateField(null=True)
    closed_on = models.DateField()
    state = models.CharField(
        max_length=10, choices=[(s.value, s.name) for s in ItemState], default=ItemState.WAITING
    )
    why = models.CharField(max_length=40, blank=True)
    letters = models.PositiveSmallIntegerField(default=0)
    files = models.PositiveSmallIntegerField(default=0)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], name="destroyed_once", condition=~models.Q(state="kept")
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"


class LegalHold(models.Model):
    """A dossier that must not be destroyed, by whose word and why, until somebody lets it go."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="+")
    reason = SealedField(default="")
    set_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", db_index=False)
    set_at = models.DateTimeField()
    released_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+", db_index=False)
    released_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.public_id

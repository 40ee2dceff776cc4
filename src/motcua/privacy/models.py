"""Tables of the privacy room."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from motcua.foundation.crypto import SealedField
from motcua.kernel.identifiers import public_id
from motcua.privacy.rules import Kind, State

ACCOUNT = settings.AUTH_USER_MODEL


class DataRequest(models.Model):
    """What somebody asks about her data, and the answer. Both in words, sealed."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    account = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=[(k.value, k.name) for k in Kind])
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, null=True, related_name="+")
    # of the look complained about: who (a key), when, for what; the entry itself is purged after its time
    looked_by = models.CharField(max_length=80, blank=True)
    looked_at = models.DateTimeField(null=True)
    looked_for = models.CharField(max_length=120, blank=True)
    text = SealedField(default="")
    state = models.CharField(max_length=10, choices=[(s.value, s.name) for s in State], default=State.SENT)
    sent_at = models.DateTimeField()
    due_on = models.DateField()
    answer = SealedField(blank=True, default="")
    answered_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+", db_index=False)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "-id"], name="data_request_by_account"),
            models.Index(
                fields=["agency", "due_on"], name="data_request_open", condition=models.Q(state="sent")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def subject(self) -> str:
        """The name of its chain in the journal."""
        return f"data_request:{self.public_id}"

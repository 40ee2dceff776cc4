"""The one table of the counter."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from motcua.foundation.crypto import SealedField
from motcua.kernel.identifiers import public_id


class Visit(models.Model):
    """Somebody standing at the desk: what her card or she herself said, sealed, for one officer, for an hour."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    facts = SealedField(default="")  # as people.rules.FIELDS
    card = models.BooleanField(default=False)  # the facts were read from the card itself
    party = models.CharField(max_length=26, blank=True)  # public id of the person she is known as
    dossiers = models.JSONField(default=list)  # public ids, in the order they were taken in
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.public_id

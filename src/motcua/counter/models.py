"""The tables of the counter: visits, and lists that an officer keeps."""

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


class SavedList(models.Model):
    """A worklist as one officer likes it: its address and the columns of its file. It holds no personal data."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=300)
    columns = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="saved_list_once")]

    def __str__(self) -> str:
        return self.name

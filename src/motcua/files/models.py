"""Tables of the stored files."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from motcua.foundation.crypto import SealedField
from motcua.kernel.identifiers import public_id


class StoredFile(models.Model):
    """One file as somebody handed it in. Equal contents share one place on the disk; names and keepers do not."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=10)
    name = SealedField(default="")
    checked = models.BooleanField(default=False)  # a virus scanner looked at it and found nothing
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

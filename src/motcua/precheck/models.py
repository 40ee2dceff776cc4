"""Tables of the check. What was read off a paper is personal data: it is sealed, named by its content, and goes."""

from __future__ import annotations

from django.db import models

from motcua.foundation.crypto import SealedField


class Look(models.Model):
    """What was seen in a content that somebody handed in, so that looking twice costs nothing. No foreign key: a look
    keeps no file alive; it goes with the dossier that the content lies in, or a month later."""

    sha256 = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(db_index=True)
    count = models.PositiveSmallIntegerField(default=0)  # pages it has; of them the first are looked at
    pages = SealedField(blank=True, default="")
    problem = models.CharField(max_length=20, blank=True)  # why it could not be opened

    def __str__(self) -> str:
        return self.sha256[:12]


class Check(models.Model):
    """What the check said last before a dossier was handed in: kinds, papers and fields, no value of anybody."""

    dossier = models.OneToOneField("dossiers.Dossier", models.CASCADE, related_name="+")
    at = models.DateTimeField(db_index=True)
    findings = models.JSONField(default=list)
    unread = models.PositiveSmallIntegerField(default=0)  # files that nobody had looked at by then

    def __str__(self) -> str:
        return f"{self.dossier_id} {len(self.findings)}"

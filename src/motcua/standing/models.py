"""Tables of the standing of results. Rulings are only ever added."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from motcua.foundation.crypto import SealedField
from motcua.standing import rules


class Ruling(models.Model):
    """A decision by which a result holds no longer, or holds again. What is published stands here by itself: it must
    outlast the dossier. `note` is for the agency alone."""

    number = models.PositiveIntegerField(unique=True)
    dossier = models.ForeignKey("dossiers.Dossier", models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.name) for kind in rules.Kind])
    code = models.CharField(max_length=40)
    result = models.CharField(max_length=60, blank=True)
    agency = models.CharField(max_length=80)
    agency_name = models.CharField(max_length=250)
    procedure = models.CharField(max_length=500)
    decision = models.CharField(max_length=rules.DECISION_MAX)
    decided_on = models.DateField()
    reason = models.CharField(max_length=20)
    replaced_by = models.CharField(max_length=60, blank=True)
    note = SealedField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["code", "number"], name="ruling_by_code"),
            models.Index(fields=["result", "number"], name="ruling_by_result"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class RuledFile(models.Model):
    """A file of the result that a ruling is about, by its content; or, not `whole`, what a signature in it covers."""

    ruling = models.ForeignKey(Ruling, models.CASCADE, related_name="files")
    sha256 = models.CharField(max_length=64, db_index=True)
    whole = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.sha256[:12]


class Edition(models.Model):
    """The list as it was last signed. One row: an older edition says nothing that this one does not."""

    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    jws = models.TextField()

    def __str__(self) -> str:
        return f"{self.number} {self.at}"

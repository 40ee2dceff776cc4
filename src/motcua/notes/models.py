"""Tables of the notes room. Workflow lives in rules and actions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from motcua.foundation.crypto import SealedField
from motcua.kernel.identifiers import public_id
from motcua.notes import rules

ACCOUNT = settings.AUTH_USER_MODEL


class Note(models.Model):
    """A note on a dossier: whose it is and for which agency she wrote it. Its words are in its versions."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="+", db_index=False)
    author = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["dossier", "id"], name="note_by_dossier")]

    def __str__(self) -> str:
        return self.public_id


class NoteVersion(models.Model):
    """The words of a note from a moment on, or why it was withdrawn. Only ever added, never changed."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.name) for kind in rules.Kind])
    at = models.DateTimeField()
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", db_index=False)
    text = SealedField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "number"], name="note_version_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Label(models.Model):
    """A word with a colour by which an agency sorts its work."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=rules.NAME_MAX)
    key = models.CharField(max_length=2 * rules.NAME_MAX, db_index=True)  # see rules.label_key
    colour = models.CharField(max_length=10, choices=[(colour, colour) for colour in rules.COLOURS])
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "key"], name="label_name_once", condition=models.Q(retired_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """The name of its chain in the journal."""
        return f"label:{self.public_id}"


class Mark(models.Model):
    """A label on a dossier."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="+", db_index=False)
    label = models.ForeignKey(Label, models.PROTECT, related_name="marks", db_index=False)
    at = models.DateTimeField()
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "label"], name="label_once_on_a_dossier")]
        indexes = [models.Index(fields=["label", "dossier"], name="mark_by_label")]

    def __str__(self) -> str:
        return f"{self.label_id} {self.dossier_id}"

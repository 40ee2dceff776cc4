"""Tables of the papers."""

from __future__ import annotations

from django.db import models

from motcua.kernel.identifiers import public_id


class IssuedPaper(models.Model):
    """A paper of a dossier as a file: a letter, by its public id, or the result. Made once, never changed."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="+", db_index=False)
    about = models.CharField(max_length=26)  # the letter's public id, or "result"
    kind = models.CharField(max_length=24)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    layout_hash = models.CharField(max_length=64)  # the version of the layout, with what it is set by
    issued_at = models.DateTimeField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "about"], name="paper_made_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

"""Tables of the sealed journal. Rows are only added; nothing here is ever changed."""

from __future__ import annotations

from django.db import models


class Seal(models.Model):
    """One seal: its signed body, and the hashes it covers (none where a restore brought only the body back)."""

    number = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    lines = models.PositiveIntegerField()
    total = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    jws = models.TextField()
    leaves = models.BinaryField()
    behind = models.BooleanField(default=False)  # it was full: more lines were waiting already

    def __str__(self) -> str:
        return f"{self.number} ({self.lines})"


class SealedChain(models.Model):
    """Which lines of a chain a seal covers: `first` to `last`, at `place` and behind it."""

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="chains")
    place = models.PositiveIntegerField()
    chain = models.CharField(max_length=100)
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "first"], name="sealed_line_once")]

    def __str__(self) -> str:
        return f"{self.chain} {self.first}–{self.last}"


class SealDay(models.Model):
    """One day: the tree over its seals, signed."""

    number = models.PositiveIntegerField(unique=True)
    on = models.DateField(unique=True)
    first = models.PositiveIntegerField()
    seals = models.PositiveIntegerField()
    lines = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    jws = models.TextField()

    def __str__(self) -> str:
        return f"{self.on} ({self.seals})"


class SealStamp(models.Model):
    """A time stamp (RFC 3161) over the digest of a day, by an authority that is not us: the answer as it came, DER."""

    day = models.OneToOneField(SealDay, models.PROTECT, related_name="stamp")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    token = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.day_id} {self.at}"


class SealKey(models.Model):
    """A public key that has signed, as it is published."""

    kid = models.CharField(max_length=64, unique=True)
    public = models.JSONField()
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.kid

"""Tables of notices and messages."""

from __future__ import annotations

from django.db import models

from motcua.foundation.crypto import SealedField
from motcua.kernel.identifiers import public_id


class Notice(models.Model):
    """One thing a holder ("party:3", "account:7") should know; `params` are ids, codes and dates, never names."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    holder = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=100)
    seq = models.PositiveIntegerField()
    params = models.JSONField(default=dict)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["holder", "subject", "seq", "kind"], name="notice_once"),
        ]
        indexes = [
            models.Index(fields=["holder", "-id"], name="notice_by_holder"),
            models.Index(fields=["holder"], name="notice_unread", condition=models.Q(read_at__isnull=True)),
            models.Index(fields=["subject"], name="notice_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} -> {self.holder}"


class Message(models.Model):
    """A text on its way to a phone. Without an SMS connector it stays here, where the help desk can read it out."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"
        EXPIRED = "expired"

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    to = SealedField()
    text = SealedField()
    purpose = models.CharField(max_length=30)
    subject = models.CharField(max_length=100)
    seq = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "seq", "purpose"], name="message_once"),
        ]
        indexes = [models.Index(fields=["id"], name="message_waiting", condition=models.Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.purpose} {self.state}"

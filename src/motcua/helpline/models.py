"""Tables of the helpline. The words of a conversation stay in `assistant`; here stands who answers it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.foundation.crypto import SealedField
from motcua.helpline import rules
from motcua.kernel.identifiers import public_id

ACCOUNT = settings.AUTH_USER_MODEL


def _choices(kinds: type) -> list[tuple[str, str]]:
    return [(kind.value, kind.name) for kind in kinds]  # type: ignore[attr-defined]


class Handover(models.Model):
    """A conversation for which a person was asked: from which turn on she may read it, who took it, how it ended."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    conversation = models.ForeignKey(
        "assistant.Conversation", models.CASCADE, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=10, choices=_choices(rules.Reason))
    channel = models.CharField(max_length=10)
    language = models.CharField(max_length=2, default="vi")
    state = models.CharField(max_length=10, choices=_choices(rules.State), default=rules.State.WAITING.value)
    from_turn = models.PositiveSmallIntegerField(default=1)
    agreed = models.BooleanField(default=False)  # to the whole transcript; else only her last question
    agreement = models.CharField(max_length=20)  # version of the words she was shown
    agreement_text = models.TextField()
    waiting_since = models.DateTimeField()
    officer = models.ForeignKey(ACCOUNT, models.SET_NULL, null=True, related_name="+", db_index=False)
    taken_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True, choices=_choices(rules.Outcome))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"],
                name="handover_once_open",
                condition=~Q(state=rules.State.CLOSED.value),
            )
        ]
        indexes = [
            models.Index(fields=["conversation", "id"], name="handover_of_conversation"),
            models.Index(
                fields=["waiting_since"],
                name="handover_waiting",
                condition=Q(state=rules.State.WAITING.value),
            ),
            models.Index(
                fields=["taken_at"], name="handover_taken", condition=Q(state=rules.State.TAKEN.value)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class Proposal(models.Model):
    """A question and its answer, proposed by the officer who gave it, with the source she names."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    handover = models.ForeignKey(Handover, models.SET_NULL, null=True, related_name="+", db_index=False)
    question = models.TextField()
    answer = models.TextField()
    language = models.CharField(max_length=2, default="vi")
    slug = models.CharField(max_length=140, blank=True)  # of the procedure whose field is the source
    path = models.CharField(max_length=140, blank=True)
    article = models.CharField(max_length=rules.ARTICLE_MAX, blank=True)
    state = models.CharField(max_length=10, choices=_choices(rules.Verdict), default=rules.Verdict.OPEN.value)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", db_index=False)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+", db_index=False)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["proposed_at"], name="proposal_open", condition=Q(state=rules.Verdict.OPEN.value)
            ),
            models.Index(fields=["handover"], name="proposal_of_handover"),
        ]

    def __str__(self) -> str:
        return f"{self.slug or self.article} {self.state}"

    @property
    def subject(self) -> str:
        """The name of its chain in the journal."""
        return f"proposal:{self.public_id}"


class Call(models.Model):
    """A telephone call as it is counted: nothing of who called and nothing of what was said."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    conversation = models.OneToOneField(
        "assistant.Conversation", models.SET_NULL, null=True, related_name="+"
    )
    officer = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", db_index=False)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    intent = models.CharField(max_length=40, blank=True)
    slug = models.CharField(max_length=140, blank=True)
    resolved = models.CharField(max_length=6, choices=_choices(rules.Resolved))

    class Meta:
        indexes = [models.Index(fields=["officer", "-ended_at"], name="call_of_officer")]

    def __str__(self) -> str:
        return f"{self.slug} {self.resolved}"

    @property
    def seconds(self) -> int:
        return max(0, int((self.ended_at - self.begun_at).total_seconds()))


class Guest(models.Model):
    """Somebody in a chat channel: a keyed hash of her id there. The id itself is kept, sealed, only while a person's
    answer is owed to her."""

    key = models.CharField(max_length=60, unique=True)
    conversation = models.ForeignKey(
        "assistant.Conversation", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    asked_agreement = models.BooleanField(default=False)
    reach = SealedField(null=True)
    last_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["conversation"], name="guest_of_conversation", condition=Q(conversation__isnull=False)
            ),
            models.Index(fields=["last_at"], name="guest_by_last"),
        ]

    def __str__(self) -> str:
        return self.key[-8:]


class Heard(models.Model):
    """A message of a channel that was taken in, by its id there: heard once. Its words are elsewhere."""

    message = models.CharField(max_length=100, unique=True)
    conversation = models.CharField(max_length=26, blank=True)  # on which it was said; "" began one
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["at"], name="heard_by_time")]

    def __str__(self) -> str:
        return self.message


class Outgoing(models.Model):
    """A message to somebody in a channel, written in the transaction of what it answers. Sent, it holds no words."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"

    key = models.CharField(max_length=120, unique=True)  # what it answers, and which part of it
    guest = models.CharField(max_length=60)
    to = SealedField(blank=True)
    text = SealedField(blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], name="outgoing_waiting", condition=Q(state="waiting")),
            models.Index(fields=["guest"], name="outgoing_to_guest", condition=Q(state="waiting")),
            models.Index(fields=["at"], name="outgoing_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.tries}"


class ChannelToken(models.Model):
    """What opens a channel's door, sealed: each renewal gives another pair and makes the one before worthless."""

    channel = models.CharField(max_length=20, unique=True)
    access = SealedField(blank=True)
    refresh = SealedField(blank=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.channel

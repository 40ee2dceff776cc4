"""Tables of the assistant: conversations and their turns, and what editors teach it.

What was typed is kept without what says who somebody is.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from motcua.assistant.rules import talking, teaching
from motcua.foundation.crypto import SealedField
from motcua.kernel.identifiers import public_id


class Conversation(models.Model):
    """What somebody and the assistant say to one another. Whoever holds its public id may go on with it.

    `account` is hers only while she is signed in and the conversation lives: when it is closed, it is nobody's.
    """

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    channel = models.CharField(max_length=10, choices=[(name, name) for name in talking.CHANNELS])
    language = models.CharField(max_length=2, default="vi")
    state = models.CharField(
        max_length=20,
        choices=[(state.value, state.name) for state in talking.State],
        default=talking.State.OPEN.value,
    )
    context = SealedField(blank=True, default="")  # JSON: what she picked may be personal
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    begun_at = models.DateTimeField()
    last_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["last_at"], name="conversation_by_last"),
            models.Index(
                fields=["last_at"],
                name="conversation_living",
                condition=~models.Q(state=talking.State.CLOSED.value),
            ),
            models.Index(
                fields=["account"], name="conversation_of_account", condition=models.Q(account__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"

    @property
    def subject(self) -> str:
        """The name of its chain in the journal."""
        return f"conversation:{self.public_id}"


class Turn(models.Model):
    """A question and what was said to it; or words between a person and an officer.

    `question` and `note` are redacted (`rules.redacting`). `reply` holds the sentences with their sources, the
    question back, the button and what is related; `own`, sealed and only while the conversation lives, what is said
    and offered about her own dossiers and the answers that fill in a declaration.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="turns", db_index=False)
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.name) for kind in talking.Kind])
    at = models.DateTimeField()
    question = models.TextField(blank=True)
    said = models.TextField(blank=True)
    behaviour = models.CharField(max_length=24, blank=True)
    intent = models.CharField(max_length=40, blank=True)
    slug = models.CharField(max_length=140, blank=True)
    code = models.CharField(max_length=40, blank=True)
    confidence = models.FloatField(default=0)
    guesses = models.JSONField(default=list)
    reply = models.JSONField(default=dict)
    own = SealedField(null=True)
    latency_ms = models.PositiveIntegerField(default=0)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    useful = models.BooleanField(null=True)
    why = models.CharField(max_length=20, blank=True, choices=[(why, why) for why in talking.WHYS])
    note = models.TextField(blank=True)
    rated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "number"], name="turn_number_once")]
        indexes = [
            models.Index(fields=["at"], name="turn_by_time"),
            models.Index(fields=["at"], name="turn_not_useful", condition=models.Q(useful=False)),
            models.Index(
                fields=["conversation"], name="turn_with_own", condition=models.Q(own__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Lesson(models.Model):
    """What editors are about to teach: the whole document of their layer as it would be published.

    `revision` is the lock against two writers, `hash` that of the document; `base` is the version it starts from.
    """

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    key = models.CharField(max_length=40, default=teaching.DESK)
    state = models.CharField(
        max_length=10,
        choices=[(state.value, state.name) for state in teaching.State],
        default=teaching.State.OPEN.value,
    )
    revision = models.PositiveIntegerField(default=1)
    body = models.JSONField()
    hash = models.CharField(max_length=64)
    base = models.ForeignKey("foundation.PackVersion", models.PROTECT, null=True, related_name="+")
    published = models.ForeignKey("foundation.PackVersion", models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=80)
    offered_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(state__in=[state.value for state in teaching.OPEN_STATES]),
                name="lesson_open_once",
            )
        ]
        indexes = [models.Index(fields=["state", "-changed_at"], name="lesson_by_state")]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"

    @property
    def subject(self) -> str:
        """The name of its chain in the journal."""
        return f"lesson:{self.public_id}"


class LessonChange(models.Model):
    """One thing added to a lesson or taken out of it, and by whom: who wrote a part does not publish it alone."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="changes")
    revision = models.PositiveIntegerField()
    added = models.BooleanField()
    label = models.CharField(max_length=20, choices=[(label, label) for label in teaching.LABELS])
    entry = models.JSONField()
    author = models.CharField(max_length=80)
    author_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.label} {self.revision}"


class Comparison(models.Model):
    """What a lesson changes on the golden set and on the questions asked last, for one document over one publication.

    `hash` is the document's, `base` that of all that was published then: with another of either it holds no more.
    `golden` lists rows of the golden set, `asked` turns by their primary key and never their words.
    """

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="comparisons")
    hash = models.CharField(max_length=64)
    base = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)
    done_at = models.DateTimeField(null=True)
    figures = models.JSONField(default=dict)
    golden = models.JSONField(default=list)
    asked = models.JSONField(default=list)
    seconds = models.FloatField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lesson", "hash", "base"], name="comparison_once")]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.hash[:8]}"


class Settled(models.Model):
    """A wording that editors need not see any more: set aside with a reason, or being taught by a lesson.

    `wording` is the hash of its telling words (`rules.likeness`): it says nothing once the questions are erased.
    """

    wording = models.CharField(max_length=32, unique=True)
    why = models.CharField(max_length=12, choices=[(why, why) for why in teaching.WHYS_SETTLED])
    note = models.CharField(max_length=300, blank=True)
    lesson = models.ForeignKey(Lesson, models.CASCADE, null=True, related_name="settled")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"{self.wording[:8]} {self.why}"

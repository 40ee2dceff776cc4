"""Tables of the foundation. No workflow here: see acts, journal, events, access, limits."""

from __future__ import annotations

from django.db import models

from motcua.foundation.crypto import SealedField


class ActRecord(models.Model):
    """One performed act, kept so that the same act sent twice is answered, not repeated."""

    caller = models.CharField(max_length=80)
    act_id = models.CharField(max_length=100)
    verb = models.CharField(max_length=80)
    body_hash = models.CharField(max_length=64)
    result = models.JSONField(default=dict)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["caller", "act_id"], name="act_once_per_caller")]

    def __str__(self) -> str:
        return f"{self.caller} {self.verb} {self.act_id}"


class JournalLine(models.Model):
    """One line of the journal; lines of one chain are hashed one onto the other (format in `journal.chain`)."""

    chain = models.CharField(max_length=100)
    seq = models.PositiveIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    verb = models.CharField(max_length=80)
    actor = models.CharField(max_length=80)
    act_id = models.CharField(max_length=100)
    purpose = models.CharField(max_length=120, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    personal = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="journal_seq_once")]

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq} {self.verb}"


class JournalHead(models.Model):
    """Where a chain ends and how long it is: kept apart from the lines so that a cut tail shows.

    `sealed` only hints which chains have grown since they were sealed (`motcua.sealing`); what is sealed stands there.
    """

    chain = models.CharField(max_length=100, unique=True)
    count = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)
    sealed = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        # as long as the work at hand, never as the archive
        indexes = [
            models.Index(
                fields=["id"], name="journal_head_grown", condition=models.Q(sealed__lt=models.F("count"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.chain} ({self.count})"


class JournalPersonal(models.Model):
    """A personal value of a line, sealed; the line holds only its salted digest, so this row may be erased."""

    line = models.ForeignKey(JournalLine, models.CASCADE, related_name="personal_values")
    name = models.CharField(max_length=60)
    salt = models.CharField(max_length=32)
    value = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "name"], name="journal_personal_once")]

    def __str__(self) -> str:
        return f"{self.line_id} {self.name}"


class Work(models.Model):
    """What deliveries and tasks share: a lease, attempts, and a state a person can look at."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        DEAD = "dead"

    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    available_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=80, blank=True)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Delivery(Work):
    """One event on its way to one handler. Ids only: never a name, never an answer."""

    handler = models.CharField(max_length=80)
    event = models.CharField(max_length=80)
    subject = models.CharField(max_length=100)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    payload = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="delivery_waiting", condition=models.Q(state="waiting")),
            models.Index(
                fields=["handler", "subject", "id"], name="delivery_order", condition=~models.Q(state="done")
            ),
            models.Index(fields=["done_at"], name="delivery_done", condition=models.Q(state="done")),
            models.Index(fields=["id"], name="delivery_dead", condition=models.Q(state="dead")),
        ]

    def __str__(self) -> str:
        return f"{self.event} -> {self.handler} ({self.subject}#{self.seq})"


class Task(Work):
    """A background job: its arguments are ids only; `key` makes putting it in twice harmless."""

    name = models.CharField(max_length=80)
    key = models.CharField(max_length=120)
    args = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "key"], name="task_once_per_key")]
        indexes = [
            models.Index(fields=["available_at"], name="task_waiting", condition=models.Q(state="waiting")),
            models.Index(fields=["done_at"], name="task_done", condition=models.Q(state="done")),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.key}"


class Schedule(models.Model):
    """When a scheduled task runs next; the row is moved and the task put in within one transaction."""

    name = models.CharField(max_length=80, unique=True)
    cron = models.CharField(max_length=60)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.cron}"


class AccessEntry(models.Model):
    """Who looked at whose personal data, on which page, for which purpose. One row a page or list."""

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=80)
    office = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=120)
    page = models.CharField(max_length=120)
    reason = SealedField(blank=True, default="")  # in the reader's own words, which may name people

    class Meta:
        indexes = [models.Index(fields=["actor", "at"], name="access_by_actor")]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.actor} {self.page}"


class AccessSubject(models.Model):
    """Whose data an entry is about; indexed both ways: what was on that page, who has seen this person."""

    entry = models.ForeignKey(AccessEntry, models.CASCADE, related_name="subjects")
    subject = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["subject", "entry"], name="access_by_subject")]

    def __str__(self) -> str:
        return self.subject


class RateWindow(models.Model):
    """How often a key was used in a one-minute window; see `limits`."""

    key = models.CharField(max_length=120)
    window = models.BigIntegerField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="rate_window_once")]
        indexes = [models.Index(fields=["window"], name="rate_window_age")]

    def __str__(self) -> str:
        return f"{self.key} {self.used}"


class PackVersion(models.Model):
    """A document of a pack as it was resolved over its layers: a draft, or published and from then on unchanged."""

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        WITHDRAWN = "withdrawn"

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=120)
    hash = models.CharField(max_length=64)
    body = models.JSONField()
    layers = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    number = models.PositiveIntegerField(default=0)
    valid_from = models.DateTimeField(null=True)
    valid_to = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "number"], condition=~models.Q(state="draft"), name="pack_version_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "key"], condition=models.Q(state="draft"), name="pack_one_draft"
            ),
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=models.Q(state="published", valid_to__isnull=True),
                name="pack_one_current",
            ),
        ]
        indexes = [models.Index(fields=["kind", "key", "state"], name="pack_by_key")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.key} {self.state} {self.hash[:8]}"

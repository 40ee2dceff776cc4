"""Tables of the editing room: drafts, each revision of their document, and what was proved of a revision."""

from __future__ import annotations

from django.db import models

from motcua.kernel.identifiers import public_id


class Draft(models.Model):
    """A procedure being written. `revision` is the number of the newest document and the lock against two writers."""

    class State(models.TextChoices):
        OPEN = "open"
        OFFERED = "offered"  # waits for a second person to publish it
        PUBLISHED = "published"
        DISCARDED = "discarded"

    class Origin(models.TextChoices):
        BLANK = "blank"
        PUBLISHED = "published"  # a new version of a published procedure
        LISTED = "listed"  # content for a procedure known by name only
        YAML = "yaml"
        DOCX = "docx"

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    key = models.CharField(max_length=80)  # the id of the procedure
    name = models.CharField(max_length=300)  # its short name in the newest revision, for lists
    origin = models.CharField(max_length=10, choices=Origin)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    revision = models.PositiveIntegerField(default=1)
    base = models.ForeignKey("foundation.PackVersion", models.PROTECT, null=True, related_name="+")
    doubts = models.JSONField(
        default=list
    )  # what the reader of a form was not sure of: sentences or {place, text}
    published = models.ForeignKey("foundation.PackVersion", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=80)
    offered_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(state__in=["open", "offered"]),
                name="draft_of_a_procedure_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "-changed_at"], name="draft_by_state")]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"

    @property
    def subject(self) -> str:
        return f"procedure-draft:{self.public_id}"


class Revision(models.Model):
    """The whole document after one change, who made it and what it touched."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    hash = models.CharField(max_length=64)
    author = models.CharField(max_length=80)
    author_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    touched = models.CharField(max_length=200)  # the place that was changed, as the packs write it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="revision_once")]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.number}"


class Proof(models.Model):
    """What the prover said of one revision on one day: its findings and the covering test dossiers."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="proofs")
    revision = models.PositiveIntegerField()
    day = models.DateField()
    ok = models.BooleanField()
    asked = models.PositiveIntegerField()
    findings = models.JSONField(default=list)
    unproved = models.JSONField(default=list)
    coverage = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "revision", "day"], name="proof_once")]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.revision} {'ok' if self.ok else 'faulty'}"

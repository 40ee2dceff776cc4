"""Tables of the cooperation room. Workflow lives in rules and actions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from motcua.cooperation import rules
from motcua.foundation.crypto import SealedField
from motcua.foundation.policy import GrantRow
from motcua.kernel.identifiers import public_id

ACCOUNT = settings.AUTH_USER_MODEL


def _choices(axis: type) -> list[tuple[str, str]]:
    return [(item.value, item.name) for item in axis]


class JointTask(models.Model):
    """What one agency does for a dossier: a part of an interlinked procedure, or an answer to a question.

    `key` names the part in the procedure's pack; "" for a consultation, whose words are in `question`. `due_at` is a
    projection of its clock (see `rules.own_events`).
    """

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=_choices(rules.What))
    key = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=12)  # lead | cooperating | consulted
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=_choices(rules.State))
    holds = models.BooleanField(default=False)  # the result of the dossier waits for it
    assigned_to = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    question = SealedField(blank=True, default="")

    opened_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    clock_state = models.CharField(max_length=8, default="none")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=60, blank=True)
    answer = SealedField(blank=True, default="")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    late_told_at = models.DateTimeField(null=True)
    # by whose calendar the limit was promised, once a reorganisation gave the task to a successor
    limit_by = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False
    )
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "key"], name="joint_task_once", condition=models.Q(kind="bundle")
            ),
        ]
        indexes = [
            models.Index(fields=["dossier", "id"], name="joint_task_by_dossier"),
            models.Index(
                fields=["due_at"],
                name="joint_task_untold",
                condition=models.Q(state="open", late_told_at__isnull=True),
            ),
            models.Index(
                fields=["agency", "id"],
                name="joint_task_at_agency",
                condition=models.Q(state__in=("open", "waiting")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key or self.kind} {self.state}"


class HandedPaper(models.Model):
    """A paper of the dossier handed to a consulted agency with the question."""

    task = models.ForeignKey(JointTask, models.CASCADE, related_name="handed", db_index=False)
    paper = models.ForeignKey("dossiers.Paper", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "paper"], name="paper_handed_once")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.paper_id}"


class TaskPassing(models.Model):
    """A reorganisation gave the task to a successor: what it was before, and at which revision, so that what nobody has
    touched since can go back."""

    task = models.ForeignKey(JointTask, models.CASCADE, related_name="passings")
    cause = models.CharField(max_length=120)  # id of the reorganisation
    at = models.DateTimeField()
    from_agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    assigned = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+", db_index=False)
    limit_by = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False
    )
    revision = models.PositiveIntegerField()
    back_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.task_id} {self.cause}"


class TaskGrant(GrantRow):
    """Who may see the task, why, and for whom it waits: read by every list and by `visible_to`."""

    task = models.ForeignKey(JointTask, models.CASCADE, related_name="grants", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "holder", "role"], name="task_grant_once"),
        ]
        indexes = [
            models.Index(
                fields=["holder", "sort_key", "task"],
                name="task_grant_todo",
                condition=models.Q(todo=True),
            ),
            models.Index(fields=["holder", "-task"], name="task_grant_all"),
        ]

    def __str__(self) -> str:
        return f"{self.holder} {self.role}"

"""Tables of the reorganisation room: what people decided, what was done, and what each dossier was before."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from motcua.foundation.crypto import SealedField
from motcua.kernel.identifiers import public_id


class Decision(models.Model):
    """Where something ambiguous goes, who said so and why. Replaced by a later one, never deleted."""

    class Kind(models.TextChoices):
        DOSSIER = "dossier"  # this one dossier
        RULE = "rule"  # all of an agency, of a former unit, of a procedure, that nothing else decides
        POSITION = "position"  # what the holder of a position gets

    reorganisation = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)
    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, null=True, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    from_code = models.CharField(max_length=80, blank=True)
    area_code = models.CharField(max_length=80, blank=True)
    procedure = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=20, blank=True)
    to_code = models.CharField(max_length=80)
    reason = SealedField(blank=True, default="")
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["reorganisation", "kind"],
                name="reorganisation_decided",
                condition=models.Q(replaced_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.from_code or self.dossier_id} → {self.to_code}"


class Run(models.Model):
    """One time that a reorganisation was applied; `after` and `moved_in_pass` say where the chunks go on."""

    class State(models.TextChoices):
        APPLYING = "applying"
        APPLIED = "applied"
        UNDOING = "undoing"
        UNDONE = "undone"

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    reorganisation = models.CharField(max_length=120)
    version = models.ForeignKey("foundation.PackVersion", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.APPLYING)
    partly = models.BooleanField(default=False)  # go on with what is decided, leave the rest where it is
    turn = models.PositiveIntegerField(default=1)
    after = models.BigIntegerField(default=0)
    moved_in_turn = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reorganisation"],
                condition=~models.Q(state="undone"),
                name="reorganisation_runs_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reorganisation} {self.state}"


class Moved(models.Model):
    """A dossier that a run passed on: why there, what its columns were, and the line of its journal that says so."""

    class State(models.TextChoices):
        MOVED = "moved"
        RESTORED = "restored"
        KEPT = "kept"  # somebody worked on it since: it was not taken back

    run = models.ForeignKey(Run, models.CASCADE, related_name="moved_dossiers", db_index=False)
    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="+")
    basis = models.CharField(max_length=10)
    declared = models.CharField(
        max_length=80, blank=True
    )  # the area code of the declaration, as it was declared
    resolved = models.CharField(max_length=80, blank=True)  # the unit of today it was taken for, by `basis`
    from_agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False
    )
    from_desk = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False
    )
    assigned = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    limit_by = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False
    )
    line = (
        models.PositiveIntegerField()
    )  # number in the dossier's chain: later lines mean that somebody touched it
    state = models.CharField(max_length=10, choices=State, default=State.MOVED)
    why = models.CharField(max_length=120, blank=True)  # the verb and moment by which it was touched

    class Meta:
        indexes = [models.Index(fields=["run", "state", "id"], name="moved_by_run")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.state}"


class PositionMoved(models.Model):
    """A position of an agency that ends, and the one its holder got instead (none where it was decided so)."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="positions")
    ended = models.CharField(max_length=26)  # positions by their public ids
    granted = models.CharField(max_length=26, blank=True)
    back = models.CharField(max_length=26, blank=True)
    closed = models.BooleanField(default=False)  # the old one has been ended
    state = models.CharField(max_length=10, choices=Moved.State, default=Moved.State.MOVED)
    why = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "ended", "granted"], name="position_moved_once"),
        ]

    def __str__(self) -> str:
        return f"{self.ended_id} → {self.granted_id}"

"""Tables of agencies, areas and positions. Nothing here is overwritten silently: every change leaves a dated row."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.kernel.identifiers import public_id


class Area(models.Model):
    """A unit of territory by its code: that of QĐ 19/2025/QĐ-TTg since 1 July 2025, our own slug for former ones.

    A code may live twice, one after the other.
    """

    code = models.CharField(max_length=60)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20)
    parent_code = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="area_once_per_start"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_from__isnull=True), name="area_once_without_start"
            ),
        ]
        indexes = [models.Index(fields=["parent_code"], name="area_by_parent")]

    def __str__(self) -> str:
        return self.name_vi


class Agency(models.Model):
    """An office of the state. `code` is our own stable slug; the official codes stand beside it and may be missing."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    code = models.CharField(max_length=80, unique=True)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    name_folded = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=20)
    level = models.CharField(max_length=10, blank=True)
    function = models.CharField(max_length=40, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    area_code = models.CharField(max_length=60, blank=True, db_index=True)
    serves = models.JSONField(default=list)
    identification_code = models.CharField(max_length=35, blank=True)
    dossier_code = models.CharField(max_length=35, blank=True)
    calendar = models.CharField(max_length=60, blank=True)
    hours = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=300, blank=True, default="")
    receives = models.BooleanField(default=False)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    unverified = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["kind", "valid_to"], name="agency_by_kind")]

    def __str__(self) -> str:
        return self.name_vi


class AgencyChange(models.Model):
    """What a field of an agency said until a day: by these rows an older tree is told as it was known then."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="changes")
    field = models.CharField(max_length=30)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    on = models.DateField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["on"], name="agency_change_on")]

    def __str__(self) -> str:
        return f"{self.agency_id}.{self.field} {self.on}"


class Succession(models.Model):
    """What became of an agency or area: old to new is many-to-many (rules on the structure of government)."""

    class Kind(models.TextChoices):
        MERGE = "merge"
        SPLIT = "split"
        PART = "part"
        RENAME = "rename"
        TRANSFER = "transfer"

    of = models.CharField(max_length=6, choices=[("agency", "agency"), ("area", "area")], default="agency")
    kind = models.CharField(max_length=10, choices=Kind)
    from_code = models.CharField(max_length=80, db_index=True)
    to_code = models.CharField(max_length=80, db_index=True)
    on = models.DateField()
    source = models.TextField(blank=True)
    unverified = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["of", "kind", "from_code", "to_code", "on"], name="succession_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_code} → {self.to_code} ({self.kind} {self.on})"


class Position(models.Model):
    """An office held by an account, from–to. Ended, never deleted or rewritten: a new one is granted instead."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="positions")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="positions")
    role = models.CharField(max_length=20)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    appointed_by = models.CharField(max_length=80)
    appointed_act = models.CharField(max_length=100)
    # whose office this is while she is away; what is done in it is done for her, and says so
    acting_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "agency", "role"],
                condition=Q(ends_at__isnull=True),
                name="position_open_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=models.F("starts_at")),
                name="position_in_order",
            ),
            models.CheckConstraint(
                condition=Q(acting_for__isnull=True) | Q(ends_at__isnull=False),
                name="position_acting_ends",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "ends_at"], name="position_of_account"),
            models.Index(fields=["agency", "role", "ends_at"], name="position_at_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role} at {self.agency_id}"

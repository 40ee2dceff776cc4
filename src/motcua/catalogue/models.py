"""Tables of the catalogue: a projection of the published documents, and the rows of official lists."""

from __future__ import annotations

from django.db import models

from motcua.catalogue.rules import FULL, GENERIC, LISTED


class Sector(models.Model):
    """A field of government (lĩnh vực). `order` is that of the pack; those known only from a list come after."""

    key = models.CharField(max_length=120, unique=True)
    name_vi = models.CharField(max_length=200, unique=True)
    name_en = models.CharField(max_length=200, blank=True)
    order = models.PositiveIntegerField(default=100_000)

    class Meta:
        ordering = ["order", "name_vi"]

    def __str__(self) -> str:
        return self.name_vi


class Procedure(models.Model):
    """An administrative procedure under a name that stays. What it asks stands in its version, never here."""

    class Coverage(models.TextChoices):
        FULL = FULL
        GENERIC = GENERIC
        LISTED = LISTED

    class Status(models.TextChoices):
        ACTIVE = "active"
        HISTORICAL = "historical"
        WITHDRAWN = "withdrawn"

    slug = models.CharField(max_length=140, unique=True)
    code = models.CharField(max_length=20, unique=True, null=True)
    coverage = models.CharField(max_length=8, choices=Coverage)
    name_vi = models.TextField()
    short_name_vi = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    sector = models.ForeignKey(Sector, models.PROTECT, null=True, related_name="procedures")
    level = models.CharField(max_length=30, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    executed_by = models.TextField(blank=True)
    issued_by = models.CharField(max_length=300, blank=True)
    version = models.ForeignKey("foundation.PackVersion", models.PROTECT, null=True, related_name="+")
    folded = models.TextField()  # name, short name and code to search by: no marks, đ as d
    sort_name = models.CharField(max_length=200)  # Vietnamese order of the short name
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["sort_name", "id"], name="procedure_by_name"),
            models.Index(fields=["sector", "sort_name", "id"], name="procedure_by_sector"),
            models.Index(fields=["coverage", "sort_name", "id"], name="procedure_by_coverage"),
        ]

    def __str__(self) -> str:
        return self.short_name_vi

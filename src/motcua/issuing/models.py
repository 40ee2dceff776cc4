"""Tables of issuing. Decisions and keys are ended, never deleted; a result is signed once and sealed once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.foundation.crypto import SealedField
from motcua.issuing import rules
from motcua.kernel.identifiers import public_id

ACCOUNT = settings.AUTH_USER_MODEL
KINDS = [(kind, kind) for kind in ("file", "token", "remote")]


class Key(models.Model):
    """Where a key lies by which a person (`account`) or an agency (its seal) signs; never the secret that opens it."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    account = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+", db_index=False)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=KINDS)
    place = SealedField()  # what `signing.actions.open_door` wants besides the secret
    certificate = models.TextField()  # DER, base64
    holder = models.CharField(max_length=200)
    issuer = models.CharField(max_length=200)
    serial = models.CharField(max_length=60)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", db_index=False, null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=True) ^ Q(agency__isnull=True), name="key_of_person_or_agency"
            )
        ]
        indexes = [
            models.Index(fields=["account"], name="key_by_account"),
            models.Index(fields=["agency"], name="key_by_agency"),
        ]

    def __str__(self) -> str:
        return self.holder

    @property
    def subject(self) -> str:
        return f"signing-key:{self.public_id}"


class Authority(models.Model):
    """A dated decision: this officer signs for this agency in this capacity. Ended, never rewritten."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", db_index=False)
    capacity = models.CharField(max_length=4, choices=[(each.value, each.name) for each in rules.Capacity])
    body = models.CharField(max_length=rules.BODY_MAX, blank=True)
    head_title = models.CharField(max_length=rules.TITLE_MAX, blank=True)
    own_title = models.CharField(max_length=rules.TITLE_MAX)
    procedures = models.CharField(max_length=2000, blank=True)  # slugs between blanks; none: all
    decision_number = models.CharField(max_length=rules.DECISION_MAX, blank=True)
    decision_on = models.DateField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="authority_in_order",
            )
        ]
        indexes = [
            models.Index(fields=["account"], name="authority_by_account"),
            models.Index(fields=["agency"], name="authority_by_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.capacity} {self.agency_id}"

    @property
    def subject(self) -> str:
        return f"authority:{self.public_id}"


class Issued(models.Model):
    """The result of a dossier on its way: signed by a person (`signed`), then numbered and sealed (`sealed`)."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    dossier = models.OneToOneField("dossiers.Dossier", models.CASCADE, related_name="+")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", db_index=False)
    key = models.ForeignKey(Key, models.PROTECT, related_name="+", db_index=False)
    signed_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", db_index=False)
    signed_at = models.DateTimeField()
    signed = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", db_index=False)
    place = models.JSONField()  # of the personal signature: {"box": [...], "page": n}; the seal lies over it
    symbol = models.CharField(max_length=rules.SYMBOL_MAX, blank=True)  # proposed; as numbered after the seal
    layout_hash = models.CharField(max_length=64)
    seal_key = models.ForeignKey(Key, models.PROTECT, null=True, related_name="+", db_index=False)
    sealed_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+", db_index=False)
    sealed_at = models.DateTimeField(null=True)
    sealed = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False
    )
    number = models.CharField(max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    serial = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "serial"], name="issued_number_once"),
        ]
        indexes = [
            models.Index(fields=["agency", "signed_at"], name="issued_by_day"),
            models.Index(fields=["signed"], name="issued_by_signed"),
            models.Index(fields=["sealed"], name="issued_by_sealed"),
        ]

    def __str__(self) -> str:
        return self.number or self.public_id


class Series(models.Model):
    """The last number given out by an agency in a year: one sequence, from 1 on 1 January (NĐ 30/2020 art. 15)."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year}: {self.last}"

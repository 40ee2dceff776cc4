"""Tables of people. Every personal value but the name is sealed; look-ups go through blind indexes and folded words."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.foundation.crypto import SealedField
from motcua.kernel.identifiers import public_id


class Party(models.Model):
    """A resident or an organisation. `merged_into` keeps the old id answering after two rows proved to be one."""

    class Kind(models.TextChoices):
        RESIDENT = "resident"
        ORGANISATION = "organisation"

    class Provenance(models.TextChoices):
        DECLARED = "declared"
        CARD = "card"
        VERIFIED = "verified"

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.RESIDENT)
    full_name = models.CharField(max_length=200)
    personal_number = SealedField(blank=True, default="")
    number_blind = models.CharField(max_length=60, null=True)
    birth_on = SealedField(blank=True, default="")
    sex = SealedField(blank=True, default="")
    ethnicity = SealedField(blank=True, default="")
    nationality = models.CharField(max_length=60, blank=True, default="")
    phone = SealedField(blank=True, default="")
    phone_blind = models.CharField(max_length=60, blank=True, default="")
    email = SealedField(blank=True, default="")
    address = SealedField(blank=True, default="")
    tax_code = models.CharField(max_length=14, blank=True, default="")
    tax_key = models.CharField(max_length=60, null=True)
    provenance = models.CharField(max_length=10, choices=Provenance, default=Provenance.DECLARED)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number_blind"], name="party_one_per_number"),
            models.UniqueConstraint(fields=["tax_key"], name="party_one_per_tax_code"),
        ]
        indexes = [
            models.Index(fields=["phone_blind"], condition=~Q(phone_blind=""), name="party_by_phone"),
        ]
        verbose_name_plural = "parties"

    def __str__(self) -> str:
        return self.full_name


class PartyWord(models.Model):
    """A folded word of a name (`whole` 0) or the whole name run together (1): found by it, and can be forgotten.

    A number, not a boolean: for `whole = 0` SQLite uses the index, for `NOT whole` it reads the table.
    """

    party = models.ForeignKey(Party, models.CASCADE, related_name="words")
    word = models.CharField(max_length=200)
    whole = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "whole", "word"], name="party_word_once")]
        indexes = [models.Index(fields=["whole", "word", "party"], name="party_word_search")]

    def __str__(self) -> str:
        return self.word


class Difference(models.Model):
    """Something said about a party that does not fit what is known; open until an officer has decided."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    party = models.ForeignKey(Party, models.CASCADE, related_name="differences")
    field = models.CharField(max_length=20)
    said = SealedField()
    source = models.CharField(max_length=10)
    said_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_as = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["party"], condition=Q(settled_at__isnull=True), name="difference_open"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id}.{self.field}"


class AccountParty(models.Model):
    """Who an account speaks for. `how` says what proves it; a bare declaration proves nothing and opens no dossiers.

    An officer's account speaks for nobody: `officer` says only which person she is, so that she is kept from her own
    dossiers.
    """

    class How(models.TextChoices):
        DECLARED = "declared"
        CARD = "card"
        PROVIDER = "provider"
        OFFICER = "officer"

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="party_link")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="account_links")
    how = models.CharField(max_length=10, choices=How)
    declared = SealedField(blank=True, default="")
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(how="declared") | Q(party__isnull=False), name="proven_link_has_party"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.how}"

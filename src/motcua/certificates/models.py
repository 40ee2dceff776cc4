"""Tables of the certificates room. What names a person is sealed; no column anywhere holds a private key."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.certificates import rules
from motcua.foundation.crypto import SealedField
from motcua.kernel.identifiers import public_id

ACCOUNT = settings.AUTH_USER_MODEL


def _choices(kinds: type) -> list[tuple[str, str]]:
    return [(each.value, each.name) for each in kinds]


class Booth(models.Model):
    """A place where people are registered on some days of the week: a market hall on Sundays, a block of flats."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    name_vi = models.CharField(max_length=rules.NAME_MAX)
    name_en = models.CharField(max_length=rules.NAME_MAX, blank=True)
    address = models.CharField(max_length=rules.ADDRESS_MAX)
    days = models.CharField(max_length=7)  # 1 Monday … 7 Sunday
    opens = models.TimeField()
    closes = models.TimeField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name_vi

    @property
    def subject(self) -> str:
        """The name of its chain in the journal."""
        return f"booth:{self.public_id}"


class Request(models.Model):
    """What a dossier of the procedure asks for: who she is, that she consents, where her key is, its request."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    dossier = models.OneToOneField("dossiers.Dossier", models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    way = models.CharField(max_length=10, choices=_choices(rules.Way))
    booth = models.ForeignKey(Booth, models.PROTECT, null=True, related_name="+")
    key_place = models.CharField(max_length=8, choices=_choices(rules.KeyPlace))
    asked_at = models.DateTimeField()

    consent = models.JSONField(default=dict)  # the words she was shown, {vi, en}
    consent_version = models.CharField(max_length=64, blank=True)  # hash of the published form they stand in
    consent_how = models.CharField(max_length=8, blank=True)  # form | phone | slip
    consented_at = models.DateTimeField(null=True)

    identity_how = models.CharField(max_length=10, blank=True)  # desk | provider | card
    identity_at = models.DateTimeField(null=True)
    identity_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+", db_index=False)
    paper = models.CharField(max_length=20, blank=True)
    paper_number = SealedField(blank=True, default="")
    checked_for = models.CharField(max_length=80, blank=True)  # blind: the name and number that were checked

    request = SealedField(blank=True, default="")  # PKCS#10, PEM
    key_digest = models.CharField(max_length=64, blank=True, db_index=True)
    key_kind = models.CharField(max_length=12, blank=True)
    code = models.CharField(max_length=80, blank=True, db_index=True)  # blind, of the code sent to her phone
    code_until = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # the dossier ended without a certificate

    class Meta:
        indexes = [
            models.Index(fields=["asked_at"], name="certificate_asked"),
            models.Index(
                fields=["dossier"],
                name="certificate_open",
                condition=Q(issued_at__isnull=True, ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def subject(self) -> str:
        """The name of its chain in the journal."""
        return f"certificate:{self.public_id}"


class Certificate(models.Model):
    """A certificate that an authority issued and that was found to be hers."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    request = models.ForeignKey(Request, models.PROTECT, related_name="certificates")
    serial = models.CharField(max_length=60, unique=True)
    issuer = models.CharField(max_length=200)
    content = SealedField(blank=True, default="")  # PEM, hers first
    key_digest = models.CharField(max_length=64, db_index=True)
    key_place = models.CharField(max_length=8, choices=_choices(rules.KeyPlace))
    credential = models.CharField(max_length=120, blank=True)
    issued_at = models.DateTimeField()
    begins = models.DateTimeField()
    until = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_why = models.CharField(max_length=30, blank=True)
    heard_at = models.DateTimeField()  # when its authority last said how it stands
    asked_at = models.DateTimeField()  # when its authority was last asked, whether it answered or not

    class Meta:
        indexes = [
            models.Index(
                fields=["asked_at"], name="certificate_asked_about", condition=Q(revoked_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.serial


class Order(models.Model):
    """One thing asked of the authority; its public id is by what the authority knows it, however often it is asked."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    request = models.ForeignKey(Request, models.PROTECT, related_name="orders")
    kind = models.CharField(max_length=8, choices=_choices(rules.Kind))
    # what is renewed or revoked; what came of it
    of = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="+")
    made = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="+")
    # the failed order of which nothing may remain in force: what came of it, or its key that nobody activated
    ends = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    way = models.CharField(max_length=10, choices=_choices(rules.Way))
    booth = models.ForeignKey(Booth, models.PROTECT, null=True, related_name="+", db_index=False)
    content = SealedField(blank=True, default="")  # PKCS#10, PEM; empty: the key is made by the authority
    key_digest = models.CharField(max_length=64, blank=True, db_index=True)
    reason = models.CharField(max_length=30, blank=True)  # why it is revoked
    state = models.CharField(max_length=10, choices=_choices(rules.State), default=rules.State.WAITING)
    asked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)  # when the authority was last asked
    tries = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=40, blank=True)
    said = SealedField(blank=True, default="")  # what the authority said when it refused
    rejected = models.CharField(max_length=60, blank=True)  # number of a certificate that was not taken
    rejected_issuer = models.CharField(max_length=200, blank=True)
    activation = SealedField(blank=True, default="")  # the authority's page for her
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                name="certificate_issue_once_open",
                condition=Q(kind=rules.Kind.ISSUE.value, state__in=[each.value for each in rules.OPEN]),
            ),
            models.UniqueConstraint(  # without one (NULL) each stands for itself
                fields=["of", "kind"],
                name="certificate_order_once_open",
                condition=Q(state__in=[each.value for each in rules.OPEN]),
            ),
        ]
        indexes = [models.Index(fields=["kind", "done_at"], name="certificate_order_done")]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

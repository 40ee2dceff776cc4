"""Tables of the registers room. Dossiers stand above this floor: they are named by their public id, not referred to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.foundation.crypto import SealedField
from motcua.kernel.identifiers import public_id
from motcua.registers import rules

ACCOUNT = settings.AUTH_USER_MODEL


def _choices(kinds: type) -> list[tuple[str, str]]:
    return [(kind.value, kind.name) for kind in kinds]


class Holding(models.Model):
    """A paper in somebody's store (kho dữ liệu điện tử): uploaded, checked in a dossier, or the result of one.

    Of which kind it is follows from `procedure` and `key` by the packs; only for an uploaded one she says it (`kind`).
    """

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+", db_index=False)
    origin = models.CharField(max_length=8, choices=_choices(rules.Origin))
    kind = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=300)
    number = models.CharField(max_length=60, blank=True)
    procedure = models.CharField(max_length=120, blank=True)
    key = models.CharField(max_length=80, blank=True)
    dossier = models.CharField(max_length=26, blank=True)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    own = models.BooleanField(default=True)  # about its holder, not about somebody she filed for
    digitised = models.PositiveSmallIntegerField(
        default=0
    )  # as in its dossier: 0 not, 1 then, 2 and 3 re-used
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(
        max_length=26, blank=True
    )  # the dossier whose result took its place, or her own hand

    class Meta:
        indexes = [models.Index(fields=["party", "-id"], name="holding_by_party")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def subject(self) -> str:
        """Its name in the journal and the access log."""
        return f"holding:{self.public_id}"


class Entry(models.Model):
    """A fact in a register: written by a result, dated, sourced; ended by a later one, never changed.

    The journal holds `digest`, a hash over the values and `salt`: erase both and the line says nothing any more.
    """

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    register = models.CharField(max_length=80)
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+", db_index=False)
    holding = models.ForeignKey(Holding, models.PROTECT, related_name="entries")
    values = SealedField()
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    file_sha256 = models.CharField(max_length=64, blank=True)  # the signed result, where there is a file
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=26, blank=True)
    disputed_at = models.DateTimeField(null=True)  # an officer found a declaration right against it

    class Meta:
        indexes = [
            models.Index(fields=["party", "register"], name="entry_in_force", condition=Q(ended_at=None)),
            models.Index(fields=["party", "-id"], name="entry_by_party"),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.public_id}"


class Reuse(models.Model):
    """The decision on one paper of a dossier that the city could answer itself: who said what to which words.

    `words` are those that were shown: they hold no personal value but the paper's own name and number, so sealed.
    """

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    dossier = models.CharField(max_length=26)
    key = models.CharField(max_length=80)
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+", db_index=False)
    holding = models.ForeignKey(Holding, models.PROTECT, null=True, related_name="reuses")
    kind = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=_choices(rules.Said))
    basis = models.CharField(max_length=8)  # consent | law
    demanded = models.BooleanField(default=True)  # without it she would have had to bring the paper
    digitised = models.PositiveSmallIntegerField(default=0)
    words = SealedField()
    text_version = models.CharField(max_length=40)  # hash of the pack's document the words are from
    source = SealedField()  # {"vi", "en"}: where the paper comes from, as told then
    at = models.DateTimeField()
    channel = models.CharField(max_length=10)
    by = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["dossier", "id"], name="reuse_by_dossier"),
            models.Index(fields=["party", "-id"], name="reuse_by_party"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} {self.key} {self.state}"


class Mismatch(models.Model):
    """A declaration says otherwise than a register; open until an officer has decided. Nothing is overwritten."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    dossier = models.CharField(max_length=26)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="mismatches")
    field = models.CharField(max_length=60)  # of the register
    said = SealedField()
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_as = models.CharField(max_length=10, blank=True)  # declared | kept
    settled_by = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["dossier"], name="mismatch_open", condition=Q(settled_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} {self.field}"

"""Tables of the digitising room. What was read of a paper is personal data: it is sealed, and goes with its dossier."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from motcua.digitising import rules
from motcua.foundation.crypto import SealedField
from motcua.kernel.identifiers import public_id


class Scan(models.Model):
    """One paper on its way from its pages to an electronic paper of its dossier."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="+", db_index=False)
    # what it will be: the scan of this paper, or, when empty, a further one of this kind
    paper = models.ForeignKey("dossiers.Paper", models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=300)
    form = models.CharField(max_length=20)
    state = models.CharField(
        max_length=10, choices=[(each.value, each.name) for each in rules.State], default=rules.State.PAGES
    )
    text = models.CharField(
        max_length=8, choices=[(each.value, each.name) for each in rules.Text], default=rules.Text.NONE
    )
    run = models.PositiveIntegerField(
        default=0
    )  # how often it was asked to be made: an older run ends itself
    problem = models.CharField(max_length=40, blank=True)  # why it failed
    made = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    certified = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)  # an officer looked at it and laid it into the dossier

    class Meta:
        indexes = [
            models.Index(fields=["dossier", "id"], name="scan_by_dossier"),
            models.Index(
                fields=["begun_at"],
                name="scan_open",
                condition=models.Q(state__in=[each.value for each in rules.OPEN_STATES]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"

    @property
    def subject(self) -> str:
        """The name of its chain in the journal."""
        return f"scan:{self.public_id}"


class ScanPage(models.Model):
    """One page: which page of which uploaded file, how it is turned, and once it was prepared its picture and words."""

    scan = models.ForeignKey(Scan, models.CASCADE, related_name="pages", db_index=False)
    place = models.PositiveSmallIntegerField()
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")  # until laid in
    index = models.PositiveSmallIntegerField(default=0)
    turned = models.PositiveSmallIntegerField(default=0)  # clockwise: 0, 90, 180, 270
    picture = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    dpi = models.PositiveSmallIntegerField(null=True)
    dpi_guessed = models.BooleanField(default=False)  # the file does not say how large the paper was
    skew = models.FloatField(default=0)  # degrees it was straightened by
    words = SealedField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["scan", "place"], name="scan_page_in_order")]

    def __str__(self) -> str:
        return f"{self.scan_id}/{self.place}"


class Proposal(models.Model):
    """What a scan says for one field of the declaration: the value as it was read, where, and what a person did."""

    scan = models.ForeignKey(Scan, models.CASCADE, related_name="proposals", db_index=False)
    field = models.CharField(max_length=80)
    value = SealedField(default="")  # an answer as the declaration keeps it
    read = SealedField(default="")  # the words as they stand on the page
    confidence = models.PositiveSmallIntegerField()  # percent
    page = models.PositiveSmallIntegerField()  # from 0
    box = models.JSONField(default=list)  # left, top, width, height in thousandths of the page
    state = models.CharField(
        max_length=10, choices=[(each.value, each.name) for each in rules.Said], default=rules.Said.OPEN
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scan", "field"], name="proposal_once_a_field")]

    def __str__(self) -> str:
        return f"{self.scan_id} {self.field}"

"""Tables of the dossiers room. Workflow lives in rules and actions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from motcua.dossiers import rules
from motcua.foundation.crypto import SealedField
from motcua.foundation.policy import GrantRow
from motcua.kernel.identifiers import public_id, tracking_reference

ACCOUNT = settings.AUTH_USER_MODEL


def _choices(axis: type) -> list[tuple[str, str]]:
    return [(item.value, item.name) for item in axis]


class Dossier(models.Model):
    """One person's case. `due_*` are projections of the clock events, kept for sorting and checked by rebuild."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    reference = models.CharField(max_length=24, unique=True, default=tracking_reference)
    code = models.CharField(max_length=60, unique=True, null=True)

    procedure = models.ForeignKey("catalogue.Procedure", models.PROTECT, related_name="+", db_index=False)
    # the form she filled, and the version in force at reception, by which the dossier is judged
    declared_version = models.ForeignKey("foundation.PackVersion", models.PROTECT, related_name="+")
    version = models.ForeignKey("foundation.PackVersion", models.PROTECT, null=True, related_name="+")

    channel = models.CharField(max_length=10, default="online")  # online | counter | post | assisted | api
    filer = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+", db_index=False)
    applicant = models.ForeignKey("people.Party", models.PROTECT, null=True, related_name="+", db_index=False)
    received_by = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False
    )
    competent_agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False
    )
    # A reorganisation of government leaves code, receipt and reception where they were. What moves stands here: the
    # desk that took over from `received_by`, by whose calendar the limit was promised, when it was passed on last.
    desk = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False)
    limit_by = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False
    )
    passed_on_at = models.DateTimeField(null=True)
    supported_by = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+")
    assigned_to = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")

    business_state = models.CharField(max_length=20, choices=_choices(rules.State), default=rules.State.DRAFT)
    finance_state = models.CharField(
        max_length=12, choices=_choices(rules.Finance), default=rules.Finance.NONE
    )
    delivery_state = models.CharField(
        max_length=12, choices=_choices(rules.Delivery), default=rules.Delivery.NONE
    )
    sync_state = models.CharField(max_length=10, choices=_choices(rules.Sync), default=rules.Sync.LOCAL)

    answers = models.JSONField(default=dict)
    answers_sealed = SealedField(blank=True, default="")

    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    transferred_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)  # its retention had run out: what is left names nobody

    clock_state = models.CharField(max_length=8, default="none")
    due_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    first_due_on = models.DateField(null=True)  # as promised at reception; a new date leaves these two alone
    first_due_at = models.DateTimeField(null=True)
    apology_by = models.DateField(null=True)  # last day for the one apology; None where none is possible
    save_by = models.DateTimeField(null=True)  # when the present step has to begin for the promise to hold
    due_provisional = models.BooleanField(default=False)

    step = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=10, blank=True)  # granted | denied
    # why it is to be denied, while the signer has not signed; the applicant reads it in the letter, once signed
    outcome_reason = SealedField(blank=True, default="")
    result_number = models.CharField(max_length=60, blank=True)
    result_file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["filer", "-id"], name="dossier_by_filer"),
            models.Index(
                fields=["competent_agency", "due_at"],
                name="dossier_open_due",
                condition=models.Q(
                    resolved_at__isnull=True, closed_at__isnull=True, received_at__isnull=False
                ),
            ),
            models.Index(fields=["received_by", "received_at"], name="dossier_received"),
            models.Index(fields=["competent_agency", "resolved_at"], name="dossier_resolved"),
            models.Index(fields=["procedure", "received_at"], name="dossier_by_procedure"),
            models.Index(fields=["applicant", "-id"], name="dossier_by_applicant"),
            models.Index(
                fields=["received_by", "due_at"],
                name="dossier_open_at_desk",
                condition=models.Q(
                    resolved_at__isnull=True, closed_at__isnull=True, received_at__isnull=False
                ),
            ),
            models.Index(fields=["competent_agency", "received_at"], name="dossier_came"),
            models.Index(fields=["received_by", "resolved_at"], name="dossier_resolved_at_desk"),
            models.Index(
                fields=["competent_agency", "closed_at"],
                name="dossier_ended",
                condition=models.Q(resolved_at__isnull=True, closed_at__isnull=False),
            ),
            models.Index(
                fields=["received_by", "closed_at"],
                name="dossier_ended_at_desk",
                condition=models.Q(resolved_at__isnull=True, closed_at__isnull=False),
            ),
            models.Index(fields=["id"], name="dossier_drafts", condition=models.Q(submitted_at__isnull=True)),
            models.Index(
                fields=["competent_agency", "apology_by"],
                name="dossier_apology",
                condition=models.Q(
                    apology_by__isnull=False, resolved_at__isnull=True, closed_at__isnull=True
                ),
            ),
            models.Index(
                fields=["received_by", "apology_by"],
                name="dossier_apology_at_desk",
                condition=models.Q(
                    apology_by__isnull=False, resolved_at__isnull=True, closed_at__isnull=True
                ),
            ),
            models.Index(
                fields=["competent_agency", "save_by"],
                name="dossier_save_by",
                condition=models.Q(
                    resolved_at__isnull=True, closed_at__isnull=True, received_at__isnull=False
                ),
            ),
            models.Index(fields=["desk"], name="dossier_at_new_desk", condition=models.Q(desk__isnull=False)),
            models.Index(
                fields=["passed_on_at"],
                name="dossier_passed_on",
                condition=models.Q(passed_on_at__isnull=False),
            ),
            models.Index(
                fields=["closed_at", "id"],
                name="dossier_kept",
                condition=models.Q(closed_at__isnull=False, erased_at__isnull=True),
            ),
            models.Index(
                # the whole count of what is open, without its rows: SQLite else reads the archive (bench/scale.py);
                # the last of all, for of two that it thinks equal it takes the one made later
                fields=["competent_agency", "received_by", "desk", "procedure", "clock_state", "due_at"],
                name="dossier_open_counted",
                condition=models.Q(
                    resolved_at__isnull=True, closed_at__isnull=True, received_at__isnull=False
                ),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(received_at__isnull=True) | models.Q(code__isnull=False),
                name="dossier_received_has_code",
            ),
        ]

    def __str__(self) -> str:
        return self.code or self.reference

    @property
    def subject(self) -> str:
        """The name of its chain in the journal."""
        return f"dossier:{self.public_id}"

    @property
    def desk_now_id(self) -> int | None:
        """The desk that serves it now: the one that received it, or what that desk became in a reorganisation."""
        return self.desk_id or self.received_by_id


class DossierGrant(GrantRow):
    """Who may see the dossier, why, and for whom it waits: read by every list and by `visible_to`."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="grants", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "holder", "role"], name="dossier_grant_once"),
        ]
        indexes = [
            models.Index(
                fields=["holder", "sort_key", "dossier"],
                name="dossier_grant_todo",
                condition=models.Q(todo=True),
            ),
            models.Index(fields=["holder", "-dossier"], name="dossier_grant_all"),
        ]

    def __str__(self) -> str:
        return f"{self.holder} {self.role}"


class PassingOn(models.Model):
    """A reorganisation of government passed the dossier on: from whom to whom, when, by which reorganisation.

    `counts` when it had been received and another agency answers for it from then on: what happened before stays in
    the figures of the one that answered for it then (reports of a period run on the tree of that period).
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="passings", db_index=False)
    at = models.DateTimeField()
    cause = models.CharField(max_length=120)  # id of the reorganisation
    back = models.BooleanField(default=False)  # it was undone
    from_agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False
    )
    to_agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False
    )
    from_desk = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False
    )
    to_desk = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+", db_index=False
    )
    counts = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["dossier", "id"], name="passing_by_dossier"),
            models.Index(
                fields=["from_agency", "at"], name="passing_by_former", condition=models.Q(counts=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_agency_id} → {self.to_agency_id} {self.at:%F %T}"


class ClockEvent(models.Model):
    """One event of the legal clock; due dates are derived from these rows, never guessed."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="clock_events", db_index=False)
    kind = models.CharField(max_length=8)  # start pause resume restart extend stop
    at = models.DateTimeField()
    reason = models.CharField(max_length=30, blank=True)
    until = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["dossier", "id"], name="clock_by_dossier"),
            models.Index(fields=["at"], name="clock_restarts", condition=models.Q(kind="restart")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%F %T}"


class StepRun(models.Model):
    """One step of the procedure as it was lived: who, from when, until when, by when."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="steps", db_index=False)
    number = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)
    stage = models.CharField(max_length=12)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    note = SealedField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["dossier", "id"], name="step_by_dossier")]

    def __str__(self) -> str:
        return f"{self.number} {self.key}"


class Paper(models.Model):
    """A paper in the dossier: which one it is, its stored bytes (none when shown at the counter only), where from."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="papers", db_index=False)
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=300)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    form = models.CharField(
        max_length=20, default="electronic"
    )  # original|certified_copy|copy|present_only|electronic
    quantity = models.PositiveSmallIntegerField(default=1)
    digitised = models.PositiveSmallIntegerField(default=0)  # 0 not, 1 now, 2 re-used paper, 3 re-used result
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)
    letter = models.ForeignKey("dossiers.Letter", models.PROTECT, null=True, related_name="answers")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["dossier", "id"], name="paper_by_dossier")]

    def __str__(self) -> str:
        return self.key


class Letter(models.Model):
    """A paper that we issue (receipt, supplement request, refusal, apology, stop notice): its content as data."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="letters", db_index=False)
    kind = models.CharField(max_length=24)
    number = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    content = SealedField(default="")
    answered_at = models.DateTimeField(null=True)
    beyond = models.CharField(max_length=10, blank=True, default="")  # a request: late | repeated

    class Meta:
        indexes = [
            models.Index(fields=["dossier", "id"], name="letter_by_dossier"),
            models.Index(fields=["at"], name="letter_asked", condition=models.Q(kind="supplement-request")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class VersionMove(models.Model):
    """A draft went over to a newer version of its procedure; told on its page until she has seen it."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="version_moves", db_index=False)
    former = models.ForeignKey("foundation.PackVersion", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["dossier", "id"], name="version_move_by_dossier")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.former_id}"


class FeeLine(models.Model):
    """One line of what is to be paid: normal amount, reduction and its legal reason, payable, and its state."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="fees", db_index=False)
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=300)
    money = models.CharField(max_length=4)  # fee (phí) | duty (lệ phí): different budgets, separate receipts
    quantity = models.PositiveSmallIntegerField(default=1)
    normal = models.PositiveIntegerField(null=True)
    payable = models.PositiveIntegerField(null=True)
    legal_reason = models.CharField(max_length=300, blank=True)
    paid_at = models.DateTimeField(null=True)
    paid_to = models.CharField(max_length=80, blank=True)
    receipt_number = models.CharField(max_length=60, blank=True)
    refunded_at = models.DateTimeField(null=True)
    refund_number = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "key"], name="fee_line_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.payable}"


class Assistance(models.Model):
    """A helper files under her own account for somebody who consents; her access ends at submission."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="assistance")
    helper = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    person_name = SealedField(default="")
    personal_number = SealedField(blank=True, default="")
    phone = SealedField(blank=True, default="")
    sent_to = models.CharField(max_length=5, blank=True)  # known (of the person in the registry) | typed
    person_blind = models.CharField(max_length=60, blank=True)  # whom the last code or slip was for
    method = models.CharField(max_length=4, blank=True)  # code | slip
    code_hash = models.CharField(max_length=200, blank=True)
    code_until = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    codes_sent = models.PositiveSmallIntegerField(default=0)
    slip = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    consent_text = models.CharField(max_length=40, blank=True)
    consented_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.helper_id} -> {self.dossier_id}"


class ConsentPhone(models.Model):
    """For whom a phone was asked to consent on a day; forgotten when the day is over."""

    phone_blind = models.CharField(max_length=60)
    person_blind = models.CharField(max_length=60)
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phone_blind", "day", "person_blind"], name="consent_phone_once"),
        ]
        indexes = [models.Index(fields=["day"], name="consent_phone_age")]

    def __str__(self) -> str:
        return f"{self.phone_blind[:8]} {self.day}"


class Rating(models.Model):
    """What the applicant thought of it (TT 01/2018 art. 13); optional, once."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="rating")
    stars = models.PositiveSmallIntegerField()
    comment = SealedField(blank=True, default="")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.stars)


class Serial(models.Model):
    """The last number given out by an agency on a local day: the one allocator of legal codes (TT 01/2018 art. 19)."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "day"], name="serial_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.day} {self.last}"


class SerialBlock(models.Model):
    """A run of numbers lent to a counter that works without network; numbers not used come back as a recorded gap."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    day = models.DateField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    lent_to = models.CharField(max_length=80)
    lent_at = models.DateTimeField()
    used_to = models.PositiveIntegerField(null=True)
    returned_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"

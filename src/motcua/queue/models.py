"""Tables of the queue. A ticket holds no personal data: nobody's name, and not why it goes first."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.kernel.identifiers import public_id, tracking_reference
from motcua.queue.rules import AT_WINDOW, KIOSK, OPEN, SCREEN, State

ACCOUNT = settings.AUTH_USER_MODEL


class Device(models.Model):
    """A kiosk or a call screen of one agency, let in by a link that is kept as a hash only."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(KIOSK, KIOSK), (SCREEN, SCREEN)])
    name = models.CharField(max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    prints = models.BooleanField(default=False)  # the kiosk has a printer and prints by itself
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def subject(self) -> str:
        return f"device:{self.public_id}"


class Window(models.Model):
    """A numbered window held by one officer from opening to closing; the next opening is a new row."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    officer = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", db_index=False)
    services = models.JSONField(default=list)  # keys; none means all
    run = models.PositiveIntegerField(default=0)  # priority tickets called in a row
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "number"], condition=Q(closed_at__isnull=True), name="window_open_once"
            ),
            models.UniqueConstraint(
                fields=["officer"], condition=Q(closed_at__isnull=True), name="window_one_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.number}"

    @property
    def subject(self) -> str:
        return f"window:{self.public_id}"


class Serial(models.Model):
    """The last number given by an agency on a day under a letter; moved in the transaction that gives it."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    letter = models.CharField(max_length=2)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "day", "letter"], name="queue_serial_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.day} {self.letter} {self.last}"


class Ticket(models.Model):
    """A number from the kiosk to its end. `since` is its place in the order; `reference` opens its page on a phone."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    reference = models.CharField(max_length=24, unique=True, default=tracking_reference)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    service = models.CharField(max_length=80)
    letter = models.CharField(max_length=2)
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=12)
    priority = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=[(s.value, s.name) for s in State], default=State.WAITING)
    taken_at = models.DateTimeField()
    since = models.DateTimeField()
    to_window = models.PositiveSmallIntegerField(null=True)
    window = models.ForeignKey(Window, models.PROTECT, null=True, related_name="+", db_index=False)
    calls = models.PositiveSmallIntegerField(default=0)  # since it was last put into the order
    returns = models.PositiveSmallIntegerField(default=0)
    called_at = models.DateTimeField(null=True)  # for the first time: the end of the wait that is told
    last_called_at = models.DateTimeField(null=True)
    serving_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # what the wait teaches: how many were before it, at how many windows, and seconds a place took at one of them
    ahead = models.PositiveIntegerField(default=0)
    windows = models.PositiveSmallIntegerField(default=0)
    pace = models.PositiveIntegerField(null=True)
    served_for = models.CharField(max_length=40, blank=True)  # an opaque id that another room understands

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "day", "letter", "number"], name="ticket_code_once"),
            models.UniqueConstraint(
                fields=["window"], condition=Q(state__in=AT_WINDOW), name="ticket_one_at_window"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "day", "state"], name="ticket_open", condition=Q(state__in=OPEN)),
            models.Index(fields=["agency", "day", "-last_called_at"], name="ticket_called"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.day}"

    @property
    def subject(self) -> str:
        return f"ticket:{self.public_id}"

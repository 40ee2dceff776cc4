"""Tables of accounts. What may happen to them stands in `actions`."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from motcua.foundation.crypto import SealedField
from motcua.kernel.identifiers import public_id


class AccountManager(BaseUserManager["Account"]):
    """Accounts are made by `actions.create_account`, which journals them; there is no `create_user` here."""


class Account(AbstractBaseUser):
    """Somebody or something that signs in. Not a person: `people` links it to one."""

    class Kind(models.TextChoices):
        CITIZEN = "citizen"
        OFFICER = "officer"
        SERVICE = "service"

    last_login = None  # `last_used_on` keeps the day; the journal keeps the moments

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    login_name = models.CharField(max_length=120, unique=True)
    display_name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, default="vi")
    kind = models.CharField(max_length=8, choices=Kind)
    is_active = models.BooleanField(default=True)
    disabled_why = models.CharField(max_length=20, blank=True)
    must_use_totp = models.BooleanField(default=False)
    totp_secret = SealedField(blank=True, default="")
    totp_confirmed_at = models.DateTimeField(null=True)
    totp_last_step = models.BigIntegerField(default=0)
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "login_name"
    REQUIRED_FIELDS = ["display_name", "kind"]

    objects = AccountManager()

    class Meta:
        indexes = [models.Index(fields=["kind", "is_active", "last_used_on"], name="account_idle")]

    def __str__(self) -> str:
        return self.display_name

    @property
    def has_second_factor(self) -> bool:
        """Whether a code is always asked after the password; the password rule depends on it."""
        return self.must_use_totp or self.totp_confirmed_at is not None


class PasswordUsed(models.Model):
    """A password an account had before, hashed; the last ten may not come back."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="passwords_used")
    password = models.CharField(max_length=128)
    until_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "-until_at"], name="password_used_last")]

    def __str__(self) -> str:
        return f"{self.account_id} until {self.until_at:%F}"


class RecoveryCode(models.Model):
    """One of ten codes that replace the second factor once; kept as a keyed hash."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=80)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "code_hash"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"{self.account_id} {'used' if self.used_at else 'open'}"


class SignInGuard(models.Model):
    """Failures of one login name, whether an account has that name or not: else the lock would tell who exists."""

    name_blind = models.CharField(max_length=60, unique=True)
    count = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField(null=True)
    locked_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name_blind[:8]} {self.count}"


class ApiToken(models.Model):
    """A key for a program: only its hash is kept, the prefix is shown."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    label = models.CharField(max_length=120, blank=True)
    prefix = models.CharField(max_length=12)
    secret_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.prefix}… {self.label}"


class HeldPost(models.Model):
    """A form sent while the screen was locked: kept sealed for a few hours, for this account only."""

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="held_posts")
    path = SealedField()
    body = SealedField()
    held_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.account_id} {self.held_at:%F %T}"

"""The second factor: time-based codes (RFC 6238) and recovery codes."""

from __future__ import annotations

import secrets
from datetime import datetime

import pyotp

from motcua.accounts import rules
from motcua.accounts.models import Account
from motcua.foundation.crypto import blind, blinds
from motcua.kernel.identifiers.references import ALPHABET

ISSUER = "Một Cửa"
PERIOD_SECONDS = 30
WINDOW = 1  # one code before and after, for phones whose clock is a little off


def new_secret() -> str:
    """A fresh secret of 160 bits in base32."""
    return pyotp.random_base32(32)


def step_of(secret: str, code: str, at: datetime, *, after_step: int) -> int | None:
    """The time step that `code` belongs to at the aware moment `at`, or None when it fits none.

    A step that is not after `after_step` was used before and is refused: a code is good once (RFC 6238, 5.2).
    """
    typed = rules.code_digits(code)
    if not secret or len(typed) != 6 or not (typed.isascii() and typed.isdigit()):
        return None
    present = int(at.timestamp()) // PERIOD_SECONDS
    totp = pyotp.TOTP(secret)
    for step in range(present - WINDOW, present + WINDOW + 1):
        if step > after_step and secrets.compare_digest(totp.generate_otp(step), typed):
            return step
    return None


def present_code(account: Account, at: datetime) -> str:
    """The code an authenticator would show now. Only for simulations: nobody has the phone of a made-up officer."""
    step = int(at.timestamp()) // PERIOD_SECONDS
    # A code is good once: when this one is used up, show the next, which the window lets in.
    return pyotp.TOTP(account.totp_secret).generate_otp(
        max(step, min(account.totp_last_step + 1, step + WINDOW))
    )


def address(account: Account) -> str:
    """The `otpauth://` address that authenticator apps read."""
    return pyotp.TOTP(account.totp_secret).provisioning_uri(name=account.login_name, issuer_name=ISSUER)


def new_recovery_codes() -> list[str]:
    """Ten codes such as `7K3M-9QX2-V4TD` (60 random bits each), shown once."""
    return [
        "-".join("".join(secrets.choice(ALPHABET) for _s in range(4)) for _g in range(3)) for _n in range(10)
    ]


def recovery_hash(account_public_id: str, code: str) -> str:
    """The keyed hash a recovery code is kept as."""
    return blind("recovery", f"{account_public_id}|{rules.recovery_form(code)}")


def recovery_hashes(account_public_id: str, code: str) -> list[str]:
    """The hash under every key that is configured: codes on paper stay good when the index key is changed."""
    return blinds("recovery", f"{account_public_id}|{rules.recovery_form(code)}")

"""Enrolling an authenticator, using its codes, recovery codes."""

from __future__ import annotations

from motcua.accounts import errors, rules, second_step
from motcua.accounts.actions._common import (
    demand_manager,
    demand_manager_of,
    demand_owner,
    locked_account,
    subject,
)
from motcua.accounts.models import Account, RecoveryCode
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record


@action("accounts.begin_totp")
def begin_totp(act: Act, *, account: str) -> dict:
    """Make a secret for an authenticator, unless one already waits to be confirmed. Raises AlreadyEnrolled."""
    held = locked_account(account)
    demand_owner(act, held)
    if held.totp_confirmed_at is not None:
        raise errors.AlreadyEnrolled()
    if not held.totp_secret:
        held.totp_secret = second_step.new_secret()
        held.save(update_fields=["totp_secret"])
        record(act, "account.totp_begun", subject(held))
    return {"account": held.public_id}


def _keep_codes(account: Account, hashes: list[str]) -> None:
    account.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(account=account, code_hash=h) for h in hashes)


@action("accounts.confirm_totp")
def confirm_totp(act: Act, *, account: str, code: str, recovery_hashes: list[str]) -> dict:
    """Confirm the authenticator with its first code and keep the hashes of ten recovery codes.

    Returns {"passed": whether the code was right}; nothing changes when it was not. Raises AlreadyEnrolled.
    """
    held = locked_account(account)
    demand_owner(act, held)
    if held.totp_confirmed_at is not None:
        raise errors.AlreadyEnrolled()
    step = second_step.step_of(held.totp_secret, code, act.at, after_step=held.totp_last_step)
    if step is None:
        return {"passed": False}
    held.totp_confirmed_at, held.totp_last_step = act.at, step
    held.save(update_fields=["totp_confirmed_at", "totp_last_step"])
    _keep_codes(held, recovery_hashes[: rules.RECOVERY_CODES])
    record(act, "account.totp_enrolled", subject(held))
    return {"passed": True}


@action("accounts.use_code")
def use_code(act: Act, *, account: str, code: str) -> dict:
    """Use up a code of the authenticator. Returns {"passed"}; a code is good once."""
    held = locked_account(account)
    demand_owner(act, held)
    if held.totp_confirmed_at is None:
        return {"passed": False}
    step = second_step.step_of(held.totp_secret, code, act.at, after_step=held.totp_last_step)
    if step is None:
        return {"passed": False}
    held.totp_last_step = step
    held.save(update_fields=["totp_last_step"])
    return {"passed": True}


@action("accounts.use_recovery_code")
def use_recovery_code(act: Act, *, account: str, code_hashes: list[str]) -> dict:
    """Use up a recovery code, by its hash under any configured key. Returns {"passed", "left": how many remain}."""
    held = locked_account(account)
    demand_owner(act, held)
    used = held.recovery_codes.filter(code_hash__in=code_hashes, used_at__isnull=True).update(used_at=act.at)
    left = held.recovery_codes.filter(used_at__isnull=True).count()
    if used:
        record(act, "account.recovery_code_used", subject(held), facts={"left": left})
    return {"passed": bool(used), "left": left}


@action("accounts.replace_recovery_codes")
def replace_recovery_codes(act: Act, *, account: str, recovery_hashes: list[str]) -> dict:
    """Put ten new recovery codes (hashes) in place of the old ones."""
    held = locked_account(account)
    demand_owner(act, held)
    _keep_codes(held, recovery_hashes[: rules.RECOVERY_CODES])
    record(act, "account.recovery_codes_replaced", subject(held))
    return {"account": held.public_id}


@action("accounts.reset_totp")
def reset_totp(act: Act, *, account: str) -> dict:
    """An administrator takes the authenticator away (phone lost); it is enrolled anew at the next sign-in."""
    demand_manager(act)
    held = locked_account(account)
    demand_manager_of(act, held)
    held.totp_secret, held.totp_confirmed_at, held.totp_last_step = "", None, 0
    held.save(update_fields=["totp_secret", "totp_confirmed_at", "totp_last_step"])
    held.recovery_codes.all().delete()
    record(act, "account.totp_reset", subject(held))
    return {"account": held.public_id}

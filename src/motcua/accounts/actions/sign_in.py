"""Signing in and out, failures and locks, unlocking a screen."""

from __future__ import annotations

from django.conf import settings

from motcua.accounts import errors, queries, rules
from motcua.accounts.actions._common import (
    demand_manager,
    demand_manager_of,
    demand_owner,
    locked_account,
    subject,
)
from motcua.accounts.models import Account, SignInGuard
from motcua.foundation.acts import Act, action
from motcua.foundation.journal import record
from motcua.foundation.time import local, local_date


def _tries(guard: SignInGuard | None) -> rules.Tries:
    return rules.Tries(guard.count, guard.last_at, guard.locked_until) if guard else rules.Tries()


def _guard(login_name: str) -> SignInGuard | None:
    return SignInGuard.objects.select_for_update().filter(name_blind=queries.guard_key(login_name)).first()


@action("accounts.note_failure")
def note_failure(act: Act, *, login_name: str, step: str = "password", address: str = "") -> dict:
    """Count a wrong password or code for a login name (in its one form), whether an account has it or not.

    The fifth locks the name for 15 minutes. Returns {"locked_until": ISO moment or None}.
    """
    guard = _guard(login_name) or SignInGuard(name_blind=queries.guard_key(login_name))
    before = _tries(guard)
    own = settings.MOTCUA
    after = rules.after_failure(before, act.at, allowed=own.lockout_failures, minutes=own.lockout_minutes)
    guard.count, guard.last_at, guard.locked_until = after.count, after.last_at, after.locked_until
    guard.save()
    account = Account.objects.filter(login_name=login_name).first()
    if account is not None and not before.locked(act.at):
        record(
            act,
            "account.sign_in_failed",
            subject(account),
            facts={"step": step, "count": after.count},
            personal={"address": address} if address else None,
        )
        if after.locked(act.at):
            record(act, "account.locked", subject(account), facts={"until": after.locked_until})
    return {"locked_until": after.locked_until.isoformat() if after.locked(act.at) else None}


def demand_unlocked(login_name: str, act: Act) -> None:
    """Raises Locked while a login name is locked."""
    tries = queries.tries(login_name)
    if tries.locked(act.at) and tries.locked_until is not None:
        raise errors.Locked(time=f"{local(tries.locked_until):%H:%M}")


def _demand_usable(account: Account, act: Act) -> None:
    demand_unlocked(account.login_name, act)
    if not account.is_active:
        if account.disabled_why == "idle":
            raise errors.LeftIdle(days=settings.MOTCUA.idle_account_days)
        raise errors.SwitchedOff()
    created_on, today = local_date(account.created_at), local_date(act.at)
    days = settings.MOTCUA.idle_account_days
    # A demonstration may be opened again after months; its officers are made up.
    if not settings.MOTCUA.simulation and rules.is_idle(
        account.kind, account.last_used_on, created_on, today, days=days
    ):
        raise errors.LeftIdle(days=days)


@action("accounts.sign_in")
def sign_in(act: Act, *, account: str, door: str, step: str = "password", address: str = "") -> dict:
    """Let an account in that has proved itself at a door (and with a code, where it must): forget its failures.

    `act.actor` is the account itself. Returns {"account", "administrator", "must_change_password"}. Raises Locked,
    SwitchedOff, LeftIdle, NoSuchAccount.
    """
    held = locked_account(account)
    demand_owner(act, held)
    _demand_usable(held, act)
    SignInGuard.objects.filter(name_blind=queries.guard_key(held.login_name)).delete()
    if held.last_used_on != local_date(act.at):
        held.last_used_on = local_date(act.at)
        held.save(update_fields=["last_used_on"])
    record(
        act,
        "account.signed_in",
        subject(held),
        facts={"door": door, "step": step},
        personal={"address": address} if address else None,
    )
    administrator = act.actor.has_role("administrator")
    changed_on = local_date(held.password_changed_at) if held.password_changed_at else None
    due = not settings.MOTCUA.simulation and rules.password_due(
        changed_on, local_date(act.at), administrator=administrator
    )
    return {
        "account": held.public_id,
        "administrator": administrator,
        "must_change_password": held.must_change_password or due,
    }


@action("accounts.unlock")
def unlock(act: Act, *, account: str) -> dict:
    """A locked screen was opened again with the password. Raises Locked, SwitchedOff, LeftIdle."""
    held = locked_account(account)
    demand_owner(act, held)
    _demand_usable(held, act)
    SignInGuard.objects.filter(name_blind=queries.guard_key(held.login_name)).delete()
    record(act, "account.unlocked", subject(held))
    return {"account": held.public_id}


@action("accounts.sign_out")
def sign_out(act: Act, *, account: str) -> dict:
    """The person left."""
    held = locked_account(account)
    demand_owner(act, held)
    record(act, "account.signed_out", subject(held))
    return {"account": held.public_id}


@action("accounts.clear_lock")
def clear_lock(act: Act, *, account: str) -> dict:
    """An administrator opens a locked login name before its time."""
    demand_manager(act)
    held = locked_account(account)
    demand_manager_of(act, held)
    SignInGuard.objects.filter(name_blind=queries.guard_key(held.login_name)).delete()
    record(act, "account.lock_cleared", subject(held))
    return {"account": held.public_id}

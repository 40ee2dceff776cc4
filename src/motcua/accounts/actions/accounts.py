"""Making, naming, switching off and on; passwords."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from motcua.accounts import errors, events, rules
from motcua.accounts.actions._common import (
    demand_manager,
    demand_manager_of,
    demand_owner,
    is_manager,
    locked_account,
    subject,
)
from motcua.accounts.models import Account, ApiToken, PasswordUsed
from motcua.foundation.acts import Act, action
from motcua.foundation.events import publish
from motcua.foundation.journal import record
from motcua.foundation.time import local_date
from motcua.kernel.text import one_line


def _display_name(text: str) -> str:
    name = one_line(text)
    if rules.display_name_problem(name):
        raise errors.in_field(errors.BadDisplayName, "display_name")
    return name


@action("accounts.create_account")
def create_account(
    act: Act,
    *,
    login_name: str,
    display_name: str,
    kind: str,
    password: str = "",
    language: str = "vi",
    must_change_password: bool = False,
) -> dict:
    """Make an account. `password` is encoded (`accepted_password`), or empty for one that cannot sign in by itself.

    Anybody may make a citizen's account (registration); the others are made by administrators. Officers must use a
    second factor. Returns {"account": public id, "account_id": id}. Raises BadLoginName, BadDisplayName,
    LoginNameTaken, NotAllowed.
    """
    if kind != rules.Kind.CITIZEN:
        demand_manager(act)
    name = rules.login_name(login_name)
    if name is None:
        raise errors.in_field(errors.BadLoginName, "login_name")
    shown = _display_name(display_name)
    if Account.objects.filter(login_name=name).exists():
        raise errors.LoginNameTaken()
    account = Account.objects.create(
        login_name=name,
        display_name=shown,
        kind=rules.Kind(kind),
        language=language if language in rules.LANGUAGES else "vi",
        password=password,
        password_changed_at=act.at if password else None,
        must_use_totp=kind == rules.Kind.OFFICER,
        must_change_password=must_change_password,
        created_at=act.at,
    )
    line = record(
        act,
        "account.created",
        subject(account),
        facts={"kind": account.kind, "login": rules.login_kind(name)},
        personal={"login_name": name, "display_name": shown},
    )
    publish(act, events.AccountCreated(account.public_id, account.pk, account.kind), line)
    return {"account": account.public_id, "account_id": account.pk}


def _demand_manager_or_owner(act: Act, account: Account) -> None:
    if is_manager(act) and act.actor.account_id != account.pk:
        demand_manager_of(act, account)
    else:
        demand_owner(act, account)


@action("accounts.rename")
def rename_account(act: Act, *, account: str, display_name: str) -> dict:
    """Change the name shown. Raises NoSuchAccount, NotAllowed, BadDisplayName."""
    held = locked_account(account)
    _demand_manager_or_owner(act, held)
    held.display_name = _display_name(display_name)
    held.save(update_fields=["display_name"])
    record(act, "account.renamed", subject(held), personal={"display_name": held.display_name})
    return {"account": held.public_id}


@action("accounts.change_language")
def change_language(act: Act, *, account: str, language: str) -> dict:
    """Choose the language of pages and messages (vi or en; anything else is Vietnamese)."""
    held = locked_account(account)
    demand_owner(act, held)
    held.language = language if language in rules.LANGUAGES else "vi"
    held.save(update_fields=["language"])
    record(act, "account.language_changed", subject(held), facts={"language": held.language})
    return {"account": held.public_id, "language": held.language}


def _store_password(act: Act, account: Account, password: str, *, must_change: bool) -> None:
    if account.password:
        PasswordUsed.objects.create(account=account, password=account.password, until_at=act.at)
        keep = account.passwords_used.order_by("-until_at", "-pk").values_list("pk", flat=True)
        account.passwords_used.exclude(pk__in=list(keep[: rules.ADMIN_PASSWORD_HISTORY])).delete()
    account.password, account.password_changed_at = password, act.at
    account.must_change_password = must_change
    account.save(update_fields=["password", "password_changed_at", "must_change_password"])


@action("accounts.change_password")
def change_password(act: Act, *, account: str, password: str) -> dict:
    """Give one's own account a new password (encoded). Every other session of it ends by this."""
    held = locked_account(account)
    demand_owner(act, held)
    _store_password(act, held, password, must_change=False)
    record(act, "account.password_changed", subject(held))
    return {"account": held.public_id}


@action("accounts.set_password")
def set_password(act: Act, *, account: str, password: str) -> dict:
    """An administrator gives somebody a first password (encoded) again; it must be changed at the next sign-in."""
    demand_manager(act)
    held = locked_account(account)
    demand_manager_of(act, held)
    _store_password(act, held, password, must_change=True)
    record(act, "account.password_set", subject(held))
    return {"account": held.public_id}


def _switch_off(act: Act, account: Account, why: str) -> None:
    account.is_active, account.disabled_why = False, why
    account.save(update_fields=["is_active", "disabled_why"])
    ApiToken.objects.filter(account=account, revoked_at__isnull=True).update(revoked_at=act.at)
    line = record(act, "account.disabled", subject(account), facts={"why": why})
    publish(act, events.AccountDisabled(account.public_id, account.pk, why), line)


@action("accounts.disable")
def disable_account(act: Act, *, account: str, why: str = "administrator") -> dict:
    """Switch an account off; its sessions and tokens end. Raises NoSuchAccount, NotAllowed."""
    held = locked_account(account)
    _demand_manager_or_owner(act, held)
    if held.is_active:
        _switch_off(act, held, why)
    return {"account": held.public_id}


@action("accounts.enable")
def enable_account(act: Act, *, account: str) -> dict:
    """Switch an account on again; the days of not being used count anew from today."""
    demand_manager(act)
    held = locked_account(account)
    demand_manager_of(act, held)
    held.is_active, held.disabled_why, held.last_used_on = True, "", local_date(act.at)
    held.save(update_fields=["is_active", "disabled_why", "last_used_on"])
    record(act, "account.enabled", subject(held))
    return {"account": held.public_id}


@action("accounts.disable_idle")
def disable_idle(act: Act, *, limit: int = 500) -> dict:
    """Switch off officers' accounts that nobody used for 45 days (TCVN 14423:2026 x.6.2.3), at most `limit` at once."""
    demand_manager(act)
    days = settings.MOTCUA.idle_account_days
    last_day = local_date(act.at) - timedelta(days=days + 1)
    rows = Account.objects.select_for_update().filter(kind=rules.Kind.OFFICER, is_active=True)
    idle = rows.filter(
        Q(last_used_on__lte=last_day)
        | Q(last_used_on__isnull=True, created_at__lte=act.at - timedelta(days=days + 1))
    )
    disabled = 0
    for account in idle.order_by("pk")[:limit]:
        created_on = local_date(account.created_at)
        if rules.is_idle(account.kind, account.last_used_on, created_on, local_date(act.at), days=days):
            _switch_off(act, account, "idle")
            disabled += 1
    return {"disabled": disabled}

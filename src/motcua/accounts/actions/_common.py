"""What the actions of this room share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from motcua.accounts import errors
from motcua.accounts.models import Account
from motcua.foundation.actors import Actor
from motcua.foundation.acts import Act

# (who, account id, moment) -> whether she may manage it. Rooms above that know who sits where add theirs.
ManagerRule = Callable[[Actor, int, datetime], bool]
_manager_rules: list[ManagerRule] = []


def register_manager_rule(rule: ManagerRule) -> None:
    """A room that knows who sits where narrows which accounts an administrator may manage; called at start-up."""
    if rule not in _manager_rules:
        _manager_rules.append(rule)


def subject(account: Account) -> str:
    """The journal chain of an account."""
    return f"account:{account.public_id}"


def locked_account(public_id: str) -> Account:
    """The account, its row locked until the act is done. Raises NoSuchAccount."""
    account = Account.objects.select_for_update().filter(public_id=public_id).first()
    if account is None:
        raise errors.NoSuchAccount()
    return account


def is_manager(act: Act) -> bool:
    """The installation itself and administrators manage accounts."""
    return act.actor.kind == "system" or act.actor.has_role("administrator")


def demand_manager(act: Act) -> None:
    """Raises NotAllowed for everybody but administrators and the installation itself."""
    if not is_manager(act):
        raise errors.NotAllowed()


def demand_manager_of(act: Act, account: Account) -> None:
    """Raises NotAllowed for everybody but the installation and administrators in whose field the account lies.

    Else the administrator of one ward could give herself the password and the second step of any signer.
    """
    demand_manager(act)
    if act.actor.kind != "system" and not all(rule(act.actor, account.pk, act.at) for rule in _manager_rules):
        raise errors.NotAllowed()


def demand_owner(act: Act, account: Account) -> None:
    """Raises NotAllowed for everybody but the account itself and the installation."""
    if act.actor.kind != "system" and act.actor.account_id != account.pk:
        raise errors.NotAllowed()

"""What the actions of this room share."""

from __future__ import annotations

from motcua.accounts import errors
from motcua.accounts.models import Account
from motcua.foundation.acts import Act


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


def demand_owner(act: Act, account: Account) -> None:
    """Raises NotAllowed for everybody but the account itself and the installation."""
    if act.actor.kind != "system" and act.actor.account_id != account.pk:
        raise errors.NotAllowed()

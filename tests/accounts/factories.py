"""Accounts for tests, made by the real actions."""

from datetime import UTC, datetime

from motcua.accounts import actions, queries
from motcua.foundation.actors import actor_for_account, system
from motcua.foundation.acts import Act, new_act
from motcua.foundation.time import now

PASSWORD = "Tre-Song-Vang-Mua-4821"  # noqa: S105
AT = datetime(2026, 8, 21, 3, 0, tzinfo=UTC)  # a Friday, 10:00 in Viet Nam


def system_act(at: datetime = AT, act_id: str | None = None) -> Act:
    """An act of the installation itself."""
    return new_act(system("tests"), at=at, purpose="tests", act_id=act_id)


def make_account(
    login_name: str = "nguyen.van.an", *, kind: str = "officer", at: datetime | None = None, **more
):
    """An account with PASSWORD; officers have an authenticator only after `enrol`."""
    act = system_act(at or now())
    name = more.pop("display_name", "Nguyễn Văn An")
    password = more.pop("password", actions.encoded_password(PASSWORD, act))
    made = actions.create_account(
        act, login_name=login_name, display_name=name, kind=kind, password=password, **more
    )
    return queries.account(made["account"])


def act_of(account, at: datetime | None = None, purpose: str = "tests") -> Act:
    """An act of this account."""
    moment = at or now()
    return new_act(
        actor_for_account(account.pk, at=moment, account_kind=account.kind), at=moment, purpose=purpose
    )


def enrol(account, at: datetime | None = None):
    """Give the account an authenticator; returns its secret."""
    from motcua.accounts import second_step

    moment = at or now()
    actions.begin_totp(act_of(account, moment), account=account.public_id)
    account.refresh_from_db()
    code = second_step.present_code(account, moment)
    done = actions.confirm_totp(
        act_of(account, moment), account=account.public_id, code=code, recovery_hashes=[]
    )
    assert done["passed"]
    account.refresh_from_db()
    return account.totp_secret

"""A small city with two operators at the province, and what stands between them and people."""

import pytest

from motcua.accounts import actions as accounts
from motcua.accounts.models import Account
from motcua.agencies import actions as agencies
from motcua.foundation.actors import ANONYMOUS, system
from motcua.foundation.acts import new_act
from tests.portal.conftest import MOMENT, at, browse  # noqa: F401  fixtures
from tests.support.city import FOUNDED_AT, PASSWORD, City
from tests.support.city import city as small_city
from tests.support.kept import kept

OPERATORS = ("operator", "colleague")


@pytest.fixture
def desk(db, _nothing_remembered):
    """The small city with the operators `operator` and `colleague`; `desk.act(name)`."""
    kept("helpline.desk", _hired)
    found = small_city()
    known = Account.objects.filter(login_name__in=OPERATORS)
    return City({**found.accounts, **{account.login_name: account for account in known}})


@pytest.fixture
def city(desk):
    """The same city for fixtures of others."""
    return desk


def _hired():
    city = small_city()
    encoded = accounts.encoded_password(PASSWORD, _founding())
    for name in OPERATORS:
        made = accounts.create_account(
            _founding(), login_name=name, display_name=f"Tổng đài {name}", kind="officer", password=encoded
        )
        office = city.office("qn-ubnd").public_id
        agencies.appoint(_founding(), account=made["account"], agency=office, role="operator")


def _founding():
    return new_act(system("tests"), at=FOUNDED_AT, purpose="found the city")


@pytest.fixture
def act(desk):
    """`act("operator")`, `act()` for a stranger; at the fixed moment, or later."""

    def make(name="", *, at=MOMENT, act_id=None):  # noqa: F811
        actor = desk.actor(name, at) if name else ANONYMOUS
        return new_act(actor, at=at, purpose="test", act_id=act_id)

    return make

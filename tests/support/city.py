"""A small real city for tests: the Ha Long packs with eight procedures, offices, and one account for every role.

Built once per process by the real actions; later tests get the same rows back by copying them in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from motcua.accounts import actions as account_actions
from motcua.accounts.models import Account
from motcua.agencies import actions as agency_actions
from motcua.agencies import queries as agencies
from motcua.foundation.actors import actor_for_account, system
from motcua.foundation.acts import Act, new_act
from motcua.foundation.packs import documents_of, store
from tests.support.kept import kept

PASSWORD = "Tre-Song-Vang-Mua-4821"  # noqa: S105
FOUNDED_AT = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
LAYERS = ["national", "quang-ninh-ha-long"]
PROCEDURES = {
    "birth-registration",
    "certified-copy-from-original",
    "house-building-permit",
    "household-business-registration",
    "monthly-social-allowance",
    "permanent-residence-registration",
    "land-certificate-reissue",
    "alcohol-retail-licence",
}
CENTRE, COMMITTEE = "qn-bai-chay-centre", "qn-bai-chay"
OTHER_CENTRE, OTHER_COMMITTEE = "qn-ha-lam-centre", "qn-ha-lam"
# name -> (kind, shown name, [(role, agency)])
PEOPLE = {
    "admin": ("officer", "Quản Trị", [("administrator", "qn-ubnd")]),
    "receptionist": ("officer", "Lê Thị Một Cửa", [("receptionist", CENTRE)]),
    "clerk": ("officer", "Phạm Văn Thư", [("clerk", CENTRE)]),
    "processor": ("officer", "Trần Hộ Tịch", [("processor", COMMITTEE)]),
    "head": ("officer", "Vũ Trưởng Phòng", [("head", COMMITTEE)]),
    "signer": ("officer", "Đỗ Chủ Tịch", [("signer", COMMITTEE)]),
    "leader": ("officer", "Hoàng Lãnh Đạo", [("leader", COMMITTEE)]),
    "province_leader": ("officer", "Ngô Giám Đốc", [("leader", "qn-ubnd")]),
    "helper": ("officer", "Bùi Thanh Niên", [("helper", CENTRE)]),
    "other_receptionist": ("officer", "Lý Nơi Khác", [("receptionist", OTHER_CENTRE)]),
    "other_processor": ("officer", "Mai Nơi Khác", [("processor", OTHER_COMMITTEE)]),
    "other_leader": ("officer", "Chu Nơi Khác", [("leader", OTHER_COMMITTEE)]),
    "citizen": ("citizen", "Nguyễn Thị Lan", []),
    "other_citizen": ("citizen", "Đặng Văn Khác", []),
}


@dataclass(frozen=True)
class City:
    """Names for what the tests talk about; accounts by role, offices by code."""

    accounts: dict[str, Any]

    def actor(self, name: str, at: datetime):
        account = self.accounts[name]
        return actor_for_account(account.pk, at=at, label=account.display_name)

    def act(self, name: str, at: datetime, act_id: str | None = None, purpose: str = "test") -> Act:
        """An act of the account `name` at the aware moment `at`."""
        return new_act(self.actor(name, at), at=at, purpose=purpose, act_id=act_id)

    def office(self, code: str):
        return agencies.by_code(code)


def city() -> City:
    """The city, in the test's own database."""
    found = _people()
    if not found:  # a test may begin with more than the city: it is there then
        kept("city", _build)
        found = _people()
    return City(found)


def _people() -> dict[str, Any]:
    return {account.login_name: account for account in Account.objects.filter(login_name__in=list(PEOPLE))}


@cache
def assembled() -> list[dict[str, Any]]:
    """Every document of the packs as it is published; reading them takes seconds."""
    return store.assemble(documents_of(LAYERS))


def _build() -> None:
    act = new_act(system("tests"), at=FOUNDED_AT, purpose="found the city")
    wanted = [d for d in assembled() if d["kind"] != "procedures" or d["key"] in PROCEDURES]
    store.take_in(act, documents=wanted)
    store.publish_all(new_act(system("tests"), at=FOUNDED_AT, purpose="found the city"))
    encoded = account_actions.encoded_password(PASSWORD, act)
    for name, (kind, shown, held) in PEOPLE.items():
        made = account_actions.create_account(
            new_act(system("tests"), at=FOUNDED_AT, purpose="found the city"),
            login_name=name,
            display_name=shown,
            kind=kind,
            password=encoded,
        )
        for role, code in held:
            agency_actions.appoint(
                new_act(system("tests"), at=FOUNDED_AT, purpose="found the city"),
                account=made["account"],
                agency=agencies.by_code(code).public_id,
                role=role,
            )

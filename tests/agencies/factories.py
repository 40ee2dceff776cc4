"""A small province for tests, through the real actions."""

from datetime import date, datetime

from motcua.agencies import actions, queries
from motcua.foundation.actors import Actor
from motcua.foundation.acts import new_act
from tests.accounts.factories import AT, make_account, system_act

AREAS = [
    {"code": "VN", "name_vi": "Việt Nam", "kind": "country", "parent": None},
    {"code": "22", "name_vi": "Tỉnh Quảng Ninh", "name_en": "Quang Ninh", "kind": "province", "parent": "VN"},
    {"code": "193", "name_vi": "Thành phố Hạ Long", "kind": "city", "parent": "22", "valid_to": "2025-06-30"},
    {
        "code": "06673",
        "name_vi": "Phường Bãi Cháy",
        "kind": "ward",
        "parent": "22",
        "valid_from": "2025-07-01",
    },
    {
        "code": "06661",
        "name_vi": "Phường Việt Hưng",
        "kind": "ward",
        "parent": "22",
        "valid_from": "2025-07-01",
    },
]
AGENCIES = [
    {"code": "qn-ubnd", "name_vi": "UBND tỉnh Quảng Ninh", "kind": "province", "level": "province", "area": "22",
     "identification_code": "H49", "dossier_code": "H49.TN00", "unverified": ["dossier_code"]},
    {"code": "qn-so-xay-dung", "name_vi": "Sở Xây dựng", "name_en": "Department of Construction", "kind": "department",
     "level": "province", "function": "construction", "parent": "qn-ubnd", "area": "22", "valid_from": "2025-03-01"},
    {"code": "qn-ha-long-cu", "name_vi": "UBND thành phố Hạ Long", "kind": "district", "level": "district",
     "parent": "qn-ubnd", "area": "193", "valid_to": "2025-06-30"},
    {"code": "qn-bai-chay", "name_vi": "UBND phường Bãi Cháy", "kind": "commune", "level": "commune",
     "parent": "qn-ubnd", "area": "06673", "valid_from": "2025-07-01"},
    {"code": "qn-bai-chay-centre", "name_vi": "Trung tâm Phục vụ hành chính công phường Bãi Cháy", "kind": "centre",
     "level": "commune", "parent": "qn-bai-chay", "area": "06673", "valid_from": "2025-07-01", "receives": True,
     "dossier_code": "H49.TN06673", "unverified": ["dossier_code"]},
    {"code": "qn-viet-hung", "name_vi": "UBND phường Việt Hưng", "kind": "commune", "level": "commune",
     "parent": "qn-ubnd", "area": "06661", "valid_from": "2025-07-01"},
    {"code": "qn-dat-dai", "name_vi": "Văn phòng Đăng ký đất đai", "kind": "land_registration", "level": "province",
     "parent": "qn-ubnd", "area": "22"},
    {"code": "qn-dat-dai-ha-long", "name_vi": "Chi nhánh đất đai Hạ Long", "kind": "land_registration",
     "level": "regional", "parent": "qn-dat-dai", "area": "22", "serves": ["06673"], "unverified": True},
]  # fmt: skip
SUCCESSION = [
    {"from": "qn-ha-long-cu", "to": code, "kind": "transfer", "at": "2025-07-01"}
    for code in ("qn-bai-chay", "qn-viet-hung")
]


def documents(agencies=None, areas=None, succession=None) -> list[dict]:
    """The documents of the small province, as published ones look."""
    return [
        {"kind": "areas", "key": "all", "body": {"areas": areas or AREAS}},
        {"kind": "agencies", "key": "all", "body": {"agencies": agencies or AGENCIES}},
        {"kind": "succession", "key": "all",
         "body": {"of": "agency", "rows": succession or SUCCESSION, "sources": ["Luật 72/2025/QH15"]}},
    ]  # fmt: skip


def make_province(at: datetime = AT, **changes) -> dict:
    """Bring the small province into the tables; returns what the load told."""
    return actions.load_documents(system_act(at), documents=documents(**changes))


def office(code: str):
    """One of its agencies."""
    found = queries.by_code(code)
    assert found is not None
    return found


def appointed(code: str, role: str, *, login_name: str = "can.bo", at: datetime = AT, **more):
    """An officer who holds a role at an agency from `at` on."""
    account = make_account(login_name, at=at, **more)
    actions.appoint(system_act(at), account=account.public_id, agency=office(code).public_id, role=role)
    return account


def administrator_act(code: str = "qn-ubnd", at: datetime = AT, account_id: int = 999):
    """An act of an administrator at an agency."""
    roles = frozenset({("administrator", office(code).id)})
    actor = Actor(key=f"account:{account_id}", kind="account", account_id=account_id, roles=roles)
    return new_act(actor, at=at, purpose="tests")


TODAY = date(2026, 8, 21)

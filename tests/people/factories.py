"""People for tests, made by the real actions."""

from motcua.people import actions, queries
from tests.accounts.factories import AT, system_act

HOA = {
    "full_name": "Trần Thị Hoa",
    "personal_number": "022190001234",
    "birth_on": "1990-05-12",
    "sex": "female",
    "phone": "0912 345 678",
    "address": "Tổ 3, phường Bãi Cháy",
}


def make_party(source: str = "declared", at=AT, **changes):
    """A resident like HOA; `changes` replace facts, None leaves one out."""
    facts = {name: value for name, value in {**HOA, **changes}.items() if value is not None}
    made = actions.find_or_create(system_act(at), facts=facts, source=source)
    return queries.party(made["party"])


def make_organisation(name: str = "Công ty TNHH Hạ Long Xanh", tax_code: str = "0100109106", at=AT):
    """An organisation with a tax code."""
    facts = {"full_name": name, "tax_code": tax_code}
    made = actions.find_or_create(system_act(at), facts=facts, kind="organisation")
    return queries.party(made["party"])

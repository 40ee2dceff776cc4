"""`motcua token` and `motcua account`: keys for programs, the first administrator."""

import json

import pytest

from motcua.accounts import queries
from motcua.config.cli import main
from motcua.foundation.time import now
from tests.accounts.factories import make_account
from tests.agencies.factories import make_province, office

pytestmark = pytest.mark.django_db


def told(capsys, *arguments, code=0):
    assert main([*arguments, "--json"]) == code
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def service():
    return make_account("ket.noi", kind="service", password="")


def test_a_key_is_made_listed_and_revoked(capsys, service):
    scopes = "dossiers:read,dossiers:write"
    made = told(capsys, "token", "create", "--account", "ket.noi", "--scopes", scopes, "--label", "thử")
    assert made["scopes"] == ["dossiers:read", "dossiers:write"]
    assert queries.token_holder(made["token"], at=now()).account_id == service.pk
    (listed,) = told(capsys, "token", "list")
    assert (listed["id"], listed["state"], listed["label"]) == (made["id"], "in_use", "thử")
    assert made["token"] not in json.dumps(listed)
    told(capsys, "token", "revoke", made["id"])
    assert told(capsys, "token", "list", "--account", "ket.noi")[0]["state"] == "revoked"
    assert queries.token_holder(made["token"], at=now()) is None


def test_for_people_the_key_stands_alone_on_its_line(capsys, service):
    assert main(["token", "create", "--account", "ket.noi", "--scopes", "files:read"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("mc_")
    assert "Chỉ hiện lần này" in second


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("create", "--account", "khong.co", "--scopes", "files:read"), "accounts.no_such_account"),
        (("create", "--account", "ket.noi", "--scopes", "all"), "accounts.no_such_scope"),
        (("create", "--account", "ket.noi", "--scopes", ","), "accounts.no_such_scope"),
        (("revoke", "khong-co"), "accounts.no_such_token"),
    ],
)
def test_what_cannot_be_is_a_finding(capsys, service, arguments, problem):
    assert told(capsys, "token", *arguments, code=1)["problem"] == problem


@pytest.mark.parametrize("arguments", [("token",), ("token", "create"), ("token", "eat")])
def test_wrong_usage_ends_with_2(arguments):
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert ended.value.code == 2


def test_the_first_administrator(capsys):
    make_province(now())
    made = told(
        capsys,
        "account",
        "create",
        "--login",
        "quan.tri",
        "--name",
        "Quản trị",
        "--administrator-at",
        "qn-ubnd",
    )
    account = queries.account(made["account"])
    assert account.check_password(made["first_password"])
    assert (account.must_change_password, account.must_use_totp) == (True, True)
    from motcua.agencies.queries import held_by

    roles, _holders, _party = held_by(account.pk, now())
    assert roles == {("administrator", office("qn-ubnd").id)}


def test_without_the_agency_there_is_no_account_either(capsys):
    arguments = ("account", "create", "--login", "quan.tri", "--name", "Q", "--administrator-at", "khong-co")
    assert told(capsys, *arguments, code=1)["problem"] == "agencies.no_such_agency"
    assert queries.account_by_login("quan.tri") is None


@pytest.mark.parametrize("verb", ["disable", "enable", "new-password", "reset-second-step", "unlock"])
def test_help_for_one_who_is_locked_out(capsys, verb):
    make_account("can.bo")
    assert told(capsys, "account", verb, "can.bo")["login"] == "can.bo"
    assert told(capsys, "account", verb, "khong.co", code=1)["problem"] == "accounts.no_such_account"


def test_accounts_are_listed(capsys, service):
    assert [a["login"] for a in told(capsys, "account", "list")] == ["ket.noi"]
    assert told(capsys, "account", "list", "khong co") == []

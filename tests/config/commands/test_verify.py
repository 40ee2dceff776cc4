"""`motcua verify`: exit codes, JSON and nothing else, roots from a folder."""

import json

import pytest

from motcua.config import cli
from tests.signing.desk import AT, HANH, Desk, hours, small_pdf

pytestmark = pytest.mark.kernel


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    """A folder with a signed paper, an altered one, and the roots."""
    folder = tmp_path_factory.mktemp("verify")
    desk = Desk(folder / "authority")
    signed = desk.sign(small_pdf(), desk.key(), level="B-LT")
    (folder / "good.pdf").write_bytes(signed)
    (folder / "bad.pdf").write_bytes(signed.replace(b"BT ET", b"BT  T"))
    return folder


def ran(kit, name, *more, roots="authority/government"):
    when = ("--at", hours(1).isoformat(), "--offline")
    return cli.main(["verify", str(kit / name), "--roots", str(kit / roots), *when, *more])


def test_valid_is_nought_and_told_in_words(kit, capsys):
    assert ran(kit, "good.pdf") == 0
    said = capsys.readouterr().out
    assert "HỢP LỆ" in said and HANH.name in said and "MÔ PHỎNG" in said
    assert ran(kit, "good.pdf", "--lang", "en") == 0
    assert "VALID" in capsys.readouterr().out


def test_json_is_all_there_is(kit, capsys):
    assert ran(kit, "bad.pdf", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["state"] == "invalid" and told["signatures"][0]["state"] == "invalid"
    assert ran(kit, "good.pdf", "--json") == 0
    one = json.loads(capsys.readouterr().out)["signatures"][0]
    assert (one["signer"], one["level"], one["root"], one["signed_at"]) == (
        HANH.name, "B-LT", "government", AT.isoformat(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "roots", "more"),
    [
        ("nowhere.pdf", "authority/government", ()),
        ("good.pdf", "nowhere", ()),
        ("good.pdf", "authority/government/revoked", ()),
        ("good.pdf", "authority/government", ("--at", "2026-10-05T10:00")),
    ],
)
def test_wrong_usage_is_two_and_changes_nothing(kit, capsys, name, roots, more):
    assert ran(kit, name, *more, roots=roots) == 2
    told = capsys.readouterr()
    assert told.out == "" and "motcua verify:" in told.err

"""`motcua papers saved` and `bundle`: what they print, what they end with."""

from __future__ import annotations

import functools
import json

import pytest

from motcua.config import cli
from motcua.config.commands import _papers_saved

pytestmark = [pytest.mark.sqlite, pytest.mark.slow]
_read = functools.cache(lambda layers: _real(["national"]))
_real = _papers_saved._documents


@pytest.fixture(autouse=True)
def read_once(monkeypatch):
    """The packs are read from the disk once, and only what holds everywhere."""
    monkeypatch.setattr(_papers_saved, "_documents", _read)


def run(capsys, *arguments: str):
    code = cli.main(["papers", *arguments])
    return code, capsys.readouterr()


def test_papers_saved_counts_every_procedure_for_five_persons(capsys):
    code, said = run(capsys, "saved", "--json")
    told = json.loads(said.out)
    assert (code, told["procedures"], len(told["persons"])) == (0, 174, 5)
    for row in told["persons"]:
        assert row["demanded"] - row["needed"] == row["saved"] > 0
        assert row["all_demanded"] - row["all_needed"] == row["all_saved"] > row["saved"]
        assert row["demanded"] == sum(each[row["id"]]["demanded"] for each in told["by_procedure"].values())
        assert row["saved"] == sum(each[row["id"]]["saved"] for each in told["by_procedure"].values())
    farmer, worker = told["by_procedure"]["land-certificate-correction"], told["persons"][0]
    assert farmer["farmer"]["all_saved"] > farmer["worker"]["all_saved"] == 0
    assert told["known_kinds"] > 150 and worker["id"] == "worker"
    code, said = run(capsys, "saved")
    assert code == 0 and "174 thủ tục" in said.out and "Nông dân có đất" in said.out


def test_a_bundle_says_order_and_papers_and_an_unknown_one_is_wrong_usage(capsys):
    code, said = run(capsys, "bundle", "mua-nha", "--json")
    plan = json.loads(said.out)
    rounds = plan["rounds"]
    assert code == 0 and len(plan["bring"]) + len(plan["answered"]) == plan["demanded"]
    assert rounds.index(next(r for r in rounds if "transaction-certification" in r)) < rounds.index(
        next(r for r in rounds if "land-transfer-registration" in r)
    )
    code, said = run(capsys, "bundle", "mua-nha", "--person", "worker")
    assert code == 0 and "thành phố đã có" in said.out
    code, said = run(capsys, "bundle", "mo-quan-an")
    assert code == 0 and "← household-business-registration" in said.out
    for wrong in (("bundle", "no-such"), ("bundle", "sinh-con", "--person", "nobody")):
        code, said = run(capsys, *wrong)
        assert code == 2 and "mua-nha" in said.err

"""`motcua reorganise`: exit codes, JSON, refusals in sentences."""

from __future__ import annotations

import json

import pytest

from motcua.config.cli import main
from tests.dossiers import factories as make
from tests.reorganisation import factories as wards
from tests.reorganisation.factories import KEY, THE_DAY
from tests.support.city import COMMITTEE, OTHER_COMMITTEE
from tests.support.moment import set_clock


@pytest.fixture
def told(city, monkeypatch, capsys):
    set_clock(monkeypatch, THE_DAY)

    def run(*args: str) -> tuple[int, str, str]:
        code = main(["reorganise", *args])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_the_whole_way_on_the_command_line(city, told, tmp_path):
    dossier = make.in_process(city)
    wards.publish(split=True)
    code, out, _err = told("list", "--json")
    assert code == 0 and [row["id"] for row in json.loads(out)] == [KEY]
    code, out, _err = told("preview", KEY, "--json")
    assert code == 1 and json.loads(out)["dossiers"]["ambiguous"] == 1
    code, out, _err = told("preview", KEY, "--all")
    assert code == 1 and make.get(dossier).code in out and OTHER_COMMITTEE in out
    code, _out, err = told("apply", KEY, "--json")
    assert code == 1 and "1 hồ sơ và 7 vị trí" in err
    file = tmp_path / "decisions.yaml"
    rules = [{"kind": "rule", "from": COMMITTEE, "to": OTHER_COMMITTEE}, *wards.POSITIONS]
    file.write_text(json.dumps({"decisions": rules}), "utf-8")
    code, out, _err = told("decide", KEY, str(file), "--json")
    assert (code, json.loads(out)["decided"]) == (0, 3)
    code, out, _err = told("apply", KEY, "--json", "--chunk", "1")
    assert code == 0 and json.loads(out)["moved"] == 1
    assert told("check", "--json")[0] == 0
    code, out, _err = told("undo", KEY, "--json")
    assert code == 0 and json.loads(out)["restored"] == 1
    code, out, _err = told(
        "check", "--json"
    )  # it lies again with an agency that has ended: that is a finding
    assert code == 1 and sum(json.loads(out)["without_agency"].values()) == 1


def test_wrong_usage(city, told, tmp_path):
    assert told("preview", "nothing")[0] == 2
    wards.publish()
    assert told("decide", KEY, str(tmp_path / "none.yaml"))[0] == 2
    file = tmp_path / "odd.yaml"
    file.write_text("just words", "utf-8")
    assert told("decide", KEY, str(file))[0] == 2
    file.write_text("[{kind: guess}]", "utf-8")
    assert told("decide", KEY, str(file))[0] == 1
    assert told("apply", KEY, "--chunk", "0")[0] == 2
    assert told("undo", KEY)[0] == 1

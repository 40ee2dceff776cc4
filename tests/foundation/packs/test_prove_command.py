"""`motcua packs prove`: words, JSON, the folder of test dossiers and exit codes."""

import json
import shutil
import time

import pytest

from motcua.config import paths
from motcua.config.commands.packs import main
from motcua.editing.rules.proving import house

pytestmark = pytest.mark.slow


@pytest.fixture
def packs(tmp_path):
    """The national layer alone, to be spoilt."""
    shutil.copytree(paths.default_packs() / "national", tmp_path / "packs" / "national")
    return tmp_path / "packs"


def edit(path, old, new):
    said = path.read_text("utf-8")
    assert old in said
    path.write_text(said.replace(old, new, 1), "utf-8")


def test_the_shipped_packs_are_proved_in_time(capsys):
    begun = time.monotonic()
    assert main(["prove", "--day", "2026-11-22", "--lang", "en"]) == 0
    assert "0 finding(s), 0 not proved; 174 procedure(s)" in capsys.readouterr().out
    assert time.monotonic() - begun < 60


def test_a_fault_is_told_with_its_line_and_a_dossier(packs, capsys):
    edit(
        packs / "national/declarations/birth-registration.yaml",
        "when: child_case is usual",
        "when: child_case is usual and child_case is abandoned",
    )
    assert main(["prove", str(packs), "--day", "2026-11-22", "--json", "--lang", "en"]) == 1
    report = json.loads(capsys.readouterr().out)
    found = report["findings"][0]
    assert (found["kind"], found["name"]) == ("contradiction", "parents_married")
    assert found["file"].endswith("declarations/birth-registration.yaml")
    assert found["path"] == "sections[3].fields[3].when"
    assert found["dossier"]["accepted"] is True
    assert main(["prove", str(packs), "--day", "2026-11-22"]) == 1
    assert "tự mâu thuẫn" in capsys.readouterr().out


@pytest.mark.slow
def test_the_test_dossiers_are_written(packs, tmp_path, capsys):
    folder = tmp_path / "cases"
    assert main(["prove", str(packs), "--day", "2026-11-22", "--json", "--cases", str(folder)]) == 0
    report = json.loads(capsys.readouterr().out)
    assert len(report["cases"]) == 174
    written = json.loads((folder / "national/marriage-registration.json").read_text("utf-8"))
    assert written["missed"] == []
    assert any(not one["accepted"] for one in written["dossiers"])
    assert all({"answers", "papers", "fees", "reaches", "day"} <= one.keys() for one in written["dossiers"])


def test_packs_that_cannot_be_read_prove_nothing(packs, capsys):
    (packs / "national/procedures/birth-registration.yaml").write_text("id: [", "utf-8")
    assert main(["prove", str(packs), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"]


@pytest.mark.parametrize(
    "arguments", [["nowhere"], ["--layer", "no-such"], ["--day", "tomorrow"], ["--cases", "README.md"]]
)
def test_wrong_usage_is_2(arguments, capsys, monkeypatch):
    monkeypatch.chdir(paths.CHECKOUT)
    assert main(["prove", *arguments]) == 2
    assert capsys.readouterr().out == ""


def test_each_stage_has_somebody_in_the_house():
    roles = house().roles
    assert "receptionist" not in roles["processing"]
    assert roles["signing"] == ("signer",)
    assert {"processor", "head"} <= set(roles["processing"])
    assert "clerk" in roles["reception"]

"""The packs that travel with the house are whole; a fault in them is told with its place."""

import json
import shutil

import pytest

from motcua.config import cli, paths

pytestmark = pytest.mark.kernel


def check(folder, capsys):
    """Run `motcua packs check FOLDER --json`; returns the exit code and what it printed."""
    code = cli.main(["packs", "check", str(folder), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_packs_have_no_problem(capsys):
    code, report = check(paths.default_packs(), capsys)
    assert (report["problems"], code) == ([], 0)


def test_a_planted_fault_is_told_with_file_and_line(tmp_path, capsys):
    shutil.copytree(paths.default_packs() / "national", tmp_path / "national")
    victim = sorted((tmp_path / "national" / "procedures").glob("*.yaml"))[0]
    victim.write_text(victim.read_text("utf-8").replace("unit: ", "unit: fortnights_and_", 1), "utf-8")
    code, report = check(tmp_path, capsys)
    assert code == 1
    assert any(victim.name in json.dumps(problem) for problem in report["problems"])

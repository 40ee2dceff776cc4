"""The runner's closing lines are honest: what was skipped or not tried is said, and a strict run refuses it."""

import importlib.util
import subprocess
import sys

import pytest

from motcua.config import paths

pytestmark = pytest.mark.kernel


@pytest.fixture(scope="module")
def runner():
    spec = importlib.util.spec_from_file_location("runner", paths.CHECKOUT / "scripts" / "test.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["runner"] = module
    spec.loader.exec_module(module)
    return module


def finish(runner, monkeypatch, capsys, outcomes, *arguments):
    """Let the runner close over given outcomes; returns (exit code, printed lines)."""
    waiting = iter(outcomes)
    monkeypatch.setattr(runner, "run_pytest", lambda *_, **__: next(waiting))
    monkeypatch.setattr(runner, "on_postgresql", lambda *_: next(waiting))
    monkeypatch.setattr(sys, "argv", ["test.py", *arguments])
    return runner.main(), capsys.readouterr().out.strip().splitlines()


def test_the_last_lines(runner, monkeypatch, capsys):
    outcomes = [
        runner.Outcome("sqlite", passed=812),
        runner.Outcome("postgresql", passed=700, note="the rest ran above"),
    ]
    code, lines = finish(runner, monkeypatch, capsys, outcomes)
    assert code == 0
    assert lines[-3:] == [
        "sqlite: 812 passed, 0 skipped in 0 s",
        "postgresql: 700 passed, 0 skipped (the rest ran above) in 0 s",
        "1512 passed, 0 failed, 0 skipped",
    ]


@pytest.mark.parametrize("strict", [True, False])
def test_a_skip_fails_only_where_nothing_may_be_left_out(runner, monkeypatch, capsys, strict):
    outcomes = [runner.Outcome("sqlite", passed=811, skipped=1), runner.Outcome("postgresql", passed=812)]
    code, lines = finish(runner, monkeypatch, capsys, outcomes, *["--strict"] * strict)
    assert code == (1 if strict else 0)
    assert lines[-1] == "1623 passed, 0 failed, 1 skipped"


def test_a_database_that_was_not_tried_is_told(runner, monkeypatch, capsys):
    outcomes = [
        runner.Outcome("sqlite", passed=812),
        runner.Outcome("postgresql", tried=False, note="not run"),
    ]
    code, lines = finish(runner, monkeypatch, capsys, outcomes, "--strict")
    assert code == 1
    assert "postgresql: not run" in lines
    assert any("postgresql not tried" in line for line in lines)


def test_failures_and_an_empty_run_fail(runner, monkeypatch, capsys):
    failed = [runner.Outcome("sqlite", code=1, passed=3, failed=1), runner.Outcome("postgresql", passed=4)]
    assert finish(runner, monkeypatch, capsys, failed)[0] == 1
    assert finish(runner, monkeypatch, capsys, [runner.Outcome("sqlite")], "--quick")[0] == 1


def test_make_alone_lists_every_command():
    done = subprocess.run(["make", "-s"], cwd=paths.CHECKOUT, capture_output=True, text=True, check=True)
    listed = {line.split()[1] for line in done.stdout.splitlines() if line.strip()}
    assert {
        "setup",
        "demo",
        "test",
        "quick",
        "serve",
        "lint",
        "messages",
        "check",
        "screenshots",
        "clean",
    } <= listed
    assert all(len(line.split(maxsplit=2)) == 3 for line in done.stdout.splitlines())

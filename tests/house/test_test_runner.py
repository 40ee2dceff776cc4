"""The runner's closing lines are honest: what was skipped or not tried is said, and a strict run refuses it."""

import importlib.util
import os
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


@pytest.mark.slow
def test_a_second_database_is_spared_what_touches_none_and_long_files_come_first(pytester_folder):
    """Both are decided by the plugin tests/support/order.py, here on a folder of four small files."""
    names = run_small(pytester_folder, {})
    assert names == ["test_d.py::test_browser", "test_c.py::test_short", "test_c.py::test_long"] + [
        "test_a.py::test_plain",
        "test_b.py::test_rows",
    ]
    assert run_small(pytester_folder, {"MOTCUA_TEST_SECOND_DATABASE": "1"}) == ["test_b.py::test_rows"]


@pytest.fixture
def pytester_folder(tmp_path):
    bodies = {
        "test_a.py": "def test_plain(): pass",
        "test_b.py": "@pytest.mark.django_db\ndef test_rows(): pass",
        "test_c.py": "def test_short(): pass\n@pytest.mark.slow\ndef test_long(): pass",
        "test_d.py": "@pytest.mark.browser\ndef test_browser(): pass",
    }
    for name, body in bodies.items():
        (tmp_path / name).write_text(f"import pytest\n{body}\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  browser: b\n  slow: s\n  served: v\n")
    return tmp_path


def run_small(folder, more):
    """The names of the tests of a folder in the order in which the runner's plugin hands them out."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "--collect-only",
            "-p",
            "tests.support.order",
            "-p",
            "no:django",
        ]
        + ["-c", str(folder / "pytest.ini"), "--rootdir", str(folder), str(folder)],
        cwd=paths.CHECKOUT,
        env={**os.environ, **more},
        capture_output=True,
        text=True,
    )
    return [line for line in done.stdout.splitlines() if "::" in line]

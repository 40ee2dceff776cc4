"""The scripts of a fresh machine: an old Python and a missing program end in a sentence, never in a traceback."""

import subprocess
import sys

import pytest

from motcua.config import paths

pytestmark = pytest.mark.kernel
SCRIPTS = paths.CHECKOUT / "scripts"


def run(script, prelude, *arguments, path=""):
    """Run a script with something changed before it starts; returns the finished process."""
    code = (
        f"import sys\nsys.path.insert(0, {str(SCRIPTS)!r})\n{prelude}\nsys.argv[1:] = {list(arguments)!r}\n"
    )
    code += f"import runpy\nrunpy.run_path({str(SCRIPTS / script)!r}, run_name='__main__')\n"
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={"PATH": path}, timeout=60
    )


def test_an_old_python_is_told_what_to_do():
    done = run("setup.py", "sys.version_info = (3, 9, 2)")
    assert done.returncode == 1
    assert "3.9 is too old" in done.stderr
    assert "make setup PYTHON=" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_scripts_of_a_fresh_machine_need_no_package():
    for script in ("setup.py", "system_packages.py"):
        compiled = compile((SCRIPTS / script).read_text("utf-8"), script, "exec")
        assert set(compiled.co_names) & {"django", "motcua", "pytest"} == set()


def test_a_missing_program_is_told_with_what_is_left_out(tmp_path):
    nothing_there = "import glob, os\nglob.glob = lambda *_, **__: []\nos.geteuid = lambda: 1000"
    done = run("system_packages.py", nothing_there, path=str(tmp_path))
    assert done.returncode == 0
    assert "chromium is missing, so this is left out: the journeys in a real browser" in done.stdout
    assert "postgresql is missing, so this is left out: the whole second pass" in done.stdout
    assert "curl is missing, so this is left out: the check that the commands of docs/" in done.stdout
    assert "poppler-utils is missing, so this is left out: the checks of papers" in done.stdout
    assert "sudo apt install postgresql" in done.stdout


def test_an_unknown_package_is_wrong_usage(tmp_path):
    done = run("system_packages.py", "", "teapot", path=str(tmp_path))
    assert done.returncode == 2
    assert "teapot" in done.stderr

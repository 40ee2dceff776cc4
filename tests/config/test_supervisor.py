"""The site's processes come back when they die, and end together. Real processes, no web server."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from motcua.config.supervisor import Child, Supervisor

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

SECONDS_PATIENCE = 20
WRITES_ITS_ID = "import os, signal, sys; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); signal.pause()"


def until(true, what):
    """Wait for a condition of other processes; fail with `what` when it never comes."""
    deadline = time.monotonic() + SECONDS_PATIENCE
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def lives(pid):
    """Tell whether a process runs (a zombie does not)."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def ids(path):
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def test_a_killed_child_comes_back_and_all_end_together(tmp_path):
    notes = tmp_path / "ids"
    supervisor = Supervisor([Child("web", [sys.executable, "-c", WRITES_ITS_ID, str(notes)])])

    def disturb():
        until(lambda: len(ids(notes)) == 1, "the child never started")
        os.kill(ids(notes)[0], signal.SIGKILL)
        until(lambda: len(ids(notes)) == 2, "the killed child never came back")
        supervisor.stop()

    thread = threading.Thread(target=disturb)
    thread.start()
    assert supervisor.run() == 0
    thread.join()
    assert [lives(pid) for pid in ids(notes)] == [False, False]


def test_pauses_grow_when_a_child_dies_at_once():
    child = Child("web", ["false"])
    child.started = time.monotonic()
    assert [child.pause_before_restart() for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    child.started = time.monotonic() - 60
    assert child.pause_before_restart() == 0


def test_children_end_when_their_parent_is_killed(tmp_path):
    notes = tmp_path / "ids"
    follower = (
        "import os, signal, sys; from motcua.config.supervisor import follow_parent; follow_parent();"
        "open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); signal.pause()"
    )
    parent = (
        "import subprocess, sys;"
        f"subprocess.Popen([sys.executable, '-c', {follower!r}, sys.argv[1]], start_new_session=True).wait()"
    )
    process = subprocess.Popen([sys.executable, "-c", parent, str(notes)])
    try:
        until(lambda: len(ids(notes)) == 1, "the child never started")
    finally:
        process.kill()
        process.wait()
    until(lambda: not lives(ids(notes)[0]), "the child outlived its parent")

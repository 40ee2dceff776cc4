"""Keeps the site's processes alive: starts them, restarts one that died, ends all of them cleanly.

Each child has its own process group, so that what it started dies with it (a killed web server leaves its own
workers behind, holding the port). Children in turn end when the supervisor is gone (`follow_parent`).
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import structlog

log = structlog.get_logger("motcua.supervisor")

SECONDS_TO_END = 15
SECONDS_STEADY = 10  # a child that lived this long may be started again at once
SECONDS_PAUSE_MAX = 30
ENDING_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def follow_parent(parent: int | None = None) -> None:
    """End this process soon after its parent is gone, whatever killed the parent.

    `parent` is the process to follow; None means the present parent.
    """
    followed = parent or os.getppid()

    def follow() -> None:
        while os.getppid() == followed:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(SECONDS_TO_END)
        os._exit(1)

    threading.Thread(target=follow, name="follow-parent", daemon=True).start()


@dataclass
class Child:
    """One process to keep alive. `command` is started without a shell, in its own process group.

    With `log`, what it says goes to the end of that file; else to our own output.
    """

    name: str
    command: list[str]
    log: Path | None = None
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    quick_deaths: int = 0

    def start(self) -> None:
        self.started = time.monotonic()
        with contextlib.ExitStack() as stack:
            output = stack.enter_context(self.log.open("ab")) if self.log else None
            self.process = subprocess.Popen(
                self.command, start_new_session=True, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )

    def kill_group(self) -> None:
        """Kill whatever is left of the child's group; harmless when nothing is."""
        if self.process:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return

    def pause_before_restart(self) -> float:
        """Seconds to wait before the next start: none after a steady life, then 1, 2, 4 … up to half a
        minute."""
        if time.monotonic() - self.started >= SECONDS_STEADY:
            self.quick_deaths = 0
            return 0.0
        self.quick_deaths += 1
        return min(2.0 ** (self.quick_deaths - 1), SECONDS_PAUSE_MAX)


class Supervisor:
    """`run()` starts the children and returns 0 after an ending signal or `stop()`."""

    def __init__(self, children: list[Child]):
        self.children = children
        self._ending = threading.Event()

    def stop(self) -> None:
        """Ask `run()` to end the children and return. Safe in a signal handler."""
        self._ending.set()

    def run(self) -> int:
        """Start all children and watch them until told to end. Must be called in the main thread."""
        before = {number: signal.signal(number, lambda *_: self.stop()) for number in ENDING_SIGNALS}
        restart_at: dict[str, float] = {}
        try:
            for child in self.children:
                child.start()
            while not self._ending.wait(0.2):
                self._look_after(restart_at)
        finally:
            self._end_all()
            for number, handler in before.items():
                signal.signal(number, handler)
        return 0

    def _look_after(self, restart_at: dict[str, float]) -> None:
        now = time.monotonic()
        for child in self.children:
            if child.name in restart_at:
                if now >= restart_at[child.name]:
                    del restart_at[child.name]
                    child.start()
            elif child.process and child.process.poll() is not None:
                pause = child.pause_before_restart()
                log.error(
                    "child_died", child=child.name, code=child.process.returncode, restart_seconds=pause
                )
                child.kill_group()
                restart_at[child.name] = now + pause

    def _end_all(self) -> None:
        living = [child for child in self.children if child.process and child.process.poll() is None]
        for child in living:
            child.process.terminate()  # type: ignore[union-attr]
        deadline = time.monotonic() + SECONDS_TO_END
        for child in living:
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))  # type: ignore[union-attr]
            except subprocess.TimeoutExpired:
                log.warning("child_killed", child=child.name, seconds=SECONDS_TO_END)
        for child in self.children:
            child.kill_group()


def own_command(*arguments: str) -> list[str]:
    """Return the command line that runs `motcua …` with this very Python."""
    return [sys.executable, "-m", "motcua.config", *arguments]

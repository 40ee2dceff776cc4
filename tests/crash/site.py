"""A site with its simulator as real processes, a client that never gives an act up, and a hand that kills."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from typing import Any

from motcua.config.paths import CHECKOUT
from motcua.config.supervisor import own_command
from tests.crash.prepare import CENTRE
from tests.dossiers.factories import birth_answers

PATIENCE = 120
WARM_SECONDS = 1.0  # before this a simulator has written nothing, and killing it proves nothing


def until(true: Any, what: str, seconds: float = PATIENCE) -> None:
    """Wait until it is true, or fail saying what never was."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


class Site:
    """`motcua serve` and `motcua simulate` in an installation of their own."""

    def __init__(self, environment: dict[str, str], port: int, simulation: list[str], log: Any) -> None:
        self.environment, self.port, self.arguments, self.log = environment, port, simulation, log
        self.serving: subprocess.Popen | None = None
        self.simulator: subprocess.Popen | None = None
        self.simulated: list[dict[str, Any]] = []
        self.simulating_since = 0.0

    def helper(self, module: str, said: str = "") -> Any:
        """Run one of our helpers in the installation; returns the JSON it prints last."""
        done = subprocess.run(
            [sys.executable, "-m", f"tests.crash.{module}"],
            env=self.environment,
            cwd=CHECKOUT,
            input=said,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout.splitlines()[-1])

    def serve(self) -> None:
        command = own_command("serve", f"--port={self.port}", "--workers=1", "--quiet")
        self.serving = subprocess.Popen(
            command, env=self.environment, stdout=self.log, stderr=self.log, start_new_session=True
        )

    def simulate(self) -> None:
        """Begin the simulation, go on with it, or live once more what came to its end: that must double nothing."""
        self.simulating_since = time.monotonic()
        self.simulator = subprocess.Popen(
            own_command("simulate", *self.arguments, "--json"),
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            start_new_session=True,
        )

    def healthy(self) -> bool:
        try:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False

    def pids(self, words: str, parent: int | None = None) -> list[int]:
        """Our processes beneath `parent` (the supervisor when none is named) whose command line holds `words`."""
        listed = subprocess.run(
            ["ps", "-ww", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True
        )
        rows = [line.split(None, 2) for line in listed.stdout.splitlines()[1:]]
        above = parent or (self.serving.pid if self.serving else 0)
        return [int(pid) for pid, owner, args in rows if int(owner) == above and words in args]

    def kill(self, what: str) -> bool:
        """SIGKILL one process and, where nobody else does, start it again; False when it does not live just now."""
        if what == "simulator":
            if self.simulator is None or time.monotonic() - self.simulating_since < WARM_SECONDS:
                return False
            if self.simulator.poll() is not None:  # a quick machine was done before anybody killed it
                self.finish_simulation()
                self.simulate()
                return False
            self.simulator.kill()
            self.simulator.communicate()
            self.simulate()
            return True
        if what == "site":
            return self._kill_site()
        found = self.pids("--web-only" if what == "web" else "worker --follow-parent")
        if what == "web child" and (above := self.pids("--web-only")):
            found = self.pids("", above[0])
        return bool(found) and _killed(found[0])

    def _kill_site(self) -> bool:
        """The supervisor alone: its children notice, end by themselves, and leave the port to the next one."""
        assert self.serving is not None
        children = self.pids("motcua.config")
        self.serving.kill()
        self.serving.wait()
        until(lambda: not any(map(_lives, children)), "the children of a killed supervisor went on", 60)
        until(lambda: not self.healthy(), "somebody still answers", 20)
        self.serve()
        return True

    def finish_simulation(self) -> list[dict[str, Any]]:
        """Wait for the simulator; the summaries of all that came to their end."""
        assert self.simulator is not None
        told, _ = self.simulator.communicate(timeout=PATIENCE)
        self.simulated.append(json.loads(told.splitlines()[-1]))
        assert self.simulator.returncode == 0, self.simulated[-1]
        return self.simulated

    def end(self) -> None:
        """Kill whatever of ours still runs."""
        for process in (self.simulator, self.serving):
            if process and process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def _killed(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class Client(threading.Thread):
    """Files and receives over the API, one dossier after the other; notes every act that was acknowledged.

    An act without an answer, or answered with 5xx, is sent again under its key until it is answered: exactly what a
    program in the field does.
    """

    def __init__(self, port: int, people: dict[str, dict[str, str]]) -> None:
        super().__init__(daemon=True)
        self.port, self.people = port, people
        self.acknowledged: dict[str, dict[str, Any]] = {}
        self.repeated, self.problem = 0, ""
        self.enough = threading.Event()

    def run(self) -> None:
        number = 0
        try:
            while not self.enough.is_set() or not number:
                number += 1
                self._one(number)
        except AssertionError as problem:
            self.problem = str(problem)

    def _one(self, number: int) -> None:
        start = {"procedure": "birth-registration", "agency": CENTRE}
        made = self._act(number, "start", "citizen", "POST", "", start)
        path, answers = f"/{made['dossier']}", birth_answers(datetime.now(UTC))
        self._act(number, "save", "citizen", "PATCH", f"{path}/answers", {"answers": answers})
        for step, name in (("submit", "citizen"), ("receive", "receptionist"), ("transfer", "receptionist")):
            done = self._act(number, step, name, "POST", f"{path}/moves", {"verb": step})
        for told in self.acknowledged.values():
            if told["dossier"] == made["dossier"]:
                told["final_code"] = done["code"]

    def _act(self, number: int, step: str, name: str, method: str, path: str, body: dict) -> dict:
        key = f"crash-{number:05d}-{step}"
        deadline = time.monotonic() + PATIENCE
        while True:
            status, answer = self._send(name, method, path, body, key)
            if 200 <= status < 300:
                told = {
                    "code": answer.get("code"),
                    "dossier": answer["dossier"],
                    "revision": answer["revision"],
                }
                self.acknowledged[key] = {**told, "step": step, "caller": self.people[name]["caller"]}
                return answer
            assert status in (0, 429) or status >= 500, f"{key}: {status} {answer}"
            assert time.monotonic() < deadline, f"{key}: nobody answers"
            self.repeated += 1
            time.sleep(0.2)

    def _send(self, name: str, method: str, path: str, body: dict, key: str) -> tuple[int, dict]:
        headers = {
            "Authorization": f"Bearer {self.people[name]['token']}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, f"/api/v1/dossiers{path}", json.dumps(body), headers)
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        except (OSError, HTTPException, ValueError):
            return 0, {}
        finally:
            connection.close()

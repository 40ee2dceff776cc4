"""The demonstration: the site starts first, the month is lived while people may already use it, then the summary.

`var/demo.json` says which month it is and how far it got: a demonstration killed in the middle goes on where it
was, a finished one starts in seconds and keeps its data.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings

from motcua.config.readiness import make_ready
from motcua.config.simulating import in_words, live, moment_of
from motcua.config.supervisor import ENDING_SIGNALS, own_command

DELIVERY_WAIT_SECONDS = 600
SITE_ENDS_SECONDS = 20
INTERRUPTED = 130


class Demo:
    """One run of `motcua demo`."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.file: Path = settings.MOTCUA.var / "demo.json"
        self.site: subprocess.Popen | None = None
        self.code_when_ended = INTERRUPTED

    def run(self) -> int:
        """Returns the exit code; see the command."""
        for number in ENDING_SIGNALS:
            signal.signal(number, self._ended)
        told = self._read()
        make_ready()
        if not self.args.no_serve:
            problem = self._start_site()
            if problem:
                return problem
        try:
            if told.get("summary"):
                print(in_words(told["summary"]))
            else:
                told = self._live(told)
            print(self._accounts(told["accounts"]), flush=True)
            good = bool(told["summary"]["good"])
            if self.site is not None:
                print(f"\n  http://127.0.0.1:{self.args.port}/   (Ctrl-C để dừng / to stop)\n", flush=True)
                self.code_when_ended = 0 if good else 1
                self.site.wait()
            return 0 if good else 1
        finally:
            self._stop_site()

    # The month --------------------------------------------------------------------------------------------------

    def _live(self, told: dict[str, Any]) -> dict[str, Any]:
        plan = told.get("plan") or {
            "seed": self.args.seed,
            "until": moment_of(self.args.until).isoformat(),
            "dossiers": self.args.dossiers,
            "days": self.args.days,
        }

        def ready(cast: Any) -> None:
            told.update(plan=plan, accounts=cast.shown(), simulation="MÔ PHỎNG")
            self._write(told)

        print(
            f"  MÔ PHỎNG: {plan['dossiers']} hồ sơ, {plan['days']} ngày đến {plan['until'][:16]}", flush=True
        )
        summary = live(
            seed=plan["seed"],
            until=moment_of(plan["until"]),
            count=plan["dossiers"],
            days=plan["days"],
            ready=ready,
            settle=self._settle if self.site is not None else None,
        )
        told["summary"] = summary
        self._write(told)
        return told

    def _settle(self) -> None:
        """The site's own worker delivers; wait until nothing is waiting."""
        from motcua.foundation.worker import waiting

        deadline = time.monotonic() + DELIVERY_WAIT_SECONDS
        while waiting() and time.monotonic() < deadline:
            time.sleep(0.5)

    def _read(self) -> dict[str, Any]:
        try:
            told = json.loads(self.file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return told if isinstance(told, dict) else {}

    def _write(self, told: dict[str, Any]) -> None:
        """Whole or not at all: a reader never sees half a file."""
        draft = self.file.with_suffix(".new")
        with draft.open("w", encoding="utf-8") as file:
            json.dump(told, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o600)
        draft.replace(self.file)

    def _accounts(self, accounts: list[dict[str, str]]) -> str:
        rows = [
            f"  {a['role_vi']:<28} {a['login_name']:<26} {a['password']}   {a.get('agency_vi', '')}"
            + (f"  (PIN ký số / signing PIN: {a['pin']})" if a.get("pin") else "")
            for a in accounts
        ]
        head = (
            "\n  Tài khoản dùng thử; mã xác thực hiện ngay trên trang đăng nhập"
            " / accounts to try, their codes are shown at sign-in:"
        )
        return "\n".join([head, *rows])

    # The site ---------------------------------------------------------------------------------------------------

    def _start_site(self) -> int:
        from motcua.config.commands.serve import why_not

        problem = why_not("127.0.0.1", self.args.port)
        if problem:
            print(problem)
            return 1
        command = own_command("serve", f"--port={self.args.port}", "--quiet", "--twins", "--follow-parent")
        self.site = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
        return 0

    def _ended(self, *_told: Any) -> None:
        """End here and now, the site with it: a port still held would refuse the next start.

        Not by an exception: that could rise in the middle of a database call and leave it neither begun nor ended.
        What is being written is left as by a power cut: the database takes it back, the next start goes on.
        """
        with contextlib.suppress(RuntimeError, OSError, ValueError):
            sys.stdout.flush()
        self._stop_site()
        os._exit(self.code_when_ended)

    def _stop_site(self) -> None:
        """Without Popen's own waiting, whose lock the interrupted code may hold."""
        if self.site is None or self.site.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(self.site.pid, signal.SIGTERM)
            deadline = time.monotonic() + SITE_ENDS_SECONDS
            while os.waitpid(self.site.pid, os.WNOHANG) == (0, 0):
                if time.monotonic() > deadline:
                    os.killpg(self.site.pid, signal.SIGKILL)
                    return
                time.sleep(0.05)

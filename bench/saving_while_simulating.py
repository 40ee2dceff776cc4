"""How long a citizen waits for "saved" while the month is being simulated beside her.

    python bench/saving_while_simulating.py [--dossiers 7500] [--saves 300] [--port 8765]

Starts `motcua demo` in a fresh folder, signs in through the pages as the demonstration's citizen, starts a birth
registration and saves its first section again and again, as the form does by itself. Prints the seconds until the
site first answered and the median, 95th percentile and worst of the saves, in milliseconds, as one process sees them
over HTTP. Exit 0 when every save was answered.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path


class Browser:
    """Cookies, the form's token, and the clock."""

    def __init__(self, base: str) -> None:
        self.base = base
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def get(self, path: str) -> tuple[str, str]:
        with self.opener.open(self.base + path, timeout=60) as answer:
            return answer.geturl(), answer.read().decode()

    def post(self, path: str, page: str, **fields: str) -> tuple[str, str]:
        """Send the form of `page` with these fields over its hidden ones."""
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
        data = urllib.parse.urlencode({**hidden, **fields}).encode()
        request = urllib.request.Request(self.base + path, data=data, headers={"Accept": "*/*"})
        with self.opener.open(request, timeout=60) as answer:
            return answer.geturl(), answer.read().decode()


def wait_for(url: str, seconds: float) -> float:
    """Seconds until `url` answers; SystemExit when it does not."""
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return time.monotonic() - begun
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise SystemExit(f"{url} did not answer within {seconds:.0f} s")


def citizen(var: Path) -> dict:
    """The demonstration's citizen, once her account exists."""
    for _ in range(600):
        try:
            told = json.loads((var / "demo.json").read_text("utf-8"))
            return next(a for a in told["accounts"] if a["role"] == "citizen")
        except (OSError, ValueError, KeyError, StopIteration):
            time.sleep(0.5)
    raise SystemExit("the demonstration made no accounts")


def saves(browser: Browser, who: dict, count: int) -> list[float]:
    """Sign in, start a declaration, save its first section `count` times; milliseconds of each save."""
    _, page = browser.get("/account/sign-in/")
    browser.post("/account/sign-in/", page, login_name=who["login_name"], password=who["password"])
    _, page = browser.get("/ho-so/moi/birth-registration/")
    centre = re.search(r'value="(qn-[a-z-]+-centre)"', page)
    url, _ = browser.post("/ho-so/moi/birth-registration/", page, agency=centre.group(1) if centre else "")
    dossier = re.search(r"/ho-so/([0-9A-Z]{26})/", url)
    if dossier is None:
        raise SystemExit(f"no declaration was started: {url}")
    section = f"/ho-so/{dossier.group(1)}/khai/muc/applicant/"
    taken = []
    for number in range(count):
        _, page = browser.get(section)
        begun = time.perf_counter()
        browser.post(
            section + "luu/", page, full_name=f"Nguyễn Thị Lan {'ABCDEFGH'[number % 8]}", phone="0912345678"
        )
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--dossiers", type=int, default=7500)
    parser.add_argument("--saves", type=int, default=300)
    parser.add_argument("--port", type=int, default=8765)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "motcua.config",
            "demo",
            f"--port={args.port}",
            f"--dossiers={args.dossiers}",
        ]

        demo = subprocess.Popen(command, env={**os.environ, "MOTCUA_VAR": folder}, stdout=subprocess.DEVNULL)
        try:
            base = f"http://127.0.0.1:{args.port}"
            print(f"first answer after {wait_for(base + '/healthz', 300):.1f} s")
            taken = sorted(saves(Browser(base), citizen(Path(folder)), args.saves))
            told = json.loads((Path(folder) / "demo.json").read_text("utf-8"))
            print(
                "the month was still running"
                if "summary" not in told
                else "the month had ended: use more dossiers"
            )
            print(
                f"{len(taken)} saves: median {taken[len(taken) // 2]:.0f} ms, "
                f"p95 {taken[int(len(taken) * 0.95)]:.0f} ms, worst {taken[-1]:.0f} ms"
            )
            return 0
        finally:
            demo.terminate()
            demo.wait(30)


if __name__ == "__main__":
    sys.exit(main())

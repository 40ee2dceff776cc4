"""Run the tests on SQLite, then on a throw-away PostgreSQL, and say at the end what passed and what was
skipped.

`--quick`: SQLite only, no browser, nothing slow, a quarter of the examples of each property. `--strict`: a skipped
test, or a database that could not be tried, is a failure (used by .ci/run). Everything else goes on to pytest.

The last lines are one per database and a sum; the exit code is 0 only when all that ran passed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from tests.support.postgres import ThrowAwayServer, find_programs  # noqa: E402

WORKERS = "2"
WORKERS_WAITING = "3"  # where tests wait for browsers and programs, one works meanwhile
NO_TESTS_COLLECTED = 5
WITH_BROWSERS = "not postgresql"


@dataclass
class Outcome:
    """What one pass over the tests gave; `note` says what a reader of the numbers must know."""

    database: str
    code: int = 0
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0
    note: str = ""
    tried: bool = True

    def line(self) -> str:
        if not self.tried:
            return f"{self.database}: {self.note}"
        if self.code and not self.failed:
            return f"{self.database}: pytest stopped with code {self.code}, after {self.passed} passed"
        note = f" ({self.note})" if self.note else ""
        failed = f"{self.failed} failed, " if self.failed else ""
        counts = f"{self.passed} passed, {failed}{self.skipped} skipped"
        return f"{self.database}: {counts}{note} in {self.seconds:.0f} s"


def run_pytest(
    database: str, marks: str, extra: list[str], environment: dict[str, str], note: str = ""
) -> Outcome:
    """Run pytest once with the given marks; counts come from the plugin tests/support/counting.py."""
    with tempfile.TemporaryDirectory(prefix="motcua-count-") as folder:
        counts = Path(folder) / "counts.json"
        workers = WORKERS_WAITING if marks == WITH_BROWSERS else WORKERS
        command = [sys.executable, "-m", "pytest", "-q", "-n", workers, "--dist", "loadfile"]
        command += ["--no-loadscope-reorder", "-p", "tests.support.order"]
        command += ["-p", "tests.support.counting", "-m", marks, *extra]
        print(f"\n== {database} ==", flush=True)
        started = time.monotonic()
        code = subprocess.call(
            command, cwd=HERE, env={**os.environ, **environment, "MOTCUA_TEST_COUNTS": str(counts)}
        )
        found = json.loads(counts.read_text()) if counts.is_file() else {}
        return Outcome(
            database,
            code=0 if code == NO_TESTS_COLLECTED and extra else code,
            passed=found.get("passed", 0),
            failed=found.get("failed", 0) + found.get("error", 0),
            skipped=found.get("skipped", 0),
            seconds=time.monotonic() - started,
            note=note,
        )


def on_postgresql(extra: list[str]) -> Outcome:
    """Run the second pass on a server that lives only for it."""
    programs = find_programs()
    if programs is None:
        return Outcome(
            "postgresql", tried=False, note="not run, its programs are missing (apt install postgresql)"
        )
    with ThrowAwayServer(programs) as server:
        return run_pytest(
            "postgresql",
            "not kernel and not browser and not sqlite",
            extra,
            {"DATABASE_URL": server.url, "MOTCUA_TEST_SECOND_DATABASE": "1"},
            note="tests without a database and in a browser ran once, above",
        )


def keep_compiled() -> None:
    """Let Python keep what it compiled beside the sources, as it does for packages: hundreds of processes that the
    tests start read it again."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    args, extra = parser.parse_known_args()
    os.environ.pop("DATABASE_URL", None)
    keep_compiled()
    outcomes = []
    if args.only != "postgresql":
        marks = "not postgresql and not browser and not slow" if args.quick else WITH_BROWSERS
        note = "without slow and browser tests" if args.quick else ""
        quick = {"MOTCUA_TEST_QUICK": "1"} if args.quick else {}
        outcomes.append(run_pytest("sqlite", marks, extra, quick, note))
    if not args.quick and args.only != "sqlite":
        outcomes.append(on_postgresql(extra))
    print()
    for outcome in outcomes:
        print(outcome.line())
    passed, failed, skipped = (
        sum(getattr(o, name) for o in outcomes) for name in ("passed", "failed", "skipped")
    )
    untried = [o.database for o in outcomes if not o.tried]
    code = next((o.code for o in outcomes if o.code), 1 if passed == 0 else 0)
    if args.strict and not code and (skipped or untried):
        reasons = [f"{skipped} skipped"] * bool(skipped) + [f"{name} not tried" for name in untried]
        print(f"strict: {', '.join(reasons)}; nothing may be left out here.")
        code = 1
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())

"""How much longer the pages take with a hundred thousand dossiers than with a thousand.

    python bench/scale.py [--small 1000] [--large 100000] [--rounds 40] [--json]
    DATABASE_URL=postgres://… python bench/scale.py        # an account that may create databases

Two installations, one of each size, answer in turns: in every round each request is asked of both, so that whatever
else the machine does falls on both alike. Prints the median milliseconds of each request at both sizes and their
ratio, and what the thousandth page of a cursor costs against the first. Exit 0 when no ratio is above 1.3,
else 1.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))
LIMIT = 1.3
CURSOR_PAGES = 1000


def serve(size: int) -> None:
    """Be one installation: fill it, print the names of its requests, then answer each line with milliseconds."""
    from motcua.config import cli, static_files

    cli.set_up_django()
    import pytest
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)
    static_files.lay_out()
    logging.disable(logging.CRITICAL)
    from tests.support.city import city
    from tests.support.moment import set_clock
    from tests.support.probes import Site, count_figures, probes
    from tests.support.scale import Archive

    unlimited = {n: 10**6 for n in type(settings.MOTCUA).model_fields if n.endswith("_per_minute")}
    settings.MOTCUA = settings.MOTCUA.model_copy(update=unlimited)
    patch = pytest.MonkeyPatch()
    archive = Archive.begin(city())
    set_clock(patch, archive.at)
    for name in ("tests.accounts.browser", "tests.accounts.factories", "tests.support.officers"):
        patch.setattr(f"{name}.now", lambda: archive.at)
    archive.grow(size)
    count_figures(archive)
    asks = {probe.name: probe.ask for probe in probes(archive)}
    site, addresses = Site(archive.city), ["/dossiers?limit=1"]
    for _ in range(CURSOR_PAGES):
        told: Any = site.call("processor", addresses[-1])()
        if not told["next"]:
            break
        addresses.append(f"/dossiers?limit=1&cursor={told['next']}")
    asks["the cursor's first page"] = site.call("processor", addresses[0])
    asks[f"the cursor's page {CURSOR_PAGES}"] = site.call("processor", addresses[-1])
    for ask in asks.values():
        ask()
    print(json.dumps(list(asks)), flush=True)
    for line in sys.stdin:
        ask = asks[line.strip()]
        begun = time.perf_counter()
        ask()
        print((time.perf_counter() - begun) * 1000, flush=True)


class Installation:
    """One size in a process, a folder and a database of its own."""

    def __init__(self, size: int, folder: Path, database: str) -> None:
        self.size = size
        environment = {**os.environ, "MOTCUA_VAR": str(folder), "PYTHONPATH": f"{HERE}/src:{HERE}"}
        environment.pop("DATABASE_URL", None)
        if database:
            environment["DATABASE_URL"] = database
        command = [sys.executable, __file__, "--serve", str(size)]
        self.process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def line(self) -> Any:
        assert self.process.stdout
        said = self.process.stdout.readline()
        if not said:
            raise SystemExit(f"the installation with {self.size} dossiers ended early")
        return json.loads(said)

    def ask(self, name: str) -> float:
        assert self.process.stdin
        self.process.stdin.write(name + "\n")
        self.process.stdin.flush()
        return float(self.line())


def databases(sizes: list[int]) -> list[str]:
    """An empty PostgreSQL database for each size, where DATABASE_URL names a server; else "" for SQLite."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        return [""] * len(sizes)
    import psycopg

    made = []
    with psycopg.connect(given, autocommit=True) as connection:
        for size in sizes:
            name = f"motcua_scale_{os.getpid()}_{size}"
            connection.execute(f"CREATE DATABASE {name}".encode())
            made.append(urlsplit(given)._replace(path=f"/{name}").geturl())
    return made


def drop(made: list[str]) -> None:
    """Take the databases away again."""
    if not any(made):
        return
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        for url in made:
            connection.execute(f"DROP DATABASE IF EXISTS {urlsplit(url).path[1:]} WITH (FORCE)".encode())


def measure(small: Installation, large: Installation, rounds: int) -> list[dict[str, Any]]:
    """Rows with the median milliseconds of each request at both sizes, asked in turns, and their ratio."""
    names = small.line()
    if names != large.line():
        raise SystemExit("the two installations have different requests")
    *names, first, last = names
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    for number in range(rounds):
        for name in names:
            pair = (
                (small.ask(name), large.ask(name)) if number % 2 else (large.ask(name), small.ask(name))[::-1]
            )
            taken[name].append(pair)
    rows = []
    for name, pairs in taken.items():
        low, high = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
        rows.append({"request": name, "small_ms": low, "large_ms": high, "ratio": high / low})
    # first and last page in turns too: what else the machine does falls on both alike
    pairs = [(large.ask(first), large.ask(last)) for _ in range(5 * rounds)]
    low, high = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
    rows.append(
        {
            "request": f"{last} against the first, both large",
            "small_ms": low,
            "large_ms": high,
            "ratio": high / low,
        }
    )
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--small", type=int, default=1000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.serve:
        serve(args.serve)
        return 0
    sizes = [args.small, args.large]
    made = databases(sizes)
    both: list[Installation] = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            both = [
                Installation(size, Path(folder) / str(size), url)
                for size, url in zip(sizes, made, strict=True)
            ]
            rows = measure(*both, args.rounds)
        finally:
            for each in both:
                each.process.kill()
                each.process.wait()
            drop(made)
    over = [row for row in rows if row["ratio"] > LIMIT]
    if args.json:
        print(json.dumps({"small": args.small, "large": args.large, "rounds": args.rounds, "rows": rows}))
    else:
        print(
            f"| request | {args.small} dossiers, ms | {args.large} dossiers, ms | ratio |\n|---|---|---|---|"
        )
        for row in rows:
            print(
                f"| {row['request']} | {row['small_ms']:.1f} | {row['large_ms']:.1f} | {row['ratio']:.2f} |"
            )
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())

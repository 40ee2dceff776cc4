"""How long people wait for the assistant when several ask at once, and what it takes of memory.

    python bench/assistant.py QUESTIONS.jsonl [--listed LIST.csv] [--people 8] [--processes 2] [--each 60] [--keep DIR]

QUESTIONS has one object a line with `question` (and `acceptable_codes`, for the share found first), such as
src/motcua/assistant/golden/golden.jsonl. Installations are made in a throw-away folder (or DIR, to be used again):
with the packs, and with LIST beside them (a list as `motcua catalogue import` reads it). Each is asked without and,
where the package is installed, with meanings; in processes of their own as `motcua serve` has them, each person in a
thread, one question after the other without a pause. The processor time of a reply is told too: on a machine that
does other work it says more than the wait.

Exit 1 where 95 of 100 waited longer than 150 ms (400 ms with meanings), a process took more than 400 MB, the list made
it more than twice as slow, or made it find 5 of 100 less.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))
WITHOUT_MS, WITH_MS, MEMORY_MB, SLOWER, FINDS_LESS = 150, 400, 400, 2.0, 0.05


def main() -> int:
    if sys.argv[1:2] == ["--ask"]:
        return ask(json.loads(sys.argv[2]))
    if sys.argv[1:2] == ["--make"]:
        return make(json.loads(sys.argv[2]))
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("questions", type=Path)
    parser.add_argument("--listed", type=Path)
    parser.add_argument("--people", type=int, default=8)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--each", type=int, default=60, help="questions each person asks")
    parser.add_argument("--keep", type=Path, help="folder of the installations, to be used again")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = list(measured(args, args.keep or Path(folder)))
    problems = judged(told)
    if args.json:
        print(json.dumps({"measured": told, "problems": problems}, ensure_ascii=False))
        return 1 if problems else 0
    print(f"{args.people} people at once, {args.processes} processes, {os.cpu_count()} cores")
    print(
        f"{'':28}{'p50 ms':>9}{'p95 ms':>9}{'cpu ms':>9}{'per s':>8}{'found first':>13}{'MB a process':>14}"
    )
    for row in told:
        found = "–" if row["hit@1"] is None else f"{row['hit@1']:.3f}"
        waits = f"{row['p50']:9.1f}{row['p95']:9.1f}{row['cpu']:9.1f}{row['per_second']:8.1f}"
        print(f"{row['name']:28}{waits}{found:>13}{row['mb']:14.0f}")
        if row["meanings"] and not row["compared"]:
            print("  ! the reply compared no question in meaning: these are figures without")
    print("\n".join(f"! {problem}" for problem in problems))
    return 1 if problems else 0


def measured(args: argparse.Namespace, folder: Path) -> Iterator[dict[str, Any]]:
    """A row for each installation, without and with meanings."""
    with_meanings = _child("--make", {"var": str(folder / "packs"), "listed": ""})
    installations = [("packs", folder / "packs")]
    if args.listed:
        if not (folder / "listed").exists():
            shutil.copytree(folder / "packs", folder / "listed")
        _child("--make", {"var": str(folder / "listed"), "listed": str(args.listed.resolve())})
        installations.append(("packs and list", folder / "listed"))
    for name, var in installations:
        for meanings in (False, True) if with_meanings["meanings"] else (False,):
            yield {
                "name": f"{name}, with meanings" if meanings else name,
                "installation": name,
                "meanings": meanings,
                **_asked(args, var, meanings),
            }


def judged(told: list[dict[str, Any]]) -> list[str]:
    """What is not as it should be, in sentences."""
    found = []
    plain = {row["meanings"]: row for row in told if row["installation"] == "packs"}
    for row in told:
        most = WITH_MS if row["meanings"] else WITHOUT_MS
        base = plain[row["meanings"]]
        if row is base and row["p95"] > most:
            found.append(f"{row['name']}: 95 of 100 waited up to {row['p95']:.0f} ms, not {most}")
        if row["mb"] > MEMORY_MB:
            found.append(f"{row['name']}: {row['mb']:.0f} MB, not {MEMORY_MB}")
        if row["p95"] > SLOWER * base["p95"]:
            found.append(f"{row['name']}: {row['p95'] / base['p95']:.2f} times as slow as without the list")
        if row["hit@1"] is not None and base["hit@1"] - row["hit@1"] > FINDS_LESS:
            found.append(f"{row['name']}: finds {base['hit@1'] - row['hit@1']:.3f} less")
    return found


def _child(mode: str, wanted: dict[str, Any]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, __file__, mode, json.dumps(wanted)], capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def _asked(args: argparse.Namespace, var: Path, meanings: bool) -> dict[str, Any]:
    """All processes asked at the same time, what they said together."""
    people = [
        args.people // args.processes + (n < args.people % args.processes) for n in range(args.processes)
    ]
    wanted = {
        "var": str(var),
        "questions": str(args.questions.resolve()),
        "each": args.each,
        "meanings": meanings,
    }
    children = [
        subprocess.Popen(
            [
                sys.executable,
                __file__,
                "--ask",
                json.dumps({**wanted, "people": count, "first": sum(people[:n])}),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for n, count in enumerate(people)
        if count
    ]
    for child in children:
        while child.stdout.readline().strip() != "ready":  # type: ignore[union-attr]
            if child.poll() is not None:
                raise SystemExit("a process ended before it was asked")
    for child in children:
        child.stdin.write("\n")  # type: ignore[union-attr]
        child.stdin.flush()  # type: ignore[union-attr]
    told = [json.loads(child.communicate()[0].splitlines()[-1]) for child in children]
    times = sorted(ms for each in told for ms in each["times"])
    first = [hit for each in told for hit in each["first"]]
    return {
        "n": len(times),
        "p50": statistics.median(times),
        "p95": times[int(len(times) * 0.95) - 1],
        "cpu": 1000 * sum(each["cpu"] for each in told) / len(times),
        "per_second": sum(len(each["times"]) / each["seconds"] for each in told),
        "hit@1": sum(first) / len(first) if first else None,
        "mb": max(each["mb"] for each in told),
        "compared": sum(each["compared"] for each in told),
    }


# In a process of its own -------------------------------------------------------------------------------------------


def _open(var: str) -> None:
    os.environ.update(MOTCUA_VAR=var, MOTCUA_LOG_LEVEL="ERROR")
    os.environ.pop("DATABASE_URL", None)
    Path(var).mkdir(parents=True, exist_ok=True)
    from motcua.config.cli import set_up_django

    set_up_django()


def make(wanted: dict[str, Any]) -> int:
    """An installation with the packs (and a list), the words learnt, and the meanings where that is possible."""
    _open(wanted["var"])
    from motcua.assistant import embedding, near
    from motcua.assistant.knowledge import knowledge
    from motcua.config.readiness import make_ready

    make_ready()
    if wanted["listed"]:
        from motcua.catalogue import actions
        from motcua.foundation.actors import system
        from motcua.foundation.acts import new_act
        from motcua.foundation.time import now

        act = new_act(system("bench"), at=now(), purpose="bench")
        actions.import_list(act, Path(wanted["listed"]).read_bytes())
    knowledge()
    near.learn(seconds=900)
    print(json.dumps({"meanings": embedding.available()}))
    return 0


def ask(wanted: dict[str, Any]) -> int:
    """Some people in threads; each asks her share of the questions, round and round."""
    _open(wanted["var"])
    from motcua.assistant import embedding
    from motcua.assistant.knowledge import knowledge
    from motcua.assistant.queries import reply
    from motcua.foundation.time import now

    rows = [json.loads(line) for line in Path(wanted["questions"]).read_text("utf-8").splitlines() if line]
    codes = {view.code for view in knowledge().views.values()}
    compared = []
    if wanted["meanings"]:
        encode = embedding.encode

        def counted(texts: Any, **more: Any) -> Any:
            compared.append(len(texts))
            return encode(texts, **more)

        embedding.encode = counted
    else:
        embedding._broken = "left out of this run"
    at = now()
    for row in rows[:3]:  # what is built on first use is no part of it
        reply(row["question"], at=at)
    print("ready", flush=True)
    sys.stdin.readline()
    times: list[float] = []
    first: list[bool] = []

    def person(number: int) -> None:
        from django.db import connection

        for turn in range(wanted["each"]):
            row = rows[(number * wanted["each"] + turn) % len(rows)]
            begun = time.perf_counter()
            said = reply(row["question"], at=at)
            times.append((time.perf_counter() - begun) * 1000)
            meant = codes.intersection(row.get("acceptable_codes") or ())
            if meant:
                first.append(bool(said.guesses) and said.guesses[0].code in meant)
        connection.close()

    begun, worked = time.perf_counter(), time.process_time()
    threads = [threading.Thread(target=person, args=(wanted["first"] + n,)) for n in range(wanted["people"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    told = {
        "times": times,
        "first": first,
        "seconds": seconds,
        "cpu": time.process_time() - worked,
        "mb": _most_mb(),
        "compared": sum(compared),
    }
    print(json.dumps(told))
    return 0


def _most_mb() -> float:
    """The most memory this process has had, in MB."""
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 if sys.platform != "darwin" else most / 1024**2


if __name__ == "__main__":
    sys.exit(main())

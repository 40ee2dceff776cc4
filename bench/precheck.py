"""How well the check before filing finds what is wrong: planted faults, and good dossiers that it must leave alone.

    python bench/precheck.py [--each 20] [--good 100] [--seed 0] [--json] [--show]

Five kinds of faults (a missing paper, the wrong office, an expired paper, a difference between form and paper, an
unreadable photograph), each in several procedures, on papers that are set here in several layouts and letters and then
scanned, photographed or spoilt. A fault counts as found when a finding of its kind is about its paper, whatever its
severity; every finding on a good dossier counts as false. Works in a throw-away database; needs tesseract with
Vietnamese. Exit 0 for at least 90 in a hundred found and at most 5 in a hundred false, else 1.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(HERE / "src"), str(HERE)]
KINDS = ("missing", "wrong_office", "expired", "differs", "unreadable")
BESIDES = ("wrong_paper",)  # told too, and not among the hundred
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
FOUND_LEAST, FALSE_MOST = 0.90, 0.05


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--each", type=int, default=20, help="faults of each kind")
    parser.add_argument("--good", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0, help="other people, layouts and faults")
    parser.add_argument("--json", action="store_true", help="print JSON only")
    parser.add_argument("--show", action="store_true", help="tell what was not found and what was false")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = run(args, folder)
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        for kind, (found, of) in told["by_kind"].items():
            print(f"{kind:14s} {found:4d} of {of}")
        print(f"found          {told['found']:4d} of {told['planted']}, without hints {told['found_surely']}")
        print(
            f"false          {told['false']:4d} of {told['good']} good dossiers, without hints {told['false_surely']}"
        )
        print(
            f"a check of looked-at papers: p50 {told['check_ms']['p50']} ms, p95 {told['check_ms']['p95']} ms"
        )
        print(f"{told['seconds']} s")
    good = told["found"] >= FOUND_LEAST * told["planted"] and told["false"] <= FALSE_MOST * told["good"]
    return 0 if good else 1


def run(args: argparse.Namespace, folder: str) -> dict[str, Any]:
    """The figures, by name."""
    os.environ["MOTCUA_VAR"] = folder
    from motcua.config import cli

    cli.set_up_django()
    from django.core.management import call_command

    from tests.precheck import cases, filing
    from tests.support import city as cities

    call_command("migrate", verbosity=0)
    cities.PROCEDURES |= {"death-registration", "marriage-registration", "security-order-certificate"}
    city, today, begun = cities.city(), AT.date(), time.perf_counter()
    spent: list[float] = []

    def check(one: Any, number: int) -> Any:
        draft = filing.filed(city, one, number, AT)
        at = time.perf_counter()
        over = filing.looked_over(city, draft, AT)
        spent.append(time.perf_counter() - at)
        return over

    by_kind, surely, lost, wrong, first = {}, 0, [], [], 10_000 * args.seed
    for kind in (*KINDS, *BESIDES):
        hits = 0
        for number in range(first, first + args.each):
            one = cases.planted(kind, number, today)
            over = check(one, number)
            hit = filing.found(one, over)
            hits += hit
            surely += kind in KINDS and filing.found(one, _without_hints(over))
            if not hit:
                lost.append(
                    f"{kind} {number} {one.case.procedure} {one.paper} spoilt={one.spoil}: {_told(over)}"
                )
        by_kind[kind] = (hits, args.each)
    false, false_surely = 0, 0
    for number in range(first, first + args.good):
        case = cases.good(number, today)
        over = check(case, number)
        false += bool(over.findings)
        false_surely += bool(_without_hints(over).findings)
        if over.findings:
            wrong.append(f"good {number} {case.procedure}: {_told(over)}")
    if args.show:
        print("\n".join([*lost, *wrong]), file=sys.stderr)
    return {
        "seed": args.seed,
        "planted": args.each * len(KINDS),
        "found": sum(by_kind[kind][0] for kind in KINDS),
        "found_surely": surely,
        "by_kind": by_kind,
        "good": args.good,
        "false": false,
        "false_surely": false_surely,
        "check_ms": {
            "p50": round(1000 * sorted(spent)[len(spent) // 2]),
            "p95": round(1000 * sorted(spent)[len(spent) * 95 // 100]),
        },
        "seconds": round(time.perf_counter() - begun, 1),
    }


def _without_hints(over: Any) -> Any:
    from dataclasses import replace

    return replace(over, findings=tuple(f for f in over.findings if f.severity != "hint"))


def _told(over: Any) -> str:
    rows = [
        f"{f.kind}/{f.severity}/{f.code} {f.paper}{f.field} {f.facts.get('read', '')}" for f in over.findings
    ]
    return "; ".join(rows) or "–"


if __name__ == "__main__":
    sys.exit(main())

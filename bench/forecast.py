"""What learning and asking the forecasts costs, and how they did on months held out.

    MOTCUA_VAR=… python bench/forecast.py [--until ISO] [--months 2] [--json]      # an installation with lived months
    python bench/forecast.py --fill 9000 [--days 112]           # months written in bulk, in a throw-away installation
    python bench/forecast.py --simulate 10000 [--days 120]      # the same through the real actions: some 20 minutes

An installation of MOTCUA_VAR is only read. `--simulate` narrows the mix to seven procedures, so that more groups come
to a thousand dossiers. Exit 0 when every group large enough to be judged is good, else 1.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--until")
    parser.add_argument("--months", type=int, default=2)
    parser.add_argument("--fill", type=int, default=0)
    parser.add_argument("--simulate", type=int, default=0)
    parser.add_argument("--days", type=int, default=112)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = run(args, folder)
    print(json.dumps(told, ensure_ascii=False) if args.json else "\n".join(in_words(told)))
    return 0 if told["good"] else 1


def run(args: argparse.Namespace, folder: str) -> dict[str, Any]:
    """The figures, by name."""
    at = open_installation(args.until, args.fill, args.days, folder, simulate=args.simulate)
    from motcua.dossiers.models import Dossier
    from motcua.forecast import lives, queries, rules
    from motcua.forecast.calibration import calibrate

    begun = time.perf_counter()
    stands = lives.gather(at)
    gathered = time.perf_counter()
    table = rules.learn(lives.seen_until(stands, at))
    learnt = time.perf_counter()
    told = calibrate(at, months=args.months)
    judged = time.perf_counter()
    known = queries.Known(1, at, table, (), {})
    queries._held = (known, time.monotonic())
    rows = list(Dossier.objects.filter(clock_state="running", resolved_at=None).order_by("-pk")[:100])
    queries.of_many(rows, at)
    asked = time.perf_counter()
    for _ in range(20):
        found = queries.of_many(rows, at)
    per_list = (time.perf_counter() - asked) / 20
    return {
        "dossiers": Dossier.objects.exclude(received_at=None).count(),
        "stands": len(stands),
        "kinds": len(table),
        "table_bytes": len(json.dumps(rules.to_data(table))),
        "gather_seconds": round(gathered - begun, 2),
        "learn_seconds": round(learnt - gathered, 2),
        "calibrate_seconds": round(judged - learnt, 2),
        "list": len(rows),
        "told": len(found),
        "list_ms": round(per_list * 1000, 1),
        "months": told["months"],
        "groups": told["groups"],
        "good": told["good"],
    }


MIX = {
    "certified-copy-from-original": 200,
    "temporary-residence-registration": 180,
    "permanent-residence-registration": 120,
    "household-business-registration": 120,
    "marital-status-certificate": 130,
    "land-transfer-registration": 120,
    "birth-registration": 100,
}


def open_installation(until: str | None, fill: int, days: int, folder: str, *, simulate: int = 0) -> Any:
    """Set Django up over the installation of MOTCUA_VAR, or over a new one with `fill` dossiers written in bulk or
    `simulate` lived through the actions; the moment up to which is looked."""
    if fill or simulate:
        os.environ["MOTCUA_VAR"] = folder
    from motcua.config import cli

    cli.set_up_django()
    from motcua.config.simulating import moment_of

    if simulate:
        from motcua.config.readiness import make_ready
        from motcua.simulation import rules
        from motcua.simulation.run import simulate as live_through_actions

        make_ready()
        rules.MIX, rules.REST = MIX, 30
        at = moment_of(until or "2026-11-21T17:30")
        live_through_actions(seed="f1", until=at, count=simulate, days=days)
        return at
    if not fill:
        return moment_of(until)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.support.city import city
    from tests.support.lived import UNTIL, live

    live(city(), count=fill, days=days, until=UNTIL)
    return UNTIL


def in_words(told: dict[str, Any]) -> list[str]:
    lines = [
        f"{told['dossiers']} dossiers, {told['stands']} beginnings of a step: read {told['gather_seconds']} s, "
        f"learnt {told['learn_seconds']} s into {told['kinds']} kinds ({told['table_bytes']} bytes)",
        f"judged on {', '.join(told['months'])} in {told['calibrate_seconds']} s",
        f"a list of {told['list']} open dossiers, {told['told']} forecasts: {told['list_ms']} ms",
    ]
    for group in told["groups"]:
        lines.append(
            f"  {group['name']:<64} {group['n']:>6} coverage {group['coverage']:.1%} lower {group['lower']:.1%} "
            f"loss {group['loss']} due date {group['due_loss']}{'' if group['good'] else '  OFF'}"
        )
    return [*lines, "all good" if told["good"] else "a group is off, or none is large enough"]


if __name__ == "__main__":
    raise SystemExit(main())

"""How long a rehearsal takes: a limit halved, over the dossiers of the last months.

    MOTCUA_VAR=… python bench/rehearse.py [--until ISO] [--last 110]     # an installation with lived months
    python bench/rehearse.py --fill 7600                                 # made-up months, in a throw-away one

Halves the limit of the procedure with a limit in working days that most dossiers have. Exit 0 when it took less than
60 s, else 1.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))
LIMIT_SECONDS = 60


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--until")
    parser.add_argument("--last", type=int, default=90)
    parser.add_argument("--fill", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = run(args, folder)
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(
            f"{told['dossiers']} dossiers, {told['procedure']} {told['from']} → {told['to']}: {told['seconds']} s; "
            f"late {told['late_before']} → {told['late_after']}, newly {told['newly']}, the worst by "
            f"{told['worst_working_days']} working days"
        )
    return 0 if told["seconds"] < LIMIT_SECONDS else 1


def run(args: argparse.Namespace, folder: str) -> dict[str, Any]:
    """The figures, by name."""
    from bench.forecast import open_installation

    at = open_installation(args.until, args.fill, args.last, folder)
    from motcua.catalogue import queries as catalogue
    from motcua.dossiers import queries as dossiers
    from motcua.kernel.clock import Unit, say_limit
    from motcua.rehearsal.change import Change
    from motcua.rehearsal.queries import rehearse

    since = at - timedelta(days=args.last)
    counts = dossiers.received_of_each(since, at)
    rows = catalogue.by_ids(counts)
    limited = [
        (count, view.slug, view.limit)
        for procedure, count in counts.items()
        if (view := catalogue.view_for(rows[procedure], at)).limit.unit is Unit.WORKING_DAYS
        and (view.limit.value or 0) > 1
    ]
    _count, slug, limit = max(limited, key=lambda row: row[:2])
    half = max(1, (limit.value or 0) // 2)
    change = Change({("procedures", slug): {"time_limit": {"value": half, "unit": "working_days"}}})
    begun = time.perf_counter()
    told = rehearse(change, since=since, until=at).to_data()
    seconds = time.perf_counter() - begun
    worst = max((row["late_working_days"] for row in told["newly_late"]), default=0)
    return {
        "dossiers": told["dossiers"],
        "procedure": slug,
        "from": say_limit(limit, "en"),
        "to": f"{half} working days",
        "seconds": round(seconds, 2),
        "late_before": told["late"]["before"],
        "late_after": told["late"]["after"],
        "newly": told["late"]["newly"],
        "worst_working_days": worst,
    }


if __name__ == "__main__":
    raise SystemExit(main())

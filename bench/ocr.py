"""How well and how fast this machine reads ten scans of our own papers: clean, rotated, grainy, photographed.

    python bench/ocr.py [--json]

Told for each scan: the share of letters that are wrong, and the seconds from the scanned picture to the words. Needs
tesseract with Vietnamese; the scans are made by arithmetic, the same in every run. Exit 0 when at most 5 % of the
letters are wrong on average and no page takes longer than the worker allows; else 1.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(HERE / "src"), str(HERE)]
RATE_MOST = 5.0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print JSON only")
    args = parser.parse_args()
    from motcua.config import cli

    cli.set_up_django()
    from motcua.config.commands import digitise
    from motcua.digitising import accuracy, ocr, queries

    papers, faults = digitise.examples()
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 1
    rows, begun = [], time.perf_counter()
    try:
        for each in accuracy.the_ten(papers, program=queries.reader()):
            seconds, begun = time.perf_counter() - begun, time.perf_counter()
            rows.append(
                {
                    "name": each.name,
                    "how": each.how,
                    "percent": round(each.rate, 2),
                    "seconds": round(seconds, 2),
                }
            )
            if not args.json:
                print(f"{each.rate:6.2f} %  {seconds:5.1f} s  {each.how:13s} {each.name}", flush=True)
    except ocr.CannotRead as problem:
        print(f"tesseract -l vie: {problem.code}", file=sys.stderr)
        return 1
    average = sum(row["percent"] for row in rows) / len(rows)
    if args.json:
        print(json.dumps({"scans": rows, "average_percent": round(average, 2)}))
    else:
        print(f"{average:6.2f} %  {sum(row['seconds'] for row in rows) / len(rows):5.1f} s  average")
    return int(average > RATE_MOST or max(row["seconds"] for row in rows) > ocr.SECONDS_MAX)


if __name__ == "__main__":
    sys.exit(main())

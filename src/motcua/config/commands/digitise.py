"""`motcua digitise check`: how well this machine reads scans of our own papers."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

NAME = "digitise"
HELP = "Số hóa: máy này đọc chữ tốt đến đâu / digitising: how well this machine reads."
GOOD, FINDING, WRONG_USAGE = 0, 1, 2
MOST = 5.0  # percent of letters wrong, on average, from which something is not as it should be


def register(subparsers: Any) -> None:
    """Add the command and its action to the parser."""
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    actions = parser.add_subparsers(dest="action", metavar="check", required=True)
    check = actions.add_parser(
        "check",
        help="đọc mười bản quét mẫu, in tỷ lệ ký tự sai / read ten made-up scans, print the share of wrong letters",
    )
    check.add_argument(
        "--most", type=float, default=MOST, help="%% sai trung bình cho phép / allowed on average"
    )
    check.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    """0: read well enough; 1: worse than `--most`, or no program reads here; 2: wrong usage."""
    from motcua.config.cli import set_up_django

    if not 0 <= args.most <= 100:
        print("--most: 0–100", file=sys.stderr)
        return WRONG_USAGE
    set_up_django()
    from motcua.digitising import accuracy, ocr, queries

    papers, faults = examples()
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return FINDING
    rows = []
    try:
        for each in accuracy.the_ten(papers, program=queries.reader()):
            rows.append(each)
            if not args.json:
                print(
                    f"{each.rate:6.2f} %  {each.wrong:4d}/{each.letters:<5d} {each.how:13s} {each.name}",
                    flush=True,
                )
    except ocr.CannotRead as problem:
        print(f"tesseract (-l vie): {problem.code}", file=sys.stderr)
        return FINDING
    average = sum(each.rate for each in rows) / len(rows)
    if args.json:
        told = [{"name": r.name, "how": r.how, "letters": r.letters, "wrong": r.wrong} for r in rows]
        print(json.dumps({"scans": told, "average_percent": round(average, 2)}))
    else:
        print(f"{average:6.2f} %  trung bình / average")
    return GOOD if average <= args.most else FINDING


def examples() -> tuple[dict[str, bytes], list[str]]:
    """The papers that are scanned, as PDFs by their names, and what is wrong with packs or layouts."""
    from motcua.config.commands.papers import examples_of
    from motcua.digitising import accuracy

    shown, faults = examples_of(None)
    wanted = {name for name, _how in accuracy.TEN}
    papers = {each.name: each.pdf() for each in shown if each.name in wanted}
    return papers, [*faults, *(f"{name}?" for name in sorted(wanted - papers.keys()))]

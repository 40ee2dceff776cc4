"""`motcua simulate`: live a month of a one-stop centre through the real actions."""

import argparse
import json
import sys

NAME = "simulate"


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add the command to the parser."""
    parser = subparsers.add_parser(NAME, help="mô phỏng một tháng làm việc / simulate a month of work")
    parser.add_argument(
        "--seed", default="1", help="hạt giống; cùng hạt giống và ngày thì cùng kết quả / seed"
    )
    parser.add_argument(
        "--until", help="thời điểm cuối, ISO; mặc định bây giờ / last moment, ISO; default now"
    )
    parser.add_argument("--dossiers", type=int, default=7500, help="số hồ sơ / how many dossiers")
    parser.add_argument("--days", type=int, default=30, help="số ngày / how many days")
    parser.add_argument(
        "--dump", metavar="FILE", help="ghi bản chuẩn của kết quả / write the canonical dump here"
    )
    parser.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    """0: lived and verified; 1: the journal or the stored rights do not verify; 2: wrong usage."""
    from motcua.config.cli import set_up_django

    if not 1 <= args.dossiers <= 1_000_000 or not 1 <= args.days <= 400:
        print("--dossiers: 1–1000000; --days: 1–400", file=sys.stderr)
        return 2
    set_up_django()
    from motcua.config.simulating import BadMoment, live, moment_of

    try:
        until = moment_of(args.until)
    except BadMoment as problem:
        print(problem, file=sys.stderr)
        return 2
    summary = live(
        seed=args.seed, until=until, count=args.dossiers, days=args.days, quiet=args.json, dump=args.dump
    )
    if args.json:
        print(json.dumps(summary, ensure_ascii=False))
    return 0 if summary["good"] else 1

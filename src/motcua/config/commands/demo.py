"""`motcua demo`: a site with a month of work in it, minutes after cloning."""

import argparse
import sys

NAME = "demo"
HELP = "Dựng thử: gói dữ liệu, một tháng mô phỏng, rồi trang web / packs, a simulated month, then the site."


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add the command to the parser."""
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    parser.add_argument("--port", type=int, default=8000, help="cổng / port (8000)")
    parser.add_argument(
        "--no-serve", action="store_true", help="dừng sau phần tóm tắt / end after the summary"
    )
    parser.add_argument("--seed", default="1", help="hạt giống / seed (1)")
    parser.add_argument("--until", help="thời điểm cuối, ISO; mặc định bây giờ / last moment; default now")
    parser.add_argument("--dossiers", type=int, default=7500, help="số hồ sơ / how many dossiers (7500)")
    parser.add_argument("--days", type=int, default=30, help="số ngày / how many days (30)")


def run(args: argparse.Namespace) -> int:
    """0: all is well; 1: the site cannot start or something does not verify; 2: wrong usage; 130: told to end
    (Ctrl-C, SIGTERM, SIGHUP) before the month was lived. Afterwards being told to end is the usual end: 0 or 1."""
    from motcua.config.cli import set_up_django

    set_up_django()
    from motcua.config.demo import Demo
    from motcua.config.readiness import NotReady
    from motcua.config.simulating import BadMoment
    from motcua.foundation.errors import Refusal

    if not 1 <= args.port <= 65535 or not 1 <= args.dossiers <= 1_000_000 or not 1 <= args.days <= 400:
        print("--port: 1–65535; --dossiers: 1–1000000; --days: 1–400", file=sys.stderr)
        return 2
    try:
        return Demo(args).run()
    except BadMoment as problem:
        print(problem, file=sys.stderr)
        return 2
    except (Refusal, NotReady) as problem:
        print(problem, file=sys.stderr)
        return 1

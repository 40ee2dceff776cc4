"""`motcua worker`: deliveries of events and background tasks, until told to end."""

import argparse
import signal
import threading

NAME = "worker"
HELP = "Chạy tiến trình nền: sự kiện, việc hẹn giờ / run background work: events, tasks, schedule."


def register(subparsers) -> None:
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    parser.add_argument("--follow-parent", action="store_true", help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Work until SIGTERM or SIGINT; what was begun is finished or taken over by the next worker."""
    from motcua.config import cli
    from motcua.config.supervisor import follow_parent

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if args.follow_parent:
        follow_parent()
    cli.set_up_django()

    from motcua.foundation import worker

    worker.run(stop)
    return cli.GOOD

"""`motcua serve`: the site and its worker, each restarted when it dies."""

import argparse
import socket
import sys

NAME = "serve"
HELP = "Chạy trang web và tiến trình nền / run the site and its background worker."


def register(subparsers) -> None:
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    parser.add_argument(
        "--host", default="127.0.0.1", help="địa chỉ lắng nghe / address to listen on (127.0.0.1)"
    )
    parser.add_argument("--port", type=int, default=8000, help="cổng / port (8000)")
    parser.add_argument("--workers", type=int, default=2, help="số tiến trình web / web processes (2)")
    parser.add_argument(
        "--no-worker", action="store_true", help="không chạy tiến trình nền / without the background worker"
    )
    parser.add_argument("--quiet", action="store_true", help="nhật ký vào var/log / logs go to var/log")
    parser.add_argument(
        "--twins",
        action="store_true",
        help="kèm hệ thống ngoài mô phỏng / with twins of outside systems that have no address",
    )
    parser.add_argument("--web-only", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--follow-parent", action="store_true", help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT. Returns 0 after a clean end, 1 when the site cannot start."""
    from motcua.config import cli

    if args.web_only:
        from motcua.config import web

        web.serve(args.host, args.port, args.workers)
        return cli.GOOD
    cli.set_up_django()
    problem = why_not(args.host, args.port)
    if problem:
        print(problem, file=sys.stderr)
        return cli.FINDING

    from motcua.config import static_files
    from motcua.config.supervisor import Supervisor, follow_parent

    if args.follow_parent:
        follow_parent()
    static_files.lay_out()
    beside = twins(quiet=args.quiet) if args.twins else []
    print(f"Một Cửa: http://{args.host}:{args.port}/ (Ctrl-C để dừng / to stop)", flush=True)
    processes = children(args.host, args.port, args.workers, worker=not args.no_worker, quiet=args.quiet)
    return Supervisor([*beside, *processes]).run()


def children(host: str, port: int, processes: int, *, worker: bool = True, quiet: bool = False) -> list:
    """Return the processes of a running site, for a Supervisor. `quiet` sends what they log to `var/log/`."""
    from django.conf import settings

    from motcua.config.supervisor import Child, own_command

    logs = settings.MOTCUA.var / "log"
    if quiet:
        logs.mkdir(parents=True, exist_ok=True)
    web = own_command("serve", "--web-only", f"--host={host}", f"--port={port}", f"--workers={processes}")
    found = [Child("web", web, logs / "web.log" if quiet else None)]
    if worker:
        found.append(
            Child("worker", own_command("worker", "--follow-parent"), logs / "worker.log" if quiet else None)
        )
    return found


def twins(*, quiet: bool = False) -> list:
    """The twins of outside systems for which the settings name no address, in a simulation; the processes that a
    Supervisor starts afterwards find them by their environment."""
    import os
    import secrets

    from django.conf import settings

    from motcua.config.supervisor import Child, own_command

    own = settings.MOTCUA
    if not own.simulation or own.certificate_authority_url:
        return []
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    account = own.var / "secrets" / "trial-registration.txt"
    account.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    password = secrets.token_urlsafe(18)
    with open(os.open(account, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(f"mot-cua\n{password}\n")
    os.environ.update(
        MOTCUA_CERTIFICATE_AUTHORITY_URL=f"http://127.0.0.1:{port}",
        MOTCUA_CERTIFICATE_AUTHORITY_USER="mot-cua",
        MOTCUA_CERTIFICATE_AUTHORITY_PASSWORD=password,
    )
    logs = own.var / "log"
    logs.mkdir(parents=True, exist_ok=True)
    command = own_command(
        "trial", "registration", f"--port={port}", f"--account-file={account}", "--follow-parent"
    )
    return [Child("registration", command, logs / "registration.log" if quiet else None)]


def why_not(host: str, port: int) -> str | None:
    """Return why the site cannot start here, as a sentence, or None."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return (
            "Cơ sở dữ liệu chưa ở phiên bản này; hãy chạy: motcua migrate"
            " / the database is not at this version; run: motcua migrate"
        )
    connection.close()
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return (
                f"Không mở được {host}:{port} ({error.strerror}); hãy chọn cổng khác bằng --port"
                f" / cannot listen on {host}:{port}; choose another with --port"
            )
    return None

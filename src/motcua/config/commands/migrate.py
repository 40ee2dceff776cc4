"""`motcua migrate`: bring the database to this version."""

import argparse

NAME = "migrate"
HELP = "Đưa cơ sở dữ liệu lên phiên bản này / bring the database to this version."


def register(subparsers) -> None:
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    parser.add_argument(
        "--check",
        action="store_true",
        help="chỉ kiểm tra; 1 nếu còn thiếu / only look; 1 when something is missing",
    )


def run(args: argparse.Namespace) -> int:
    """Migrate, or with --check tell whether there is something to migrate."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from motcua.config import cli

    cli.set_up_django()
    if not args.check:
        call_command("migrate", interactive=False, verbosity=1)
        return cli.GOOD
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    for migration, _ in missing:
        print(f"{migration.app_label}.{migration.name}")
    return cli.FINDING if missing else cli.GOOD

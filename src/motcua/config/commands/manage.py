"""`motcua manage …`: Django's own commands (shell, dbshell, sqlmigrate …) with our settings."""

import argparse
import os

NAME = "manage"
HELP = "Chuyển tiếp lệnh quản trị của Django / pass on to Django's own commands."


def register(subparsers) -> None:
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP, add_help=False)
    parser.add_argument("arguments", nargs=argparse.REMAINDER)


def pass_on(arguments: list[str]) -> int:
    """Run Django's command line. Returns its exit code; usage errors leave through SystemExit."""
    from django.core.management import execute_from_command_line

    from motcua.config import cli
    from motcua.config.settings_object import SettingsProblems

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    try:
        execute_from_command_line(["motcua manage", *arguments])
    except SettingsProblems as found:
        cli.tell_settings_problems(found.problems)
        return cli.WRONG_USAGE
    return cli.GOOD


def run(args: argparse.Namespace) -> int:
    return pass_on(args.arguments)

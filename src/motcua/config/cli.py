"""The `motcua` command line. Every command is one module in `config/commands/`.

A command module has `NAME`, `register(subparsers)` and `run(args) -> int`, and imports what is heavy inside
`run`. Exit codes: 0 good, 1 a finding, 2 wrong usage or unusable settings. With `--json` a command prints
JSON and nothing else on standard output.
"""

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Callable, Iterator
from types import ModuleType

import motcua

from . import commands

GOOD, FINDING, WRONG_USAGE = 0, 1, 2


def command_modules() -> Iterator[ModuleType]:
    """Yield the command modules by name; names with an underscore in front are helpers."""
    for found in sorted(pkgutil.iter_modules(commands.__path__), key=lambda item: item.name):
        if not found.name.startswith("_"):
            yield importlib.import_module(f"{commands.__name__}.{found.name}")


def build_parser() -> argparse.ArgumentParser:
    """Return the whole parser, with every command registered."""
    parser = argparse.ArgumentParser(
        prog="motcua",
        description="Một Cửa: nền tảng một cửa nguồn mở / the open one-stop platform.",
        epilog="Mã thoát / exit codes: 0 tốt/good, 1 có phát hiện/a finding, 2 dùng sai/wrong usage.",
    )
    parser.add_argument("--version", action="version", version=f"motcua {motcua.__version__}")
    subparsers = parser.add_subparsers(dest="command", metavar="LỆNH/COMMAND", required=True)
    for module in command_modules():
        module.register(subparsers)
        subparsers.choices[module.NAME].set_defaults(run=module.run)
    return parser


def set_up_django() -> None:
    """Load settings and apps for a command that needs them. Unusable settings end the program with 2."""
    import django

    from .settings_object import SettingsProblems

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    try:
        django.setup()
    except SettingsProblems as found:
        tell_settings_problems(found.problems)
        raise SystemExit(WRONG_USAGE) from None


def tell_settings_problems(problems: list[str]) -> None:
    """Print every settings problem on standard error, one a line."""
    print(f"Cài đặt chưa dùng được ({len(problems)}) / the settings cannot be used yet:", file=sys.stderr)
    for problem in problems:
        print(f"  - {problem}", file=sys.stderr)


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns its exit code. Usage errors leave with 2 through argparse."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["manage"]:  # everything after it belongs to Django, `--help` included
        from .commands import manage

        return manage.pass_on(arguments[1:])
    if "--trust" in arguments:
        from motcua.sealing.verify_journal import joined

        arguments = joined(arguments)
    args = build_parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = args.run
    try:
        return run(args)
    except KeyboardInterrupt:
        print("Đã dừng / stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output went away, e.g. `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return GOOD
    except Exception as problem:
        sentence = _database_sentence(problem)
        if not sentence:
            raise
        print(sentence, file=sys.stderr)
        return FINDING


def _database_sentence(problem: Exception) -> str:
    """What to do about a database that is not there or not of this version; "" for any other problem."""
    from django.db import OperationalError, ProgrammingError

    if not isinstance(problem, OperationalError | ProgrammingError):
        return ""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (OperationalError, ProgrammingError) as away:
        told = str(away).strip().splitlines() or [""]
        return f"Không kết nối được cơ sở dữ liệu / the database does not answer: {told[0]}"
    if not behind:
        return ""
    return "Cơ sở dữ liệu chưa đúng phiên bản này / the database is not of this version: motcua migrate"


if __name__ == "__main__":
    sys.exit(main())

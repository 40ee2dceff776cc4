"""`motcua settings`: check what an operator has set, show it, make new secrets."""

import argparse
import json
import re
import sys
from typing import Any

NAME = "settings"
HELP = "Kiểm tra, xem cài đặt; tạo khóa mới / check and show the settings; make new secrets."


def register(subparsers) -> None:
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    kinds = parser.add_subparsers(dest="what", metavar="VIỆC/WHAT", required=True)
    for name, text in (
        ("check", "nêu mọi vấn đề / tell every problem"),
        ("show", "các giá trị đang dùng, không kèm khóa / the values in force, without secrets"),
        ("new-secrets", "in bộ khóa mới ra màn hình / print a fresh secrets file"),
    ):
        kinds.add_parser(name, help=text).add_argument(
            "--json", action="store_true", help="chỉ in JSON / only JSON"
        )


def without_password(value: Any) -> Any:
    """An address without the password in it (`postgres://user:***@host/name`); anything else as it is."""
    return re.sub(r"(://[^:/@\s]*):[^@\s]*@", r"\1:***@", value) if isinstance(value, str) else value


def run(args: argparse.Namespace) -> int:
    """Print what was asked for. Returns 1 when `check` found a problem, 2 when `show` finds unusable settings."""
    from motcua.config import cli, secret_files, settings_object

    if args.what == "new-secrets":
        print(json.dumps(secret_files.new_secrets(), indent=2))
        return cli.GOOD
    try:
        settings = settings_object.load()
    except settings_object.SettingsProblems as found:
        if args.json:
            print(json.dumps({"problems": found.problems}, ensure_ascii=False, indent=2))
        else:
            cli.tell_settings_problems(found.problems)
        return cli.FINDING if args.what == "check" else cli.WRONG_USAGE
    values = {
        settings_object.environment_name(name): without_password(getattr(settings, name))
        for name, field in settings_object.Settings.model_fields.items()
        if field.repr
    }
    if args.what == "check":
        values = {"problems": []}
    if args.json:
        print(json.dumps(values, ensure_ascii=False, indent=2, default=str))
    elif args.what == "check":
        print("Cài đặt dùng được / the settings are usable.", file=sys.stdout)
    else:
        for name, value in values.items():
            shown = ", ".join(map(str, value)) if isinstance(value, tuple) else value
            print(f"{name}={'' if shown is None else shown}")
    return cli.GOOD

"""`motcua policy check`: prove that the rows lists read equal the rules they were written by."""

import argparse
import json
import sys

NAME = "policy"


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add the command and its actions to the parser."""
    parser = subparsers.add_parser(NAME, help="kiểm tra quyền xem / check who may see what")
    actions = parser.add_subparsers(dest="action", metavar="check", required=True)
    check = actions.add_parser(
        "check", help="so dòng đã lưu với quy tắc / compare stored rows with the rules"
    )
    check.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    """0: every stored row is the one its rule calls for; 1: some are not, each told."""
    from motcua.config.cli import set_up_django

    set_up_django()
    from motcua.foundation.policy import differences

    found = list(differences())
    if args.json:
        print(json.dumps({"good": not found, "differences": found}, ensure_ascii=False))
    else:
        for sentence in found:
            print(sentence, file=sys.stderr)
        print(f"{len(found)} sai khác / differences")
    return 1 if found else 0

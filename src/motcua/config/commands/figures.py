"""`motcua figures check|rebuild`: the leaders' daily figures against the dossiers, and counting them anew."""

import argparse
import json
import sys

NAME = "figures"
HELP = "Số liệu hằng ngày: đối chiếu, tính lại / the daily figures: compare, count anew."
GOOD, FINDING = 0, 1


def register(subparsers) -> None:
    """Add the command and its actions to the parser."""
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    actions = parser.add_subparsers(dest="action", metavar="check|rebuild", required=True)
    for name, text in (
        ("check", "so số liệu với hồ sơ; 1 nếu lệch / compare them with the dossiers; 1 when they differ"),
        (
            "rebuild",
            "tính lại từ hồ sơ, kể cả khi đang phục vụ / count them anew, beside the running site",
        ),
    ):
        one = actions.add_parser(name, help=text, description=text)
        one.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    """check: 0 equal, 1 different, each told. rebuild: 0 when written."""
    from motcua.config.cli import set_up_django

    set_up_django()
    return _check(args.json) if args.action == "check" else _rebuild(args.json)


def _check(as_json: bool) -> int:
    from motcua.operations.checks import figure_differences

    found = list(figure_differences())
    if as_json:
        print(json.dumps({"good": not found, "differences": found}, ensure_ascii=False))
    else:
        for sentence in found:
            print(sentence, file=sys.stderr)
        print(f"{len(found)} sai khác / differences")
    return FINDING if found else GOOD


def _rebuild(as_json: bool) -> int:
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act
    from motcua.foundation.time import now
    from motcua.operations import actions

    act = new_act(system("command-line"), at=now(), purpose="count the daily figures anew")
    done = actions.rebuild(act)
    if as_json:
        print(json.dumps(done))
    else:
        print(f"{done['figures']} dòng số liệu, {done['durations']} dòng thời gian / rows written")
    return GOOD

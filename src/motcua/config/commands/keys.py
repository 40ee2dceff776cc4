"""`motcua keys reseal`: bring everything sealed, and the look-up indexes, to the keys that are active now."""

import argparse
import json
import sys
from typing import Any

NAME = "keys"
HELP = "Đổi khóa: niêm phong lại bằng khóa đang dùng / change keys: seal anew under the active ones."


def register(subparsers) -> None:
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    actions = parser.add_subparsers(dest="action", metavar="reseal", required=True)
    text = (
        "Dữ liệu, tệp và chỉ mục tra cứu chuyển sang khóa đang dùng; trang vẫn chạy. "
        "/ Data, files and look-up indexes move to the active keys while the site runs."
    )
    one = actions.add_parser("reseal", help=text, description=text)
    one.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    """0: nothing is left under an older key; 1: something opens with no key, or stands twice: keep the older keys."""
    from motcua.config import cli

    cli.set_up_django()
    done = _change()
    if args.json:
        print(json.dumps(done, ensure_ascii=False))
    else:
        for sentence in done["problems"]:
            print(sentence, file=sys.stderr)
        print(
            f"{done['values']} giá trị, {done['files']} tệp, {done['indexes']} chỉ mục / "
            f"{done['values']} values, {done['files']} files, {done['indexes']} indexes"
        )
    return cli.FINDING if done["problems"] else cli.GOOD


def _change() -> dict[str, Any]:
    from django.conf import settings

    from motcua.files import actions as files
    from motcua.foundation import keys
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act
    from motcua.foundation.crypto import CannotOpen
    from motcua.foundation.time import now
    from motcua.people import actions as people

    def act():
        return new_act(system("command"), at=now(), purpose="keys", channel="command")

    own, sealed = settings.MOTCUA, keys.reseal_values()
    problems = [f"{place}: không khóa nào mở được / no key opens it" for place in sealed.closed]
    moved_files = 0
    try:
        moved_files = files.reseal_store()
    except CannotOpen as problem:
        problems.append(f"files: {problem}")
    # what no key opens has no index to be made from
    indexes, after = 0, None if sealed.closed else 0
    while after is not None:
        part = people.reindex(act(), after=after)
        indexes, after = indexes + part["moved"], part["next"]
        problems += [f"party:{id_}: số này có hai bản ghi / its number stands twice" for id_ in part["twice"]]
    told = {"values": sealed.values, "files": moved_files, "indexes": indexes}
    keys.note_changed(act(), data_key=own.data_key_active, index_key=own.index_key_active, **told)
    return {**told, "columns": sealed.moved, "problems": problems}

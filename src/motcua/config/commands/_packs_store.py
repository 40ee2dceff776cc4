"""`motcua packs load | diff | publish`: the way of a pack from files to what is in force. Used by `packs`."""

import argparse
import json
import sys
from datetime import datetime, time
from pathlib import Path
from typing import Any

GOOD, FINDING, WRONG_USAGE = 0, 1, 2
SHOWN_MAX = 100  # characters of a value in a difference


def add_subcommands(subparsers: argparse._SubParsersAction) -> None:
    """Hang the three under the parser of `packs`."""
    text = "Nạp tệp thành bản nháp / take the files in as drafts."
    parser = _parser(subparsers, "load", text, load)
    parser.add_argument("--dir", metavar="DIR", help="thư mục gói / folder of packs")
    parser.add_argument(
        "--layer", action="append", metavar="LAYER", help="lớp gói; mặc định theo cài đặt / layers"
    )
    parser.add_argument(
        "--replace", action="store_true", help="thay cả bản nháp soạn trên web / web drafts too"
    )
    text = "Xem bản nháp khác bản đang có hiệu lực ở đâu; 1 nếu có / what the drafts would change; 1 when something."
    parser = _parser(subparsers, "diff", text, diff)
    parser.add_argument("names", nargs="*", metavar="KIND/ID", help="chỉ các tài liệu này / only these")
    text = "Công bố bản nháp / publish drafts."
    parser = _parser(subparsers, "publish", text, publish)
    parser.add_argument(
        "names", nargs="*", metavar="KIND/ID", help="các tài liệu cần công bố / the documents"
    )
    parser.add_argument("--all", action="store_true", help="mọi bản nháp / every draft")
    parser.add_argument(
        "--from", dest="valid_from", metavar="DAY", help="ngày có hiệu lực / day it comes into force"
    )
    parser.add_argument(
        "--withdraw", action="store_true", help="chấm dứt, không thay thế / end it without a successor"
    )


def _parser(subparsers: Any, name: str, text: str, run: Any) -> argparse.ArgumentParser:
    parser = subparsers.add_parser(name, help=text, description=text)
    parser.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ / language (vi)")
    parser.set_defaults(packs_run=run)
    return parser


def load(args: argparse.Namespace) -> int:
    """0 taken in, 1 the packs have problems, 2 no such folder or layer."""
    _set_up(args)
    from django.conf import settings

    from motcua.foundation.errors import Refusal
    from motcua.foundation.packs import PacksBroken, store
    from motcua.foundation.packs.check import check

    folder = Path(args.dir).expanduser() if args.dir else settings.MOTCUA.packs_dir
    if not folder.is_dir():
        return _wrong(args, f"không có thư mục {folder}.", f"there is no folder {folder}.")
    layers = args.layer or list(settings.MOTCUA.layers)
    missing = [layer for layer in layers if not (folder / layer).is_dir()]
    if missing:
        names = ", ".join(missing)
        return _wrong(
            args, f"không có lớp {names} trong {folder}.", f"there is no layer {names} in {folder}."
        )
    report = check(folder)
    if report.problems:
        return _broken(args, report.problems)
    try:
        answer = store.load(_act("nạp gói"), layers, packs_dir=folder, replace_desk=args.replace)
    except PacksBroken as broken:
        return _broken(args, broken.problems)
    except Refusal as refusal:
        return _refused(refusal)
    _tell(args, answer, _loaded(answer, args.lang))
    return GOOD


def _broken(args: argparse.Namespace, problems: list) -> int:
    for problem in problems:
        print(problem.say(args.lang), file=sys.stderr)
    return FINDING


def _loaded(answer: dict, lang: str) -> str:
    new, changed, same = len(answer["new"]), len(answer["changed"]), answer["unchanged"]
    lines = [
        f"{new} new draft(s), {changed} changed, {same} as published."
        if lang == "en"
        else f"{new} bản nháp mới, {changed} thay đổi, {same} giữ nguyên."
    ]
    for name in answer["kept"]:
        words = (
            "a draft written in the browser was left alone" if lang == "en" else "giữ bản nháp soạn trên web"
        )
        lines.append(f"  {name}: {words} (--replace)")
    for name in answer["gone"]:
        words = (
            "in force, but in no file any more"
            if lang == "en"
            else "đang có hiệu lực nhưng không còn trong tệp"
        )
        lines.append(f"  {name}: {words}")
    return "\n".join(lines)


def diff(args: argparse.Namespace) -> int:
    """0 nothing waits, 1 drafts differ from what is in force, 2 a name without a draft."""
    _set_up(args)
    from motcua.foundation.errors import Refusal
    from motcua.foundation.packs import store

    wanted = [_split(name) for name in args.names] or [(d["kind"], d["key"]) for d in store.drafts()]
    new = {(d["kind"], d["key"]) for d in store.drafts() if d["new"]}
    found = []
    for kind, key in wanted:
        try:
            rows = store.differences(kind, key)
        except Refusal as refusal:
            return _wrong(args, refusal.sentence, refusal.sentence)
        found.append({"name": f"{kind}/{key}", "new": (kind, key) in new, "differences": rows})
    _tell(args, found, "\n".join(_shown(entry, args.lang) for entry in found) or _nothing(args.lang))
    return FINDING if found else GOOD


def _nothing(lang: str) -> str:
    return "No draft waits." if lang == "en" else "Không có bản nháp nào đang chờ."


def _shown(entry: dict, lang: str) -> str:
    if entry["new"]:
        return f"{entry['name']}: {'new' if lang == 'en' else 'mới'}"
    lines = [f"{path}: {_short(old)} → {_short(new)}" for path, old, new in entry["differences"]]
    return "\n  ".join([f"{entry['name']}:", *lines])


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False) if value is not None else "–"
    return text if len(text) <= SHOWN_MAX else f"{text[: SHOWN_MAX - 1]}…"


def publish(args: argparse.Namespace) -> int:
    """0 published, 1 refused (nothing is changed then), 2 neither names nor --all, or not a day."""
    if bool(args.names) == args.all or (args.withdraw and not args.names):
        return _wrong(args, "nêu KIND/ID, hoặc --all.", "name KIND/ID, or give --all.")
    _set_up(args)
    from django.db import transaction

    from motcua.foundation.errors import Refusal
    from motcua.foundation.packs import store

    try:
        moment = _midnight(args.valid_from)
    except ValueError:
        return _wrong(args, f"“{args.valid_from}” không phải một ngày.", f"'{args.valid_from}' is not a day.")
    try:
        with transaction.atomic():
            if args.all:
                count = store.publish_all(_act("công bố gói"), valid_from=moment)["published"]
            else:
                for kind, key in map(_split, args.names):
                    if args.withdraw:
                        store.withdraw(_act("chấm dứt tài liệu"), kind=kind, key=key, valid_to=moment)
                    else:
                        store.publish(_act("công bố gói"), kind=kind, key=key, valid_from=moment)
                count = len(args.names)
    except Refusal as refusal:
        return _refused(refusal)
    done = ("withdrawn", "đã chấm dứt") if args.withdraw else ("published", "đã công bố")
    _tell(args, {done[0]: count}, f"{count} {done[0] if args.lang == 'en' else done[1]}.")
    return GOOD


def _refused(refusal: Any) -> int:
    print(f"{refusal.sentence} {refusal.way_out}", file=sys.stderr)
    return FINDING


def _split(name: str) -> tuple[str, str]:
    kind, _, key = name.partition("/")
    return kind, key


def _midnight(day: str | None) -> datetime | None:
    from motcua.foundation.time import TZ

    return datetime.combine(datetime.fromisoformat(day).date(), time(), TZ) if day else None


def _act(purpose: str) -> Any:
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act
    from motcua.foundation.time import now

    return new_act(system("command"), at=now(), purpose=purpose, channel="command")


def _set_up(args: argparse.Namespace) -> None:
    from motcua.config.cli import set_up_django

    set_up_django()
    from django.utils import translation

    translation.activate(args.lang)


def _tell(args: argparse.Namespace, data: Any, text: str) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=1) if args.json else text)


def _wrong(args: argparse.Namespace, vi: str, en: str) -> int:
    print(f"motcua packs: {en if args.lang == 'en' else vi}", file=sys.stderr)
    return WRONG_USAGE

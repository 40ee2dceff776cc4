"""`motcua catalogue import FILE.csv`: take a city's or the national official list in as listed procedures."""

import argparse
import json
import sys
from pathlib import Path

NAME = "catalogue"
HELP = "Danh mục thủ tục: nhập danh mục chính thức / the catalogue: import an official list."
GOOD, FINDING, WRONG_USAGE = 0, 1, 2


def register(subparsers) -> None:
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    actions = parser.add_subparsers(dest="action", metavar="import", required=True)
    text = (
        "Nhập tệp CSV (UTF-8; cột code, name_vi, issued_by, executed_by, field_vi). Nhập hết hoặc không nhập dòng nào. "
        "/ Import a CSV file, all of it or nothing."
    )
    parser = actions.add_parser("import", help=text, description=text)
    parser.add_argument("file", metavar="FILE.csv")
    parser.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ / language (vi)")


def run(args: argparse.Namespace) -> int:
    """0 imported; 1 lines are wrong, or it is refused; 2 the file is missing or no list. Then nothing changed."""
    from motcua.config.cli import set_up_django

    set_up_django()
    from django.utils import translation

    from motcua.catalogue import actions
    from motcua.catalogue.errors import ListUnreadable
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act
    from motcua.foundation.errors import Refusal
    from motcua.foundation.time import now

    translation.activate(args.lang)
    try:
        raw = Path(args.file).expanduser().read_bytes()
    except OSError as problem:
        print(f"motcua catalogue import: {args.file}: {problem.strerror}", file=sys.stderr)
        return WRONG_USAGE
    act = new_act(system("command"), at=now(), purpose="nhập danh mục thủ tục", channel="command")
    try:
        counts = actions.import_list(act, raw)
    except Refusal as refusal:
        _refused(args, refusal)
        return WRONG_USAGE if isinstance(refusal, ListUnreadable) else FINDING
    counts.pop("replayed", None)
    print(json.dumps(counts, ensure_ascii=False) if args.json else _sentence(counts, args.lang))
    return GOOD


def _refused(args: argparse.Namespace, refusal) -> None:
    problems = getattr(refusal, "problems", [])
    if args.json:
        print(
            json.dumps(
                {"problem": refusal.code, "message": refusal.sentence, "lines": problems}, ensure_ascii=False
            )
        )
    for problem in problems:
        print(f"{args.file}:{problem['field']}: {problem['message']}", file=sys.stderr)
    print(f"{refusal.sentence} {refusal.way_out}", file=sys.stderr)


def _sentence(counts: dict, lang: str) -> str:
    if lang == "en":
        return (
            "{rows} rows: {created} new, {updated} changed, {unchanged} as before, {skipped} known in full already; "
            "{absent} listed before are not in this list."
        ).format(**counts)
    return (
        "{rows} dòng: {created} mới, {updated} thay đổi, {unchanged} giữ nguyên, {skipped} đã có nội dung đầy đủ; "
        "{absent} thủ tục đã nhập trước không có trong danh mục này."
    ).format(**counts)

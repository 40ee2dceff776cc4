"""`motcua packs check [DIR]`, `motcua packs show KIND ID`: judge the packs, or see one document as it holds here.

These and `prove` (`_packs_prove`) run without Django, so that packs can be written and judged where nothing else is set
up; `load`, `diff` and `publish` stand in `_packs_store`.
"""

import argparse
import json
import os
import sys
from pathlib import Path

from motcua.config import paths
from motcua.config.commands import _packs_prove, _packs_store

NAME = "packs"
HELP = "Kiểm tra và xem gói dữ liệu / check the packs, show one document."
GOOD, FINDING, WRONG_USAGE = 0, 1, 2


def register(subparsers) -> None:
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    commands = parser.add_subparsers(dest="packs_command", metavar="VIỆC/WHAT", required=True)
    add_subcommands(commands)
    _packs_store.add_subcommands(commands)


def add_subcommands(subparsers) -> None:
    """Hang `check`, `prove` and `show` under a parser."""
    text = (
        "Đọc mọi gói, báo mọi lỗi cùng tệp và dòng / read all packs, tell every problem with file and line."
    )
    parser = subparsers.add_parser("check", help=text, description=text)
    parser.add_argument("dir", nargs="?", metavar="DIR", help="thư mục gói / folder of packs")
    _common(parser)
    parser.set_defaults(packs_run=check)
    _packs_prove.add_subcommand(subparsers, _common, lambda given: (_folder(given), _shown(_folder(given))))
    text = "Xem một tài liệu sau khi chồng lớp / show one document after overlay."
    parser = subparsers.add_parser("show", help=text, description=text)
    parser.add_argument("kind", metavar="KIND", help="ví dụ/e.g. procedures")
    parser.add_argument("id", metavar="ID", help="ví dụ/e.g. birth-registration")
    parser.add_argument("--dir", metavar="DIR", help="thư mục gói / folder of packs")
    parser.add_argument("--layer", default="national", metavar="LAYER", help="lớp gói / layer (national)")
    _common(parser)
    parser.set_defaults(packs_run=show)


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ / language (vi)")


def run(args: argparse.Namespace) -> int:
    """Run the chosen subcommand; returns its exit code."""
    return args.packs_run(args)


def check(args: argparse.Namespace) -> int:
    """0 no problem, 1 problems, 2 no such folder."""
    from motcua.foundation.packs.check import check as check_packs

    folder = _folder(args.dir)
    if not folder.is_dir():
        return _wrong(args, f"không có thư mục {folder}.", f"there is no folder {folder}.")
    report = check_packs(folder, _shown(folder))
    if args.json:
        print(json.dumps(report.to_data(args.lang), ensure_ascii=False, indent=1))
    else:
        for problem in report.problems:
            print(problem.say(args.lang))
        print(_summary(report, args.lang))
    return FINDING if report.problems else GOOD


def show(args: argparse.Namespace) -> int:
    """Print one resolved document; 1 when the packs are broken, 2 when there is no such layer or document."""
    from motcua.foundation.packs import PacksBroken, read, resolve

    folder = _folder(args.dir)
    if not folder.is_dir():
        return _wrong(args, f"không có thư mục {folder}.", f"there is no folder {folder}.")
    packs = read(folder, _shown(folder))
    if args.layer not in packs.packs:
        have = ", ".join(sorted(packs.packs))
        vi, en = (
            f"không có lớp “{args.layer}”; hiện có: {have}.",
            f"no layer “{args.layer}”; there are: {have}.",
        )
        return _wrong(args, vi, en)
    try:
        resolved, problems = resolve(packs, [args.layer])
    except PacksBroken as broken:
        resolved, problems = None, broken.problems
    if problems or packs.problems or resolved is None:
        for problem in [*packs.problems, *problems]:
            print(problem.say(args.lang), file=sys.stderr)
        return FINDING
    document = resolved.get(args.kind, args.id)
    if document is None:
        name = f"{args.kind}/{args.id}"
        return _wrong(args, f"không có tài liệu {name}.", f"there is no document {name}.")
    print(json.dumps(_described(document), ensure_ascii=False, indent=1))
    return GOOD


def _described(document) -> dict:
    return {
        "kind": document.kind,
        "id": document.id,
        "hash": document.hash,
        "layers": list(document.layers),
        "files": list(document.files),
        "body": document.body,
    }


def _folder(given: str | None) -> Path:
    if given is not None:
        return Path(given).expanduser()
    named = os.environ.get("MOTCUA_PACKS_DIR")
    return Path(named).expanduser() if named else paths.default_packs()


def _shown(folder: Path) -> str:
    """The folder as people know it: relative to where they stand, when it lies there."""
    try:
        return folder.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return folder.as_posix()


def _summary(report, lang: str) -> str:
    found = len(report.problems)
    lines = [
        f"{found} problem(s), {report.files} file(s)."
        if lang == "en"
        else f"{found} lỗi, {report.files} tệp."
    ]
    for layer, kinds in report.counts.items():
        lines.append(f"{layer}: " + ", ".join(f"{kind} {number}" for kind, number in kinds.items()))
    return "\n".join(lines)


def _wrong(args: argparse.Namespace, vi: str, en: str) -> int:
    print(f"motcua packs: {en if args.lang == 'en' else vi}", file=sys.stderr)
    return WRONG_USAGE


def main(argv: list[str] | None = None) -> int:
    """`python -m motcua.config.commands.packs …`."""
    parser = argparse.ArgumentParser(prog="motcua packs", description=HELP)
    add_subcommands(parser.add_subparsers(dest="packs_command", required=True))
    return run(parser.parse_args(argv))


if __name__ == "__main__":
    sys.exit(main())

"""`motcua packs prove`: every procedure proved before it is published, a dossier for what fails. Used by `packs`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

GOOD, FINDING, WRONG_USAGE = 0, 1, 2


def add_subcommand(subparsers: argparse._SubParsersAction, common: Callable, folder: Callable) -> None:
    """Hang `prove` under the parser of `packs`; `common` adds --json and --lang, `folder` finds (path, as shown)."""
    text = (
        "Chứng minh mỗi thủ tục đi được tới cùng, kèm hồ sơ cho mỗi lỗi / prove every procedure, with a dossier for "
        "each fault."
    )
    parser = subparsers.add_parser("prove", help=text, description=text)
    parser.add_argument("dir", nargs="?", metavar="DIR", help="thư mục gói / folder of packs")
    parser.add_argument(
        "--layer", action="append", metavar="LAYER", help="chỉ lớp này (mặc định: mọi lớp) / only this layer"
    )
    parser.add_argument(
        "--day", metavar="DAY", help="ngày nộp, ví dụ 2027-03-01 (hôm nay) / day of filing (today)"
    )
    parser.add_argument(
        "--cases", metavar="FOLDER", help="ghi bộ hồ sơ thử phủ hết / write covering test dossiers"
    )
    common(parser)
    parser.set_defaults(packs_run=lambda args: prove(args, *folder(args.dir)))


def prove(args: argparse.Namespace, path: Path, shown: str) -> int:
    """0 all is proved, 1 a finding or a question left open, 2 no such folder, layer or day."""
    from motcua.editing.rules.proving import house
    from motcua.foundation.packs import PacksBroken, read
    from motcua.foundation.packs.prove import prove_packs

    if not path.is_dir():
        return _wrong(args, f"không có thư mục {path}.", f"there is no folder {path}.")
    today = _day(args.day)
    if today is None:
        return _wrong(args, f"“{args.day}” không phải ngày dạng 2027-03-01.", f"“{args.day}” is no day.")
    packs = read(path, shown)
    layers = args.layer or sorted(packs.packs, key=lambda name: (len(packs.stack([name])), name))
    for layer in layers:
        if layer not in packs.packs:
            have = ", ".join(sorted(packs.packs))
            vi, en = f"không có lớp “{layer}”; hiện có: {have}.", f"no layer “{layer}”; there are: {have}."
            return _wrong(args, vi, en)
    if args.cases is not None and Path(args.cases).exists() and not Path(args.cases).is_dir():
        return _wrong(args, f"{args.cases} không phải thư mục.", f"{args.cases} is no folder.")
    broken = list(packs.problems)
    try:
        report = prove_packs(packs, layers, today, house())
    except PacksBroken as problem:
        broken += [one for one in problem.problems if one not in broken]
        return _broken(args, broken)
    if broken:
        return _broken(args, broken)
    cases = _write_cases(packs, layers, today, Path(args.cases)) if args.cases is not None else None
    if args.json:
        data = {**report.to_data(args.lang), "day": today.isoformat(), "layers": layers}
        if cases is not None:
            data["cases"] = cases
        print(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        _print(args, report, cases)
    return GOOD if report.ok else FINDING


def _write_cases(packs, layers: list[str], today: date, folder: Path) -> dict[str, dict]:
    from motcua.foundation.packs.prove import covering

    written: dict[str, dict] = {}
    for layer, procedure, coverage in covering(packs, layers, today):
        path = folder / layer / f"{procedure}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = {"procedure": procedure, "layer": layer, **coverage.to_data()}
        path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        written[f"{layer}/{procedure}"] = {
            "file": path.as_posix(),
            "targets": coverage.targets,
            "dossiers": len(coverage.cases),
            "missed": data["missed"],
        }
    return written


def _print(args: argparse.Namespace, report, cases: dict[str, dict] | None) -> None:
    english = args.lang == "en"
    for told in (*report.findings, *report.unproved):
        print(told.say(args.lang))
        dossier = getattr(told.said, "dossier", None)
        if dossier is not None:
            print(
                "    "
                + ("dossier: " if english else "hồ sơ: ")
                + json.dumps(dossier.to_data(), ensure_ascii=False)
            )
    if cases is not None:
        dossiers = sum(one["dossiers"] for one in cases.values())
        missed = sum(len(one["missed"]) for one in cases.values())
        targets = sum(one["targets"] for one in cases.values())
        print(
            f"{dossiers} test dossiers in {args.cases}: {targets - missed} of {targets} things reached."
            if english
            else f"{dossiers} hồ sơ thử trong {args.cases}: chạm tới {targets - missed} trên {targets} điểm."
        )
    found, left, asked = len(report.findings), len(report.unproved), report.asked
    print(
        f"{found} finding(s), {left} not proved; {report.procedures} procedure(s), {asked} question(s)."
        if english
        else f"{found} lỗi, {left} điều chưa chứng minh được; {report.procedures} thủ tục, {asked} câu hỏi."
    )


def _broken(args: argparse.Namespace, problems: list) -> int:
    """Packs that cannot be read prove nothing; `motcua packs check` says the same with more."""
    if args.json:
        data = {"ok": False, "problems": [problem.to_data(args.lang) for problem in problems]}
        print(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            print(problem.say(args.lang))
    return FINDING


def _day(text: str | None) -> date | None:
    from motcua.kernel.clock import TZ

    if text is None:
        return datetime.now(TZ).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _wrong(args: argparse.Namespace, vi: str, en: str) -> int:
    print(f"motcua packs prove: {en if args.lang == 'en' else vi}", file=sys.stderr)
    return WRONG_USAGE

"""`motcua retention due|run`: what has outlived its retention, and destroying what was decided."""

from __future__ import annotations

import argparse
import json
from typing import Any

NAME = "retention"
HELP = "Lưu trữ: hồ sơ hết thời hạn, bản nháp bỏ dở, hủy theo quyết định / retention: what is due, destroying it."
GOOD = 0


def register(subparsers: Any) -> None:
    """Add the command and its actions to the parser."""
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    actions = parser.add_subparsers(dest="action", metavar="due|run", required=True)
    due = actions.add_parser("due", help="cái gì đến hạn, cái gì bị giữ lại / what is due, what is held back")
    run = actions.add_parser(
        "run",
        help="xóa bản nháp bỏ dở, hủy hồ sơ đã có quyết định / erase abandoned drafts and what is decided",
    )
    run.add_argument("--dry-run", action="store_true", help="chỉ đếm / count only")
    for sub in (due, run):
        sub.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    """0: told, or done."""
    from motcua.config.cli import set_up_django

    set_up_django()
    told = _due() if args.action == "due" or args.dry_run else _run()
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
        return GOOD
    for key, (vi, en) in _WORDS.items():
        if key in told:
            print(f"{told[key]:>8}  {vi} / {en}")
    for row in told.get("by_agency", ()):
        print(f"{row['dossiers']:>8}    {row['name']}")
    return GOOD


_WORDS = {
    "drafts": ("bản nháp bỏ dở", "abandoned drafts"),
    "dossiers": ("hồ sơ hết thời hạn lưu trữ", "dossiers past their retention"),
    "decided": ("hồ sơ đã có quyết định hủy", "dossiers decided to be destroyed"),
    "undecided": ("danh mục chờ quyết định", "lists that wait for a decision"),
    "destroyed": ("hồ sơ đã hủy", "dossiers destroyed"),
    "kept": ("hồ sơ giữ lại", "dossiers kept"),
    "contents": ("lượt xóa nội dung tệp", "rounds of deleting file contents"),
    "rewritten": ("tệp cơ sở dữ liệu đã ghi lại", "database file written anew"),
}


def _due() -> dict[str, Any]:
    from motcua.agencies import queries as agencies
    from motcua.foundation.time import local_date, now
    from motcua.retention import queries

    at = now()
    counts = queries.count_due(local_date(at))
    names = agencies.names(counts)
    return {
        "on": local_date(at).isoformat(),
        "drafts": queries.count_drafts(at),
        "dossiers": sum(counts.values()),
        "decided": queries.count_decided(),
        "undecided": queries.count_undecided(),
        "by_agency": [
            {"agency": agency, "name": names.get(agency, "–"), "dossiers": n}
            for agency, n in sorted(counts.items())
        ],
    }


def _run() -> dict[str, Any]:
    from motcua.foundation import erased, worker
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act
    from motcua.foundation.time import now
    from motcua.retention import actions

    act = new_act(system("operator"), at=now(), purpose="retention", channel="command")
    drafts = actions.erase_drafts(act)
    found = actions.carry_out_all(act)
    contents = worker.do_named("files.wipe")
    gone = drafts + found["destroyed"]
    return {
        "drafts": drafts,
        "destroyed": found["destroyed"],
        "kept": found["kept"],
        "contents": contents,
        "rewritten": int(erased.settle()) if gone or contents else 0,
    }

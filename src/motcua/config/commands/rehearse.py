"""`motcua rehearse`: the dossiers of the last months once more, under a change that is only thought of."""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

NAME = "rehearse"
HELP = "Diễn tập thay đổi trên hồ sơ các tháng qua / rehearse a change on the dossiers of the last months."
GOOD, FINDING, WRONG_USAGE = 0, 1, 2
DAYS_MAX = 1000


def register(subparsers: Any) -> None:
    """Add the command to the parser."""
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    parser.add_argument(
        "--change",
        required=True,
        metavar="PACK",
        help="tệp YAML hay thư mục chỉ ghi phần khác / a YAML file or folder with what differs",
    )
    parser.add_argument("--last", default="90d", metavar="90d", help="số ngày gần nhất / the last days")
    parser.add_argument("--until", metavar="ISO", help="tính đến lúc này; mặc định bây giờ / default now")
    parser.add_argument(
        "--most",
        type=int,
        default=0,
        metavar="N",
        help="in nhiều nhất N hồ sơ trễ; 0 là tất cả / print at most N late dossiers, 0 all",
    )
    parser.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")


def run(args: argparse.Namespace) -> int:
    """0: no dossier would newly be late; 1: some would; 2: wrong usage. Nothing in the installation changes."""
    from motcua.config.cli import set_up_django
    from motcua.config.simulating import BadMoment, moment_of

    days = re.fullmatch(r"(\d{1,4})d", args.last)
    if days is None or not 1 <= int(days[1]) <= DAYS_MAX or args.most < 0:
        print(f"--last: 1d–{DAYS_MAX}d; --most: 0, 1, 2 …", file=sys.stderr)
        return WRONG_USAGE
    set_up_django()
    from motcua.rehearsal.change import ChangeWrong, read_change
    from motcua.rehearsal.queries import rehearse

    begun = time.monotonic()
    try:
        until = moment_of(args.until)
        change = read_change(Path(args.change))
        report = rehearse(change, since=until - timedelta(days=int(days[1])), until=until)
    except BadMoment as problem:
        print(problem, file=sys.stderr)
        return WRONG_USAGE
    except ChangeWrong as problem:
        print(f"{problem.vi}\n{problem.en}", file=sys.stderr)
        return WRONG_USAGE
    data = {**report.to_data(), "seconds": round(time.monotonic() - begun, 2)}
    if args.json:
        print(json.dumps(data, ensure_ascii=False))
    else:
        print("\n".join(in_words(data, args.most)))
    return FINDING if report.late else GOOD


def in_words(data: dict[str, Any], most: int) -> list[str]:
    """The report as people read it."""
    due, late, fees = data["due"], data["late"], data["fees"]
    rows = data["newly_late"]
    shown = rows[:most] if most else rows
    names = ", ".join(data["change"]["documents"]) or "–"
    staff = ", ".join(f"{code} ×{pace:g}" for code, pace in data["change"]["staffing"].items())
    lines = [
        f"Diễn tập / rehearsal: {names}{f' · {staff}' if staff else ''}",
        f"  {data['since'][:16]} – {data['until'][:16]}",
        f"  Hồ sơ / dossiers                       {data['dossiers']:>8}",
        f"  Ngày hẹn sớm hơn / due earlier         {due['earlier']:>8}",
        f"  Ngày hẹn muộn hơn / due later          {due['later']:>8}",
        f"  Không đổi / the same                   {due['same']:>8}",
        f"  Trễ: trước / late before               {late['before']:>8}",
        f"  Trễ: sau / late after                  {late['after']:>8}",
        f"  Trễ thêm / newly late                  {late['newly']:>8}",
        f"  Hết trễ / no longer late               {late['no_longer']:>8}",
    ]
    if late["after_at_most"] is not None:
        lines.append(f"  Trễ nhiều nhất / late at the most      {late['after_at_most']:>8}")
    if data["apologies_refused"]:
        lines.append(f"  Xin lỗi không còn được phép / apologies {data['apologies_refused']:>7}")
    if fees["dossiers"] or fees["uncertain"]:
        lines += [
            f"  Phí, lệ phí / fees: {fees['before']:,} → {fees['after']:,} đồng ({fees['dossiers']} hồ sơ)",
            f"  Chưa tính được phí / fees not told     {fees['uncertain']:>8}",
        ]
    if data["unlike_record"]:
        lines.append(f"  Ngày hẹn khác sổ / unlike the record   {data['unlike_record']:>8}")
    if data["left_out"]:
        lines.append(f"  Không tính lại được / left out         {data['left_out']:>8}")
    lines += ["", *_procedures(data["procedures"]), "", *_queues(data["agencies"])]
    if rows:
        lines += [
            "",
            "  Hồ sơ sẽ trễ / dossiers that would be late: hẹn trước → hẹn sau, xong, trễ (ngày làm việc, giờ)",
        ]
    lines += [_late(row) for row in shown]
    if len(shown) < len(rows):
        lines.append(f"  … {len(rows) - len(shown)} hồ sơ nữa / more")
    lines.append(f"  {data['seconds']} s")
    return lines


def _procedures(procedures: dict[str, dict[str, int]]) -> list[str]:
    """Those that the change touches; the others are counted."""
    lines = ["  Thủ tục / procedure                                hồ sơ   trễ trước   trễ sau   ngày*"]
    touched = {
        slug: counts
        for slug, counts in procedures.items()
        if counts.get("same", 0) < counts["dossiers"] or counts["late_before"] != counts["late_after"]
    }
    for slug, counts in touched.items():
        mean = counts.get("days_moved", 0) / counts["dossiers"]
        late = f"{counts['late_before']:>11} {counts['late_after']:>9}"
        lines.append(f"  {slug[:50]:<50} {counts['dossiers']:>6} {late} {mean:>+7.1f}")
    lines.append(f"  {len(procedures) - len(touched)} thủ tục khác không đổi / others unchanged")
    return [
        *lines,
        "  * ngày làm việc hẹn trả dời đi, trung bình / mean working days by which due dates move",
    ]


def _queues(agencies: dict[str, dict[str, Any]]) -> list[str]:
    """The queues that the change makes longer or shorter; the others are counted."""
    moved = {
        c: told["queue"] for c, told in agencies.items() if told["queue"]["before"] != told["queue"]["after"]
    }
    lines = ["  Hàng chờ cuối ngày / queue at close of day       trước: nhiều nhất, TB   sau: nhiều nhất, TB"]
    for code, queue in moved.items():
        was, would = queue["before"], queue["after"]
        lines.append(
            f"  {code[:50]:<50} {was['most']:>8} {was['mean']:>10} {would['most']:>11} {would['mean']:>9}"
        )
    return [*lines, f"  {len(agencies) - len(moved)} cơ quan khác không đổi / others unchanged"]


def _late(row: dict[str, Any]) -> str:
    before, ended = (row["due_before"] or "–")[:16], (row["ended"] or "đang giải quyết")[:16]
    late = f"{row['late_working_days']:>3} {row['late_minutes'] / 60:>7.1f}"
    return f"  {row['dossier']} {row['procedure'][:34]:<34} {before:<16} → {row['due_after'][:16]}  {ended:<16} {late}"

"""`motcua forecast learn|calibration`: learning the forecasts anew, and how past ones came true."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

NAME = "forecast"
HELP = "Dự báo ngày xong: học lại, kiểm chứng / when dossiers will be finished: learn, judge."
GOOD, FINDING, WRONG_USAGE = 0, 1, 2
MONTHS_MAX = 24


def register(subparsers: Any) -> None:
    """Add the command and its actions to the parser."""
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    actions = parser.add_subparsers(dest="action", metavar="learn|calibration", required=True)
    learn = actions.add_parser(
        "learn", help="học từ hồ sơ đã giải quyết, như mỗi đêm / learn from what was lived, as each night"
    )
    judge = actions.add_parser(
        "calibration",
        help="đúng bao nhiêu ở các tháng để riêng; 1 nếu có nhóm lệch / how it did on months held out; 1 when off",
    )
    judge.add_argument(
        "--months", type=int, default=3, help="số tháng trọn gần nhất / how many complete months"
    )
    judge.add_argument(
        "--least",
        type=int,
        default=None,
        help="nhóm có từ bao nhiêu hồ sơ thì xét / size from which a group is judged",
    )
    for one in (learn, judge):
        one.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")
        one.add_argument("--until", metavar="ISO", help="tính đến lúc này; mặc định bây giờ / default now")


def run(args: argparse.Namespace) -> int:
    """learn: 0 when written. calibration: 0 good, 1 a group is off or nothing can be judged; 2 wrong usage."""
    from motcua.config.cli import set_up_django
    from motcua.config.simulating import BadMoment, moment_of

    if args.action == "calibration" and (not 1 <= args.months <= MONTHS_MAX or (args.least or 1) < 1):
        print(f"--months: 1–{MONTHS_MAX}; --least: 1, 2 …", file=sys.stderr)
        return WRONG_USAGE
    set_up_django()
    try:
        at = moment_of(args.until)
    except BadMoment as problem:
        print(problem, file=sys.stderr)
        return WRONG_USAGE
    return _learn(args, at) if args.action == "learn" else _judge(args, at)


def _learn(args: argparse.Namespace, at: Any) -> int:
    from motcua.forecast import actions
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act

    done = actions.learn(new_act(system("command-line"), at=at, purpose="learn the forecasts"))
    if args.json:
        print(json.dumps(done))
    else:
        print(f"{done['stands']} lần vào bước / beginnings of a step, {done['kinds']} loại / kinds")
    return GOOD


def _judge(args: argparse.Namespace, at: Any) -> int:
    from motcua.forecast.calibration import calibrate

    told = calibrate(at, months=args.months, least=args.least)
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print("\n".join(_in_words(told)))
    return GOOD if told["good"] else FINDING


def _in_words(told: dict[str, Any]) -> list[str]:
    months = ", ".join(told["months"]) or "–"
    lines = [
        f"Dự báo 9/10, các tháng để riêng / nine of ten, months held out: {months}",
        f"  cần / needed: cận dưới / lower bound ≥ {told['coverage_least']:.0%}, từ / from {told['group_least']} hồ sơ",
        "",
        f"  {'nhóm / group':<62} {'hồ sơ':>7} {'đúng':>7} {'cận 95%':>8} {'ngày':>7} {'mất mát':>8} {'ngày hẹn':>9}",
    ]
    lines += [_line(group) for group in told["groups"]]
    small = told["groups_too_small"]
    lines += [
        "",
        f"  {len(small)} nhóm nhỏ hơn, không xét / smaller groups, not judged",
        "  đúng: xong trước giờ dự báo; ngày: xong trong ngày dự báo; mất mát: pinball 0,9 tính bằng giờ làm việc,",
        "  của dự báo và của ngày hẹn trả nếu lấy nó làm dự báo / pinball loss in office hours, forecast and due date",
        "  ✓ tất cả đạt / all good"
        if told["good"]
        else "  ✗ có nhóm không đạt hoặc chưa đủ để xét / a group is off, or none to judge",
    ]
    return lines


def _line(group: dict[str, Any]) -> str:
    loss = "–" if group["loss"] is None else f"{group['loss']:.3f}"
    due = "–" if group["due_loss"] is None else f"{group['due_loss']:.3f}"
    return (
        f"  {group['name'][:62]:<62} {group['n']:>7} {group['coverage']:>7.1%} {group['lower']:>8.1%}"
        f" {group['dates']:>7.1%} {loss:>8} {due:>9}{'' if group['good'] else '  ✗'}"
    )

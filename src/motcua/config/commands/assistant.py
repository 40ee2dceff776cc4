"""`motcua assistant eval FILE.jsonl | learn | check-quality`: how good it is, and the check; meanings learnt now."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from motcua.config.commands import _assistant_eval, _assistant_learn, _check_quality

NAME = "assistant"
HELP = (
    "Trợ lý và soát trước khi nộp: chất lượng / the assistant and the check before filing: how good they are."
)


def register(subparsers: Any) -> None:
    """Add the command and its actions to the parser; each action brings its own `assistant_run`."""
    parser = subparsers.add_parser(NAME, help=HELP, description=HELP)
    actions = parser.add_subparsers(dest="action", metavar="eval|learn|check-quality", required=True)
    _assistant_eval.add(actions)
    _assistant_learn.add(actions)
    _check_quality.add(actions)


def run(args: argparse.Namespace) -> int:
    """What the chosen action returns: 0, 1 for a finding, 2 for wrong usage."""
    chosen: Callable[[argparse.Namespace], int] = args.assistant_run
    return chosen(args)

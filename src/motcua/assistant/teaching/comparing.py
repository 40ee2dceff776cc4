"""What a lesson changes: the assistant as it is and as it would be, asked the same questions.

The golden set ships with the product (`assistant/golden`); beside it the questions asked last, out of the log. Learning
takes seconds, so the worker does it and nobody waits at a page (see `tasks.compare`).
"""

from __future__ import annotations

import json
import time as machine_time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from motcua.assistant.evaluation import evaluate
from motcua.assistant.knowledge import Knowledge, Written, knowledge
from motcua.assistant.models import Comparison, Turn
from motcua.assistant.replying import reply
from motcua.assistant.rules import Reply, teaching
from motcua.assistant.teaching import actions, questions
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "golden.jsonl"
ASKED_LAST = 500
FIGURES = (
    "n", "n_in_catalogue", "hit@1", "hit@3", "answered", "asked_back", "refused", "handed_over", "wrong_but_confident",
    "n_out_of_scope", "out_of_scope_handled", "behaviour_as_expected",
)  # fmt: skip

_Answer = Callable[[str], Reply]


@lru_cache(maxsize=1)
def golden() -> tuple[dict[str, Any], ...]:
    """The rows of the golden set."""
    return tuple(json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines() if line.strip())


def run(pk: int, at: datetime) -> bool:
    """Find out what a lesson changes and keep it; False when nobody asks any more. Call it outside a transaction."""
    row = Comparison.objects.select_related("lesson").filter(pk=pk, done_at__isnull=True).first()
    if row is None or row.lesson.hash != row.hash:
        return False
    begun = machine_time.perf_counter()
    found = compared(row.lesson.body, at)
    spent = round(machine_time.perf_counter() - begun, 2)
    act = new_act(system("worker"), at=at, purpose="assistant.teach", channel="task")
    return bool(actions.keep_comparison(act, comparison=pk, found=found, seconds=spent)["kept"])


def compared(body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """{figures: {before, after, by_heart}, golden: rows that turned, asked: answers that would change}.

    `body` is the editors' document as it would be published. Rows whose question was taught word by word measure
    nothing any more: both figures leave them out, and their number is told.
    """
    was, would = knowledge(), Knowledge(Written(teaching.DESK, body))
    now_says, then_says = _asking(was, at), _asking(would, at)
    by_heart = teaching.learnt_by_heart(golden(), body)
    rows = [
        {**row, "question_no_diacritics": row["question"]} for row in golden() if row["id"] not in by_heart
    ]
    before, after = evaluate(rows, now_says, was), evaluate(rows, then_says, would)
    figures = {
        "before": {name: before.figures.get(name) for name in FIGURES},
        "after": {name: after.figures.get(name) for name in FIGURES},
        "by_heart": len(by_heart),
    }
    asked = questions.asked_last(system("worker"), at, ASKED_LAST)
    figures["asked"] = len(asked)
    return {
        "figures": figures,
        "golden": _turned(before.rows, after.rows),
        "asked": list(_changed(asked, now_says, then_says)),
    }


def _asking(known: Knowledge, at: datetime) -> _Answer:
    """The assistant with this knowledge, asked by nobody in particular; the same question is thought about once."""
    return lru_cache(maxsize=None)(lambda question: reply(question, at=at, known=known))


def _turned(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for was, would in zip(before, after, strict=True):
        if how := teaching.turned(was, would):
            row = {"id": was["id"], "how": how, "question": was["question"], "expected": was["expected"]}
            found.append({**row, "before": _said(was), "after": _said(would)})
    return sorted(found, key=lambda row: (teaching.HOWS.index(row["how"]), str(row["id"])))


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"behaviour": row["behaviour"], "slug": row["slug"], "guess": (row["guesses"] or [""])[0]}


def _changed(asked: Sequence[Turn], now_says: _Answer, then_says: _Answer) -> Any:
    """The questions of the log that would be answered otherwise, by their primary key: their words stay in the log."""
    for turn in asked:
        was, would = now_says(turn.question), then_says(turn.question)
        if (was.behaviour, was.slug, was.text) != (would.behaviour, would.slug, would.text):
            yield {"turn": turn.pk, "before": _told(was), "after": _told(would)}


def _told(said: Reply) -> dict[str, Any]:
    return {"behaviour": said.behaviour, "slug": said.slug, "said": said.text[:300]}

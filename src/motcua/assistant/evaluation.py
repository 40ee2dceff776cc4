"""How good is the assistant: measured on questions with what is expected of them, one JSON object a line.

A row has `question`, `question_no_diacritics`, `expected_procedure_code` and `acceptable_codes` (the first among the
answers counts when its code is one of them), `answer_facts` [{fact}], `expected_behavior`. The three figures of finding
are over the rows whose code one of the shipped procedures with content has; what is out of scope has no code. A sure
answer can be wrong where the right code is not shipped too: `wrong_but_confident` is over every row that says what is
right (`n_judgeable`: a code, or that nothing is).
Part of the door `queries`.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from motcua.assistant.knowledge import Knowledge, knowledge
from motcua.assistant.replying import reply
from motcua.assistant.rules import ANSWER, ASK_BACK, HAND_OVER, REFUSALS, Reply
from motcua.assistant.rules.normal import terms
from motcua.assistant.rules.sureness import CONFIDENT, QUIET
from motcua.catalogue.rules import ProcedureView

Row = Mapping[str, Any]
Answer = Callable[[str], Reply]

HELD = (
    0.7  # of the words of a fact that tell something: so many must stand in the document, and in the answer
)
TOLD = 0.7
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_OUT = "out_of_scope"


@dataclass
class Measured:
    """The figures, and row by row what came of it."""

    figures: dict[str, Any]
    rows: list[dict[str, Any]] = field(default_factory=list)


def evaluate(rows: Sequence[Row], answer: Answer, known: Knowledge) -> Measured:
    """Ask every question, with and without tones, and count. `answer` gives the reply to a question without context."""
    by_code = {view.code: view for view in known.views.values() if view.code}
    told = [_row(row, answer, by_code) for row in rows]
    held = [row for row in told if row["in_catalogue"]]
    outside = [row for row in told if row["out_of_scope"]]
    facts = [row for row in told if row["facts_held"]]
    times = [row["ms"] for row in told]
    judged = [row for row in told if row["judgeable"]]
    wrong = [row["id"] for row in judged if row["wrong_but_confident"]]
    figures: dict[str, Any] = {
        "n": len(told),
        "n_in_catalogue": len(held),
        "hit@1": _share(held, "hit1"),
        "hit@3": _share(held, "hit3"),
        "mrr": _mean(row["reciprocal"] for row in held),
        "hit@1_no_diacritics": _share(held, "hit1_bare"),
        "hit@3_no_diacritics": _share(held, "hit3_bare"),
        "mrr_no_diacritics": _mean(row["reciprocal_bare"] for row in held),
        "n_facts_held": sum(row["facts_held"] for row in facts),
        "n_facts": sum(row["facts"] for row in told),
        "fact_recall": _ratio(
            sum(row["facts_told"] for row in facts), sum(row["facts_held"] for row in facts)
        ),
        "answered": _share(told, "answered"),
        "asked_back": _share(told, "asked_back"),
        "refused": _share(told, "refused"),
        "handed_over": _share(told, "handed_over"),
        "n_judgeable": len(judged),
        "wrong_but_confident": _ratio(len(wrong), len(judged)),
        "n_out_of_scope": len(outside),
        "out_of_scope_handled": _share(outside, "handled"),
        "behaviour_as_expected": _share(told, "as_expected"),
        "latency_ms_p50": round(statistics.median(times), 1) if times else None,
        "latency_ms_p95": round(sorted(times)[max(0, int(len(times) * 0.95) - 1)], 1) if times else None,
        "wrong_rows": wrong,
    }
    return Measured(figures, told)


def measure(rows: Sequence[Row], *, at: datetime, language: str = "vi") -> Measured:
    """The assistant as it is, asked at the aware moment `at` by nobody in particular."""
    known = knowledge()
    reply("", at=at, language=language)  # what is built on first use is no part of the latency
    return evaluate(rows, lambda question: reply(question, at=at, language=language), known)


def _row(row: Row, answer: Answer, by_code: Mapping[str, ProcedureView]) -> dict[str, Any]:
    codes = {str(code) for code in row.get("acceptable_codes") or ()}
    codes |= {str(row["expected_procedure_code"])} if row.get("expected_procedure_code") else set()
    held = codes & set(by_code)
    begun = time.perf_counter()
    said = answer(str(row["question"]))
    spent = (time.perf_counter() - begun) * 1000
    place = _place(said, codes)
    toneless = str(row.get("question_no_diacritics") or row["question"])
    bare = place if toneless == row["question"] else _place(answer(toneless), codes)
    facts = [str(each["fact"]) for each in row.get("answer_facts") or () if each.get("fact")] if held else []
    parts = [text for code in sorted(held) for text in _parts(by_code[code].body)]
    standing = [fact for fact in facts if any(holds(text, fact, HELD) for text in parts)]
    outside = row.get("intent") == _OUT
    answered = said.behaviour == ANSWER
    confident = answered and bool(said.slug or said.code) and said.confidence >= CONFIDENT
    return {
        "id": row.get("id"),
        "question": row["question"],
        "behaviour": said.behaviour,
        "intent": said.intent,
        "code": said.code,
        "slug": said.slug,
        "confidence": round(said.confidence, 3),
        "guesses": [guess.code or guess.slug for guess in said.guesses[:3]],
        "expected": sorted(codes),
        "expected_behaviour": row.get("expected_behavior"),
        "in_catalogue": bool(held),
        "hit1": place == 1,
        "hit3": bool(place) and place <= 3,
        "reciprocal": 1 / place if place else 0.0,
        "hit1_bare": bare == 1,
        "hit3_bare": bool(bare) and bare <= 3,
        "reciprocal_bare": 1 / bare if bare else 0.0,
        "facts": len(row.get("answer_facts") or ()),
        "facts_held": len(standing),
        "facts_told": sum(holds(said.text, fact, TOLD) for fact in standing),
        "answered": answered,
        "asked_back": said.behaviour == ASK_BACK,
        "refused": said.behaviour in REFUSALS,
        "handed_over": said.behaviour == HAND_OVER,
        "out_of_scope": outside,
        "handled": not (said.slug or said.code)
        and (not answered or not said.confidence >= CONFIDENT or said.intent == "complaint"),
        "as_expected": as_expected(str(row.get("expected_behavior") or ""), said),
        "judgeable": outside or bool(codes),
        "wrong_but_confident": confident and (outside or bool(codes)) and said.code not in codes,
        "ms": spent,
    }


def as_expected(expected: str, said: Reply) -> bool:
    """Whether the reply is of the kind that is expected; among refusals the tone may differ, not the refusing."""
    if expected in REFUSALS:
        return said.behaviour in REFUSALS or (said.behaviour != ANSWER and not said.slug)
    if expected == "handover":
        return said.behaviour in (HAND_OVER, ASK_BACK, "my_dossiers") or said.behaviour in REFUSALS
    if expected == "status":
        return said.behaviour == "my_dossiers"
    return said.behaviour == expected


def _place(said: Reply, codes: set[str]) -> int:
    """The place of the first right guess, 0 for none among them."""
    found = [guess.code for guess in said.guesses]
    if said.code:
        found = [said.code, *(code for code in found if code != said.code)]
    return next((place for place, code in enumerate(found, 1) if code in codes), 0)


def holds(text: str, fact: str, least: float) -> bool:
    """Whether a text says a fact: each of its numbers, and so much of the words that tell something."""
    have = set(terms(text))
    numbers = {_plain(number) for number in _NUMBER.findall(fact)}
    if not numbers <= {_plain(number) for number in _NUMBER.findall(text)}:
        return False
    wanted = [word for word in set(terms(fact)) if word not in QUIET and not word.isdigit()]
    return not wanted or sum(word in have for word in wanted) >= least * len(wanted)


def _plain(number: str) -> str:
    bare = number.replace(".", "").replace(",", "")
    return bare.lstrip("0") or "0"


def _parts(body: Mapping[str, Any]) -> Iterator[str]:
    """The parts of a document that each say something: a row of a list, a field of the declaration, a single value; and
    all the papers together, for a fact may list them."""
    name = str(body.get("short_name_vi") or "")
    for key, value in body.items():
        rows = value.get("fields") if isinstance(value, Mapping) and "fields" in value else value
        if isinstance(rows, list):
            yield f"{name} {' '.join(_texts(rows))}" if key == "required_documents" else name
            for row in rows:
                yield f"{name} {' '.join(_texts(row))}"
        elif isinstance(rows, Mapping) and key == "declaration":
            yield from _parts(dict(rows) | {"short_name_vi": name})
        else:
            yield f"{name} {' '.join(_texts(rows))}"


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def _share(rows: Sequence[Mapping[str, Any]], name: str) -> float | None:
    return _ratio(sum(bool(row[name]) for row in rows), len(rows))


def _ratio(part: float, whole: float) -> float | None:
    return round(part / whole, 4) if whole else None


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return round(sum(found) / len(found), 4) if found else None

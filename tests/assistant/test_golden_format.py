"""The golden set is what it says: many questions, half without tones, true to the packs, each asked once."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from motcua.kernel.text import nfc, without_marks, words

pytestmark = pytest.mark.kernel

ROOT = Path(__file__).resolve().parents[2]
NATIONAL = ROOT / "packs" / "national"
GOLDEN = ROOT / "src" / "motcua" / "assistant" / "golden" / "golden.jsonl"
INFORMAL = {"colloquial", "dialect", "teencode", "typo"}
STYLES = {"plain", "toneless", *INFORMAL}
ABOUT_PROCEDURES = {
    "documents",
    "eligibility",
    "fee",
    "steps",
    "time_limit",
    "where_to_submit",
    "which_procedure",
}
REFUSALS = {
    "ask_back",
    "decline_redirect",
    "no_decision",
    "refuse_illegal",
    "refuse_personal_data",
    "resist_injection",
    "stay_polite",
}
OTHERS = {"complaint", "handover", "small_talk", "status", "unclear"}
CODE = re.compile(r"^code: '?([\d.]+)'?$", re.MULTILINE)
WITHDRAWN = re.compile(r"^status: historical$", re.MULTILINE)
THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3})")


@lru_cache(maxsize=1)
def golden() -> list[dict]:
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@lru_cache(maxsize=1)
def procedures() -> dict[str, str]:
    """The text of each procedure's document by its national code; those without a code are left out."""
    texts = (path.read_text(encoding="utf-8") for path in (NATIONAL / "procedures").glob("*.yaml"))
    return {found[1]: text for text in texts if (found := CODE.search(text))}


def figures(text: str) -> set[str]:
    return {figure.lstrip("0") or "0" for figure in re.findall(r"\d+", THOUSANDS.sub("", text))}


def test_it_is_composed_as_promised():
    rows = golden()
    toneless = [
        row for row in rows if row["style"] != "plain" and row["question"] == row["question_no_diacritics"]
    ]
    assert len(rows) >= 440
    assert len(toneless) * 2 >= len(rows)
    assert sum(row["style"] in INFORMAL for row in rows) * 4 >= len(rows)
    intents = Counter(row["intent"] for row in rows)
    assert intents["out_of_scope"] >= 60
    assert sum(intents[intent] for intent in OTHERS) >= 25
    assert sum(bool(row["expected_procedure_code"]) for row in rows) >= 340
    assert min(intents[intent] for intent in ABOUT_PROCEDURES) >= 20
    assert sum(bool(row["answer_facts"]) for row in rows) >= 150


def test_every_row_is_well_formed():
    for row in golden():
        assert row["question"] == nfc(row["question"]).strip() != "", row["id"]
        assert row["question_no_diacritics"] == without_marks(row["question"]), row["id"]
        assert row["style"] in STYLES, row["id"]
        if row["intent"] == "out_of_scope":
            assert row["expected_behavior"] in REFUSALS and row["oos_kind"], row["id"]
            assert not row["acceptable_codes"], row["id"]
        elif row["intent"] in OTHERS:
            assert row["expected_behavior"] not in {"answer", *REFUSALS} - {"ask_back"}, row["id"]
        else:
            assert row["intent"] in ABOUT_PROCEDURES, row["id"]
            answered = row["expected_behavior"] == "answer"
            assert answered != row.get("not_in_catalogue", False), row["id"]
            assert answered == (row["expected_procedure_code"] in row["acceptable_codes"]), row["id"]


def test_no_question_is_asked_twice():
    asked = Counter(" ".join(words(row["question"])) or row["question"] for row in golden())
    assert [question for question, times in asked.items() if times > 1] == []
    assert len({row["id"] for row in golden()}) == len(golden())


def test_every_code_is_shipped_and_every_procedure_in_force_is_asked_about():
    known = procedures()
    assert {code for row in golden() for code in row["acceptable_codes"]} <= set(known)
    in_force = {code for code, text in known.items() if not WITHDRAWN.search(text)}
    assert in_force - {row["expected_procedure_code"] for row in golden()} == set()


def test_every_figure_of_a_fact_stands_in_its_document():
    for row in golden():
        for fact in row["answer_facts"]:
            text = procedures()[fact["procedure_code"]]
            assert figures(fact["fact"]) <= figures(text), (row["id"], fact["fact"])
            document, key = fact["source"].split(": ")
            assert re.search(rf"^{key}:", text, re.MULTILINE), (row["id"], key)
            assert f"slug: {Path(document).stem}\n" in text, row["id"]


def test_no_question_is_only_a_phrase_of_the_packs():
    """Whoever finds a phrase that the editors paired with a procedure has shown nothing."""
    phrases = {
        " ".join(words(phrase))
        for folder in ("synonyms", "assistant")
        for path in (NATIONAL / folder).glob("*.yaml")
        for phrase in re.split(r"[\[\],\n\"']|- ", path.read_text(encoding="utf-8"))
    }
    same = [
        row["question"]
        for row in golden()
        if row["intent"] in ABOUT_PROCEDURES and " ".join(words(row["question"])) in phrases
    ]
    assert same == []

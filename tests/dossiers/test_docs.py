"""The page about the life of a dossier tells what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from motcua.dossiers import rules
from motcua.dossiers.words import STATES

pytestmark = pytest.mark.kernel
PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "life-of-a-dossier.md").read_text("utf-8")


def test_the_diagram_draws_every_move_and_no_other():
    drawn = set(re.findall(r"^ +(\w+) --> (\w+): (\w+)$", PAGE, re.MULTILINE))
    assert drawn == {(str(start), str(end), verb) for (start, verb), end in rules.MOVES.items()}
    gone = set(re.findall(r"^ +(\w+) --> \[\*\]: (\w+)$", PAGE, re.MULTILINE))
    assert gone == {(str(start), verb) for start, verb in rules.LEAVES_NOTHING}


def test_the_table_gives_every_state_its_national_code():
    told = dict(re.findall(r"^\| `(\w+)` \| (–|\d+) \|", PAGE, re.MULTILINE))
    told = {state: code for state, code in told.items() if state in set(rules.State)}
    assert told == {str(state): str(code or "–") for state, code in rules.NATIONAL_CODE.items()}
    assert set(told) == {str(state) for state in STATES}


def test_every_verb_is_explained():
    explained = set(re.findall(r"`(\w+)`", "\n".join(re.findall(r"^\| (`[^|]+`) \|", PAGE, re.MULTILINE))))
    verbs = {verb for _state, verb in {*rules.MOVES, *rules.LEAVES_NOTHING}}
    assert explained >= verbs | {"assign", "record_cash", "record_refund"}

"""The assistant on the whole golden set, and the source of every sentence it says."""

import copy
import json
from collections import Counter
from datetime import datetime, timedelta

import pytest

from motcua.assistant import queries
from motcua.assistant.queries.sources import value_of
from motcua.assistant.rules import ANSWER, REFUSALS, teaching
from motcua.assistant.teaching import comparing
from motcua.config.paths import CHECKOUT
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.packs import store
from motcua.foundation.time import TZ
from tests.dossiers.factories import AT
from tests.support.city import FOUNDED_AT, assembled
from tests.support.kept import kept
from tests.support.moment import set_clock

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
SAMPLED = 200
GOLDEN = CHECKOUT / "src/motcua/assistant/golden/golden.jsonl"
ROWS = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]


def _publish() -> None:
    store.take_in(_act(), documents=assembled())
    store.publish_all(_act())


def _act():
    return new_act(system("tests"), at=FOUNDED_AT, purpose="publish every pack")


@pytest.fixture
def published(db, _nothing_remembered):
    """Every procedure of the packs, as an installation has it."""
    kept("every pack", _publish)


@pytest.fixture
def measured(published):
    return queries.measure(ROWS, at=AT)


@pytest.mark.slow
def test_the_golden_set_holds_its_thresholds(measured):
    figures = measured.figures
    assert figures["n"] >= 400 and figures["n_in_catalogue"] >= 300 and figures["n_out_of_scope"] >= 60
    assert figures["hit@1"] >= 0.92
    assert figures["hit@3"] >= 0.97
    assert figures["hit@1"] - figures["hit@1_no_diacritics"] <= 0.05
    assert figures["out_of_scope_handled"] >= 0.97
    assert figures["wrong_but_confident"] <= 0.03
    assert figures["fact_recall"] >= 0.9
    refused = Counter(row["behaviour"] for row in measured.rows if row["in_catalogue"])
    assert sum(refused[name] for name in REFUSALS) <= 0.01 * figures["n_in_catalogue"]


def test_every_sentence_of_two_hundred_answers_points_to_a_field_that_is_there(published):
    said = [queries.reply(row["question"], at=AT) for row in ROWS[:: len(ROWS) // SAMPLED]]
    assert len(said) >= SAMPLED and sum(reply.behaviour == ANSWER for reply in said) > SAMPLED / 2
    lost = [
        (reply.slug, sentence.text, sentence.source)
        for reply in said
        for sentence in reply.sentences
        if value_of(sentence.source) is None
    ]
    assert lost == []
    assert all(reply.sentences for reply in said)


def test_another_field_in_the_pack_is_another_answer(published):
    asked = "làm giấy khai sinh mất bao lâu"
    before = queries.reply(asked, at=AT)
    assert "trong ngày" in _about(before, "limit")
    document = copy.deepcopy(
        next(d for d in assembled() if d["key"] == "birth-registration" and d["kind"] == "procedures")
    )
    document["body"]["time_limit"] = {"value": 4, "unit": "working_days", "notes": "Mới sửa để thử"}
    store.take_in(_act(), documents=[document])
    store.publish_all(new_act(system("tests"), at=AT, purpose="another limit"))
    after = queries.reply(asked, at=AT)
    assert "4 ngày làm việc" in _about(after, "limit") and "Mới sửa để thử" in after.text
    assert "trong ngày" not in _about(after, "limit")


def test_what_comes_into_force_later_is_told_from_that_day_on(published, monkeypatch):
    """Nobody publishes anything on the first of January, and nobody starts the program anew."""
    asked, january = "làm giấy khai sinh mất bao lâu", datetime(2027, 1, 1, tzinfo=TZ)
    document = copy.deepcopy(
        next(d for d in assembled() if d["key"] == "birth-registration" and d["kind"] == "procedures")
    )
    document["body"]["time_limit"] = {"value": 4, "unit": "working_days", "notes": "Theo luật mới"}
    set_clock(monkeypatch, AT)
    store.take_in(_act(), documents=[document])
    store.publish(_act(), kind="procedures", key="birth-registration", valid_from=january)
    assert "trong ngày" in _about(queries.reply(asked, at=AT), "limit")
    set_clock(monkeypatch, january - timedelta(seconds=1))
    assert "trong ngày" in _about(queries.reply(asked, at=january - timedelta(seconds=1)), "limit")
    set_clock(monkeypatch, january)
    after = queries.reply(asked, at=january)
    assert "4 ngày làm việc" in _about(after, "limit") and "trong ngày" not in _about(after, "limit")


def _about(reply, about):
    return " ".join(sentence.text for sentence in reply.sentences if sentence.about == about)


@pytest.mark.slow
def test_an_editor_sees_that_a_short_word_to_decline_silences_much(published, monkeypatch):
    """Half of all questions hold “cho”; written with its tone, “chợ” is another word wherever tones are typed."""
    monkeypatch.setattr(comparing, "golden", lambda: tuple(ROWS[::4]))
    lesson = {**teaching.empty(), "limits": [{"limit": "decline_redirect", "say": ["cho"]}]}
    found = comparing.compared(lesson, AT)
    before, after = found["figures"]["before"], found["figures"]["after"]
    hows = Counter(row["how"] for row in found["golden"])
    assert before["n"] == after["n"] == len(ROWS[::4]) and before["hit@1"] >= 0.9
    assert after["refused"] > before["refused"] and hows["silenced"] and not hows["opened"]
    assert teaching.losses(before, after, [row["how"] for row in found["golden"]]) == ["silenced"]

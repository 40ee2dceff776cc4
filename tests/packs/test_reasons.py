"""Ready sentences for supplement, refusal and stop: complete, telling what to do, about papers that exist."""

from __future__ import annotations

import pytest

from tests.packs.read import TWELVE, declaration, document, names

KINDS = ("supplement", "refusal", "stop")
_ALL = ["general", *TWELVE]


def test_there_are_general_reasons_and_those_of_the_twelve():
    assert names("reasons") == sorted(_ALL)


@pytest.mark.parametrize("name", _ALL)
def test_reasons_belong_to_their_procedure(name):
    reasons = document("reasons", name)
    assert reasons["id"] == name
    assert reasons["procedure"] == (None if name == "general" else name)
    assert reasons["supplement"] and reasons["refusal"]
    assert reasons["unverified"]


@pytest.mark.parametrize("name", _ALL)
def test_a_reason_is_a_sentence_in_both_languages(name):
    reasons = document("reasons", name)
    for kind in KINDS:
        keys = [reason["key"] for reason in reasons[kind]]
        assert len(keys) == len(set(keys))
        for reason in reasons[kind]:
            for text in reason["text"].values():
                assert text[0].isupper() and text.endswith("."), text
            assert set(reason["text"]) == {"vi", "en"}


@pytest.mark.parametrize("name", _ALL)
def test_a_supplement_says_what_to_do(name):
    for reason in document("reasons", name)["supplement"]:
        assert "Đề nghị" in reason["text"]["vi"], reason["key"]
        assert "lease " in reason["text"]["en"], reason["key"]


@pytest.mark.parametrize("name", TWELVE)
def test_a_supplement_names_a_paper_of_the_declaration(name):
    papers = {paper["key"] for paper in declaration(name).papers}
    named = {reason["paper"] for reason in document("reasons", name)["supplement"] if reason["paper"]}
    assert named <= papers


def test_no_key_means_two_things():
    """The general keys stay free, so that a list of both shows each reason once."""
    general = document("reasons", "general")
    for name in TWELVE:
        for kind in KINDS:
            own = {reason["key"] for reason in document("reasons", name)[kind]}
            assert own.isdisjoint(reason["key"] for reason in general[kind]), name

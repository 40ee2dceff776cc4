"""Everyday words: every procedure can be found by them, every target exists, old terms are known."""

from __future__ import annotations

import pytest

from motcua.kernel.text import fold
from tests.packs.read import document, names

PHRASE_LENGTH_MAX = 60


def _words() -> list[dict]:
    return document("synonyms", "everyday")["words"]


def _targets(phrase: str) -> list[str]:
    return next(
        entry["procedures"] for entry in _words() if fold(phrase) in {fold(say) for say in entry["say"]}
    )


def test_all_procedures_have_everyday_words():
    covered = {slug for entry in _words() for slug in entry["procedures"]}
    assert set(names("procedures")) - covered == set()
    assert len(_words()) >= 150


def test_every_target_is_a_procedure():
    known = set(names("procedures"))
    events = document("synonyms", "everyday")["life_events"]
    for entry in [*_words(), *events]:
        assert set(entry["procedures"]) <= known
        assert len(entry["procedures"]) == len(set(entry["procedures"]))


def test_a_phrase_stands_once():
    """Folded, because people type with and without marks; two meanings of one phrase are one entry."""
    phrases = [fold(say) for entry in _words() for say in entry["say"]]
    assert sorted({phrase for phrase in phrases if phrases.count(phrase) > 1}) == []


def test_phrases_are_what_people_say_not_sentences():
    for entry in _words():
        for say in entry["say"]:
            assert isinstance(say, str) and 0 < len(say) <= PHRASE_LENGTH_MAX
            assert not say.endswith((".", "?"))


@pytest.mark.parametrize(
    ("phrase", "procedure"),
    [
        ("lam giay khai sinh", "birth-registration"),
        ("mất sổ đỏ", "land-certificate-reissue"),
        ("làm lại sổ đỏ", "land-certificate-reissue"),
        ("mở quán ăn", "household-business-registration"),
        ("giấy độc thân", "marital-status-certificate"),
        ("nhập khẩu", "permanent-residence-registration"),
        ("KT3", "temporary-residence-registration"),
        ("làm CMND", "id-card-14-and-over"),
        ("sao y", "certified-copy-from-original"),
        ("sang tên sổ đỏ", "land-transfer-registration"),
        ("xin phép xây nhà", "house-building-permit"),
        ("vào lớp 6", "lower-secondary-enrolment"),
        ("giấy chứng tử", "death-registration"),
    ],
)
def test_a_phrase_leads_to_the_likeliest_procedure(phrase, procedure):
    assert _targets(phrase)[0] == procedure


def test_old_words_have_a_present_meaning():
    terms = {say: term["means"] for term in document("synonyms", "everyday")["terms"] for say in term["say"]}
    assert {"CMND", "hộ khẩu", "KT3", "quận", "huyện", "sổ đỏ"} <= set(terms)
    assert all(means.strip() for means in terms.values())


def test_life_events_are_told_in_both_languages():
    events = document("synonyms", "everyday")["life_events"]
    ids = [event["id"] for event in events]
    assert {"sinh-con", "mo-quan-an", "mat-so-do"} <= set(ids)
    assert len(ids) == len(set(ids))
    assert all(event["title"]["vi"] and event["title"]["en"] for event in events)
    assert all(len(event["procedures"]) >= 2 for event in events)

"""The assistant's pack of words: each phrase once, short forms of one word, nothing that tones alone tell apart."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

import pytest

from motcua.kernel.text import fold, nfc
from tests.packs.read import NATIONAL, document

pytestmark = pytest.mark.kernel

WORD = re.compile(r"[^\W\d_]+")
NAME = re.compile(r"^\s*(?:- )?(?:short_)?name_vi: (.+)$", re.MULTILINE)
DATED = {"today", "source"}


@lru_cache(maxsize=1)
def spellings() -> dict[str, set[str]]:
    """How the words in the names of procedures and papers are written, by their form without marks."""
    found: dict[str, set[str]] = {}
    for path in (NATIONAL / "procedures").glob("*.yaml"):
        for name in NAME.findall(path.read_text(encoding="utf-8")):
            for word in WORD.findall(nfc(name).lower()):
                found.setdefault(fold(word), set()).add(word)
    return found


def said(kind: str, key: str) -> list[str]:
    return [
        phrase
        for entry in document("assistant", kind)[key]
        for phrase in ([entry["say"]] if isinstance(entry["say"], str) else entry["say"])
    ]


LISTS = [
    ("words", "words", 250),
    ("short", "short", 120),
    ("events", "events", 25),
    ("old-terms", "old_terms", 30),
]


@pytest.mark.parametrize(("kind", "key", "least"), LISTS)
def test_each_list_is_full_and_its_single_words_keep_their_meaning_without_tones(kind, key, least):
    assert len(document("assistant", kind)[key]) >= least
    taken_for_another = [
        phrase
        for phrase in said(kind, key)
        if " " not in phrase and spellings().get(fold(phrase), set()) - {phrase}
    ]
    assert taken_for_another == []


def test_an_everyday_word_stands_in_one_entry():
    for kind in ("words", "short"):
        assert [phrase for phrase, times in Counter(said(kind, kind)).items() if times > 1] == []


def test_short_forms_are_one_word():
    assert [phrase for phrase in said("short", "short") if len(phrase.split()) != 1] == []


def test_every_old_term_says_what_holds_today_and_where_that_is_written():
    for entry in document("assistant", "old-terms")["old_terms"]:
        assert entry.keys() >= DATED, entry["say"]
        if "chưa đọc lại" in entry["source"]:
            assert entry.get("unverified"), entry["say"]

"""What no document describes: it is told as what it is, and nobody is told about another procedure instead."""

from __future__ import annotations

import pytest

from motcua.assistant import listed, queries
from motcua.assistant.knowledge import knowledge
from motcua.assistant.rules import Context
from motcua.catalogue import actions as catalogue
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.packs import store
from tests.assistant.test_golden import published  # noqa: F401  a fixture
from tests.dossiers.factories import AT

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def test_what_a_court_does_is_told_as_such_and_marked(published):  # noqa: F811
    told = queries.reply("thủ tục ly hôn thuận tình cần giấy tờ gì", at=AT)
    assert (told.slug, told.code, told.button) == ("", None, None)
    assert "Tòa án" in told.text and all(each.doubtful for each in told.sentences[:3])
    english = queries.reply("thủ tục ly hôn thuận tình cần giấy tờ gì", at=AT, language="en")
    assert "The court recognises" in english.text


def test_each_sentence_stands_in_the_pack(published):  # noqa: F811
    for name, beside in knowledge().beside.items():
        told = listed.reply(knowledge(), name, 0.9, "", (), "2026-11-23", "vi")
        assert told is not None and beside.name.vi in told.sentences[0].text
        for each in told.sentences:
            if each.source.kind == "pack":
                row = store.current("assistant", beside.key).body["beside"][beside.place]
                value = row[each.source.path.split(".")[-1]]
                assert (value if isinstance(value, str) else value["vi"]).rstrip(".") in each.text or (
                    each.source.path.endswith("code")
                )
            else:
                assert each.source.key in beside.near and each.link


def test_every_entry_is_found_by_what_its_pack_says_of_it_and_takes_nothing_from_the_described(published):  # noqa: F811
    known = knowledge()
    sampled = [(name, said) for name, beside in known.beside.items() for said in beside.ask[::4]]
    assert len(sampled) > 300
    missed = [
        (name, said)
        for name, said in sampled
        if name not in [guess.slug for guess in queries.reply(said, at=AT).guesses[:3]]
    ]
    assert len(missed) <= 0.05 * len(sampled), missed[:20]


def test_where_the_list_was_imported_its_page_is_shown(published):  # noqa: F811
    known = knowledge()
    name, beside = next((name, each) for name, each in known.beside.items() if each.code)
    row = {"code": beside.code, "name_vi": "Tên trong danh mục", "executed_by": "Công an", "field_vi": "Khác"}
    catalogue.import_listed(new_act(system("tests"), at=AT, purpose="import"), rows=[row])
    told = listed.reply(known, name, 0.9, "", (), "2026-11-23", "vi")
    assert "Tên trong danh mục" in told.text and told.slug and told.button.href.endswith(f"{told.slug}/")
    # picked from a question back it is told too, and what is no longer there is asked for anew
    offered = Context(asked="procedure", offered=(name, "beside:0.000000"))
    assert queries.reply("", offered, at=AT, picked=name).code == beside.code
    assert queries.reply("", offered, at=AT, picked="beside:0.000000").behaviour == "ask_back"


def test_a_code_that_is_typed_names_it(published):  # noqa: F811
    beside = next(each for each in knowledge().beside.values() if each.code)
    told = queries.reply(f"thủ tục {beside.code} là gì", at=AT)
    assert told.code == beside.code and told.guesses[0].is_listed
    assert told.slug == "" and told.button is None

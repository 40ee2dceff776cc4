"""Whatever somebody does to the journal behind our back is found, with its place."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from motcua.foundation.journal import chain
from motcua.foundation.journal.verify import register_subjects, verify
from motcua.foundation.models import JournalHead, JournalLine, JournalPersonal
from tests.foundation.factories import an_act, do

pytestmark = pytest.mark.django_db


@pytest.fixture
def journal():
    for thing in ("a", "b"):
        for _ in range(3):
            do(an_act(), thing=thing, secret="Nguyễn Thị Lan")
    assert verify().good


def found() -> list[tuple[str, int]]:
    report = verify()
    assert not report.good
    return [(f.chain, f.seq) for f in report.findings]


FIELDS = {
    "verb": "thing.undone",
    "actor": "account:99",
    "act_id": "another",
    "purpose": "other",
    "channel": "x",
    "facts": {"n": 2},
    "personal": {},
    "previous": "f" * 64,
    "hash": "f" * 64,
    "version": 2,
    "at": datetime.fromisoformat("2026-10-05T02:00:01+00:00"),
    "recorded_at": datetime.fromisoformat("2026-10-05T02:00:01+00:00"),
}


@pytest.mark.parametrize("field", FIELDS)
def test_any_changed_field_is_found_at_its_line(journal, field):
    JournalLine.objects.filter(chain="thing:a", seq=2).update(**{field: FIELDS[field]})
    assert ("thing:a", 2) in found()


def test_every_column_of_a_line_is_covered():
    assert {f.name for f in JournalLine._meta.concrete_fields} - {"id", "chain", "seq"} == set(FIELDS)


def test_a_deleted_line_is_found(journal):
    JournalPersonal.objects.filter(line__chain="thing:a", line__seq=2).delete()
    JournalLine.objects.filter(chain="thing:a", seq=2).delete()
    assert ("thing:a", 3) in found()


def test_an_inserted_line_is_found(journal):
    line = JournalLine.objects.get(chain="thing:a", seq=3)
    line.pk, line.seq = None, 4
    line.save(force_insert=True)
    assert ("thing:a", 4) in found()


def test_a_cut_tail_is_found(journal):
    JournalPersonal.objects.filter(line__chain="thing:a", line__seq=3).delete()
    JournalLine.objects.filter(chain="thing:a", seq=3).delete()
    assert ("thing:a", 2) in found()


def test_a_missing_chain_is_found(journal):
    JournalPersonal.objects.filter(line__chain="thing:a").delete()
    JournalLine.objects.filter(chain="thing:a").delete()
    assert ("thing:a", 0) in found()


def test_a_missing_head_is_found(journal):
    JournalHead.objects.filter(chain="thing:a").delete()
    assert ("thing:a", 0) in found()


def test_a_chain_lost_with_its_head_is_found_while_its_subject_stands(journal, monkeypatch):
    from motcua.foundation.journal import verify as module

    monkeypatch.setattr(module, "_subject_sources", {})
    register_subjects("thing", lambda: ["a", "b"])
    assert verify().good
    JournalPersonal.objects.filter(line__chain="thing:a").delete()
    JournalLine.objects.filter(chain="thing:a").delete()
    JournalHead.objects.filter(chain="thing:a").delete()
    assert ("thing:a", 0) in found()


def test_lines_swapped_between_chains_are_found(journal):
    JournalLine.objects.filter(chain="thing:a", seq=3).update(chain="thing:c")
    assert {("thing:a", 2), ("thing:c", 3)} <= set(found())


def test_a_personal_value_put_in_its_place_is_found(journal):
    value = JournalPersonal.objects.filter(line__chain="thing:a", line__seq=1).get()
    other = JournalPersonal.objects.filter(line__chain="thing:b", line__seq=1).get()
    JournalPersonal.objects.filter(pk=value.pk).update(salt=other.salt, value=other.value)
    assert ("thing:a", 1) in found()


def test_an_erased_personal_value_breaks_nothing_and_is_counted(journal):
    JournalPersonal.objects.filter(line__chain="thing:a").delete()
    report = verify()
    assert report.good
    assert report.erased_values == 3


def test_an_empty_journal_is_a_finding():
    report = verify()
    assert not report.good
    assert report.findings[0].chain == "journal"


def test_the_format_has_not_moved():
    """Vectors written once by hand: a later version of the program must still read today's journal."""
    for vector in json.loads((Path(__file__).parent / "vectors.json").read_text()):
        fields = dict(vector["line"])
        for name in ("at", "recorded_at"):
            fields[name] = datetime.fromisoformat(fields[name])
        assert chain.line_hash(**fields) == vector["hash"]


def test_work_that_goes_on_during_the_walk_is_no_finding(journal, monkeypatch):
    """Heads, lines and subjects are read one after the other, and people do not stop for it."""
    from motcua.foundation.journal import verify as module

    walk, begun = module._chains, []

    def meanwhile(subject):
        if not begun:
            begun.append(do(an_act(), thing="b"))
        yield from walk(subject)

    def subjects():
        do(an_act(), thing="new")
        yield "thing:new"

    monkeypatch.setattr(module, "_chains", meanwhile)
    monkeypatch.setattr(module, "_subjects", subjects)
    report = verify()
    assert report.findings == []
    assert report.lines == 7

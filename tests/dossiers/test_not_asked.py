"""An answer whose question went away with another answer is not handed in."""

from __future__ import annotations

import pytest

from motcua.dossiers import actions, queries
from motcua.foundation.models import JournalLine
from motcua.kernel import forms

from . import factories as make
from .factories import AT, BIRTH, get

pytestmark = pytest.mark.django_db


def hidden_field(city) -> tuple[str, str]:
    """(a field of the birth registration that this case does not ask, an answer to it)."""
    row = get(make.draft(city))
    declaration, answers = queries.declared_view_of(row).declaration, queries.answers_of(row)
    asked = forms.visible(declaration, answers, AT.date())
    field = next(f for f in declaration.fields if f.id not in asked and f.type in ("text", "name"))
    return field.id, "Điều không ai hỏi"


def last(dossier: str, verb: str) -> JournalLine:
    return JournalLine.objects.filter(chain=f"dossier:{dossier}", verb=f"dossier.{verb}").latest("seq")


def test_a_draft_keeps_it_the_submission_does_not(city):
    name, said = hidden_field(city)
    dossier = make.draft(city, BIRTH, **{name: said})
    before = queries.answers_of(get(dossier))
    assert before[name] == said
    actions.submit(city.act("citizen", AT), dossier=dossier)
    row = get(dossier)
    kept = queries.answers_of(row)
    assert name not in kept and name not in row.answers and name not in (row.answers_sealed or {})
    assert kept == {key: value for key, value in before.items() if key != name}
    line = last(dossier, "submit")
    assert line.facts["not_asked"] == [name]
    assert said not in str(line.facts)


def test_where_everything_is_asked_nothing_is_dropped(city):
    dossier = make.draft(city)
    before = queries.answers_of(get(dossier))
    actions.submit(city.act("citizen", AT), dossier=dossier, consents=["commitment"])
    assert queries.answers_of(get(dossier)) == {**before, "commitment": True}
    assert "not_asked" not in last(dossier, "submit").facts


def test_nor_does_what_is_brought_to_the_counter(city):
    name, said = hidden_field(city)
    done = make.walk_in(city, BIRTH, answers={**make.complete(BIRTH), name: said})
    assert name not in queries.answers_of(get(done["dossier"]))
    assert last(done["dossier"], "submit").facts["not_asked"] == [name]


def test_nor_what_is_answered_later(city):
    name, said = hidden_field(city)
    dossier = make.asked(city)
    given = {**queries.answers_of(get(dossier)), name: said}
    actions.save_answers(city.act("citizen", AT), dossier=dossier, answers=given)
    assert queries.answers_of(get(dossier))[name] == said
    actions.answer(city.act("citizen", AT), dossier=dossier)
    assert name not in queries.answers_of(get(dossier))
    assert last(dossier, "answer").facts["not_asked"] == [name]

"""Saving answers from a form that says with which answers it was drawn."""

import pytest

from motcua.dossiers import actions, queries
from tests.support.city import CENTRE

from .factories import AT, BUSINESS, get

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(city):
    made = actions.start_draft(city.act("citizen", AT), procedure=BUSINESS, agency=CENTRE)
    return made["dossier"]


@pytest.fixture
def save(city, draft):
    def keep(answers, **given):
        return actions.save_answers(city.act("citizen", AT), dossier=draft, answers=answers, **given)

    return keep


@pytest.fixture
def fields(draft):
    """Two plain fields of one section, and the section."""
    for section in queries.declared_view_of(get(draft)).declaration.sections:
        plain = [field.id for field in section.fields if field.type in ("text", "name")]
        if len(plain) >= 2:
            return section.id, plain[0], plain[1]
    raise AssertionError("no section with two plain fields")


def answers(draft):
    return queries.answers_of(get(draft))


def marks(draft, *names):
    stored = answers(draft)
    return {name: queries.drawn_mark(draft, name, stored.get(name)) for name in names}


def test_a_form_drawn_earlier_puts_nothing_back(save, draft, fields):
    section, one, two = fields
    save({one: "A", two: "A"})
    drawn = marks(draft, one, two)
    save({one: "B"}, section=section, drawn=drawn)
    done = save({one: "A", two: "B"}, section=section, drawn=drawn)
    assert done["elsewhere"] == []
    assert (answers(draft)[one], answers(draft)[two]) == ("B", "B")


def test_what_both_changed_is_named_and_left(save, draft, fields):
    section, one, two = fields
    save({one: "A", two: "A"})
    drawn = marks(draft, one, two)
    save({one: "B"}, section=section, drawn=drawn)
    done = save({one: "C", two: "C"}, section=section, drawn=drawn)
    assert done["elsewhere"] == [one]
    assert (answers(draft)[one], answers(draft)[two]) == ("B", "C")


def test_chosen_against_the_stored_answer_it_is_kept(save, draft, fields):
    section, one, _two = fields
    save({one: "B"})
    done = save({one: "C"}, section=section, drawn=marks(draft, one))
    assert done["elsewhere"] == []
    assert answers(draft)[one] == "C"


def test_other_fields_of_the_section_stay(save, draft, fields):
    section, one, two = fields
    save({one: "A", two: "A"})
    save({one: "B"}, section=section, drawn={})
    assert answers(draft)[two] == "A"


def test_without_marks_a_section_is_saved_whole_as_programs_send_it(save, draft, fields):
    section, one, two = fields
    save({one: "A", two: "A"})
    done = save({one: "B"}, section=section)
    assert "elsewhere" not in done
    assert two not in answers(draft)


def test_fields_of_other_sections_are_left_alone(save, draft, fields):
    section, one, _two = fields
    save({one: "A", "no_such_field": "x"}, section=section, drawn={})
    assert "no_such_field" not in answers(draft)


def test_a_mark_tells_nothing_and_is_bound_to_dossier_and_field(draft):
    mark = queries.drawn_mark(draft, "sex", "female")
    assert "female" not in mark and len(mark) == 16
    assert mark == queries.drawn_mark(draft, "sex", " female ")
    assert mark != queries.drawn_mark("another", "sex", "female")
    assert mark != queries.drawn_mark(draft, "other", "female")


def test_what_the_act_keeps_holds_no_answer(save, draft, fields):
    from motcua.foundation.models import ActRecord

    section, one, _two = fields
    save({one: "Bí mật"}, section=section, drawn=marks(draft, one))
    assert "Bí mật" not in str(list(ActRecord.objects.values_list("result", flat=True)))

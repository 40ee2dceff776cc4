"""Two forms open on one declaration: nothing is put back, nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.forms import bare, settle

pytestmark = pytest.mark.kernel

NAMES = ("name", "born_on", "children", "home")
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(0, 3),
    st.sampled_from(["", "An", "Bình"]),
    st.lists(st.fixed_dictionaries({"name": st.sampled_from([None, "", "Chi"])}), max_size=2),
    st.fixed_dictionaries({"commune_code": st.sampled_from([None, "06673"]), "detail": st.just("")}),
)
ANSWERS = st.dictionaries(st.sampled_from(NAMES), VALUES)
FORMS = st.fixed_dictionaries(dict.fromkeys(NAMES, VALUES))


def mark(name, value):
    return repr((name, bare(value)))


def drawn_with(answers):
    return {name: mark(name, answers.get(name)) for name in NAMES}


def same(one, two):
    return all(repr(bare(one.get(name))) == repr(bare(two.get(name))) for name in NAMES)


@given(base=ANSWERS, stored=ANSWERS)
def test_a_form_sent_unchanged_puts_nothing_back(base, stored):
    unchanged = {name: base.get(name) for name in NAMES}
    kept, elsewhere = settle(stored, unchanged, drawn_with(base), mark)
    assert same({**stored, **kept}, stored)
    assert elsewhere == []


@given(base=ANSWERS, sent=FORMS)
def test_what_only_this_form_changed_is_kept_whole(base, sent):
    kept, elsewhere = settle(base, sent, drawn_with(base), mark)
    assert same({**base, **kept}, sent)
    assert elsewhere == []


@given(base=ANSWERS, stored=ANSWERS, sent=FORMS)
def test_every_field_has_the_answer_of_whoever_changed_it_or_is_named(base, stored, sent):
    marks = drawn_with(base)
    kept, elsewhere = settle(stored, sent, marks, mark)
    for name in NAMES:
        before, held, now = marks[name], mark(name, stored.get(name)), mark(name, sent[name])
        result = mark(name, {**stored, **kept}.get(name))
        both = now != before and held != before and now != held
        assert (name in elsewhere) == both
        assert result == (held if both or now == before else now)


@given(base=ANSWERS, stored=ANSWERS, sent=FORMS)
def test_sent_a_second_time_nothing_changes_any_more(base, stored, sent):
    marks = drawn_with(base)
    kept, elsewhere = settle(stored, sent, marks, mark)
    after = {**stored, **kept}
    told = {**marks, **{name: mark(name, sent[name]) for name in NAMES if name not in elsewhere}}
    again, still = settle(after, sent, told, mark)
    assert same({**after, **again}, after)
    assert still == elsewhere


@given(base=ANSWERS, first=FORMS, second=FORMS)
def test_two_windows_over_different_fields_keep_both(base, first, second):
    """Each changes its own half of one drawing; whichever sends first, both halves stand."""
    halves = ({"name", "born_on"}, {"children", "home"})
    windows = [
        {name: sent[name] if name in half else base.get(name) for name in NAMES}
        for sent, half in zip((first, second), halves, strict=True)
    ]
    wanted = {name: (first if name in halves[0] else second)[name] for name in NAMES}
    for order in (windows, windows[::-1]):
        stored = dict(base)
        for window in order:
            kept, elsewhere = settle(stored, window, drawn_with(base), mark)
            assert elsewhere == []
            stored.update(kept)
        assert same(stored, wanted)


@given(stored=ANSWERS, sent=FORMS)
def test_a_form_that_says_nothing_of_its_drawing_is_taken_as_given(stored, sent):
    assert settle(stored, sent, {}, mark) == (sent, [])


@given(VALUES)
def test_what_says_nothing_has_one_shape(value):
    assert bare(bare(value)) == bare(value)


@pytest.mark.parametrize("nothing", [None, "", "  ", [], {}, [{"name": ""}], {"commune_code": None}])
def test_nothing_is_nothing(nothing):
    assert bare(nothing) is None


def test_no_and_nought_are_answers():
    assert bare(False) is False
    assert bare(0) == 0

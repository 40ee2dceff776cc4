"""Are answers right and complete? Every problem says what to do, in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.forms import (
    asked_answers,
    check,
    is_required,
    limit_value,
    problem_text,
    section_state,
    visible,
    visible_sections,
)
from motcua.kernel.forms.words import WORDS
from tests.kernel.conditions_strategy import JSON
from tests.kernel.form_factories import TODAY, family, field, form, text

pytestmark = pytest.mark.kernel


def codes(declaration, answers):
    return [problem.code for problem in check(declaration, answers, TODAY)]


@pytest.mark.parametrize(
    ("kind", "more", "value", "expected"),
    [
        ("text", {}, "x", []),
        ("text", {"min": 3}, "xy", ["too_short"]),
        ("text", {"max": 3}, "xyzw", ["too_long"]),
        ("text", {"pattern": "[0-9]{2}:[0-9]{2}"}, "07:30", []),
        ("text", {"pattern": "[0-9]{2}:[0-9]{2}"}, "07:30h", ["pattern"]),
        ("text", {}, 3, ["wrong"]),
        ("name", {}, "Nguyễn Thị H'Hen Niê-Êban", []),
        ("name", {}, "ơ̆ Y Moan", []),
        ("name", {}, "Nguyễn Văn 2", ["name_wrong"]),
        ("name", {}, "<script>", ["name_wrong"]),
        ("name", {}, "'" * 90, ["name_wrong"]),
        ("personal_number", {}, "001090012345", []),
        ("personal_number", {}, "00109001234", ["personal_number_length"]),
        ("personal_number", {}, "001390012345", ["personal_number_century"]),
        ("date", {}, "2026-02-30", ["date_wrong"]),
        ("date", {"max": "today"}, "2026-11-21", []),
        ("date", {"max": "today"}, "2026-11-22", ["date_future"]),
        ("date", {"min": "today"}, "2026-11-20", ["date_past"]),
        ("date", {"min": "today-60"}, "2026-09-22", []),
        ("date", {"min": "today-60"}, "2026-09-21", ["date_early"]),
        ("date", {"max": "2026-07-01"}, "2026-07-02", ["date_late"]),
        ("number", {"min": 1, "max": 20}, 20, []),
        ("number", {"min": 1, "max": 20}, 0, ["number_low"]),
        ("number", {"min": 1, "max": 20}, 21, ["number_high"]),
        ("number", {}, 2.5, ["number_whole"]),
        ("number", {}, True, ["number_wrong"]),
        ("money", {}, -1, ["number_low"]),
        ("area", {}, 85.5, []),
        ("yes_no", {}, "yes", ["wrong"]),
        ("choice", {}, "a", []),
        ("choice", {}, "z", ["option_unknown"]),
        ("choices", {"min": 2}, ["a"], ["choices_few"]),
        ("choices", {"max": 1}, ["a", "b"], ["choices_many"]),
        ("choices", {}, ["a", []], ["option_unknown"]),
        ("phone", {}, "0912345678", []),
        ("phone", {}, "0112345678", ["phone_wrong"]),
        ("phone", {}, "12", ["phone_length"]),
        ("email", {}, "an.nguyen@example.com", []),
        ("email", {}, "an.nguyen@example", ["email_wrong"]),
        ("address", {}, {"commune_code": "06652", "detail": "Số 1"}, []),
        ("address", {}, {"commune_code": "", "detail": "Số 1"}, ["address_commune"]),
        ("address", {}, {"commune_code": "06652", "detail": ""}, ["address_detail"]),
        ("address", {}, "Số 1", ["address_commune", "address_detail"]),
        ("agency", {}, "qn-bai-chay", []),
        ("agency", {}, "không có", ["agency_wrong"]),
        ("tax_code", {}, "0100109106", []),
        ("tax_code", {}, "0100109107", ["tax_code_check"]),
        ("consent", {}, "on", ["required_consent"]),
    ],
)
def test_one_answer(kind, more, value, expected):
    assert codes(form(field("x", kind, **more)), {"x": value}) == expected


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("text", "required"),
        ("choice", "required_choice"),
        ("yes_no", "required_choice"),
        ("consent", "required_consent"),
        ("address", "required"),
        ("choices", "required_choice"),
    ],
)
def test_missing_answers_are_told_by_the_way_to_give_them(kind, code):
    declaration = form(field("x", kind, required=True))
    for nothing in ({}, {"x": None}, {"x": ""}, {"x": []}, {"x": {"commune_code": "", "detail": ""}}):
        assert codes(declaration, nothing) == [code]
    assert codes(form(field("x", kind)), {}) == []


def test_required_under_a_condition():
    declaration = form(field("why"), field("x", required="why is given"))
    assert codes(declaration, {}) == []
    assert codes(declaration, {"why": "so"}) == ["required"]
    assert is_required(declaration.field("x"), {"why": "so"}, TODAY)


def test_limits_may_be_other_fields():
    declaration = form(
        field("start", "date"),
        field("end", "date", min="start"),
        field("low", "number"),
        field("high", "number", min="low"),
    )
    answers = {"start": "2026-05-02", "end": "2026-05-01", "low": 5, "high": 3}
    first, second = check(declaration, answers, TODAY)
    assert problem_text(first, declaration) == (
        "“end” không thể trước “start” (02/05/2026). Bạn kiểm tra lại hai ngày này."
    )
    assert (second.code, second.params["limit"]) == ("number_low", 5)
    assert check(declaration, {"end": "2026-05-01", "high": 3}, TODAY) == []
    assert limit_value("today-60", "date", {}, TODAY).isoformat() == "2026-09-22"
    assert limit_value("low", "number", {"low": 4}, TODAY) == 4
    assert limit_value(None, "date", {}, TODAY) is None


def test_own_rules_across_fields_speak_their_own_words():
    declaration = form(
        field("start", "date"),
        field(
            "end",
            "date",
            check="end >= start",
            message=text("Ngày về phải sau ngày đi.", "You return after you leave."),
        ),
    )
    (problem,) = check(declaration, {"start": "2026-05-02", "end": "2026-05-01"}, TODAY)
    assert (problem.code, problem.field) == ("check", "end")
    assert problem_text(problem, declaration) == "Ngày về phải sau ngày đi."
    assert problem_text(problem, declaration, "en") == "You return after you leave."
    assert check(declaration, {"start": "2026-05-02", "end": "2026-05-02"}, TODAY) == []
    assert check(declaration, {"start": "2026-05-02"}, TODAY) == []


def test_visibility_follows_from_answers_of_visible_fields_only():
    declaration = form(
        field("a", "yes_no"),
        field("b", "yes_no", when="a is true"),
        field("c", when="b is true", required=True),
    )
    assert visible(declaration, {}, TODAY) == {"a"}
    assert visible(declaration, {"a": True, "b": True}, TODAY) == {"a", "b", "c"}
    # b is hidden, so its old answer does not count.
    assert visible(declaration, {"a": False, "b": True}, TODAY) == {"a"}
    assert asked_answers(declaration, {"a": False, "b": True, "c": "x"}, TODAY) == {"a": False}
    assert check(declaration, {"a": False, "b": True}, TODAY) == []


def test_order_on_the_page_does_not_matter_for_visibility():
    declaration = form(field("late", when="early is given"), field("early"))
    assert visible(declaration, {"early": "x"}, TODAY) == {"late", "early"}


def test_a_hidden_section_asks_nothing():
    declaration = family()
    no_children = {"full_name": "An", "has_children": False, "reason": "x", "kids": [], "commitment": True}
    assert [section.id for section in visible_sections(declaration, no_children, TODAY)] == [
        "who",
        "commitment",
    ]
    assert check(declaration, no_children, TODAY) == []


def test_names_from_outside_the_form_may_be_asked():
    from motcua.kernel.conditions import parse
    from motcua.kernel.forms.shape import Declaration, Field, Section
    from motcua.kernel.text import Bilingual

    one = Field("x", "text", Bilingual("x"), when=parse("channel is online"))
    declaration = Declaration((Section("s", Bilingual("s"), fields=(one,)),))
    assert visible(declaration, {"channel": "online"}, TODAY) == {"x"}
    assert visible(declaration, {}, TODAY) == set()


def test_rows_are_judged_cell_by_cell():
    declaration = family()
    kids = [
        {"kid_name": "An", "kid_born_on": "2025-01-01", "kid_school": None},
        {"kid_name": "", "kid_born_on": "2019-01-01"},
        {"kid_name": "B1", "kid_born_on": "2027-01-01"},
    ]
    problems = check(
        declaration, {"full_name": "An", "has_children": True, "kids": kids}, TODAY, section="children"
    )
    assert [(p.code, p.params["row"], p.params["column"]) for p in problems] == [
        ("required", 1, "kid_name"),
        ("required", 1, "kid_school"),
        ("name_wrong", 2, "kid_name"),
        ("date_future", 2, "kid_born_on"),
    ]
    assert problems[0].input == "kids-1-kid_name"
    assert problem_text(problems[3], declaration, "en") == (
        "kids (en), entry 3: “kid_born_on (en)” cannot be after today (21/11/2026). Check the date."
    )


def test_rows_are_counted():
    declaration = family()
    answers = {"full_name": "An", "has_children": True, "commitment": True}
    assert codes(declaration, answers) == ["required_rows"]
    kid = {"kid_name": "An", "kid_born_on": "2025-01-01"}
    assert codes(declaration, {**answers, "kids": [kid] * 3}) == []
    assert codes(declaration, {**answers, "kids": [kid] * 4}) == ["rows_many"]
    assert codes(declaration, {**answers, "kids": "none"}) == ["wrong"]
    assert codes(declaration, {**answers, "kids": [3]}) == ["wrong"]


def test_states_of_sections():
    declaration = family()
    empty = check(declaration, {}, TODAY)
    assert section_state(declaration, {}, empty, "who") == "todo"
    wrong = {"full_name": "A1"}
    assert section_state(declaration, wrong, check(declaration, wrong, TODAY), "who") == "fix"
    done = {"full_name": "An", "has_children": True}
    assert section_state(declaration, done, check(declaration, done, TODAY), "who") == "done"


def test_every_sentence_is_complete_in_both_languages():
    for code, words in WORDS.items():
        assert words.vi, code
        assert words.en, code
    declaration = form(field("x", "money", max=1000))
    (problem,) = check(declaration, {"x": 15000}, TODAY)
    assert problem_text(problem, declaration) == "“x” không được lớn hơn 1.000 đồng. Bạn kiểm tra lại số."
    assert (
        problem_text(problem, declaration, "en")
        == "“x (en)” cannot be more than 1,000 VND. Check the number."
    )


@given(st.dictionaries(st.sampled_from([one.id for one in family().fields]), JSON))
def test_total_for_answers_of_any_type(answers):
    declaration = family()
    for problem in check(declaration, answers, TODAY):
        assert "{" not in problem_text(problem, declaration, "vi")
        assert problem_text(problem, declaration, "en")

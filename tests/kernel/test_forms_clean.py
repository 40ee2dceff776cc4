"""From posts to answers: forgiving about form, never raising."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.forms import check, clean, problem_text, section_state, shown, split
from tests.kernel.conditions_strategy import JSON
from tests.kernel.form_factories import TODAY, family, field, form

pytestmark = pytest.mark.kernel


class Query(dict):
    """As Django's QueryDict: the last value by brackets, all of them by `getlist`."""

    def __getitem__(self, name):
        return super().__getitem__(name)[-1]

    def getlist(self, name):
        return super().__getitem__(name)


def cleaned(kind, raw, **more):
    answers, problems = clean(form(field("x", kind, **more)), {"x": raw})
    return answers["x"], [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("text", "  hai   từ ", "hai từ"),
        ("text", "", None),
        ("text", unicodedata.normalize("NFD", "Nguyễn"), "Nguyễn"),
        ("text", "a\x00b\u202ec\ud800", "abc"),
        ("text", "<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("text", 12, "12"),
        ("long_text", " một\r\nhai\x07 ", "một\nhai"),
        ("name", "  H’Hen   Niê ", "H'Hen Niê"),
        ("personal_number", "001 090 012 345", "001090012345"),
        ("phone", "+84 912 345 678", "0912345678"),
        ("phone", "hỏi mẹ", "hỏi mẹ"),
        ("email", " An.Nguyen@Example.COM ", "an.nguyen@example.com"),
        ("tax_code", "0100109106 001", "0100109106-001"),
        ("date", "5/6/2026", "2026-06-05"),
        ("date", "05-06-2026", "2026-06-05"),
        ("date", "05.06.2026", "2026-06-05"),
        ("date", "5 6 2026", "2026-06-05"),
        ("date", "05062026", "2026-06-05"),
        ("date", "2026-06-05", "2026-06-05"),
        ("date", date(2026, 6, 5), "2026-06-05"),
        ("date", " ", None),
        ("number", "1.234", 1234),
        ("number", "1 234 567", 1234567),
        ("number", "1,234", 1234),
        ("number", "-7", -7),
        ("number", 7.0, 7),
        ("money", "1.500.000 đồng", 1500000),
        ("money", "15000đ", 15000),
        ("area", "85,5", 85.5),
        ("area", "85.5 m²", 85.5),
        ("area", "1.234,56 m2", 1234.56),
        ("area", "1.234", 1234),
        ("yes_no", "true", True),
        ("yes_no", "Có", True),
        ("yes_no", "Không", False),
        ("yes_no", False, False),
        ("yes_no", "", None),
        ("consent", "on", True),
        ("consent", "", None),
        ("consent", "false", None),
        ("choice", "a", "a"),
        ("choice", "", None),
        ("choices", ["b", "a", "b"], ["a", "b"]),
        ("choices", "b", ["b"]),
        ("choices", [], None),
        (
            "address",
            {"commune_code": " 06652 ", "detail": " Số 1 "},
            {"commune_code": "06652", "detail": "Số 1"},
        ),
        ("address", {}, None),
        ("agency", "qn-bai-chay", "qn-bai-chay"),
    ],
)
def test_what_is_understood(kind, raw, value):
    assert cleaned(kind, raw) == (value, [])


@pytest.mark.parametrize(
    ("kind", "raw", "value", "code"),
    [
        ("date", "31/02/2026", None, "date_wrong"),
        ("date", "21/11/26", None, "date_wrong"),
        ("date", "hôm qua", None, "date_wrong"),
        ("date", "2026-W01-1", None, "date_wrong"),
        ("date", 20260605, None, "date_wrong"),
        ("number", "mười", None, "number_wrong"),
        ("number", "1.23.4", None, "number_wrong"),
        ("number", "2,5", None, "number_whole"),
        ("number", "9" * 30, None, "number_wrong"),
        ("number", float("inf"), None, "number_wrong"),
        ("number", True, None, "number_wrong"),
        ("yes_no", "maybe", None, "option_unknown"),
        ("choice", "z", None, "option_unknown"),
        ("choice", ["a"], "a", None),
        ("choice", {"a": 1}, None, "option_unknown"),
        ("choices", ["a", "z"], ["a"], "option_unknown"),
        ("text", {"x": 1}, None, "wrong"),
        ("text", True, None, "wrong"),
        ("text", "x" * 100_000, "x" * 500, "too_long"),
        ("name", "An " * 100, ("An " * 34)[:100].strip(), "too_long"),
        ("address", {"commune_code": 3}, None, "wrong"),
        ("rows_of_text", ["x"], None, "wrong"),
    ],
)
def test_what_cannot_be_read(kind, raw, value, code):
    if kind == "rows_of_text":
        got = cleaned("rows", raw, columns=[field("c")])
    else:
        got = cleaned(kind, raw)
    assert got == (value, [code] if code else [])


def test_what_could_not_be_read_is_kept_for_showing_again():
    _, (problem,) = clean(form(field("x", "date")), {"x": "31/02/2026"})
    assert problem.params["found"] == "31/02/2026"
    assert problem.input == "x"


def test_posts_of_browsers():
    posted = Query(
        {
            "x": ["old", "new"],
            "tags": ["a", "c"],
            "home-commune": ["06652"],
            "home-detail": ["Số 1"],
            "on-day": ["5"],
            "on-month": ["6"],
            "on-year": ["2026"],
        }
    )
    answers, problems = clean(
        form(field("x"), field("tags", "choices"), field("home", "address"), field("on", "date")), posted
    )
    assert problems == []
    assert answers == {
        "x": "new", "tags": ["a", "c"], "home": {"commune_code": "06652", "detail": "Số 1"}, "on": "2026-06-05",
    }  # fmt: skip


def test_only_what_was_posted_is_answered():
    declaration = form(field("x"), field("y"), field("tags", "choices"), field("ok", "consent"))
    assert clean(declaration, {"x": "1"})[0] == {"x": "1"}
    assert clean(declaration, {"x": ""})[0] == {"x": None}
    # A whole section was posted: ticks that are not there were taken away.
    assert clean(declaration, {"x": "1"}, section="main")[0] == {"x": "1", "tags": None, "ok": None}
    assert clean(declaration, {"x": "1"}, section="other") == ({}, [])


def test_rows_skip_blank_ones_and_tell_where_a_problem_is():
    posted = {
        "kids-0-kid_name": "An", "kids-0-kid_born_on": "1/2/2020",
        "kids-1-kid_name": " ", "kids-1-kid_born_on": "",
        "kids-7-kid_name": "Bình", "kids-7-kid_born_on": "30/2/2020",
        "kids-x-kid_name": "no", "kids-99999-kid_name": "far",
    }  # fmt: skip
    answers, (problem,) = clean(family(), posted)
    assert [row["kid_name"] for row in answers["kids"]] == ["An", "Bình"]
    assert (problem.params["row"], problem.params["posted_row"], problem.params["column"]) == (
        1,
        7,
        "kid_born_on",
    )
    assert problem.input == "kids-7-kid_born_on"
    assert problem_text(problem, family()).startswith("kids, mục 2: “kid_born_on” chưa phải một ngày có thật")


def test_rows_as_json():
    answers, problems = clean(family(), {"kids": [{"kid_name": "An", "kid_born_on": "2020-02-01"}, {}]})
    assert problems == []
    assert answers["kids"] == [{"kid_name": "An", "kid_born_on": "2020-02-01", "kid_school": None}]


def test_rows_have_an_end():
    many = [{"kid_name": "An"}] * 5000
    answers, problems = clean(family(), {"kids": many})
    assert len(answers["kids"]) == 100
    assert "rows_many" in [problem.code for problem in problems]


def test_answers_of_hidden_fields_fall_away_with_the_day():
    posted = {"has_children": "true", "reason": "left over", "kids-0-kid_name": "An"}
    answers, _ = clean(family(), posted, today=TODAY)
    assert set(answers) == {"has_children", "kids"}


NAMES = ["full_name", "number", "home", "home-commune", "home-detail", "has_children", "reason", "kids", "commitment",
         "kids-0-kid_name", "kids-0-kid_born_on", "kids-3-kid_name", "eldest_on", "eldest_on-day", "csrf"]  # fmt: skip


@given(st.dictionaries(st.sampled_from(NAMES), JSON), st.sampled_from([None, "who", "children", "nowhere"]))
def test_any_rubbish_gives_answers_that_can_be_stored_checked_and_shown(raw, part):
    declaration = family()
    answers, problems = clean(declaration, raw, section=part)
    assert set(answers) <= {one.id for one in declaration.fields}
    found = check(declaration, answers, TODAY)
    for problem in problems + found:
        assert problem_text(problem, declaration, "vi")
        assert problem_text(problem, declaration, "en")
    assert section_state(declaration, answers, problems + found, "who") in ("todo", "done", "fix")
    shown(declaration, answers, "vi", TODAY)
    open_part, sealed = split(declaration, answers)
    assert {**open_part, **sealed} == answers


@given(st.one_of(st.none(), st.text(), st.lists(st.integers()), st.integers()))
def test_a_post_that_is_no_mapping_is_empty(raw):
    assert clean(family(), raw) == ({}, [])


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=30)))
def test_cleaning_what_was_cleaned_changes_nothing(raw):
    declaration = family()
    answers, unreadable = clean(declaration, raw)
    again, problems = clean(declaration, answers)
    assert problems == []
    assert again == answers or unreadable

"""The condition language: what it reads, when it is true, how it speaks, what it refuses."""

from datetime import date, datetime

import pytest

from motcua.kernel.conditions import (
    All,
    Any,
    Call,
    Compare,
    ConditionError,
    FieldType,
    Given,
    Label,
    Name,
    Not,
    OneOf,
    Today,
    Value,
    age,
    from_data,
    parse,
)
from motcua.kernel.text import Bilingual

pytestmark = pytest.mark.kernel
TODAY = date(2026, 11, 21)
LABELS = {
    "kind": Label(
        Bilingual("Trường hợp", "Case"),
        {"usual": Bilingual("Thông thường", "Usual"), "found": Bilingual("Bị bỏ rơi", "Abandoned")},
    ),
    "born_on": {"vi": "Ngày sinh", "en": "Date of birth"},
    "married": "Đã kết hôn",
    "kids": Bilingual("Các con", "Children"),
}


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("kind is usual", Compare(Name("kind"), "=", Value("usual"))),
        ("kind = usual", Compare(Name("kind"), "=", Value("usual"))),
        ('kind is not "a b"', Compare(Name("kind"), "!=", Value("a b"))),
        ("kind in [usual, found]", OneOf(Name("kind"), (Value("usual"), Value("found")))),
        ("kind is given", Given("kind")),
        ("kind is empty", Not(Given("kind"))),
        ("married is true", Compare(Name("married"), "=", Value(True))),
        ("n >= 2.5", Compare(Name("n"), ">=", Value(2.5))),
        ("n = -3", Compare(Name("n"), "=", Value(-3))),
        ("born_on < 2026-07-01", Compare(Name("born_on"), "<", Value(date(2026, 7, 1)))),
        ("born_on <= today", Compare(Name("born_on"), "<=", Today())),
        ("born_on >= today - 60", Compare(Name("born_on"), ">=", Today(-60))),
        ("today >= 2026-07-01", Compare(Today(), ">=", Value(date(2026, 7, 1)))),
        ("end_on >= start_on", Compare(Name("end_on"), ">=", Name("start_on"))),
        ("a is field(b)", Compare(Name("a"), "=", Name("b"))),
        ("age(born_on) >= 18", Compare(Call("age", "born_on"), ">=", Value(18))),
        ("applicant.kind is self", Compare(Name("applicant.kind"), "=", Value("self"))),
    ],
)
def test_reading(text, tree):
    assert parse(text) == tree


def test_not_binds_tighter_than_and_and_and_tighter_than_or():
    a, b, c = (Given(name) for name in "abc")
    assert parse("a is given or not b is given and c is given") == Any((a, All((Not(b), c))))
    assert parse("(a is given or b is given) and c is given") == All((Any((a, b)), c))


@pytest.mark.parametrize(
    ("text", "position", "found", "allowed"),
    [
        ("", 0, "the end", "a field"),
        ("kind", 4, "the end", "is, in, ="),
        ("kind is", 7, "the end", "an option key"),
        ("kind is usual or", 16, "the end", "a field"),
        ("kind is usual usual", 14, '"usual"', "and, or, or the end"),
        ("(kind is usual", 14, "the end", ")"),
        ("kind in []", 9, '"]"', "an option key"),
        ("born_on > 2026-02-30", 10, '"2026-02-30"', "a day that exists"),
        ("kind is $", 8, "'$'", "a name, a value"),
        ('kind is "open', 8, "'\"'", "a name, a value"),
        ("or is usual", 0, '"or"', "a field"),
        ("age(kind is 3", 9, '"is"', ")"),
        ("married is not", 14, "the end", "an option key"),
    ],
)
def test_what_cannot_be_read_is_told_with_place_found_and_allowed(text, position, found, allowed):
    with pytest.raises(ConditionError) as caught:
        parse(text)
    error = caught.value
    assert (error.text, error.position, error.found) == (text, position, found)
    assert allowed in error.allowed
    assert f"character {position + 1}" in str(error)


def test_reading_has_limits():
    with pytest.raises(ConditionError, match="inside each other"):
        parse("not " * 100 + "always")
    with pytest.raises(ConditionError, match="inside each other"):
        parse("(" * 100 + "always" + ")" * 100)
    with pytest.raises(ConditionError, match="at most 4000"):
        parse("a is given or " * 1000 + "always")
    with pytest.raises(ConditionError, match="a text"):
        parse(None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("always", True),
        ("never", False),
        ("kind is usual", True),
        ("kind is not usual", False),
        ("kind is not found", True),
        ("kind in [found, usual]", True),
        ("kind not in [found, usual]", False),
        ("missing is x", False),
        ("missing is not x", False),
        ("missing not in [x]", False),
        ("not missing is x", True),
        ("missing is empty", True),
        ("blank is empty", True),
        ("nothing is empty", True),
        ("no_address is empty", True),
        ("zero is given", True),
        ("refused is given", True),
        ("refused is false", True),
        ("zero = 0", True),
        ("zero is false", False),
        ("refused = 0", False),
        ("n > 2", True),
        ("n >= 3", True),
        ("n < 3.5", True),
        ("n != 3", False),
        ('n is "3"', False),
        ("born_on = 2026-09-22", True),
        ("born_on >= today-60", True),
        ("born_on > today-60", False),
        ("born_on <= start_on", True),
        ("days_since(born_on) = 60", True),
        ("days_since(start_on) < 0", True),
        ("age(old_on) = 40", True),
        ("age(start_on) < 18", False),
        ("count(kids) = 2", True),
        ("count(missing) = 0", True),
        ("count(kind) = 1", False),
        ("tags is a", True),
        ("tags is not c", True),
        ("tags is not a", False),
        ("tags in [c, b]", True),
        ("tags > 1", False),
        ("kind < zebra", False),
        ('kind < "zebra"', False),
        ("copy_of is field(kind)", True),
        ("copy_of != field(missing)", False),
        ("today = 2026-11-21", True),
        ("born_on < today+99999999 and always", None),
    ],
)
def test_truth(text, expected):
    values = {
        "kind": "usual",
        "blank": "  ",
        "nothing": [],
        "no_address": {"commune_code": "", "detail": None},
        "zero": 0,
        "refused": False,
        "n": 3,
        "born_on": "2026-09-22",
        "start_on": "2026-12-01",
        "old_on": "1986-11-21",
        "kids": [{}, {}],
        "tags": ["a", "b"],
        "copy_of": "usual",
        "zebra": 1,
    }
    if expected is None:
        with pytest.raises(ConditionError):
            parse(text)
    else:
        assert parse(text).holds(values, TODAY) is expected


@pytest.mark.parametrize(
    ("born", "today", "years"),
    [
        (date(2000, 11, 21), TODAY, 26),
        (date(2000, 11, 22), TODAY, 25),
        (date(2004, 2, 29), date(2026, 2, 28), 21),
        (date(2004, 2, 29), date(2026, 3, 1), 22),
        (date(2026, 11, 22), TODAY, None),
        (None, TODAY, None),
    ],
)
def test_age_is_in_full_years(born, today, years):
    assert age(born, today) == years


def test_moments_count_as_their_day():
    assert parse("at = 2026-11-21").holds({"at": datetime(2026, 11, 21, 23, 59)}, TODAY)  # noqa: DTZ001


def test_names_and_walking():
    condition = parse("not (kind is usual and age(born_on) > 3) or end_on >= start_on")
    assert condition.names() == {"kind", "born_on", "end_on", "start_on"}
    assert [type(node).__name__ for node in condition.walk()] == [
        "Any",
        "Not",
        "All",
        "Compare",
        "Compare",
        "Compare",
    ]


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [
        ("kind is found", "“Trường hợp” là “Bị bỏ rơi”", "“Case” is “Abandoned”"),
        (
            "kind in [usual, found]",
            "“Trường hợp” là “Thông thường” hoặc “Bị bỏ rơi”",
            "“Case” is “Usual” or “Abandoned”",
        ),
        ("married is true", "“Đã kết hôn” trả lời “Có”", "“Đã kết hôn” is answered “Yes”"),
        ("born_on < 2026-07-01", "“Ngày sinh” trước 01/07/2026", "“Date of birth” is before 01/07/2026"),
        ("born_on is empty", "chưa khai “Ngày sinh”", "“Date of birth” is not filled in"),
        (
            "days_since(born_on) > 60",
            "số ngày kể từ “Ngày sinh” lớn hơn 60",
            "the number of days since “Date of birth” is more than 60",
        ),
        (
            "count(kids) >= 1234",
            "số mục trong “Các con” từ 1.234 trở lên",
            "the number of entries in “Children” is at least 1,234",
        ),
        (
            "not (kind is found or married is false)",
            "không phải (“Trường hợp” là “Bị bỏ rơi” hoặc “Đã kết hôn” trả lời “Không”)",
            "not (“Case” is “Abandoned” or “Đã kết hôn” is answered “No”)",
        ),
        ("always", "trong mọi trường hợp", "in every case"),
    ],
)
def test_sentences(text, vi, en):
    assert parse(text).sentence(LABELS, "vi") == vi
    assert parse(text).sentence(LABELS, "en") == en


def test_a_name_without_label_stands_as_it_is():
    assert parse("other is x").sentence({}) == "“other” là “x”"


@pytest.mark.parametrize(
    ("values", "vi", "en"),
    [
        (
            {"kind": "usual", "born_on": "2026-11-01"},
            "Chưa đúng, vì “Trường hợp” là “Bị bỏ rơi”: không (hiện là “Thông thường”); "
            "số ngày kể từ “Ngày sinh” lớn hơn 60: không (hiện là 20).",
            "Not true, because “Case” is “Abandoned”: no (it is “Usual”); "
            "the number of days since “Date of birth” is more than 60: no (it is 20).",
        ),
        (
            {"kind": "found"},
            "Đúng, vì “Trường hợp” là “Bị bỏ rơi”.",
            "True, because “Case” is “Abandoned”.",
        ),
        (
            {"born_on": "2026-01-01"},
            "Đúng, vì số ngày kể từ “Ngày sinh” lớn hơn 60 (hiện là 324).",
            "True, because the number of days since “Date of birth” is more than 60 (it is 324).",
        ),
        (
            {},
            "Chưa đúng, vì “Trường hợp” là “Bị bỏ rơi”: không (chưa khai “Trường hợp”); "
            "số ngày kể từ “Ngày sinh” lớn hơn 60: không (chưa khai “Ngày sinh”).",
            "Not true, because “Case” is “Abandoned”: no (“Case” is not filled in); "
            "the number of days since “Date of birth” is more than 60: no (“Date of birth” is not filled in).",
        ),
    ],
)
def test_explanations_name_only_what_decided(values, vi, en):
    condition = parse("kind is found or days_since(born_on) > 60")
    explained = condition.explain(values, TODAY, LABELS)
    assert str(explained) == vi
    assert str(condition.explain(values, TODAY, LABELS, "en")) == en
    assert bool(explained) is condition.holds(values, TODAY)


TYPES = {
    "kind": FieldType("choice", ("usual", "found")),
    "any_kind": FieldType("choice"),
    "tags": FieldType("choices", ("a", "b")),
    "born_on": "date",
    "end_on": "date",
    "n": "number",
    "cost": "money",
    "married": "yes_no",
    "name": "name",
    "kids": "rows",
    "home": "address",
    "hint": "note",
    "agreed": "consent",
}


@pytest.mark.parametrize(
    "text",
    [
        "kind is usual and tags in [a, b] and any_kind is whatever",
        "age(born_on) >= 18 and end_on >= born_on and born_on <= today and n > 2 and cost < field(n)",
        "married is true and agreed is true and name is An and kids is given and count(kids) > 1 and count(tags) = 2",
        "home is given and born_on = field(end_on) and name is field(kind)",
    ],
)
def test_conditions_that_can_be_meant(text):
    assert parse(text).problems(TYPES) == []


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("kid is usual", "unknown_name", "kid: found a name that no field has, allowed: kind, kids"),
        ("kind is usul", "unknown_option", "kind: found usul, allowed: usual, found"),
        ("tags in [a, c]", "unknown_option", "tags: found c, allowed: a, b"),
        (
            "kind > 3",
            "type_mismatch",
            "kind: found > between choice and number, allowed: two numbers or two dates",
        ),
        ("kind = 3", "type_mismatch", "kind: found the value 3, allowed: an option key"),
        (
            "born_on > 3",
            "type_mismatch",
            "born_on: found > between date and number, allowed: two numbers or two dates",
        ),
        (
            "born_on is end_on",
            "type_mismatch",
            "born_on: found a date compared with a text, allowed: a date such as",
        ),
        (
            "n is true",
            "type_mismatch",
            "n: found a number compared with a yes_no, allowed: a number such as 60",
        ),
        (
            "married is yes",
            "type_mismatch",
            "married: found a yes_no compared with a text, allowed: true or false",
        ),
        ("age(name) > 3", "type_mismatch", "name: found age of a name field, allowed: a date field"),
        (
            "count(born_on) > 3",
            "type_mismatch",
            "born_on: found count of a date field, allowed: a rows or choices field",
        ),
        (
            "home is x",
            "type_mismatch",
            "home: found a address compared with a text, allowed: is given or is empty",
        ),
        ("hint is given", "type_mismatch", "hint: found a note, allowed: a field that people fill in"),
    ],
)
def test_conditions_that_cannot_be_meant(text, code, told):
    (problem,) = parse(text).problems(TYPES)
    assert problem.code == code
    assert str(problem).startswith(told)


def test_all_problems_are_told_at_once():
    assert len(parse("kid is usual or kind is usul or not n is true").problems(TYPES)) == 3


@pytest.mark.parametrize(
    "data",
    [
        None,
        "kind",
        {},
        {"not": None},
        {"all": 3},
        {"compare": [{"field": "a"}, "~", 1]},
        {"compare": [1, "=", 1]},
        {"in": [{"field": "a"}, []]},
        {"given": "or"},
        {"given": "a b"},
        {"compare": [{"field": "a"}, "=", {"date": "x"}]},
        {"compare": [{"field": "a"}, "=", None]},
        {"compare": [{"field": "a"}, "=", float("nan")]},
    ],
)
def test_data_that_are_no_condition(data):
    with pytest.raises(ConditionError):
        from_data(data)


def test_data_have_a_limit_of_depth():
    data = True
    for _ in range(500):
        data = {"not": data}
    with pytest.raises(ConditionError, match="inside each other"):
        from_data(data)

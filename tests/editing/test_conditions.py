"""Conditions as rows and back: the same condition, or no rows at all."""

from datetime import date

import pytest

from motcua.editing.rules.conditions import Row, Wrong, condition_of, rows_of
from motcua.kernel import conditions
from motcua.kernel.conditions import FieldType, parse
from motcua.kernel.forms import CONTEXT, declaration_from_data
from motcua.kernel.forms.generic import generic_declaration
from tests.editing.test_round_trip import shipped

TYPES = {
    "case": FieldType("choice", ("usual", "abandoned")),
    "papers": FieldType("choices", ("a", "b")),
    "born": FieldType("date"),
    "wed": FieldType("date"),
    "area": FieldType("area"),
    "foreign": FieldType("yes_no"),
    "town": FieldType("text"),
    "home": FieldType("address"),
    "rooms": FieldType("rows"),
}


@pytest.mark.parametrize(
    ("text", "joined", "rows"),
    [
        ("case is abandoned", "and", [Row("case", "=", ("abandoned",))]),
        ("case in [usual, abandoned]", "and", [Row("case", "in", ("usual", "abandoned"))]),
        ("not case in [usual]", "and", [Row("case", "not_in", ("usual",))]),
        (
            "foreign is true and age(born) >= 14",
            "and",
            [Row("foreign", "=", ("true",)), Row("age(born)", ">=", ("14",))]),
        ("born < today-60 or wed > born", "or", [Row("born", "<:today", ("-60",)), Row("wed", ">:field", ("born",))]),
        ("born >= 2026-07-01", "and", [Row("born", ">=", ("2026-07-01",))]),
        ("area > 1.5 and home is given", "and", [Row("area", ">", ("1.5",)), Row("home", "given")]),
        ("town is empty and count(rooms) > 2", "and", [Row("town", "empty"), Row("count(rooms)", ">", ("2",))]),
        ('town is not "Hạ Long"', "and", [Row("town", "!=", ("Hạ Long",))]),
        ("papers is a", "and", [Row("papers", "=", ("a",))]),
    ],
)  # fmt: skip
def test_rows_say_the_condition_and_make_it_again(text, joined, rows):
    condition = parse(text)
    assert rows_of(condition, TYPES) == (joined, rows)
    assert condition_of(joined, rows, TYPES) == condition


@pytest.mark.parametrize(
    "text",
    ["case is usual and (foreign is true or area > 1)", "not area > 1", "always", "never", "gone is given"],
)
def test_what_rows_cannot_say_is_none(text):
    assert rows_of(parse(text), TYPES) is None


def test_what_a_row_lacks_is_told():
    rows = [
        Row("", "=", ("x",)), Row("case", ">", ("x",)), Row("area", ">", ("ba",)), Row("born", "<", ("31/02/2026",)),
        Row("foreign", "=", ("có",)), Row("case", "in", ()), Row("wed", "=:field", ("area",)), Row("area", "=", ("",)),
    ]  # fmt: skip
    with pytest.raises(Wrong) as told:
        condition_of("and", rows, TYPES)
    said = ("subject", "op", "number", "date", "value", "value", "field", "value")
    assert told.value.rows == dict(enumerate(said))
    made = condition_of("and", [Row("born", "<", ("1/2/2026",))], TYPES)
    assert made == conditions.Compare(conditions.Name("born"), "<", conditions.Value(date(2026, 2, 1)))


@pytest.mark.slow
def test_nearly_every_shipped_condition_can_be_chosen_in_rows():
    asked = told = 0
    for body in shipped()[1]:
        form = body.get("declaration")
        types = {
            **CONTEXT,
            **declaration_from_data(form if isinstance(form, dict) else generic_declaration(body)).types,
        }
        for text in _texts(body):
            condition = parse(text)
            found = rows_of(condition, types)
            asked, told = asked + 1, told + (found is not None)
            assert found is None or condition_of(*found, types) == condition
    assert asked > 100 and told / asked > 0.8


def _texts(value, key=""):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str) and key in ("when", "required", "check"):
        yield value

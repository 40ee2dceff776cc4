"""From pack data to declarations: every problem at once, with its path."""

import pytest
from hypothesis import given

from motcua.kernel.conditions import parse
from motcua.kernel.forms import (
    TYPES,
    Faults,
    FormProblem,
    check_fees,
    check_papers,
    declaration_from_data,
    generic_declaration,
)
from tests.kernel.conditions_strategy import JSON
from tests.kernel.form_factories import data, field, option, section, text

pytestmark = pytest.mark.kernel


def told(raw) -> list[str]:
    with pytest.raises(FormProblem) as caught:
        declaration_from_data(raw)
    return [str(problem) for problem in caught.value.problems]


def test_a_declaration_is_built():
    declaration = declaration_from_data(
        data(
            field("kind", "choice", required=True, help=text("Giúp")),
            field("why", "long_text", when="kind is a", required="kind is a", sensitivity="sensitive"),
            papers=[{"key": "p", "name_vi": "Giấy", "type": "copy", "quantity": 1, "when": "kind is a"}],
            fees=[{"key": "f", "amount_vnd": None, "money": "duty"}],
        )
    )
    kind, why = declaration.fields
    assert (kind.label.vi, kind.label.en, kind.help.vi) == ("kind", "kind (en)", "Giúp")
    assert kind.option("a").label.vi == "Loại A"
    assert (why.when, why.required, why.sensitivity) == (parse("kind is a"), parse("kind is a"), "sensitive")
    assert declaration.section_of("why").id == "main"
    assert declaration.types["kind"].options == ("a", "b", "c")
    assert declaration.labels["kind"].options["b"].vi == "Loại B"
    assert declaration.papers[0]["key"] == "p"


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_can_be_built(kind):
    more = {"columns": [field("c")]} if kind == "rows" else {}
    assert declaration_from_data(data(field("x", kind, **more))).field("x").type == kind


def test_what_is_not_said_is_personal():
    plain = field("x")
    del plain["sensitivity"]
    rows = field("r", "rows", columns=[field("c", sensitivity="sensitive")])
    del rows["sensitivity"]
    note = field("n", "note")
    del note["sensitivity"]
    declaration = declaration_from_data(data(plain, rows, note))
    assert [one.sensitivity for one in declaration.fields] == ["personal", "sensitive", "open"]


@pytest.mark.parametrize(
    ("more", "told_at"),
    [
        ({"type": "txt"}, 'sections[0].fields[0].type: found "txt", allowed: text, long_text, '),
        ({"type": None}, "sections[0].fields[0].type: found nothing, allowed: text, long_text, "),
        ({"id": "Tên"}, 'sections[0].fields[0].id: found "Tên", allowed: small letters, digits and _'),
        ({"id": "today"}, 'sections[0].fields[0].id: found "today", allowed: an id that is no word'),
        (
            {"id": False},
            "sections[0].fields[0].id: found False, allowed: small letters, digits and _, such as birth_on; quote it",
        ),
        ({"label": {"vi": ""}}, "sections[0].fields[0].label: found dict, allowed: a text as {vi"),
        ({"label": {"vi": "a", "fr": "b"}}, 'sections[0].fields[0].label.fr: found "fr", allowed: vi and en'),
        ({"lable": 1}, 'sections[0].fields[0].lable: found "lable", allowed: one of id, type, label'),
        (
            {"when": "x is"},
            "sections[0].fields[0].when: found the end at character 5 of 'x is', allowed: an option key",
        ),
        (
            {"when": "y is given"},
            "sections[0].fields[0].when: found y: a name that no field has, allowed: x",
        ),
        ({"required": 3}, "sections[0].fields[0].required: found 3, allowed: a condition as text"),
        ({"required": "x > 3"}, "sections[0].fields[0].required: found x: > between text and number"),
        (
            {"options": []},
            'sections[0].fields[0].options: found "options", allowed: no options for a text field',
        ),
        (
            {"columns": []},
            'sections[0].fields[0].columns: found "columns", allowed: no columns for a text field',
        ),
        ({"min": "soon"}, 'sections[0].fields[0].min: found "soon", allowed: a number'),
        (
            {"type": "date", "max": "yesterday!"},
            'sections[0].fields[0].max: found "yesterday!", allowed: today, today-60',
        ),
        (
            {"type": "date", "max": "other"},
            'sections[0].fields[0].max: found "other", allowed: a limit or the id of another date',
        ),
        (
            {"type": "phone", "max": 3},
            "sections[0].fields[0].max: found 3, allowed: no limit for a phone field",
        ),
        (
            {"type": "rows", "columns": [{"id": "c", "type": "rows", "label": "c"}]},
            'sections[0].fields[0].columns[0].type: found "rows"',
        ),
        ({"type": "rows"}, "sections[0].fields[0].columns: found nothing, allowed: a list"),
        ({"max": 900}, "sections[0].fields[0].max: found 900, allowed: 0 to 500; long_text takes more"),
        ({"pattern": "("}, 'sections[0].fields[0].pattern: found "(", allowed: a regular expression'),
        (
            {"sensitivity": "secret"},
            'sections[0].fields[0].sensitivity: found "secret", allowed: open, personal, sensitive',
        ),
        (
            {"prefill": "me.name"},
            'sections[0].fields[0].prefill: found "me.name", allowed: applicant.full_name',
        ),
        ({"check": "x is given"}, "sections[0].fields[0].message: found nothing, allowed: a sentence"),
        (
            {"type": "choice", "options": [option("a", "A"), option("a", "B")]},
            "sections[0].fields[0].options[1].value: found",
        ),
        (
            {"type": "choice", "options": [{"value": False, "label": "B"}]},
            "sections[0].fields[0].options[0].value: found False",
        ),
        (
            {"type": "choice", "options": []},
            "sections[0].fields[0].options: found an empty list, allowed: at least one",
        ),
    ],
)
def test_one_fault_is_told(more, told_at):
    assert [line for line in told(data({**field("x"), **more})) if line.startswith(told_at)]


def test_all_faults_are_told_at_once():
    raw = data(field("x", "txt"), field("x"), field("y", when="z is given"))
    raw["sections"].append(section("main", field("w", max="x")))
    raw["sections"].append("no section")
    lines = told(raw)
    assert [line.split(":")[0] for line in lines] == [
        "sections[0].fields[0].type",
        "sections[1].fields[0].max",
        "sections[2]",
        "sections[0].fields[1].id",
        "sections[1].id",
        "sections[0].fields[2].when",
    ]


def test_circles_are_told_with_their_way():
    raw = data(
        field("a", when="c is given"),
        field("b", when="a is given"),
        field("c", when="b is given"),
        field("d", when="d is given"),
    )
    assert told(raw) == [
        "sections[0].fields[0].when: found a → c → b → a, allowed: no circle: a field cannot wait for its own answer",
        "sections[0].fields[3].when: found d → d, allowed: no circle: a field cannot wait for its own answer",
    ]


def test_a_section_cannot_wait_for_its_own_field():
    raw = data(field("a"))
    raw["sections"][0]["when"] = "a is given"
    assert told(raw)[0].startswith("sections[0].fields[0].when: found a → a")


def test_columns_see_the_fields_and_each_other():
    rows = field(
        "r",
        "rows",
        columns=[field("c"), field("d", when="c is given and x is given"), field("e", when="f is given")],
    )
    assert told(data(field("x"), rows)) == [
        "sections[0].fields[1].columns[2].when: found f: a name that no field has, allowed: c, d, e, r, x"
    ]


def test_rows_of_papers_and_fees_are_checked():
    raw = data(
        field("x", "number"),
        papers=[
            {"key": "p", "name_vi": "Giấy", "type": "scan", "quantity": 0.5},
            {"key": "p", "type": "copy", "required": 3, "when": "y is given"},
            {
                "key": "ok",
                "name_vi": "Giấy",
                "type": "copy",
                "when": "channel is online and entitlements is poor",
            },
            "paper",
        ],
        fees=[
            {
                "key": "f",
                "amount_vnd": -1,
                "money": "tax",
                "per": "day",
                "count": "y",
                "when": "channel is web",
            },
            {
                "key": "g",
                "amount_vnd": 1000,
                "per": "copy",
                "count": "x",
                "tiers": [{"from_unit": 3, "amount_vnd": 1}],
            },
        ],
    )
    assert [line.split(":")[0] for line in told(raw)] == [
        "papers[0].type", "papers[0].quantity", "papers[1].key", "papers[1].name_vi", "papers[1].required",
        "papers[1].when", "papers[3]", "fees[0].amount_vnd", "fees[0].money", "fees[0].per", "fees[0].when",
        "fees[0].count",
    ]  # fmt: skip


def test_rows_can_be_checked_alone():
    faults = Faults()
    check_papers([{"key": "a b", "name_vi": "x", "type": "copy"}], {}, faults, "required_documents")
    check_fees([{"key": "ok", "amount_vnd": 1}], {}, faults)
    assert [fault.path for fault in faults.found] == ["required_documents[0].key"]


@given(JSON)
def test_any_data_are_a_declaration_or_the_one_error(raw):
    with pytest.raises(FormProblem):
        declaration_from_data(raw)


@given(JSON)
def test_any_field_is_built_or_told(raw):
    for one in (raw, {**field("x"), "when": raw, "min": raw}, {**field("x", "choice"), "options": raw}):
        try:
            declaration_from_data(data(one))
        except FormProblem as problem:
            assert problem.problems


PROCEDURE = {
    "slug": "sample",
    "short_name_vi": "Cấp thử",
    "name_en": "Sample",
    "applicants": ["cong_dan_viet_nam", "doanh_nghiep"],
    "result": {"name_vi": "Giấy phép"},
    "fees": [
        {"key": "one", "amount_vnd": 1, "condition": "Cá nhân"},
        {"key": "two", "amount_vnd": 2, "condition": "Tổ chức"},
    ],
    "required_documents": [
        {"key": "form", "name_vi": "Đơn", "type": "original", "quantity": 1, "condition": None},
        {
            "key": "proxy",
            "name_vi": "Giấy ủy quyền",
            "type": "original",
            "quantity": 1,
            "condition": "Khi ủy quyền",
        },
        {
            "key": "card",
            "name_vi": "Căn cước",
            "type": "present_only",
            "quantity": 1,
            "condition": "Khi nộp trực tiếp",
        },
    ],
}


def test_the_general_declaration_has_the_common_ids():
    declaration = declaration_from_data(generic_declaration(PROCEDURE))
    ids = {part.id: [one.id for one in part.fields] for part in declaration.sections}
    assert list(ids) == ["applicant", "represented", "request", "delivery", "commitment"]
    assert ids["applicant"] == [
        "applicant_kind", "organisation_name", "organisation_tax_code", "full_name", "personal_number", "birth_on",
        "sex", "phone", "email", "address",
    ]  # fmt: skip
    assert ids["delivery"] == ["result_delivery", "delivery_address"]
    assert ids["commitment"] == ["commitment"]
    assert ids["request"] == ["request_content", "fee_cases", "paper_cases"]
    assert [one.value for one in declaration.field("fee_cases").options] == ["one", "two"]
    assert [one.value for one in declaration.field("paper_cases").options] == ["proxy"]
    assert declaration.field("commitment").required is True
    assert declaration.generic
    assert declaration.title.say("en") == "Declaration: Sample"


@pytest.mark.parametrize(
    ("applicants", "kinds"),
    [
        (["cong_dan_viet_nam"], ["self", "behalf"]),
        (["to_chuc"], ["organisation"]),
        (["ho_kinh_doanh", "cong_dan_viet_nam"], ["self", "behalf", "organisation"]),
        ([], ["self", "behalf"]),
    ],
)
def test_the_general_declaration_asks_who_may_apply(applicants, kinds):
    declaration = declaration_from_data(generic_declaration({**PROCEDURE, "applicants": applicants}))
    assert [one.value for one in declaration.field("applicant_kind").options] == kinds


def test_foreigners_may_have_no_personal_number():
    raw = {**PROCEDURE, "applicants": ["nguoi_nuoc_ngoai"]}
    assert declaration_from_data(generic_declaration(raw)).field("personal_number").required is False


@given(JSON, JSON)
def test_a_general_declaration_can_always_be_built(applicants, rows):
    raw = {"applicants": applicants, "fees": rows, "required_documents": rows, "result": rows, "name_vi": "x"}
    assert declaration_from_data(generic_declaration(raw)).fields
    assert declaration_from_data(generic_declaration({})).fields

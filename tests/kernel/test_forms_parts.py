"""Sealing, prefilling, showing, and the papers a person needs."""

import pytest
from hypothesis import given

from motcua.kernel.conditions import ConditionError
from motcua.kernel.forms import (
    declaration_from_data,
    generic_declaration,
    merge,
    paper_key,
    prefill,
    required_papers,
    shown,
    shown_sections,
    split,
)
from motcua.kernel.forms.papers import case_of
from tests.kernel.conditions_strategy import ANSWERS
from tests.kernel.form_factories import TODAY, family, field, form

pytestmark = pytest.mark.kernel

ANSWERED = {
    "full_name": "Nguyễn Văn An",
    "number": "001090012345",
    "home": {"commune_code": "06652", "detail": "Số 1, đường 2"},
    "has_children": True,
    "reason": "hidden",
    "kids": [{"kid_name": "Bình", "kid_born_on": "2020-02-01", "kid_school": "Mầm non"}, {"kid_name": "Chi"}],
    "commitment": True,
}


def test_what_is_not_open_is_sealed():
    open_part, sealed = split(family(), {**ANSWERED, "unknown": "x"})
    assert set(open_part) == {"has_children", "reason", "commitment"}
    # The kids' names are personal, so all rows are sealed; nobody said that the unknown answer is harmless.
    assert set(sealed) == {"full_name", "number", "home", "kids", "unknown"}
    assert merge(open_part, sealed) == {**ANSWERED, "unknown": "x"}


@given(ANSWERS)
def test_splitting_loses_nothing(answers):
    assert merge(*split(family(), answers)) == answers


def test_facts_prefill_what_they_fit():
    facts = {
        "applicant.full_name": "Nguyễn  Văn An",
        "applicant.personal_number": "001 090 012345",
        "applicant.address": {"commune_code": "06652", "detail": ""},
        "applicant.phone": "0912345678",
    }
    assert prefill(family(), facts) == {
        "full_name": "Nguyễn Văn An",
        "number": "001090012345",
        "home": {"commune_code": "06652", "detail": ""},
    }


@pytest.mark.parametrize("wrong", ["An 2", "", None, 7, {"a": 1}, ["x"]])
def test_facts_that_do_not_fit_are_left_out(wrong):
    assert "full_name" not in prefill(family(), {"applicant.full_name": wrong})


def test_facts_for_choices_and_dates():
    declaration = form(
        field("sex", "choice", prefill="applicant.sex", options=[{"value": "male", "label": "Nam"}]),
        field("born", "date", prefill="applicant.birth_on", max="today"),
    )
    assert prefill(declaration, {"applicant.sex": "male", "applicant.birth_on": "1990-01-02"}) == {
        "sex": "male",
        "born": "1990-01-02",
    }
    assert prefill(declaration, {"applicant.sex": "other", "applicant.birth_on": "1990"}) == {}


def names(kind, code):
    return {("commune", "06652"): "phường Bãi Cháy"}.get((kind, code))


def test_answers_in_words():
    assert shown(family(), ANSWERED, "vi", TODAY, names) == [
        (
            "Phần who",
            [
                ("full_name", "Nguyễn Văn An"),
                ("number", "001090012345"),
                ("home", "Số 1, đường 2, phường Bãi Cháy"),
                ("has_children", "Có"),
            ],
        ),
        (
            "Phần children",
            [("kids", "1. kid_name: Bình; kid_born_on: 01/02/2020; kid_school: Mầm non\n2. kid_name: Chi")],
        ),
        ("Phần commitment", [("commitment", "Đồng ý")]),
    ]


@pytest.mark.parametrize(
    ("kind", "value", "vi", "en"),
    [
        ("date", "2026-11-21", "21/11/2026", "21/11/2026"),
        ("money", 1500000, "1.500.000 đồng", "1,500,000 VND"),
        ("number", 1234, "1.234", "1,234"),
        ("area", 1234.5, "1.234,5 m²", "1,234.5 m²"),
        ("yes_no", False, "Không", "No"),
        ("choice", "a", "Loại A", "Loại A (en)"),
        ("choices", ["a", "c"], "Loại A; Loại C", "Loại A (en); Loại C (en)"),
        ("phone", "0912345678", "0912 345 678", "0912 345 678"),
        ("text", "<b>x</b>", "<b>x</b>", "<b>x</b>"),
        ("address", {"commune_code": "00001", "detail": "Số 1"}, "Số 1, 00001", "Số 1, 00001"),
    ],
)
def test_one_answer_in_words(kind, value, vi, en):
    declaration = form(field("x", kind))
    for lang, expected in (("vi", vi), ("en", en)):
        ((_, ((_, said),)),) = shown(declaration, {"x": value}, lang, TODAY, names)
        assert said == expected


def test_blanks_are_shown_when_asked_for():
    (part,) = shown_sections(form(field("x"), field("n", "note")), {}, "vi", TODAY, blanks=True)
    assert [(one.id, one.text) for one in part.fields] == [("x", "")]
    assert shown_sections(form(field("x")), {}, "vi", TODAY) == []


PAPERS = [
    {"key": "form", "name_vi": "Đơn", "type": "original", "quantity": 1},
    {"key": "notice", "name_vi": "Giấy chứng sinh", "name_en": "Birth notice", "type": "original", "quantity": 1,
     "required": "proof is a", "when": "proof is given", "reusable_from": "CSDL", "source": "Luật"},
    {"key": "statement", "name_vi": "Văn bản làm chứng", "type": "copy", "quantity": 2, "when": "proof is b"},
    {"key": "proxy", "name_vi": "Giấy ủy quyền", "type": "copy", "quantity": 1, "condition": "Khi ủy quyền"},
    {"key": "card", "name_vi": "Căn cước", "type": "present_only", "quantity": 1, "required": False,
     "condition": "Chỉ khi không tra cứu được"},
    {"key": "extra", "name_vi": "Ảnh", "type": "copy", "quantity": 1, "required": False},
    {"key": "maybe", "name_vi": "Sổ", "type": "copy", "quantity": 1, "required": False, "when": "proof is b"},
]  # fmt: skip


def needs(answers):
    declaration = form(field("proof", "choice"))
    return {need.key: need for need in required_papers(PAPERS, answers, TODAY, declaration.labels)}


def test_papers_are_required_or_not_and_say_why():
    found = needs({"proof": "a"})
    assert {key: need.required for key, need in found.items()} == {
        "form": True, "notice": True, "proxy": False, "card": False, "extra": False,
    }  # fmt: skip
    assert found["form"].why.vi == "Ai làm thủ tục này cũng cần."
    assert found["notice"].why.vi == "Cần vì “proof” là “Loại A”."
    assert found["notice"].why.en == "Needed because “proof (en)” is “Loại A (en)”."
    assert found["proxy"].why.vi == "Tùy trường hợp: Khi ủy quyền."
    assert found["card"].why.vi == "Tùy trường hợp: Chỉ khi không tra cứu được."
    assert found["extra"].why.vi == "Không bắt buộc. Có thì nộp kèm."
    assert (found["notice"].name.en, found["notice"].reusable_from, found["notice"].source) == (
        "Birth notice", "CSDL", "Luật",
    )  # fmt: skip


def test_another_case_needs_other_papers():
    found = needs({"proof": "b"})
    assert (found["notice"].required, found["notice"].why.vi) == (
        False,
        "Chỉ bắt buộc nếu “proof” là “Loại A”.",
    )
    assert (found["statement"].required, found["statement"].quantity) == (True, 2)
    assert found["maybe"].why.vi == "Bạn có thể cần, vì “proof” là “Loại B”."
    assert "notice" not in needs({})


def test_a_case_in_words_is_decided_by_the_person():
    found = needs({"paper_cases": ["proxy"]})
    assert found["proxy"].required
    assert found["proxy"].why.vi == "Cần vì bạn đã chọn trường hợp: Khi ủy quyền."


def test_a_condition_that_cannot_be_read_is_not_swallowed():
    with pytest.raises(ConditionError):
        required_papers([{"key": "x", "name_vi": "x", "when": "is"}], {}, TODAY)


def test_papers_without_key_get_one_from_their_name():
    assert paper_key({"name_vi": "Giấy chứng sinh"}) == "giay-chung-sinh"
    assert paper_key({}, 3) == "paper-4"


@pytest.mark.parametrize(
    ("words", "case"),
    [
        ("Trẻ bị bỏ rơi", "Trẻ bị bỏ rơi"),
        ("Nộp trực tiếp hoặc qua bưu chính; nộp trực tuyến thì khai mẫu hộ tịch điện tử tương tác", ""),
        (
            "Tài sản phải đăng ký; nộp trực tiếp thì bản sao kèm bản chính để đối chiếu",
            "Tài sản phải đăng ký",
        ),
        ("Không phải nộp khi đã có trên cơ sở dữ liệu quốc gia", ""),
        ("Nếu có", ""),
        ("Nộp thuế theo tỷ lệ trên doanh thu", "Nộp thuế theo tỷ lệ trên doanh thu"),
        ("", ""),
    ],
)
def test_only_what_is_true_of_a_person_is_a_case(words, case):
    assert case_of(words) == case


def test_a_case_is_asked_once_and_means_all_its_papers():
    rows = [
        {"key": "one", "name_vi": "Giấy một", "type": "copy", "condition": "Chủ mới"},
        {"key": "two", "name_vi": "Giấy hai", "type": "copy", "condition": "Chủ mới; bản chính"},
    ]
    declaration = declaration_from_data(generic_declaration({"slug": "x", "required_documents": rows}))
    (option,) = declaration.field("paper_cases").options
    assert option.value == "one" and "Giấy một; Giấy hai" in option.label.vi
    needs = required_papers(rows, {"paper_cases": ["one"]}, TODAY)
    assert [need.required for need in needs] == [True, True]
    assert all(not need.beside for need in needs)

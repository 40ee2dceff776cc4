"""Fields of declarations on the page: names as `forms.clean` reads them, values as people typed them."""

from datetime import date
from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from django.utils import translation

from motcua.foundation.ui import declared
from motcua.kernel import forms

TODAY = date(2026, 11, 21)
DECLARATION = forms.declaration_from_data(
    {
        "id": "sample",
        "title": {"vi": "Mẫu", "en": "Sample"},
        "sections": [
            {
                "id": "all",
                "title": {"vi": "Phần", "en": "Part"},
                "fields": [
                    {"id": "full_name", "type": "name", "label": {"vi": "Họ tên", "en": "Name"}, "required": True,
                     "sensitivity": "personal", "prefill": "applicant.full_name"},
                    {"id": "born_on", "type": "date", "label": {"vi": "Ngày sinh", "en": "Born"}, "required": True,
                     "sensitivity": "personal"},
                    {"id": "insured", "type": "yes_no", "label": {"vi": "Có thẻ?", "en": "Insured?"},
                     "required": True, "sensitivity": "personal"},
                    {"id": "sex", "type": "choice", "label": {"vi": "Giới tính"}, "required": True,
                     "sensitivity": "personal",
                     "options": [{"value": "female", "label": {"vi": "Nữ", "en": "Female"}},
                                 {"value": "male", "label": {"vi": "Nam", "en": "Male"}}]},
                    {"id": "copies", "type": "choices", "label": {"vi": "Nhận thêm", "en": "More"},
                     "sensitivity": "open",
                     "options": [{"value": "one", "label": {"vi": "Một", "en": "One"}},
                                 {"value": "two", "label": {"vi": "Hai", "en": "Two"}}]},
                    {"id": "capital", "type": "money", "label": {"vi": "Vốn", "en": "Capital"}, "required": True,
                     "sensitivity": "open"},
                    {"id": "area", "type": "area", "label": {"vi": "Diện tích", "en": "Area"}, "required": True,
                     "sensitivity": "open"},
                    {"id": "home", "type": "address", "label": {"vi": "Nơi ở", "en": "Home"}, "required": True,
                     "sensitivity": "personal"},
                    {"id": "children", "type": "rows", "label": {"vi": "Con", "en": "Child"}, "required": True,
                     "sensitivity": "personal", "min": 1, "max": 2,
                     "columns": [
                         {"id": "name", "type": "name", "label": {"vi": "Tên", "en": "Name"}, "required": True,
                          "sensitivity": "personal"},
                         {"id": "born_on", "type": "date", "label": {"vi": "Sinh", "en": "Born"},
                          "sensitivity": "personal"},
                     ]},
                    {"id": "agree", "type": "consent", "label": {"vi": "Tôi đồng ý", "en": "I agree"},
                     "required": True, "sensitivity": "open"},
                ],
            }
        ],
    }
)  # fmt: skip
ANSWERS = {
    "full_name": "Nguyễn Thị Lụa",
    "born_on": "1990-05-14",
    "insured": False,
    "sex": "female",
    "copies": ["two"],
    "capital": 150000000,
    "area": 82.5,
    "home": {"commune_code": "06676", "detail": "Số 12, tổ 3"},
    "children": [{"name": "Trần Minh An", "born_on": "2026-11-02"}],
    "agree": True,
}
COMMUNES = [("06673", "Phường Bãi Cháy"), ("06676", "Phường Hồng Gai")]


class Inputs(HTMLParser):
    """Collects what a browser would post from the markup, and the labels it shows."""

    def __init__(self, markup):
        super().__init__()
        self.posted, self.ids, self.labels_for, self._select, self._text = {}, [], [], None, None
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if "id" in facts:
            self.ids.append(facts["id"])
        if tag == "label" and "for" in facts:
            self.labels_for.append(facts["for"])
        if tag == "select":
            self._select = facts["name"]
            self.posted.setdefault(self._select, [""])
        elif tag == "option" and "selected" in facts:
            self.posted[self._select] = [facts["value"]]
        elif tag == "input" and facts.get("type") in ("radio", "checkbox"):
            if "checked" in facts:
                self.posted.setdefault(facts["name"], []).append(facts["value"])
        elif tag == "input" and facts.get("type") != "file":
            self.posted.setdefault(facts["name"], []).append(facts.get("value") or "")


def draw(answers=ANSWERS, problems=None, **given):
    page = Template(
        "{% load ui %}{% for one in fields %}"
        "{% form_field one.0 one.1 problems communes=communes typed=typed %}{% endfor %}"
    )
    fields = [(field, answers.get(field.id)) for field in DECLARATION.fields]
    return page.render(Context({"fields": fields, "problems": problems, "communes": COMMUNES, **given}))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_shown_comes_back_as_the_same_answers(language):
    with translation.override(language):
        posted = Inputs(draw()).posted
    answers, problems = forms.clean(DECLARATION, posted, section="all", today=TODAY)
    assert problems == []
    assert answers == ANSWERS


def test_every_id_is_there_once_and_every_label_has_its_input():
    read = Inputs(draw(problems={"full_name": "Nhập họ tên."}))
    assert len(read.ids) == len(set(read.ids))
    assert set(read.labels_for) <= set(read.ids)


def test_text_that_cannot_be_read_stands_in_the_box_again_with_its_problem():
    answers, problems = forms.clean(
        DECLARATION, {"born_on": "31/02/1990", "children-0-name": "An", "children-0-born_on": "hôm qua"},
        section="all", today=TODAY,
    )  # fmt: skip
    said = declared.said_problems(DECLARATION, problems, "vi")
    markup = draw(answers, said, typed=declared.typed_texts(problems))
    assert 'value="31/02/1990"' in markup and 'value="hôm qua"' in markup
    assert said["born_on"] in markup and set(said) >= {"born_on", "children-0-born_on"}
    assert 'id="f-children-0-born_on-error"' in markup


def test_a_script_in_a_name_stays_text():
    markup = draw({**ANSWERS, "full_name": '"><script>alert(1)</script>'})
    assert "<script" not in markup
    assert "&lt;script&gt;" in markup


def test_only_what_is_optional_says_so():
    assert draw().count("không bắt buộc") == 2  # the extra copies and the child's date


def test_a_label_without_english_is_marked_vietnamese():
    with translation.override("en"):
        markup = draw()
    assert '<span lang="vi">Giới tính</span>' in markup
    assert '<span lang="vi">Ngày sinh' not in markup


def test_rows_grow_and_shrink_by_submit_buttons():
    add = declared.row_change({"_add_row": "children"})
    grown = declared.changed_rows(ANSWERS, add)
    assert len(grown["children"]) == 2 and len(ANSWERS["children"]) == 1
    assert 'name="_add_row"' not in draw(grown)  # two is the most
    assert draw(grown).count('name="_remove_row"') == 2
    assert 'name="_remove_row"' not in draw()  # one is the least

    remove = declared.row_change({"_remove_row": "children-0"})
    assert declared.changed_rows(grown, remove)["children"] == [{}]
    assert declared.row_change({"_remove_row": "children"}) is None
    assert declared.row_change({"full_name": "x"}) is None
    assert declared.changed_rows(ANSWERS, ("remove", "children", 9))["children"] == ANSWERS["children"]


def test_the_browser_may_fill_in_what_is_about_its_owner():
    assert 'autocomplete="name"' in draw()

"""Drafts as wrong as a file may be, and forms that no page sent: every page answers, nothing breaks."""

import json

import pytest

from motcua.editing import actions
from motcua.editing.models import Draft
from tests.dossiers.factories import AT
from tests.editing.test_views import admin, at  # noqa: F401  the signed-in administrator

PAGES = [
    ("show",), ("general",), ("form",), ("part", "steps"), ("part", "papers"), ("part", "fees"), ("row", "steps.0"),
    ("row", "declaration"), ("row", "fees.new"), ("row", "declaration.sections.0.fields.0"), ("raw", "bundle"),
    ("condition", "declaration.sections.0.when"), ("condition", "fees.0.when"), ("preview",), ("proof",),
    ("difference",), ("download", "yaml.zip"),
]  # fmt: skip
WRONG = [
    {},
    {"declaration": {}, "steps": [1, "x", None, []], "fees": {"a": 1}, "required_documents": "giấy"},
    {"declaration": {"id": 5, "sections": [1, {"fields": [2, {"id": "a", "when": 7, "options": "x"}], "when": [1]}]},
     "fees": [{"when": "(((", "amount_vnd": "x", "source": 4, "unverified": 3}], "applicants": "x", "time_limit": 3},
    {"declaration": "no-such-form", "owner": "x", "legal_basis": [None, 1], "doors": [1], "law_notes": {"a": 1},
     "bundle": {"tasks": [{"when": "x is"}]}, "clock": [], "unverified": {"a": 1}, "level": ["x"], "result": None},
    {"declaration": {"id": "f", "title": {"vi": "F", "en": "F"}, "papers": 3, "fees": [None], "sections": [
        {"id": "s", "title": {"vi": "S", "en": "S"}, "fields": [
            {"id": "r", "type": "rows", "label": {"vi": "R", "en": "R"}, "columns": [{"id": "c", "type": "?"}]}]}]}},
]  # fmt: skip


@pytest.mark.slow
def test_drafts_that_are_all_wrong_have_their_pages(city, admin):  # noqa: F811
    for number, wrong in enumerate(WRONG):
        document = {"id": f"wrong-{number}", "name_vi": "Sai", **wrong}
        doubts = [1, {"place": "x.0"}]
        made = actions.start_draft(city.act("admin", AT), document=document, origin="yaml", doubts=doubts)
        draft = Draft.objects.get(public_id=made["draft"])
        for name, *more in PAGES:
            assert admin.get(at(name, draft, *more)).status_code in (200, 404), (number, name, more)
        assert admin.post(at("prove", draft), {"seen": 1}).status_code == 302
        assert admin.post(at("general", draft), {"seen": 1}).status_code in (200, 302, 409)


def test_answers_that_no_page_sent_do_not_break_the_preview(city, admin):  # noqa: F811
    made = actions.start_from_catalogue(city.act("admin", AT), procedure="birth-registration")
    draft = Draft.objects.get(public_id=made["draft"])
    odd = [None, 5, "x", [], {}, [1], {"commune_code": 3}, True, "2026-13-45", [{"a": 1}], "\x00"]
    fields = ["applicant_kind", "full_name", "birth_on", "address", "child_case", "personal_number", "sex"]
    for value in odd:
        answers = json.dumps(dict.fromkeys(fields, value))
        sent = {"_answers": answers, "_section": "applicant", "_day": "0001-01-01", "_asked": fields}
        assert admin.post(at("preview", draft), sent).status_code == 200, value
    assert admin.post(at("preview", draft), {"_answers": answers, "_section": "nothing"}).status_code == 200
    assert admin.post(at("preview", draft), {"_answers": "[" * 5000}).status_code == 200

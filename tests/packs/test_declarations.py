"""The fourteen declarations: what people are asked, which papers and fees follow, what is refused and how."""

from __future__ import annotations

from datetime import date

import pytest

from motcua.kernel import forms
from motcua.kernel.money import fee_lines
from tests.packs.read import DECLARED, all_cases, declaration, document, example_cases, names

# Every declaration has these, so that counter, portal and simulator can rely on them.
COMMON = {
    "applicant": (
        "applicant_kind", "full_name", "personal_number", "birth_on", "sex", "phone", "email", "address",
    ),
    "delivery": ("result_delivery", "delivery_address"),
    "commitment": ("commitment",),
}  # fmt: skip
QUESTIONS_MAX = 8
_CASES = all_cases()
_IDS = [f"{slug}:{case['id']}" for slug, case in _CASES]


def _today(slug: str) -> date:
    return date.fromisoformat(example_cases(slug)["today"])


def test_the_fifteen_are_there_and_no_stranger():
    assert names("declarations") == sorted(DECLARED)


@pytest.mark.parametrize("slug", DECLARED)
def test_the_common_questions_are_asked_everywhere(slug):
    form = declaration(slug)
    for section_id, field_ids in COMMON.items():
        section = form.section(section_id)
        assert section is not None, f"{slug} has no section {section_id}"
        posted = "post" in {option.value for option in form.field("result_delivery").options}
        wanted = [one for one in field_ids if posted or one != "delivery_address"]
        assert [one.id for one in section.fields if one.id in field_ids] == wanted
    kinds = {option.value for option in form.field("applicant_kind").options}
    assert kinds <= {"self", "behalf", "organisation"}
    assert {option.value for option in form.field("result_delivery").options} <= {"portal", "counter", "post"}
    assert form.field("commitment").type == "consent"


@pytest.mark.parametrize("slug", DECLARED)
def test_a_section_asks_few_questions(slug):
    for section in declaration(slug).sections:
        asked = [one for one in section.fields if one.type != "note"]
        assert len(asked) <= QUESTIONS_MAX, f"{slug}: {section.id} asks {len(asked)} questions"


@pytest.mark.parametrize("slug", DECLARED)
def test_everything_is_said_in_both_languages(slug):
    form = declaration(slug)
    texts = [form.title]
    for section in form.sections:
        texts += [section.title, *([section.help] if section.help else [])]
        for one in section.fields:
            texts += [each for each in (one.label, one.help, one.message) if each]
            texts += [option.label for option in one.options]
            for column in one.columns:
                texts += [column.label, *(option.label for option in column.options)]
    assert [text.vi for text in texts if not text.vi.strip() or not text.en.strip()] == []
    for paper in form.papers:
        assert paper["name_vi"] and paper["name_en"]
        assert bool(paper.get("condition")) == bool(paper.get("condition_en"))


@pytest.mark.parametrize("slug", DECLARED)
def test_no_two_questions_read_alike(slug):
    """Error summaries and reasons quote the question: the reader must know which one is meant."""
    asked = [one for one in declaration(slug).fields if one.type != "note"]
    for lang in ("vi", "en"):
        labels = [one.label.say(lang) for one in asked]
        assert sorted({label for label in labels if labels.count(label) > 1}) == []


@pytest.mark.parametrize("slug", DECLARED)
def test_a_way_of_writing_is_explained(slug):
    """The message about a wrong way of writing sends people to the hint under the question."""
    every = [field for one in declaration(slug).fields for field in (one, *one.columns)]
    assert [one.id for one in every if one.pattern and not one.help] == []


@pytest.mark.parametrize("slug", DECLARED)
def test_numbers_of_persons_and_facts_of_health_are_sensitive(slug):
    everything = [field for one in declaration(slug).fields for field in (one, *one.columns)]
    for one in everything:
        if one.type == "personal_number" or "ethnicity" in one.id:
            assert one.sensitivity == "sensitive", f"{slug}: {one.id}"
        if one.type in ("name", "phone", "email") and not one.id.startswith("business_"):
            assert one.sensitivity != "open", f"{slug}: {one.id}"
        if any(
            word in one.id for word in ("disab", "hiv", "health", "death_cause", "bank_account", "surrogacy_")
        ):
            assert one.type == "note" or one.sensitivity == "sensitive", f"{slug}: {one.id}"


@pytest.mark.parametrize("slug", DECLARED)
def test_sources_are_named_and_doubts_are_told(slug):
    form = declaration(slug)
    assert form.sources
    assert form.unverified
    assert [paper["key"] for paper in form.papers if not paper.get("source")] == []


@pytest.mark.parametrize("slug", DECLARED)
def test_no_amount_is_invented(slug):
    """An amount stands in a declaration only if the procedure's own record, or that of extracts, gives it."""
    known = {fee["amount_vnd"] for fee in document("procedures", slug)["fees"]}
    known |= {fee["online_amount"] for fee in document("procedures", slug)["fees"]}
    for fee in declaration(slug).fees:
        extract = fee["key"] == "extract-copy" and fee["amount_vnd"] == 8000
        assert extract or {fee["amount_vnd"], fee["online_amount"]} <= known | {0, None}, fee["key"]


@pytest.mark.parametrize("slug", DECLARED)
def test_there_are_usual_special_and_wrong_cases(slug):
    cases = example_cases(slug)["cases"]
    assert example_cases(slug)["declaration"] == slug
    assert len(cases) >= 3
    assert sum(not case["problems"] for case in cases) >= 2
    assert sum(bool(case["problems"]) for case in cases) >= 1


@pytest.mark.parametrize(("slug", "case"), _CASES, ids=_IDS)
def test_a_case_has_the_expected_problems(slug, case):
    found = forms.check(declaration(slug), case["answers"], _today(slug))
    assert [f"{problem.field}: {problem.code}" for problem in found] == case["problems"]


@pytest.mark.parametrize(("slug", "case"), _CASES, ids=_IDS)
def test_every_problem_is_a_sentence_with_a_way_out(slug, case):
    form = declaration(slug)
    for problem in forms.check(form, case["answers"], _today(slug)):
        for lang in ("vi", "en"):
            sentence = forms.problem_text(problem, form, lang)
            assert sentence.endswith((".", "!")) and "{" not in sentence and "…" not in sentence


@pytest.mark.parametrize(("slug", "case"), _CASES, ids=_IDS)
def test_a_good_case_holds_no_answer_to_a_question_not_asked(slug, case):
    if case["problems"]:
        return
    hidden = set(case["answers"]) - forms.visible(declaration(slug), case["answers"], _today(slug))
    assert hidden == set()


@pytest.mark.parametrize(("slug", "case"), _CASES, ids=_IDS)
def test_a_case_needs_the_expected_papers(slug, case):
    if case["problems"]:
        return
    form, today = declaration(slug), _today(slug)
    answers = forms.asked_answers(form, case["answers"], today)
    needs = forms.required_papers(form.papers, answers, today, form.labels)
    assert [need.key for need in needs if need.required] == case["papers"]["required"]
    assert [need.key for need in needs if not need.required] == case["papers"]["optional"]
    assert all(need.why.vi and need.why.en for need in needs)


@pytest.mark.parametrize(("slug", "case"), _CASES, ids=_IDS)
def test_a_case_costs_what_the_law_says(slug, case):
    if case["problems"]:
        return
    form, today = declaration(slug), _today(slug)
    answers = forms.asked_answers(form, case["answers"], today)
    lines = fee_lines(form.fees, answers, today, case["channel"])
    assert {line.key: line.payable for line in lines} == case["fees"]
    assert all(line.decided and line.name and line.name_en for line in lines)


@pytest.mark.parametrize("slug", DECLARED)
def test_no_question_paper_or_fee_is_left_that_nobody_ever_sees(slug):
    form, today = declaration(slug), _today(slug)
    shown, needed, charged = set(), set(), set()
    for case in example_cases(slug)["cases"]:
        answers = forms.asked_answers(form, case["answers"], today)
        shown |= forms.visible(form, case["answers"], today)
        needed |= {need.key for need in forms.required_papers(form.papers, answers, today)}
        charged |= {line.key for line in fee_lines(form.fees, answers, today)}
    assert [one.id for one in form.fields if one.id not in shown] == []
    assert [paper["key"] for paper in form.papers if paper["key"] not in needed] == []
    assert [fee["key"] for fee in form.fees if fee["key"] not in charged] == []


@pytest.mark.parametrize(("slug", "case"), _CASES, ids=_IDS)
def test_a_posted_form_gives_the_same_answers_back(slug, case):
    """What a browser posts for a good case reads back as the case: nothing is lost or changed on the way."""
    if case["problems"]:
        return
    answers, problems = forms.clean(declaration(slug), _as_posted(case["answers"]), today=_today(slug))
    assert problems == []
    assert _filled(answers) == case["answers"]


def _filled(answers: dict) -> dict:
    """Without the columns of rows that nobody filled in."""
    return {
        name: [{column: each for column, each in row.items() if each is not None} for row in value]
        if isinstance(value, list) and value and isinstance(value[0], dict)
        else value
        for name, value in answers.items()
    }


def _as_posted(answers: dict) -> dict[str, object]:
    posted: dict[str, object] = {}
    for name, value in answers.items():
        if isinstance(value, dict):
            posted[f"{name}-commune"], posted[f"{name}-detail"] = value["commune_code"], value["detail"]
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for place, row in enumerate(value):
                inside = _as_posted(row)
                posted |= {f"{name}-{place}-{column}": each for column, each in inside.items()}
        elif isinstance(value, bool):
            posted[name] = "true" if value else "false"
        elif isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
            posted[name] = "/".join(reversed(value.split("-")))
        elif isinstance(value, list):
            posted[name] = value
        else:
            posted[name] = str(value).replace(".", ",") if isinstance(value, float) else str(value)
    return posted

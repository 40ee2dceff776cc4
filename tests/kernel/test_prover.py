"""The prover on forms made for one thing each: rows, days of the law, patterns, what it cannot decide, posts."""

import re

import pytest

from motcua.kernel.conditions import parse
from motcua.kernel.forms import check
from motcua.kernel.prover import FormProof, House, Route, Subject, cover, post_of, prove, prove_steps
from motcua.kernel.prover.charges import prove_charges
from motcua.kernel.prover.patterns import samples
from motcua.kernel.prover.truth import truth
from tests.kernel.form_factories import TODAY, data, family, field, form, option, text

pytestmark = pytest.mark.kernel
CHECK = {"message": text("Sai")}


def kinds(declaration, **more):
    proof = FormProof(declaration, TODAY, **more)
    proof.run()
    prove_charges(proof, "declaration", "papers")
    return [(one.kind, one.name) for one in proof.proof.findings], proof


def test_a_sound_form_with_rows_is_proved():
    found, proof = kinds(family())
    assert found == []
    assert proof.proof.holds


def test_a_column_nobody_is_asked_is_found_in_its_place():
    column = field("school", "text", when="age(born_on) >= 6 and age(born_on) < 3")
    rows = field("kids", "rows", columns=[field("born_on", "date", max="today"), column])
    _, proof = kinds(form(rows))
    (finding,) = proof.proof.findings
    assert (finding.kind, finding.name) == ("contradiction", "kids.school")
    assert finding.place == ("sections", 0, "fields", 0, "columns", 1, "when")


def test_a_column_judged_by_the_form_around_it_can_be_a_dead_end():
    rows = field(
        "kids",
        "rows",
        required=True,
        columns=[field("n", "number", required=True, min=0, max=3, check="n > least", **CHECK)],
    )
    found, proof = kinds(form(field("least", "number", required=True, min=0, max=3), rows))
    assert found == [("dead_end", "kids.n")]
    shown = proof.proof.findings[0].dossier
    assert shown.answers["least"] == 3


def test_a_dead_end_is_shown_by_a_dossier_that_stops_there():
    declaration = form(
        field("begins_on", "date", required=True, max="today"),
        field("ends_on", "date", required=True, max="today", check="ends_on > begins_on", **CHECK),
    )
    found, proof = kinds(declaration)
    assert found == [("dead_end", "ends_on")]
    shown = proof.proof.findings[0].dossier
    assert shown.answers == {"begins_on": TODAY.isoformat()}
    assert [one["field"] for one in shown.problems] == ["ends_on"]


def test_who_is_told_to_go_elsewhere_is_no_dead_end():
    declaration = form(
        field("foreign", "yes_no", required=True, check="foreign is false", **CHECK),
        field("adult", "yes_no", required=True, check="foreign is false", **CHECK),
    )
    assert kinds(declaration)[0] == []


def test_a_rule_of_next_year_is_no_fault():
    later = field("new_paper", "text", required=True, when="today >= 2027-03-01")
    assert kinds(form(later))[0] == []
    assert kinds(form(field("old", "text", when="today < 2000-01-01 and today > 2001-01-01")))[0] != []


def test_what_cannot_be_listed_is_told_as_not_proved():
    declaration = form(
        field("born_on", "date"),
        field("n", "number", min=0),
        field("x", "text", when="age(born_on) = field(n) and never"),
    )
    found, proof = kinds(declaration)
    assert found == []
    assert [one.name for one in proof.proof.unproved] == ["x", "x"]


def test_a_budget_that_runs_out_is_told_as_not_proved():
    many = [field(f"n{number}", "choice", required=True) for number in range(4)]
    pairs = [f"n{i} != field(n{j})" for i in range(4) for j in range(i)]  # four in three places
    declaration = form(*many, field("x", "text", when=" and ".join(pairs)))
    assert kinds(declaration)[0] == [("contradiction", "x")]
    _, proof = kinds(declaration, budget=5)
    assert proof.proof.findings == []
    assert "x" in {one.name for one in proof.proof.unproved}


def test_a_pattern_that_never_fits_is_found_and_one_too_hard_is_not_guessed_at():
    assert kinds(form(field("code", "text", pattern="[0-9]{4}", max=3)))[0] == [("no_value", "code")]
    found, proof = kinds(form(field("code", "text", pattern=r"(?=a)b")))
    assert found == []
    assert [one.name for one in proof.proof.unproved] == ["code"]


@pytest.mark.parametrize(
    "pattern", ["^([01]?[0-9]|2[0-3])[:hg][0-5][0-9]$", "[^a]{3}", r"\d{4}-\w+", "^20[0-9]{2}$"]
)
def test_samples_of_a_pattern_are_accepted_by_it(pattern):
    made = samples(pattern)
    assert made
    assert all(re.fullmatch(pattern, one) for one in made)


def test_a_fee_of_a_way_that_is_not_offered_is_never_due():
    fee = {"key": "f", "amount_vnd": 1, "money": "fee", "when": "channel is online"}
    assert kinds(form(field("a")), fee_rows=[fee])[0] == []
    assert kinds(form(field("a")), fee_rows=[fee], channels=["post"])[0] == [("fee_never_due", "f")]


def test_a_fault_is_told_once_where_it_is():
    data_of = data(
        field("a", "yes_no", required=True, check="b is x", **CHECK),
        field(
            "b",
            "choice",
            when="a is given",
            options=[option("x", "X"), option("y", "Y")],
            required="a is true",
        ),
        field("c", "text", when="a is true"),
    )
    data_of["sections"][0]["fields"][0]["check"] = "a is true and a is false"
    proof = prove(Subject({"steps": [], "status": "historical"}, data_of), TODAY, (), House())
    assert [(one.kind, one.name) for one in proof.findings if one.where == "declaration"] == [
        ("contradiction", "a")
    ]


def test_covering_dossiers_reach_a_stop_too():
    declared = data(
        field("foreign", "yes_no", required=True, check="foreign is false", **CHECK), field("kind", "choice")
    )
    coverage = cover(Subject({}, declared), TODAY)
    assert coverage.missed == []
    stopped = [case for case in coverage.cases if not case.dossier.accepted]
    assert [case.reaches for case in stopped] == [(("option", "foreign", True),)]
    for case in coverage.cases:
        assert (
            bool(check(form(*declared["sections"][0]["fields"]), case.dossier.answers, TODAY))
            is not case.dossier.accepted
        )


def test_truth_of_open_answers():
    assert truth(parse("a is x and b is y"), {"a": "z"}, {"b"}, TODAY) is False
    assert truth(parse("a is x or b is y"), {"a": "x"}, {"b"}, TODAY) is True
    assert truth(parse("not (a is x and b is y)"), {"a": "x"}, {"b"}, TODAY) is None


def test_a_step_is_done_where_its_post_is():
    body = {
        "status": "active",
        "time_limit": {"value": 3, "unit": "working_days"},
        "steps": [
            {"key": "a", "order": 1, "stage": "applicant", "role": "nguoi_nop", "time_share": 0},
            {"key": "b", "order": 2, "stage": "processing", "role": "cong_chuc_xay_dung", "time_share": 0.5},
            {"key": "c", "order": 3, "stage": "signing", "role": "truong_cong_an_xa", "time_share": 0.5},
        ],
    }
    commune, desk = {"kind": "commune", "level": "commune", "code": "c"}, {"kind": "centre", "code": "d"}
    police = {"kind": "police", "level": "commune", "code": "p"}
    house = House({"processing": ("processor",), "signing": ("signer",)})
    found = prove_steps(body, [Route("00004", commune, desk)], house).findings
    assert [(one.kind, one.name, one.dossier.route["competent"]) for one in found] == [
        ("step_without_role", "c", "c")
    ]
    assert prove_steps(body, [Route("00004", commune, desk, (police,))], house).findings == []
    nobody = prove_steps(body, [Route("00004", police, desk)], House()).findings
    assert [one.name for one in nobody] == ["b", "c"]


def test_a_word_that_names_nobody_is_no_post():
    assert post_of("khong_ai") is None
    assert post_of("lanh_dao_so").is_at({"kind": "department"})
    assert not post_of("lanh_dao_so").is_at({"kind": "commune"})

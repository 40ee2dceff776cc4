"""Where work goes, as tables of cases."""

from __future__ import annotations

from datetime import date

import pytest

from motcua.agencies.rules import competence_on
from motcua.reorganisation import rules
from motcua.reorganisation.rules import Ambiguous, Decided, Goes, Option, Place, place_of, where_to

A, B = Option("a", "01", 1, 11), Option("b", "02", 2, 12)
ONE_AGENCY = (Option("a", "01", 9, 11), Option("b", "02", 9, 12))


@pytest.mark.parametrize(
    ("options", "place", "decided", "wanted"),
    [
        ((A,), Place(), Decided(), ("a", "only")),
        (ONE_AGENCY, Place(), Decided(), ("a", "up")),
        (ONE_AGENCY, Place("02", rules.TODAY, ("02",)), Decided(), ("b", "up")),
        ((A, B), Place("02", rules.TODAY, ("02",)), Decided(), ("b", "unit")),
        ((A, B), Place("x", rules.WHOLE_UNIT, ("01",)), Decided(), ("a", "whole")),
        ((A, B), Place("x", rules.SPREAD, ("01", "02")), Decided(), None),
        ((A, B), Place("x", rules.SPREAD, ("01", "99")), Decided(), None),  # one of two is still one of two
        ((A, B), Place("x", rules.FORMER_CODE), Decided(), None),
        ((A, B), Place("99", rules.TODAY, ("99",)), Decided(), None),  # lives elsewhere: does not tell
        ((A, B), Place(), Decided(), None),
        ((), Place(), Decided(), None),
        ((A, B), Place(), Decided("b"), ("b", "decision")),
        ((A, B), Place("02", rules.TODAY, ("02",)), Decided("a"), ("a", "decision")),
        ((A, B), Place(), Decided("gone"), None),
        ((A, B), Place(), Decided(rules={("f", "", ""): "b"}), ("b", "rule")),
        ((A, B), Place("x", rules.UNKNOWN), Decided(rules={("f", "", ""): "b", ("f", "x", ""): "a"}), ("a", "rule")),
        ((A, B), Place("x", rules.UNKNOWN), Decided(rules={("f", "", "p"): "b", ("f", "", ""): "a"}), ("b", "rule")),
        ((A, B), Place("01", rules.TODAY, ("01",)), Decided(rules={("f", "", ""): "b"}), ("a", "unit")),
        ((A, B), Place(), Decided(rules={("other", "", ""): "b"}), None),
    ],
)  # fmt: skip
def test_where_it_goes(options, place, decided, wanted):
    found = where_to("f", "p", options, place, decided)
    if wanted is None:
        assert isinstance(found, Ambiguous)
    else:
        assert isinstance(found, Goes) and (found.option.code, found.basis) == wanted


@pytest.mark.parametrize(
    ("declared", "then", "still", "exists", "successors", "meaning"),
    [
        ("", False, False, False, [], rules.NOTHING),
        ("x", False, False, False, [], rules.UNKNOWN),
        ("00082", False, True, True, [], rules.FORMER_CODE),
        ("00082", True, True, True, [], rules.TODAY),
        ("cu-1", True, False, True, [("01", "merge", False)], rules.WHOLE_UNIT),
        ("cu-1", True, False, True, [("01", "part", False)], rules.SPREAD),
        ("cu-1", True, False, True, [("01", "part", False), ("02", "part", False)], rules.SPREAD),
        ("cu-1", True, False, True, [("01", "merge", False), ("02", "merge", False)], rules.SPREAD),
        ("cu-1", True, False, True, [], rules.SPREAD),
    ],
)
def test_what_a_declared_code_means(declared, then, still, exists, successors, meaning):
    found = place_of(declared, then=then, still=still, exists=exists, successors=successors)
    assert found.meaning == meaning


BODY = {
    "on": "2025-07-01",
    "competences": [
        {
            "procedures": ["a"],
            "before": {"kind": "district"},
            "after": {"kind": "commune"},
            "unverified": True,
        },
        {"procedures": ["b"], "before": {"kind": "district"}},
    ],
}


@pytest.mark.parametrize(
    ("procedure", "on", "wanted"),
    [
        ("a", date(2025, 6, 30), {"agency": {"kind": "district"}, "unverified": True}),
        ("a", date(2025, 7, 1), {"agency": {"kind": "commune"}, "unverified": True}),
        ("b", date(2025, 6, 30), {"agency": {"kind": "district"}, "unverified": False}),
        ("b", date(2025, 7, 1), None),
        ("c", date(2025, 6, 30), None),
    ],
)
def test_competence_by_procedure_and_date(procedure, on, wanted):
    assert competence_on([BODY], procedure, on) == wanted

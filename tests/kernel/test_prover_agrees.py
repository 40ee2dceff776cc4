"""The prover against brute force: on small forms whose answers can all be written down, both say the same.

The forms ask choices, yes or no, small numbers, days around today and several choices; conditions compare them with
values, with the day and with each other. Every complete filling is tried and judged by the form itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations, product

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from motcua.kernel.conditions import Condition, is_given, parse
from motcua.kernel.forms import FormProblem, check, declaration_from_data, required_papers
from motcua.kernel.forms.visibility import is_required, known_values, visible
from motcua.kernel.prover import FormProof
from motcua.kernel.prover.charges import prove_charges
from tests.kernel.form_factories import TODAY, data, field, option, section, text

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

OPTIONS = ("x", "y", "z")
DAYS = [TODAY + timedelta(days=d) for d in (-1, 0, 1)]
KINDS = ("choice", "yes_no", "number", "date", "choices")
PAPER = {"key": "p", "name_vi": "Giấy", "type": "copy", "required": True}


def domain(one) -> list:
    """Every answer a field of the small forms can have."""
    match one.type:
        case "choice":
            return [option.value for option in one.options]
        case "yes_no":
            return [True, False]
        case "number":
            return list(range(-1, 4))
        case "date":
            return [day.isoformat() for day in DAYS]
    options = [option.value for option in one.options]
    return [list(part) for size in (1, 2, 3) for part in combinations(options, size)]


# Small forms --------------------------------------------------------------------------------------------------------


def comparison(draw, name: str, kind: str, others: dict[str, str]) -> str:
    same = [other for other, its in others.items() if its == kind and other != name]
    op = draw(st.sampled_from(("=", "!=", "<", "<=", ">", ">=")))
    if kind in ("choice", "choices") and draw(st.booleans()):
        return f"{name} in [{', '.join(draw(st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=2)))}]"
    if kind == "choice":
        if same and draw(st.booleans()):
            return f"{name} {draw(st.sampled_from(('=', '!=')))} field({draw(st.sampled_from(same))})"
        return f"{name} {draw(st.sampled_from(('is', 'is not')))} {draw(st.sampled_from(OPTIONS))}"
    if kind == "choices":
        return f"count({name}) {op} {draw(st.integers(0, 3))}"
    if kind == "yes_no":
        return f"{name} is {draw(st.sampled_from(('true', 'false')))}"
    if same and draw(st.booleans()):
        return f"{name} {op} field({draw(st.sampled_from(same))})"
    if kind == "number":
        return f"{name} {op} {draw(st.integers(-1, 4))}"
    if draw(st.booleans()):
        return f"days_since({name}) {op} {draw(st.integers(-2, 2))}"
    return f"{name} {op} today{draw(st.sampled_from(('', '-1', '+1')))}"


@st.composite
def conditions(draw, types: dict[str, str]) -> str:
    """A condition over the fields, as text."""
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(sorted(types)))
        leaf = (
            f"{name} is given" if draw(st.integers(0, 5)) == 0 else comparison(draw, name, types[name], types)
        )
        parts.append(f"not ({leaf})" if draw(st.integers(0, 3)) == 0 else f"({leaf})")
    return f" {draw(st.sampled_from(('and', 'or')))} ".join(parts)


@st.composite
def small_forms(draw):
    """Pack data of a form of two to four fields, each asked after some of the others."""
    names = draw(st.permutations(["a", "b", "c", "d"][: draw(st.integers(2, 4))]))
    types = {name: draw(st.sampled_from(KINDS)) for name in names}
    made = {}
    for place, name in enumerate(names):
        before = {other: types[other] for other in names[:place]}
        made[name] = draw(small_field(name, types, before))
    form = data(*(made[name] for name in sorted(names)))
    if draw(st.booleans()):
        form["sections"] = [section("one", made[names[0]]), section("two", *(made[n] for n in names[1:]))]
        if draw(st.booleans()):
            form["sections"][1]["when"] = draw(conditions({names[0]: types[names[0]]}))
    return form, {**PAPER, "when": draw(conditions(types))}


@st.composite
def small_field(draw, name: str, types: dict[str, str], before: dict[str, str]):
    kind = types[name]
    one = field(name, kind, required=draw(st.sampled_from((True, False, False))))
    same = [other for other, its in types.items() if its == kind and other != name]
    if kind in ("choice", "choices"):
        one["options"] = [option(value, value) for value in OPTIONS]
    if kind == "number":
        one |= {"min": -1, "max": 3}
    if kind == "date":
        one |= {"min": "today-1", "max": "today+1"}
    if kind in ("number", "date") and same and draw(st.integers(0, 3)) == 0:
        one[draw(st.sampled_from(("min", "max")))] = draw(st.sampled_from(same))
        one["check"] = (
            f"{name} >= -1 and {name} <= 3"
            if kind == "number"
            else f"{name} >= today-1 and {name} <= today+1"
        )
        one["message"] = text("Sai")
    if before and draw(st.booleans()):
        one["when"] = draw(conditions(before))
    if draw(st.integers(0, 3)) == 0:
        one["required"] = draw(conditions(types))
    if "check" not in one and draw(st.integers(0, 2)) == 0:
        one |= {"check": draw(conditions(types)), "message": text("Sai")}
    return one


# Brute force --------------------------------------------------------------------------------------------------------


class Everything:
    """All fillings of a form: what is asked, known and wrong in each."""

    def __init__(self, declaration) -> None:
        self.declaration = declaration
        self.asks = {one.id: self._asks(one) for one in declaration.fields}
        self.judges = {one.id: self._judges(one) - {one.id} for one in declaration.fields}
        self.cases = list(self._cases())

    def _asks(self, one) -> set[str]:
        section_when = self.declaration.section_of(one.id).when
        return {n for when in (section_when, one.when) if when is not None for n in when.names()}

    def _judges(self, one) -> set[str]:
        names = {bound for bound in (one.min, one.max) if bound in self.declaration.by_id}
        return names.union(*(c.names() for c in (one.required, one.check) if isinstance(c, Condition)))

    def _cases(self) -> Iterator[tuple[dict, set, dict, set]]:
        fields = self.declaration.fields
        for values in product(*([None, *domain(one)] for one in fields)):
            answers = {one.id: value for one, value in zip(fields, values, strict=True) if value is not None}
            shown = visible(self.declaration, answers, TODAY)
            if set(answers) <= shown:
                wrong = {problem.field for problem in check(self.declaration, answers, TODAY)}
                yield answers, shown, known_values(self.declaration, answers, TODAY), wrong

    def around(self, names, without="") -> set[str]:
        found, waiting = set(), [name for name in names if name != without]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += [n for n in self.asks[name] | self.judges[name] if n != without]
        return found

    def asked(self, name) -> bool:
        cone = self.around(self.asks[name])
        return any(name in shown and not wrong & cone for _, shown, _, wrong in self.cases)

    def needed(self, one) -> bool:
        cone = self.around(self.asks[one.id] | one.required.names())
        return any(
            one.id in shown and is_required(one, known, TODAY) and not wrong & cone
            for _, shown, known, wrong in self.cases
        )

    def answered(self, name) -> bool:
        cone = self.around({name})
        return any(name in answers and not wrong & cone for answers, _, _, wrong in self.cases)

    def holds(self, condition) -> bool:
        cone = self.around(condition.names())
        return any(condition.holds(known, TODAY) and not wrong & cone for _, _, known, wrong in self.cases)

    def dead_end(self, one) -> bool:
        """Whether some case around the field leaves it required and without any right answer."""
        refers = {one.min, one.max} & self.declaration.by_id.keys()
        if not refers and (one.check is None or one.id not in one.check.names()):
            return False
        cone = self.around(self.asks[one.id] | self.judges[one.id], without=one.id)
        if any(one.id in self.asks[other] for other in cone):
            return False
        passes: dict[tuple, bool] = {}
        for answers, shown, known, _ in self.cases:
            if one.id not in shown or not is_required(one, {**known, one.id: None}, TODAY):
                continue
            case = tuple((other, str(answers.get(other))) for other in sorted(cone))
            if case not in passes:
                without = {name: value for name, value in answers.items() if name != one.id}
                if any(p.field in cone and not self._waits(p, one.id) for p in self._problems(without)):
                    continue
                passes[case] = False
            passes[case] = passes[case] or (one.id in answers and self._passes(one, known))
        return not all(passes.values())

    def _problems(self, answers) -> list:
        return check(self.declaration, answers, TODAY)

    def _waits(self, problem, name) -> bool:
        """Whether a problem of another field is about the one that is not answered yet."""
        one = self.declaration.field(problem.field)
        if problem.code == "check":
            return name in one.check.names()
        return problem.missing and isinstance(one.required, Condition) and name in one.required.names()

    def _passes(self, one, known) -> bool:
        if one.check is not None and one.id in one.check.names() and not one.check.holds(known, TODAY):
            return False
        value = known[one.id]
        for bound, is_max in ((one.min, False), (one.max, True)):
            limit = known.get(bound) if bound in self.declaration.by_id else None
            if limit is not None and (value > limit if is_max else value < limit):
                return False
        return True


def said(form, paper) -> str:
    """The form in short, for a failing example."""
    keys = ("id", "type", "required", "when", "check", "min", "max")
    lines = [f"paper: {paper['when']}"]
    for part in form["sections"]:
        lines.append(f"section {part['id']} when {part.get('when')}")
        lines += ["  " + str({key: one[key] for key in keys if key in one}) for one in part["fields"]]
    return "\n".join(lines)


# Both ---------------------------------------------------------------------------------------------------------------


def by_brute_force(everything: Everything, paper) -> set[tuple[str, str]]:
    found = set()
    for one in everything.declaration.fields:
        asked = everything.asked(one.id)
        if not asked:
            found.add(("asked", one.id))
            continue
        if isinstance(one.required, Condition) and not everything.needed(one):
            found.add(("required", one.id))
        refers = {one.min, one.max} & everything.declaration.by_id.keys()
        if one.check is None and not refers:
            continue
        if not everything.answered(one.id):
            found.add(("answer", one.id))
        elif one.required is not False and everything.dead_end(one):
            found.add(("dead_end", one.id))
    if not everything.holds(parse(paper["when"])):
        found.add(("paper", "p"))
    return found


_ASPECTS = {
    "never_asked": "asked",
    "never_required": "required",
    "check_never_passes": "answer",
    "no_value": "answer",
    "dead_end": "dead_end",
    "paper_never_needed": "paper",
}


def by_the_prover(declaration, paper) -> tuple[set[tuple[str, str]], FormProof]:
    proof = FormProof(declaration, TODAY, [paper])
    proof.run()
    prove_charges(proof, "declaration", "papers")
    assert proof.proof.unproved == []
    found = set()
    for finding in proof.proof.findings:
        aspect = _ASPECTS.get(finding.kind)
        if finding.kind == "contradiction":
            last = {"when": "asked", "required": "required", "check": "answer"}[finding.place[-1]]
            aspect = "paper" if finding.place[0] == "papers" else last
        names = [finding.name]
        if aspect == "asked" and len(finding.place) == 3:  # a whole section
            names = [one.id for one in declaration.sections[finding.place[1]].fields]
        found |= {(aspect, name) for name in names}
    return found, proof


@settings(max_examples=400, deadline=None)
@given(small_forms())
def test_the_prover_says_what_brute_force_says(made):
    form, paper = made
    try:
        declaration = declaration_from_data(form)
    except FormProblem:
        return
    note(said(form, paper))
    everything = Everything(declaration)
    expected = by_brute_force(everything, paper)
    found, proof = by_the_prover(declaration, paper)
    assert found == expected
    for finding in proof.proof.findings:
        shown = finding.dossier
        if shown is None:
            continue
        problems = {one["field"] for one in shown.problems}
        assert problems == {p.field for p in check(declaration, shown.answers, TODAY)}
        if finding.kind in ("never_asked", "never_required", "paper_never_needed"):
            assert shown.accepted
        if finding.kind == "dead_end":
            assert finding.name in problems
            assert finding.name not in shown.answers


@settings(max_examples=100, deadline=None)
@given(small_forms())
def test_a_whole_dossier_is_found_exactly_when_there_is_one(made):
    form, paper = made
    try:
        declaration = declaration_from_data(form)
    except FormProblem:
        return
    everything = Everything(declaration)
    shown = FormProof(declaration, TODAY, [paper]).whole(parse(paper["when"]))
    condition = parse(paper["when"])
    there_is = any(not wrong and condition.holds(known, TODAY) for _, _, known, wrong in everything.cases)
    assert (shown is not None) == there_is
    if shown is not None:
        assert check(declaration, shown.answers, TODAY) == []
        assert [need.key for need in required_papers([paper], shown.answers, TODAY)] == ["p"]
        assert all(is_given(value) for value in shown.answers.values())

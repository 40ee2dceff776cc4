"""Test dossiers that together reach everything a procedure asks, offers, needs and charges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from motcua.kernel.conditions import Condition, Given, is_given
from motcua.kernel.forms import asked_answers, paper_key, required_papers
from motcua.kernel.money import fee_lines
from motcua.kernel.prover.findings import Dossier
from motcua.kernel.prover.flat import AROUND, together
from motcua.kernel.prover.form import FormProof, condition_of
from motcua.kernel.prover.procedure import Subject, form_proof
from motcua.kernel.prover.search import BUDGET

# What is to be reached: ("field", id), ("option", id, value), ("paper", key), ("fee", key). Columns are `rows.column`.
Target = tuple[Any, ...]


@dataclass(frozen=True)
class Case:
    """One test dossier, what it reaches for the first time, and what the form, the papers and the fees say of it."""

    dossier: Dossier
    reaches: tuple[Target, ...]
    papers: tuple[Mapping[str, Any], ...]
    fees: tuple[Mapping[str, Any], ...]

    def to_data(self) -> dict[str, Any]:
        """As JSON-able data."""
        return {
            **self.dossier.to_data(),
            "papers": [dict(paper) for paper in self.papers],
            "fees": [dict(fee) for fee in self.fees],
            "reaches": ["/".join(str(part) for part in target) for target in self.reaches],
        }


@dataclass
class Coverage:
    """The dossiers of one procedure, and what none of them reaches."""

    cases: list[Case] = field(default_factory=list)
    missed: list[Target] = field(default_factory=list)
    targets: int = 0

    def to_data(self) -> dict[str, Any]:
        """As JSON-able data."""
        return {
            "targets": self.targets,
            "missed": ["/".join(str(part) for part in target) for target in self.missed],
            "dossiers": [case.to_data() for case in self.cases],
        }


def cover(subject: Subject, today: date, budget: int = BUDGET) -> Coverage:
    """Dossiers reaching every field, option, paper and fee line of a procedure at least once.

    Each is a whole dossier that the form accepts; an option for which the form stops everybody is shown by one that it
    stops (`accepted` false, with its problems). What cannot be reached is `missed`; the proof says why.
    """
    form, _ = form_proof(subject, today, budget)
    return Coverage() if form is None else _Cover(form).run()


class _Cover:
    def __init__(self, form: FormProof) -> None:
        self.form = form
        self.open = list(self._targets())
        self.coverage = Coverage(targets=len(self.open))

    def run(self) -> Coverage:
        for target in list(self.open):
            if target not in self.open:
                continue
            dossier = self._reaching(target)
            if dossier is not None:
                self._take(dossier, target)
            if target in self.open:
                self.open.remove(target)
                self.coverage.missed.append(target)
        return self.coverage

    def _targets(self) -> Iterator[Target]:
        for section in self.form.flat.declaration.sections:
            for one in section.fields if section.id != AROUND else ():
                if one.type == "note":
                    continue
                yield "field", one.id
                if one.type == "yes_no":
                    yield from (("option", one.id, value) for value in (True, False))
                yield from (("option", one.id, option.value) for option in one.options)
        yield from (("paper", paper_key(row, n)) for n, row in enumerate(self.form.paper_rows))
        yield from (("fee", str(row.get("key"))) for row in self.form.fee_rows)

    # Finding one -----------------------------------------------------------------------------------------------

    def _reaching(self, target: Target) -> Dossier | None:
        kind, name = target[0], target[1]
        if kind == "paper":
            row = next(r for n, r in enumerate(self.form.paper_rows) if paper_key(r, n) == name)
            return self._whole(together(*_conditions(row, "when", "required")))
        if kind == "fee":
            row = next(r for r in self.form.fee_rows if str(r.get("key")) == name)
            return self._whole(together(*_conditions(row, "when")))
        goal = together(self.form.flat.visible(name), Given(name))
        if kind == "field":
            return self._whole(goal)
        one = self.form.flat.questions[name][1]
        values = _with_option(one.type, target[2], [option.value for option in one.options], one.min)
        for value in values:
            found = self._whole(goal, fixed={name: value})
            if found is not None:
                return found
        return self._stopped(goal, name, values)

    def _whole(self, goal: Condition, **more: Any) -> Dossier | None:
        return self.form.whole(goal, first=self._first, **more)

    def _stopped(self, goal: Condition, name: str, values: Sequence[Any]) -> Dossier | None:
        """A dossier with this option that the form stops, otherwise right: whom the option tells to go elsewhere."""
        judges = frozenset((name,)) | {
            other for other, names in self.form.flat.judged_by.items() if name in names
        }
        for value in values:
            found = self.form.whole(goal, first=self._first, fixed={name: value}, unjudged=judges)
            if found is not None:
                return found
        return None

    def _first(self, name: str, values: Sequence[Any]) -> Iterable[Any]:
        """Values that nobody has reached yet come first, so that few dossiers reach much."""
        waiting = [target[2] for target in self.open if target[0] == "option" and target[1] == name]
        if not waiting:
            return values
        one = self.form.flat.questions[name][1]
        if one.type == "choice":
            return [*waiting, *(value for value in values if value not in waiting)]
        if one.type == "choices":
            return sorted(values, key=lambda value: -len(set(value) & set(waiting)))
        return sorted(values, key=lambda value: value not in waiting)

    # Keeping it ------------------------------------------------------------------------------------------------

    def _take(self, dossier: Dossier, target: Target) -> None:
        form = self.form
        day = date.fromisoformat(dossier.day)
        asked = asked_answers(form.declaration, dossier.answers, day)
        around = {**asked, "channel": dossier.channel, "entitlements": list(dossier.entitlements)}
        papers = required_papers(form.paper_rows, around, day)
        lines = fee_lines(form.fee_rows, asked, day, dossier.channel, dossier.entitlements)
        reached = {("paper", need.key) for need in papers} | {("fee", line.key) for line in lines}
        reached |= set(_answered(asked))
        new = tuple(each for each in self.open if each in reached)
        if (
            not dossier.accepted
        ):  # it shows its option; what it reaches besides is to be reached by accepted ones
            new = tuple(each for each in new if each == target)
        if not new:
            return
        self.open = [each for each in self.open if each not in new]
        self.coverage.cases.append(
            Case(
                dossier,
                new,
                tuple({"key": need.key, "required": need.required} for need in papers),
                tuple({"key": line.key, "payable": line.payable} for line in lines),
            )
        )


def _answered(answers: Mapping[str, Any]) -> Iterator[Target]:
    for name, value in answers.items():
        if not is_given(value):
            continue
        yield "field", name
        if isinstance(value, bool | str):
            yield "option", name, value
        elif isinstance(value, list):
            for each in value:
                if isinstance(each, Mapping):
                    yield from ((t[0], f"{name}.{t[1]}", *t[2:]) for t in _answered(each))
                else:
                    yield "option", name, each


def _with_option(kind: str, value: Any, options: Sequence[str], least: Any) -> list[Any]:
    """Answers that hold the option; of several choices alone, and with as many others as are asked for."""
    if kind != "choices":
        return [value]
    others = [option for option in options if option != value]
    count = max(1, least if isinstance(least, int) else 1)
    chosen = {value, *others[: count - 1]}
    return [[option for option in options if option in chosen], list(options)]


def _conditions(row: Mapping[str, Any], *keys: str) -> list[Condition]:
    return [found for key in keys if (found := condition_of(row.get(key))) is not None]

"""The proof of one procedure: its form, its papers and fees, its steps and agencies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.kernel.forms import FormProblem, declaration_from_data, generic_declaration
from motcua.kernel.forms.faults import Faults
from motcua.kernel.forms.pieces import check_fees, check_papers
from motcua.kernel.prover.charges import prove_charges, without_ground
from motcua.kernel.prover.circles import circles
from motcua.kernel.prover.findings import Dossier, Finding, Proof
from motcua.kernel.prover.form import FormProof
from motcua.kernel.prover.search import BUDGET
from motcua.kernel.prover.steps import House, Route, prove_steps
from motcua.kernel.prover.tasks import prove_tasks, tasks_of
from motcua.kernel.text import Bilingual

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Subject:
    """One procedure as pack data, with its own declaration (None: the general one is made from its record)."""

    body: Data
    declaration: Data | None = None

    @property
    def form_data(self) -> Data:
        return generic_declaration(self.body) if self.declaration is None else self.declaration

    def rows(self, own: str, general: str) -> tuple[str, str, Sequence[Data]]:
        """(document, key, rows): the declaration's papers or fees, else those of the record."""
        held = None if self.declaration is None else self.declaration.get(own)
        if held is None:
            return "procedure", general, _mappings(self.body.get(general))
        return "declaration", own, _mappings(held)


def form_proof(subject: Subject, today: date, budget: int = BUDGET) -> tuple[FormProof | None, Proof]:
    """The form of a procedure ready to be asked, or None with what keeps it from being one."""
    proof = Proof(asked=1)
    data = subject.form_data
    where = "procedure" if subject.declaration is None else "declaration"
    proof.findings += circles(data)
    try:
        declaration = declaration_from_data(data)
    except FormProblem as problem:
        if not proof.findings:
            proof.findings.append(_unreadable(where, "; ".join(str(one) for one in problem.problems[:3])))
        return None, proof
    papers = subject.rows("papers", "required_documents")
    fees = subject.rows("fees", "fees")
    faults = Faults()
    check_papers(papers[2], declaration.types, faults, papers[1])
    check_fees([{**row, "per": None} for row in fees[2]], declaration.types, faults, fees[1])
    if faults.found:
        proof.findings.append(_unreadable(papers[0], "; ".join(str(one) for one in faults.found[:3])))
        return None, proof
    opened = [task.when for task in tasks_of(subject.body) if task.when is not None]
    channels = [str(each) for each in subject.body.get("channels") or ()]
    form = (
        FormProof(declaration, today, papers[2], fees[2], channels, budget, more=opened)
        if channels
        else FormProof(declaration, today, papers[2], fees[2], budget=budget, more=opened)
    )
    return form, proof


def prove(
    subject: Subject,
    today: date,
    routes: Sequence[Route],
    house: House,
    *,
    form: bool = True,
    budget: int = BUDGET,
) -> Proof:
    """Everything that is to be proved of one procedure on a day, with every finding and what stayed open.

    `form` False leaves the form, papers and fees aside: for a place that differs in its agencies only.
    """
    asked, proof = form_proof(subject, today, budget) if form else (None, Proof())
    where, key, papers = subject.rows("papers", "required_documents")
    if asked is not None:
        asked.run()
        prove_charges(asked, where, key)
        prove_tasks(asked, subject.body)
        asked.proof.findings = asked.roots()
        proof.take(asked.proof)
    rest = prove_steps(subject.body, routes, house)
    if form:
        rest.take(without_ground(papers, where, key, subject.body, _marks(subject, where)))
    if rest.findings and asked is None:
        asked, _ = form_proof(subject, today, budget)
    shown = asked.whole() if rest.findings and asked is not None else None
    rest.findings = [_with(finding, shown) for finding in rest.findings]
    proof.take(rest)
    return proof


def _with(finding: Finding, shown: Dossier | None) -> Finding:
    """A finding that any dossier shows gets one; what it knows of its route stays."""
    if shown is None:
        return finding
    return Finding(
        finding.kind,
        finding.where,
        finding.place,
        finding.name,
        finding.more,
        Dossier(
            shown.day,
            shown.answers,
            shown.channel,
            shown.entitlements,
            shown.accepted,
            shown.problems,
            finding.dossier.route if finding.dossier else {},
        ),
    )


def _marks(subject: Subject, where: str) -> Sequence[str]:
    body = subject.body if where == "procedure" or subject.declaration is None else subject.declaration
    marks = body.get("unverified")
    return [str(mark) for mark in marks] if isinstance(marks, list | tuple) else []


def _unreadable(where: str, words: str) -> Finding:
    return Finding("unreadable", where, (), where, Bilingual(words, words))


def _mappings(rows: Any) -> list[Data]:
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list | tuple) else []

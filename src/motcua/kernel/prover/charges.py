"""Papers and fees: each can come due for somebody, each paper says on what ground it is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.kernel.conditions import Always, Condition
from motcua.kernel.forms import paper_key
from motcua.kernel.prover.findings import Finding, Place, Proof
from motcua.kernel.prover.flat import together
from motcua.kernel.prover.form import FormProof, condition_of
from motcua.kernel.prover.search import Wish

Row = Mapping[str, Any]


def prove_charges(form: FormProof, where: str, papers_key: str) -> None:
    """Add what is wrong with the papers and fees to the proof of the form.

    `where` is the document they stand in ("declaration" or "procedure"), `papers_key` their key in it.
    """
    for number, row in enumerate(form.paper_rows):
        place: Place = (papers_key, number)
        name = paper_key(row, number)
        when, required = condition_of(row.get("when")), condition_of(row.get("required"))
        if _never(form, "paper_never_needed", when, (*place, "when"), name, where) or required is None:
            continue
        whole = required if when is None else together(when, required)
        _never(form, "paper_never_required", required, (*place, "required"), name, where, whole)
    for number, row in enumerate(form.fee_rows):
        name = str(row.get("key") or f"fee-{number + 1}")
        when = condition_of(row.get("when"))
        _never(form, "fee_never_due", when, ("fees", number, "when"), name, where)


def _never(
    form: FormProof,
    kind: str,
    condition: Condition | None,
    place: Place,
    name: str,
    where: str,
    whole: Condition | None = None,
) -> bool:
    if condition is None or isinstance(condition, Always):
        return False
    if form.is_told(condition, place, name, where):
        return True
    goal = condition if whole is None else whole
    if not form.never(Wish(goal), place, name, where):
        return False
    form.tell(kind, place, name, form.sentence(condition), form.nearest(goal), where, goal)
    return True


def without_ground(
    papers: Sequence[Row], where: str, papers_key: str, procedure: Row, marks: Sequence[str]
) -> Proof:
    """The papers that nobody can say why they are asked.

    A ground is the paper's own source or form, or the legal basis of the procedure; a paper marked as unverified (by
    itself, or by a mark about it or about all papers) has said that it lacks one.
    """
    proof = Proof()
    if procedure.get("legal_basis"):
        return Proof(asked=len(papers))
    marked = _marked(papers, papers_key, marks)
    for number, row in enumerate(papers):
        proof.asked += 1
        name = paper_key(row, number)
        if row.get("source") or row.get("form_code") or row.get("unverified") or name in marked:
            continue
        proof.findings.append(Finding("paper_without_ground", where, (papers_key, number), name))
    return proof


def _marked(papers: Sequence[Row], papers_key: str, marks: Sequence[str]) -> set[str]:
    """The keys that marks are about: `papers.key, papers.other`, `papers: a name`; `papers` alone, or with words that
    name no paper, is about all."""
    names = {paper_key(row, n): str(row.get("name_vi") or "").casefold() for n, row in enumerate(papers)}
    found: set[str] = set()
    for mark in marks:
        about, _, words = mark.partition(":")
        listed = {part.strip() for part in about.split(",")}
        found |= {key for key in names if f"{papers_key}.{key}" in listed}
        if papers_key in listed:
            said = [word.strip() for word in words.casefold().split(",") if word.strip()]
            named = {key for key, name in names.items() if any(word in name for word in said)}
            found |= named or set(names)
    return found

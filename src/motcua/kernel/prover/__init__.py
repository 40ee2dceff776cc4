"""Proving procedures before they are published: can every question be asked and answered, every dossier come to an end?

The prover looks for a dossier that shows the contrary. It tries every case that the conditions of a form can tell
apart (`values`), in the order in which the form asks (`search`), and lets the form itself judge what it found. Where
the cases are too many or cannot be listed, it says that nothing was proved; it never guesses.

    prove(Subject(procedure, declaration), today, routes, house) -> Proof
    cover(Subject(procedure, declaration), today) -> Coverage      test dossiers that reach everything
"""

from motcua.kernel.prover.cover import Case, Coverage, cover
from motcua.kernel.prover.findings import KINDS, Dossier, Finding, Proof, Unproved
from motcua.kernel.prover.form import FormProof
from motcua.kernel.prover.posts import post_of
from motcua.kernel.prover.procedure import Subject, form_proof, prove
from motcua.kernel.prover.search import BUDGET, Search, Wish
from motcua.kernel.prover.steps import House, Route, prove_steps

__all__ = [
    "BUDGET",
    "KINDS",
    "Case",
    "Coverage",
    "Dossier",
    "Finding",
    "FormProof",
    "House",
    "Proof",
    "Route",
    "Search",
    "Subject",
    "Unproved",
    "Wish",
    "cover",
    "form_proof",
    "post_of",
    "prove",
    "prove_steps",
]

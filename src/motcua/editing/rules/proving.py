"""Who may do the steps of a procedure, for the prover: what officers may do with a dossier, told by stage."""

from __future__ import annotations

from motcua.agencies.rules import HOLDER_ROLES
from motcua.dossiers.rules import MAY
from motcua.kernel.prover import House

# Which moves of a dossier do the work of a step of each stage.
VERBS = {
    "reception": ("receive", "hand_over"),
    "processing": ("advance", "draft_result"),
    "signing": ("sign", "approve"),
}


def house() -> House:
    """The roles that may do the steps of each stage, from what officers may do with a dossier."""
    roles = {}
    for stage, verbs in VERBS.items():
        words = [set(MAY[verb][1]) for verb in verbs]
        roles[stage] = tuple(role for role, held in HOLDER_ROLES.items() if all(w & set(held) for w in words))
    return House(roles)

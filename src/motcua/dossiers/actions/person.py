"""What a dossier says about its person, decided by those who check it."""

from __future__ import annotations

from motcua.dossiers import queries
from motcua.dossiers.errors import DossierNotFound, NotYours
from motcua.foundation.acts import Act, action
from motcua.people import actions as people
from motcua.people import queries as people_queries
from motcua.people.errors import NoSuchDifference
from motcua.registers import actions as registers
from motcua.registers import queries as registers_queries


@action("dossiers.settle_difference")
def settle_difference(act: Act, *, dossier: str, difference: str, accept: bool) -> dict:
    """Decide where the declaration contradicts what is known of the applicant: `accept` what was said, or keep what
    is known (of the registry of people, or of a register). Answers {"party", "changed"}.

    Raises DossierNotFound, NotYours (neither the receiving desk nor the unit that works on it), NoSuchDifference.
    """
    row = queries.visible_to(act.actor).filter(public_id=dossier).first()
    if row is None:
        raise DossierNotFound()
    if not queries.may_settle(act.actor, row):
        raise NotYours()
    if registers_queries.is_mismatch(row.public_id, difference):
        return registers.settle(act, row.public_id, difference, accept=accept)
    open_ones = people_queries.differences(row.applicant_id) if row.applicant_id else []
    if difference not in {each.public_id for each in open_ones}:
        raise NoSuchDifference()
    return people.settle_difference.inside(act, difference=difference, accept=accept)

"""What the portal's tests begin with, made by the real actions."""

from __future__ import annotations

from datetime import datetime

from motcua.dossiers import actions
from tests.dossiers import factories as make
from tests.support.city import CENTRE, City


def without_papers(city: City, at: datetime, **answers) -> str:
    """A filled-in draft of a birth registration whose papers are still to come; returns its public id."""
    act = city.act("citizen", at)
    dossier = actions.start_draft(act, procedure="birth-registration", agency=CENTRE)["dossier"]
    filled = {**make.birth_answers(at), **answers}
    actions.save_answers(city.act("citizen", at), dossier=dossier, answers=filled)
    return dossier

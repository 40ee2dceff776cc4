"""The forecast of a dossier over the API: what its page tells, to whom it tells it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.http import HttpRequest
from ninja import Router

from motcua.dossiers import queries as dossiers
from motcua.forecast import queries, rules
from motcua.foundation.access import seen
from motcua.foundation.api import Out, PublicId, Token, read_answers
from motcua.foundation.doors import actor_of
from motcua.foundation.time import now

of_dossiers = Router(tags=["forecast"])
READ = Token("dossiers:read")


class ForecastOut(Out):
    """By when nine of ten dossiers like this one were finished. No due date, and it moves none.

    Of those who work on it: `word` in_time, late (after the due date), no_due, or longer (it has taken longer than nine
    of ten already: no day is left to name); `alike` says like which, `n` from how many. The applicant is told the day
    alone, and only while the published calibration of the last months holds. All null: nothing can be said.
    """

    on: date | None
    word: Literal["in_time", "late", "no_due", "longer"] | None
    alike: Literal[rules.LEVELS] | None  # type: ignore[valid-type]
    n: int | None


@of_dossiers.get(
    "/{id:dossier}/forecast",
    auth=READ,
    response=read_answers(ForecastOut),
    summary="By when it will be finished",
)
def forecast(request: HttpRequest, dossier: PublicId) -> dict:
    """For officers at work on it; for its applicant while such forecasts have held."""
    actor, at = actor_of(request), now()
    row = dossiers.get_visible(actor, dossier)
    seen(actor, at=at, purpose="api", page="api:forecast", subjects=[row.subject])
    if dossiers.at_work(actor, row):
        found = queries.of_one(row, at)
        if found is not None:
            on = None if found.word == "longer" else found.on
            return {"on": on, "word": found.word, "alike": found.level, "n": found.n}
    else:
        found = queries.promised(row, at)
        if found is not None:
            return {"on": found.on, "word": None, "alike": None, "n": None}
    return {"on": None, "word": None, "alike": None, "n": None}

"""At night: what the day left open is ended, with the reason."""

from __future__ import annotations

from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.time import local_date, now
from motcua.foundation.work import task
from motcua.queue import actions, queries


@task("queue.end_day", cron="5 0 * * *")
def end_day() -> None:
    """End the tickets and windows that days before today left open; an agency's first act of the day does the same."""
    moment = now()
    day = local_date(moment)
    for agency_id in queries.places_left_over(day):
        act = new_act(system("worker"), at=moment, purpose="end of day", channel="task")
        actions.end_day(act, agency_id=agency_id, day=day)

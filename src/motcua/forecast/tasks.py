"""Learning each night, when nobody waits."""

from __future__ import annotations

from motcua.forecast import actions
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.time import local_date, now
from motcua.foundation.work import task


@task("forecast.learn", cron="10 4 * * *")
def learn() -> None:
    """Once a night; run again after a crash it answers from the record."""
    at = now()
    actions.learn(
        new_act(system("worker"), at=at, purpose="learn the forecasts", act_id=f"learn/{local_date(at)}")
    )

"""Nightly: a document whose day has come (`valid_from` in the future when it was published) reaches the tables."""

from __future__ import annotations

from motcua.agencies import actions
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.time import now
from motcua.foundation.work import task


@task("agencies.follow_packs", cron="5 0 * * *")
def follow_packs() -> None:
    """Bring what is in force today into the tables; does nothing when it already stands there."""
    actions.load_from_packs(
        new_act(system("worker"), at=now(), purpose="agencies.follow_packs", channel="task")
    )

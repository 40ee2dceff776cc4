"""Nightly work on accounts."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from motcua.accounts import actions
from motcua.foundation.actors import system
from motcua.foundation.acts import Act, new_act
from motcua.foundation.time import now
from motcua.foundation.work import task


def _act(purpose: str) -> Act:
    return new_act(system("worker"), at=now(), purpose=purpose, channel="task")


@task("accounts.disable_idle", cron="40 2 * * *")
def disable_idle() -> None:
    """Switch off officers' accounts left unused; not in a simulation, whose officers are made up."""
    if settings.MOTCUA.simulation:
        return
    while actions.disable_idle(_act("accounts.disable_idle"))["disabled"]:
        pass


@task("accounts.forget_old", cron="20 * * * *")
def forget_old() -> None:
    """Delete held forms past their hours, old counts of failures, and sessions that have ended."""
    actions.forget_old(_act("accounts.forget_old"))
    SessionStore.clear_expired()

"""At night: conversations that nobody went on with belong to nobody, old ones are erased. Passages are learnt.

When an editor asks: what her lesson would change.
"""

from __future__ import annotations

from django.db import transaction

from motcua.assistant import actions, near
from motcua.assistant.teaching import comparing
from motcua.assistant.teaching.actions import COMPARE
from motcua.foundation.time import now
from motcua.foundation.work import enqueue, task

LEARN_SECONDS = 240.0  # of one run: other work waits no longer
AT_ONCE = 200  # in one transaction of the worker: short enough for SQLite's one writer


@task("assistant.let_go", cron="27 * * * *")
def let_go() -> None:
    """Hourly: what was idle for a day is closed, its owner and what was said of her dossiers forgotten."""
    _in_pieces("assistant.let_go", actions.let_go)


@task("assistant.forget", cron="13 2 * * *")
def forget() -> None:
    """Nightly: conversations older than the packs allow are erased."""
    _in_pieces("assistant.forget", actions.forget)


@task("assistant.learn_passages", cron="*/10 * * * *", long=True)
def learn_passages() -> None:
    """Every ten minutes: passages of a new publication become comparable in meaning, with the package for it."""
    near.learn(seconds=LEARN_SECONDS)


def _in_pieces(name: str, work) -> None:
    moment = now()
    with transaction.atomic():
        if work(moment, limit=AT_ONCE) >= AT_ONCE:
            enqueue(name, key=f"after {moment:%Y%m%d%H%M%S%f}")


@task(COMPARE, long=True)
def compare(comparison: int) -> None:
    """Learn with an editor's lesson and ask the golden set and the log again; some twenty seconds."""
    comparing.run(comparison, now())

"""What the counter does in the background."""

from __future__ import annotations

from motcua.counter import actions
from motcua.foundation.time import now
from motcua.foundation.work import task


@task("counter.forget_visits", cron="*/20 * * * *")
def forget_visits() -> None:
    """Delete the visits that ran out: what a card said is kept no longer than somebody stands at the desk."""
    actions.forget_visits(now())

"""What follows in the background: sealing every five minutes, closing the day after midnight, copying out."""

from __future__ import annotations

from motcua.foundation.time import now
from motcua.foundation.work import enqueue, task
from motcua.sealing import actions, copies


@task("sealing.seal", cron="*/5 * * * *")
def seal() -> None:
    """Copy out what is committed, then seal what is new; the rest of a large batch follows at once, as a task of its
    own, so that acts come through between."""
    copies.copy_out()
    made = actions.seal(now())
    if made and made.behind:
        enqueue("sealing.more", key=f"after {made.number}")


@task("sealing.more")
def more() -> None:
    """The next seal of a batch too large for one."""
    seal()


@task("sealing.days", cron="6 0 * * *")
def days() -> None:
    """Close the days that are over."""
    actions.close_days(now())

"""What follows in the background: sealing every five minutes, closing the day after midnight, copying out."""

from __future__ import annotations

from motcua.foundation.time import now
from motcua.foundation.work import enqueue, task
from motcua.sealing import actions, copies


@task("sealing.seal", cron="*/5 * * * *")
def seal() -> None:
    """Copy out what is committed, then seal what is new, which is then copied out in a task of its own: a copy never
    holds what was rolled back. The rest of a large batch follows in the same way, so that acts come through between."""
    copies.copy_out()
    if made := actions.seal(now()):
        enqueue("sealing.more" if made.behind else "sealing.copy", key=f"after {made.number}")


@task("sealing.more")
def more() -> None:
    """The next seal of a batch too large for one."""
    seal()


@task("sealing.copy")
def copy() -> None:
    """What is published stands in the copy a moment later, long before the next seal."""
    copies.copy_out()


@task("sealing.days", cron="6 0 * * *")
def days() -> None:
    """Close the days that are over."""
    if made := actions.close_days(now()):
        enqueue("sealing.copy", key=f"day {made[-1].number}")
        enqueue("sealing.stamp", key=f"day {made[-1].number}")


@task("sealing.stamp", cron="26 * * * *", long=True)
def stamp() -> None:
    """Days that no authority has stamped yet: right after they are closed, and every hour while it did not answer. Each
    stamp is kept by itself: no transaction is open while the network is asked."""
    actions.stamp_days(now())

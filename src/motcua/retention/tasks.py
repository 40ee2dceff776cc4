"""In the background: abandoned drafts every night, and what was decided as soon as it is."""

from __future__ import annotations

from motcua.foundation.actors import system
from motcua.foundation.acts import Act, new_act
from motcua.foundation.time import now
from motcua.foundation.work import enqueue, task
from motcua.retention import actions, queries

DRAFTS = 50  # in one transaction of the worker: short enough for SQLite's one writer
ITEMS = 500  # as long as a list may be


def _act(name: str) -> Act:
    return new_act(system("worker"), at=now(), purpose="retention", act_id=name, channel="task")


@task("retention.drafts", cron="7 2 * * *")
def drafts() -> None:
    """Nightly: drafts that nobody has touched for as long as the packs say; what is left over becomes the next job."""
    moment = f"{now():%Y%m%d%H%M%S%f}"
    if actions.erase_drafts(_act(f"retention/drafts/{moment}"), limit=DRAFTS) >= DRAFTS:
        enqueue("retention.drafts", key=f"after {moment}")


@task("retention.carry_out", cron="37 * * * *")
def carry_out() -> None:
    """Put in a job for every dossier of a confirmed list: what one stumbles over stops no other."""
    for pk in queries.waiting_items(limit=ITEMS):
        enqueue("retention.destroy", key=str(pk), item=pk)


@task("retention.destroy")
def destroy(*, item: int) -> None:
    """Destroy one dossier of a confirmed list."""
    actions.destroy_item(_act(f"retention/item/{item}"), item=item)

"""What the editing room does on its own."""

from __future__ import annotations

from motcua.editing import actions
from motcua.foundation.time import now
from motcua.foundation.work import task

SECONDS_MAX = 20.0  # of one run: other work of the worker waits meanwhile


@task("editing.prove_published", cron="*/10 * * * *")
def prove_published() -> None:
    """What is published is proved within minutes, and again when its proof has grown old."""
    actions.prove_waiting(now(), seconds_max=SECONDS_MAX)

"""What follows in the background: the figures of the public page."""

from __future__ import annotations

from motcua.foundation.time import now
from motcua.foundation.work import task
from motcua.reporting import actions


@task("reporting.public_figures", cron="7 * * * *")
def public_figures() -> None:
    """Count this month and the last one anew, every hour."""
    actions.count_public(now())

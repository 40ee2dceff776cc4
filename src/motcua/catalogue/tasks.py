"""What the catalogue does on its own."""

from __future__ import annotations

from motcua.catalogue import actions
from motcua.foundation.time import now
from motcua.foundation.work import task


@task("catalogue.follow_calendar", cron="1 * * * *")
def follow_calendar() -> None:
    """A version published with a later day comes into force with that day: the lists follow within the hour."""
    actions.follow_calendar(now())

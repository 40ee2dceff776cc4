"""Housekeeping: a message that outlived its purpose is not sent any more and its text is erased."""

from __future__ import annotations

from motcua.foundation.time import now
from motcua.foundation.work import task
from motcua.notices.models import Message


@task("notices.expire", cron="*/10 * * * *")
def expire() -> None:
    """One-time codes die with their validity, text and address included."""
    Message.objects.filter(state="waiting", valid_until__lt=now()).update(state="expired", text="", to="")

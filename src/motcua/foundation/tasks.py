"""Housekeeping of the foundation's own tables."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import connection

from motcua.foundation import limits
from motcua.foundation.models import AccessEntry, Delivery, Task
from motcua.foundation.time import now
from motcua.foundation.work import task

KEEP_DONE = timedelta(days=14)
LOG_MONTHS_FLOOR = 12  # NĐ 333/2026: system logs of online services are kept 12 months (read in a digest)


@task("foundation.purge", cron="17 3 * * *")
def purge() -> None:
    """Forget finished deliveries and tasks after two weeks, rate windows after an hour, access entries by the law."""
    limits.purge()
    Delivery.objects.filter(state="done", done_at__lt=now() - KEEP_DONE).delete()
    Task.objects.filter(state="done", done_at__lt=now() - KEEP_DONE).delete()
    months = max(LOG_MONTHS_FLOOR, settings.MOTCUA.log_retention_months)
    AccessEntry.objects.filter(at__lt=now() - timedelta(days=31 * months)).delete()


@task("foundation.learn", cron="47 3 * * *")
def learn() -> None:
    """Let SQLite learn how its tables fill, so that it goes by the right index; PostgreSQL does so by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

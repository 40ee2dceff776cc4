"""How often something may be done: a counter per key and minute, in the database, moved atomically."""

from __future__ import annotations

import time as machine_time
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from motcua.foundation.errors import TooMany
from motcua.foundation.models import ActRecord, RateWindow
from motcua.foundation.time import now


def allow(key: str, *, per_minute: int) -> bool:
    """Count one use of `key`; False when it was used more than `per_minute` times in the current minute."""
    window = int(machine_time.time() // 60)
    rows = RateWindow.objects.filter(key=key[:120], window=window)
    if not rows.update(used=F("used") + 1):
        try:
            with transaction.atomic():
                RateWindow.objects.create(key=key[:120], window=window, used=1)
        except IntegrityError:
            rows.update(used=F("used") + 1)
    return rows.values_list("used", flat=True).get() <= per_minute


def demand(key: str, *, per_minute: int) -> None:
    """Raises TooMany when `allow` says no."""
    if not allow(key, per_minute=per_minute):
        raise TooMany()


def demand_acts(caller: str, verb: str, *, per_minute: int) -> None:
    """Raises TooMany when `caller` has done `verb` `per_minute` times within the last minute.

    Counts the acts themselves, so that it writes nothing: a submission keeps its one transaction.
    """
    since = now() - timedelta(minutes=1)
    done = ActRecord.objects.filter(caller=caller, verb=verb, recorded_at__gt=since)[:per_minute].count()
    if done >= per_minute:
        raise TooMany()


def purge(*, older_than_minutes: int = 60) -> int:
    """Forget old windows; returns how many."""
    return RateWindow.objects.filter(window__lt=int(machine_time.time() // 60) - older_than_minutes).delete()[
        0
    ]

"""Background tasks: registering, putting in, scheduling. The worker that runs them is in `worker`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from croniter import croniter

from motcua.foundation.models import Schedule, Task
from motcua.foundation.time import TZ, local, now


@dataclass(frozen=True)
class Job:
    name: str
    run: Callable[..., None]
    cron: str | None = None
    long: bool = False


_jobs: dict[str, Job] = {}


def task(name: str, *, cron: str | None = None, long: bool = False) -> Callable[[Callable], Callable]:
    """Register a background function "room.what". With `cron` (Vietnamese wall clock) it also runs on schedule.

    It may be run twice after a crash, so it must bear that. A `long` one takes seconds: it is run outside any
    transaction and opens its own, short ones, so that nobody waits for it to write. Raises ValueError for a wrong cron
    line.
    """

    def decorate(run: Callable) -> Callable:
        if cron is not None and not croniter.is_valid(cron):
            raise ValueError(f"{cron!r} is not a cron line")
        _jobs[name] = Job(name, run, cron, long)
        return run

    return decorate


def job(name: str) -> Job | None:
    """The registered job, or None."""
    return _jobs.get(name)


def enqueue(name: str, *, key: str, run_after: datetime | None = None, **ids: Any) -> None:
    """Put a job in, within the running transaction; the same `name` and `key` twice is one job. Arguments are ids.

    Raises LookupError when no room knows the job.
    """
    if name not in _jobs:
        raise LookupError(f"no task is named {name}")
    Task.objects.bulk_create(
        [Task(name=name, key=key, args=ids, available_at=run_after or now())], ignore_conflicts=True
    )


def next_run(cron: str, after: datetime) -> datetime:
    """The next moment of a cron line on the wall clock of Viet Nam, after the aware moment `after`."""
    return croniter(cron, local(after)).get_next(datetime).astimezone(TZ)


def put_in_due(moment: datetime) -> int:
    """Put in every scheduled job whose time has come (call it in a transaction); returns how many.

    A run missed while nothing was running is made up once, not once for every missed time.
    """
    made = 0
    rows = {row.name: row for row in Schedule.objects.all()}
    for known in _jobs.values():
        if known.cron is None:
            continue
        row = rows.get(known.name)
        if row is None or row.cron != known.cron:
            Schedule.objects.update_or_create(
                name=known.name, defaults={"cron": known.cron, "next_at": next_run(known.cron, moment)}
            )
        elif row.next_at <= moment:
            following = next_run(known.cron, moment)
            if Schedule.objects.filter(pk=row.pk, next_at=row.next_at).update(next_at=following):
                enqueue(known.name, key=f"at {row.next_at.isoformat()}")
                made += 1
    return made

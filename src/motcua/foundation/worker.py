"""The worker: claims deliveries and tasks under a lease, runs them, retries with growing pauses, lays the dead aside.

Killed at any moment, it loses nothing: a row is marked done in the transaction of its effect, and a lease that
ran out is taken over. Leases and retries use the machine's clock, never the legal time.
"""

from __future__ import annotations

import os
import socket
import threading
import time as machine_time
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

import structlog
from django.db import OperationalError, close_old_connections, connection, transaction
from django.db.models import Exists, OuterRef, Q

from motcua.foundation import events, work
from motcua.foundation.models import Delivery, Task, Work
from motcua.foundation.time import now

LEASE = timedelta(seconds=60)
LONG_LEASE = timedelta(minutes=10)
CLAIMING = 7_203_501  # the number under which workers queue up to claim
BATCH = 40  # small enough that the write lock of SQLite is free again within a tenth of a second
ATTEMPTS_MAX = 8
log = structlog.get_logger(__name__)
Row = TypeVar("Row", bound=Work)


def pause_after(attempts: int) -> timedelta:
    """How long a failed row waits: 2, 4, 8 … seconds, an hour at most."""
    return timedelta(seconds=min(2**attempts, 3600))


def _name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"[:80]


def _claim(rows, me: str, moment: datetime, limit: int) -> list:
    """Lease up to `limit` of the free `rows` in order; two workers never hold the same row.

    Claims queue up, one worker at a time: a worker that reads while another's leases are not yet committed would
    take later rows of the same subject and overtake it. SQLite queues every writer by itself.
    """
    free = rows.filter(state="waiting", available_at__lte=moment).filter(
        Q(lease_until=None) | Q(lease_until__lt=moment)
    )
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CLAIMING])
        free = free.select_for_update()
        ids = list(free.order_by("pk").values_list("pk", flat=True)[:limit])
        if not ids:
            return []
        model = rows.model
        model.objects.filter(pk__in=ids).update(lease_until=moment + LEASE, leased_by=me)
        return list(model.objects.filter(pk__in=ids).order_by("pk"))


def _in_order(moment: datetime):
    """Deliveries whose subject has no earlier one that is dead, resting after a failure, or in other hands."""
    earlier = Delivery.objects.filter(
        handler=OuterRef("handler"), subject=OuterRef("subject"), pk__lt=OuterRef("pk")
    ).exclude(state="done")
    return Delivery.objects.filter(
        ~Exists(earlier.filter(Q(state="dead") | Q(available_at__gt=moment) | Q(lease_until__gte=moment)))
    )


def _settle(row: Work, problem: BaseException | None, moment: datetime) -> None:
    row.lease_until, row.leased_by = None, ""
    if problem is None:
        row.state, row.done_at, row.last_error = Work.State.DONE, moment, ""
    else:
        row.attempts += 1
        row.last_error = "".join(traceback.format_exception(problem))[-4000:]
        row.available_at = moment + pause_after(row.attempts)
        if row.attempts >= ATTEMPTS_MAX:
            row.state = Work.State.DEAD
    row.save(
        update_fields=[
            "lease_until",
            "leased_by",
            "state",
            "done_at",
            "last_error",
            "attempts",
            "available_at",
        ]
    )


def _run_one(row: Row, run: Callable[[Row], None], me: str) -> bool:
    """Run and mark in one transaction, if the lease is still ours; a failure is marked in a second one."""
    try:
        with transaction.atomic():
            still = (
                type(row)
                .objects.select_for_update()
                .filter(pk=row.pk, state="waiting", leased_by=me)
                .exists()
            )
            if not still:
                return False
            run(row)
            _settle(row, None, now())
        return True
    except OperationalError:
        raise  # the database is away or locked: the lease runs out and the row is taken again
    except Exception as problem:  # noqa: BLE001  whatever a handler raises is kept and shown
        # its kind only: a database's own words repeat the values of the row; the trace is kept beside the work
        log.warning("work_failed", kind=type(row).__name__, what=str(row), error=type(problem).__name__)
        with transaction.atomic():
            _settle(row, problem, now())
        return False


def _run_long(row: Task, me: str) -> bool:
    """Run a job that takes seconds outside any transaction, under a longer lease; then mark it, if it is still ours."""
    with transaction.atomic():
        ours = Task.objects.filter(pk=row.pk, state="waiting", leased_by=me)
        if not ours.update(lease_until=now() + LONG_LEASE):
            return False
    problem: BaseException | None = None
    try:
        _do(row)
    except OperationalError:
        raise  # as above
    except Exception as raised:  # noqa: BLE001  as above
        log.warning("work_failed", kind="Task", what=str(row), error=type(raised).__name__)
        problem = raised
    with transaction.atomic():
        if Task.objects.select_for_update().filter(pk=row.pk, state="waiting", leased_by=me).exists():
            _settle(row, problem, now())
    return problem is None


def _deliver(row: Delivery) -> None:
    known = events.handler(row.handler)
    if known is None:
        raise LookupError(f"no handler is named {row.handler}")
    known.run(*events.revive(known, row))


def _do(row: Task) -> None:
    known = work.job(row.name)
    if known is None:
        raise LookupError(f"no task is named {row.name}")
    known.run(**row.args)


def deliver_batch() -> int:
    """Claim and deliver one batch in order; returns how many rows were taken up."""
    me, moment = _name(), now()
    rows = _claim(_in_order(moment), me, moment, BATCH)
    stuck: set[tuple[str, str]] = set()
    for row in rows:
        if (row.handler, row.subject) in stuck:
            Delivery.objects.filter(pk=row.pk, leased_by=me).update(lease_until=None, leased_by="")
        elif not _run_one(row, _deliver, me):
            stuck.add((row.handler, row.subject))
    return len(rows)


def do_batch(limit: int = 4) -> int:
    """Claim and run a few tasks; returns how many were taken up."""
    me, moment = _name(), now()
    rows = _claim(Task.objects.all(), me, moment, limit)
    for row in rows:
        known = work.job(row.name)
        if known is not None and known.long:
            _run_long(row, me)
        else:
            _run_one(row, _do, me)
    return len(rows)


def do_named(name: str) -> int:
    """Run every task of one name that is due now (a command that wants its own work done); returns how many."""
    me, taken = _name(), 0
    while rows := _claim(Task.objects.filter(name=name), me, now(), BATCH):
        for row in rows:
            _run_one(row, _do, me)
        taken += len(rows)
    return taken


def tick() -> int:
    """One round: schedule, deliveries, tasks. Returns how much there was to do."""
    with transaction.atomic():
        made = work.put_in_due(now())
    return made + deliver_batch() + do_batch()


def drain(*, rounds_max: int = 100_000) -> int:
    """Work until nothing is left that can be done now (tests, the demo's end); returns the rows taken up."""
    total = 0
    for _ in range(rounds_max):
        taken = deliver_batch() + do_batch()
        if not taken:
            break
        total += taken
    return total


def waiting() -> bool:
    """Whether anything is due to be delivered or done now."""
    free = Q(state="waiting", available_at__lte=now())
    return Delivery.objects.filter(free).exists() or Task.objects.filter(free).exists()


def free_what_the_dead_hold() -> int:
    """Free the leases of workers of this machine that live no more, instead of waiting until they run out.

    Returns how many. Where two machines share a name this may free a living worker's lease: it then finds that the
    row is not its own any more and leaves it, as with a lease that ran out.
    """
    freed = 0
    for model in (Delivery, Task):
        held = model.objects.filter(
            state="waiting", lease_until__isnull=False, leased_by__startswith=f"{socket.gethostname()}:"
        )
        names = set(held.values_list("leased_by", flat=True))
        gone = [name for name in names if not _lives(name.split(":")[1])]
        freed += model.objects.filter(state="waiting", leased_by__in=gone).update(
            lease_until=None, leased_by=""
        )
    return freed


def _lives(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def run(stop: threading.Event, *, idle_seconds: float = 0.5) -> None:
    """Work until `stop` is set. A database that is away is waited for, not given up."""
    scheduled_at, begun = 0.0, False
    while not stop.is_set():
        close_old_connections()
        try:
            if not begun:
                free_what_the_dead_hold()
                begun = True
            if machine_time.monotonic() - scheduled_at > 5:
                with transaction.atomic():
                    work.put_in_due(now())
                scheduled_at = machine_time.monotonic()
            taken = deliver_batch() + do_batch()
        except OperationalError as problem:
            log.warning("database_away", error=str(problem))
            taken = 0
        if not taken:
            stop.wait(idle_seconds)

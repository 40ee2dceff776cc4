"""Deliveries and tasks: nothing lost, nothing out of order for a subject, the failing ones laid aside and seen."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from motcua.foundation import events, work, worker
from motcua.foundation.journal import record
from motcua.foundation.models import Delivery, Schedule, Task
from motcua.foundation.time import now

from .factories import ThingDone, an_act, do

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch):
    monkeypatch.setattr(events, "_handlers", {})
    calls: list = []
    events.handles(ThingDone, name="tests.hear")(
        lambda event, delivery: calls.append((event.thing, delivery.seq))
    )
    return calls


@pytest.fixture
def jobs(monkeypatch):
    monkeypatch.setattr(work, "_jobs", {})
    return work._jobs


def test_every_event_reaches_its_handler_once_and_in_order_of_its_subject(heard):
    for n in range(6):
        do(an_act(), thing="ab"[n % 2])
    worker.drain()
    assert [seq for thing, seq in heard if thing == "a"] == [1, 2, 3]
    assert [seq for thing, seq in heard if thing == "b"] == [1, 2, 3]
    assert worker.drain() == 0


def test_a_handler_hears_only_what_it_asked_for(monkeypatch):
    monkeypatch.setattr(events, "_handlers", {})
    calls: list = []
    wanted = events.handles(ThingDone, name="tests.hear", only=lambda event: event.thing == "a")
    wanted(lambda event, delivery: calls.append((event.thing, delivery.seq)))
    for n in range(4):
        do(an_act(), thing="ab"[n % 2])
    assert Delivery.objects.count() == 2
    worker.drain()
    assert calls == [("a", 1), ("a", 2)]


def test_a_handler_is_asked_once_about_all_events_of_an_act(monkeypatch):
    monkeypatch.setattr(events, "_handlers", {})
    asked: list = []

    def among(found):
        asked.append([event.thing for event in found])
        return [event.thing != "b" for event in found]

    heard: list = []
    events.handles(ThingDone, name="tests.hear", among=among)(
        lambda event, delivery: heard.append(event.thing)
    )
    events.handles(ThingDone, name="tests.all")(lambda event, delivery: heard.append(event.thing.upper()))
    with transaction.atomic():
        act = an_act()
        pairs = [(ThingDone(thing), record(act, "thing.done", f"thing:{thing}", facts={})) for thing in "abc"]
        events.publish_many(act, pairs)
    worker.drain()
    assert asked == [["a", "b", "c"]]
    assert sorted(heard) == ["A", "B", "C", "a", "c"]


def test_a_failing_delivery_holds_back_its_own_subject_only(monkeypatch):
    monkeypatch.setattr(events, "_handlers", {})
    calls: list = []

    @events.handles(ThingDone, name="tests.hear")
    def hear(event, delivery):
        if event.thing == "bad" and delivery.seq == 1 and len(calls) < 99:
            raise ValueError("not now")
        calls.append((event.thing, delivery.seq))

    for thing in ("bad", "good", "bad", "good"):
        do(an_act(), thing=thing)
    worker.drain()
    assert calls == [("good", 1), ("good", 2)]
    calls.extend([None] * 97)
    Delivery.objects.update(available_at=now())
    worker.drain()
    assert calls[-2:] == [("bad", 1), ("bad", 2)]


def test_after_its_last_attempt_a_delivery_is_laid_aside_with_its_error(monkeypatch):
    monkeypatch.setattr(events, "_handlers", {})

    @events.handles(ThingDone, name="tests.hear")
    def hear(event, delivery):
        raise ValueError("never works")

    do(an_act(), thing="a")
    for _ in range(worker.ATTEMPTS_MAX):
        Delivery.objects.update(available_at=now())
        worker.deliver_batch()
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == ("dead", worker.ATTEMPTS_MAX)
    assert "never works" in row.last_error


def test_what_a_failed_handler_wrote_is_gone(monkeypatch):
    monkeypatch.setattr(events, "_handlers", {})

    @events.handles(ThingDone, name="tests.hear")
    def hear(event, delivery):
        Schedule.objects.create(name="half-done", cron="* * * * *", next_at=now())
        raise ValueError("after writing")

    do(an_act(), thing="a")
    worker.drain()
    assert not Schedule.objects.filter(name="half-done").exists()


def test_a_lease_that_ran_out_is_taken_over_and_the_first_worker_then_does_nothing(heard):
    do(an_act(), thing="a")
    [row] = worker._claim(worker._in_order(now()), "first", now(), 10)
    assert worker.deliver_batch() == 0
    Delivery.objects.update(lease_until=now() - timedelta(seconds=1))
    assert worker.deliver_batch() == 1
    assert not worker._run_one(row, worker._deliver, "first")
    assert heard == [("a", 1)]


def test_what_a_dead_worker_of_this_machine_held_is_free_at_once(heard):
    import os
    import socket
    import subprocess
    import sys

    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    do(an_act(), thing="a")
    do(an_act(), thing="b")
    do(an_act(), thing="c")
    dead, other, living = Delivery.objects.order_by("pk")
    until = now() + timedelta(minutes=1)
    here = socket.gethostname()
    Delivery.objects.filter(pk=dead.pk).update(lease_until=until, leased_by=f"{here}:{gone.pid}:1")
    Delivery.objects.filter(pk=other.pk).update(lease_until=until, leased_by=f"elsewhere:{gone.pid}:1")
    Delivery.objects.filter(pk=living.pk).update(lease_until=until, leased_by=f"{here}:{os.getpid()}:1")
    assert worker.free_what_the_dead_hold() == 1
    worker.drain()
    states = dict(Delivery.objects.values_list("pk", "state"))
    assert states == {dead.pk: "done", other.pk: "waiting", living.pk: "waiting"}


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_keep_the_order(heard):
    for n in range(60):
        do(an_act(), thing="abc"[n % 3])

    def labour():
        try:
            worker.drain()
        finally:
            connection.close()

    threads = [threading.Thread(target=labour) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    worker.drain()
    for thing in "abc":
        assert [seq for name, seq in heard if name == thing] == list(range(1, 21))


def test_a_task_put_in_twice_runs_once(jobs):
    ran: list = []
    work.task("tests.job")(lambda thing: ran.append(thing))
    for _ in range(2):
        work.enqueue("tests.job", key="k", thing="a")
    worker.drain()
    assert ran == ["a"]
    assert Task.objects.get().state == "done"


def test_a_task_that_is_not_due_waits(jobs):
    work.task("tests.job")(lambda: None)
    work.enqueue("tests.job", key="k", run_after=now() + timedelta(hours=1))
    assert worker.do_batch() == 0


def test_an_unknown_task_is_refused_at_once(jobs):
    with pytest.raises(LookupError):
        work.enqueue("tests.nobody", key="k")


def test_a_scheduled_task_runs_at_its_minute_once(jobs):
    ran: list = []
    work.task("tests.nightly", cron="30 3 * * *")(lambda: ran.append(1))
    with transaction.atomic():
        assert work.put_in_due(now()) == 0
    Schedule.objects.update(next_at=now() - timedelta(days=3))
    with transaction.atomic():
        assert work.put_in_due(now()) == 1
        assert work.put_in_due(now()) == 0
    worker.drain()
    assert ran == [1]


def test_a_long_task_runs_outside_any_transaction_of_the_worker(jobs):
    depth, outside = {}, len(connection.savepoint_ids)
    work.task("tests.short")(lambda: depth.update(short=len(connection.savepoint_ids)))
    work.task("tests.long", long=True)(lambda: depth.update(long=len(connection.savepoint_ids)))
    for name in ("tests.short", "tests.long"):
        work.enqueue(name, key="k")
    worker.drain()
    assert depth == {"short": outside + 1, "long": outside}
    assert set(Task.objects.values_list("state", flat=True)) == {"done"}


def test_a_long_task_that_fails_waits_and_one_that_was_taken_over_is_left_alone(jobs):
    def fail():
        raise ValueError("nothing")

    def slow():
        Task.objects.filter(name="tests.slow").update(leased_by="another worker")

    work.task("tests.fail", long=True)(fail)
    work.task("tests.slow", long=True)(slow)
    for name in ("tests.fail", "tests.slow"):
        work.enqueue(name, key="k")
    worker.do_batch()
    failed, slow_one = Task.objects.get(name="tests.fail"), Task.objects.get(name="tests.slow")
    assert (failed.state, failed.attempts) == ("waiting", 1) and "ValueError" in failed.last_error
    assert (slow_one.state, slow_one.leased_by) == ("waiting", "another worker")

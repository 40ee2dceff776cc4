"""Acts repeat safely, and what is refused leaves nothing behind."""

from __future__ import annotations

import threading

import pytest
from django.db import close_old_connections, connection

from motcua.foundation.errors import ActMismatch
from motcua.foundation.models import ActRecord, Delivery, JournalLine

from .factories import ThingDone, an_act, do

pytestmark = pytest.mark.django_db


def test_an_act_sent_twice_is_answered_not_repeated():
    act = an_act()
    first = do(act, thing="a")
    second = do(act, thing="a")
    assert first == {"thing": "a", "line": 1, "replayed": False}
    assert second == {"thing": "a", "line": 1, "replayed": True}
    assert JournalLine.objects.count() == 1


def test_the_same_id_with_another_body_is_a_conflict_and_changes_nothing():
    act = an_act()
    do(act, thing="a")
    with pytest.raises(ActMismatch):
        do(act, thing="b")
    assert list(JournalLine.objects.values_list("chain", flat=True)) == ["thing:a"]


def test_the_same_id_of_another_caller_is_another_act():
    do(an_act(key="account:1", act_id="same-id"), thing="a")
    assert do(an_act(key="account:2", act_id="same-id"), thing="a")["line"] == 2


def test_a_failing_act_leaves_no_line_no_event_no_record(monkeypatch):
    from motcua.foundation import events

    monkeypatch.setattr(events, "_handlers", {})
    events.handles(ThingDone, name="tests.hear")(lambda event, delivery: None)
    with pytest.raises(RuntimeError):
        do(an_act(), thing="a", fail=True)
    assert not JournalLine.objects.exists()
    assert not Delivery.objects.exists()
    assert not ActRecord.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_one_id_make_one_line():
    act = an_act()
    results: list = []

    def press() -> None:
        try:
            results.append(do(act, thing="a"))
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(r["replayed"] for r in results) == [False, True, True, True]
    assert JournalLine.objects.filter(chain="thing:a").count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_on_one_subject_make_one_unbroken_chain():
    from motcua.foundation.journal.verify import verify

    def work(number: int) -> None:
        try:
            for n in range(5):
                do(an_act(key=f"account:{number}", act_id=f"{number}-{n}-act"), thing="shared")
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report = verify(subject="thing:shared")
    assert report.good, report.findings
    assert report.lines == 20

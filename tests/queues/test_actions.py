"""A number from the kiosk to its end, on a real database; every refusal beside what goes well."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from motcua.foundation.actors import ANONYMOUS, system
from motcua.foundation.acts import new_act
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalLine
from motcua.queue import actions, errors, queries, tasks
from motcua.queue.models import Device, Ticket, Window
from motcua.queue.rules import State
from tests.dossiers import factories as make
from tests.support.city import CENTRE, OTHER_CENTRE
from tests.support.moment import set_clock

pytestmark = pytest.mark.django_db


def test_numbers_have_no_gaps_and_begin_anew_each_day(hall):
    assert [hall.take().code, hall.take("result").code, hall.take().code] == ["A001", "K001", "A002"]
    with pytest.raises(errors.NoSuchService):
        hall.take("nothing")
    assert hall.take().code == "A003"
    assert hall.forward(days=1).take().code == "A001"
    assert set(Ticket.objects.filter(day=date(2026, 10, 5)).values_list("state", flat=True)) == {State.ENDED}


def test_the_same_press_twice_is_one_number(hall):
    act = new_act(hall.kiosk, at=hall.at, purpose="queue", act_id="one-press")
    said = [actions.take(act, agency=CENTRE, service="result") for _ in range(2)]
    assert said[0]["code"] == said[1]["code"] and Ticket.objects.count() == 1


def test_only_its_kiosk_and_its_counter_give_numbers_and_only_in_office_hours(hall, city):
    for actor, agency in ((ANONYMOUS, CENTRE), (hall.kiosk, OTHER_CENTRE), (hall.kiosk, "qn-bai-chay")):
        with pytest.raises(errors.NoSuchPlace):
            actions.take(new_act(actor, at=hall.at, purpose="x"), agency=agency, service="result")
    for who in ("processor", "citizen", "other_receptionist"):
        with pytest.raises(errors.NoSuchPlace):
            actions.take(city.act(who, hall.at), agency=CENTRE, service="result")
    assert actions.take(city.act("clerk", hall.at), agency=CENTRE, service="result")["code"] == "K001"
    with pytest.raises(errors.NotOpen) as told:
        hall.forward(hours=9).take()
    assert "06:45 06/10/2026" in told.value.way_out
    closed = actions.close_device(
        city.act("admin", hall.at), device=Device.objects.get(kind="kiosk").public_id
    )
    assert closed["device"]
    with pytest.raises(errors.DeviceUnknown):
        queries.device_of("kiosk-of-the-tests-0123456789", "kiosk")


def test_from_the_kiosk_to_the_end(hall, city):
    hall.open()
    row = hall.take()
    hall.take()
    assert hall.forward(minutes=6).call() == "A001"
    with pytest.raises(errors.WindowBusy):
        hall.call()
    row.refresh_from_db()
    assert (row.window.number, row.calls, row.pace) == (1, 1, 360)
    with pytest.raises(errors.CallAgainFirst):
        hall.do("no_show", row)
    assert hall.do("recall", row).calls == 2
    assert hall.do("start", row).state == State.SERVING
    with pytest.raises(errors.TicketMoved):
        hall.do("recall", row)
    hall.open("clerk", 2)
    with pytest.raises(errors.TicketMoved):
        hall.do("finish", row, "clerk")
    with pytest.raises(errors.NoSuchTicket):
        hall.do("finish", row, "other_receptionist")
    assert hall.forward(minutes=4).do("finish", row, served_for="0" * 26).state == State.DONE
    assert row.served_for == "0" * 26 and row.ended_at == hall.at
    lines = JournalLine.objects.filter(chain=row.subject).order_by("seq")
    assert [line.verb.partition(".")[2] for line in lines] == ["taken", "call", "recall", "start", "finish"]
    assert not verify().findings


def test_who_does_not_come_may_come_back_once(hall):
    hall.open()
    row, other = hall.take(), hall.take()
    for _ in range(2):
        hall.call()
        hall.do("recall", row)
        hall.do("recall", row)
        assert hall.do("no_show", row).state == State.NO_SHOW
        if row.returns:
            break
        hall.forward(minutes=1).do("come_back", row)
        assert [one.id for one in queries.waiting_at(row.agency_id, row.day)] == [row.pk, other.pk]
        assert hall.call() == other.code
        hall.do("finish", other)
    with pytest.raises(errors.CameBackAlready):
        hall.do("come_back", row)


def test_priority_first_and_then_an_ordinary_one(hall):
    hall.open()
    for priority in (False, False, True, True, True):
        hall.forward(seconds=1).take(priority=priority)
    called = []
    for _ in range(5):
        called.append(hall.call())
        hall.do("finish", Ticket.objects.get(code=called[-1]))
    assert called == ["A003", "A004", "A001", "A005", "A002"]
    with pytest.raises(errors.NobodyWaits):
        hall.call()


def test_sent_on_she_keeps_number_and_place(hall):
    hall.open(services=["civil-status"])
    hall.open("clerk", 2, ["result"])
    row = hall.take()
    hall.forward(minutes=1).take("result")
    hall.call()
    with pytest.raises(errors.WindowWrong):
        hall.do("transfer", row, service="result", window=99)
    hall.do("transfer", row, service="result")
    with pytest.raises(errors.NobodyWaits):
        hall.call()
    assert hall.call("clerk") == row.code
    hall.do("transfer", row, "clerk", service="result", window=1)
    assert hall.call("clerk") == "K001"
    assert hall.call() == row.code


def test_windows_are_held_by_one_and_give_back_what_they_called(hall, city):
    hall.open()
    with pytest.raises(errors.WindowTaken):
        hall.open("clerk")
    with pytest.raises(errors.WindowWrong):
        hall.open("clerk", 99)
    with pytest.raises(errors.WindowClosed):
        hall.call("clerk")
    row = hall.take()
    hall.call()
    actions.close_window(city.act("clerk", hall.at), window=Window.objects.get().public_id)
    row.refresh_from_db()
    assert (row.state, row.window, row.since) == (State.WAITING, None, row.taken_at)
    assert hall.open("clerk")["number"] == 1 and hall.call("clerk") == row.code
    hall.do("start", row, "clerk")
    assert hall.open("clerk", 2)["number"] == 2
    row.refresh_from_db()
    assert row.state == State.DONE


def test_the_night_ends_what_the_day_left_open(hall, monkeypatch):
    hall.open()
    row = hall.take()
    with pytest.raises(errors.NoSuchPlace):
        actions.end_day(hall.city.act("admin", hall.at), agency_id=row.agency_id, day=date(2026, 10, 6))
    set_clock(monkeypatch, datetime(2026, 10, 5, 17, 5, tzinfo=UTC))
    tasks.end_day()
    tasks.end_day()
    row.refresh_from_db()
    assert row.state == State.ENDED and not queries.open_windows(row.agency_id)
    line = JournalLine.objects.filter(chain=row.subject).latest("seq")
    assert (line.actor, line.facts["reason"]) == (system("worker").key, "day_over")
    assert not verify().findings


def test_a_document_of_its_own_says_what_an_agency_serves(hall, city):
    from motcua.foundation.packs import store

    body = {
        "id": CENTRE, "agency": CENTRE, "windows": 2,
        "services": [{"key": "all", "letter": "Z", "name": {"vi": "Mọi việc", "en": "Everything"}}],
    }  # fmt: skip
    act = new_act(system("tests"), at=hall.at, purpose="test")
    store.take_in(act, documents=[{"kind": "queues", "key": CENTRE, "body": body, "layers": ["desk"]}])
    store.publish_all(new_act(system("tests"), at=hall.at, purpose="test"))
    hall.forward(minutes=1)
    assert hall.take("all").code == "Z001"
    assert queries.plan_of(city.office(OTHER_CENTRE), hall.at).service("result").letter == "K"


def test_the_expected_wait_is_learnt_from_earlier_days_and_said_only_when_known(hall, city):
    office = city.office(CENTRE)
    for _ in range(2):
        hall.open()
        for _ in range(10):
            row = hall.take()
            hall.forward(minutes=3).call()
            hall.do("finish", row)
        line = queries.board(office, hall.at).lines()[0]
        assert line.expected is None and line.windows == 1
        hall.forward(hours=22, minutes=30)
    hall.open()
    for _ in range(3):
        hall.take()
    line = queries.board(office, hall.at).lines()[0]
    assert (line.ahead, line.waiting, line.expected.least, line.expected.most) == (3, 3, 10, 15)
    assert line.expected.first == hall.at + timedelta(minutes=12)
    hall.at = hall.at.replace(hour=9, minute=57)  # three minutes to the closing hour
    assert queries.board(office, hall.at).lines()[0].expected.may_miss


def press(calls) -> list:
    """Everybody presses at one moment, each with a connection of her own; what each was told."""
    told, ready = [], Barrier(len(calls))

    def run(call) -> None:
        try:
            ready.wait(10)
            told.append(call())
        except errors.Refusal as refusal:
            told.append(refusal.code)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_press_together_get_two_tickets(hall, city):
    for number, who in enumerate(("receptionist", "clerk"), 1):
        hall.open(who, number)
    take = [lambda: hall.take().code for _ in range(4)]
    assert sorted(press(take)) == ["A001", "A002", "A003", "A004"]
    for turn in range(2):
        codes = press([lambda: hall.call(), lambda: hall.call("clerk")])
        assert sorted(codes) == [f"A{2 * turn + 1:03d}", f"A{2 * turn + 2:03d}"]
        for row in Ticket.objects.filter(state=State.CALLED).select_related("window"):
            hall.do("finish", row, "receptionist" if row.window.number == 1 else "clerk")
    hall.take()
    assert sorted(press([lambda: hall.call(), lambda: hall.call("clerk")])) == ["A005", "queue.nobody_waits"]
    assert connection.vendor and not verify().findings


def test_a_call_that_breaks_in_the_middle_loses_nobody(hall, monkeypatch):
    hall.open()
    row = hall.take()
    monkeypatch.setattr("motcua.queue.actions.tickets.record", lambda *_given, **_more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        hall.call()
    row.refresh_from_db()
    assert (row.state, row.window, Window.objects.get().run) == (State.WAITING, None, 0)
    with pytest.raises(ZeroDivisionError):
        hall.take()
    monkeypatch.undo()
    assert (hall.take().code, hall.call()) == ("A002", "A001")


def test_a_window_pressed_twice_at_once_calls_one(hall, city):
    hall.open()
    hall.take()
    hall.take()
    act = city.act("receptionist", hall.at, act_id="one-call")
    assert actions.call(act)["code"] == actions.call(act)["code"] == "A001"
    assert hall.at == make.AT and Ticket.objects.filter(state=State.CALLED).count() == 1

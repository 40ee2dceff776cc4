"""One dossier under two laws, without any table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import clock
from motcua.kernel.clock import Event, Kind, Limit
from motcua.kernel.clock.zone import wall
from motcua.rehearsal import rules
from motcua.rehearsal.rules import Case, Law, Life

PLAIN = clock.Calendar.from_documents({"holidays": {"years": []}}, None, "plain")
WITH_A_DAY_OFF = clock.Calendar.from_documents(
    {"holidays": {"years": [{"year": 2026, "days_off": [{"date": "2026-10-07", "name_vi": "Nghỉ"}]}]}},
    None,
    "off",
)


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of October 2026; the 5th is a Monday."""
    return datetime(2026, 10, day, hour, minute, tzinfo=clock.TZ)


def law(limit: str = "10 working_days", calendar: clock.Calendar = PLAIN, **settings) -> Law:
    return Law(Limit.parse(limit), clock.ClockRules(**settings), calendar)


def case(
    *events: Event, ended_at: datetime | None, before: Law | None = None, after: Law, pace: float = 1.0
) -> Case:
    first = Event(Kind.START, at(5))
    return Case("a", "p", "u", at(5), ended_at, (first, *events), before or law(), after, pace)


def test_half_the_limit_is_late_by_what_came_after_it():
    one = case(ended_at=at(14, 14, 30), after=law("5 working_days"))
    was, would = rules.as_it_was(one), rules.as_it_would_be(one)
    assert was.due_at == at(19, 17) and rules.lateness(was, at(30), PLAIN) is None
    assert would == Life(at(12, 17), one.ended_at)
    late = rules.lateness(would, at(30), PLAIN)
    assert (late.days, late.office_time) == (2, timedelta(hours=8 + 5.5))


def test_an_open_one_is_late_by_now():
    life = Life(at(12, 17), None)
    assert rules.lateness(life, at(12, 17), PLAIN) is None
    assert rules.lateness(life, at(13, 8), PLAIN).office_time == timedelta(hours=1)


WAIT = (Event(Kind.PAUSE, at(7, 10), "supplement"), Event(Kind.RESTART, at(16, 10), "supplement"))


def test_what_an_answer_does_follows_the_changed_law():
    """Example E of the rules: 2 days used, answered on the 16th: counted anew until 30/10, paused until 28/10."""
    one = case(*WAIT, ended_at=at(29), after=law(on_supplement="pause"))
    assert rules.as_it_was(one).due_at == at(30, 17)
    would = rules.as_it_would_be(one)
    assert would.due_at == at(28, 17) and rules.lateness(would, at(30), PLAIN).days == 1


def test_a_wait_for_money_may_run():
    pay = (Event(Kind.PAUSE, at(6), "payment"), Event(Kind.RESUME, at(9), "payment"))
    one = case(*pay, ended_at=at(20), after=law(on_payment="run"))
    assert (rules.as_it_was(one).due_at, rules.as_it_would_be(one).due_at) == (at(22, 17), at(19, 17))


def test_an_apology_that_the_changed_law_refuses_is_told():
    sorry = Event(Kind.EXTEND, at(15), "apology", date(2026, 10, 23))
    one = case(sorry, ended_at=at(22), after=law(extensions_max=0))
    assert rules.as_it_was(one) == Life(at(23, 17), at(22))
    assert rules.as_it_would_be(one) == Life(at(19, 17), at(22), refused=1)


def test_another_day_off_moves_the_work_and_the_date():
    one = case(ended_at=at(8, 9), before=law("3 working_days"), after=law("3 working_days", WITH_A_DAY_OFF))
    would = rules.as_it_would_be(one)
    assert would == Life(at(9, 17), at(9, 9))  # a Wednesday less: everything a day later


def test_with_half_the_people_work_takes_twice_as_long_and_a_wait_does_not():
    one = case(*WAIT, ended_at=at(16, 11), after=law(), pace=0.5)
    would = rules.as_it_would_be(one)
    # 2½ h on the 5th, 8 on the 6th, 2½ on the 7th, taken twice; then the same nine days of waiting; then 1 h twice
    asked = clock.local(PLAIN.add_open_time(wall(at(5)), 2 * timedelta(hours=17)))
    answered = asked + (at(16, 10) - at(7, 10))
    assert would.ended_at == clock.local(PLAIN.add_open_time(wall(answered), timedelta(hours=2)))
    assert would.due_at > rules.as_it_was(one).due_at  # it was answered later, so the limit began later anew


def test_in_one_line_nobody_has_time_to_spare():
    """Three came on Monday at nine and were finished one an hour: with half the people one every two hours."""
    ends = [at(5, 10), at(5, 11), at(5, 14)]  # the last one after the lunch break: an hour of office time
    three = [replace(case(ended_at=end, after=law(), pace=0.5), name=str(n)) for n, end in enumerate(ends)]
    assert rules.in_one_line(three) == {"0": at(5, 11), "1": at(5, 15), "2": at(5, 17)}
    same = [replace(one, pace=1.0) for one in three]
    assert list(rules.in_one_line(same).values()) == ends


lives = st.lists(
    st.tuples(st.integers(0, 5000), st.integers(1, 5000), st.booleans()), min_size=1, max_size=12
)


def made(rows, **more) -> list[Case]:
    found = []
    for number, (came, took, ends) in enumerate(rows):
        received = clock.local(PLAIN.add_open_time(wall(at(5, 7)), timedelta(minutes=came)))
        ended = clock.local(PLAIN.add_open_time(wall(received), timedelta(minutes=took)))
        start = (Event(Kind.START, received),)
        found.append(
            Case(str(number), "p", "u", received, ended if ends else None, start, law(), law(), **more)
        )
    return found


@given(lives)
def test_without_a_change_nothing_differs(rows):
    for one in made(rows):
        assert rules.as_it_was(one) == rules.as_it_would_be(one)
    ends = rules.in_one_line(made(rows))
    assert ends == {one.name: one.ended_at for one in made(rows) if one.ended_at}


@given(lives, st.sampled_from([0.25, 0.5, 0.8]))
def test_fewer_people_never_finish_anything_earlier(rows, pace):
    slow = made(rows, pace=pace)
    line = rules.in_one_line(slow)
    for one in slow:
        least = rules.as_it_would_be(one).ended_at
        assert (least is None) == (one.ended_at is None)
        if least is not None:
            assert one.ended_at <= least and one.ended_at <= line[one.name]


@given(st.integers(2, 30), st.integers(0, 8000))
def test_a_shorter_limit_never_makes_less_late(days, took):
    ended = clock.local(PLAIN.add_open_time(wall(at(5)), timedelta(minutes=took)))
    one = case(ended_at=ended, before=law(f"{days} working_days"), after=law(f"{days // 2} working_days"))
    was, would = rules.as_it_was(one), rules.as_it_would_be(one)
    assert would.due_at <= was.due_at
    if rules.lateness(was, at(30), PLAIN):
        assert rules.lateness(would, at(30), PLAIN).days >= rules.lateness(was, at(30), PLAIN).days


def test_a_queue_is_counted_at_the_close_of_working_days():
    closes = rules.closings(PLAIN, at(5, 7), at(8, 12))
    assert [f"{moment:%d %H:%M}" for moment in closes] == ["05 17:00", "06 17:00", "07 17:00"]
    told = rules.queue([(at(5), at(6)), (at(5), at(7, 18)), (at(6), None)], closes)
    assert (told.most, told.mean, told.last) == (2, 2.0, 2)
    assert rules.queue([], []) == rules.Queue(0, 0.0, 0)


@pytest.mark.parametrize("missing", [None, "due"])
def test_without_a_due_date_nothing_is_late(missing):
    assert rules.lateness(Life(None, at(9)), at(30), PLAIN) is None

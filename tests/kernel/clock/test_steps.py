"""Limits inside the limit, and how much time is left."""

import json
import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.clock import (
    ClockProblem,
    ClockRules,
    Event,
    Kind,
    Limit,
    ask_supplement_by,
    derive,
    extension_problem,
    line_from_data,
    line_to_data,
    say,
    step_dues,
    time_left,
    transfer_due,
    working_days_between,
)
from tests.kernel.clock.factories import at, due, national, start

pytestmark = pytest.mark.kernel

RULES = ClockRules()


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-10-05T09:00", "2026-10-05T17:00"),
        ("2026-10-05T15:00", "2026-10-05T17:00"),  # exactly 15:00 still goes the same day
        ("2026-10-05T15:01", "2026-10-06T11:30"),
        ("2026-10-05T18:00", "2026-10-06T11:30"),
        ("2026-10-09T16:00", "2026-10-12T11:30"),
        ("2026-10-10T09:00", "2026-10-12T11:30"),
        ("2026-10-05T12:00", "2026-10-05T17:00"),
    ],
)
def test_transfer_the_same_day_or_the_next_morning(received, expected):
    assert transfer_due(at(received), national(), RULES) == at(expected)


def test_a_unit_has_three_working_days_to_ask_for_a_supplement():
    assert ask_supplement_by(at("2026-04-29T09:00"), national(), RULES) == at("2026-05-06T17:00")


def test_steps_share_the_office_time_and_end_with_the_limit():
    dues = step_dues(
        Limit.parse("2 working_days"), [0.25, 0.5, 0.25], at("2026-10-05T17:00"), national(), RULES
    )
    assert dues == [at("2026-10-06T11:00"), at("2026-10-07T11:00"), at("2026-10-07T17:00")]


def test_a_last_step_without_a_share_ends_with_the_limit():
    dues = step_dues(Limit.parse("1 working_days"), [1, 1, 0], at("2026-10-05T17:00"), national(), RULES)
    assert dues[1] == dues[2] == at("2026-10-06T17:00")


def test_steps_of_a_limit_that_is_not_fixed_have_no_dates():
    assert step_dues(Limit.from_pack(None), [1.0], at("2026-10-05T09:00"), national(), RULES) == []


@pytest.mark.parametrize("shares", [[], [0, 0], [1, -0.5], [float("inf")], [float("nan")]])
def test_shares_that_make_no_sense_are_refused(shares):
    with pytest.raises(ClockProblem) as refused:
        step_dues(Limit.parse("1 working_days"), shares, at("2026-10-05T09:00"), national(), RULES)
    assert refused.value.code == "clock.shares"


@given(
    shares=st.lists(st.floats(0, 1), min_size=1, max_size=8).filter(lambda shares: sum(shares) > 0.01),
    number=st.integers(1, 40),
    minutes=st.integers(0, 500_000),
)
def test_steps_come_in_order_and_the_last_is_the_due_moment(shares, number, minutes):
    received, limit = (
        at("2026-01-02T00:00") + timedelta(minutes=minutes),
        Limit.parse(f"{number} working_days"),
    )
    dues = step_dues(limit, shares, received, national(), RULES)
    assert dues == sorted(dues)
    assert len(dues) == len(shares)
    assert dues[-1] == derive(limit, [Event(Kind.START, received)], national()).due_at


@pytest.mark.parametrize(
    ("now", "days", "state"),
    [
        ("2026-10-05T10:00", 10, "on_time"),
        ("2026-10-14T10:00", 3, "on_time"),
        ("2026-10-15T10:00", 2, "soon"),
        ("2026-10-19T16:59", 0, "soon"),
        ("2026-10-19T17:01", 0, "late"),
        ("2026-10-21T08:00", -2, "late"),
        ("2026-10-18T08:00", 1, "soon"),  # Sunday before the due Monday
    ],
)
def test_time_left_is_told_in_working_days(now, days, state):
    assert time_left(due("10 working_days", "2026-10-05T09:00"), at(now), national()) == (days, state)


def test_no_time_runs_for_paused_stopped_or_unfixed_dossiers():
    events = [start("2026-10-05T09:00"), Event(Kind.PAUSE, at("2026-10-06T09:00"), "supplement")]
    limit, now = Limit.parse("3 working_days"), at("2026-11-05T09:00")
    assert time_left(derive(limit, events, national()), now, national()).state == "paused"
    stopped = [start("2026-10-05T09:00"), Event(Kind.STOP, at("2026-10-06T09:00"))]
    assert time_left(derive(limit, stopped, national()), now, national()).state == "none"
    unfixed = derive(Limit.from_pack(None), events[:1], national())
    assert time_left(unfixed, now, national()).state == "none"


def test_working_days_between_two_days():
    assert working_days_between(date(2026, 10, 5), date(2026, 10, 12), national()) == 5
    assert working_days_between(date(2026, 10, 12), date(2026, 10, 5), national()) == -5
    assert working_days_between(date(2026, 10, 5), date(2026, 10, 5), national()) == 0
    assert working_days_between(date(2025, 12, 31), date(2026, 12, 31), national()) == 249


def test_asking_whether_a_new_date_may_be_promised():
    deadline = due("10 working_days", "2026-10-05T09:00")
    assert extension_problem(deadline, date(2026, 10, 23), RULES) is None
    assert extension_problem(deadline, date(2026, 10, 19), RULES).code == "clock.extend_not_later"
    used_up = extension_problem(deadline, date(2026, 10, 23), ClockRules(extensions_max=0))
    assert used_up.code == "clock.extensions_used_up"
    events = [start("2026-10-05T09:00"), Event(Kind.PAUSE, at("2026-10-06T09:00"))]
    paused = derive(Limit.parse("3 working_days"), events, national())
    assert extension_problem(paused, date(2026, 10, 23), RULES).code == "clock.extend_paused"


def test_a_derivation_can_be_stored_and_read_back():
    for received, limit in (("2026-11-20T16:10", "3 working_days"), ("2026-10-05T16:00", "16 working_hours")):
        for line in due(limit, received).lines:
            again = line_from_data(json.loads(json.dumps(line_to_data(line))))
            assert again == line
            assert say(again, "vi") == say(line, "vi")


def test_deriving_is_cheap_enough_for_a_simulation():
    limit = Limit.parse("10 working_days")
    events = [
        start("2026-10-05T09:00"),
        Event(Kind.PAUSE, at("2026-10-07T09:00"), "supplement"),
        Event(Kind.RESTART, at("2026-10-16T09:00"), "supplement"),
        Event(Kind.STOP, at("2026-10-28T09:00")),
    ]
    best = min(_seconds(lambda: derive(limit, events, national())) for _ in range(7))
    assert best / 100 <= 200e-6


def _seconds(work):
    began = time.process_time()
    for _ in range(100):
        work()
    return time.process_time() - began

"""Who is called next, how long it takes, who may: by tables and by thousands of made-up queues."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.clock import TZ, Calendar
from motcua.queue import rules
from motcua.queue.rules import State, Waiting

pytestmark = pytest.mark.kernel
T0 = datetime(2026, 10, 5, 8, 0, tzinfo=TZ)
CALENDAR = Calendar.from_documents({"holidays": {"years": []}}, None, "test")


def row(
    number: int, *, priority: bool = False, service: str = "a", window: int | None = None, after: int = 0
):
    return Waiting(number, service, priority, T0 + timedelta(minutes=after or number), window)


QUEUES = st.lists(st.booleans(), min_size=1, max_size=40).map(
    lambda kinds: [row(place, priority=priority) for place, priority in enumerate(kinds, 1)]
)


@given(QUEUES, st.integers(0, 6), st.integers(1, 5))
def test_everybody_is_called_once_and_each_lane_keeps_its_order(queue, run, most):
    called = rules.order(queue, run, most)
    assert sorted(one.id for one in called) == [one.id for one in queue]
    for lane in (True, False):
        assert [one.id for one in called if one.priority is lane] == [
            one.id for one in queue if one.priority is lane
        ]


@given(QUEUES, st.lists(st.booleans(), max_size=40), st.integers(1, 3))
def test_nobody_starves_however_many_with_priority_come(queue, comers, most):
    """One call, one comer: whoever is ordinary with n ordinary before is called by call (n + 1)(most + 1)."""
    waiting, run, ordinary = list(queue), 0, [one.id for one in queue if not one.priority]
    bound = {id_: (place + 1) * (most + 1) for place, id_ in enumerate(ordinary)}
    for turn, comes in enumerate([*comers, *[True] * 160], 1):
        chosen = rules.order(waiting, run, most)[0]
        run = rules.run_after(run, chosen)
        waiting.remove(chosen)
        if chosen.id in bound:
            assert turn <= bound[chosen.id]
            ordinary.remove(chosen.id)
        waiting.append(row(1000 + turn, priority=comes))
    assert ordinary == []


@given(QUEUES, st.integers(0, 10), st.integers(1, 4))
def test_priority_goes_first_until_it_is_the_others_turn(queue, run, most):
    called = rules.order(queue, run, most)[0]
    both = {one.priority for one in queue} == {True, False}
    assert called.priority == ((run < most) if both else queue[0].priority)


def test_a_window_calls_its_services_and_who_is_sent_to_it():
    queue = [row(1, service="b"), row(2, window=2), row(3), row(4, service="b", window=1), row(5, window=9)]
    assert [one.id for one in rules.callable_at(1, ("a",), queue, {1, 2})] == [3, 4, 5]
    assert [one.id for one in rules.callable_at(2, (), queue, {1, 2})] == [1, 2, 3, 5]


def test_who_is_ahead_is_counted_where_the_same_windows_call():
    queue = [row(1), row(2, service="b"), row(3, service="c"), row(4, priority=True), row(5)]
    ahead = [rules.ahead_of(5, queue, windows, 2) for windows in ([], [("a", "b"), ("c",)], [()])]
    assert ahead == [2, 3, 4]
    assert rules.ahead_of(4, queue, [()], 2) == 0
    with pytest.raises(LookupError):
        rules.ahead_of(9, queue, [()], 2)


@given(st.lists(st.integers(0, 3600), min_size=rules.FEW, max_size=80), st.integers(0, 30), st.integers(1, 6))
def test_the_range_holds_eight_of_ten_waits_of_such_a_place(seconds, ahead, windows):
    low, high = rules.span(seconds, ahead, windows)
    scale = (ahead + 1) / windows
    inside = sum(
        1 for each in seconds if low.total_seconds() <= each * scale + 1e-5 <= high.total_seconds() + 1
    )
    assert inside >= 0.8 * len(seconds)
    least, most = rules.told_minutes(low, high)
    assert least * 60 <= low.total_seconds() and most * 60 >= high.total_seconds()


def test_too_few_waits_or_no_window_are_no_range():
    assert rules.span([60] * (rules.FEW - 1), 3, 2) is None
    assert rules.span([60] * 50, 3, 0) is None
    assert rules.span([60] * 50, 3, 2) == (timedelta(minutes=2), timedelta(minutes=2))
    assert rules.pace(timedelta(minutes=12), 3, 2) == 360
    assert rules.told_minutes(timedelta(minutes=12.5), timedelta(minutes=21)) == (10, 25)
    assert rules.told_minutes(timedelta(0), timedelta(0)) == (0, 1)


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [([], 0.5, None), ([7], 0.9, 7), ([1, 2, 3, 4], 0.5, 2), (list(range(1, 11)), 0.9, 9), ([3, 1], 0.0, 1)],
)
def test_quantiles_by_the_nearest_rank(values, share, found):
    assert rules.quantile(values, share) == found


@pytest.mark.parametrize(
    ("at", "gives", "again"),
    [
        ((5, 8, 0), True, (5, 7, 45)),
        ((5, 6, 50), True, (5, 6, 45)),
        ((5, 6, 44), False, (5, 6, 45)),
        ((5, 12, 0), False, (5, 13, 15)),
        ((5, 17, 0), False, (6, 6, 45)),
        ((4, 9, 0), False, (5, 6, 45)),  # a Sunday
    ],
)
def test_numbers_are_given_in_office_hours(at, gives, again):
    moment = datetime(2026, 10, *at)  # noqa: DTZ001  the wall clock has no zone
    assert rules.gives_at(CALENDAR, moment, 15) is gives
    if not gives:
        assert rules.gives_again(CALENDAR, moment, 15) == datetime(2026, 10, *again)  # noqa: DTZ001


def test_who_may():
    kiosk, desk, head = {"office:3:kiosk"}, {"office:3:reception"}, {"office:1:lead"}
    assert (
        rules.may(kiosk, "take", 3) and not rules.may(kiosk, "serve", 3) and not rules.may(kiosk, "take", 4)
    )
    assert rules.may(desk, "serve", 3) and rules.may(desk, "read", 3) and not rules.may(desk, "keep", 3)
    assert rules.may(head, "keep", 3, above=[2, 1]) and not rules.may(head, "serve", 3, above=[2, 1])
    assert not rules.may(head, "read", 4, above=[2])


def test_every_state_can_be_left_and_every_open_one_ends_with_the_day():
    assert {state for state, _verb in rules.MOVES} == {*rules.OPEN, State.NO_SHOW}
    assert all(rules.next_state(state, "end") is State.ENDED for state in rules.OPEN)
    assert rules.code_of("A", 7) == "A007" and rules.code_of("A", 1234) == "A1234"

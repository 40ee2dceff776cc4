"""When each step should be done: the plan lies on the office time that the clock really ran."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.planning import step_plan
from motcua.kernel import clock
from motcua.kernel.clock import TZ, Calendar, Event, Kind, Limit, Unit

pytestmark = pytest.mark.kernel
HOLIDAYS = Path(__file__).parents[2] / "packs" / "national" / "calendars"
VN = Calendar.from_documents(yaml.safe_load(next(HOLIDAYS.glob("*.yaml")).read_text("utf-8")), None, "vn")
RULES = clock.ClockRules()
SHARES = (0.1, 0.6, 0.2, 0.1)
TEN_DAYS = Limit(10, Unit.WORKING_DAYS)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


def plan(events, limit=TEN_DAYS, shares=SHARES):
    due_at = clock.derive(limit, events, VN, RULES).due_at
    return step_plan(shares, events, due_at, VN), due_at


received = st.integers(0, 270 * 24 * 60).map(
    lambda minutes: at("2026-03-02T00:00") + timedelta(minutes=minutes)
)
limits = st.one_of(
    st.builds(
        Limit,
        st.integers(1, 40),
        st.sampled_from([Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.WORKING_HOURS]),
    ),
    st.builds(Limit, st.integers(1, 3), st.just(Unit.MONTHS)),
    st.just(Limit(None, Unit.SAME_DAY)),
)
shares = st.lists(st.integers(0, 10), min_size=1, max_size=6).filter(any)


@given(received, limits, shares)
def test_without_pauses_it_is_the_kernels_plan(moment, limit, parts):
    found, _due = plan([Event(Kind.START, moment)], limit, parts)
    assert found == clock.step_dues(limit, parts, moment, VN, RULES)


@given(received, limits, shares, st.integers(0, 400), st.integers(0, 400))
def test_steps_follow_each_other_and_the_last_ends_at_the_due_moment(moment, limit, parts, wait, length):
    paused = moment + timedelta(hours=wait)
    events = [
        Event(Kind.START, moment),
        Event(Kind.PAUSE, paused, "supplement"),
        Event(Kind.RESUME, paused + timedelta(hours=length), "supplement"),
    ]
    found, due_at = plan(events, limit, parts)
    assert found == sorted(found)
    assert found[-1] == due_at


def test_a_restart_plans_anew_from_the_answer():
    asked, answered = at("2026-10-07T09:00"), at("2026-10-16T10:00")
    events = [
        Event(Kind.START, at("2026-10-05T09:00")),
        Event(Kind.PAUSE, asked, "supplement"),
        Event(Kind.RESTART, answered, "supplement"),
    ]
    assert plan(events)[0] == plan([Event(Kind.START, answered)])[0]


def test_a_pause_moves_what_is_left_of_the_plan():
    start = Event(Kind.START, at("2026-10-05T07:00"))
    before, _ = plan([start])
    waited = [
        start,
        Event(Kind.PAUSE, at("2026-10-07T07:00"), "payment"),
        Event(Kind.RESUME, at("2026-10-14T07:00"), "payment"),
    ]
    after, due_at = plan(waited)
    assert after[0] == before[0]  # over before the pause began
    assert [moved - kept for kept, moved in zip(before[1:], after[1:], strict=True)] == [
        timedelta(days=7)
    ] * 3
    assert after[-1] == due_at


def test_a_new_date_stretches_the_plan():
    start = Event(Kind.START, at("2026-10-05T07:00"))
    extended = [start, Event(Kind.EXTEND, at("2026-10-12T07:00"), "apology", at("2026-11-02T00:00").date())]
    before, after = plan([start])[0], plan(extended)[0]
    assert all(late > early for early, late in zip(before, after, strict=True))


def test_while_it_waits_and_without_a_limit_no_step_has_a_moment():
    start = Event(Kind.START, at("2026-10-05T07:00"))
    paused = [start, Event(Kind.PAUSE, at("2026-10-06T07:00"), "supplement")]
    assert plan(paused)[0] == [None] * 4
    assert plan([start], Limit(None, Unit.WORKING_DAYS))[0] == [None] * 4
    assert plan([start], shares=(0, 0))[0] == [None, None]


def test_two_waits_at_once_count_once():
    start = Event(Kind.START, at("2026-10-05T07:00"))
    both = [
        start,
        Event(Kind.PAUSE, at("2026-10-06T07:00"), "supplement"),
        Event(Kind.PAUSE, at("2026-10-07T07:00"), "payment"),
        Event(Kind.RESUME, at("2026-10-09T07:00"), "supplement"),
        Event(Kind.RESUME, at("2026-10-13T07:00"), "payment"),
    ]
    one = [
        start,
        Event(Kind.PAUSE, at("2026-10-06T07:00"), "x"),
        Event(Kind.RESUME, at("2026-10-13T07:00"), "x"),
    ]
    assert plan(both)[0] == plan(one)[0]

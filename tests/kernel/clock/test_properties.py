"""Laws that hold for every date: monotone, additive, unmoved by an empty pause, equal to a slow second opinion."""

from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from motcua.kernel.clock import (
    ClockRules,
    Event,
    Kind,
    Limit,
    Unit,
    answer_event,
    derive,
    working_days_between,
)
from tests.kernel.clock.factories import holidays, hours, national, told
from tests.kernel.clock.reference import SlowOffice, slow_due

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

OFFICE = SlowOffice(holidays(), hours())
MINUTE = timedelta(minutes=1)

moments = st.datetimes(datetime.fromisoformat("2023-12-20"), datetime.fromisoformat("2028-02-10")).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
units = st.sampled_from(list(Unit))
waits = st.integers(0, 40 * 24 * 60).map(lambda minutes: minutes * MINUTE)


@st.composite
def limits(draw, most=40):
    unit = draw(units)
    if unit is Unit.SAME_DAY:
        return Limit(None, unit)
    return Limit(draw(st.integers(1, 14 if unit is Unit.MONTHS else most)), unit)


def started(limit, moment):
    return derive(limit, [Event(Kind.START, moment)], national())


def paused(limit, moment, asked, answered, how="pause"):
    events = [Event(Kind.START, moment), Event(Kind.PAUSE, asked, "supplement")]
    events.append(answer_event(ClockRules(on_supplement=how), answered))
    return derive(limit, events, national())


def naive(moment):
    return moment.replace(tzinfo=None)


@settings(max_examples=300, deadline=None)
@given(limit=limits(), moment=moments)
def test_agrees_with_the_slow_reference(limit, moment):
    expected = slow_due(OFFICE, limit.unit.value, limit.value, moment)
    assert naive(started(limit, moment).due_at) == expected


@settings(max_examples=300, deadline=None)
@given(limit=limits(), moment=moments, before=waits, wait=waits, how=st.sampled_from(["pause", "restart"]))
def test_agrees_with_the_slow_reference_when_a_supplement_is_asked(limit, moment, before, wait, how):
    assume(limit.unit is not Unit.SAME_DAY or how == "restart")
    asked, answered = moment + before, moment + before + wait
    expected = slow_due(OFFICE, limit.unit.value, limit.value, moment, asked, answered, how)
    assert naive(paused(limit, moment, asked, answered, how).due_at) == expected


@given(limit=limits(), moment=moments, later=waits)
def test_a_later_start_is_never_due_earlier(limit, moment, later):
    assert started(limit, moment).due_at <= started(limit, moment + later).due_at


@given(limit=limits(), moment=moments, more=st.integers(0, 20))
def test_a_longer_limit_is_never_due_earlier(limit, moment, more):
    assume(limit.unit is not Unit.SAME_DAY)
    longer = Limit(limit.value + more, limit.unit)
    assert started(limit, moment).due_at <= started(longer, moment).due_at


@given(moment=moments, first=st.integers(1, 40), second=st.integers(1, 40))
def test_working_days_add_up(moment, first, second):
    between = started(Limit(first, Unit.WORKING_DAYS), moment).due_at
    whole = started(Limit(first + second, Unit.WORKING_DAYS), moment)
    assert started(Limit(second, Unit.WORKING_DAYS), between).due_at == whole.due_at


@given(moment=moments, first=st.integers(1, 40), second=st.integers(1, 40))
def test_working_hours_add_up(moment, first, second):
    between = started(Limit(first, Unit.WORKING_HOURS), moment).due_at
    whole = started(Limit(first + second, Unit.WORKING_HOURS), moment)
    assert started(Limit(second, Unit.WORKING_HOURS), between).due_at == whole.due_at


@given(limit=limits(), moment=moments, before=waits, minutes=st.integers(0, 24 * 60))
def test_a_pause_that_ends_on_the_same_day_changes_nothing(limit, moment, before, minutes):
    assume(limit.unit in (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS))
    asked, answered = moment + before, moment + before + minutes * MINUTE
    assume(asked.date() == answered.date())
    assert paused(limit, moment, asked, answered).due_at == started(limit, moment).due_at


@given(limit=limits(), moment=moments, before=waits)
def test_a_pause_that_ends_at_once_changes_nothing(limit, moment, before):
    assert paused(limit, moment, moment + before, moment + before).due_at == started(limit, moment).due_at


@given(number=st.integers(1, 60), moment=moments, before=waits, wait=waits)
def test_working_hours_do_not_run_in_a_pause_outside_office_hours(number, moment, before, wait):
    limit, asked = Limit(number, Unit.WORKING_HOURS), moment + before
    answered = asked + wait
    assume(national().open_time_between(asked, answered) == timedelta(0))
    assume(asked < naive(started(limit, moment).due_at))
    assert paused(limit, moment, asked, answered).due_at == started(limit, moment).due_at


@given(number=st.integers(1, 40), moment=moments, before=waits, wait=waits)
def test_a_pause_moves_the_date_by_the_working_days_waited(number, moment, before, wait):
    limit, asked, answered = Limit(number, Unit.WORKING_DAYS), moment + before, moment + before + wait
    plain, moved = started(limit, moment), paused(limit, moment, asked, answered)
    assume(asked.date() <= plain.due_on)
    open_day = national().next_open_day
    waited = working_days_between(open_day(asked.date()), open_day(answered.date()), national())
    assert working_days_between(plain.due_on, moved.due_on, national()) == waited


@given(limit=limits(), moment=moments, before=waits, wait=waits)
def test_a_restart_is_a_fresh_start(limit, moment, before, wait):
    answered = moment + before + wait
    assert (
        paused(limit, moment, moment + before, answered, "restart").due_at == started(limit, answered).due_at
    )


@given(limit=limits(), moment=moments)
def test_a_date_is_an_open_day_and_ends_in_office_hours(limit, moment):
    deadline = started(limit, moment)
    assert national().is_open_day(deadline.due_on)
    assert deadline.due_at.date() == deadline.due_on
    if limit.unit is not Unit.WORKING_HOURS:
        assert naive(deadline.due_at) == national().closing(deadline.due_on)


@given(limit=limits(), moment=moments, before=waits, wait=waits, how=st.sampled_from(["pause", "restart"]))
def test_every_derivation_can_be_said_in_both_languages(limit, moment, before, wait, how):
    deadline = paused(limit, moment, moment + before, moment + before + wait, how)
    for lang in ("vi", "en"):
        words = told(deadline, lang)
        assert all(words)
        assert not any("{" in text or "None" in text for text in words)
    assert deadline.provisional == any(line.code in DOUBTS for line in deadline.lines)


DOUBTS = {"year_missing", "year_estimated", "day_unconfirmed"}

"""By when an apology leaves: a table of days, and any calendar (Decree 61/2018 art. 19(9))."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import clock

from .factories import national

pytestmark = pytest.mark.kernel


@pytest.fixture
def vn():
    return national()


def calendar_of(*, off=(), worked=()):
    """The national calendar with some more days off and some rest days worked."""
    known = national()
    rest = {day: clock.WorkedDay() for day in worked if day.weekday() in known.weekend}
    return replace(
        known,
        days_off={**known.days_off, **{day: clock.DayOff("nghỉ", "off") for day in off}},
        worked={**known.worked, **rest},
    )


@pytest.mark.parametrize(
    ("due", "by", "why"),
    [
        ("2026-10-19", "2026-10-16", "the example: due Monday, not Sunday but Friday"),
        ("2026-10-20", "2026-10-19", "due Tuesday, on Monday"),
        ("2026-08-24", "2026-08-22", "Saturday 22/8 is worked for Monday 31/8"),
        ("2026-09-03", "2026-08-28", "after 31/8, 1/9 and 2/9 off: the Friday before"),
        ("2026-02-23", "2026-02-13", "after Tết"),
        ("2026-11-25", "2026-11-23", "24/11 is a holiday"),
    ],
)
def test_the_last_working_day_before_the_promise(vn, due, by, why):
    assert clock.apology_by(date.fromisoformat(due), 1, vn) == date.fromisoformat(by), why


def test_more_notice_is_more_days(vn):
    assert clock.apology_by(date(2026, 10, 21), 3, vn) == date(2026, 10, 16)
    assert clock.apology_by(date(2026, 10, 21), 0, vn) == date(2026, 10, 21)


def test_the_example_stands_on_the_list_from_thursday_on(vn):
    by = clock.apology_by(date(2026, 10, 19), 1, vn)
    shown = [d for d in (date(2026, 10, n) for n in range(12, 20)) if d <= by <= clock.remind_until(d, vn)]
    assert shown == [date(2026, 10, 15), date(2026, 10, 16)]


DAYS = st.dates(date(2026, 1, 10), date(2026, 12, 20))


@given(DAYS, st.integers(1, 5), st.sets(DAYS, max_size=8), st.sets(DAYS, max_size=4))
def test_in_any_calendar_it_is_open_before_the_promise_and_the_last_such(due, notice, off, worked):
    calendar = calendar_of(off=off, worked=worked)
    by = clock.apology_by(due, notice, calendar)
    assert calendar.is_open_day(by) and by <= due - timedelta(days=notice)
    between = (by + timedelta(days=n) for n in range(1, (due - timedelta(days=notice) - by).days + 1))
    assert not any(calendar.is_open_day(day) for day in between)


@given(DAYS, st.sets(DAYS, max_size=8))
def test_each_stands_on_the_list_on_its_last_day_and_on_the_open_day_before(due, off):
    calendar = calendar_of(off=off)
    by = clock.apology_by(due, 1, calendar)
    assert by <= clock.remind_until(by, calendar)
    before = by - timedelta(days=1)
    while not calendar.is_open_day(before):
        before -= timedelta(days=1)
    assert clock.remind_until(before, calendar) == by

"""Form II.06a and its periods, as plain data."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reporting.rules import ii06a, periods
from motcua.reporting.rules.ii06a import Course, Member

UNTIL = datetime(2026, 10, 14, 17, tzinfo=UTC)
BEFORE, AFTER = UNTIL - timedelta(days=3), UNTIL + timedelta(days=3)
CAME = UNTIL - timedelta(days=20)


@pytest.mark.parametrize(
    ("label", "kind", "start", "first", "last"),
    [
        ("2026-10", "report", 15, date(2026, 9, 15), date(2026, 10, 14)),
        ("2026-01", "report", 15, date(2025, 12, 15), date(2026, 1, 14)),
        ("2026-10", "report", 1, date(2026, 10, 1), date(2026, 10, 31)),
        ("2028-02", "calendar", 15, date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_periods(label, kind, start, first, last):
    found = periods.period(label, kind, start)
    assert (found.first, found.last) == (first, last)
    assert found.since.isoformat() == f"{first}T00:00:00+07:00"
    assert found.until - found.since == timedelta(days=(last - first).days + 1)
    for day in (first, last):
        assert periods.label_on(day, kind, start) == label


@pytest.mark.parametrize("label", ["2026-13", "2026", "10-2026", "2026-1", "", "2026-10 "])
def test_no_month(label):
    with pytest.raises(periods.BadPeriod):
        periods.period(label, "report", 15)


@given(st.dates(date(2021, 1, 1), date(2040, 1, 1)), st.integers(1, 28), st.sampled_from(periods.KINDS))
def test_every_day_has_one_period_and_periods_follow_each_other(day, start, kind):
    label = periods.label_on(day, kind, start)
    found = periods.period(label, kind, start)
    assert found.first <= day <= found.last
    later = periods.period(periods.after(label), kind, start)
    assert later.since == found.until
    assert periods.before(later.label) == label


@pytest.mark.parametrize(
    ("ended", "due", "column"),
    [
        (BEFORE, BEFORE + timedelta(days=2), ii06a.EARLY),
        (BEFORE, BEFORE + timedelta(minutes=1), ii06a.ON_TIME),
        (BEFORE, BEFORE - timedelta(minutes=1), ii06a.LATE),
        (BEFORE, None, ii06a.ON_TIME),
        (None, AFTER, ii06a.WITHIN),
        (None, None, ii06a.WITHIN),
        (None, BEFORE, ii06a.OVERDUE),
        (AFTER, BEFORE, ii06a.OVERDUE),
        (AFTER, AFTER, ii06a.WITHIN),
        (UNTIL, UNTIL, ii06a.WITHIN),
    ],
)
def test_the_column_by_which_it_goes_out(ended, due, column):
    assert ii06a.exit_of(Course(CAME, True, ended, due), UNTIL) == column


def test_the_column_by_which_it_comes_in():
    online, paper = Course(CAME, True, None, None), Course(CAME, False, None, None)
    assert ii06a.entry_of(online, carried=False) == 4
    assert ii06a.entry_of(paper, carried=False) == 5
    assert ii06a.entry_of(online, carried=True) == 6


MEMBERS = st.lists(
    st.builds(
        Member,
        dossier=st.integers(1, 9999),
        level=st.sampled_from(ii06a.LEVELS),
        sector=st.sampled_from(["a", "b"]),
        entry=st.sampled_from(ii06a.ENTRIES),
        exit=st.sampled_from((*ii06a.RESOLVED, *ii06a.IN_PROCESS)),
    ),
    max_size=60,
)


@given(MEMBERS)
def test_the_four_checks_hold_for_whatever_members(members):
    lines = ii06a.lines_of(members)
    assert all(check.holds for check in ii06a.checks(lines, None))
    assert ii06a.total_of(lines.values())[3] == len(members)


@given(MEMBERS)
def test_column_6_is_column_11_of_before_when_what_was_open_is_carried_over(members):
    carried = [
        Member(m.dossier, m.level, m.sector, ii06a.CARRIED, ii06a.EARLY) for m in members if m.exit > 11
    ]
    former = ii06a.lines_of(members)
    assert all(check.holds for check in ii06a.checks(ii06a.lines_of(carried), former))
    if carried:
        broken = ii06a.checks(ii06a.lines_of(carried[1:]), former)
        assert {check.name for check in broken if not check.holds} == {"6=11 before"}


def test_a_planted_wrong_figure_is_found():
    lines = ii06a.lines_of([Member(1, "commune", "a", 4, 8)])
    lines[("commune", "a")][9] += 1
    wrong = {(c.name, c.sector) for c in ii06a.checks(lines, None) if not c.holds}
    assert wrong == {("7=8+9+10", "a"), ("7=8+9+10", "")}

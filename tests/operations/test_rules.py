"""What counts as what: worth of a happening, periods, percentiles, the order of trouble. No database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from motcua.operations import rules
from motcua.operations.rules import BadPeriod, Line, Live, Sums

pytestmark = pytest.mark.kernel
AT = datetime(2026, 10, 5, 2, tzinfo=UTC)
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("due_after_days", "taken_days", "columns"),
    [
        (3, 2, ("resolved", "on_time")),
        (3, 3, ("resolved", "on_time")),  # at the due moment itself is on time
        (3, 3.001, ("resolved", "late")),
        (None, 9, ("resolved", "no_limit")),  # neither on time nor late
    ],
)
def test_a_result_is_judged_by_its_due_moment(due_after_days, taken_days, columns):
    due = AT + timedelta(days=due_after_days) if due_after_days else None
    worth = rules.worth("resolved", received_at=AT, resolved_at=AT + timedelta(days=taken_days), due_at=due)
    assert worth.columns == columns


def test_other_happenings_count_once():
    assert rules.worth("received", online=True).columns == ("received", "online")
    assert rules.worth("received").columns == ("received",)
    for measure in ("refused", "withdrawn", "stopped", "supplements"):
        assert rules.worth(measure) == rules.Worth((measure,))


def test_every_counted_move_has_its_column():
    assert set(rules.COUNTED.values()) <= set(rules.COLUMNS)


@pytest.mark.parametrize(
    ("hours", "tenths"),
    [(0, 0), (1, 0), (2.4, 1), (24, 10), (239, 100), (24 * 10.4, 100), (24 * 10.6, 110), (-5, 0)],
)
def test_durations_are_kept_in_classes(hours, tenths):
    assert rules.tenths_between(AT, AT + timedelta(hours=hours)) == tenths


@pytest.mark.parametrize(
    ("counts", "median", "p90"),
    [
        ({}, None, None),
        ({5: 1}, 0.5, 0.5),
        ({10: 1, 20: 1}, 1.0, 2.0),
        ({1: 9, 300: 1}, 0.1, 0.1),
        ({1: 8, 300: 2}, 0.1, 30.0),
    ],
)
def test_percentiles_by_nearest_rank(counts, median, p90):
    assert (rules.percentile(counts, 50), rules.percentile(counts, 90)) == (median, p90)


def test_no_data_is_not_nought():
    assert Sums().on_time_share is None
    assert Sums(late=1).on_time_share == 0
    assert Sums(on_time=647, late=22).on_time_share == 96.7


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("today", TODAY, TODAY),
        ("week", date(2026, 11, 15), TODAY),
        ("month", date(2026, 11, 1), TODAY),
        ("last_month", date(2026, 10, 1), date(2026, 10, 31)),
        ("<script>", date(2026, 11, 15), TODAY),
    ],
)
def test_named_periods(key, first, last):
    period = rules.period_of(key, TODAY)
    assert (period.first, period.last) == (first, last)


def test_a_range_ends_today_at_the_latest():
    period = rules.period_of("range", TODAY, date(2026, 11, 20), date(2027, 1, 1))
    assert period.days == [date(2026, 11, 20), TODAY]


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (date(2026, 11, 3), date(2026, 11, 2), "order"),
        (date(2026, 11, 22), date(2026, 11, 30), "future"),
        (date(2025, 1, 1), date(2026, 11, 1), "too_long"),
    ],
)
def test_a_range_that_cannot_be_used_says_why(first, last, code):
    with pytest.raises(BadPeriod) as refused:
        rules.period_of("range", TODAY, first, last)
    assert refused.value.code == code


def test_trouble_comes_first_and_calm_lines_stay_away():
    calm = Line(1, Sums(received=90, on_time=80))
    late = Line(2, Sums(late=3))
    soon = Line(3, live=Live(open=2, soon=2))
    overdue = Line(4, live=Live(open=1, overdue=1))
    empty = Line(5)
    assert [line.key for line in rules.by_trouble([calm, late, soon, overdue, empty])] == [4, 2, 3, 1]
    assert [line.key for line in rules.in_trouble([calm, late, soon, overdue, empty])] == [4, 2, 3]


@pytest.mark.parametrize(
    ("most", "top"), [(0, 2), (1, 2), (2, 2), (3, 4), (7, 8), (9, 10), (11, 20), (399, 400), (401, 600)]
)
def test_a_chart_ends_at_a_round_number(most, top):
    assert rules.scale_top(most) == top


def test_the_busiest_day():
    days = {date(2026, 11, 1): None, date(2026, 11, 2): Sums(received=3), date(2026, 11, 3): Sums(received=3)}
    assert rules.busiest(days) == date(2026, 11, 3)
    assert rules.busiest({date(2026, 11, 1): Sums()}) is None
    assert rules.busiest({}) is None

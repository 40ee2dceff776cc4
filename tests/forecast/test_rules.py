"""The arithmetic of forecasts, without any table."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.forecast import rules
from motcua.forecast.rules import Cell, Group, Judged, Seen

minutes = st.floats(0, 10_000, allow_nan=False)


@pytest.mark.parametrize(
    ("finished", "target", "place"),
    [(9, 0.9, 9), (10, 0.9, 10), (19, 0.9, 18), (99, 0.9, 90), (999, 0.9, 900)],
)
def test_the_level_is_that_of_one_more(finished, target, place):
    assert math.isclose(rules.conformal_level(finished, target), place / finished)


@pytest.mark.parametrize("finished", [0, 1, 8])
def test_too_few_have_no_level(finished):
    assert rules.conformal_level(finished, 0.9) is None


@given(st.lists(minutes, min_size=1, max_size=60), st.floats(0.05, 1))
def test_without_censored_ones_it_is_the_order_statistic(times, level):
    wanted = sorted(times)[max(math.ceil(level * len(times) - 1e-6), 1) - 1]
    assert rules.quantile([(time, True) for time in times], level) == wanted


@given(st.lists(st.tuples(minutes, st.booleans()), min_size=1, max_size=60), st.floats(0.05, 1))
def test_leaving_out_the_open_ones_would_be_too_early(lived, level):
    """Who is still open has lasted at least so long: never earlier than by the finished ones alone."""
    finished = [one for one in lived if one[1]]
    whole, naive = rules.quantile(lived, level), rules.quantile(finished, level) if finished else None
    assert whole is None or (naive is not None and whole >= naive)


def test_a_worked_example_of_kaplan_and_meier():
    # at risk 5, 4, 2: surviving 4/5, 4/5·3/4 = 3/5, then one lost, 3/5·1/2 = 3/10
    lived = [(1, True), (2, True), (3, False), (4, True), (9, False)]
    assert [rules.quantile(lived, level) for level in (0.2, 0.4, 0.7, 0.9)] == [1, 2, 4, None]


@given(minutes, minutes, st.floats(0.01, 0.99))
def test_pinball_is_never_negative_and_nothing_for_the_truth(actual, forecast, level):
    assert rules.pinball(actual, forecast, level) >= 0
    assert rules.pinball(actual, actual, level) == 0


def test_too_early_costs_nine_times_as_much_as_too_late():
    assert rules.pinball(110, 100) == pytest.approx(9 * rules.pinball(90, 100))


def test_a_cell_needs_a_hundred_finished_ones():
    assert rules.learn_cell([Seen(10.0, True)] * 99 + [Seen(5.0, False)] * 100) is None
    assert rules.learn_cell([Seen(10.0, True)] * 100).minutes == 10.0


def test_a_cell_goes_by_what_forecasts_better():
    dice = random.Random(7)
    steady = [Seen(300 + dice.uniform(0, 60), True, dice.uniform(400, 4000)) for _ in range(400)]
    assert not rules.learn_cell(steady).by_share
    lefts = [dice.uniform(100, 1500) for _ in range(400)]
    shared = rules.learn_cell([Seen(dice.uniform(0.2, 0.9) * left, True, left) for left in lefts])
    assert shared.by_share and 0.8 < shared.share < 0.9
    assert shared.forecast(1000) == pytest.approx(1000 * shared.share)
    assert (
        shared.forecast(5) == shared.forecast(None) == shared.minutes
    )  # a share of nothing left says nothing


def test_procedures_of_every_length_are_pooled_by_share_only():
    seen = [Seen(60.0, True, 100.0)] * 200 + [Seen(9000.0, True, None)] * 120
    cell = rules.learn_cell(seen, pooled=True)
    assert (cell.by_share, cell.share, cell.minutes) == (True, 0.6, 9000.0)


NAMES = rules.names_of("12", "3.working_days", "signing", "sign", "4")


def test_the_narrowest_kind_that_knows_enough_speaks():
    seen = [(NAMES, Seen(60.0, True, 100.0))] * 99
    other = rules.names_of("12", "3.working_days", "signing", "sign", "5")
    table = rules.learn([*seen, *[(other, Seen(80.0, True, 100.0))] * 110])
    assert rules.find(table, other, 100.0).level == "unit"
    found = rules.find(table, NAMES, 100.0)
    assert (found.level, found.n, found.minutes) == ("step", 209, pytest.approx(80.0))
    another = rules.names_of("13", "3.working_days", "signing", "sign", "4")
    assert rules.find(table, another, 200.0)[:2] == (pytest.approx(160.0), "stage")
    nothing_like_it = rules.names_of("13", "3.working_days", "external", "ask", "4")
    assert rules.find(table, nothing_like_it, 200.0).level == "all"
    assert rules.find({}, NAMES, 100.0) is None


def test_another_limit_is_another_kind():
    halved = rules.names_of("12", "1.working_days", "signing", "sign", "4")
    assert set(NAMES) & set(halved) == {"stage|signing", "all"}


@given(
    st.dictionaries(
        st.text("abc|", min_size=1, max_size=8),
        st.builds(
            Cell,
            st.integers(50, 9999),
            st.none() | st.integers(0, 9999).map(float),
            st.none() | st.integers(0, 500).map(lambda n: n / 100),
            st.booleans(),
        ),
        max_size=8,
    )
)
def test_a_table_is_stored_and_read_back(table):
    assert rules.from_data(rules.to_data(table)) == table


@pytest.mark.parametrize(
    ("hits", "n", "bound"),
    [(0, 0, 0.0), (900, 1000, 0.8798), (920, 1000, 0.9015), (9, 10, 0.5958), (10, 10, 0.7225)],
)
def test_wilsons_lower_bound(hits, n, bound):
    assert rules.lower_bound(hits, n) == pytest.approx(bound, abs=5e-5)


@given(st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_bound_is_below_the_share(pair):
    hits, n = pair
    assert 0 <= rules.lower_bound(hits, n) <= hits / n + 1e-12


def test_groups_are_judged_on_the_same_dossiers():
    rows = [
        Judged(("all", "a"), 80.0, 90.0, 100.0, True),
        Judged(("all", "a"), 95.0, 90.0, 100.0, True),
        Judged(("all",), 50.0, 40.0, None, False),
    ]
    whole, part = rules.judge(rows)
    assert (whole.name, whole.n, whole.hits, whole.dates_kept) == ("all", 3, 1, 2)
    assert (part.n, part.hits) == (2, 1)
    assert whole.loss == part.loss == round((0.1 * 10 + 0.9 * 5) / 2 / 60, 4)
    assert whole.due_loss == part.due_loss == round((0.1 * 20 + 0.1 * 5) / 2 / 60, 4)
    assert not whole.beats_due_date


def group(name, hits, n):
    return Group(name, n, hits, hits, 1.0, 2.0)


@pytest.mark.parametrize(
    ("groups", "holds"),
    [
        ([], False),
        ([group("all", 4500, 5000)], True),
        ([group("all", 4300, 5000)], False),
        ([group("all", 48, 50)], False),  # good so far, and far too few to know
        ([group("all", 4500, 5000), group("procedure|1", 860, 1000)], False),
        ([group("all", 4500, 5000), group("procedure|2", 860, 1000)], True),
        ([group("all", 4500, 5000), group("procedure|1", 80, 100)], True),  # too few to tell
    ],
)
def test_when_a_citizen_may_be_told(groups, holds):
    assert rules.promise_holds({g.name: g for g in groups}, 0.88, ["procedure|1"]) is holds


def test_the_way_of_learning_covers_what_it_has_not_seen():
    """Learnt on one half of made-up lives, judged on the other: the bound holds and the due date is beaten."""
    dice = random.Random(3)

    def seen():
        left = dice.choice((480.0, 1440.0, 3360.0))
        late = dice.random() < 0.034
        return Seen(
            left * (dice.uniform(1.05, 1.7) if late else min(dice.betavariate(3, 2), 0.97)), True, left
        )

    table = rules.learn((NAMES, seen()) for _ in range(2000))
    judged = []
    for one in (seen() for _ in range(2000)):
        found = rules.find(table, NAMES, one.left)
        judged.append(Judged(("all",), one.minutes, found.minutes, one.left, True))
    (whole,) = rules.judge(judged)
    assert whole.lower >= 0.88 and whole.beats_due_date and whole.coverage < 0.96

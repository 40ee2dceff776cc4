"""Index 766 by the formulas of September 2026: the worked example, and what has no data."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from motcua.config import paths
from motcua.reporting.rules import index766
from motcua.reporting.rules.index766 import Share

FILE = paths.CHECKOUT / "packs/national/indexes/service-quality-766.yaml"
DOCUMENT = yaml.safe_load(FILE.read_text("utf-8"))
EDITION = index766.edition_on(DOCUMENT, date(2026, 10, 31))
PARTS = {part.key: part for group in EDITION.groups for part in (*group.components, *group.beside)}


def points(*rates: tuple[str, str]) -> Decimal | None:
    """The printed sum of components at a rate written as a decimal."""
    return index766.rounded(sum(PARTS[key].score_of(Fraction(rate)) for key, rate in rates))


def counted(key: str, part: int, whole: int) -> Fraction | None:
    return PARTS[key].score(Share(part, whole))


def test_the_worked_example_comes_out_exactly():
    assert index766.rounded(counted("progress", 1930, 2000)) == Decimal("19.30")
    online = ("online-offered", "0.90"), ("online-used", "0.75"), ("online-dossiers", "0.46")
    assert points(*online) == Decimal("10.52")
    payment = (
        ("paid-online", "0.741"),
        ("fee-procedures-online", "0.70"),
        ("fee-procedures-national", "0.60"),
    )
    assert points(*payment) == Decimal("7.70")
    assert sum(PARTS[key].score_of(Fraction(rate)) for key, rate in payment) == Fraction("7.696")
    assert index766.rounded(counted("content-with-reception", 2000 - 30 - 10 - 70, 2000)) == Decimal("6.00")
    petitions = counted("petitions-on-time", 18, 20) + counted("petitions-satisfied", 8, 10)
    assert index766.rounded(petitions) == Decimal("10.20")


def test_the_groups_have_their_points():
    assert [group.points for group in EDITION.groups] == [18, 20, 12, 10, 22, 18]
    assert EDITION.points == 100
    assert EDITION.doubts


@pytest.mark.parametrize(
    ("key", "score"),
    [("progress", 0), ("content-with-reception", 0), ("petitions-on-time", 6), ("petitions-satisfied", 6)],
)
def test_nothing_to_have_a_share_of(key, score):
    assert counted(key, 0, 0) == score


def test_no_data_is_never_nought():
    shares = {"progress": Share(9, 10), "paid-online": Share(None, 4), "satisfaction": Share(0, 10)}
    groups = index766.scored(EDITION, shares)
    by_key = {part.component.key: part for group in groups for part in group.parts}
    assert by_key["paid-online"].score is None
    assert by_key["published-on-time"].score is None
    assert by_key["content-with-reception"].score == 0
    total = index766.total_of(by_key.values())
    assert (total.score, total.measured, total.points) == (Fraction(18), 26, 100)
    assert index766.class_of(total) == ""
    assert index766.total_of(groups[0].parts).score is None


def test_the_published_payment_formula_stands_beside_and_is_not_added():
    groups = index766.scored(EDITION, {"paid-online": Share(3, 4), "paid-online-published": Share(3, 6)})
    payment = next(group for group in groups if group.group.key == "payment")
    assert [part.score for part in payment.beside] == [5]
    assert payment.total.score == Fraction("4.5")


def test_a_month_before_the_formulas_is_told_as_such():
    assert index766.edition_on(DOCUMENT, date(2026, 7, 31)).early
    assert not EDITION.early


@given(st.integers(0, 500), st.integers(1, 500), st.sampled_from(sorted(PARTS)))
def test_points_stay_within_their_component_and_grow_with_the_share(part, whole, key):
    part = min(part, whole)
    score = counted(key, part, whole)
    assert 0 <= score <= PARTS[key].points
    assert counted(key, whole, whole) == PARTS[key].points
    assert score <= counted(key, min(part + 1, whole), whole)


def test_the_thresholds_are_those_of_the_dated_values():
    for name, key in (
        ("index-online-dossiers", "online-dossiers"),
        ("index-online-provision", "online-offered"),
        ("index-satisfaction", "content-with-reception"),
    ):
        value = yaml.safe_load((FILE.parents[1] / f"values/{name}.yaml").read_text("utf-8"))["values"]
        latest = value[max(value)]["value"]
        assert PARTS[key].full_at == Fraction(str(latest))


@pytest.mark.parametrize(
    ("score", "name"),
    [("90", "excellent"), ("89.99", "good"), ("70", "fair"), ("50", "average"), ("49.9", "weak")],
)
def test_classes(score, name):
    assert index766.class_of(index766.Total(Fraction(score), 100, 100)) == name

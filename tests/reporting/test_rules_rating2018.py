"""The nine indicators of TT 01/2018 art. 13."""

from decimal import Decimal
from fractions import Fraction as F

import pytest

from motcua.reporting.rules import rating2018


def test_points_of_an_indicator():
    assert [rating2018.time_points(w) for w in ("early", "on_time", "late", "open_ended")] == [2, 1, 0, None]
    assert [rating2018.contact_points(n) for n in (0, 1, 2, 5)] == [2, 1, 0, 0]


@pytest.mark.parametrize(
    ("answered", "received", "points"), [(10, 10, 2), (9, 10, 1), (89, 100, 0), (0, 0, None)]
)
def test_feedback(answered, received, points):
    assert rating2018.answered_points(answered, received) == points


@pytest.mark.parametrize(
    ("procedures", "dossiers", "points"),
    [
        (F(2, 10), F(3, 10), 2), (F(19, 100), F(3, 10), 1), (F(1), F(29, 100), 1), (F(1), F(15, 100), 1),
        (F(1), F(14, 100), 0), (None, F(1), None), (F(1), None, None),
    ],
)  # fmt: skip
def test_online(procedures, dossiers, points):
    assert rating2018.online_points(procedures, dossiers) == points


def test_averages_have_one_decimal_and_no_data_is_no_number():
    assert rating2018.average([2, 2, 1]) == Decimal("1.7")
    assert rating2018.average([1, 0, 0, 0]) == Decimal("0.3")
    assert rating2018.average([]) is None


@pytest.mark.parametrize(
    ("total", "name"),
    [("15", "excellent"), ("14.9", "good"), ("9", "fair"), ("6", "average"), ("5.9", "weak")],
)
def test_agency_classes(total, name):
    assert rating2018.agency_class(Decimal(total)) == name


@pytest.mark.parametrize(
    ("total", "name"), [("5", "done"), ("4.9", "mostly"), ("3.5", "mostly"), ("3.4", "partly")]
)
def test_person_classes(total, name):
    assert rating2018.person_class(Decimal(total)) == name

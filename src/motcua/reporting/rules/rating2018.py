"""The rating of officials and agencies of TT 01/2018/TT-VPCP art. 13: nine indicators of 0, 1 or 2 points, historical.

TT 03/2025/TT-VPCP may have changed it (not read). What our data do not tell is None, "no data", and no sum is told as a
whole while one of its indicators is missing.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

INDICATORS = tuple(range(1, 10))
OF_DOSSIER = (1, 2, 3, 4, 6, 7)
OF_AGENCY = (5, 6, 8, 9)
AGENCY_CLASSES = ((15, "excellent"), (12, "good"), (9, "fair"), (6, "average"), (0, "weak"))


def time_points(worth: str) -> int | None:
    """Indicators 1 and 2, time against a limit: early 2, on time 1, late 0; None where no limit runs."""
    return {"early": 2, "on_time": 1, "late": 0}.get(worth)


def contact_points(contacts: int) -> int:
    """Indicator 3: how often the applicant had to be turned to for supplements: never 2, once 1, more 0."""
    return max(0, 2 - contacts)


def answered_points(answered: int, received: int) -> int | None:
    """Indicator 8, feedback answered: all 2, at least nine in ten 1, else 0; None when there was none."""
    if not received:
        return None
    if answered >= received:
        return 2
    return 1 if Fraction(answered, received) >= Fraction(9, 10) else 0


def online_points(procedures: Fraction | None, dossiers: Fraction | None) -> int | None:
    """Indicator 9: at least 20 % of procedures and 30 % of dossiers online 2; dossiers from 15 % up 1; else 0."""
    if procedures is None or dossiers is None:
        return None
    if procedures >= Fraction(20, 100) and dossiers >= Fraction(30, 100):
        return 2
    return 1 if dossiers >= Fraction(15, 100) else 0


def average(points: Iterable[int]) -> Decimal | None:
    """The average of an indicator over dossiers, one decimal, half up; None without any."""
    rows = list(points)
    return average_of(sum(rows), len(rows))


def average_of(total: int, count: int) -> Decimal | None:
    """The same from a sum and a count."""
    if not count:
        return None
    return (Decimal(total) / Decimal(count)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def person_class(sum_of_averages: Decimal) -> str:
    """done (fully), mostly (70 to under 100 %), partly (under 70 %): the sum over the dossier indicators used."""
    if sum_of_averages >= 5:
        return "done"
    return "mostly" if sum_of_averages >= Decimal("3.5") else "partly"


def agency_class(total: Decimal) -> str:
    """excellent (xuất sắc), good (tốt), fair (khá), average (trung bình), weak (yếu)."""
    return next(name for least, name in AGENCY_CLASSES if total >= least)

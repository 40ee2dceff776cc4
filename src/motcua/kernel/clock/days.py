"""A day that differs from the plain week: a holiday, a day made up, a Saturday that is worked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day on which offices are closed. `kind`: statutory, compensatory or swapped_day_off.

    `status` other than "confirmed" makes every date that rests on this day provisional.
    """

    name_vi: str
    name_en: str
    kind: str = "statutory"
    status: str = CONFIRMED
    source: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class WorkedDay:
    """A weekly rest day that is worked, usually a Saturday, in lieu of the day off `in_lieu_of`."""

    in_lieu_of: date | None = None
    status: str = CONFIRMED
    source: str = ""
    note_vi: str = ""
    note_en: str = ""

"""How long a procedure may take: a number and a unit, or "same day", or a limit that is not fixed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from motcua.kernel.clock.errors import ClockProblem

# Ten years of days: far above any limit in the national catalogue, low enough to refuse a typing slip.
LIMIT_MAX = 3650

_FORM = re.compile(r"^(?:(\d{1,9})\s+)?([a-z]+(?:[ _-][a-z]+)?)$", re.ASCII)


class Unit(StrEnum):
    """Units in which law and packs write limits."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    WORKING_HOURS = "working_hours"
    MONTHS = "months"
    SAME_DAY = "same_day"


# "hours" is how packs write working hours; the singular is what people type.
_ALIASES = {
    "hours": Unit.WORKING_HOURS,
    "hour": Unit.WORKING_HOURS,
    "working_hour": Unit.WORKING_HOURS,
    "working_day": Unit.WORKING_DAYS,
    "calendar_day": Unit.CALENDAR_DAYS,
    "month": Unit.MONTHS,
    **{unit.value: unit for unit in Unit},
}


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit; `value` None with a unit other than same_day means "not fixed by the source".

    Raises ClockProblem for a number outside 1..LIMIT_MAX. A same-day limit carries no number.
    """

    value: int | None
    unit: Unit

    def __post_init__(self) -> None:
        if self.unit is Unit.SAME_DAY:
            if self.value is not None:
                raise ClockProblem("clock.same_day_number")
        elif self.value is not None and not 1 <= self.value <= LIMIT_MAX:
            raise ClockProblem("clock.limit_number", found=self.value, most=LIMIT_MAX)

    @property
    def is_fixed(self) -> bool:
        """Whether a due date can be derived from this limit."""
        return self.value is not None or self.unit is Unit.SAME_DAY

    @classmethod
    def parse(cls, text: str) -> Limit:
        """Read "3 working_days", "1 month" or "same_day". Raises ClockProblem, naming the allowed units."""
        found = _FORM.match(text.strip().lower())
        number, name = found.groups() if found else (None, "")
        unit = _ALIASES.get(re.sub(r"[ -]", "_", name))
        if unit is None or (number is None and unit is not Unit.SAME_DAY):
            raise ClockProblem("clock.limit_form", text=text, allowed=", ".join(Unit))
        return cls(int(number) if number else None, unit)

    @classmethod
    def from_pack(cls, time_limit: Mapping[str, Any] | None) -> Limit:
        """Read a pack's `time_limit: {value, unit, notes}`.

        Packs write `value: 1` beside same_day and `hours` for working hours. No time limit at all is a limit
        that is not fixed. Raises ClockProblem for another unit or a value that is no whole number.
        """
        if not time_limit:
            return cls(None, Unit.WORKING_DAYS)
        unit, value = _ALIASES.get(str(time_limit.get("unit"))), time_limit.get("value")
        if unit is None or (value is not None and type(value) is not int):
            raise ClockProblem(
                "clock.limit_form",
                text=f"{value} {time_limit.get('unit')}",
                allowed=", ".join((*Unit, "hours")),
            )
        return cls(None if unit is Unit.SAME_DAY else value, unit)

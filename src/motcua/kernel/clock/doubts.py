"""What makes a date provisional: a year nobody has announced, or a day nobody has confirmed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date

from motcua.kernel.clock.calendar import Calendar
from motcua.kernel.clock.outcome import Line


def doubt_lines(ranges: Iterable[tuple[date, date]], calendar: Calendar) -> list[Line]:
    """Return a line per doubt on which a count over `ranges` (inclusive days) rests; none if it is certain.

    A year without a calendar is counted with plain weekends, an estimated year with its estimate; both are
    told, never silently guessed.
    """
    years, days = set(), set()
    for first, last in ranges:
        for year in range(first.year, last.year + 1):
            if year not in calendar.years:
                years.add((year, "year_missing"))
            elif year in calendar.estimated_years:
                years.add((year, "year_estimated"))
            elif doubtful := calendar.table(year).doubtful:
                days.update(doubtful[bisect_left(doubtful, first) : bisect_right(doubtful, last)])
    lines = [Line(code, None, {"year": year}, True) for year, code in sorted(years)]
    return lines + [Line("day_unconfirmed", day, {}, True) for day in sorted(days)]

"""By when an apology for lateness has to leave, and from when the dossier has to stand out."""

from __future__ import annotations

from datetime import date, timedelta

from motcua.kernel.clock.calendar import ONE_DAY, Calendar


def apology_by(due_on: date, notice_days: int, calendar: Calendar) -> date:
    """The last day on which an apology for the promise `due_on` may leave (Decree 61/2018 art. 19(9)).

    `notice_days` before the promise at the latest; where that day is closed, the open day before it: nobody sends
    or reads a letter of the office on a Sunday. A promise for Monday 19/10 is put off by Friday 16/10.
    """
    day = due_on - timedelta(days=notice_days)
    for _ in range(366):
        if calendar.is_open_day(day):
            return day
        day -= ONE_DAY
    return due_on - timedelta(days=notice_days)


def remind_until(today: date, calendar: Calendar) -> date:
    """Up to which last day for apologising a list shown on `today` reaches: the next open day.

    So each dossier stands on the list one working day before the last one at the latest, and on the last one itself.
    """
    return calendar.next_open_day(today + ONE_DAY)

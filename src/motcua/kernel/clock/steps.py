"""Limits inside the limit: the steps of a procedure, the transfer, the moment by which a supplement is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate

from motcua.kernel.clock.calendar import ONE_DAY, Calendar
from motcua.kernel.clock.count import counter_for
from motcua.kernel.clock.errors import ClockProblem
from motcua.kernel.clock.limits import Limit, Unit
from motcua.kernel.clock.rules import ClockRules
from motcua.kernel.clock.zone import local, wall


def step_dues(
    limit: Limit, shares: Sequence[float], start: datetime, calendar: Calendar, rules: ClockRules
) -> list[datetime]:
    """Return for each step the moment by which it should be done, aware, in Asia/Ho_Chi_Minh.

    `shares` divide the office time between `start` and the due moment (they need not add up to 1); the last
    step ends exactly at the due moment. A limit that is not fixed gives an empty list. Raises ClockProblem
    for shares below 0 or all 0.
    """
    whole = sum(shares)
    if not shares or min(shares) < 0 or not 0 < whole < float("inf"):
        raise ClockProblem("clock.shares")
    if not limit.is_fixed:
        return []
    begun = wall(start)
    counter = counter_for(limit, calendar, rules.cutoff)
    due = counter.due(counter.begin(begun))
    office_time = calendar.open_time_between(begun, due)
    spans = [office_time * (share / whole) for share in accumulate(shares)]
    moments = [min(due, calendar.add_open_time(begun, span)) for span in spans]
    last = max(place for place, share in enumerate(shares) if share > 0)
    return [local(due if place >= last else moment) for place, moment in enumerate(moments)]


def transfer_due(received_at: datetime, calendar: Calendar, rules: ClockRules) -> datetime:
    """By when a received dossier is handed to the competent unit (Decree 61/2018 art. 18); aware.

    Received up to the cut-off hour (15:00, inclusive): the closing of that day. Later, or on a closed day:
    "at the start of the next working day", which is measured as the end of that day's first session, since
    nobody can hand anything over in the very minute of opening.
    """
    received = wall(received_at)
    moment = calendar.next_open_moment(received)
    if moment.date() == received.date():
        if moment.time() <= rules.cutoff:
            return local(calendar.closing(moment.date()))
        moment = calendar.opening(calendar.next_open_day(moment.date() + ONE_DAY))
    return local(datetime.combine(moment.date(), calendar.sessions_on(moment.date())[0][1]))


def ask_supplement_by(received_at: datetime, calendar: Calendar, rules: ClockRules) -> datetime:
    """By when a unit sends a dossier back for a supplement: three working days (Decree 61/2018 art. 19(4)); aware."""
    counter = counter_for(Limit(rules.ask_supplement_days, Unit.WORKING_DAYS), calendar, rules.cutoff)
    return local(counter.due(counter.begin(wall(received_at))))

"""The legal clock: from clock events (rows) to a due date that explains itself in words.

`derive` is the one engine. A `Calendar` says which days are open and when; a `Limit` how long; `ClockRules`
what the procedure's law settles. Nothing here knows a dossier, a database or the present time. A date that
rests on an unconfirmed day or on a year without a calendar is *provisional* and says why.
"""

from motcua.kernel.clock.apology import apology_by, remind_until
from motcua.kernel.clock.calendar import Calendar, DayOff, WorkedDay, next_open_moment
from motcua.kernel.clock.derive import derive
from motcua.kernel.clock.errors import ClockProblem
from motcua.kernel.clock.events import Event, Kind
from motcua.kernel.clock.left import TimeLeft, extension_problem, time_left, working_days_between
from motcua.kernel.clock.limits import Limit, Unit
from motcua.kernel.clock.outcome import Deadline, Line, line_from_data, line_to_data
from motcua.kernel.clock.rules import ClockRules, answer_event
from motcua.kernel.clock.steps import ask_supplement_by, step_dues, transfer_due
from motcua.kernel.clock.words import say, say_day, say_limit
from motcua.kernel.clock.zone import TZ, local

__all__ = [
    "TZ",
    "Calendar",
    "ClockProblem",
    "ClockRules",
    "DayOff",
    "Deadline",
    "Event",
    "Kind",
    "Limit",
    "Line",
    "TimeLeft",
    "Unit",
    "WorkedDay",
    "answer_event",
    "apology_by",
    "ask_supplement_by",
    "derive",
    "extension_problem",
    "line_from_data",
    "line_to_data",
    "local",
    "next_open_moment",
    "remind_until",
    "say",
    "say_day",
    "say_limit",
    "step_dues",
    "time_left",
    "transfer_due",
    "working_days_between",
]

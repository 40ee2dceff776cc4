"""A slow second opinion on due dates. It walks day by day, or minute by minute, through the raw pack documents.

Written from the rules, not from the engine, and sharing no code with it: it must stay stupid to stay trustworthy.
"""

from datetime import date, datetime, time, timedelta

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class SlowOffice:
    """Knows of each day whether it is worked and of each minute whether the counter is open."""

    def __init__(self, holidays: dict, hours: dict) -> None:
        data = holidays["holidays"]
        self.off = {row["date"] for year in data["years"] for row in year["days_off"]}
        self.swapped = {row["date"]: row["in_lieu_of"] for row in data["working_days_swapped"]}
        self.hours = hours["sessions"]

    def worked(self, day: date) -> bool:
        text = day.isoformat()
        if text in self.swapped:
            return True
        return day.isoweekday() < 6 and text not in self.off

    def open_minute(self, moment: datetime) -> bool:
        """Whether the minute that begins at `moment` is office time."""
        if not self.worked(moment.date()):
            return False
        text = self.swapped.get(moment.date().isoformat())
        like = date.fromisoformat(text) if text else moment.date()
        clock = moment.strftime("%H:%M")
        return any(start <= clock < end for start, end in self.hours[NAMES[like.weekday()]])

    def first_worked(self, day: date) -> date:
        while not self.worked(day):
            day += DAY
        return day

    def closing(self, day: date) -> datetime:
        moment = datetime.combine(day, time(23, 59))
        while not self.open_minute(moment):
            moment -= MINUTE
        return moment + MINUTE


def slow_due(office, unit, number, received, asked=None, answered=None, how="restart"):
    """The due moment, naive Vietnamese time. All times naive, whole minutes."""
    if asked is not None and how == "restart":
        return slow_due(office, unit, number, answered)
    if unit == "working_hours":
        return _walk_minutes(office, number * 60, received, asked, answered)
    if unit == "same_day":
        return office.closing(_same_day(office, received))
    if unit == "months":
        number = _days_in_months(office.first_worked(received.date()), number)
    every_day = unit != "working_days"
    return office.closing(_walk_days(office, number, every_day, received, asked, answered))


def _walk_days(office, number, every_day, received, asked, answered):
    begin = office.first_worked(received.date())
    stop = office.first_worked(asked.date()) if asked else None
    go = office.first_worked(answered.date()) if asked else None
    if asked and asked.date() > _walk_days(office, number, every_day, received, None, None):
        stop = go = None
    day, counted, running = begin, 0, True
    while True:
        if day > begin and running and (every_day or office.worked(day)):
            counted += 1
        if day == stop:
            running = False
        if day == go:
            running = True
        if running and counted >= number and office.worked(day):
            return day
        day += DAY


def _walk_minutes(office, minutes, received, asked, answered):
    moment, counted = received, 0
    while counted < minutes:
        paused = asked is not None and asked <= moment < answered
        if not paused and office.open_minute(moment):
            counted += 1
        moment += MINUTE
    if asked is not None and moment == asked and answered > asked:
        moment = answered
        while not office.open_minute(moment):
            moment += MINUTE
    return moment


def _same_day(office, received):
    moment = received
    while not office.open_minute(moment):
        moment += MINUTE
    if moment.hour * 60 + moment.minute <= 15 * 60:
        return moment.date()
    return office.first_worked(moment.date() + DAY)


def _days_in_months(begin, months):
    """How many days lie between `begin` and the same day number that many months later."""
    wanted_year, wanted_month = begin.year, begin.month
    for _ in range(months):
        wanted_month += 1
        if wanted_month == 13:
            wanted_year, wanted_month = wanted_year + 1, 1
    day = begin
    while (day.year, day.month) != (wanted_year, wanted_month):
        day += DAY
    while day.day < begin.day and (day + DAY).month == wanted_month:
        day += DAY
    return (day - begin).days

"""Building calendars from packs: what is read, what is refused and how."""

import copy
import pickle
from datetime import date, time

import pytest

from motcua.kernel.clock import Calendar, ClockProblem, DayOff, WorkedDay
from tests.kernel.clock.factories import due, holidays, hours, national

pytestmark = pytest.mark.kernel

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")


def test_the_national_calendar_knows_its_days():
    calendar = national()
    assert calendar.years == frozenset(range(2022, 2028))
    assert calendar.estimated_years == frozenset({2027})
    culture_day = calendar.note(date(2026, 11, 24))
    assert isinstance(culture_day, DayOff)
    assert (culture_day.name_vi, culture_day.status) == ("Ngày Văn hóa Việt Nam", "needs_confirmation")
    saturday = calendar.note(date(2026, 8, 22))
    assert isinstance(saturday, WorkedDay)
    assert saturday.in_lieu_of == date(2026, 8, 31)
    assert calendar.note(date(2026, 10, 5)) is None


def test_two_calendars_with_the_same_days_are_two_calendars():
    one, other = (Calendar.from_documents(holidays(), hours(), "vn") for _ in range(2))
    assert one != other
    assert len({one, other, one}) == 2


def test_without_an_hours_document_the_national_hours_hold():
    calendar = Calendar.from_documents(holidays(), None, "vn")
    assert calendar.sessions_on(date(2026, 10, 5)) == ((time(7), time(11, 30)), (time(13, 30), time(17)))
    assert calendar.sessions == national().sessions


def test_an_agency_has_its_own_hours():
    own = {"sessions": {day: [["07:30", "12:00"], ["13:00", "16:30"]] for day in WEEK}}
    own["sessions"]["friday"] = [["07:30", "11:30"]]
    calendar = Calendar.from_documents(holidays(), own, "vn")
    assert due("3 working_days", "2026-10-05T09:00", calendar).due_at.time() == time(16, 30)
    assert due("4 working_days", "2026-10-05T09:00", calendar).due_at.time() == time(11, 30)
    assert due("same_day", "2026-10-09T14:00", calendar).due_on == date(
        2026, 10, 12
    )  # closed on Friday afternoons


def test_an_open_saturday_morning_does_not_change_the_counting_of_days():
    own = copy.deepcopy(hours())
    own["sessions"]["saturday"] = [["07:30", "11:00"]]
    calendar = Calendar.from_documents(holidays(), own, "vn")
    assert not calendar.is_open_day(date(2026, 10, 10))
    assert due("1 working_days", "2026-10-09T09:00", calendar).due_on == date(2026, 10, 12)
    assert calendar.sessions_on(date(2026, 8, 22)) == calendar.sessions_on(date(2026, 8, 24))


def test_a_year_without_days_off_is_not_loaded():
    document = {
        "years": [{"year": 2026, "days_off": []}, {"year": 2027, "days_off": [{"date": "2027-01-01"}]}]
    }
    assert Calendar.from_documents(document, None, "x").years == frozenset({2027})


def test_a_year_is_estimated_when_none_of_its_days_is_confirmed():
    days = [{"date": date(2028, 1, 1), "status": "estimated"}]
    calendar = Calendar.from_documents({"years": [{"year": 2028, "days_off": days}]}, None, "x")
    assert calendar.estimated_years == frozenset({2028})


def _with(**changes):
    document = {"meta": {"weekend": ["saturday", "sunday"]}, "years": [], "working_days_swapped": []}
    return {**document, **changes}


def _year(**day):
    return _with(years=[{"year": 2026, "days_off": [{"date": "2026-01-01", **day}]}])


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({"holidays": "none"}, "holidays"),
        (_with(years="2026"), "years"),
        (_with(years=[{"year": "2026"}]), "years[].year"),
        (_with(years=[{"year": 2026, "status": "sure", "days_off": []}]), "years[2026].status"),
        (_year(date="1 January"), "years[2026].days_off[].date"),
        (_year(date="2025-01-01"), "years[2026].days_off[].date"),
        (_year(status="maybe"), "years[2026].days_off[2026-01-01].status"),
        (
            _with(years=[{"year": 2026, "days_off": [{"date": "2026-01-01"}] * 2}]),
            "years[2026].days_off[].date",
        ),
        (_with(working_days_swapped=[{"date": "2026-08-24"}]), "working_days_swapped[2026-08-24]"),
        (_with(meta={"weekend": ["samedi"]}), "meta.weekend"),
        (_with(meta={"weekend": [*WEEK, "saturday", "sunday"]}), "meta.weekend"),
    ],
)
def test_a_wrong_holiday_document_is_refused_with_its_place(document, place):
    with pytest.raises(ClockProblem) as refused:
        Calendar.from_documents(document, None, "thử")
    assert refused.value.code == "clock.calendar"
    assert refused.value.params["place"] == place
    assert "thử" in refused.value.say("vi")


@pytest.mark.parametrize(
    "sessions",
    [
        None,
        {"monday": [["07:00", "11:30"]]},  # four weekdays missing
        {**{day: [["07:00", "17:00"]] for day in WEEK}, "someday": []},
        {**{day: [["07:00", "17:00"]] for day in WEEK}, "friday": [["17:00", "07:00"]]},
        {**{day: [["07:00", "17:00"]] for day in WEEK}, "friday": [["07:00", "12:00"], ["11:00", "17:00"]]},
        {**{day: [["07:00", "17:00"]] for day in WEEK}, "friday": [["seven", "17:00"]]},
        {**{day: [["07:00", "17:00"]] for day in WEEK}, "friday": [[420, 1020]]},  # unquoted 07:00 in YAML
        {**{day: [["07:00", "17:00"]] for day in WEEK}, "friday": "always"},
    ],
)
def test_wrong_hours_are_refused(sessions):
    with pytest.raises(ClockProblem) as refused:
        Calendar.from_documents(holidays(), {"sessions": sessions}, "vn")
    assert refused.value.params["place"].startswith("sessions")


def test_a_calendar_without_any_open_day_is_refused():
    days = [
        {"date": str(date.fromordinal(day))}
        for day in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())
    ]
    calendar = Calendar.from_documents({"years": [{"year": 2026, "days_off": days}]}, None, "nghỉ")
    with pytest.raises(ClockProblem) as refused:
        due("3 working_days", "2025-12-30T09:00", calendar)
    assert refused.value.code == "clock.no_open_day"


def test_a_problem_survives_another_process():
    problem = ClockProblem("clock.limit_number", found=0, most=3650)
    again = pickle.loads(pickle.dumps(problem))  # noqa: S301 - our own bytes
    assert (again.code, again.params, str(again)) == (problem.code, problem.params, str(problem))

"""When a date is only provisional, and that the engine never guesses in silence."""

import copy
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.clock import Calendar
from tests.kernel.clock.factories import due, holidays, hours, national, supplemented, told

pytestmark = pytest.mark.kernel


@pytest.mark.parametrize(
    ("received", "limit", "provisional"),
    [
        ("2026-11-19T09:00", "2 working_days", False),  # due Mon 23/11, the day before
        ("2026-11-20T09:00", "2 working_days", True),  # due Wed 25/11 only because 24/11 is off
        ("2026-11-24T09:00", "3 working_days", True),  # received on the unconfirmed day
        ("2026-11-25T09:00", "3 working_days", False),
        ("2026-11-20T09:00", "10 calendar_days", False),  # ends Mon 30/11; the holiday inside changes nothing
        ("2026-11-20T09:00", "4 calendar_days", True),  # would end on 24/11
        ("2026-10-23T09:00", "1 months", False),
        ("2026-10-24T09:00", "1 months", False),  # received Sat, ends Thu 26/11
        ("2026-10-26T09:00", "21 working_days", True),
        ("2026-11-23T15:30", "same_day", True),
        ("2026-11-23T15:00", "same_day", False),
        ("2026-11-23T15:30", "4 working_hours", True),
        ("2026-12-28T09:00", "3 working_days", False),  # due 31/12/2026
        ("2026-12-28T09:00", "4 working_days", True),  # into 2027, an estimate
        ("2027-06-01T09:00", "3 working_days", True),
        ("2026-12-01T09:00", "60 calendar_days", True),  # ends in 2027
        ("2028-03-01T09:00", "3 working_days", True),  # no calendar at all
        ("2021-03-01T09:00", "3 working_days", True),
    ],
)
def test_a_date_is_provisional_exactly_when_a_doubt_decides_it(received, limit, provisional):
    assert due(limit, received).provisional is provisional


def test_a_missing_year_is_counted_with_plain_weekends_and_named():
    deadline = due("3 working_days", "2028-04-28T09:00")
    assert deadline.due_on == date(2028, 5, 3)  # 1/5 would be a holiday: nobody has loaded it
    assert "tạm tính: chưa có lịch nghỉ năm 2028, mới chỉ trừ ngày nghỉ hằng tuần" in told(deadline)
    assert "provisional: no calendar of days off is loaded for 2028; only weekends were skipped" in told(
        deadline, "en"
    )


def test_an_estimated_year_is_named():
    words = told(due("10 working_days", "2027-02-01T09:00"))
    assert "04/02–08/02 nghỉ Tết Âm lịch (ước tính)" in words
    assert "tạm tính: lịch nghỉ năm 2027 mới là ước tính, chưa có thông báo chính thức" in words


def test_a_doubt_that_was_only_waited_through_does_not_count():
    waited = supplemented(
        "10 working_days", "2026-11-16T09:00", "2026-11-18T09:00", "2026-11-30T09:00", "pause"
    )
    assert not waited.provisional
    again = supplemented(
        "3 working_days", "2026-11-20T09:00", "2026-11-25T09:00", "2026-11-30T09:00", "restart"
    )
    assert not again.provisional
    used = supplemented(
        "10 working_days", "2026-11-20T09:00", "2026-11-25T09:00", "2026-11-30T09:00", "pause"
    )
    assert used.provisional


def test_a_confirmed_calendar_ends_the_doubt():
    document = copy.deepcopy(holidays())
    for year in document["holidays"]["years"]:
        for day in year["days_off"]:
            if day["date"] == "2026-11-24":
                day["status"] = "confirmed"
    calendar = Calendar.from_documents(document, hours(), "vn")
    deadline = due("3 working_days", "2026-11-20T09:00", calendar)
    assert not deadline.provisional
    assert deadline.due_on == date(2026, 11, 26)


def test_unconfirmed_says_only_what_matters():
    assert national().unconfirmed(date(2026, 11, 24))
    assert not national().unconfirmed(date(2026, 2, 17))
    assert not national().unconfirmed(date(2027, 2, 6))  # a Saturday in any case
    assert national().loaded(2026)
    assert not national().loaded(2028)


def _without_24_november():
    document = copy.deepcopy(holidays())
    for year in document["holidays"]["years"]:
        year["days_off"] = [day for day in year["days_off"] if day["date"] != "2026-11-24"]
    return Calendar.from_documents(document, hours(), "vn")


WITHOUT = _without_24_november()


@given(
    day=st.dates(date(2026, 10, 1), date(2026, 12, 20)),
    hour=st.integers(0, 23),
    unit=st.sampled_from(["working_days", "calendar_days", "working_hours", "months", "same_day"]),
    number=st.integers(1, 30),
)
def test_what_could_still_change_is_always_marked(day, hour, unit, number):
    limit = "same_day" if unit == "same_day" else f"{1 if unit == 'months' else number} {unit}"
    received = f"{day}T{hour:02}:00"
    with_holiday, without = due(limit, received), due(limit, received, WITHOUT)
    if with_holiday.due_at != without.due_at:
        assert with_holiday.provisional

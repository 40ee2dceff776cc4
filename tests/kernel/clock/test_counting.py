"""How the units are counted: closed days, cut-off hour, holidays, swaps, ends of months and years."""

from datetime import UTC, date, datetime, timedelta

import pytest

from motcua.kernel.clock import Event, Kind, Limit, derive, next_open_moment
from tests.kernel.clock.factories import at, due, national, told

pytestmark = pytest.mark.kernel


@pytest.mark.parametrize("hour", ["06:30", "08:00", "15:00", "15:01", "16:59", "18:30", "23:59"])
def test_the_day_of_reception_never_counts_whatever_the_hour(hour):
    assert due("3 working_days", f"2026-10-05T{hour}").due_on == date(2026, 10, 8)
    assert due("3 calendar_days", f"2026-10-05T{hour}").due_on == date(2026, 10, 8)
    assert due("1 months", f"2026-10-05T{hour}").due_on == date(2026, 11, 5)


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ("1 working_days", "2026-10-13T17:00"),
        ("3 calendar_days", "2026-10-15T17:00"),
        ("1 months", "2026-11-12T17:00"),
        ("4 working_hours", "2026-10-12T11:00"),
        ("same_day", "2026-10-12T17:00"),
    ],
)
def test_a_reception_on_a_saturday_counts_as_monday_opening(limit, expected):
    deadline = due(limit, "2026-10-10T16:30")
    assert deadline.due_at == at(expected)
    if limit != "4 working_hours":
        assert "thứ Bảy 10/10 là ngày nghỉ nên tính vào đầu giờ thứ Hai 12/10" in told(deadline)


def test_a_reception_in_tet_counts_as_the_first_day_after_it():
    deadline = due("2 working_days", "2026-02-17T09:00")
    assert deadline.due_on == date(2026, 2, 25)
    assert "17/02–20/02 nghỉ Tết Âm lịch" in told(deadline)
    assert "thứ Ba 17/02 là ngày nghỉ nên tính vào đầu giờ thứ Hai 23/02" in told(deadline)


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-10-05T07:00", date(2026, 10, 5)),
        ("2026-10-05T06:00", date(2026, 10, 5)),  # before opening: the day itself
        ("2026-10-05T12:15", date(2026, 10, 5)),  # lunch break: 13:30
        ("2026-10-05T15:00", date(2026, 10, 5)),  # exactly 15:00 is not "after 15:00"
        ("2026-10-05T15:00:01", date(2026, 10, 6)),
        ("2026-10-05T20:00", date(2026, 10, 6)),
        ("2026-10-09T15:30", date(2026, 10, 12)),  # Friday afternoon
        ("2026-10-10T16:00", date(2026, 10, 12)),  # Saturday: Monday's opening is before the cut-off
        ("2026-08-21T16:00", date(2026, 8, 22)),  # Friday afternoon before a worked Saturday
        ("2026-04-29T15:01", date(2026, 5, 4)),  # over 30/4 and 1/5
    ],
)
def test_same_day_procedures_and_the_cut_off(received, expected):
    deadline = due("same_day", received)
    assert deadline.due_on == expected
    assert (deadline.due_at.hour, deadline.due_at.minute) == (17, 0)


def test_same_day_says_which_side_of_the_cut_off():
    assert "nhận đến hết 15:00 nên trả trong ngày thứ Hai 05/10 (NĐ 61/2018 Điều 18)" in told(
        due("same_day", "2026-10-05T15:00")
    )
    assert (
        "received after 15:00 on Mon 05/10, so it is due on the next working day (Decree 61/2018 art. 18)"
        in told(due("same_day", "2026-10-05T15:01"), "en")
    )


@pytest.mark.parametrize(
    ("received", "months", "expected"),
    [
        ("2026-03-31T09:00", 1, date(2026, 5, 4)),  # 30/4 is the last day of April, a holiday: to 4/5
        ("2025-12-31T09:00", 2, date(2026, 3, 2)),  # 28/2/2026 is a Saturday
        ("2024-01-31T09:00", 1, date(2024, 2, 29)),  # leap year
        ("2024-02-29T09:00", 12, date(2025, 2, 28)),
        ("2024-02-29T09:00", 1, date(2024, 3, 29)),
        ("2025-10-15T09:00", 3, date(2026, 1, 15)),  # over the year's end
        ("2026-08-31T09:00", 1, date(2026, 10, 5)),  # 31/8 is off: received 3/9, ends Sat 3/10
    ],
)
def test_months_end_on_the_same_number_or_the_last_day(received, months, expected):
    assert due(f"{months} months", received).due_on == expected


def test_months_cite_the_article():
    assert "đủ 1 tháng vào thứ Năm 29/02 (Bộ luật Dân sự 2015 Điều 148 khoản 3)" in told(
        due("1 month", "2024-01-31T09:00")
    )


@pytest.mark.parametrize(
    ("received", "limit", "expected"),
    [
        ("2026-01-08T09:00", "2 working_days", date(2026, 1, 10)),  # Sat 10/1 worked for 2/1
        ("2025-12-30T09:00", "3 working_days", date(2026, 1, 6)),  # 1/1 and the swapped 2/1 off
        ("2025-04-25T09:00", "1 working_days", date(2025, 4, 26)),  # Sat 26/4 worked for 2/5
        ("2025-04-29T09:00", "1 working_days", date(2025, 5, 5)),
        ("2024-05-03T09:00", "1 calendar_days", date(2024, 5, 4)),  # ends on a worked Saturday: no roll
        ("2026-08-28T09:00", "1 working_days", date(2026, 9, 3)),  # 31/8, 1/9, 2/9 off
        ("2024-12-31T09:00", "1 working_days", date(2025, 1, 2)),
        ("2026-02-13T09:00", "1 calendar_days", date(2026, 2, 23)),  # the Saturday before Tết
    ],
)
def test_swapped_days_and_year_ends(received, limit, expected):
    assert due(limit, received).due_on == expected


def test_a_worked_saturday_keeps_the_hours_of_the_day_it_replaces():
    deadline = due("8 working_hours", "2026-08-21T17:00")
    assert deadline.due_at == at("2026-08-22T17:00")


@pytest.mark.parametrize(
    ("received", "hours", "expected"),
    [
        ("2026-10-05T06:00", 1, "2026-10-05T08:00"),  # before opening
        ("2026-10-05T11:30", 1, "2026-10-05T14:30"),  # in the lunch break
        ("2026-10-05T11:00", 1, "2026-10-05T14:00"),  # across it
        ("2026-10-05T17:00", 1, "2026-10-06T08:00"),  # at closing
        ("2026-10-05T13:30", 8, "2026-10-06T11:30"),  # used up exactly at the end of a session
        ("2026-10-09T16:30", 1, "2026-10-12T07:30"),  # over a weekend
        ("2025-12-31T16:00", 2, "2026-01-05T08:00"),  # over the year's end
    ],
)
def test_working_hours_run_only_in_office_hours(received, hours, expected):
    assert due(f"{hours} working_hours", received).due_at == at(expected)


def test_working_hours_tell_the_holiday_on_which_a_dossier_came():
    words = told(due("2 working_hours", "2026-09-02T09:00"))
    assert "02/09 nghỉ Quốc khánh" in words
    assert "hẹn trả thứ Năm 03/09/2026, chậm nhất 09:00" in words


def test_working_days_per_year():
    counts = {
        year: national().open_days_between(date(year - 1, 12, 31), date(year, 12, 31))
        for year in (2024, 2025, 2026)
    }
    assert counts == {2024: 251, 2025: 250, 2026: 249}


def test_a_time_without_offset_is_vietnamese_time():
    naive = derive(
        Limit.parse("2 working_hours"),
        [Event(Kind.START, datetime.fromisoformat("2026-10-05T09:00"))],
        national(),
    )
    utc = derive(
        Limit.parse("2 working_hours"),
        [Event(Kind.START, datetime(2026, 10, 5, 2, 0, tzinfo=UTC))],
        national(),
    )
    assert naive.due_at == utc.due_at == at("2026-10-05T11:00")


def test_the_day_is_the_vietnamese_day_of_the_moment():
    late_evening = datetime(2026, 10, 5, 18, 0, tzinfo=UTC)  # 01:00 on the 6th in Viet Nam
    deadline = derive(Limit.parse("1 working_days"), [Event(Kind.START, late_evening)], national())
    assert deadline.due_on == date(2026, 10, 7)


def test_next_open_moment_is_aware_and_open():
    assert next_open_moment(at("2026-10-05T12:00"), national()) == at("2026-10-05T13:30")
    assert next_open_moment(at("2026-10-05T17:00"), national()) == at("2026-10-06T07:00")
    assert next_open_moment(at("2026-02-14T09:00"), national()) == at("2026-02-23T07:00")
    assert next_open_moment(at("2026-10-05T09:00"), national()).utcoffset() == timedelta(hours=7)


def test_a_limit_that_is_not_fixed_has_no_date():
    deadline = derive(Limit.from_pack(None), [Event(Kind.START, at("2026-10-05T09:00"))], national())
    assert (deadline.due_on, deadline.due_at, deadline.state) == (None, None, "running")
    assert told(deadline)[-1] == "thủ tục chưa có thời hạn cố định nên không có ngày hẹn trả"


def test_days_of_another_year_are_told_with_their_year():
    words = told(due("3 working_days", "2025-12-30T09:00"))
    assert words[1].startswith("tính từ thứ Tư 31/12 ")
    assert "01/01/2026 nghỉ Tết Dương lịch" in words
    assert "02/01/2026 nghỉ Tết Dương lịch (hoán đổi)" in words
    assert "hẹn trả thứ Ba 06/01/2026, chậm nhất 17:00" in words

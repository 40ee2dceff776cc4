"""Dates, money and counts as people read them."""

from datetime import UTC, date, datetime, time

import pytest

from motcua.foundation.ui import words


@pytest.mark.parametrize(
    "value, said",
    [
        (date(2026, 11, 21), "21/11/2026"),
        ("2026-11-21", "21/11/2026"),
        (datetime(2026, 11, 20, 18, 30, tzinfo=UTC), "21/11/2026"),  # already the next day in Viet Nam
        ("31/02/2026", ""),
        (None, ""),
    ],
)
def test_a_date_is_day_month_year_on_the_calendar_of_viet_nam(value, said):
    assert words.say_date(value) == said


def test_a_moment_is_told_in_the_peoples_time():
    moment = datetime(2026, 11, 21, 9, 10, tzinfo=UTC)
    assert words.say_moment(moment, "vi") == "16:10 ngày 21/11/2026"
    assert words.say_moment(moment, "en") == "16:10 on 21/11/2026"
    assert words.say_moment(moment.isoformat(), "vi") == "16:10 ngày 21/11/2026"
    assert words.say_moment(date(2026, 11, 21), "vi") == "21/11/2026"
    assert words.say_time(moment) == "16:10"
    assert words.say_time(time(7, 5)) == "07:05"


def test_weekdays_have_their_names():
    assert words.say_weekday(date(2026, 8, 25), "vi") == "thứ Ba"
    assert words.say_weekday("2026-11-22", "vi") == "Chủ nhật"
    assert words.say_weekday(date(2026, 8, 25), "en") == "Tuesday"


@pytest.mark.parametrize(
    "amount, vi, en",
    [
        (15000, "15.000 đồng", "15,000 VND"),
        (0, "0 đồng", "0 VND"),
        ("1250000", "1.250.000 đồng", "1,250,000 VND"),
        (None, "", ""),
        ("miễn phí", "", ""),
    ],
)
def test_money_is_whole_dong_in_groups(amount, vi, en):
    assert words.say_dong(amount, "vi") == vi
    assert words.say_dong(amount, "en") == en


def test_counts():
    assert words.say_working_days(3, "vi") == "3 ngày làm việc"
    assert words.say_working_days(0.5, "vi") == "0,5 ngày làm việc"
    assert [words.say_working_days(n, "en") for n in (1, 2)] == ["1 working day", "2 working days"]
    assert words.say_number(7512, "vi") == "7.512"
    assert words.say_number(96.57, "vi") == "96,57"
    assert words.say_number(96.5, "en") == "96.5"
    assert words.say_number(None, "vi") == ""
    assert words.say_size(2_480_000, "vi") == "2,4 MB"
    assert words.say_size(310 * 1024, "vi") == "310 kB"
    assert words.say_size(12, "vi") == "12 byte"


def test_a_text_says_which_language_it_is_really_in():
    both, only = {"vi": "Khai sinh", "en": "Birth"}, {"vi": "Khai sinh"}
    assert words.localized(both, "en") == ("Birth", "en")
    assert words.localized(only, "en") == ("Khai sinh", "vi")
    assert words.localized(both, "vi") == ("Khai sinh", "vi")
    assert words.localized("Khai sinh", "en") == ("Khai sinh", "vi")
    assert words.localized(None, "en") == ("", "en")
    assert words.language_of("en-GB") == "en"
    assert words.language_of(None) == "vi"

"""Reading limits and clock rules from people and packs."""

from datetime import date, time

import pytest

from motcua.kernel.clock import ClockProblem, ClockRules, Event, Kind, Limit, Unit, answer_event, say_limit
from tests.kernel.clock.factories import at

pytestmark = pytest.mark.kernel


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 working_days", Limit(3, Unit.WORKING_DAYS)),
        (" 10  calendar_days ", Limit(10, Unit.CALENDAR_DAYS)),
        ("16 working_hours", Limit(16, Unit.WORKING_HOURS)),
        ("1 month", Limit(1, Unit.MONTHS)),
        ("2 Working Days", Limit(2, Unit.WORKING_DAYS)),
        ("4 hours", Limit(4, Unit.WORKING_HOURS)),
        ("same_day", Limit(None, Unit.SAME_DAY)),
    ],
)
def test_limits_as_people_type_them(text, expected):
    assert Limit.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3",
        "working_days",
        "three working_days",
        "3 fortnights",
        "3.5 working_days",
        "-3 working_days",
        "٣ months",
    ],
)
def test_a_limit_in_another_form_is_refused_and_the_units_are_named(text):
    with pytest.raises(ClockProblem) as refused:
        Limit.parse(text)
    assert refused.value.code == "clock.limit_form"
    for unit in Unit:
        assert unit in refused.value.say("vi")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0 working_days", "clock.limit_number"),
        ("3651 calendar_days", "clock.limit_number"),
        ("999999999 months", "clock.limit_number"),
        ("1 same_day", "clock.same_day_number"),
    ],
)
def test_a_number_that_makes_no_sense_is_refused(text, code):
    with pytest.raises(ClockProblem) as refused:
        Limit.parse(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("data", "expected", "fixed"),
    [
        ({"value": 3, "unit": "working_days", "notes": None}, Limit(3, Unit.WORKING_DAYS), True),
        ({"value": 1, "unit": "same_day"}, Limit(None, Unit.SAME_DAY), True),
        ({"value": 1, "unit": "hours"}, Limit(1, Unit.WORKING_HOURS), True),
        ({"value": None, "unit": "calendar_days"}, Limit(None, Unit.CALENDAR_DAYS), False),
        (None, Limit(None, Unit.WORKING_DAYS), False),
    ],
)
def test_limits_as_packs_write_them(data, expected, fixed):
    assert Limit.from_pack(data) == expected
    assert Limit.from_pack(data).is_fixed is fixed


@pytest.mark.parametrize(
    "data", [{"value": 3, "unit": "weeks"}, {"value": "3", "unit": "months"}, {"value": 3}]
)
def test_a_pack_limit_in_another_form_is_refused(data):
    with pytest.raises(ClockProblem) as refused:
        Limit.from_pack(data)
    assert refused.value.code == "clock.limit_form"


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [
        ("3 working_days", "3 ngày làm việc", "3 working days"),
        ("1 calendar_days", "1 ngày", "1 calendar day"),
        ("8 working_hours", "8 giờ làm việc", "8 hours of office time"),
        ("2 months", "2 tháng", "2 months"),
        ("same_day", "trong ngày", "the same day"),
    ],
)
def test_limits_in_words(text, vi, en):
    assert (say_limit(Limit.parse(text), "vi"), say_limit(Limit.parse(text), "en")) == (vi, en)


def test_the_law_is_the_default():
    rules = ClockRules.from_pack(None, date(2026, 11, 21))
    assert rules == ClockRules("restart", "pause", time(15, 0), 1, 3, None)


def test_dated_rules_take_the_row_in_force():
    rows = [
        {"from": "2025-07-01", "on_supplement": "restart", "source": "…"},
        {"from": date(2026, 7, 1), "on_supplement": "pause", "cutoff": "16:00", "supplement_wait_days": 30},
    ]
    assert ClockRules.from_pack(rows, date(2026, 6, 30)).on_supplement == "restart"
    later = ClockRules.from_pack(rows, date(2026, 7, 1))
    assert (later.on_supplement, later.cutoff, later.supplement_wait_days) == ("pause", time(16, 0), 30)
    assert ClockRules.from_pack(rows, date(2025, 1, 1)) == ClockRules()


@pytest.mark.parametrize(
    "data",
    [
        {"on_supplement": "forget"},
        {"on_payment": "stop"},
        {"extensions_max": -1},
        {"extensions_max": "one"},
        {"cutoff": "3 pm"},
        {"ask_supplement_days": 0},
        {"supplement_wait_days": 0},
    ],
)
def test_rules_that_make_no_sense_are_refused(data):
    with pytest.raises(ClockProblem) as refused:
        ClockRules.from_pack(data, date(2026, 11, 21))
    assert refused.value.code == "clock.rules"
    assert next(iter(data)) in refused.value.say("vi")


def test_a_row_without_a_readable_date_is_refused():
    with pytest.raises(ClockProblem):
        ClockRules.from_pack([{"from": "soon"}], date(2026, 11, 21))


@pytest.mark.parametrize(
    ("reason", "kind"),
    [("supplement", Kind.RESTART), ("payment", Kind.RESUME), ("consultation", Kind.RESUME)],
)
def test_the_rules_say_what_ends_a_pause(reason, kind):
    moment = at("2026-10-05T09:00")
    assert answer_event(ClockRules(), moment, reason) == Event(kind, moment, reason)

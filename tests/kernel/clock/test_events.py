"""Pause, resume, restart, extend, stop: the rows from which the date is derived."""

from datetime import date

import pytest

from motcua.kernel.clock import ClockProblem, ClockRules, Event, Kind, Limit, derive
from tests.kernel.clock.factories import at, national, start, supplemented, told

pytestmark = pytest.mark.kernel

TEN_DAYS = Limit.parse("10 working_days")


def pause(text, reason="supplement"):
    return Event(Kind.PAUSE, at(text), reason)


def resume(text, reason="supplement"):
    return Event(Kind.RESUME, at(text), reason)


def restart(text, reason="supplement"):
    return Event(Kind.RESTART, at(text), reason)


def extend(text, until):
    return Event(Kind.EXTEND, at(text), "apology", until)


def stop(text, reason="result"):
    return Event(Kind.STOP, at(text), reason)


def derived(*events, limit=TEN_DAYS, rules=None):
    return derive(limit, [start("2026-10-05T09:00"), *events], national(), rules or ClockRules())


def test_no_events_no_deadline():
    deadline = derive(TEN_DAYS, [], national(), ClockRules())
    assert (deadline.state, deadline.due_on, deadline.lines) == ("none", None, ())


def test_a_paused_clock_has_no_date_and_says_so():
    deadline = derived(pause("2026-10-07T10:00"))
    assert (deadline.state, deadline.due_on, deadline.due_at) == ("paused", None, None)
    assert deadline.original_due_on == date(2026, 10, 19)
    assert deadline.paused_since == at("2026-10-07T10:00")
    assert deadline.paused_for == ("supplement",)
    assert told(deadline)[-1].startswith("đồng hồ đang dừng từ thứ Tư 07/10/2026")


def test_a_pause_on_the_day_of_reception_uses_nothing():
    deadline = derived(pause("2026-10-05T15:00"), resume("2026-10-16T09:00"))
    assert deadline.due_on == date(2026, 10, 30)


def test_asked_on_the_last_day_leaves_only_the_day_of_the_answer():
    deadline = derived(pause("2026-10-19T10:00"), resume("2026-10-22T09:00"))
    assert deadline.due_on == date(2026, 10, 22)


def test_asked_after_the_due_day_moves_nothing_when_paused():
    deadline = derived(pause("2026-10-21T10:00"), resume("2026-10-30T09:00"))
    assert deadline.due_on == date(2026, 10, 19)
    assert any("khi đó đã quá hạn thứ Hai 19/10/2026" in line for line in told(deadline))


def test_two_supplements_add_up():
    deadline = derived(
        pause("2026-10-07T10:00"),
        resume("2026-10-09T09:00"),
        pause("2026-10-13T10:00"),
        resume("2026-10-15T09:00"),
    )
    # 19/10 moved by Thu 8 and Fri 9, then by Wed 14 and Thu 15
    assert deadline.due_on == date(2026, 10, 23)


def test_an_answer_on_a_closed_day_counts_as_the_next_open_moment():
    friday = derived(pause("2026-10-07T10:00"), resume("2026-10-16T09:00"))
    sunday = derived(pause("2026-10-07T10:00"), resume("2026-10-18T09:00"))
    monday = derived(pause("2026-10-07T10:00"), resume("2026-10-19T07:00"))
    assert friday.due_on == date(2026, 10, 28)
    assert sunday.due_on == monday.due_on == date(2026, 10, 29)
    assert "Chủ nhật 18/10 là ngày nghỉ nên tính vào đầu giờ thứ Hai 19/10" in told(sunday)


def test_calendar_days_are_shifted_by_the_wait_then_moved_off_closed_days():
    deadline = supplemented(
        "10 calendar_days", "2026-10-05T09:00", "2026-10-07T10:00", "2026-10-16T09:00", "pause"
    )
    assert deadline.due_on == date(2026, 10, 26)
    assert "đủ 8 ngày còn lại vào thứ Bảy 24/10" in told(deadline)


def test_months_are_shifted_by_the_days_waited():
    deadline = supplemented("1 months", "2026-10-05T09:00", "2026-10-07T10:00", "2026-10-16T09:00", "pause")
    assert deadline.original_due_on == date(2026, 11, 5)
    assert deadline.due_on == date(2026, 11, 16)  # 5/11 and 9 days is Sat 14/11
    assert "đủ 29 ngày còn lại vào thứ Bảy 14/11" in told(deadline)


def test_working_hours_wait_for_the_answer():
    deadline = supplemented(
        "16 working_hours", "2026-10-05T16:00", "2026-10-06T09:00", "2026-10-08T10:00", "pause"
    )
    assert deadline.due_at == at("2026-10-09T17:00")  # 3 h used; of 13 h, 5 on Thu and 8 on Fri


def test_a_same_day_dossier_answered_after_the_cut_off_is_due_the_next_day():
    noon = supplemented("same_day", "2026-10-05T09:00", "2026-10-05T09:30", "2026-10-07T10:00", "pause")
    late = supplemented("same_day", "2026-10-05T09:00", "2026-10-05T09:30", "2026-10-07T15:30", "pause")
    again = supplemented("same_day", "2026-10-05T09:00", "2026-10-05T09:30", "2026-10-07T15:30", "restart")
    assert (noon.due_on, late.due_on, again.due_on) == (
        date(2026, 10, 7),
        date(2026, 10, 8),
        date(2026, 10, 8),
    )


def test_two_reasons_may_overlap_and_both_must_end():
    events = (pause("2026-10-07T10:00"), pause("2026-10-08T10:00", "payment"), resume("2026-10-12T09:00"))
    assert derived(*events).state == "paused"
    assert derived(*events).paused_for == ("payment",)
    assert derived(*events, resume("2026-10-16T09:00", "payment")).due_on == date(2026, 10, 28)


def test_a_restart_under_another_pause_waits_with_the_whole_limit():
    events = (pause("2026-10-07T10:00"), pause("2026-10-08T10:00", "payment"), restart("2026-10-12T09:00"))
    assert derived(*events).state == "paused"
    assert derived(*events, resume("2026-10-16T09:00", "payment")).due_on == date(2026, 10, 30)


def test_every_restart_is_counted():
    deadline = derived(
        pause("2026-10-07T10:00"),
        restart("2026-10-08T10:00"),
        pause("2026-10-09T10:00"),
        restart("2026-10-12T10:00"),
    )
    assert deadline.restarts == 2
    assert deadline.due_on == date(2026, 10, 26)
    assert deadline.original_due_on == date(2026, 10, 19)


def test_one_new_date_may_be_promised():
    deadline = derived(extend("2026-10-16T10:00", date(2026, 10, 23)))
    assert (deadline.due_on, deadline.extensions) == (date(2026, 10, 23), 1)
    assert deadline.due_at == at("2026-10-23T17:00")
    assert (
        "xin lỗi và hẹn lại lần 1 (thứ Sáu 16/10/2026 10:00): ngày trả mới thứ Sáu 23/10/2026 "
        "(NĐ 61/2018 Điều 19 khoản 9)"
    ) in told(deadline)


def test_a_second_new_date_is_refused():
    with pytest.raises(ClockProblem) as refused:
        derived(
            extend("2026-10-16T10:00", date(2026, 10, 23)), extend("2026-10-22T10:00", date(2026, 10, 30))
        )
    assert refused.value.code == "clock.extensions_used_up"
    assert isinstance(refused.value, ValueError)
    assert "hết số lần được phép" in refused.value.say("vi")


def test_the_procedure_may_allow_more():
    events = (extend("2026-10-16T10:00", date(2026, 10, 23)), extend("2026-10-22T10:00", date(2026, 10, 30)))
    assert derived(*events, rules=ClockRules(extensions_max=2)).due_on == date(2026, 10, 30)


def test_a_new_date_on_a_closed_day_moves_to_the_next_open_day():
    deadline = derived(extend("2026-10-16T10:00", date(2026, 10, 24)))
    assert deadline.due_on == date(2026, 10, 26)


def test_a_new_date_that_is_not_later_leaves_the_date():
    deadline = derived(extend("2026-10-16T10:00", date(2026, 10, 15)))
    assert deadline.due_on == date(2026, 10, 19)
    assert deadline.extensions == 1


def test_a_pause_after_the_new_date_shifts_it_too():
    deadline = derived(
        extend("2026-10-16T10:00", date(2026, 10, 23)), pause("2026-10-20T10:00"), resume("2026-10-22T10:00")
    )
    assert deadline.due_on == date(2026, 10, 27)


def test_a_date_may_be_promised_where_no_limit_is_fixed():
    unfixed = Limit.from_pack({"value": None, "unit": "working_days"})
    assert derived(extend("2026-10-16T10:00", date(2026, 10, 23)), limit=unfixed).due_on == date(2026, 10, 23)


def test_stopping_keeps_the_date_that_was_in_force():
    deadline = derived(stop("2026-10-14T10:00"))
    assert (deadline.state, deadline.due_on) == ("stopped", date(2026, 10, 19))
    assert told(deadline)[-1] == "đồng hồ dừng hẳn thứ Tư 14/10/2026 10:00"


def test_stopping_a_paused_clock_leaves_no_date():
    deadline = derived(pause("2026-10-07T10:00"), stop("2026-10-14T10:00"))
    assert (deadline.state, deadline.due_on) == ("stopped", None)


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ((start("2026-10-06T09:00"),), "clock.started_twice"),
        ((resume("2026-10-06T09:00"),), "clock.not_paused"),
        ((pause("2026-10-06T09:00"), resume("2026-10-07T09:00", "payment")), "clock.not_paused"),
        ((pause("2026-10-06T09:00"), restart("2026-10-07T09:00", "payment")), "clock.not_paused"),
        ((pause("2026-10-06T09:00"), pause("2026-10-07T09:00")), "clock.already_paused"),
        ((pause("2026-10-02T09:00"),), "clock.out_of_order"),
        ((stop("2026-10-06T09:00"), pause("2026-10-07T09:00")), "clock.stopped"),
        ((extend("2026-10-06T09:00", None),), "clock.extend_no_date"),
        ((pause("2026-10-06T09:00"), extend("2026-10-07T09:00", date(2026, 10, 30))), "clock.extend_paused"),
    ],
)
def test_events_that_cannot_follow_each_other(events, code):
    with pytest.raises(ClockProblem) as refused:
        derived(*events)
    assert refused.value.code == code
    assert refused.value.say("vi") != refused.value.say("en")


def test_nothing_comes_before_the_start():
    with pytest.raises(ClockProblem) as refused:
        derive(TEN_DAYS, [pause("2026-10-06T09:00")], national())
    assert refused.value.code == "clock.not_started"

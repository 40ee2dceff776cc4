"""The worked examples A to G of the rules on deadlines, with the words that explain them."""

from datetime import date, datetime

import pytest

from motcua.kernel.clock import TZ
from tests.kernel.clock.factories import due, supplemented, told

pytestmark = pytest.mark.kernel


@pytest.mark.parametrize(
    ("received", "limit", "expected", "reason"),
    [
        ("2026-02-12T10:00", "5 working_days", date(2026, 2, 26), "16/02–20/02 nghỉ Tết Âm lịch"),
        ("2026-08-21T10:00", "3 working_days", date(2026, 8, 25), "thứ Bảy 22/08 làm bù cho thứ Hai 31/08"),
        ("2026-11-20T16:10", "3 working_days", date(2026, 11, 26), "24/11 nghỉ Ngày Văn hóa Việt Nam"),
        ("2026-04-20T08:00", "10 calendar_days", date(2026, 5, 4), "ngày thứ 10 là thứ Năm 30/04"),
        ("2026-10-05T16:00", "16 working_hours", date(2026, 10, 7), "1 giờ ngày 05/10, 8 giờ ngày 06/10"),
        ("2026-04-29T09:00", "3 working_days", date(2026, 5, 6), "01/05 nghỉ Ngày Quốc tế lao động"),
    ],
    ids="ABCDFG",
)
def test_due_day_and_its_reason(received, limit, expected, reason):
    deadline = due(limit, received)
    assert deadline.due_on == expected
    assert reason in " · ".join(told(deadline))


@pytest.mark.parametrize(
    ("how", "expected"), [("restart", date(2026, 10, 30)), ("pause", date(2026, 10, 28))]
)
def test_example_e_supplement(how, expected):
    deadline = supplemented(
        "10 working_days", "2026-10-05T09:00", "2026-10-07T15:00", "2026-10-16T08:30", how
    )
    assert deadline.due_on == expected
    assert deadline.original_due_on == date(2026, 10, 19)
    assert deadline.restarts == (1 if how == "restart" else 0)


def test_example_f_ends_at_the_exact_hour():
    deadline = due("16 working_hours", "2026-10-05T16:00")
    assert deadline.due_at == datetime(2026, 10, 7, 16, 0, tzinfo=TZ)


def test_days_end_when_the_office_closes():
    assert due("3 working_days", "2026-08-21T10:00").due_at == datetime(2026, 8, 25, 17, 0, tzinfo=TZ)


def test_only_the_unconfirmed_holiday_makes_an_example_provisional():
    assert due("3 working_days", "2026-11-20T16:10").provisional
    assert not due("3 working_days", "2026-08-21T10:00").provisional
    assert not due("5 working_days", "2026-02-12T10:00").provisional


def test_the_whole_derivation_of_c_in_vietnamese():
    assert told(due("3 working_days", "2026-11-20T16:10")) == [
        "nhận thứ Sáu 20/11/2026 16:10",
        "tính từ thứ Hai 23/11 (ngày nhận không tính: Bộ luật Dân sự 2015 Điều 147 khoản 2)",
        "24/11 nghỉ Ngày Văn hóa Việt Nam (chưa xác nhận); Nghị quyết 28/2026/QH16, Điều 2 (từ 01/7/2026)",
        "trừ 2 ngày nghỉ hằng tuần",
        "đủ 3 ngày làm việc: 23/11, 25/11, 26/11",
        "hẹn trả thứ Năm 26/11/2026, chậm nhất 17:00",
        "lịch nghỉ năm 2026: Thông báo 9441/TB-BNV; Công văn 12729/VPCP-KGVX (25/12/2025); "
        "Công văn 3383/BNV-CVL",
        "tạm tính: thứ Ba 24/11/2026 chưa được xác nhận",
    ]


def test_the_whole_derivation_of_d_in_english():
    assert told(due("10 calendar_days", "2026-04-20T08:00"), "en") == [
        "received Mon 20/04/2026 08:00",
        "counted from Tue 21/04 (the day of reception is not counted: Civil Code 2015 art. 147(2))",
        "day 10 is Thu 30/04",
        "30/04 off: Reunification Day",
        "01/05 off: International Labour Day",
        "Thu 30/04 is a closed day, so the limit ends on the next working day, Mon 04/05 "
        "(Civil Code 2015 art. 148(5))",
        "due Mon 04/05/2026, by 17:00",
        "days off in 2026: Thông báo 9441/TB-BNV; Công văn 12729/VPCP-KGVX (25/12/2025); "
        "Công văn 3383/BNV-CVL",
    ]


def test_the_whole_derivation_of_e_restarted():
    deadline = supplemented(
        "10 working_days", "2026-10-05T09:00", "2026-10-07T15:00", "2026-10-16T08:30", "restart"
    )
    assert told(deadline) == [
        "nhận thứ Hai 05/10/2026 09:00",
        "tính từ thứ Ba 06/10 (ngày nhận không tính: Bộ luật Dân sự 2015 Điều 147 khoản 2)",
        "yêu cầu bổ sung thứ Tư 07/10/2026 15:00: đã dùng 2 ngày làm việc (kể cả ngày yêu cầu), đồng hồ dừng",
        "nhận bổ sung thứ Sáu 16/10/2026 08:30: tính lại từ đầu, 10 ngày làm việc từ thứ Hai 19/10 "
        "(NĐ 61/2018 Điều 19 khoản 4)",
        "trừ 4 ngày nghỉ hằng tuần",
        "đủ 10 ngày làm việc vào thứ Sáu 30/10",
        "hẹn trả thứ Sáu 30/10/2026, chậm nhất 17:00",
    ]


def test_the_whole_derivation_of_e_paused_in_english():
    deadline = supplemented(
        "10 working_days", "2026-10-05T09:00", "2026-10-07T15:00", "2026-10-16T08:30", "pause"
    )
    assert told(deadline, "en") == [
        "received Mon 05/10/2026 09:00",
        "counted from Tue 06/10 (the day of reception is not counted: Civil Code 2015 art. 147(2))",
        "supplement asked Wed 07/10/2026 15:00: 2 working days used (the day of asking included), "
        "the clock stands still",
        "supplement answered Fri 16/10/2026 08:30 (that day is not counted): 8 working days left, "
        "counted from Mon 19/10",
        "4 weekly rest day(s) skipped",
        "8 remaining working day(s) counted, ending on Wed 28/10",
        "due Wed 28/10/2026, by 17:00",
    ]


def test_the_whole_derivation_of_f():
    assert told(due("16 working_hours", "2026-10-05T16:00")) == [
        "nhận thứ Hai 05/10/2026 16:00",
        "tính theo giờ làm việc từ 16:00 thứ Hai 05/10 (Bộ luật Dân sự 2015 Điều 147 khoản 1)",
        "đủ 16 giờ làm việc: 1 giờ ngày 05/10, 8 giờ ngày 06/10, 7 giờ ngày 07/10",
        "hẹn trả thứ Tư 07/10/2026, chậm nhất 16:00",
    ]

"""What the clock refuses: one exception with a code for machines and a sentence in both languages."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "clock.limit_form": (
        "Thời hạn “{text}” không đúng mẫu: ghi số và đơn vị, ví dụ “3 working_days”, hoặc “same_day”. "
        "Đơn vị được dùng: {allowed}.",
        "The limit “{text}” has the wrong form: write a number and a unit such as “3 working_days”, or “same_day”. "
        "Units: {allowed}.",
    ),
    "clock.limit_number": (
        "Số của thời hạn là {found}; số hợp lệ từ 1 đến {most}.",
        "The number of the limit is {found}; it must be from 1 to {most}.",
    ),
    "clock.same_day_number": (
        "Thời hạn “trong ngày” (same_day) không kèm số.",
        "The limit same_day takes no number.",
    ),
    "clock.rules": (
        "Quy tắc đồng hồ: {name} là {found}; giá trị hợp lệ: {allowed}.",
        "Clock rules: {name} is {found}; allowed: {allowed}.",
    ),
    "clock.calendar": (
        "Lịch “{name}”: {place} là {found}; cần {allowed}.",
        "Calendar “{name}”: {place} is {found}; expected {allowed}.",
    ),
    "clock.no_open_day": (
        "Lịch “{name}” không có ngày làm việc nào trong một năm kể từ {day}.",
        "Calendar “{name}” has no open day within a year from {day}.",
    ),
    "clock.not_started": (
        "Sự kiện “{kind}” đứng trước sự kiện bắt đầu.",
        "The event “{kind}” comes before the start.",
    ),
    "clock.started_twice": ("Đồng hồ đã bắt đầu rồi.", "The clock has already started."),
    "clock.out_of_order": (
        "Sự kiện “{kind}” lúc {at} sớm hơn sự kiện trước nó ({before}).",
        "The event “{kind}” at {at} is earlier than the one before it ({before}).",
    ),
    "clock.stopped": (
        "Đồng hồ đã dừng hẳn nên không nhận thêm sự kiện “{kind}”.",
        "The clock has stopped and takes no further “{kind}”.",
    ),
    "clock.already_paused": (
        "Đồng hồ đang tạm dừng vì lý do này rồi.",
        "The clock is already paused for this reason.",
    ),
    "clock.not_paused": (
        "Đồng hồ đang chạy nên không thể chạy tiếp.",
        "The clock is running, so it cannot resume.",
    ),
    "clock.extend_paused": (
        "Đồng hồ đang tạm dừng nên chưa thể hẹn lại ngày trả.",
        "The clock is paused, so no new date can be promised yet.",
    ),
    "clock.extend_no_date": ("Gia hạn phải kèm ngày hẹn mới.", "An extension needs the new date."),
    "clock.extensions_used_up": (
        "Đã hẹn lại {most} lần, hết số lần được phép (NĐ 61/2018 Điều 19 khoản 9).",
        "The date was already renewed {most} time(s), the most allowed (Decree 61/2018 art. 19(9)).",
    ),
    "clock.extend_not_later": (
        "Ngày hẹn mới {until} không muộn hơn ngày hẹn đang có {due}.",
        "The new date {until} is not later than the present due date {due}.",
    ),
    "clock.shares": (
        "Tỷ lệ thời gian của các bước phải là số từ 0 trở lên và có tổng lớn hơn 0.",
        "The steps' shares of time must be 0 or more and must not all be 0.",
    ),
}


class ClockProblem(ValueError):
    """A limit, calendar or row of events that the clock refuses.

    `code` is for machines, `params` fill the sentence; `say(lang)` gives it in "vi" or "en".
    """

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(self.say("en"))

    def say(self, lang: str) -> str:
        """Return the sentence in `lang` ("vi" or "en")."""
        vi, en = SENTENCES[self.code]
        return (vi if lang == "vi" else en).format(**self.params)

    def __reduce__(self) -> tuple:
        return _rebuild, (self.code, self.params)


def _rebuild(code: str, params: dict) -> ClockProblem:
    return ClockProblem(code, **params)

"""The derivation in words, Vietnamese and English: what citizen and officer read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from motcua.kernel.clock.days import CONFIRMED
from motcua.kernel.clock.limits import Limit, Unit
from motcua.kernel.clock.outcome import Line

WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}

# Keys in braces are filled by `_facts`; a line may have its own words in `_SPECIAL`.
_WORDS: dict[str, tuple[str, str]] = {
    "received": ("nhận {long} {at}", "received {long} {at}"),
    "closed_day": (
        "{day} là ngày nghỉ nên tính vào đầu giờ {on}",
        "{day} is a closed day, so it counts as the opening of {on}",
    ),
    "count_from": (
        "tính từ {on} (ngày nhận không tính: Bộ luật Dân sự 2015 Điều 147 khoản 2)",
        "counted from {on} (the day of reception is not counted: Civil Code 2015 art. 147(2))",
    ),
    "hours_from": (
        "tính theo giờ làm việc từ {at} {on} (Bộ luật Dân sự 2015 Điều 147 khoản 1)",
        "counted in office hours from {at} on {on} (Civil Code 2015 art. 147(1))",
    ),
    "same_day": (
        "nhận đến hết {cutoff} nên trả trong ngày {on} (NĐ 61/2018 Điều 18)",
        "received up to {cutoff}, so it is due the same day, {on} (Decree 61/2018 art. 18)",
    ),
    "next_day": (
        "nhận sau {cutoff} ngày {on} nên trả vào ngày làm việc kế tiếp (NĐ 61/2018 Điều 18)",
        "received after {cutoff} on {on}, so it is due on the next working day (Decree 61/2018 art. 18)",
    ),
    "weekends": ("trừ {count} ngày nghỉ hằng tuần", "{count} weekly rest day(s) skipped"),
    "counted": ("đủ {count} ngày làm việc{rest}{days}", "{count}{rest} working day(s) counted{days}"),
    "hours_counted": ("đủ {length} làm việc{rest}{parts}", "{length} of{rest} office time counted{parts}"),
    "day_number": ("ngày thứ {count} là {on}", "day {count} is {on}"),
    "rest_ends": ("đủ {count} ngày còn lại vào {on}", "{count} remaining day(s) end on {on}"),
    "month_number": (
        "đủ {count} tháng vào {on} (Bộ luật Dân sự 2015 Điều 148 khoản 3)",
        "{count} month(s) end on {on} (Civil Code 2015 art. 148(3))",
    ),
    "rolled": (
        "{day} là ngày nghỉ nên hạn chuyển sang ngày làm việc kế tiếp, {on} (Bộ luật Dân sự 2015 Điều 148 khoản 5)",
        "{day} is a closed day, so the limit ends on the next working day, {on} (Civil Code 2015 art. 148(5))",
    ),
    "due": ("hẹn trả {long}, chậm nhất {at}", "due {long}, by {at}"),
    "waiting": (
        "đồng hồ đang dừng từ {long}: chưa có ngày hẹn trả cho đến khi chạy tiếp",
        "the clock has been paused since {long}: no due date until it runs again",
    ),
    "extended": (
        "xin lỗi và hẹn lại lần {number} ({long} {at}): ngày trả mới {until} (NĐ 61/2018 Điều 19 khoản 9)",
        "apology and new date no. {number} ({long} {at}): now promised for {until} (Decree 61/2018 art. 19(9))",
    ),
    "not_later": (
        "ngày hẹn lại không muộn hơn hạn đang có nên vẫn giữ hạn {long}",
        "the new date is not later than the present one, so {long} stands",
    ),
    "stopped": ("đồng hồ dừng hẳn {long} {at}", "the clock stopped {long} {at}"),
    "no_limit": (
        "thủ tục chưa có thời hạn cố định nên không có ngày hẹn trả",
        "the procedure has no fixed limit, so there is no due date",
    ),
    "notice": ("lịch nghỉ năm {year}: {text}", "days off in {year}: {text}"),
    "year_missing": (
        "tạm tính: chưa có lịch nghỉ năm {year}, mới chỉ trừ ngày nghỉ hằng tuần",
        "provisional: no calendar of days off is loaded for {year}; only weekends were skipped",
    ),
    "year_estimated": (
        "tạm tính: lịch nghỉ năm {year} mới là ước tính, chưa có thông báo chính thức",
        "provisional: the days off of {year} are an estimate, not announced yet",
    ),
    "day_unconfirmed": ("tạm tính: {long} chưa được xác nhận", "provisional: {long} is not confirmed yet"),
}

_REASONS: dict[str, tuple[str, str, str, str]] = {
    # reason: (when it begins, when it ends) in Vietnamese, then in English
    "supplement": ("yêu cầu bổ sung", "nhận bổ sung", "supplement asked", "supplement answered"),
    "payment": (
        "yêu cầu thực hiện nghĩa vụ tài chính",
        "hoàn thành nghĩa vụ tài chính",
        "payment asked",
        "payment made",
    ),
}
_OTHER_REASON = ("tạm dừng", "tiếp tục", "paused", "resumed")
_KINDS = {
    "compensatory": (" (nghỉ bù)", " (day in lieu)"),
    "swapped_day_off": (" (hoán đổi)", " (swapped)"),
}
_DOUBTS = {
    "estimated": (" (ước tính)", " (estimated)"),
    "needs_confirmation": (" (chưa xác nhận)", " (not confirmed)"),
}


def say(line: Line, lang: str) -> str:
    """Put one line of a derivation into words, in "vi" or "en"."""
    words = _SPECIAL.get(line.code)
    text = words(line, lang) if words else _pick(_WORDS[line.code], lang).format(**_facts(line, lang))
    return " ".join(text.split())


def say_day(day: date, lang: str, year: bool = True) -> str:
    """A day with its weekday: "thứ Ba 25/08/2026" or "Tue 25/08/2026"; without its year when `year` is False."""
    return f"{WEEKDAYS[lang][day.weekday()]} {_short(day, year)}"


def say_limit(limit: Limit, lang: str) -> str:
    """A limit as people write it: "3 ngày làm việc", "trong ngày", "1 month"."""
    if limit.unit is Unit.SAME_DAY:
        return _pick(("trong ngày", "the same day"), lang)
    if limit.value is None:
        return _pick(("không cố định", "not fixed"), lang)
    minutes = limit.value * 60 if limit.unit is Unit.WORKING_HOURS else limit.value
    return _amount(minutes, limit.unit.value, lang)


def _pick(both: tuple[str, str], lang: str) -> str:
    return both[0] if lang == "vi" else both[1]


def _short(day: date, year: bool) -> str:
    return f"{day:%d/%m/%Y}" if year else f"{day:%d/%m}"


def _facts(line: Line, lang: str) -> dict[str, Any]:
    """The pieces that the sentences are filled with; days of another year than the start carry their year."""
    params, full = line.params, bool(line.params.get("full"))
    facts = dict(params)
    if line.on is not None:
        facts["long"], facts["on"] = say_day(line.on, lang), say_day(line.on, lang, full)
    if "at" in params:
        facts["at"] = params["at"] or ""
    if "day" in params:
        day = date.fromisoformat(params["day"])
        facts["day"] = say_day(day, lang, full or day.year != line.on.year)
    if "until" in params:
        facts["until"] = say_day(date.fromisoformat(params["until"]), lang)
    if "rest" in params:
        facts["rest"] = _pick((" còn lại", " remaining"), lang) if params["rest"] else ""
    if "days" in params:
        facts["days"] = _listed(params["days"], full, line, lang)
    if "minutes" in params:
        facts["length"] = _hours(params["minutes"], lang)
        facts["parts"] = _parts(params["parts"], lang)
    return facts


def _listed(days: list[str], full: bool, line: Line, lang: str) -> str:
    if days:
        return ": " + ", ".join(_short(date.fromisoformat(day), year=False) for day in days)
    return _pick((" vào ", ", ending on "), lang) + say_day(line.on, lang, full)


def _parts(parts: list[list[Any]], lang: str) -> str:
    if not parts:
        return ""
    joint = _pick((" ngày ", " on "), lang)
    told = [
        _hours(minutes, lang) + joint + _short(date.fromisoformat(day), year=False) for day, minutes in parts
    ]
    return ": " + ", ".join(told)


def _hours(minutes: int, lang: str) -> str:
    hours, rest = divmod(minutes, 60)
    told = (
        [f"{hours} " + _pick(("giờ", "hours" if hours != 1 else "hour"), lang)] if hours or not rest else []
    )
    return " ".join([*told, f"{rest} " + _pick(("phút", "minutes"), lang)] if rest else told)


def _amount(count: int, unit: str, lang: str) -> str:
    if unit == Unit.WORKING_HOURS:
        return _hours(count, lang) + _pick((" làm việc", " of office time"), lang)
    vi, en = {
        Unit.WORKING_DAYS: ("ngày làm việc", "working day"),
        Unit.SAME_DAY: ("ngày làm việc", "working day"),
        Unit.CALENDAR_DAYS: ("ngày", "calendar day"),
        Unit.MONTHS: ("tháng", "month"),
    }[Unit(unit)]
    return f"{count} {vi}" if lang == "vi" else f"{count} {en}{'' if count == 1 else 's'}"


def _reason(line: Line, lang: str, ending: bool) -> str:
    vi_begin, vi_end, en_begin, en_end = _REASONS.get(line.params["reason"], _OTHER_REASON)
    return _pick((vi_end, en_end) if ending else (vi_begin, en_begin), lang)


def _when(line: Line, lang: str) -> str:
    return f"{say_day(line.on, lang)} {line.params['at'] or ''}".strip()


def _since(line: Line, lang: str) -> str:
    text = line.params["since"]
    if "T" in text:
        moment = datetime.fromisoformat(text)
        return f"{moment:%H:%M} {say_day(moment.date(), lang, moment.year != line.on.year)}"
    day = date.fromisoformat(text)
    return say_day(day, lang, day.year != line.on.year)


def _day_off(line: Line, lang: str) -> str:
    params, last = line.params, date.fromisoformat(line.params["last"])
    full = bool(params.get("full"))
    days = _short(line.on, full) if last == line.on else f"{_short(line.on, full)}–{_short(last, full)}"
    name = params["vi"] if lang == "vi" else params["en"]
    kind = _pick(_KINDS.get(params["kind"], ("", "")), lang)
    doubt = _pick(_DOUBTS.get(params["status"], ("", "")), lang)
    basis = f"; {params['basis']}" if params["basis"] else ""
    return f"{days} {_pick(('nghỉ', 'off:'), lang)} {name}{kind}{doubt}{basis}"


def _worked(line: Line, lang: str) -> str:
    params, full = line.params, bool(line.params.get("full"))
    text = say_day(line.on, lang, full) + _pick((" là ngày làm việc", " is worked"), lang)
    if params["lieu"]:
        lieu = date.fromisoformat(params["lieu"])
        text = say_day(line.on, lang, full) + _pick((" làm bù cho ", " is worked in lieu of "), lang)
        text += say_day(lieu, lang, full or lieu.year != line.on.year)
    note = params["vi"] if lang == "vi" else params["en"]
    doubt = "" if params["status"] == CONFIRMED else _pick(_DOUBTS[params["status"]], lang)
    return text + doubt + (f" ({note[0].lower()}{note[1:].rstrip('.')})" if note else "")


def _paused(line: Line, lang: str) -> str:
    text = f"{_reason(line, lang, ending=False)} {_when(line, lang)}"
    if line.params["used"] is None or line.params["unit"] == Unit.SAME_DAY:
        return text + _pick((": đồng hồ dừng", ": the clock stands still"), lang)
    used = _amount(line.params["used"], line.params["unit"], lang)
    if line.params["unit"] == Unit.WORKING_HOURS:
        return text + _pick(
            (f": đã dùng {used}, đồng hồ dừng", f": {used} used, the clock stands still"), lang
        )
    return text + _pick(
        (
            f": đã dùng {used} (kể cả ngày yêu cầu), đồng hồ dừng",
            f": {used} used (the day of asking included), the clock stands still",
        ),
        lang,
    )


def _paused_too(line: Line, lang: str) -> str:
    text = f"{_reason(line, lang, ending=False)} {_when(line, lang)}"
    return text + _pick((": đồng hồ vẫn đang dừng", ": the clock already stands still"), lang)


def _paused_late(line: Line, lang: str) -> str:
    text = f"{_reason(line, lang, ending=False)} {_when(line, lang)}"
    due = say_day(date.fromisoformat(line.params["due"]), lang)
    return text + _pick((f": khi đó đã quá hạn {due}", f": the due date {due} had passed by then"), lang)


def _still_paused(line: Line, lang: str) -> str:
    text = f"{_reason(line, lang, ending=True)} {_when(line, lang)}"
    return text + _pick((": đồng hồ còn dừng vì lý do khác", ": still paused for another reason"), lang)


def _resumed(line: Line, lang: str) -> str:
    text = f"{_reason(line, lang, ending=True)} {_when(line, lang)}"
    if line.params["left"] is None:
        return text + _pick(
            (": đồng hồ chạy tiếp, hạn không đổi", ": the clock runs on, the date unchanged"), lang
        )
    unit = line.params["unit"]
    if unit == Unit.SAME_DAY:
        return text
    left, since = _amount(line.params["left"], unit, lang), _since(line, lang)
    if unit == Unit.WORKING_HOURS:
        return text + _pick(
            (f": còn {left}, tính tiếp từ {since}", f": {left} left, counted from {since}"), lang
        )
    return text + _pick(
        (
            f" (ngày này không tính): còn {left}, tính tiếp từ {since}",
            f" (that day is not counted): {left} left, counted from {since}",
        ),
        lang,
    )


def _restarted(line: Line, lang: str) -> str:
    text = f"{_reason(line, lang, ending=True)} {_when(line, lang)}"
    unit, count = line.params["unit"], line.params["count"]
    law = _pick((" (NĐ 61/2018 Điều 19 khoản 4)", " (Decree 61/2018 art. 19(4))"), lang)
    again = _pick((": tính lại từ đầu", ": counted again from the start"), lang)
    if count is None:
        return text + again + law
    minutes = count * 60 if unit == Unit.WORKING_HOURS else count
    since = _pick((" từ ", " from "), lang) + _since(line, lang)
    return f"{text}{again}, {_amount(minutes, unit, lang)}{since}{law}"


_SPECIAL: dict[str, Callable[[Line, str], str]] = {
    "day_off": _day_off,
    "worked": _worked,
    "paused": _paused,
    "paused_too": _paused_too,
    "paused_late": _paused_late,
    "still_paused": _still_paused,
    "resumed": _resumed,
    "restarted": _restarted,
}

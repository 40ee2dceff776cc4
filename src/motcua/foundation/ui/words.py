"""Dates, times, money and counts as people read them, in Vietnamese and English.

Every function takes the language as "vi" or "en"; an aware moment is shown in Asia/Ho_Chi_Minh (the people's time).
"""

from __future__ import annotations

from datetime import date, datetime, time

from motcua.foundation.time import local

WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
SIZES = ((1024 * 1024, "MB"), (1024, "kB"))


def language_of(code: str | None) -> str:
    """ "en" for any English code, else "vi": Vietnamese is the house's language."""
    return "en" if (code or "").lower().startswith("en") else "vi"


def _wall(value: date | datetime) -> date | datetime:
    return local(value) if isinstance(value, datetime) and value.tzinfo else value


def as_date(value: object) -> date | None:
    """The day of a date, a moment or an ISO string; None for anything else."""
    if isinstance(value, datetime):
        return _wall(value).date()  # type: ignore[union-attr]
    if isinstance(value, date):
        return value
    if isinstance(value, str) and len(value) >= 10:
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            return None
    return None


def as_moment(value: object) -> datetime | None:
    """The moment of a datetime or an ISO string, on the wall clock of Viet Nam; None for anything else."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    return _wall(value) if isinstance(value, datetime) else None  # type: ignore[return-value]


def say_date(value: object) -> str:
    """21/11/2026; empty when there is no date."""
    day = as_date(value)
    return f"{day:%d/%m/%Y}" if day else ""


def say_time(value: object) -> str:
    """16:10; empty when there is no time."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    moment = as_moment(value)
    return f"{moment:%H:%M}" if moment else ""


def say_moment(value: object, lang: str) -> str:
    """ "16:10 ngày 21/11/2026" or "16:10 on 21/11/2026"; a plain date stays a date."""
    moment = as_moment(value)
    if moment is None or (isinstance(value, str) and len(value) <= 10):
        return say_date(value)
    joint = "on" if lang == "en" else "ngày"
    return f"{moment:%H:%M} {joint} {moment:%d/%m/%Y}"


def say_weekday(value: object, lang: str) -> str:
    """ "thứ Hai" or "Monday"; empty when there is no date."""
    day = as_date(value)
    return WEEKDAYS[lang][day.weekday()] if day else ""


def grouped(number: int, lang: str) -> str:
    """15.000 in Vietnamese, 15,000 in English."""
    text = f"{number:,}"
    return text if lang == "en" else text.replace(",", ".")


def say_number(value: object, lang: str) -> str:
    """A whole number with its groups, a fraction with the comma of the language, anything else as it is."""
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value)
    if isinstance(value, int):
        return grouped(value, lang)
    if isinstance(value, float):
        text = f"{value:,.2f}".rstrip("0").rstrip(".")
        return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))
    return str(value)


def say_dong(value: object, lang: str) -> str:
    """ "15.000 đồng" or "15,000 VND"; empty when there is no amount, "0 đồng" when it is nought."""
    try:
        amount = int(value)  # type: ignore[call-overload]
    except (TypeError, ValueError):
        return ""
    return f"{grouped(amount, lang)} {'VND' if lang == 'en' else 'đồng'}"


def say_working_days(value: object, lang: str) -> str:
    """ "3 ngày làm việc" or "3 working days"; a half day keeps its fraction."""
    if value is None or value == "":
        return ""
    number = say_number(value, lang)
    if lang == "en":
        return f"{number} working day" if number == "1" else f"{number} working days"
    return f"{number} ngày làm việc"


def say_size(value: object, lang: str) -> str:
    """ "2,4 MB", "310 kB": the size of a file given in bytes."""
    size = int(value or 0)  # type: ignore[call-overload]
    for unit, word in SIZES:
        if size >= unit:
            number = round(size / unit, 1 if word == "MB" else None)
            return f"{say_number(float(number), lang)} {word}"
    return f"{size} byte"


def localized(value: object, lang: str) -> tuple[str, str]:
    """The text of a {vi, en} pair and the language it is really in: English where there is some, else Vietnamese.

    A plain string counts as Vietnamese, the language packs are written in.
    """
    if isinstance(value, dict):
        wanted = value.get(lang)
        if wanted:
            return str(wanted), lang
        other = "vi" if lang == "en" else "en"
        return str(value.get(other) or ""), other if value.get(other) else lang
    vi, en = getattr(value, "vi", None), getattr(value, "en", None)
    if vi is not None or en is not None:
        return localized({"vi": vi, "en": en}, lang)
    return ("", lang) if value is None else (str(value), "vi")

"""Reading one posted or sent value into an answer, by field type.

Every reader takes the field and what came (a text, or a JSON value) and answers the value, None for
"nothing", or an `Unreadable` with a code. Readers only tidy and type; whether the value is right is decided
in `check`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from motcua.kernel.forms.shape import ADDRESS_DETAIL_LENGTH, LENGTHS, Field
from motcua.kernel.identifiers import bare_digits, normal_phone, normal_tax_code
from motcua.kernel.text import clean_text, fold, one_line

NUMBER_MAX = 10**15
_FOUND_LENGTH = 200
# A text longer than this is not even looked at whole: cleaning costs time for each character.
_RAW_LENGTH = 20_000

_YES = frozenset(("true", "yes", "1", "on", "co", "y"))
_NO = frozenset(("false", "no", "0", "off", "khong", "n"))
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|-?[0-9]{1,3}(?: [0-9]{3})+(?:,[0-9]+)?")
_GROUPED_BY_COMMAS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_PLAIN = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_UNIT = re.compile(r"\s*(?:đồng|đ|vnđ|vnd|m2|m²)\s*$", re.IGNORECASE)
_DAY_FIRST = re.compile(r"([0-9]{1,2})\s*[/\-. ]\s*([0-9]{1,2})\s*[/\-. ]\s*([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:T.*)?")
_EIGHT_DIGITS = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")


@dataclass(frozen=True)
class Unreadable:
    """What came cannot be an answer of this type. `value` is what can still be kept of it."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)
    value: Any = None


def read(one: Field, raw: Any) -> Any:
    """The answer to a simple field (all types but address and rows), None, or `Unreadable`. Never raises."""
    return _READERS.get(one.type, _text)(one, raw)


def as_found(raw: Any) -> str:
    """What came, short and printable, to be shown again beside the problem."""
    return one_line(str(raw)[:_FOUND_LENGTH]) if isinstance(raw, str | int | float) else ""


def _text(one: Field, raw: Any) -> Any:
    return _capped(one, raw, one_line)


def _long_text(one: Field, raw: Any) -> Any:
    return _capped(one, raw, lambda text: clean_text(text).strip())


def _name(one: Field, raw: Any) -> Any:
    return _capped(one, raw, lambda text: one_line(text).replace("’", "'").replace("‘", "'"))


def _email(one: Field, raw: Any) -> Any:
    return _capped(one, raw, lambda text: one_line(text).replace(" ", "").lower())


def _phone(one: Field, raw: Any) -> Any:
    return _capped(one, raw, lambda text: normal_phone(one_line(text)) or one_line(text))


def _personal_number(one: Field, raw: Any) -> Any:
    return _capped(one, raw, lambda text: bare_digits(one_line(text)))


def _tax_code(one: Field, raw: Any) -> Any:
    return _capped(one, raw, lambda text: normal_tax_code(one_line(text)) or one_line(text))


def _capped(one: Field, raw: Any, tidy: Callable[[str], str]) -> Any:
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < NUMBER_MAX:
        raw = str(raw)
    if raw is None:
        return None
    if not isinstance(raw, str):
        return Unreadable("wrong")
    limit = LENGTHS.get(one.type, LENGTHS["text"])
    value = tidy(raw[:_RAW_LENGTH])
    if len(value) > limit or len(raw) > _RAW_LENGTH:
        return Unreadable("too_long", {"limit": limit}, value[:limit].strip())
    return value or None


def _date(_: Field, raw: Any) -> Any:
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    if raw is None:
        return None
    if not isinstance(raw, str) or len(raw) > 60:
        return Unreadable("date_wrong", {"found": as_found(raw)})
    text = one_line(raw)
    if not text:
        return None
    day_first = _DAY_FIRST.fullmatch(text) or _EIGHT_DIGITS.fullmatch(text)
    year_first = _YEAR_FIRST.fullmatch(text)
    if day_first:
        parts = day_first[3], day_first[2], day_first[1]
    elif year_first:
        parts = year_first[1], year_first[2], year_first[3]
    else:
        return Unreadable("date_wrong", {"found": as_found(text)})
    try:
        return date(*(int(part) for part in parts)).isoformat()
    except ValueError:
        return Unreadable("date_wrong", {"found": as_found(text)})


def _whole(_: Field, raw: Any) -> Any:
    number = _number(raw, whole=True)
    if isinstance(number, float):
        return int(number) if number == int(number) else Unreadable("number_whole", {"found": as_found(raw)})
    return number


def _area(_: Field, raw: Any) -> Any:
    number = _number(raw, whole=False)
    return round(number, 2) if isinstance(number, float) else number


def _number(raw: Any, *, whole: bool) -> Any:
    wrong = Unreadable("number_wrong", {"found": as_found(raw)})
    if raw is None:
        return None
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return raw if math.isfinite(raw) and abs(raw) < NUMBER_MAX else wrong
    if not isinstance(raw, str) or len(raw) > 60:
        return wrong
    text = _UNIT.sub("", one_line(raw))
    if not text:
        return None
    if _GROUPED.fullmatch(text):
        text = text.replace(".", "").replace(" ", "").replace(",", ".")
    elif _GROUPED_BY_COMMAS.fullmatch(text) and (whole or text.count(",") > 1 or "." in text):
        text = text.replace(",", "")
    elif _PLAIN.fullmatch(text):
        text = text.replace(",", ".")
    else:
        return wrong
    number = float(text) if "." in text else int(text)
    return number if abs(number) < NUMBER_MAX else wrong


def _yes_no(_: Field, raw: Any) -> Any:
    if raw is None or isinstance(raw, bool):
        return raw
    text = fold(raw[:40]) if isinstance(raw, str) else ""
    if not text and isinstance(raw, str):
        return None
    if text in _YES or text in _NO:
        return text in _YES
    return Unreadable("option_unknown")


def _consent(one: Field, raw: Any) -> Any:
    # Silence is not consent, and neither is a "no": both are no answer.
    return True if _yes_no(one, raw) is True else None


def _choice(one: Field, raw: Any) -> Any:
    if raw is None or raw == "":
        return None
    text = one_line(raw[:_FOUND_LENGTH]) if isinstance(raw, str) else raw
    if one.option(text):
        return text
    return Unreadable("option_unknown", {"found": as_found(raw)}) if text != "" else None


def _choices(one: Field, raw: Any) -> Any:
    several = raw if isinstance(raw, list | tuple) else [raw]
    asked = {text for text in several[:1000] if isinstance(text, str) and text}
    kept = [option.value for option in one.options if option.value in asked]
    unknown = [text for text in several[:1000] if text is not None and text != "" and text not in kept]
    if unknown:
        return Unreadable("option_unknown", {"found": as_found(unknown[0])}, kept or None)
    return kept or None


def read_address(commune: Any, detail: Any) -> dict[str, str] | Unreadable | None:
    """The address `{commune_code, detail}` from its two parts; None when both are empty."""
    if not isinstance(commune, str | None) or not isinstance(detail, str | None):
        return Unreadable("wrong")
    code, rest = one_line((commune or "")[:40]), one_line((detail or "")[:_RAW_LENGTH])
    if not code and not rest:
        return None
    value = {"commune_code": code, "detail": rest[:ADDRESS_DETAIL_LENGTH].strip()}
    if len(rest) > ADDRESS_DETAIL_LENGTH:
        return Unreadable("too_long", {"limit": ADDRESS_DETAIL_LENGTH, "part": "detail"}, value)
    return value


_READERS: dict[str, Callable[[Field, Any], Any]] = {
    "text": _text,
    "long_text": _long_text,
    "name": _name,
    "personal_number": _personal_number,
    "date": _date,
    "number": _whole,
    "money": _whole,
    "area": _area,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "phone": _phone,
    "email": _email,
    "agency": _text,
    "tax_code": _tax_code,
    "consent": _consent,
}

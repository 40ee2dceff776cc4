"""Numbers that belong to a person or an organisation: personal number, tax code, phone.

Every `…_problem` function answers None when the value is good, else a code of
`motcua.kernel.identifiers.WORDS`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from motcua.kernel.identifiers.provinces import ABROAD_FROM, PROVINCES

_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_SPACING = re.compile(r"[\s.\-‐‑–—()]+")
_LAND_LINE = re.compile(r"02\d{9}")
_MOBILE = re.compile(r"0[35789]\d{8}")
_FOREIGN = re.compile(r"\+[1-9]\d{7,14}")


@dataclass(frozen=True, slots=True)
class PersonalNumberFacts:
    """What a personal number says by itself. `province` is the code of the place of birth registration."""

    sex: str
    birth_year: int
    province: str
    province_name: str
    abroad: bool


def bare_digits(text: str) -> str:
    """The text without spaces, dots, dashes and brackets, as people group long numbers."""
    return _SPACING.sub("", text)


def personal_number_problem(text: object, latest_year: int | None = None) -> str | None:
    """Why the text is not a personal number (số định danh cá nhân), or None.

    Twelve digits: three for the place of birth registration, one for century and sex, two for the year, six
    random (Decree 137/2015/NĐ-CP art. 13). With `latest_year` a birth year after it is a problem too.
    """
    number = bare_digits(text) if isinstance(text, str) else ""
    if not re.fullmatch(r"[0-9]+", number):
        return "personal_number_digits"
    if len(number) != 12:
        return "personal_number_old" if len(number) == 9 else "personal_number_length"
    if number[:3] not in PROVINCES and int(number[:3]) < ABROAD_FROM:
        return "personal_number_province"
    if int(number[3]) > 3:
        # 4 and above stand for births from the year 2100 on.
        return "personal_number_century"
    if latest_year is not None and _birth_year(number) > latest_year:
        return "personal_number_century"
    return None


def personal_number_facts(text: str) -> PersonalNumberFacts | None:
    """Sex ("male" or "female"), birth year and place that the number carries; None when it is not a personal number."""
    if personal_number_problem(text):
        return None
    number = bare_digits(text)
    return PersonalNumberFacts(
        sex="male" if int(number[3]) % 2 == 0 else "female",
        birth_year=_birth_year(number),
        province=number[:3],
        province_name=PROVINCES.get(number[:3], ""),
        abroad=number[:3] not in PROVINCES,
    )


def _birth_year(number: str) -> int:
    return 1900 + 100 * (int(number[3]) // 2) + int(number[4:6])


def tax_code_problem(text: object) -> str | None:
    """Why the text is not a tax code (mã số thuế), or None.

    Ten digits with a check digit, thirteen for a branch (written 0100109106-001), or the twelve digits of a
    personal number, which serve persons and household businesses since 1 July 2025 (Law 38/2019/QH14 arts. 30
    and 35).
    """
    number = bare_digits(text) if isinstance(text, str) else ""
    if not re.fullmatch(r"[0-9]+", number):
        return "tax_code_digits"
    if len(number) == 12:
        return "tax_code_check" if personal_number_problem(number) else None
    if len(number) not in (10, 13):
        return "tax_code_length"
    expected = 10 - sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, number, strict=False)) % 11
    return None if expected == int(number[9]) else "tax_code_check"


def normal_tax_code(text: str) -> str | None:
    """The tax code as it is printed ("0100109106", "0100109106-001"), or None when it is not one."""
    if tax_code_problem(text):
        return None
    number = bare_digits(text)
    return f"{number[:10]}-{number[10:]}" if len(number) == 13 else number


def normal_phone(text: object) -> str | None:
    """The phone number as we store it: "0912345678" for Vietnam (+84, 84 and 0084 become 0), "+…" for abroad;
    else None.
    """
    if not isinstance(text, str) or len(text) > 40:
        return None
    number = bare_digits(text)
    if number.startswith("00"):
        number = "+" + number[2:]
    if number.startswith("+84"):
        number = "0" + number[3:].lstrip("0")
    elif re.fullmatch(r"84[35789][0-9]{8}", number):
        number = "0" + number[2:]
    if not number.isascii():
        return None
    known = _MOBILE.fullmatch(number) or _LAND_LINE.fullmatch(number) or _FOREIGN.fullmatch(number)
    return number if known else None


def phone_problem(text: object) -> str | None:
    """Why the text is not a phone number, or None."""
    if normal_phone(text):
        return None
    bare = bare_digits(text) if isinstance(text, str) else ""
    return "phone_wrong" if re.fullmatch(r"\+?[0-9]{9,15}", bare) else "phone_length"

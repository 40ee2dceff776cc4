"""The QR code on the chip identity card: `number|old number|name|birth ddmmyyyy|sex|address|issue date`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from motcua.kernel.identifiers.personal import personal_number_facts, personal_number_problem
from motcua.kernel.text import fold, one_line

_LENGTH_MAX = 1000
_SEX = {"nam": "male", "male": "male", "m": "male", "nu": "female", "female": "female", "f": "female"}


@dataclass(frozen=True, slots=True)
class CardData:
    """What the card says. `birth_on` is None when the card carries the year only.

    `doubts` are codes of things that do not fit together (birth year or sex against the number); they are for
    the officer's eyes, never a refusal, because numbers were once issued with mistakes.
    """

    number: str
    old_number: str
    full_name: str
    birth_on: date | None
    birth_year: int
    sex: str
    address: str
    issued_on: date | None
    doubts: tuple[str, ...] = ()


class CardProblem(ValueError):
    """The scanned text is not the QR code of an identity card. `code` is a key of `motcua.kernel.identifiers.WORDS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse_card_qr(text: object) -> CardData:
    """The person on a chip card from the text a scanner delivers. Raises `CardProblem` for anything else.

    Newer cards may carry more parts after the seventh; they are ignored.
    """
    if not isinstance(text, str) or not text.strip():
        raise CardProblem("card_empty")
    if len(text) > _LENGTH_MAX:
        raise CardProblem("card_not_a_card")
    parts = [one_line(part) for part in _repaired(text).split("|")]
    if len(parts) < 7:
        raise CardProblem("card_not_a_card")
    number, old_number, name, birth, sex, address, issued = parts[:7]
    if personal_number_problem(number) or not number.isdigit():
        raise CardProblem("card_number")
    if old_number and not re.fullmatch(r"[0-9]{9}|[0-9]{12}", old_number):
        raise CardProblem("card_old_number")
    if not any(char.isalpha() for char in name) or any(char.isdigit() for char in name) or len(name) > 100:
        raise CardProblem("card_name")
    birth_on, birth_year = _birth(birth)
    said_sex = _SEX.get(fold(sex), "")
    if not said_sex:
        raise CardProblem("card_sex")
    return CardData(
        number,
        old_number,
        name,
        birth_on,
        birth_year,
        said_sex,
        address,
        _day(issued, "card_issued") if issued else None,
        _doubts(number, birth_year, said_sex),
    )


def _birth(text: str) -> tuple[date | None, int]:
    # Old people's cards may know the year only, as "1948" or "00001948".
    year_only = re.fullmatch(r"(?:0000)?([12][0-9]{3})", text)
    if year_only:
        return None, int(year_only[1])
    day = _day(text, "card_birth")
    return day, day.year


def _day(text: str, code: str) -> date:
    match = re.fullmatch(r"([0-9]{2})/?([0-9]{2})/?([0-9]{4})", text)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else _refuse(code)
    except ValueError:
        return _refuse(code)


def _refuse(code: str) -> date:
    raise CardProblem(code)


def _doubts(number: str, birth_year: int, sex: str) -> tuple[str, ...]:
    facts = personal_number_facts(number)
    if facts is None:
        return ()
    pairs = (
        ("card_birth_year_differs", facts.birth_year != birth_year),
        ("card_sex_differs", facts.sex != sex),
    )
    return tuple(code for code, differs in pairs if differs)


def _repaired(text: str) -> str:
    """The text with its letters put right when a scanner sent UTF-8 bytes one by one ("Nguyá»…n" for "Nguyễn")."""
    if not re.search("[ÃÄÆá][\u0080-\u00bf\u0152-\u2122]", text):
        return text
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text

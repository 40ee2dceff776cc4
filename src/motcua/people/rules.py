"""Decisions about people: what a name is searched by, which facts fit together, what counts as a difference."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.kernel.identifiers import (
    CardData,
    normal_phone,
    normal_tax_code,
    personal_number_facts,
    personal_number_problem,
    tax_code_problem,
)
from motcua.kernel.identifiers.personal import bare_digits
from motcua.kernel.text import fold, one_line, toned_words, words

IDENTITY = ("full_name", "personal_number", "birth_on", "sex", "ethnicity", "nationality", "tax_code")
CONTACT = ("phone", "email", "address")
FIELDS = (*IDENTITY, *CONTACT)
SOURCES = ("declared", "card", "verified")  # from weak to strong
SEXES = ("male", "female", "other")
RESIDENT, ORGANISATION = "resident", "organisation"
# who works with people's facts and may open records, each for a purpose: those who lead or sign do not
DESK = ("receptionist", "processor", "clerk", "head", "administrator")
ONE_STOP = ("receptionist", "clerk")  # before whom people stand with their cards

NAME_MAX = 200
WORD_MAX = 40
WORDS_MAX = 20
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_YEAR = re.compile(r"[12][0-9]{3}")
_TYPED_DAY = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([12][0-9]{3})")

Facts = dict[str, Any]


# One form of facts -----------------------------------------------------------------------------------------


def clean(facts: Mapping[str, Any], *, kind: str = RESIDENT) -> Facts:
    """The known facts in the one form they are stored in; what is empty or unknown is left out.

    Numbers lose their blanks, phones begin with 0, typed dates become ISO (a year may stand alone), names are one
    line in NFC. An
    `address` is a text or {commune_code, detail}. A resident has no tax code besides the personal number, an
    organisation no personal number.
    """
    cleaned: Facts = {}
    for name in FIELDS:
        value = _address(facts.get(name)) if name == "address" else _plain(facts.get(name))
        if name == "personal_number":
            value = bare_digits(value)
        elif name == "phone":
            value = normal_phone(value) or value
        elif name == "tax_code":
            value = normal_tax_code(value) or value
        elif name == "email":
            value = value.lower()
        elif name == "birth_on":
            value = _day(value)
        if value:
            cleaned[name] = value
    cleaned.pop("personal_number" if kind == ORGANISATION else "tax_code", None)
    return cleaned


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return one_line(str(value)) if value is not None else ""


def _day(text: str) -> str:
    """A day as people type it (12/5/1990) in ISO; anything else stays as it is and is judged later."""
    match = _TYPED_DAY.fullmatch(text)
    return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}" if match else text


def _address(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return _plain(value)
    parts = {name: _plain(value.get(name)) for name in ("commune_code", "detail")}
    return parts if any(parts.values()) else ""


def address_text(address: Any) -> str:
    """An address as one line, without the code of its commune."""
    return str(address.get("detail", "")) if isinstance(address, Mapping) else str(address or "")


def from_answers(answers: Mapping[str, Any]) -> tuple[str, Facts]:
    """(kind, cleaned facts) of the applicant as a declaration's common fields name her.

    The common fields are those of `kernel.forms.generic_declaration`: `applicant_kind`, `full_name` …,
    `organisation_name`, `organisation_tax_code`. What cannot be is left out: the form has already refused it where it
    was required, and a reception must not fail on it.
    """
    name = _plain(answers.get("organisation_name"))
    if answers.get("applicant_kind") == ORGANISATION and name:
        tax_code = answers.get("organisation_tax_code") or answers.get("tax_code")
        contact = {field: answers.get(field) for field in CONTACT}
        kind, facts = ORGANISATION, {"full_name": name, "tax_code": tax_code, **contact}
    else:
        kind, facts = RESIDENT, {field: answers.get(field) for field in FIELDS}
    cleaned = clean(facts, kind=kind)
    for field, _code in problems(cleaned, kind=kind):
        if field != "full_name":
            cleaned.pop(field, None)
    return kind, cleaned


def from_card(card: CardData) -> Facts:
    """The facts on a scanned identity card."""
    return {
        "full_name": card.full_name,
        "personal_number": card.number,
        "birth_on": card.birth_on.isoformat() if card.birth_on else str(card.birth_year),
        "sex": card.sex,
        "address": card.address,
    }


# What cannot be, what does not fit ---------------------------------------------------------------------------


def problems(
    facts: Mapping[str, Any], *, kind: str = RESIDENT, today: date | None = None
) -> list[tuple[str, str]]:
    """(field, code) for everything in cleaned `facts` that cannot be; the codes are explained in `words`.

    A number that does not fit sex or birth is no problem but a doubt, for numbers were once issued with mistakes.
    """
    found: list[tuple[str, str]] = []
    name = facts.get("full_name", "")
    if not any(char.isalpha() for char in name):
        found.append(("full_name", "name_empty"))
    elif len(name) > NAME_MAX or (kind == RESIDENT and any(char.isdigit() for char in name)):
        found.append(("full_name", "name_wrong"))
    number = facts.get("personal_number")
    if number and (code := personal_number_problem(number, today.year if today else None)):
        found.append(("personal_number", code))
    if facts.get("tax_code") and (code := tax_code_problem(facts["tax_code"])):
        found.append(("tax_code", code))
    if facts.get("phone") and not normal_phone(facts["phone"]):
        found.append(("phone", "phone_wrong"))
    if facts.get("email") and not _EMAIL.fullmatch(facts["email"]):
        found.append(("email", "email_wrong"))
    if facts.get("sex") and facts["sex"] not in SEXES:
        found.append(("sex", "sex_wrong"))
    if facts.get("birth_on") and not _birth_is_possible(facts["birth_on"], today):
        found.append(("birth_on", "birth_wrong"))
    return found


def _birth_is_possible(text: str, today: date | None) -> bool:
    if _YEAR.fullmatch(text):
        return int(text) >= 1850 and (today is None or int(text) <= today.year)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.year >= 1850 and (today is None or day <= today)


def doubts(facts: Mapping[str, Any]) -> list[str]:
    """What does not fit together in cleaned facts: `birth_year_differs`, `sex_differs`. For the officer's eyes.

    The number carries century, sex and year of birth (NĐ 137/2015/NĐ-CP art. 13).
    """
    told = personal_number_facts(facts.get("personal_number", ""))
    if told is None:
        return []
    found = []
    if facts.get("birth_on") and facts["birth_on"][:4] != str(told.birth_year):
        found.append("birth_year_differs")
    if facts.get("sex") in ("male", "female") and facts["sex"] != told.sex:
        found.append("sex_differs")
    return found


def same(field: str, known: str, said: str) -> bool:
    """Whether two values of a field mean the same: letter case, spacing and where a tone mark sits mean nothing.

    A year of birth alone agrees with a full date of that year.
    """
    if field == "full_name":
        return toned_words(known) == toned_words(said)
    if field == "birth_on" and 4 in (len(known), len(said)):
        return known[:4] == said[:4]
    return fold(known) == fold(said) if field in ("ethnicity", "nationality") else known == said


def compare(known: Mapping[str, Any], said: Mapping[str, Any], source: str) -> tuple[Facts, Facts]:
    """(what may be filled in, what differs) when `said` by `source` meets what is `known` of the same party.

    Empty identity facts are filled by anybody. Contacts are filled only from a card or a verified source: whoever
    knows a number must not be able to put her own phone beside it. A contact that differs is no contradiction:
    each dossier carries the contacts given in it. A full date refines a year.
    """
    fill, differing = {}, {}
    for field, value in said.items():
        before = known.get(field, "")
        if not before:
            if field in IDENTITY or source != "declared":
                fill[field] = value
        elif field in IDENTITY and not same(field, before, value):
            differing[field] = value
        elif field == "birth_on" and len(before) == 4 and len(value) == 10 and source != "declared":
            fill[field] = value
    return fill, differing


def stronger(one: str, other: str) -> str:
    """The source that proves more."""
    return max(one, other, key=SOURCES.index)


# Names -------------------------------------------------------------------------------------------------------


def name_words(name: str) -> tuple[list[str], str]:
    """(the folded words of a name, each once; all of them run together), by which the name is found."""
    found = list(dict.fromkeys(word[:WORD_MAX] for word in words(name)))[:WORDS_MAX]
    return found, "".join(words(name))[:NAME_MAX]


def prefix_end(prefix: str) -> str:
    """A text that sorts after everything that begins with `prefix`, in every collation, for folded words."""
    return prefix + "z" * 12


# What lists and exports show -----------------------------------------------------------------------------------


def masked_number(number: str) -> str:
    """A personal number as lists show it: its last three digits."""
    return f"{'•' * 9}{number[-3:]}" if len(number) >= 9 else ""


def masked_phone(phone: str) -> str:
    """A phone number as lists show it: its last three digits."""
    return f"{'•' * 7}{phone[-3:]}" if len(phone) >= 7 else ""


def birth_year(birth_on: str) -> str:
    """The year of a birth date, which lists show instead of the day."""
    return birth_on[:4]


def masked(name: str) -> str:
    """A person's name as initials: enough to tell two rows apart, not to know who."""
    return " ".join(f"{word[0].upper()}." for word in name.split() if word[0].isalpha()) or "–"

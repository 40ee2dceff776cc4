"""Believable answers to any declaration: every asked question answered, no rule of the form broken.

The form itself is the judge: values are proposed by type and name, `forms.check` says what does not fit, and other
values are proposed for that, until nothing is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from motcua.kernel import forms
from motcua.simulation import people

ROUNDS = 12
TRIES = 80
WORDS = (
    "Theo đơn kèm theo", "Đề nghị giải quyết theo quy định", "Hộ gia đình", "Bán lẻ tạp hóa", "Không có",
    "Trường Trung học cơ sở Bãi Cháy", "Bệnh viện Bãi Cháy", "Ủy ban nhân dân phường Bãi Cháy",
)  # fmt: skip
PATTERNED = (
    "2010", "2025", "15/2020", "AB 123456", "12", "3,5", "10,5", "0123", "CS 012345", "BD 0123456", "07:30", "123456",
    "A1234567", "1.000.000", "02203456789", "85", "6", "2026-2027", "22001-2026-004512", "5701234566",
)  # fmt: skip


def believable(
    declaration: forms.Declaration, person: people.Person, day: date, rng: Random
) -> dict[str, Any] | None:
    """Complete and valid answers of `person` on the local `day`, or None when none were found in the tries."""
    answers: dict[str, Any] = {
        k: v for k, v in person.facts.items() if (one := declaration.field(k)) and _fits(one, v)
    }
    skipped: set[str] = set()
    for _ in range(ROUNDS):
        if not _fill(declaration, answers, skipped, person, day, rng):
            break
    for attempt in range(TRIES):
        problems = forms.check(declaration, answers, day)
        if not problems:
            return forms.asked_answers(declaration, answers, day)
        for problem in problems[:4]:
            one = declaration.field(problem.field.split(".")[0])
            if one is not None:
                answers[one.id] = _propose(one, person, day, rng, attempt + 1)
        _fill(declaration, answers, skipped, person, day, rng)
    return None


def _fits(one: forms.Field, value: Any) -> bool:
    return not one.options or one.option(value) is not None


def _fill(
    declaration: forms.Declaration,
    answers: dict[str, Any],
    skipped: set[str],
    person: people.Person,
    day: date,
    rng: Random,
) -> bool:
    """Answer what is asked and still empty; True when something was answered."""
    shown = forms.visible(declaration, answers, day)
    values = forms.known_values(declaration, answers, day)
    done = False
    for one in declaration.fields:
        if one.id not in shown or one.id in answers or one.id in skipped or one.type == "note":
            continue
        if not forms.is_required(one, values, day) and rng.random() < 0.7:
            skipped.add(one.id)
            continue
        answers[one.id] = _propose(one, person, day, rng, 0)
        done = True
    return done


def _propose(one: forms.Field, person: people.Person, day: date, rng: Random, attempt: int) -> Any:
    """A value for a field; later attempts go further from the usual one."""
    if one.type == "rows":
        return [
            {column.id: _propose(column, person, day, rng, attempt) for column in one.columns}
            for _ in range(max(1, int(one.min or 1)))
        ]
    return _BY_TYPE.get(one.type, _text)(one, person, day, rng, attempt)


def _text(one: forms.Field, person: people.Person, day: date, rng: Random, attempt: int) -> Any:
    if one.pattern:
        return PATTERNED[attempt % len(PATTERNED)]
    words = WORDS[(attempt + rng.randrange(len(WORDS))) % len(WORDS)]
    length = int(one.min) if isinstance(one.min, int) else 0
    while len(words) < length:
        words += ". " + rng.choice(WORDS)
    return words


def _name(one: forms.Field, person: people.Person, day: date, rng: Random, attempt: int) -> Any:
    sex = (
        "female" if any(w in one.id for w in ("mother", "wife", "bride")) else rng.choice(("male", "female"))
    )
    family = person.full_name.split()[0] if "child" in one.id else None
    return people.name(rng, sex, family)


def _number_of(one: forms.Field, person: people.Person, day: date, rng: Random, attempt: int) -> Any:
    age = rng.randint(20, 60)
    sex = "female" if any(w in one.id for w in ("mother", "wife")) else rng.choice(("male", "female"))
    return people.number(rng, sex, day - timedelta(days=age * 365), rng.randrange(100000))


def _date(one: forms.Field, person: people.Person, day: date, rng: Random, attempt: int) -> Any:
    if str(one.min or "").startswith("today") and "-" not in str(one.min):
        return (day + timedelta(days=rng.randint(1, 40))).isoformat()
    if "birth" in one.id and "child" not in one.id and attempt < 4:
        return (day - timedelta(days=rng.randint(21 * 366, 60 * 365))).isoformat()
    spread = (25, 400, 60, 12, 3, 4200, 2)[attempt % 7]
    return (day - timedelta(days=rng.randint(1, spread))).isoformat()


def _amount(one: forms.Field, person: people.Person, day: date, rng: Random, attempt: int) -> Any:
    low = int(one.min) if isinstance(one.min, int | float) else 1
    high = int(one.max) if isinstance(one.max, int | float) else low + (3, 20, 150, 5, 1)[attempt % 5]
    return rng.randint(low, max(low, min(high, low + 200)))


def _choice(one: forms.Field, person: people.Person, day: date, rng: Random, attempt: int) -> Any:
    usual = one.options[0].value
    if one.id == "result_delivery":
        return rng.choice(one.options).value
    return usual if attempt == 0 and rng.random() < 0.7 else rng.choice(one.options).value


def _yes_no(one: forms.Field, person: people.Person, day: date, rng: Random, attempt: int) -> Any:
    return rng.random() < (0.3 if attempt == 0 else 0.5)


def _address(one: forms.Field, person: people.Person, day: date, rng: Random, attempt: int) -> Any:
    return {
        "commune_code": person.commune,
        "detail": f"Số {rng.randint(1, 300)}, đường {rng.choice(people.STREETS)}",
    }


def _constant(value: Any) -> Callable[..., Any]:
    return lambda *_: value


_BY_TYPE: dict[str, Callable[..., Any]] = {
    "name": _name,
    "personal_number": _number_of,
    "date": _date,
    "number": _amount,
    "area": _amount,
    "money": lambda one, person, day, rng, attempt: 1_000_000 * _amount(one, person, day, rng, attempt),
    "choice": _choice,
    "choices": lambda one, person, day, rng, attempt: [rng.choice(one.options).value] if one.options else [],
    "yes_no": _yes_no,
    "consent": _constant(True),
    "address": _address,
    "phone": lambda one, person, day, rng, attempt: f"09{rng.randint(10_000_000, 99_999_999)}",
    "email": _constant("nguoi.dan@example.com"),
    "tax_code": _constant("5701234566"),
    "agency": _constant("Ủy ban nhân dân phường Bãi Cháy"),
}


def problems_of(declaration: forms.Declaration, answers: dict[str, Any], day: date) -> Iterator[str]:
    """What is still wrong, for a test's message."""
    for problem in forms.check(declaration, answers, day):
        yield f"{problem.section}.{problem.field}: {problem.code}"

"""Believable answers to any declaration: every asked question answered, no rule of the form broken.

The form itself is the judge: values are proposed out of the dossier's story, `forms.check` says what does not fit,
and other values are proposed for that, until nothing is wrong. What the person herself is never changes: her facts
are what the register of persons compares, and only a planned slip may contradict it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from motcua.kernel import forms
from motcua.simulation import choices, people, wording
from motcua.simulation.story import Story

ROUNDS = 12
TRIES = 80
PATTERNED = (
    "2010", "2025", "15/2020", "AB 123456", "12", "3,5", "10,5", "0123", "CS 012345", "BD 0123456", "07:30", "123456",
    "A1234567", "1.000.000", "02203456789", "85", "6", "2026-2027", "22001-2026-004512", "5701234566",
)  # fmt: skip
# Questions that need not be answered, and that most people answer or leave: parts of a hundred that answer.
ANSWERED = {"fee_cases": 100, "paper_cases": 18, "birth_on": 100, "organisation_tax_code": 100, "members": 25,
            "priorities": 4, "deceased_birth_on": 92, "email": 100}  # fmt: skip
USUALLY_ANSWERED = 30


def believable(
    declaration: forms.Declaration, person: people.Person, day: date, rng: Random
) -> dict[str, Any] | None:
    """Complete and valid answers of `person` on the local `day`, or None when none were found in the tries."""
    fixed = {k: v for k, v in person.facts.items() if (one := declaration.field(k)) and _fits(one, v)}
    answers: dict[str, Any] = dict(fixed)
    about = declaration.title.vi.removeprefix("Tờ khai: ") if declaration.generic else ""
    story = Story(person, day, rng, answers, about)
    story.given["asks"] = declaration.by_id
    skipped: set[str] = set()
    for _ in range(ROUNDS):
        if not _fill(declaration, story, skipped):
            break
    for attempt in range(TRIES):
        problems = forms.check(declaration, answers, day)
        if not problems:
            return forms.asked_answers(declaration, answers, day)
        for problem in problems[:4]:
            one = declaration.field(problem.field.split(".")[0])
            if one is not None and one.id not in fixed:
                answers[one.id] = _propose(one, story, attempt + 1)
        _fill(declaration, story, skipped)
    return None


def slipped(
    declaration: forms.Declaration, answers: dict[str, Any], day: date, rng: Random
) -> dict[str, Any]:
    """The answers with the applicant's birthday written a little wrong, as tired people write it; the same answers
    where the form does not ask for it or would not take it. The register of persons then meets a difference, once
    the person is known.
    """
    written = answers.get("birth_on")
    if not isinstance(written, str) or answers.get("applicant_kind") == "organisation":
        return answers
    right = date.fromisoformat(written)
    # another day of the same month: the year must fit the personal number, or the desk would see it
    wrong = right.replace(day=right.day % 28 + 1 if rng.random() < 0.5 else (right.day + 9) % 28 + 1)
    said = {**answers, "birth_on": wrong.isoformat()}
    return answers if forms.check(declaration, said, day) else said


def _fits(one: forms.Field, value: Any) -> bool:
    return not one.options or one.option(value) is not None


def _fill(declaration: forms.Declaration, story: Story, skipped: set[str]) -> bool:
    """Answer what is asked and still empty; True when something was answered."""
    answers, day = story.answers, story.day
    shown = forms.visible(declaration, answers, day)
    values = forms.known_values(declaration, answers, day)
    done = False
    for one in declaration.fields:
        if one.id not in shown or one.id in answers or one.id in skipped or one.type == "note":
            continue
        if not forms.is_required(one, values, day) and not _volunteered(one, story):
            skipped.add(one.id)
            continue
        answers[one.id] = _propose(one, story, 0)
        done = True
    return done


def _volunteered(one: forms.Field, story: Story) -> bool:
    """Whether a question that may stay empty is answered. Text nobody has words for stays empty."""
    if one.type in ("text", "long_text") and one.id not in wording.TEXTS:
        return False
    usual = 75 if one.type == "personal_number" else USUALLY_ANSWERED
    return story.rng.random() * 100 < ANSWERED.get(one.id, usual)


def _propose(one: forms.Field, story: Story, attempt: int) -> Any:
    """A value for a field; the first ones out of the story, later ones whatever might fit."""
    if one.type == "rows":
        return _rows(one, story, attempt)
    if attempt < 3 or one.type not in _OTHERWISE:
        return _FROM_THE_STORY.get(one.type, _text)(one, story, attempt)
    return _OTHERWISE[one.type](one, story, attempt)


def _rows(one: forms.Field, story: Story, attempt: int) -> list[dict[str, Any]]:
    if one.id == "receivers":
        who = story.person
        return [
            {
                "name": who.full_name,
                "birth_on": who.birth_on.isoformat(),
                "personal_number": who.personal_number,
                "share": "chung",
            }
        ]
    several = one.id in ("documents", "members", "children") and story.rng.random() < 0.25
    count = max(1, int(one.min or 1)) + several
    rows = []
    for place in range(min(count, int(one.max) if isinstance(one.max, int) else count)):
        row: dict[str, Any] = {}
        kin = _relative(story, one.id, place)
        for column in one.columns:
            if column.required is True or column.id in ("code", "personal_number"):
                row[column.id] = kin[column.id] if column.id in kin else _propose(column, story, attempt)
        rows.append(row)
    return rows


def _relative(story: Story, rows: str, place: int) -> dict[str, Any]:
    """What a row about somebody of the family says: the children of a parent, else wife or husband, then a child."""
    if rows not in ("members", "children"):
        return {}
    child = rows == "children" or place > 0
    who = (
        story.once(f"row/{place}", lambda: story.somebody("", 3, 15, story.person.family))
        if child
        else story.who("spouse")
    )
    relation = "child" if child else "spouse"
    if "business_name" in story.given["asks"]:
        relation = "Con" if child else "Vợ" if who.sex == "female" else "Chồng"
    return {
        "name": who.full_name,
        "birth_on": who.birth_on.isoformat(),
        "sex": who.sex,
        "personal_number": who.personal_number,
        "relation": relation,
    }


def _text(one: forms.Field, story: Story, attempt: int) -> Any:
    if one.pattern and (one.id not in wording.TEXTS or attempt > 2):
        return PATTERNED[attempt % len(PATTERNED)]
    words = wording.text(story, one)
    return words if len(words) >= (one.min if isinstance(one.min, int) else 0) else f"{words}. {story.about}"


def _prefix(one: forms.Field, ending: str) -> str:
    return one.id.removesuffix(ending)


def _name(one: forms.Field, story: Story, attempt: int) -> Any:
    if one.id == "bank_holder":
        return story.who("beneficiary").full_name
    if one.id == "full_name":
        return story.person.full_name
    return story.who(_prefix(one, "_full_name").removesuffix("_name").removesuffix("_designer")).full_name


def _number_of(one: forms.Field, story: Story, attempt: int) -> Any:
    return story.who(_prefix(one, "_personal_number")).personal_number


def _date(one: forms.Field, story: Story, attempt: int) -> Any:
    if one.id in wording.DATES:
        day = wording.DATES[one.id](story)
    elif one.id.endswith("_birth_on"):
        day = story.who(_prefix(one, "_birth_on")).birth_on
    else:
        return _some_date(one, story, attempt)
    return _within(one, story, day).isoformat()


def _within(one: forms.Field, story: Story, day: date) -> date:
    """The day, moved to the nearest one that the form takes."""
    low, high = (forms.limit_value(bound, "date", story.answers, story.day) for bound in (one.min, one.max))
    day = max(day, low) if low is not None else day
    return min(day, high) if high is not None else day


def _some_date(one: forms.Field, story: Story, attempt: int) -> Any:
    if str(one.min or "").startswith("today") and "-" not in str(one.min):
        return (story.day + timedelta(days=story.rng.randint(1, 40))).isoformat()
    spread = (25, 400, 60, 12, 3, 4200, 2)[attempt % 7]
    return (story.day - timedelta(days=story.rng.randint(1, spread))).isoformat()


def _amount(one: forms.Field, story: Story, attempt: int) -> Any:
    if one.id in wording.AMOUNTS:
        return wording.AMOUNTS[one.id](story)
    if one.type == "money":
        return max(story.rng.randint(20, 400) * 100_000, one.min if isinstance(one.min, int) else 0)
    if one.type == "area":
        return story.plot["area"]
    return _some_amount(one, story, attempt)


def _some_amount(one: forms.Field, story: Story, attempt: int) -> Any:
    low = int(one.min) if isinstance(one.min, int | float) else 1
    spread = (3, 20, 150, 5, 1)[attempt % 5]
    high = min(int(one.max), low + spread) if isinstance(one.max, int | float) else low + spread
    return story.rng.randint(max(low, min(1, high)), max(low, high))


# Questions about somebody of the household, whose home is the applicant's own.
HOME = frozenset(
    ("address", "delivery_address", "represented_address", "child_address", "mother_address", "father_address",
     "deceased_address", "subject_address", "beneficiary_address", "receiver_address", "residence_address",
     "period_address", "tax_address")
)  # fmt: skip
SITE = {"site_address": "plot", "parcel_address": "plot", "business_address": "shop", "new_address": "new home",
        "stay_address": "room", "birth_place_address": "hospital", "partner_address": "partner"}  # fmt: skip


def _address(one: forms.Field, story: Story, attempt: int) -> Any:
    if one.id in HOME or (one.id == "death_place" and story.answers.get("death_place_kind") == "home"):
        return dict(story.person.address)
    return dict(story.place(SITE.get(one.id, one.id)))


def _phone(one: forms.Field, story: Story, attempt: int) -> Any:
    if one.id == "business_phone":
        return story.person.phone
    return story.who(_prefix(one, "_phone")).phone


def _constant(value: Any) -> Callable[..., Any]:
    return lambda *_: value


_FROM_THE_STORY: dict[str, Callable[..., Any]] = {
    "name": _name,
    "personal_number": _number_of,
    "date": _date,
    "number": _amount,
    "area": _amount,
    "money": _amount,
    "choice": lambda one, story, attempt: choices.choice(story, one),
    "choices": lambda one, story, attempt: choices.choices(story, one),
    "yes_no": lambda one, story, attempt: choices.yes_no(story, one),
    "consent": _constant(True),
    "address": _address,
    "phone": _phone,
    "email": lambda one, story, attempt: story.person.email or "lien.he@example.com",
    "tax_code": lambda one, story, attempt: story.person.organisation[1],
    "agency": _constant("qn-bai-chay"),
}
_OTHERWISE: dict[str, Callable[..., Any]] = {
    "date": _some_date,
    "number": _some_amount,
    "choice": lambda one, story, attempt: story.rng.choice(one.options).value,
    "yes_no": lambda one, story, attempt: story.rng.random() < 0.5,
}


def problems_of(declaration: forms.Declaration, answers: dict[str, Any], day: date) -> Iterator[str]:
    """What is still wrong, for a test's message."""
    for problem in forms.check(declaration, answers, day):
        yield f"{problem.section}.{problem.field}: {problem.code}"

"""Are the answers right and complete?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from motcua.kernel.conditions import as_date, is_given
from motcua.kernel.forms.problems import FieldProblem
from motcua.kernel.forms.shape import ADDRESS_DETAIL_LENGTH, LENGTHS, ROWS_MAX, Declaration, Field, Section
from motcua.kernel.forms.visibility import is_required, known_values, visible
from motcua.kernel.identifiers import personal_number_problem, phone_problem, tax_code_problem

TODAY = re.compile(r"today\s*(?:([+-])\s*([0-9]{1,6}))?")
# Combining marks: some letters of Ê Đê and Gia Rai names (ơ̆, ê̆) have no composed form.
_NAME = re.compile("[^\\W\\d_](?:[^\\W\\d_]|[ '\u0300-\u036f-])*")
_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)
# A commune of today by its statistical code, or a former one (before 1 July 2025) by our own: old ones stay old ones.
_COMMUNE_CODE = re.compile(r"[0-9]{5}|cu-[a-z0-9-]{1,60}")
_AGENCY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")

# Nobody alive and no paper in use is older; a year beyond the other end is a slip of the finger.
YEAR_FIRST, YEAR_LAST = 1850, 2200

Found = Iterator[tuple[str, dict[str, Any]]]


def check(
    declaration: Declaration, answers: Mapping[str, Any], today: date, section: str | None = None
) -> list[FieldProblem]:
    """Every problem of the answers on that local day, in the order of the form; of one section only, when
    named.

    Hidden fields are not judged. Total: answers of any types give problems, never an exception.
    """
    shown = visible(declaration, answers, today)
    values = known_values(declaration, answers, today)
    found: list[FieldProblem] = []
    for part in declaration.sections:
        if section is not None and part.id != section:
            continue
        for one in part.fields:
            if one.id in shown and one.type != "note":
                found += field_problems(part, one, values, today)
    return found


def section_state(
    declaration: Declaration,
    answers: Mapping[str, Any],
    problems: list[FieldProblem],
    section: str,
) -> str:
    """ "done" without problems, "todo" when something is merely not answered yet, "fix" when an answer is
    wrong.

    `problems` as from `check` (and `clean`), of the whole form or of this section.
    """
    mine = [problem for problem in problems if problem.section == section]
    if not mine:
        return "done"
    return "todo" if all(problem.missing for problem in mine) else "fix"


def field_problems(
    section: Section, one: Field, values: Mapping[str, Any], today: date
) -> Iterator[FieldProblem]:
    """What is wrong with the answer to one asked field; `values` as from `known_values`."""
    value = values.get(one.id)
    if not is_given(value):
        if is_required(one, values, today):
            yield FieldProblem(section.id, one.id, *_missing(one))
        return
    good = True
    for code, params in value_problems(one, value, values, today):
        good = False
        yield FieldProblem(section.id, one.id, code, params)
    if one.type == "rows" and isinstance(value, list):
        yield from _of_rows(section, one, value, values, today)
    elif good and one.check is not None and not one.check.holds(values, today):
        yield FieldProblem(section.id, one.id, "check")


def _missing(one: Field) -> tuple[str, dict[str, Any]]:
    if one.type == "rows":
        return "required_rows", {"min": one.min if isinstance(one.min, int) else 1}
    if one.type in ("choice", "choices", "yes_no"):
        return "required_choice", {}
    return ("required_consent" if one.type == "consent" else "required"), {}


def _of_rows(
    section: Section, one: Field, rows: list[Any], values: Mapping[str, Any], today: date
) -> Iterator[FieldProblem]:
    for place, row in enumerate(rows[:ROWS_MAX]):
        if not isinstance(row, Mapping):
            yield FieldProblem(section.id, one.id, "wrong", {"row": place})
            continue
        seen = {**values, **{str(name): value for name, value in row.items()}}
        for column in one.columns:
            if column.when is not None and not column.when.holds(seen, today):
                continue
            for code, params in _of_cell(column, row.get(column.id), seen, today):
                yield FieldProblem(section.id, one.id, code, {**params, "row": place, "column": column.id})
        if one.check is not None and not one.check.holds(seen, today):
            yield FieldProblem(section.id, one.id, "check", {"row": place})


def _of_cell(column: Field, value: Any, values: Mapping[str, Any], today: date) -> Found:
    if not is_given(value):
        if is_required(column, values, today):
            yield _missing(column)
        return
    good = True
    for found in value_problems(column, value, values, today):
        good = False
        yield found
    if good and column.check is not None and not column.check.holds(values, today):
        yield "check", {}


def value_problems(one: Field, value: Any, values: Mapping[str, Any], today: date) -> Found:
    """Codes and parameters of what is wrong with one given answer, apart from conditions and columns."""
    return _CHECKS[one.type](one, value, values, today)


def _text(one: Field, value: Any, values: Mapping[str, Any], today: date) -> Found:
    if not isinstance(value, str):
        yield "wrong", {}
        return
    limit = LENGTHS.get(one.type, LENGTHS["text"])
    longest = min(one.max, limit) if isinstance(one.max, int) else limit
    if len(value) > longest:
        yield "too_long", {"limit": longest}
    elif isinstance(one.min, int) and len(value) < one.min:
        yield "too_short", {"limit": one.min}
    elif one.pattern and not _compiled(one.pattern).fullmatch(value):
        yield "pattern", {}


def _name(one: Field, value: Any, values: Mapping[str, Any], today: date) -> Found:
    yield from _text(one, value, values, today)
    if isinstance(value, str) and len(value) <= LENGTHS["name"] and not _NAME.fullmatch(value.strip()):
        yield "name_wrong", {}


def _email(one: Field, value: Any, values: Mapping[str, Any], today: date) -> Found:
    if not isinstance(value, str) or len(value) > LENGTHS["email"] or not _EMAIL.fullmatch(value.lower()):
        yield "email_wrong", {}


def _by(problem_of: Callable[[Any], str | None]) -> Callable[..., Found]:
    def judge(one: Field, value: Any, values: Mapping[str, Any], today: date) -> Found:
        code = problem_of(value)
        if code:
            yield code, {}

    return judge


def _personal_number(one: Field, value: Any, values: Mapping[str, Any], today: date) -> Found:
    code = personal_number_problem(value, latest_year=today.year)
    if code:
        yield code, {}


def _agency(one: Field, value: Any, values: Mapping[str, Any], today: date) -> Found:
    if not isinstance(value, str) or not _AGENCY.fullmatch(value):
        yield "agency_wrong", {}


def _date(one: Field, value: Any, values: Mapping[str, Any], today: date) -> Found:
    day = as_date(value)
    if day is None or not YEAR_FIRST <= day.year <= YEAR_LAST:
        yield "date_wrong", {}
        return
    for bound, is_max in ((one.min, False), (one.max, True)):
        limit = limit_value(bound, "date", values, today)
        if limit is not None and (day > limit if is_max else day < limit):
            yield _day_code(bound, is_max), {"limit": limit.isoformat(), **_other(bound)}
            return


def _day_code(bound: Any, is_max: bool) -> str:
    if bound == "today":
        return "date_future" if is_max else "date_past"
    if _other(bound):
        return "date_after_other" if is_max else "date_before_other"
    return "date_late" if is_max else "date_early"


def _other(bound: Any) -> dict[str, str]:
    is_field = isinstance(bound, str) and not TODAY.fullmatch(bound) and as_date(bound) is None
    return {"other": bound} if is_field else {}


def _number(one: Field, value: Any, values: Mapping[str, Any], today: date) -> Found:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # noqa: PLR0124
        yield "number_wrong", {}
        return
    if one.type != "area" and isinstance(value, float):
        yield "number_whole", {}
    low, high = (limit_value(bound, "number", values, today) for bound in (one.min, one.max))
    if low is None and one.type in ("money", "area"):
        low = 0
    if low is not None and value < low:
        yield "number_low", {"limit": low, **_other(one.min)}
    elif high is not None and value > high:
        yield "number_high", {"limit": high, **_other(one.max)}


def _yes_no(one: Field, value: Any, values: Mapping[str, Any], today: date) -> Found:
    if not isinstance(value, bool):
        yield "wrong", {}


def _consent(one: Field, value: Any, values: Mapping[str, Any], today: date) -> Found:
    if value is not True:
        yield "required_consent", {}


def _choice(one: Field, value: Any, values: Mapping[str, Any], today: date) -> Found:
    if not isinstance(value, str) or not one.option(value):
        yield "option_unknown", {}


def _choices(one: Field, value: Any, values: Mapping[str, Any], today: date) -> Found:
    if not isinstance(value, list) or not all(isinstance(each, str) and one.option(each) for each in value):
        yield "option_unknown", {}
    elif isinstance(one.min, int) and len(value) < one.min:
        yield "choices_few", {"limit": one.min}
    elif isinstance(one.max, int) and len(value) > one.max:
        yield "choices_many", {"limit": one.max}


def _address(one: Field, value: Any, values: Mapping[str, Any], today: date) -> Found:
    code, detail = (
        (value.get("commune_code"), value.get("detail")) if isinstance(value, Mapping) else (None, None)
    )
    if not isinstance(code, str) or not _COMMUNE_CODE.fullmatch(code):
        yield "address_commune", {"part": "commune"}
    if not isinstance(detail, str) or not detail.strip():
        yield "address_detail", {"part": "detail"}
    elif len(detail) > ADDRESS_DETAIL_LENGTH:
        yield "too_long", {"limit": ADDRESS_DETAIL_LENGTH, "part": "detail"}


def _rows(one: Field, value: Any, values: Mapping[str, Any], today: date) -> Found:
    if not isinstance(value, list):
        yield "wrong", {}
    elif isinstance(one.min, int) and len(value) < one.min:
        yield "rows_few", {"limit": one.min}
    elif len(value) > (one.max if isinstance(one.max, int) else ROWS_MAX):
        yield "rows_many", {"limit": one.max if isinstance(one.max, int) else ROWS_MAX}


_CHECKS: dict[str, Callable[..., Found]] = {
    "text": _text,
    "long_text": _text,
    "name": _name,
    "personal_number": _personal_number,
    "date": _date,
    "number": _number,
    "money": _number,
    "area": _number,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "phone": _by(phone_problem),
    "email": _email,
    "address": _address,
    "agency": _agency,
    "tax_code": _by(tax_code_problem),
    "rows": _rows,
    "consent": _consent,
}


def limit_value(bound: Any, kind: str, values: Mapping[str, Any], today: date) -> Any:
    """What a `min` or `max` means today: a date or a number, None for no limit or an unanswered other field.

    `kind` is "date" or "number". Good for the min and max of an HTML input too.
    """
    if bound is None or isinstance(bound, bool):
        return None
    if kind == "number":
        other = values.get(bound) if isinstance(bound, str) else bound
        return other if isinstance(other, int | float) and not isinstance(other, bool) else None
    moved = TODAY.fullmatch(bound) if isinstance(bound, str) else None
    if moved:
        days = int((moved[1] or "+") + (moved[2] or "0"))
        try:
            return today + timedelta(days=days)
        except OverflowError:
            return None
    own = as_date(bound)
    return own if own is not None else as_date(values.get(bound)) if isinstance(bound, str) else None


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)

"""From what a browser posted, or what a machine sent, to answers.

Names of inputs: `field`; for addresses `field-commune` and `field-detail`; for dates also `field-day`,
`field-month`, `field-year`; for rows `field-0-column`, counted from 0. A machine may send typed JSON values
under the bare ids instead: booleans, numbers, ISO dates, `{commune_code, detail}`, lists of choices, lists of
row objects.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.kernel.conditions import is_given
from motcua.kernel.forms.problems import FieldProblem
from motcua.kernel.forms.read import Unreadable, read, read_address
from motcua.kernel.forms.shape import ROWS_MAX, Declaration, Field, Section
from motcua.kernel.forms.visibility import asked_answers

# Inputs that a browser leaves out of the post when nothing is ticked.
_SILENT_WHEN_EMPTY = ("consent", "choices", "rows", "yes_no", "choice")
_ROW_INDEX = re.compile(r"([0-9]{1,4})-(.+)")


def clean(
    declaration: Declaration,
    raw: Mapping[str, Any],
    section: str | None = None,
    today: date | None = None,
) -> tuple[dict[str, Any], list[FieldProblem]]:
    """The answers in `raw` and what in it could not be read. Never raises, whatever comes.

    Answers hold only fields that were posted; a field posted empty or unreadable is None, so that
    `{**old, **answers}` forgets the old value. With `section` the post is taken as that whole section: ticks
    that are missing from it were removed. `raw` may be a Django QueryDict, a plain mapping, or typed JSON.
    With `today` the answers of hidden fields are left out.
    """
    posted = Posted(raw)
    answers: dict[str, Any] = {}
    problems: list[FieldProblem] = []
    for part in declaration.sections:
        if section is not None and part.id != section:
            continue
        for one in part.fields:
            if one.type == "note":
                continue
            if posted.has(one):
                answers[one.id], found = _answer(part, one, posted)
                problems += found
            elif section is not None and one.type in _SILENT_WHEN_EMPTY:
                answers[one.id] = None
    if today is None:
        return answers, problems
    answers = asked_answers(declaration, answers, today)
    return answers, [problem for problem in problems if problem.field in answers]


class Posted:
    """Posted names and values, of whatever kind of mapping."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw if isinstance(raw, Mapping) else {}
        self.names = [name for name in self.raw if isinstance(name, str)]

    def many(self, name: str) -> list[Any]:
        """All values of a name."""
        if name not in self.raw:
            return []
        getlist = getattr(self.raw, "getlist", None)
        value = getlist(name) if getlist else self.raw[name]
        return list(value) if isinstance(value, list | tuple) else [value]

    def one(self, name: str) -> Any:
        """The last value of a name, as browsers and servers agree; None when there is none."""
        values = self.many(name)
        return values[-1] if values else None

    def has(self, one: Field) -> bool:
        """Whether anything was posted for a field."""
        if one.id in self.raw:
            return True
        return any(f"{one.id}-{part}" in self.raw for part in _PARTS.get(one.type, ())) or (
            one.type == "rows" and bool(self.row_indexes(one.id))
        )

    def row_indexes(self, field_id: str) -> list[int]:
        """The places of posted rows, in order; places beyond reason are not looked at."""
        start = len(field_id) + 1
        found = set()
        for name in self.names:
            if name.startswith(f"{field_id}-"):
                match = _ROW_INDEX.fullmatch(name[start : start + 100])
                if match and int(match[1]) < 10 * ROWS_MAX:
                    found.add(int(match[1]))
        return sorted(found)


_PARTS = {"address": ("commune", "commune_code", "detail"), "date": ("day", "month", "year")}


def _answer(section: Section, one: Field, posted: Posted) -> tuple[Any, list[FieldProblem]]:
    if one.type == "rows":
        return _rows(section, one, posted)
    value = _value(one, posted, one.id)
    if isinstance(value, Unreadable):
        return value.value, [FieldProblem(section.id, one.id, value.code, dict(value.params))]
    return value, []


def _value(one: Field, posted: Posted, name: str) -> Any:
    if one.type == "address":
        return _address(posted, name)
    if one.type == "choices":
        return read(one, posted.many(name))
    if one.type == "date" and name not in posted.raw:
        parts = [posted.one(f"{name}-{part}") for part in _PARTS["date"]]
        typed = [part if isinstance(part, str) else "" for part in parts]
        return read(one, "/".join(typed) if any(part.strip() for part in typed) else "")
    return read(one, posted.one(name))


def _address(posted: Posted, name: str) -> Any:
    whole = posted.one(name)
    if isinstance(whole, Mapping):
        return read_address(whole.get("commune_code"), whole.get("detail"))
    commune = posted.one(f"{name}-commune")
    if commune is None:
        commune = posted.one(f"{name}-commune_code")
    detail = posted.one(f"{name}-detail")
    # A plain text is an address whose commune is still to be chosen.
    return read_address(commune, whole if detail is None else detail)


def _rows(section: Section, one: Field, posted: Posted) -> tuple[Any, list[FieldProblem]]:
    sent = posted.many(one.id) if one.id in posted.raw else None
    if sent is not None:
        sources = [(place, row) for place, row in enumerate(sent[: 2 * ROWS_MAX]) if isinstance(row, Mapping)]
        if any(is_given(row) and not isinstance(row, Mapping) for row in sent):
            return None, [FieldProblem(section.id, one.id, "wrong")]
        cells = [(place, Posted(row), "") for place, row in sources]
    else:
        cells = [(place, posted, f"{one.id}-{place}-") for place in posted.row_indexes(one.id)]
    rows: list[dict[str, Any]] = []
    problems: list[FieldProblem] = []
    for place, source, prefix in cells:
        row, wrong = _row(one, source, prefix)
        if not wrong and not any(is_given(value) for value in row.values()):
            continue
        problems += [
            FieldProblem(
                section.id,
                one.id,
                bad.code,
                {**bad.params, "row": len(rows), "posted_row": place, "column": column},
            )
            for column, bad in wrong
        ]
        rows.append(row)
    if len(rows) > ROWS_MAX:
        problems = [problem for problem in problems if problem.params["row"] < ROWS_MAX]
        problems.append(FieldProblem(section.id, one.id, "rows_many", {"limit": ROWS_MAX}))
    return rows[:ROWS_MAX] or None, problems


def _row(one: Field, source: Posted, prefix: str) -> tuple[dict[str, Any], list[tuple[str, Unreadable]]]:
    row: dict[str, Any] = {}
    wrong: list[tuple[str, Unreadable]] = []
    for column in one.columns:
        value = _value(column, source, prefix + column.id)
        if isinstance(value, Unreadable):
            wrong.append((column.id, value))
            value = value.value
        row[column.id] = value
    return row, wrong

"""From pack data to a `Declaration`, telling every problem at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from motcua.kernel.conditions import Condition, ConditionError, FieldType, parse
from motcua.kernel.conditions.parse import RESERVED
from motcua.kernel.forms.faults import Faults, FormProblem
from motcua.kernel.forms.parts import FACTS
from motcua.kernel.forms.pieces import CONTEXT, check_fees, check_papers
from motcua.kernel.forms.shape import (
    COLUMN_TYPES,
    LENGTHS,
    ROWS_MAX,
    SENSITIVITIES,
    TYPES,
    Declaration,
    Field,
    Option,
    Section,
    asked_names,
)
from motcua.kernel.text import Bilingual

SECTION_KEYS = ("id", "title", "help", "when", "fields", "source", "unverified")
FIELD_KEYS = (
    "id", "type", "label", "help", "required", "when", "options", "min", "max", "pattern", "sensitivity",
    "prefill", "columns", "check", "message", "source", "unverified",
)  # fmt: skip
OPTION_KEYS = ("value", "label", "source", "unverified")
_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
_OPTION_VALUE = re.compile(r"[A-Za-z0-9][\w.-]{0,99}")
_TODAY = re.compile(r"today(?:\s*[+-]\s*[0-9]{1,6})?")
_RANGED = ("text", "long_text", "name", "number", "money", "area", "rows", "choices")
# Words of the condition language, and names that conditions see from outside the form.
_RESERVED_IDS = RESERVED | CONTEXT.keys()


def declaration_from_data(data: Any) -> Declaration:
    """The declaration that pack data describe. Raises `FormProblem` with all problems and their paths.

    Data are those of `declarations/<id>.yaml`, or of `generic_declaration`.
    """
    faults = Faults()
    data = faults.mapping(data, "")
    sections = tuple(
        section
        for place, raw in enumerate(faults.sequence(data.get("sections"), "sections", filled=True))
        if (section := _section(raw, f"sections[{place}]", faults)) is not None
    )
    declaration = Declaration(
        sections=sections,
        id=str(data.get("id") or ""),
        title=faults.words(data.get("title"), "title") if data.get("title") else Bilingual(""),
        papers=tuple(
            row for row in faults.sequence(data.get("papers"), "papers") if isinstance(row, Mapping)
        ),
        fees=tuple(row for row in faults.sequence(data.get("fees"), "fees") if isinstance(row, Mapping)),
        sources=tuple(str(source) for source in faults.sequence(data.get("sources"), "sources")),
        unverified=tuple(str(each) for each in faults.sequence(data.get("unverified"), "unverified")),
        generic=data.get("generic") is True,
    )
    _same_ids(data, faults)
    _conditions(data, declaration, faults)
    _circles(data, declaration, faults)
    check_papers(data.get("papers"), declaration.types, faults)
    check_fees(data.get("fees"), declaration.types, faults)
    if faults.found:
        raise FormProblem(faults.found)
    return declaration


def _section(raw: Any, path: str, faults: Faults) -> Section | None:
    if not isinstance(raw, Mapping):
        faults.add(path, raw, "id, title and fields")
        return None
    faults.known_keys(raw, path, SECTION_KEYS)
    return Section(
        id=faults.identifier(raw.get("id"), f"{path}.id", _ID),
        title=faults.words(raw.get("title"), f"{path}.title"),
        help=faults.words(raw["help"], f"{path}.help") if raw.get("help") else None,
        when=faults.condition(raw.get("when"), f"{path}.when"),
        fields=tuple(
            field
            for place, one in enumerate(faults.sequence(raw.get("fields"), f"{path}.fields", filled=True))
            if (field := _field(one, f"{path}.fields[{place}]", faults)) is not None
        ),
    )


def _field(raw: Any, path: str, faults: Faults, types: tuple[str, ...] = TYPES) -> Field | None:
    if not isinstance(raw, Mapping):
        faults.add(path, raw, "id, type and label")
        return None
    faults.known_keys(raw, path, FIELD_KEYS)
    kind = faults.one_of(raw.get("type"), f"{path}.type", types)
    required = raw.get("required", False)
    if required is not None and not isinstance(required, bool):
        required = faults.condition(required, f"{path}.required") or False
    columns = _columns(raw, kind, path, faults)
    return Field(
        id=_field_id(raw.get("id"), f"{path}.id", faults),
        type=kind or "text",
        label=faults.words(raw.get("label"), f"{path}.label"),
        help=faults.words(raw["help"], f"{path}.help") if raw.get("help") else None,
        required=required or False,
        when=faults.condition(raw.get("when"), f"{path}.when"),
        options=_options(raw, kind, path, faults),
        min=_bound(raw.get("min"), kind, f"{path}.min", faults),
        max=_bound(raw.get("max"), kind, f"{path}.max", faults),
        pattern=_pattern(raw.get("pattern"), kind, f"{path}.pattern", faults),
        sensitivity=_sensitivity(raw, kind, columns, path, faults),
        prefill=_prefill(raw.get("prefill"), f"{path}.prefill", faults),
        columns=columns,
        check=faults.condition(raw.get("check"), f"{path}.check"),
        message=_message(raw, path, faults),
    )


def _field_id(value: Any, path: str, faults: Faults) -> str:
    found = faults.identifier(value, path, _ID)
    if found in _RESERVED_IDS:
        faults.add(path, found, "an id that is no word of the condition language")
    return found


def _options(raw: Mapping[str, Any], kind: str, path: str, faults: Faults) -> tuple[Option, ...]:
    given = raw.get("options")
    if kind not in ("choice", "choices"):
        if given is not None:
            faults.add(f"{path}.options", "options", f"no options for a {kind} field")
        return ()
    options: list[Option] = []
    for place, one in enumerate(faults.sequence(given, f"{path}.options", filled=True)):
        here = f"{path}.options[{place}]"
        if not isinstance(one, Mapping):
            faults.add(here, one, "value and label")
            continue
        faults.known_keys(one, here, OPTION_KEYS)
        value = faults.identifier(one.get("value"), f"{here}.value", _OPTION_VALUE)
        if value and any(value == option.value for option in options):
            faults.add(f"{here}.value", value, "a value that no other option of the field has")
        options.append(Option(value, faults.words(one.get("label"), f"{here}.label")))
    return tuple(options)


def _columns(raw: Mapping[str, Any], kind: str, path: str, faults: Faults) -> tuple[Field, ...]:
    given = raw.get("columns")
    if kind != "rows":
        if given is not None:
            faults.add(f"{path}.columns", "columns", f"no columns for a {kind} field")
        return ()
    columns = tuple(
        column
        for place, one in enumerate(faults.sequence(given, f"{path}.columns", filled=True))
        if (column := _field(one, f"{path}.columns[{place}]", faults, COLUMN_TYPES)) is not None
    )
    seen: set[str] = set()
    for place, column in enumerate(columns):
        if column.id in seen:
            faults.add(f"{path}.columns[{place}].id", column.id, "an id that no other column has")
        seen.add(column.id)
    return columns


def _bound(value: Any, kind: str, path: str, faults: Faults) -> int | float | str | None:
    if value is None:
        return None
    if kind == "date":
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, str) and (_TODAY.fullmatch(value) or _ID.fullmatch(value) or _iso(value)):
            return value
        faults.add(path, value, "today, today-60, a date such as 2026-07-01, or the id of another date field")
        return None
    if kind in ("number", "money", "area") and isinstance(value, str) and _ID.fullmatch(value):
        return value
    if kind in _RANGED and isinstance(value, int | float) and not isinstance(value, bool):
        highest = ROWS_MAX if kind == "rows" else LENGTHS.get(kind)
        if highest is not None and not 0 <= value <= highest:
            more = "; long_text takes more" if kind == "text" else ""
            faults.add(path, value, f"0 to {highest}{more}")
        return value
    faults.add(path, value, "a number" if kind in _RANGED else f"no limit for a {kind} field")
    return None


def _iso(value: str) -> bool:
    try:
        return len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _pattern(value: Any, kind: str, path: str, faults: Faults) -> str | None:
    if value is None:
        return None
    if kind not in ("text", "long_text", "name"):
        faults.add(path, value, f"no pattern for a {kind} field")
    try:
        return re.compile(value).pattern
    except (re.error, TypeError, RecursionError):
        faults.add(path, value, "a regular expression")
        return None


def _sensitivity(
    raw: Mapping[str, Any], kind: str, columns: tuple[Field, ...], path: str, faults: Faults
) -> str:
    value = raw.get("sensitivity")
    if value is not None:
        return faults.one_of(value, f"{path}.sensitivity", SENSITIVITIES) or "sensitive"
    if kind in ("note", "consent"):
        return "open"
    # Rows are as sensitive as their most sensitive column; anything else unsaid is personal, to be on the
    # safe side.
    ranks = [SENSITIVITIES.index(column.sensitivity) for column in columns]
    return SENSITIVITIES[max(ranks)] if ranks else "personal"


def _prefill(value: Any, path: str, faults: Faults) -> str | None:
    if value is None:
        return None
    return faults.one_of(value, path, FACTS) or None


def _message(raw: Mapping[str, Any], path: str, faults: Faults) -> Bilingual | None:
    if raw.get("check") and not raw.get("message"):
        faults.add(f"{path}.message", None, "a sentence in vi and en, because there is a check")
    return faults.words(raw["message"], f"{path}.message") if raw.get("message") else None


def _same_ids(data: Mapping[str, Any], faults: Faults) -> None:
    sections: dict[str, str] = {}
    fields: dict[str, str] = {}
    for path, raw, seen in _identified(data, sections, fields):
        name = raw.get("id")
        if isinstance(name, str) and name:
            if name in seen:
                faults.add(f"{path}.id", name, f"an id that is not used yet; {seen[name]} has it")
            seen.setdefault(name, path)


def _identified(
    data: Mapping[str, Any], sections: dict[str, str], fields: dict[str, str]
) -> Iterator[tuple[str, Mapping[str, Any], dict[str, str]]]:
    for path, section in _mappings(data.get("sections"), "sections"):
        yield path, section, sections
        for inside, raw in _mappings(section.get("fields"), f"{path}.fields"):
            yield inside, raw, fields


def _mappings(raw: Any, path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for place, one in enumerate(raw if isinstance(raw, list | tuple) else ()):
        if isinstance(one, Mapping):
            yield f"{path}[{place}]", one


def _conditions(data: Mapping[str, Any], declaration: Declaration, faults: Faults) -> None:
    types = declaration.types
    for path, section in _mappings(data.get("sections"), "sections"):
        _judge(section, path, types, faults)
        for inside, raw in _mappings(section.get("fields"), f"{path}.fields"):
            _judge(raw, inside, types, faults)
            columns = list(_mappings(raw.get("columns"), f"{inside}.columns"))
            own = {
                str(column.get("id")): _column_type(column)
                for _, column in columns
                if column.get("type") in TYPES
            }
            for column_path, column in columns:
                _judge(column, column_path, {**types, **own}, faults)


def _column_type(column: Mapping[str, Any]) -> FieldType:
    values = (one.get("value") for _, one in _mappings(column.get("options"), ""))
    return FieldType(str(column["type"]), tuple(str(value) for value in values))


def _judge(raw: Mapping[str, Any], path: str, types: Mapping[str, FieldType], faults: Faults) -> None:
    for key in ("when", "required", "check"):
        if isinstance(raw.get(key), str):
            faults.meaning(_readable(raw[key]), f"{path}.{key}", types)
    if raw.get("type") not in ("date", "number", "money", "area"):
        return
    wanted = "date" if raw["type"] == "date" else "number"
    for key in ("min", "max"):
        other = raw.get(key)
        if not isinstance(other, str) or _TODAY.fullmatch(other) or _iso(other) or not _ID.fullmatch(other):
            continue
        kinds = ("date",) if wanted == "date" else ("number", "money", "area")
        if other not in types or types[other].kind not in kinds:
            faults.add(f"{path}.{key}", other, f"a limit or the id of another {wanted} field")


def _readable(text: str) -> Condition | None:
    try:
        return parse(text)
    except ConditionError:
        return None


def _circles(data: Mapping[str, Any], declaration: Declaration, faults: Faults) -> None:
    """A field must not wait for itself: told once for each circle, at the field where it closes."""
    needs = {one.id: asked_names(section, one) for section, one in declaration.by_id.values()}
    paths = {
        str(raw.get("id")): inside
        for path, section in _mappings(data.get("sections"), "sections")
        for inside, raw in _mappings(section.get("fields"), f"{path}.fields")
    }
    told: set[frozenset[str]] = set()
    for start in needs:
        circle = _circle_from(start, needs)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            way = " → ".join([*circle, circle[0]])
            faults.tell(
                f"{paths.get(start, start)}.when", way, "no circle: a field cannot wait for its own answer"
            )


def _circle_from(start: str, needs: Mapping[str, frozenset[str]]) -> list[str]:
    ways: list[list[str]] = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for name in sorted(needs.get(way[-1], frozenset())):
            if name == start:
                return way
            if name in needs and name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []

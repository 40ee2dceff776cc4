"""The leaders' tables and the rows behind a figure, as files to take along."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from motcua.dossiers.queries import Occurrence, columns
from motcua.foundation.tables import Column, Table
from motcua.operations import listing

BLOCK = 500
CHOSEN = (
    "code", "procedure", "applicant", "competent_agency", "received_by", "state", "received_at", "due_on",
    "first_due_on", "due_provisional", "days_left", "resolved_at",
)  # fmt: skip

Page = Callable[[tuple[str, int] | None], list[Occurrence]]


def rows_table(
    name: str, measure: str, page: Page, reader: columns.Reader, note: Callable[[list[Occurrence]], None]
) -> Table:
    """The dossiers behind a figure; `page` reads BLOCK of them after a place, `note` is told each block before it
    leaves."""
    choices = columns.chosen(CHOSEN)
    heads = [
        Column("at", listing.column(measure), "moment"),
        *(one.column(reader.language) for one in choices),
    ]

    def rows() -> Iterator[list[Any]]:
        after = None
        while block := page(after):
            after = block[-1].place
            note(block)
            for each in block:
                yield [each.at, *columns.row_of(choices, each.dossier, reader)]

    return Table(name, heads, rows())


def figures_table(name: str, drawn: dict[str, Any], language: str) -> Table:
    """A table of figures as it stands on the page: one line for each agency, desk, procedure or day."""
    heads = [
        Column(one["key"], one["label"], "number" if one.get("number") else "text")
        for one in drawn["columns"]
    ]
    rows = ([_value(row.get(one.key), one.kind, language) for one in heads] for row in drawn["rows"])
    return Table(name, heads, rows)


def _value(cell: Any, kind: str, language: str) -> Any:
    """What a cell shows: a whole number as a number, "no data" (–) as an empty cell, anything else as its text."""
    text = cell.get("text") if isinstance(cell, dict) and "text" in cell else cell
    if isinstance(text, dict):
        return text.get(language) or text.get("vi") or ""
    said = "" if text is None else str(text)
    if said == "–":
        return None
    grouping = "." if language == "vi" else ","
    whole = said.replace(grouping, "") if kind == "number" else ""
    return int(whole) if whole.isdigit() else said

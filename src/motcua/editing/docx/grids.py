"""What a table of a form is: rows to repeat, boxes for single characters, a list of questions, or mere layout."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.editing.docx import wording
from motcua.editing.docx.marks import BLANK, BOX, DAY
from motcua.editing.docx.opening import Grid, Line
from motcua.kernel.text import fold

CHARACTERS_LEAST = 8  # empty cells in a row from which they are for one character each
COLUMNS_MOST = 20
_EMPTY = frozenset((BLANK, DAY, ""))


@dataclass(frozen=True)
class Repeated:
    """A table whose rows repeat: what each column asks."""

    columns: tuple[str, ...]
    place: int
    fixed: tuple[str, ...] = ()  # rows that the form names itself


@dataclass(frozen=True)
class Characters:
    """Cells for single characters; `label` when it stands in the same row."""

    label: str
    place: int


def read_grid(grid: Grid) -> list[Line | Repeated | Characters]:
    """A table as what it asks, in reading order."""
    rows = [[_text(cell) for cell in row] for row in grid.rows]
    whole = fold(" ".join(text for row in rows for text in row))
    if wording.NATION.search(whole):
        return _flat(grid)
    if wording.SIGNED.search(whole) and BLANK not in whole.replace(f"ngay {DAY}", ""):
        return _flat(grid)  # who signs ends what is asked before
    repeated = _repeated(rows, grid.place)
    if repeated is not None:
        return _by_person(repeated) or [repeated]
    found: list[Line | Repeated | Characters] = []
    for row, texts in zip(grid.rows, rows, strict=True):
        found += _row(row, texts, grid.place)
    return found


def _by_person(table: Repeated) -> list[Line | Repeated | Characters]:
    """A column for each person and a row for each question ("Bên nữ | Bên nam"): the questions of one, then of the
    other. [] for any other table."""
    people = table.columns[1:]
    if not table.fixed or not people or any(wording.person(name) is None for name in people):
        return []
    found: list[Line | Repeated | Characters] = []
    for name in people:
        found.append(Line(name, table.place, bold=True))
        found += [Line(f"{row.rstrip(' :')}: {BLANK}", table.place) for row in table.fixed]
    return found


def _text(cell: tuple[Line, ...]) -> str:
    return " ".join(line.text for line in cell)


def _flat(grid: Grid) -> list[Line | Repeated | Characters]:
    return [line for row in grid.rows for cell in row for line in cell]


def _row(
    row: tuple[tuple[Line, ...], ...], texts: list[str], place: int
) -> list[Line | Repeated | Characters]:
    """Cells for characters, "label | room to write" pairs, or the lines of the cells."""
    told = [text for text in texts if text not in _EMPTY]
    if sum(text == "" for text in texts) >= CHARACTERS_LEAST and len(told) <= 1:
        return [Characters(told[0] if told else "", place)]
    found: list[Line | Repeated | Characters] = []
    for at, cell in enumerate(row):
        room = at + 1 < len(row) and texts[at + 1] in _EMPTY
        last = cell[-1] if cell else None
        if room and last is not None and last.text not in _EMPTY and not set(last.text) & {BLANK, DAY, BOX}:
            label = Line(f"{last.text.rstrip(' :')}: {BLANK}", place, last.bold)
            found += [*cell[:-1], label]
        else:
            found += [line for line in cell if line.text not in _EMPTY or len(told) == 0]
    return found


def _repeated(rows: list[list[str]], place: int) -> Repeated | None:
    """A head, then rows to be written in. A head of two lines is read as one."""
    head = next((at for at, row in enumerate(rows) if not _is_head(row)), len(rows))
    if head == 0 or head > 2 or head == len(rows):
        return None
    width = max(len(row) for row in rows[:head])
    columns: list[str] = []
    for at in range(min(width, COLUMNS_MOST)):
        upper, carried = rows[0][at] if at < len(rows[0]) else "", ""
        if not upper and head == 2:  # a merged cell over several columns
            carried = next((text for text in reversed(rows[0][:at]) if text), "")
        lower = rows[1][at] if head == 2 and at < len(rows[1]) else ""
        lower = "" if lower.strip("()").isdigit() else lower
        name = " – ".join(part for part in ((upper or carried) if lower or upper else "", lower) if part)
        if name:
            columns.append(name)
    below = rows[head:]
    free = [row for row in below if all(_is_free(text) for text in row)]
    named = [
        row[0] for row in below if row and not _is_free(row[0]) and all(_is_free(text) for text in row[1:])
    ]
    if len(columns) < 2 or len(free) + len(named) < len(below) or not below:
        return None
    return Repeated(tuple(columns), place, tuple(named))


def _is_head(row: list[str]) -> bool:
    told = [text for text in row if text]
    return len(told) >= 2 and not any(set(text) & {BLANK, DAY, BOX} or text.endswith(":") for text in told)


def _is_free(text: str) -> bool:
    return (
        text in _EMPTY
        or text in (f"{BLANK}/{BLANK}", "x", "X")
        or text.strip("(). ").isdigit()
        or set(text) <= {BLANK, DAY, BOX, " "}
    )

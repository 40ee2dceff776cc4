"""Reading an official list of procedures (CSV): what each line says, and everything that is wrong with it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from motcua.kernel.text import fold, one_line

COLUMNS = ("code", "name_vi", "issued_by", "executed_by", "field_vi")
NEEDED = ("code", "name_vi")
# What the columns are called in the lists that offices hand around, folded.
_ALIASES = {
    "ma thu tuc": "code", "ma tthc": "code", "ma so": "code", "ma so tthc": "code",
    "ten thu tuc": "name_vi", "ten thu tuc hanh chinh": "name_vi", "ten tthc": "name_vi", "name": "name_vi",
    "co quan ban hanh": "issued_by", "co quan cong khai": "issued_by", "bo nganh": "issued_by",
    "co quan thuc hien": "executed_by", "linh vuc": "field_vi", "sector": "field_vi",
}  # fmt: skip
# 1.001193; seen in the national list besides: longer serials and a word behind a dash.
_CODE = re.compile(r"\d\.\d{6,9}(-[A-Za-z]{1,8})?")
LONGEST = {"name_vi": 2000, "issued_by": 300, "executed_by": 4000, "field_vi": 200}
BYTES_MAX = 50 * 1024 * 1024
ROWS_MAX = 100_000


class Unreadable(Exception):
    """The file is no list at all; `why` is a sentence part in Vietnamese and English."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.why = {"vi": vi, "en": en}


@dataclass(frozen=True)
class LineProblem:
    """One thing wrong in one line: `code` is missing_code | code_form | missing_name | twice | too_long | cells."""

    line: int
    code: str
    found: str = ""


@dataclass
class ReadList:
    rows: list[dict[str, str]] = field(default_factory=list)
    problems: list[LineProblem] = field(default_factory=list)


def read_list(raw: bytes) -> ReadList:
    """The rows {line, code, name_vi, issued_by, executed_by, field_vi} of a CSV file, and what is wrong, by line.

    UTF-8 with or without a mark; comma, semicolon or tab, as spreadsheets write it here. Raises Unreadable.
    """
    if len(raw) > BYTES_MAX:
        raise Unreadable("tệp quá lớn", "the file is too large")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("tệp không phải văn bản UTF-8", "the file is not UTF-8 text") from None
    if "\x00" in text:
        raise Unreadable("tệp không phải văn bản", "the file is not text")
    found = ReadList()
    seen: dict[str, int] = {}
    try:
        for row in _rows(text):
            _take(row, found, seen)
            if len(found.rows) > ROWS_MAX:
                raise Unreadable(f"tệp có hơn {ROWS_MAX} dòng", f"the file has more than {ROWS_MAX} lines")
    except csv.Error as problem:
        raise Unreadable(f"CSV sai cú pháp ({problem})", f"the CSV is malformed ({problem})") from None
    if not found.rows and not found.problems:
        raise Unreadable("tệp không có dòng nào", "the file has no line")
    return found


def _rows(text: str) -> Iterator[dict[str, str]]:
    first = text.lstrip("\n\r").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header = [_column(cell) for cell in next(reader, [])]
    missing = [name for name in NEEDED if name not in header]
    if missing:
        names = ", ".join(missing)
        raise Unreadable(f"thiếu cột {names}", f"there is no column {names}")
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        row = {name: one_line(cell) for name, cell in zip(header, cells, strict=False) if name in COLUMNS}
        row["line"] = str(reader.line_num)
        row["cells"] = "" if len(cells) == len(header) else f"{len(cells)}/{len(header)}"
        yield row


def _column(cell: str) -> str:
    name = fold(cell.strip())
    return cell.strip().lower() if cell.strip().lower() in COLUMNS else _ALIASES.get(name, name)


def _take(row: dict[str, str], found: ReadList, seen: dict[str, int]) -> None:
    line, code = int(row["line"]), row.get("code", "")
    problems: list[LineProblem] = []
    if row.pop("cells"):
        problems.append(LineProblem(line, "cells", code))
    elif not code:
        problems.append(LineProblem(line, "missing_code"))
    elif not _CODE.fullmatch(code):
        problems.append(LineProblem(line, "code_form", code[:40]))
    elif code in seen:
        problems.append(LineProblem(line, "twice", f"{code} ({seen[code]})"))
    if not problems and not row.get("name_vi"):
        problems.append(LineProblem(line, "missing_name", code))
    problems += [
        LineProblem(line, "too_long", name) for name, most in LONGEST.items() if len(row.get(name, "")) > most
    ]
    seen.setdefault(code, line)
    found.problems += problems
    if not problems:
        found.rows.append({name: row.get(name, "") for name in COLUMNS})

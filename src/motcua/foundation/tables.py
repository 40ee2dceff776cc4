"""A table that leaves the house as a file: CSV as it is written, Excel as one workbook, whatever its length.

CSV is RFC 4180 in UTF-8 with its mark (Excel reads Vietnamese then), ISO 8601 dates, for machines and long tables; it
begins at once and holds one block in memory. Excel is for people: real dates, a head that stays, a filter.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from itertools import chain
from typing import IO, Any

import xlsxwriter
from django.conf import settings
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.foundation.errors import Refusal
from motcua.foundation.time import TZ

BLOCK_BYTES = 64 * 1024
EXCEL_ROWS_MOST = 100_000  # a workbook is made whole before it leaves: a longer one keeps people waiting
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# What begins like this is a formula to a spreadsheet (OWASP, CSV injection); Excel files hold it as text anyway.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDTH_MOST = 60


class TooLongForExcel(Refusal):
    code, status = "foundation.too_long_for_excel", 422
    message = gettext_lazy("Danh sách dài hơn {most} dòng nên không ghi được thành tệp Excel.")
    next_step = gettext_lazy("Thu hẹp danh sách, hoặc tải về dạng CSV (không giới hạn số dòng).")


@dataclass(frozen=True)
class Column:
    """One column: its key, its head in the reader's language, and what stands in it."""

    key: str
    title: str
    kind: str = "text"  # text | number | date | moment


@dataclass(frozen=True)
class Table:
    """Columns and an iterator of rows, as long as the columns. Rows are read once, while the file is written."""

    name: str  # of the file, without an ending; plain ASCII
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


def download(table: Table, kind: str) -> StreamingHttpResponse:
    """The table as a file that the browser keeps; `kind` is one of KINDS. Raises TooLongForExcel.

    Where the data are of a trial, the name of the file and a last column say so.
    """
    table = _marked(table)
    parts = csv_parts(table) if kind == "csv" else xlsx_parts(table)
    begun = chain([next(parts)], parts)  # what refuses, refuses before the answer has begun
    response = StreamingHttpResponse(begun, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{table.name}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


def _marked(table: Table) -> Table:
    if not settings.MOTCUA.simulation:
        return table
    mark = _("MÔ PHỎNG")
    columns = [*table.columns, Column("simulated", mark)]
    return Table(f"mo-phong-{table.name}", columns, ((*row, mark) for row in table.rows))


def csv_parts(table: Table) -> Iterator[bytes]:
    """The file in parts: mark and head at once, then blocks of about 64 KB."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([column.title for column in table.columns])
    yield b"\xef\xbb\xbf" + _taken(text)
    for row in table.rows:
        writer.writerow([_plain(value) for value in row])
        if text.tell() >= BLOCK_BYTES:
            yield _taken(text)
    if text.tell():
        yield _taken(text)


def _taken(text: StringIO) -> bytes:
    found = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(TZ).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return _yes_no(value) if isinstance(value, bool) else value


def _yes_no(value: bool) -> str:
    return _("Có") if value else _("Không")


def xlsx_parts(table: Table) -> Iterator[bytes]:
    """The workbook, made whole on disk row by row, then in parts. Raises TooLongForExcel before the first part."""
    # a file without a name: nothing of it outlives the process
    with tempfile.TemporaryFile(dir=settings.MOTCUA.var) as file:
        _write(table, file)
        file.seek(0)
        while block := file.read(BLOCK_BYTES):
            yield block


def _write(table: Table, file: IO[bytes]) -> None:
    with tempfile.TemporaryDirectory(prefix="table-", dir=settings.MOTCUA.var) as folder:
        book = xlsxwriter.Workbook(
            file,
            {"constant_memory": True, "tmpdir": folder, "strings_to_urls": False, "remove_timezone": True},
        )
        sheet = book.add_worksheet()
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        formats = {
            "date": book.add_format({"num_format": "dd/mm/yyyy"}),
            "moment": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
            "number": book.add_format({"num_format": "#,##0"}),
            "text": None,
        }
        sheet.freeze_panes(1, 1)
        for place, column in enumerate(table.columns):
            width = 18 if column.kind != "text" else min(max(12, len(column.title) + 2), _WIDTH_MOST)
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, column.title, head)
        last = 0
        kinds = [column.kind for column in table.columns]
        for last, row in enumerate(table.rows, start=1):
            if last > EXCEL_ROWS_MOST:
                raise TooLongForExcel(most=EXCEL_ROWS_MOST)
            for place, value in enumerate(row):
                if value is not None and value != "":
                    _cell(sheet, last, place, value, formats[kinds[place]])
        if table.columns:
            sheet.autofilter(0, 0, last, len(table.columns) - 1)
        book.close()


def _cell(sheet: Any, row: int, place: int, value: Any, form: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(row, place, value[:32_767], form)  # the longest text that Excel keeps in a cell
    elif isinstance(value, datetime):
        sheet.write_datetime(row, place, value.astimezone(TZ), form)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, form)
    elif isinstance(value, bool):
        sheet.write_string(row, place, _yes_no(value))
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value, form)
    else:
        sheet.write_string(row, place, str(value)[:32_767], form)

"""A table as CSV and as Excel, read back by programs that are not ours."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from motcua.foundation import tables
from motcua.foundation.tables import Column, Table, TooLongForExcel, csv_parts, download, xlsx_parts

COLUMNS = (
    Column("code", "Mã hồ sơ"),
    Column("days", "Còn lại", "number"),
    Column("due_on", "Hẹn trả ngày", "date"),
    Column("received_at", "Tiếp nhận lúc", "moment"),
    Column("provisional", "Tạm tính"),
)
ROWS = [
    ("H49.29-261005-0001", 3, date(2026, 10, 12), datetime(2026, 10, 5, 2, 0, tzinfo=UTC), True),
    ('Nguyễn, "Đặng"\nxuống dòng', None, None, None, False),
]


def table(rows=ROWS, columns=COLUMNS):
    return Table("ho-so", columns, iter(rows))


def read_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_holds_iso_dates_in_the_time_of_viet_nam_and_what_people_typed():
    head, first, second = read_csv(b"".join(csv_parts(table())))
    assert head == ["Mã hồ sơ", "Còn lại", "Hẹn trả ngày", "Tiếp nhận lúc", "Tạm tính"]
    assert first == ["H49.29-261005-0001", "3", "2026-10-12", "2026-10-05T09:00:00+07:00", "Có"]
    assert second == ['Nguyễn, "Đặng"\nxuống dòng', "", "", "", "Không"]


def test_excel_holds_real_dates_and_numbers():
    content = b"".join(xlsx_parts(table()))
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    head, first, second = sheet.to_python()
    assert head[0] == "Mã hồ sơ"
    assert first[:4] == ["H49.29-261005-0001", 3.0, date(2026, 10, 12), datetime(2026, 10, 5, 9, 0)]  # noqa: DTZ001
    assert second == ['Nguyễn, "Đặng"\nxuống dòng', "", "", "", "Không"]


@pytest.mark.parametrize("text", ["=1+1", "+84912345678", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_nothing_that_somebody_typed_becomes_a_formula(text):
    row = ((text, None, None, None, None),)
    assert read_csv(b"".join(csv_parts(table(row))))[1][0] == f"'{text}"
    sheet = CalamineWorkbook.from_filelike(BytesIO(b"".join(xlsx_parts(table(row))))).get_sheet_by_index(0)
    assert sheet.to_python()[1][0] == text  # a cell of text: Excel computes nothing


# A zero byte or a lone surrogate never reaches a table: the database refuses it.
TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00\r"), max_size=40)


@given(st.lists(st.tuples(TEXT, TEXT), max_size=20))
def test_csv_comes_back_as_it_was(rows):
    columns = (Column("a", "A"), Column("b", "B"))
    _head, *found = read_csv(b"".join(csv_parts(Table("t", columns, iter(rows)))))
    guarded = [[f"'{v}" if v.startswith(("=", "+", "-", "@", "\t")) else v for v in row] for row in rows]
    assert found == guarded


def test_the_first_bytes_leave_before_the_first_row_is_read():
    def endless():
        while True:
            yield ("x", 1, None, None, None)

    parts = csv_parts(table(endless()))
    assert next(parts).decode("utf-8-sig").startswith("Mã hồ sơ")
    assert len(next(parts)) < 2 * tables.BLOCK_BYTES


def test_a_list_too_long_for_excel_is_refused_before_anything_leaves(monkeypatch):
    monkeypatch.setattr(tables, "EXCEL_ROWS_MOST", 3)
    rows = [("x", 1, None, None, None)] * 4
    with pytest.raises(TooLongForExcel) as refused:
        download(table(rows), "xlsx")
    assert "CSV" in refused.value.way_out
    assert b"".join(download(table(rows), "csv").streaming_content).count(b"\r\n") == 5


def test_trial_data_say_so_in_every_row(settings):
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"simulation": True})
    answer = download(table(), "csv")
    assert 'filename="mo-phong-ho-so.csv"' in answer["Content-Disposition"]
    rows = read_csv(b"".join(answer.streaming_content))
    assert [row[-1] for row in rows] == ["MÔ PHỎNG"] * 3
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"simulation": False})
    answer = download(table(), "csv")
    assert 'filename="ho-so.csv"' in answer["Content-Disposition"]
    assert "MÔ PHỎNG" not in b"".join(answer.streaming_content).decode()

"""The leaders' tables and rows as files: the figures of the page, initials until a purpose is stated."""

import csv
from io import StringIO

import pytest

from motcua.foundation.models import AccessEntry
from motcua.operations import exports
from tests.dossiers import factories as make
from tests.operations.test_views import LATER, MONTH, leaders_room  # noqa: F401  a fixture
from tests.portal.statements import statements

pytestmark = pytest.mark.django_db


def rows_of(answer) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.content.decode()
    return list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"), newline="")))


def test_the_rows_behind_a_figure_are_those_of_its_page(leaders_room):  # noqa: F811
    client = leaders_room
    page = client.get(f"/operations/rows/received/{MONTH}")
    rows = rows_of(client.get(f"/operations/rows/received/tep/{MONTH}&dang=csv"))
    assert {row["Mã hồ sơ"] for row in rows} == {row["code"] for row in page.context["rows"]}
    assert {row["Người nộp"] for row in rows} == {row["applicant"] for row in page.context["rows"]}
    assert "N. T. L." in {row["Người nộp"] for row in rows}
    assert not AccessEntry.objects.filter(page="operations.file").exists()
    client.post("/operations/purpose/", {"purpose": "inspection"})
    rows = rows_of(client.get(f"/operations/rows/received/tep/{MONTH}&dang=csv"))
    assert "Nguyễn Thị Lan" in {row["Người nộp"] for row in rows}
    entry = AccessEntry.objects.get(page="operations.file")
    assert entry.purpose == "lead.inspection" and entry.subjects.count() == len(rows)


def test_a_table_holds_the_numbers_of_the_page(leaders_room):  # noqa: F811
    client = leaders_room
    drawn = client.get(f"/operations/by/procedure/{MONTH}").context["table"]
    rows = rows_of(client.get(f"/operations/by/procedure/tep/{MONTH}&dang=csv"))
    assert [row["Thủ tục"] for row in rows] == [row["name"]["vi"] for row in drawn["rows"]]
    label = next(column["label"] for column in drawn["columns"] if column["key"] == "received")
    told = [row["received"] for row in drawn["rows"]]
    assert [row[label] for row in rows] == [cell["text"] if isinstance(cell, dict) else cell for cell in told]


def test_a_file_costs_blocks_not_rows(leaders_room, city, monkeypatch):  # noqa: F811
    client = leaders_room

    def cost() -> int:
        with statements() as told:
            rows_of(client.get("/operations/rows/open/tep/?dang=csv"))
        return len(told.work)

    cost()
    few = cost()
    for _ in range(4):
        make.in_process(city)
    assert cost() == few
    monkeypatch.setattr(exports, "BLOCK", 1)
    assert len(rows_of(client.get("/operations/rows/open/tep/?dang=csv"))) >= 5


def test_excel_too(leaders_room):  # noqa: F811
    answer = leaders_room.get(f"/operations/by/day/tep/{MONTH}&dang=xlsx")
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert ".xlsx" in answer["Content-Disposition"]


@pytest.mark.parametrize("address", ["/operations/by/moon/tep/", "/operations/rows/moon/tep/"])
def test_no_such_figure_is_told(leaders_room, address):  # noqa: F811
    assert leaders_room.get(address).status_code == 404


def test_only_who_leads_takes_it(city, client):
    assert client.get("/operations/rows/received/tep/").status_code in (302, 401, 403)
    assert LATER > make.AT

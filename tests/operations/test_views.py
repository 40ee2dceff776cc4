"""The leaders' pages: who may come in, what they say, that every figure opens its rows, what they cost."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers import actions as dossiers
from motcua.foundation import worker
from motcua.foundation.models import AccessEntry
from motcua.foundation.purpose import LASTS
from motcua.foundation.time import now
from motcua.operations import views
from tests.accounts.browser import sign_in
from tests.dossiers import factories as make
from tests.operations.test_actions import ASK, a_mixed_day
from tests.support import city as small_city
from tests.support.kept import kept
from tests.support.officers import client_of

pytestmark = pytest.mark.django_db
AT = make.AT
LATER = AT + timedelta(days=40)
PAGES = (
    "/operations/", "/operations/?wall=1", "/operations/by/agency/", "/operations/by/desk/",
    "/operations/by/procedure/", "/operations/by/day/", "/operations/rows/received/", "/operations/rows/overdue/",
)  # fmt: skip
MONTH = "?" + urlencode({"p": "range", "from": "2026-10-05", "to": "2026-11-14"})


@pytest.fixture
def leaders_room(db, _nothing_remembered, monkeypatch):
    """A month of one of everything, looked at from its end; returns the leader's browser."""
    town = kept("operations: a day of one of everything", _mixed)
    monkeypatch.setattr(views, "now", lambda: LATER)
    return client_of(town.accounts["leader"])


def _mixed():
    town = small_city.city()
    a_mixed_day(town)
    make.in_process(town)
    worker.drain()
    return town


def text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_only_those_who_lead_come_in(city):
    for path in PAGES:
        assert Client().get(path).status_code == 302
    for who in ("citizen", "receptionist", "processor", "signer", "clerk", "admin", "helper"):
        browser = Client() if who == "citizen" else client_of(city.accounts[who])
        if who == "citizen":
            from tests.support.city import PASSWORD

            sign_in(browser, city.accounts[who], PASSWORD)
        for path in PAGES:
            assert browser.get(path).status_code == 403, (who, path)


def test_the_overview_says_what_happened_and_how_the_work_stands(leaders_room):
    page = text(leaders_room.get(f"/operations/{MONTH}"))
    assert "Ủy ban nhân dân phường Bãi Cháy" in page
    assert 'aria-label="Hồ sơ tiếp nhận: 4"' in page
    assert 'aria-label="Tỷ lệ đúng hạn: 50 %"' in page
    assert "1 trong 2 hồ sơ" in page
    assert "Nhận nhiều nhất vào thứ Hai 05/10/2026: 4 hồ sơ" in page
    assert "1 hồ sơ đang quá hạn, ở 1 cơ quan" in page
    assert "Số liệu lúc 09:00 ngày 14/11/2026" in page


def test_every_figure_of_the_overview_opens_as_many_rows(leaders_room):
    page = text(leaders_room.get(f"/operations/{MONTH}"))
    tiles = re.findall(r'<a href="(/operations/rows/[^"]+)" aria-label="[^"]*: (\d+)"', page)
    assert len(tiles) >= 6
    for href, figure in tiles:
        rows = text(leaders_room.get(href.replace("&amp;", "&")))
        assert rows.count("<tr data-row>") == int(figure), href
        assert f": {figure} hồ sơ</h1>" in rows


def test_tables_open_rows_and_narrow(leaders_room):
    page = text(leaders_room.get(f"/operations/by/procedure/{MONTH}"))
    assert "Đăng ký khai sinh" in page
    narrowed = text(leaders_room.get(f"/operations/{MONTH}&procedure=birth-registration&agency=qn-bai-chay"))
    assert "Thủ tục: Đăng ký khai sinh" in narrowed
    assert "Cơ quan: Ủy ban nhân dân phường Bãi Cháy" in narrowed
    assert leaders_room.get("/operations/?agency=nowhere").status_code == 404
    assert leaders_room.get("/operations/?procedure=nothing").status_code == 404
    assert leaders_room.get("/operations/by/weather/").status_code == 404
    assert leaders_room.get("/operations/rows/weather/").status_code == 404


def test_days_without_data_are_not_nought(leaders_room):
    page = text(leaders_room.get("/operations/by/day/?from=04/10/2026&to=06/10/2026"))
    rows = re.findall(r"<tr[^>]*>\s*<th scope=\"row\".*?</tr>", page, re.S)
    assert len(rows) == 3
    before, first = rows[2], rows[1]
    assert "04/10/2026" in before and "–" in before and ">0<" not in before
    assert "05/10/2026" in first and "–" not in first
    empty = text(leaders_room.get("/operations/?from=01/09/2026&to=02/09/2026"))
    assert "Chưa có số liệu trong những ngày này" in empty


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=31/02/2026&to=01/03/2026", "Ngày chưa đúng"),
        ("from=02/11/2026&to=01/11/2026", "Ngày đầu phải trước"),
        ("from=01/01/2020&to=01/11/2026", "nhiều nhất 366 ngày"),
        ("from=01/12/2027", "còn ở phía trước"),
    ],
)
def test_a_period_that_cannot_be_used_is_told(leaders_room, query, sentence):
    page = text(leaders_room.get(f"/operations/?{query}"))
    assert sentence in page


def test_names_are_initials_until_a_purpose_is_given_and_recorded(leaders_room, city):
    address = f"/operations/rows/received/{MONTH}"
    page = text(leaders_room.get(address))
    assert "N. T. L." in page
    assert "Nguyễn Thị Lan" not in page
    assert not AccessEntry.objects.filter(page="operations.rows").exists()
    leaders_room.post("/operations/purpose/", {"purpose": "curiosity", "next": address})
    assert "Nguyễn Thị Lan" not in text(leaders_room.get(address))
    answer = leaders_room.post("/operations/purpose/", {"purpose": "complaint", "next": address})
    assert answer.status_code == 302 and answer["Location"] == address
    page = text(leaders_room.get(address))
    assert "Nguyễn Thị Lan" in page and "Trả lời phản ánh, kiến nghị" in page
    entry = AccessEntry.objects.get(page="operations.rows")
    assert entry.purpose == "lead.complaint"
    assert entry.subjects.count() == 4


def test_a_purpose_runs_out_and_is_taken_back(leaders_room, monkeypatch):
    address = f"/operations/rows/received/{MONTH}"
    leaders_room.post("/operations/purpose/", {"purpose": "overdue", "next": "https://elsewhere.example/"})
    assert "Nguyễn Thị Lan" in text(leaders_room.get(address))
    monkeypatch.setattr(views, "now", lambda: LATER + LASTS)
    assert "Nguyễn Thị Lan" not in text(leaders_room.get(address))
    leaders_room.post("/operations/purpose/", {"purpose": "overdue"})
    assert "Nguyễn Thị Lan" in text(leaders_room.get(address))
    answer = leaders_room.post("/operations/purpose/", {"purpose": "", "next": "//elsewhere.example/"})
    assert answer["Location"] == "/operations/"
    assert "Nguyễn Thị Lan" not in text(leaders_room.get(address))


def test_from_a_list_into_a_dossier_and_back(leaders_room, monkeypatch):
    address = f"/operations/rows/late/{MONTH}"
    page = text(leaders_room.get(address))
    href = html.unescape(re.search(r'href="(/counter/ho-so/[^"]+)"', page)[1])
    asked = leaders_room.get(href)
    assert "Nguyễn Thị Lan" not in text(asked) and "Mở hồ sơ này để" in text(asked)
    back = re.search(r'class="back" href="([^"]+)"', text(asked))[1]
    assert html.unescape(back).startswith("/operations/rows/late/?")
    monkeypatch.setattr(views, "now", now)  # the clock by which the counter judges the purpose
    leaders_room.post("/operations/purpose/", {"purpose": "overdue"})
    opened = text(leaders_room.get(href))
    assert "Nguyễn Thị Lan" in opened and f'class="back" href="{back}"' in opened


def test_rows_go_on_by_cursor_and_foreign_cursors_are_refused(leaders_room, monkeypatch):
    monkeypatch.setattr(views, "ROWS", 3)
    page = text(leaders_room.get(f"/operations/rows/received/{MONTH}"))
    further = re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")
    assert text(leaders_room.get(further)).count("<tr data-row>") == 1
    cursor = re.search(r"after=([^&]+)", further)[1]
    assert leaders_room.get(f"/operations/rows/late/?after={cursor}").status_code == 422
    assert leaders_room.get("/operations/rows/late/?after=rubbish").status_code == 422


def test_the_wall_shows_figures_and_nobody(leaders_room):
    page = text(leaders_room.get("/operations/?wall=1"))
    assert "data-wall-body" in page
    assert "N. T. L." not in page
    assert not re.search(r"H49\.TN\d+", page)


def test_the_rest_of_the_lists_say_how_each_stands(leaders_room, city):
    late = text(leaders_room.get(f"/operations/rows/late/{MONTH}"))
    assert re.search(r"Trễ \d+ ngày làm việc", late)
    overdue = text(leaders_room.get("/operations/rows/overdue/"))
    assert re.search(r"Quá hạn \d+ ngày", overdue)
    asked = make.in_process(city, at=LATER)
    dossiers.ask_supplement(city.act("processor", LATER), dossier=asked, **ASK)
    assert "Tạm dừng" in text(leaders_room.get("/operations/rows/paused/"))


def test_in_english(leaders_room):
    leaders_room.cookies["django_language"] = "en"
    page = text(leaders_room.get(f"/operations/{MONTH}"))
    assert "How the work stands" in page
    assert "Most came in on Monday 05/10/2026: 4 dossiers" in page


def test_pages_cost_few_statements(leaders_room):
    for path in PAGES:
        leaders_room.get(path)  # directory and calendars are in memory from here on
        with CaptureQueriesContext(connection) as asked:
            leaders_room.get(path)
        assert len(asked) <= 12, (path, [q["sql"][:90] for q in asked])

"""A simulated month: every number of every page of the leaders' room opens exactly as many rows as it says."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection

from motcua.foundation import policy, worker
from motcua.foundation.time import TZ
from motcua.operations import views
from motcua.simulation.run import simulate
from tests.dossiers import factories as make
from tests.operations.test_actions import ASK, a_mixed_day
from tests.support.city import COMMITTEE
from tests.support.officers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
UNTIL = datetime(2026, 11, 20, 17, tzinfo=TZ)
PAGES = ("", "?wall=1", "by/agency/", "by/desk/", "by/procedure/", "by/day/")
DAY = (UNTIL - timedelta(days=2)).strftime("%Y-%m-%d")
PERIODS = ("", "p=month", f"p=range&from={DAY}&to={DAY}", "p=range&from=2026-10-20&to=2026-11-20")
# The same figures, asked of another database: one period of the overview and of one table shows it; the lines of every
# table are added up on both.
if connection.vendor != "sqlite":
    PERIODS, PAGES = PERIODS[1:2], PAGES[:1] + PAGES[2:3]
NARROWED = (
    f"agency={COMMITTEE}", "agency=qn-ubnd", "agency=qn-ubnd&below=1", "procedure=birth-registration",
    "desk=qn-bai-chay-centre",
)  # fmt: skip
_LINK = re.compile(r'<a href="(/operations/rows/[^"]+)"(?: aria-label="([^"]*)")?[^>]*>([^<]*)</a>')


@pytest.fixture
def month(city, monkeypatch):
    """A month of a centre and of departments, with something left in every state, also at the door."""
    from motcua.dossiers import actions

    simulate(seed="11", until=UNTIL, count=70, days=28)
    at = UNTIL - timedelta(days=2, hours=7)
    monkeypatch.setattr(make, "AT", at)
    a_mixed_day(city)
    for dossier in (make.submitted(city, at=at), make.submitted(city, at=at)):
        actions.ask_at_door(city.act("receptionist", at), dossier=dossier, **ASK)
    actions.answer(city.act("citizen", at), dossier=dossier)  # it lies at the door again
    received = make.submitted(city, at=at)
    actions.ask_at_door(city.act("receptionist", at), dossier=received, **ASK)
    actions.answer(city.act("citizen", at), dossier=received)
    actions.receive(city.act("receptionist", at + timedelta(days=1)), dossier=received)
    worker.drain()
    monkeypatch.setattr(views, "now", lambda: UNTIL)
    monkeypatch.setattr(views, "ROWS", 10_000)
    assert list(policy.differences()) == []
    return city


def numbers(page: str) -> Iterator[tuple[str, str]]:
    """(address, number) of every figure that leads to rows; a share or a median says no number of rows."""
    for href, label, shown in _LINK.findall(page):
        told = label.rpartition(": ")[2] or shown
        yield html.unescape(href), told.strip()


def test_every_number_opens_its_rows(month):
    """One month for all three questions: living it is what takes the time."""
    province, ward = (client_of(month.accounts[who]) for who in ("province_leader", "leader"))
    every_number_opens_its_rows(province, PERIODS)
    every_number_opens_its_rows(ward, ("p=month",))
    the_lines_of_a_table_add_up_to_the_whole(province)


def every_number_opens_its_rows(browser, periods: tuple[str, ...]) -> None:
    counted: dict[str, tuple[int, int]] = {}

    def behind(href: str) -> tuple[int, int]:
        """What the list says it holds, and how many rows it shows."""
        if href not in counted:
            page = browser.get(href).content.decode()
            said = re.search(r"<h1>[^<]*: ([\d.]+) hồ sơ</h1>", page)[1].replace(".", "")
            counted[href] = int(said), page.count("<tr data-row>")
        return counted[href]

    wrong, seen = [], 0
    for place, page in enumerate(PAGES):
        # the overview takes all, the others in turn
        spans = periods if not page else dict.fromkeys((periods[0], periods[place % len(periods)]))
        narrowed = NARROWED[place % 3 :: 3] if page else NARROWED
        for query in (*spans, *(f"p=month&{one}" for one in narrowed)):
            address = f"/operations/{page}" + ("&" if "?" in page else "?") + query
            answer = browser.get(address)
            assert answer.status_code == 200, address
            for href, told in numbers(answer.content.decode()):
                total, rows = behind(href)
                number = told.replace(".", "")
                if rows != total or (number.isdigit() and int(number) != rows):
                    wrong.append(f"{address}: {told} leads to {rows} rows of {total}, {href}")
                seen += 1
    assert wrong == []
    assert seen > 150, "the month has hardly any figures"
    assert sum(rows for _said, rows in counted.values()) > 150


def the_lines_of_a_table_add_up_to_the_whole(browser) -> None:
    whole = int(re.search(r": (\d+) hồ sơ</h1>", _text(browser, "rows/received/?p=month"))[1])
    for by in ("agency", "desk", "procedure", "day"):
        page = _text(browser, f"by/{by}/?p=month")
        figures = [int(told) for href, told in numbers(page) if href.startswith("/operations/rows/received/")]
        assert sum(figures) == whole, by
    an_agency_is_shown_alone_and_with_all_below_it(browser)


def an_agency_is_shown_alone_and_with_all_below_it(browser) -> None:
    alone = _text(browser, "?p=month&agency=qn-ubnd")
    assert "Gồm cả đơn vị trực thuộc, cấp dưới" in alone
    wider = html.unescape(re.search(r'class="chips__wider" href="([^"]+)"', alone)[1])
    below = browser.get(wider).content.decode()
    assert "gồm cả đơn vị trực thuộc, cấp dưới" in below and "Chỉ riêng cơ quan này" in below
    whole = re.search(r'aria-label="Hồ sơ tiếp nhận: ([^"]*)"', _text(browser, "?p=month"))[1]
    assert re.search(r'aria-label="Hồ sơ tiếp nhận: ([^"]*)"', below)[1] == whole


def _text(browser, address: str) -> str:
    answer = browser.get(f"/operations/{address}")
    assert answer.status_code == 200, address
    return answer.content.decode()

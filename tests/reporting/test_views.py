"""The leaders' pages of this room: who may come in, what they say, that figures open their rows, what they cost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.foundation import forms
from motcua.reporting.models import Report
from motcua.reporting.views import _common, form, index, rating
from tests.dossiers import factories as make
from tests.reporting import life
from tests.reporting.life import CLOSING
from tests.support import city as small_city
from tests.support.kept import kept
from tests.support.officers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PAGES = (
    "/reporting/", "/reporting/in/", "/reporting/csv/", "/reporting/ho-so/?column=3", "/reporting/chi-so/",
    "/reporting/chi-so/ho-so/received/", "/reporting/danh-gia/",
)  # fmt: skip
OCTOBER = "agency=qn-bai-chay&period=2026-10"


def _first_period():
    town = small_city.city()
    life.first_period(town)
    return town


@pytest.fixture
def room(db, _nothing_remembered, monkeypatch):
    browser = client_of(kept("reporting: the first period", _first_period).accounts["leader"])
    for module in (_common, form, index, rating, forms):
        monkeypatch.setattr(module, "now", lambda: CLOSING[0])
    return browser


def text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_only_those_who_lead_come_in(city):
    for path in PAGES:
        assert Client().get(path).status_code == 302
    for who in ("receptionist", "processor", "signer", "clerk", "admin", "helper"):
        browser = client_of(city.accounts[who])
        for path in PAGES:
            assert browser.get(path).status_code == 403, (who, path)


def test_the_report_is_a_preview_until_it_is_closed(room):
    page = text(room.get(f"/reporting/?{OCTOBER}"))
    assert "Tạm tính, chưa phải báo cáo" in page and "15/09/2026 – 14/10/2026" in page
    assert "Chốt báo cáo" in page and "Chưa kiểm chứng về kỳ báo cáo" in page
    sent = {"agency": "qn-bai-chay", "period": "2026-10", "kind": "report", "next": f"/reporting/?{OCTOBER}"}
    answer = room.post("/reporting/chot/", sent)
    assert answer.status_code == 302 and answer["Location"] == f"/reporting/?{OCTOBER}"
    page = text(room.get(f"/reporting/?{OCTOBER}"))
    assert "Đã chốt, bản 1" in page and Report.objects.get().hash in page
    assert "Lập bản sửa" not in page
    room.post("/reporting/chot/", sent)
    assert "cần lý do" in text(room.get(f"/reporting/?{OCTOBER}"))


def test_a_correction_is_asked_for_and_told(room, city):
    sent = {"agency": "qn-bai-chay", "period": "2026-10", "kind": "report"}
    room.post("/reporting/chot/", sent)
    assert "vẫn khớp với hồ sơ" in text(room.get(f"/reporting/?{OCTOBER}&check=1"))
    make.in_process(city, at=life.OCTOBER + timedelta(days=1))
    page = text(room.get(f"/reporting/?{OCTOBER}"))
    assert "Đối chiếu bản đã chốt" in page and "Lập bản sửa" not in page
    page = text(room.get(f"/reporting/?{OCTOBER}&check=1"))
    assert "Hồ sơ nay cho số khác bản đã chốt" in page
    room.post("/reporting/chot/", {**sent, "reason": "Nhập muộn từ quầy mất mạng"})
    page = text(room.get(f"/reporting/?{OCTOBER}"))
    assert "Đã chốt, bản 2" in page and "Nhập muộn từ quầy mất mạng" in page
    assert "Đã chốt, bản 1" in text(room.get(f"/reporting/?{OCTOBER}&version=1"))
    assert room.get(f"/reporting/?{OCTOBER}&version=7").status_code == 404


def test_every_figure_of_the_form_opens_as_many_rows(room):
    page = text(room.get(f"/reporting/?{OCTOBER}"))
    found = re.findall(r'<a href="(/reporting/ho-so/[^"]+)">(\d+)</a>', page)
    assert len(found) > 20
    for href, figure in found:
        rows = text(room.get(href.replace("&amp;", "&")))
        assert rows.count("<tr data-row>") == int(figure), href
        assert "Nguyễn Thị Lan" not in rows


def test_print_and_csv_say_the_same(room):
    printed = text(room.get(f"/reporting/in/?{OCTOBER}"))
    assert "II.06a/VPCP/KSTT" in printed and "Tạm tính" in printed
    answer = room.get(f"/reporting/csv/?{OCTOBER}")
    assert answer["Content-Disposition"] == 'attachment; filename="II06a-qn-bai-chay-2026-10.csv"'
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[-1].startswith(",Tổng,7,5,1,1,3,")


def test_the_index_shows_formula_counts_and_what_has_no_data(room):
    page = text(room.get(f"/reporting/chi-so/?{OCTOBER}"))
    assert "Công khai, minh bạch" in page and "chưa có số liệu" in page
    assert "20 × tỷ lệ" in page and "nhiều nhất 6" in page
    assert "điểm đo được" in page and "chưa kiểm chứng" in page
    found = re.findall(r'<a href="(/reporting/chi-so/ho-so/[^"]+)">(?:[^<]*: )?(\d+)</a>', page)
    assert len(found) >= 5
    for href, figure in found:
        rows = text(room.get(href.replace("&amp;", "&")))
        assert rows.count("<tr data-row>") == int(figure), href


def test_the_rating_of_2018_leaves_open_what_nobody_measured(room):
    page = text(room.get(f"/reporting/danh-gia/?{OCTOBER}"))
    assert page.count("chưa có số liệu") == 6 and "trong 9 chỉ số" in page


def test_what_is_not_there_or_not_hers(room):
    for query in ("agency=qn-ha-lam", "agency=nowhere"):
        for path in ("/reporting/", "/reporting/chi-so/", "/reporting/danh-gia/", "/reporting/csv/"):
            assert room.get(f"{path}?{query}").status_code == 404, (path, query)
    assert room.get("/reporting/?period=2026-99").status_code == 422
    assert room.get("/reporting/ho-so/?column=2").status_code == 404
    assert room.get("/reporting/chi-so/ho-so/weather/").status_code == 404


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/reporting/?", 30),
        ("/reporting/chi-so/?", 22),
        ("/reporting/danh-gia/?", 22),
        ("/reporting/ho-so/?column=3&", 30),
    ],
)
def test_a_page_costs_the_same_for_more_dossiers(room, city, monkeypatch, path, most):
    for module in ("motcua.agencies.directory", "motcua.foundation.packs.shelf"):
        monkeypatch.setattr(
            f"{module}.FRESH_SECONDS", 3600.0
        )  # looking again is counted by the clock, not by rows
    costs = []
    for _ in range(2):
        room.get(f"{path}{OCTOBER}")
        with CaptureQueriesContext(connection) as found:
            text(room.get(f"{path}{OCTOBER}"))
        costs.append(len(found))
        for _more in range(3):
            make.in_process(city, at=life.OCTOBER)
    assert costs[0] == costs[1] <= most


def test_in_english(room):
    room.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = text(room.get(f"/reporting/chi-so/?{OCTOBER}"))
    assert "Service-quality index" in page and "no data" in page
    assert "Not closed" in text(room.get(f"/reporting/?{OCTOBER}"))

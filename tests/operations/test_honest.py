"""A rate never stands alone: wherever one is shown, what restarting the clock could hide stands beside it."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from motcua.dossiers import actions as dossiers
from motcua.foundation import worker
from motcua.operations import rules, views
from motcua.simulation.summary import figures as summed
from tests.dossiers import factories as make
from tests.operations.test_actions import ASK, LAW
from tests.support.officers import client_of

pytestmark = pytest.mark.django_db
AT = make.AT
LATER = AT + timedelta(days=20)
MONTH = "?" + urlencode({"p": "range", "from": "2026-10-05", "to": "2026-10-25"})
BESIDE = ("Tỷ lệ đúng hẹn lần đầu", "Lần tính lại thời hạn từ đầu", "Yêu cầu bổ sung muộn hoặc lặp lại")


@pytest.fixture
def restarted(city, monkeypatch):
    """One dossier, promised for 8/10, asked late, begun anew, signed on time by the clock: the leader's browser."""
    dossier = make.in_process(city, procedure=make.BUSINESS)
    asking = city.act("processor", AT + timedelta(days=4))
    dossiers.ask_supplement(asking, dossier=dossier, law=LAW, **ASK)
    dossiers.answer(city.act("citizen", AT + timedelta(days=7)), dossier=dossier)
    make.to_last_step(city, dossier, AT + timedelta(days=8))
    dossiers.draft_result(city.act("processor", AT + timedelta(days=8)), dossier=dossier)
    dossiers.approve(city.act("signer", AT + timedelta(days=9)), dossier=dossier, number="1/KQ")
    worker.drain()
    monkeypatch.setattr(views, "now", lambda: LATER)
    return client_of(city.accounts["leader"])


@pytest.mark.parametrize("path", ["", "?wall=1&", "rows/on_time/", "rows/late/", "rows/first_late/"])
def test_beside_the_rate_stand_the_three_others(restarted, path):
    query = MONTH[1:] if path.startswith("?") else MONTH
    page = restarted.get(f"/operations/{path}{query}").content.decode()
    assert 'aria-label="Tỷ lệ đúng hạn: 100 %"' in page
    assert 'aria-label="Tỷ lệ đúng hẹn lần đầu: 0 %"' in page
    assert f'aria-label="{BESIDE[1]}: 1"' in page and f'aria-label="{BESIDE[2]}: 1"' in page


@pytest.mark.parametrize("by", ["agency", "desk", "procedure"])
def test_in_every_table_of_rates_too(restarted, by):
    page = restarted.get(f"/operations/by/{by}/{MONTH}").content.decode()
    for head in ("Tỷ lệ đúng hạn", "Đúng hẹn lần đầu", "Tính lại từ đầu", "Bổ sung muộn, lặp lại"):
        assert head in page
    for sort in ("first_on_time", "restarts", "beyond"):
        assert restarted.get(f"/operations/by/{by}/{MONTH}&sort={sort}").status_code == 200


@pytest.mark.parametrize("measure", ["first_late", "restarts", "beyond"])
def test_each_opens_its_rows_with_the_first_promise(restarted, measure):
    page = restarted.get(f"/operations/rows/{measure}/{MONTH}").content.decode()
    assert page.count("<tr data-row>") == 1
    assert "Hẹn lần đầu: 08/10/2026" in page


def test_the_summary_of_a_simulation_tells_them(restarted):
    from motcua.config.simulating import in_words

    found = summed()
    assert (found["on_time_share"], found["first_share"], found["restarts"], found["beyond"]) == (1, 0, 1, 1)
    told = in_words({**found, "refusals": 0})
    assert "by the first promise" in told and "restarts" in told and "late or repeated requests" in told


def test_no_promise_is_no_data_and_not_nought():
    assert rules.Sums().first_share is None
    assert rules.Sums(first_on_time=3, first_late=1).first_share == 75

"""The public list, the file to keep, and the page on which a decision is recorded."""

import base64
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.config import cli
from motcua.signing import queries as signing
from motcua.standing import actions, queries, rules
from tests.dossiers import factories as make
from tests.portal.pages import text
from tests.standing.conftest import LATER
from tests.support.moment import set_clock
from tests.support.officers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def later(monkeypatch):
    set_clock(monkeypatch, LATER)
    for name in ("tests.accounts.factories.now", "tests.support.officers.now"):
        monkeypatch.setattr(name, lambda: LATER)


def test_everybody_reads_the_list_finds_a_number_and_keeps_the_file(later, ready, rule):
    page = text(Client().get("/hieu-luc/thu-hoi/"))
    assert "Chưa có kết quả nào bị thu hồi" in page
    rule("replace_result", replaced_by="16/GKS", note="bí mật")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = text(Client().get("/hieu-luc/thu-hoi/"))
    assert len(asked) <= 8
    for words in ("15/GKS", "Đã được thay thế", "Bản thay thế: 16/GKS", "21/QĐ-UBND", "Có sai sót khi cấp"):
        assert words in page, words
    assert "bí mật" not in page and "Nguyễn Thị Lan" not in page
    code = make.get(ready).code
    assert "Đã được thay thế" in text(Client().get("/hieu-luc/thu-hoi/", {"tim": code}))
    assert "Không có trong danh sách" in text(Client().get("/hieu-luc/thu-hoi/", {"tim": "99/GKS"}))
    answer = Client().get("/hieu-luc/thu-hoi.jws")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/jose", "public, max-age=300")
    held = rules.read_list(answer.content, queries.trusted_keys())
    assert held.entries == tuple(queries.every())
    again = Client().get("/hieu-luc/thu-hoi.jws", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_the_signer_records_a_decision_and_the_desk_shows_it(later, city, ready):
    browser, address = client_of(city.accounts["signer"]), f"/hieu-luc/ho-so/{ready}/"
    assert f'href="{address}"' in browser.get(f"/counter/ho-so/{ready}/").content.decode()
    assert "15/GKS" in text(browser.get(address))
    wrong = browser.post(
        address, {"kind": "withdrawn", "decision": "", "decided_on": "05/10/2026", "reason": ""}
    )
    assert wrong.status_code == 422 and "Ghi số, ký hiệu của quyết định" in text(wrong)
    assert browser.post(address, {"kind": "withdrawn", "decided_on": "hôm qua"}).status_code == 422
    given = {"kind": "withdrawn", "decision": "21/QĐ", "decided_on": "05/10/2026", "reason": "unlawful"}
    done = browser.post(address, given, follow=True)
    assert "Kết quả không còn hiệu lực" in text(done) and "Khôi phục hiệu lực" in text(done)
    assert "không còn hiệu lực" in text(browser.get(f"/counter/ho-so/{ready}/"))
    assert client_of(city.accounts["processor"]).get(address).status_code == 403


def test_the_page_that_verifies_without_us_is_taken_along(later, rule, tmp_path, monkeypatch, desk):
    monkeypatch.setattr(signing, "trial_authority", lambda tree, at: desk.authority)
    rule()
    actions.publish_list(LATER)
    assert "/hieu-luc/kiem-tra-khong-can-mang.html" in Client().get("/kiem-tra-chu-ky/").content.decode()
    answer = Client().get("/hieu-luc/kiem-tra-khong-can-mang.html")
    assert answer["Content-Disposition"].startswith("attachment")
    told = answer.content.decode()
    trust = json.loads(told.split('id="trust">')[1].split("</script>")[0])
    assert base64.b64decode(trust["roots"][0]) == desk.roots[0].certificate and trust["crls"]
    assert [key["kid"] for key in trust["keys"]] == queries.trusted_keys()
    assert "src=" not in told and "https:" not in told.replace("https://json-schema", "")
    assert cli.main(["papers", "offline-page", str(tmp_path / "page.html")]) == 0
    assert trust["roots"][0] in (tmp_path / "page.html").read_text("utf-8")
    assert cli.main(["papers", "offline-page", str(tmp_path / "none" / "page.html")]) == 2

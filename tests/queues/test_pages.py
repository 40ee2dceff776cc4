"""The hall, the phone, the head's figures: by status, words, queries; the kiosk without any script."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client

from motcua.queue import actions, queries
from motcua.queue.models import Device, Ticket
from tests.portal.statements import statements
from tests.queues.conftest import SCREEN, TOKEN
from tests.support.city import CENTRE
from tests.support.moment import set_clock
from tests.support.officers import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(hall, city, monkeypatch):
    """Browsers in the hall and at desks, under the hall's clock: `site("kiosk")`, `site("head")`."""

    def clock():
        set_clock(monkeypatch, hall.at)
        for name in (
            "tests.accounts.browser.now",
            "tests.accounts.factories.now",
            "tests.support.officers.now",
        ):
            monkeypatch.setattr(name, lambda: hall.at)

    signed_in: dict[str, Client] = {}

    def opener(who):
        clock()
        if who in city.accounts:
            return signed_in.get(who) or signed_in.setdefault(who, client_of(city.accounts[who]))
        client = Client()
        token = {"kiosk": TOKEN, "screen": SCREEN}.get(who)
        if token:
            assert client.get(f"/queue/may/{token}/").status_code == 302
        return client

    opener.clock = clock
    return opener


def said(answer, status=200) -> str:
    text = answer.content.decode()
    assert answer.status_code == status, text
    return text


def test_a_kiosk_gives_a_number_and_goes_back_to_its_first_page(hall, site):
    kiosk = site("kiosk")
    first = kiosk.get("/queue/lay-so/")
    assert "Hộ tịch, chứng thực" in said(first) and "chưa biết chờ bao lâu" in said(first)
    asked = kiosk.get("/queue/lay-so/civil-status/")
    assert "Người từ đủ 60 tuổi" in said(asked)
    form = {"priority": "yes", "act_id": asked.context["act_id"]}
    given = [kiosk.post("/queue/lay-so/civil-status/", form) for _ in range(2)]
    assert given[0]["Location"] == given[1]["Location"]
    row = Ticket.objects.get()
    assert (row.code, row.priority) == ("A001", True)
    slip = kiosk.get(given[0]["Location"])
    assert "A001" in said(slip) and "Ưu tiên" in said(slip) and slip["Refresh"] == "40; url=/queue/lay-so/"
    english = kiosk.get("/queue/lay-so/?lang=en")
    assert "What do you come for?" in said(english) and 'lang="en"' in said(english)
    assert "Bạn đến làm việc gì?" in said(kiosk.get("/queue/lay-so/"))
    assert kiosk.get("/queue/lay-so/nothing/")["Location"] == "/queue/lay-so/"


def test_no_link_no_kiosk_and_a_closed_device_is_shut_at_once(hall, site, city):
    stranger = site("stranger")
    for address in ("/queue/lay-so/", "/queue/lay-so/result/", "/queue/man-hinh/", "/queue/may/guess/"):
        assert "chưa được phép" in said(stranger.get(address), 403)
    screen, kiosk = site("screen"), site("kiosk")
    assert screen.get("/queue/lay-so/").status_code == 403
    head = site("head")
    for row in Device.objects.all():
        assert head.post(f"/queue/thiet-bi/{row.public_id}/dong/").status_code == 302
    assert kiosk.get("/queue/lay-so/").status_code == screen.get("/queue/man-hinh/").status_code == 403


def test_after_hours_the_kiosk_says_when_numbers_are_given_again(hall, site):
    kiosk = site("kiosk")
    hall.forward(hours=10)
    site.clock()
    assert "từ 06:45 thứ Ba 06/10/2026" in said(kiosk.get("/queue/lay-so/"))
    assert "Ngoài giờ làm việc" in said(kiosk.post("/queue/lay-so/result/", {"priority": "no"}))
    assert not Ticket.objects.exists()


def test_a_kiosk_that_is_played_with_says_wait(hall, site, monkeypatch):
    kiosk = site("kiosk")
    monkeypatch.setattr("motcua.queue.views.hall.TICKETS_PER_MINUTE", 1)
    answers = [kiosk.post("/queue/lay-so/result/", {"priority": "no"}) for _ in range(2)]
    assert answers[0].status_code == 302 and "thao tác quá nhanh" in said(answers[1])
    assert Ticket.objects.count() == 1


def test_the_screen_and_the_phone_tell_the_call(hall, site):
    hall.open(number=3)
    first, second = hall.take(), hall.take("result")
    hall.call()
    screen, phone = site("screen"), site("phone")
    page = said(screen.get("/queue/man-hinh/"))
    assert "A001" in page and "screen__row--now" in page and '<meta http-equiv="refresh"' in page
    assert "mời bạn vào quầy 3" in said(phone.get(f"/queue/so/{first.reference}/"))
    assert "Bạn là người tiếp theo" in said(phone.get(f"/queue/so/{second.reference}/"))
    hall.do("finish", first)
    assert "Cảm ơn bạn" in said(phone.get(f"/queue/so/{first.reference}/"))
    hall.forward(days=1)
    site.clock()
    assert "hết hiệu lực" in said(phone.get(f"/queue/so/{second.reference}/"))
    assert phone.get("/queue/so/XXXX-XXXX-XXXX-XXXX/").status_code == 404
    with statements() as few:
        screen.get("/queue/man-hinh/")
    for _ in range(3):
        hall.take()
    with statements() as more:
        screen.get("/queue/man-hinh/")
    assert len(few.work) == len(more.work) <= 6


def served(hall, *minutes):
    """One ticket for each: called after so many minutes, and done."""
    for wait in minutes:
        row = hall.take()
        hall.forward(minutes=wait).call()
        hall.do("finish", row)


def rows_of(answer) -> list[dict[str, str]]:
    assert answer.status_code == 200
    return list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"), newline="")))


def test_every_figure_of_the_day_opens_its_rows_and_goes_along(hall, site):
    hall.open()
    served(hall, 2, 4, 12)
    hall.take("result")
    head = site("head")
    page = head.get("/queue/")
    figures = {str(label): (value, href) for label, value, href, _unit in page.context["stats"]}
    assert [value for value, _href in figures.values()] == [4, 1, 3, 0, 0, 4.0, 12.0]
    for value, href in list(figures.values())[:5]:
        rows = head.get(href)
        assert rows.context["total"] == len(rows.context["rows"]) == value
    waited = head.get(figures["Chờ, trung vị"][1])
    assert sorted(row["waited"] for row in waited.context["rows"]) == [2.0, 4.0, 12.0]
    told = rows_of(head.get(waited.context["files"][1][1]))
    assert [row["Số"] for row in told] == ["A001", "A002", "A003"]
    told = rows_of(head.get(page.context["files"][1][1]))
    assert (told[0]["Dịch vụ"], told[0]["Đã lấy số"], told[0]["Chờ, trung vị (phút)"]) == (
        "Tất cả dịch vụ", "4", "4.0",
    )  # fmt: skip
    assert head.get(page.context["files"][0][1])["Content-Type"].endswith("sheet")
    assert "Chưa có số liệu" in said(head.get("/queue/?ngay=01/10/2026"))
    assert head.get("/queue/?ngay=mai").status_code == 422
    assert head.get("/queue/dong/nothing/").status_code == 404


def test_figures_and_devices_stay_within_ones_own_field(hall, site):
    hall.take()
    other = site("other_leader")
    assert other.get(f"/queue/?agency={CENTRE}").status_code == 404
    assert other.get("/queue/").context["stats"][0][1] == 0
    assert site("processor").get("/queue/").status_code == 403
    assert site("receptionist").get("/queue/").context["stats"][0][1] == 1
    assert site("receptionist").get("/queue/thiet-bi/").status_code == 403
    answer = other.post(
        "/queue/thiet-bi/", {"agency": CENTRE, "kind": "kiosk", "name": "Lạ", "token": "x" * 32}
    )
    assert "Chưa lập được máy" in said(other.get(answer["Location"])) and Device.objects.count() == 2
    mine = Device.objects.first()
    assert other.post(f"/queue/thiet-bi/{mine.public_id}/dong/").status_code == 403


def test_the_link_of_a_device_is_shown_once_and_opens_it(hall, site):
    head = site("head")
    form = head.get("/queue/thiet-bi/").context
    given = {"agency": CENTRE, "kind": "kiosk", "name": "Cửa sau", "prints": "yes"}
    given |= {"token": form["token"], "act_id": form["act_id"]}
    answers = [head.post("/queue/thiet-bi/", given) for _ in range(2)]
    link = head.get(answers[-1]["Location"]).context["said"]["link"]
    assert Device.objects.filter(name="Cửa sau", prints=True).count() == 1
    assert form["token"] not in said(head.get("/queue/thiet-bi/")).replace(f'value="{form["token"]}"', "")
    tablet = Client()
    answer = tablet.get(link.removeprefix("http://127.0.0.1:8000"))
    assert answer["Location"] == "/queue/lay-so/"
    assert answer.cookies["motcua_kiosk"]["httponly"] and answer.cookies["motcua_kiosk"]["path"] == "/queue/"
    row = hall.take()
    assert "queue/print" in said(tablet.get(f"/queue/phieu/{row.reference}/"))
    assert tablet.get("/queue/phieu/nothing/").status_code == 404


def test_the_kiosk_tells_the_wait_of_earlier_days(hall, site):
    for _ in range(2):
        hall.open()
        served(hall, *[6] * 10)
        hall.at = hall.at.replace(hour=2) + timedelta(days=1)
    hall.open()
    hall.take()
    assert "khoảng 10–15 phút" in said(site("kiosk").get("/queue/lay-so/"))
    assert queries.board(hall.city.office(CENTRE), hall.at).lines()[0].expected is not None


def test_the_api_does_what_the_pages_do(hall, city, monkeypatch, site):
    site.clock()
    monkeypatch.setattr(
        "motcua.foundation.api.tokens._token_source",
        lambda token: (city.accounts[token].pk, token, frozenset({"queue:read", "queue:write"})),
    )

    def ask(path, body=None, who="receptionist"):
        client, head = Client(), {"Authorization": f"Bearer {who}"}
        if body is None:
            return client.get(f"/api/v1/queue{path}", headers=head)
        return client.post(f"/api/v1/queue{path}", body, content_type="application/json", headers=head)

    taken = ask(f"/{CENTRE}/tickets", {"service": "result"})
    assert taken.status_code == 201 and taken.json()["code"] == "K001"
    assert ask(f"/{CENTRE}/tickets", {"service": "result"}, who="citizen").status_code == 404
    assert ask("/windows/call", {}).json()["code"] == "queue.window_closed"
    assert ask("/windows/open", {"agency": CENTRE, "number": 2}).json()["number"] == 2
    called = ask("/windows/call", {}).json()
    assert (called["code"], called["state"], called["window"]) == ("K001", "called", 2)
    moved = f"/tickets/{called['ticket']}/moves"
    assert ask(moved, {"verb": "transfer"}).status_code == 422
    assert ask(moved, {"verb": "start", "service": "result"}).status_code == 422
    assert ask(moved, {"verb": "start"}).json()["state"] == "serving"
    board = ask(f"/{CENTRE}").json()
    assert board["calls"][0]["code"] == "K001" and board["windows"] == [2] and board["gives"]
    assert ask(f"/{CENTRE}", who="other_leader").status_code == 404
    stranger = Client().get(f"/api/v1/queue/tickets/{taken.json()['reference']}")
    assert stranger.json()["state"] == "serving" and stranger.json()["ahead"] is None
    assert actions.finish and ask(moved, {"verb": "finish"}).json()["state"] == "done"

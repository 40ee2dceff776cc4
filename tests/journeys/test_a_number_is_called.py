"""A grandmother takes a number without scripts, her grandson's phone tells the call, the wall shows it."""

from __future__ import annotations

import pytest

from motcua.queue.models import Ticket
from tests.queues.conftest import SCREEN, TOKEN, Hall

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_from_the_kiosk_to_the_window(window, desk, judged, clock, town, live_server, settings):
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"base_url": live_server.url})
    hall = Hall(town)
    hall.open(number=3)
    for _ in range(2):
        hall.take("result")

    kiosk = window(f"/queue/may/{TOKEN}/", width=1280, scripts=False)
    kiosk.get_by_role("link", name="Hộ tịch, chứng thực").click()
    kiosk.get_by_role("button", name="Có").click()
    assert "A001" in kiosk.locator(".slip__code").inner_text()
    slip = kiosk.url
    row = Ticket.objects.get(code="A001")
    kiosk = window(f"/queue/may/{TOKEN}/", width=1280)
    judged(kiosk, "lay-so")
    kiosk.goto(slip)
    judged(kiosk, "phieu-so")

    phone = window(f"/queue/so/{row.reference}/", width=360)
    assert "Bạn là người tiếp theo" in phone.content()
    officer = desk("receptionist")
    officer.goto(f"{live_server.url}/counter/goi-so/")
    officer.get_by_role("button", name="Gọi số tiếp theo").click()
    assert officer.locator(".callbar__code").inner_text() == "A001"
    judged(officer, "goi-so")
    phone.evaluate("import(document.querySelector('script[src*=\"queue/renew\"]').src).then(m => m.renew())")
    phone.get_by_text("mời bạn vào quầy 3").first.wait_for()
    judged(phone, "so-tren-dien-thoai")
    judged(window(f"/queue/may/{SCREEN}/", width=1280), "man-hinh-goi-so")

    officer.goto(f"{live_server.url}/queue/")
    judged(officer, "thoi-gian-cho")

"""An officer opens her window, calls, serves, sends on; what a number was served for is noted."""

import pytest

from motcua.queue.models import Ticket, Window
from tests.counter.test_work import make
from tests.queues.conftest import Hall
from tests.support.city import CENTRE

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(city, at):
    found = Hall(city)
    found.at = at
    return found


def do(client, verb, **given):
    answer = client.post(f"/counter/goi-so/viec/{verb}/", given, follow=True)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def opened(desk, number="1", **more):
    client = desk("receptionist")
    assert "Mở quầy" in client.get("/counter/goi-so/").content.decode()
    do(client, "open", agency=CENTRE, number=number, **more)
    return client


def test_a_window_from_opening_to_closing(hall, desk, city):
    client = opened(desk, "2")
    assert "Không còn ai chờ" in do(client, "call")
    rows = [hall.take() for _ in range(3)]
    page = do(client, "call")
    assert rows[0].code in page and "Đã đến, phục vụ" in page
    assert "A001" in client.get("/counter/tiep-nhan/").content.decode()
    do(client, "start", ticket=rows[0].public_id)
    dossier = make.received(city)
    code = make.get(dossier).code
    assert "A001" in do(client, "next", ticket=rows[0].public_id, code="H00.1-261005-9999")
    page = do(client, "next", ticket=rows[0].public_id, code=code, next="/counter/tiep-nhan/")
    assert "Ai đang ở quầy?" in page and "A002" in page
    assert Ticket.objects.get(code="A001").served_for == dossier
    for _ in range(2):
        do(client, "recall", ticket=rows[1].public_id)
    page = do(client, "no_show", ticket=rows[1].public_id)
    assert "Đã đến, xếp lại cuối hàng" in page
    do(client, "call")
    do(client, "transfer", ticket=rows[2].public_id, service="result", to="5")
    assert Ticket.objects.get(code="A003").to_window == 5
    do(client, "come_back", ticket=rows[1].public_id)
    assert "2 số chờ quầy này" in client.get("/counter/goi-so/").content.decode()
    do(client, "close", window=Window.objects.get().public_id)
    assert not Window.objects.filter(closed_at=None).exists()
    assert client.post("/counter/goi-so/viec/nothing/").status_code == 404


def test_what_a_window_cannot_do_is_said(hall, desk):
    client = opened(desk, service=["result"])
    hall.take()
    assert "Không còn ai chờ" in do(client, "call")
    assert "đang có người mở" in do(desk("clerk"), "open", agency=CENTRE, number="1")
    assert "Số quầy hoặc loại dịch vụ chưa đúng" in do(desk("clerk"), "open", agency=CENTRE, number="x")
    assert desk("processor").get("/counter/goi-so/").status_code == 403


def test_the_page_costs_the_same_however_many_wait(hall, desk, django_assert_max_num_queries):
    client = opened(desk)
    for _ in range(15):
        hall.take()
    client.get("/counter/goi-so/")
    with django_assert_max_num_queries(14):
        assert "15 số chờ quầy này" in client.get("/counter/goi-so/").content.decode()

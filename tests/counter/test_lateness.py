"""The pages of lateness: apologies that must leave today, work by what can still be saved, refusals in words."""

from datetime import timedelta

import pytest

from motcua.dossiers import actions
from motcua.foundation.models import AccessEntry
from tests.counter.pages import get, move, words
from tests.dossiers import factories as make
from tests.dossiers.test_lateness import of_ten_days
from tests.portal.statements import statements
from tests.support.moment import set_clock
from tests.support.officers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def sitting(monkeypatch, city, at):
    """An officer who has just signed in, some time after Monday 5/10: `sitting("processor", days=11)`."""

    clients = {}

    def opener(who="processor", **later):
        if (who, tuple(later.items())) not in clients:
            clients[who, tuple(later.items())] = signed_in(who, later)
        return clients[who, tuple(later.items())]

    def signed_in(who, later):
        moment = make.AT + timedelta(**later)
        set_clock(monkeypatch, moment)
        for name in (
            "tests.accounts.browser.now",
            "tests.accounts.factories.now",
            "tests.support.officers.now",
        ):
            monkeypatch.setattr(name, lambda: moment)
        account = city.accounts[who]
        account.refresh_from_db()
        account.totp_confirmed_at = None  # her code of before is not asked again: she enrols anew
        account.save(update_fields=["totp_confirmed_at"])
        return client_of(account)

    return opener


def test_the_example_is_exact_on_the_page(sitting, city):
    """Received Monday 5/10, ten working days, due Monday 19/10: on the list Thursday 15/10, to leave Friday 16/10."""
    dossier = of_ten_days(city)
    assert get(dossier).due_on.isoformat() == "2026-10-19"
    seen = {}
    for day in range(7, 15):  # 12/10 to 19/10
        seen[5 + day] = sitting(days=day).get("/counter/xin-loi/")
    there = {day for day, page in seen.items() if dossier in page.content.decode()}
    assert there == {15, 16}
    assert "Ngày làm việc tới: 1 hồ sơ" in words(seen[15]) and "16/10/2026" in words(seen[15])
    assert "Hôm nay, 16/10/2026: 1 hồ sơ" in words(seen[16]) and "19/10/2026" in words(seen[16])
    assert f"/counter/ho-so/{dossier}/?viec=extend" in seen[16].content.decode()
    assert "Không có văn bản xin lỗi nào phải gửi" in words(seen[17])


def test_it_leaves_from_the_page_and_is_gone_from_the_list(sitting, city):
    dossier = of_ten_days(city)
    client = sitting(days=11)
    move(client, dossier, "extend", until="26/10/2026", reason="Chờ ý kiến cơ quan thuế")
    assert get(dossier).due_on.isoformat() == "2026-10-26"
    assert "Không có văn bản xin lỗi nào phải gửi" in words(client.get("/counter/xin-loi/"))
    page = words(client.get(f"/counter/ho-so/{dossier}/"))
    assert "Hẹn lần đầu: 19/10/2026" in page


def test_too_late_and_without_a_reason_are_told_on_the_page(sitting, city):
    dossier = of_ten_days(city)
    page = move(sitting(days=11), dossier, "extend", until="26/10/2026", reason="bận")
    assert page.status_code == 422 and "Điều 19 khoản 9" in words(page)
    form = words(
        sitting(days=12).get(  # Saturday
            f"/counter/ho-so/{dossier}/?viec=extend"
        )
    )
    assert "Không còn hẹn lại được" in form and "Nghị định 61/2018/NĐ-CP, Điều 19 khoản 9" in form


def test_who_only_leads_sees_initials_until_she_says_why(sitting, city):
    of_ten_days(city)
    leader = sitting("leader", days=11)
    page = words(leader.get("/counter/xin-loi/"))
    assert "Hiện tên người nộp để" in page
    assert AccessEntry.objects.filter(page="counter:apologies").count() == 0
    sitting(days=11).get("/counter/xin-loi/")
    assert AccessEntry.objects.filter(page="counter:apologies").count() == 1


def test_others_see_nothing_there(sitting, city):
    dossier = of_ten_days(city)
    for who in ("other_processor", "other_receptionist", "other_leader"):
        for address in ("/counter/xin-loi/", "/counter/con-kip/"):
            assert dossier not in sitting(who, days=11).get(address).content.decode()
    assert sitting("admin", days=11).get("/counter/xin-loi/").status_code == 403


def test_what_can_still_be_saved_comes_first_with_its_why(sitting, city):
    late = of_ten_days(city, "2026-09-14T09:00")
    tight = of_ten_days(city, "2026-09-25T09:00")
    fresh = of_ten_days(city)
    pool = f"{city.office('qn-bai-chay').id}-process"
    page = sitting(hours=1).get("/counter/con-kip/", {"tab": pool})
    places = [page.content.decode().index(each) for each in (tight, fresh, late)]
    assert places == sorted(places)
    told = words(page)
    assert "Phải làm gấp" in told and "chậm hơn kế hoạch" in told
    assert "Đúng kế hoạch" in told and "dư" in told
    assert "Đã trễ hẹn" in told and "Đã quá hẹn" in told
    actions.take(city.act("processor", make.AT), dossier=fresh)
    mine = sitting(hours=1).get("/counter/con-kip/").content.decode()
    assert fresh in mine and tight not in mine


def test_both_lists_cost_the_same_for_one_and_for_many(sitting, city):
    of_ten_days(city)
    client = sitting(days=10)
    pool = f"/counter/con-kip/?tab={city.office('qn-bai-chay').id}-process"

    def cost(address):
        client.get(address)
        with statements() as told:
            assert client.get(address).status_code == 200
        return len(told.work)

    few = [cost(address) for address in ("/counter/xin-loi/", pool)]
    for _ in range(6):
        of_ten_days(city)
    many = [cost(address) for address in ("/counter/xin-loi/", pool)]
    assert many[0] <= 9 and many[1] <= 10
    assert many == few


def test_the_desk_brings_a_dossier_over_where_the_new_version_lets_it(sitting, city):
    from datetime import date

    from tests.dossiers.test_versions import CLAUSE, FIVE, publish, received

    publish(make.AT - timedelta(days=5))
    stays = received(city)
    actions.transfer(city.act("receptionist", make.AT), dossier=stays)
    client = sitting(days=1)
    assert "change_version" not in client.get(f"/counter/ho-so/{stays}/").content.decode()
    publish(make.AT + timedelta(hours=1), time_limit=FIVE, transition=CLAUSE)
    page = client.get(f"/counter/ho-so/{stays}/?viec=change_version")
    assert "10 ngày làm việc → 5 ngày làm việc" in words(page)
    refused = move(client, stays, "change_version", reason="x")
    assert refused.status_code == 422
    move(client, stays, "change_version", reason="Điều khoản chuyển tiếp cho phép áp dụng ngay")
    assert (get(stays).due_on, get(stays).first_due_on) == (date(2026, 10, 12), date(2026, 10, 19))
    assert "Hẹn lần đầu: 19/10/2026" in words(client.get(f"/counter/ho-so/{stays}/"))


def test_stopping_for_want_of_an_answer_is_offered_when_the_days_are_over(sitting, city):
    make.publish_like(make.BUSINESS, at=make.AT - timedelta(days=1), clock={"supplement_wait_days": 5})
    dossier = make.asked(city, procedure=make.BUSINESS)
    early = sitting(days=2).get(f"/counter/ho-so/{dossier}/?viec=stop")
    assert "đến hết ngày 12/10/2026" in words(early) and 'name="no_answer"' not in early.content.decode()
    client = sitting(days=8)
    assert 'name="no_answer"' in client.get(f"/counter/ho-so/{dossier}/?viec=stop").content.decode()
    move(client, dossier, "stop", no_answer="1", reason="Hết thời hạn đã báo mà không bổ sung")
    assert get(dossier).business_state == "stopped"

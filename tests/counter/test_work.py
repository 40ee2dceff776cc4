"""Worklists: what waits, soonest first; one row one decision; many at once, each with its own result."""

import html
import re
from datetime import timedelta

import pytest

from motcua.dossiers import actions
from motcua.foundation.models import AccessEntry
from motcua.notes import actions as notes
from tests.counter.pages import field, get, words
from tests.dossiers import factories as make
from tests.portal.statements import statements
from tests.support.city import COMMITTEE

pytestmark = pytest.mark.django_db


def pick(*dossiers: str) -> list[str]:
    return [f"{id_}:{get(id_).revision}" for id_ in dossiers]


def test_each_officer_finds_what_waits_for_her(desk, city):
    door = make.submitted(city)
    mine = make.in_process(city)
    actions.take(city.act("processor", make.AT), dossier=mine)
    pool, draft = make.in_process(city), make.drafted(city)

    def rows(name, **query):
        page = desk(name).get("/counter/", query).content.decode()
        return {id_ for id_ in (door, mine, pool, draft) if id_ in page}

    assert rows("receptionist") == {door}
    assert rows("processor") == {mine}
    assert rows("processor", tab=f"{city.office('qn-bai-chay').id}-process") == {pool}
    assert rows("signer") == {draft}
    assert rows("leader") == {mine, pool, draft}
    assert rows("other_receptionist") == set()
    assert rows("admin") == set()


def test_a_row_tells_the_deadline_as_a_word_and_offers_the_next_decision(desk, city):
    make.submitted(city, procedure="birth-registration")
    received = make.received(city)
    page = desk().get("/counter/")
    told = words(page)
    assert "Nộp 09:00 05/10/2026" in told
    assert "Chuyển trước 17:00 05/10/2026" in told
    assert f'value="transfer:{received}:' in page.content.decode()


def test_the_tabs_count_and_the_lists_run_by_due_date(desk, city):
    late = make.in_process(city, at=make.AT - timedelta(days=14))
    fresh = make.in_process(city)
    page = desk("processor").get("/counter/")
    assert page.content.decode().index(late) < page.content.decode().index(fresh)
    assert "Quá hạn" in words(page)
    assert "Chờ người nhận xử lý 2" in words(page)


def test_a_worklist_of_a_hundred_costs_eight_statements(desk, city):
    from motcua.dossiers.models import Dossier, DossierGrant

    first = make.in_process(city)
    row = get(first)
    holder = f"office:{row.competent_agency_id}:process"
    for number in range(100):
        copy = Dossier.objects.get(pk=row.pk)
        copy.pk, copy.public_id, copy.reference, copy.code = (
            None,
            f"COPY{number:022d}",
            f"R{number:04d}",
            f"C-{number}",
        )
        copy.save(force_insert=True)
        DossierGrant.objects.create(
            dossier=copy, holder=holder, role="process", reason="pool", todo=True, sort_key=f"2{number:04d}"
        )
    at = make.AT + timedelta(minutes=5)
    label = notes.make_label(city.act("head", at), agency=COMMITTEE, name="Gấp", colour="gold")["label"]
    notes.put_on(city.act("head", at), dossier=first, label=label)
    client = desk("processor")
    client.get("/counter/")
    with statements() as told:
        page = client.get("/counter/")
    assert page.content.decode().count("data-row") == 100
    assert "Gấp" in words(page)
    assert len(told.work) <= 8, "\n".join(told.work)
    address = re.findall(r'href="(\?[^"]*sau=[^"]*)"', page.content.decode())
    assert address
    second = client.get("/counter/" + html.unescape(address[0]))
    assert second.content.decode().count("data-row") == 1


def test_a_list_is_narrowed_by_stage_and_procedure(desk, city):
    door, ready = make.submitted(city), make.ready(city)
    page = desk().get("/counter/", {"state": "result_ready"}).content.decode()
    assert ready in page and door not in page
    other = str(get(door).procedure_id + 999)
    assert door not in desk().get("/counter/", {"procedure": other}).content.decode()
    assert desk().get("/counter/", {"state": "<script>", "procedure": "x", "tab": "?"}).status_code == 200


def test_a_foreign_cursor_is_told(desk, city):
    answer = desk().get("/counter/", {"sau": "abc"})
    assert answer.status_code == 422


def test_the_list_is_in_the_access_log(desk, city):
    door = make.submitted(city)
    desk().get("/counter/")
    entry = AccessEntry.objects.filter(page="counter:worklist").latest("pk")
    assert [row.subject for row in entry.subjects.all()] == [f"dossier:{door}"]
    assert entry.purpose == "worklist"


def test_one_click_on_a_row_does_its_decision(desk, city):
    door = make.submitted(city)
    page = desk().get("/counter/")
    answer = desk().post(
        "/counter/lam/",
        {"act_id": field(page, "act_id"), "one": f"receive:{door}:{get(door).revision}"},
        follow=True,
    )
    assert get(door).business_state == "received"
    assert get(door).code in words(answer)


def test_many_at_once_each_with_its_own_result(desk, city):
    first, second, third = (make.submitted(city) for _ in range(3))
    picked = pick(first, second, third)
    actions.refuse(city.act("clerk", make.AT), dossier=third, reason="Không thuộc thẩm quyền ở đây")
    answer = desk().post(
        "/counter/lam/", {"act_id": "many-1", "verb": "receive", "pick": picked}, follow=True
    )
    assert [get(id_).business_state for id_ in (first, second, third)] == ["received", "received", "refused"]
    told = words(answer)
    assert "Đã tiếp nhận: 2 hồ sơ" in told and "Chưa làm được: 1 hồ sơ" in told
    assert "vừa được người khác cập nhật" in told


def test_a_batch_sent_twice_is_done_once(desk, city):
    first, second = make.submitted(city), make.submitted(city)
    said = {"act_id": "twice-1", "verb": "receive", "pick": pick(first, second)}
    desk().post("/counter/lam/", said)
    codes = [get(first).code, get(second).code]
    again = desk().post("/counter/lam/", said, follow=True)
    assert "Đã tiếp nhận: 2 hồ sơ" in words(again)
    assert [get(first).code, get(second).code] == codes


def test_what_is_final_is_asked_once_more(desk, city):
    first, second = make.drafted(city), make.drafted(city)
    said = {"act_id": "sign-1", "verb": "approve", "pick": pick(first, second)}
    asked = desk("signer").post("/counter/lam/", said, follow=True)
    assert "Ký kết quả: 2 hồ sơ?" in words(asked)
    assert get(first).business_state == "result_drafted"
    desk("signer").post("/counter/lam/", {**said, "sure": "1"})
    assert {get(first).business_state, get(second).business_state} == {"result_ready"}


def test_a_batch_is_sent_back_with_one_remark(desk, city):
    first, second = make.drafted(city), make.drafted(city)
    said = {"act_id": "back-1", "verb": "send_back", "pick": pick(first, second), "sure": "1"}
    refused = desk("signer").post("/counter/lam/", said, follow=True)
    assert "Cần nêu lý do" in words(refused)
    desk("signer").post("/counter/lam/", {**said, "act_id": "back-2", "remark": "Ghi rõ họ tên người cha"})
    assert {get(first).business_state, get(second).business_state} == {"in_process"}


def test_an_empty_or_foreign_batch_is_told(desk, city):
    foreign = make.drafted(city)
    assert "Chưa chọn hồ sơ nào" in words(desk().post("/counter/lam/", {"verb": "receive"}, follow=True))
    assert desk().post("/counter/lam/", {"verb": "drop table", "pick": pick(foreign)}).status_code == 404
    said = {"verb": "receive", "pick": pick(foreign)}
    answer = desk("other_receptionist").post("/counter/lam/", said, follow=True)
    assert "Không tìm thấy hồ sơ" in words(answer)
    assert get(foreign).code not in words(answer)


def test_the_next_waiting_dossier_opens(desk, city):
    mine = make.in_process(city)
    tab = f"{city.office('qn-bai-chay').id}-process"
    assert f"/counter/ho-so/{mine}/" in desk("processor").get("/counter/tiep/", {"tab": tab}).url
    assert desk("processor").get("/counter/tiep/", {"tab": "x"}).url == "/counter/"


def test_citizens_and_strangers_stay_outside(client, desk, city):
    assert client.get("/counter/").status_code == 302
    from tests.accounts.browser import sign_in

    sign_in(client, city.accounts["citizen"])
    assert client.get("/counter/").status_code == 403

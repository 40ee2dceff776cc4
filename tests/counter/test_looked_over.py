"""What can be done once only is shown before it is done; what was refused is marked where it was typed."""

import re

import pytest
from django.utils import translation

from motcua.dossiers import actions
from motcua.dossiers import queries as dossiers
from motcua.foundation.models import JournalLine
from tests.counter.pages import field, get, words
from tests.dossiers import factories as make
from tests.portal.statements import statements

pytestmark = pytest.mark.django_db
ASK = {"own": "Nộp bản chụp rõ bốn góc", "reason": "Giấy chứng sinh bị mờ, chưa đối chiếu được"}


def send(client, dossier: str, verb: str, address: str = "", **fields):
    """Send the form of `verb` as its page was drawn."""
    page = client.get(address or f"/counter/ho-so/{dossier}/?viec={verb}")
    said = {name: field(page, name) for name in ("act_id", "revision", "seen_at")}
    return client.post(f"/counter/ho-so/{dossier}/viec/{verb}/", {**said, **fields})


def marked(answer, name: str) -> str:
    """The input `name` as it is drawn, with what it points to."""
    found = re.search(rf'<(?:textarea|input)[^>]* name="{name}"[^>]*>', answer.content.decode())
    assert found, name
    return found[0]


# Looked over ------------------------------------------------------------------------------------------------------


def test_a_request_is_shown_as_it_will_be_printed_before_it_is_sent(desk, city):
    dossier = make.in_process(city)
    client = desk("processor")
    answer = send(client, dossier, "ask_supplement", **ASK)
    assert answer.status_code == 302 and "chứng sinh" not in answer.url
    assert get(dossier).business_state == "in_process"
    page = client.get(answer.url)
    told = words(page)
    assert "Phiếu yêu cầu bổ sung (mẫu 02) sẽ ghi" in told and ASK["own"] in told and ASK["reason"] in told
    sheet = client.get(re.search(r'/counter/ho-so/\w+/xem-truoc/[^"]+', page.content.decode())[0])
    assert "Mẫu số 02" in words(sheet) and ASK["own"] in words(sheet)
    assert get(dossier).business_state == "in_process"
    again = client.get(answer.url.replace("xem=", "sua=").partition("#")[0])
    assert ASK["own"] in again.content.decode() and 'name="sure"' not in again.content.decode()
    shown = {name: field(page, name) for name in ("sure", "own", "reason")}
    assert send(client, dossier, "ask_supplement", answer.url, **shown).status_code == 302
    assert get(dossier).business_state == "supplement"
    letter = dossiers.open_request(get(dossier))
    assert letter.content["items"][0]["text"] == ASK["own"]
    waits = client.get(f"/counter/ho-so/{dossier}/")
    assert "Đang chờ người nộp" in words(waits)
    assert f"/in/{letter.public_id}/" in waits.content.decode().split('class="waits"')[1].split("</p>")[0]


def test_what_was_kept_for_another_officer_or_dossier_is_not_shown(desk, city):
    dossier, other = make.in_process(city), make.in_process(city)
    answer = send(desk("processor"), dossier, "ask_supplement", **ASK)
    name = re.search("xem=([^&#]+)", answer.url)[1]
    for client, place in ((desk("head"), dossier), (desk("processor"), other)):
        page = client.get(f"/counter/ho-so/{place}/?viec=ask_supplement&xem={name}")
        assert 'name="sure"' not in page.content.decode() and ASK["own"] not in page.content.decode()
        assert client.get(f"/counter/ho-so/{place}/xem-truoc/{name}/").status_code == 404


def test_who_receives_a_result_is_shown_and_noted(desk, city):
    dossier = make.ready(city, procedure=make.ALLOWANCE)
    refused = send(desk(), dossier, "hand_over", way="counter", who="authorised", receiver="")
    assert refused.status_code == 422 and 'aria-invalid="true"' in marked(refused, "receiver")
    said = {"way": "counter", "who": "authorised", "receiver": "Trần Văn Nhận"}
    answer = send(desk(), dossier, "hand_over", **said)
    page = desk().get(answer.url)
    assert "Trần Văn Nhận, người được ủy quyền" in words(page) and "Nhận" not in answer.url
    assert get(dossier).business_state == "result_ready"
    send(desk(), dossier, "hand_over", answer.url, sure="1", **said)
    assert get(dossier).business_state == "returned"
    line = JournalLine.objects.get(chain=f"dossier:{dossier}", verb="dossier.hand_over")
    assert line.facts["authorised"] is True and "Trần Văn Nhận" not in str(line.facts)


def test_an_unknown_fee_is_asked_about_before_a_result_goes(desk, city):
    dossier = make.ready(city, procedure=make.BUSINESS)
    refused = send(desk(), dossier, "hand_over", way="counter")
    assert refused.status_code == 422 and "mức thu chưa rõ" in words(refused)
    assert 'aria-invalid="true"' in marked(refused, "unpaid_ok")
    answer = send(desk(), dossier, "hand_over", way="counter", unpaid_ok="1")
    assert "bạn xác nhận không còn gì phải thu" in words(desk().get(answer.url))


# Marked -----------------------------------------------------------------------------------------------------------


def test_a_denial_without_its_reason_is_marked_at_the_reason(desk, city):
    dossier = make.in_process(city, procedure=make.publish_ours())
    actions.take(city.act("processor", make.AT), dossier=dossier)
    make.to_last_step(city, dossier, make.AT)
    assert "Bắt buộc khi không đồng ý" in words(desk("processor").get(f"/counter/ho-so/{dossier}/"))
    answer = send(desk("processor"), dossier, "draft_result", outcome="denied", note="")
    assert answer.status_code == 422
    note = marked(answer, "note")
    assert 'aria-invalid="true"' in note and "f-note-error" in note
    assert 'href="#f-note"' in answer.content.decode()


@pytest.mark.parametrize(
    ("verb", "fields", "name"),
    [
        ("ask_supplement", {"reason": ASK["reason"]}, "own"),
        ("ask_supplement", {"own": "Nộp thêm", "reason": "thiếu"}, "reason"),
        ("stop", {"reason": "thôi"}, "reason"),
        ("ask_payment", {"reason": ""}, "reason"),
        ("take_over_result", {"outcome": "granted", "number": ""}, "number"),
    ],
)
def test_a_refused_form_marks_its_field(desk, city, verb, fields, name):
    dossier = make.in_process(city)
    answer = send(desk("processor"), dossier, verb, **fields)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in marked(answer, name) and f"f-{name}-error" in marked(answer, name)


# The page of a dossier --------------------------------------------------------------------------------------------


def test_a_result_that_waits_is_not_called_finished(desk, city):
    dossier = make.ready(city)
    page = words(desk().get(f"/counter/ho-so/{dossier}/"))
    assert "Đã có kết quả, chờ trả" in page and "Đã xong" not in page
    found = words(desk().post("/counter/tim/", {"q": "nguyen thi lan"}, follow=True))
    assert "Đã có kết quả, chờ trả" in found and "Đã xong" not in found


def test_where_it_lies_is_told_in_the_language_of_the_page(desk, city):
    dossier = make.in_process(city)
    office = get(dossier).competent_agency
    client = desk()
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        told = words(client.get(f"/counter/ho-so/{dossier}/"))
    assert office.name_en and office.name_en in told and "It lies with" in told


def test_an_added_paper_is_called_so(desk, city):
    from motcua.counter.words import done_word

    with translation.override("en"):
        assert done_word("dossier.paper_added") == "Paper added"
        assert translation.gettext("Thêm giấy tờ") == "Another paper to certify"


def test_without_a_picture_the_answers_take_its_place_and_facts_have_short_names(desk, city):
    dossier = make.walk_in(city, make.ALLOWANCE)["dossier"]
    page = desk().get(f"/counter/ho-so/{dossier}/").content.decode()
    papers = page.split('class="case__papers case__papers--none"')[1]
    assert 'class="facts"' in papers.split('class="case__clock"')[0]
    assert "Họ và tên của bạn" not in page and "<dt>Họ và tên</dt>" in page


# The list of who leads --------------------------------------------------------------------------------------------


def test_the_head_begins_with_what_is_open_late_first(desk, city):
    late = make.in_process(city, at=make.AT - make.timedelta(days=20))
    fresh, done = make.in_process(city), make.returned(city)
    page = desk("head").get("/counter/").content.decode()
    assert page.index(late) < page.index(fresh) and done not in page
    assert done in desk("head").get("/counter/", {"tab": lead_tab(city), "all": "1"}).content.decode()
    actions.assign(city.act("head", make.AT), dossier=fresh, account=city.accounts["head"].pk)
    assert late not in desk("head").get("/counter/").content.decode()  # her own work comes first


def lead_tab(city) -> str:
    return f"{city.office('qn-bai-chay').id}-lead"


def test_the_unit_is_narrowed_to_an_officer_and_given_out_by_the_dozen(desk, city):
    taken, first, second = (make.in_process(city) for _ in range(3))
    actions.take(city.act("processor", make.AT), dossier=taken)
    officer = city.accounts["processor"]
    head = desk("head")

    def rows(**query):
        page = head.get("/counter/", {"tab": lead_tab(city), **query}).content.decode()
        return {each for each in (taken, first, second) if each in page}

    assert rows(nguoi=str(officer.pk)) == {taken}
    assert rows(nguoi="0") == {first, second}
    assert rows(state="in_process") == {taken, first, second} and rows(state="result_drafted") == set()
    picks = [f"{each}:{get(each).revision}" for each in (first, second)]
    asked = head.post("/counter/lam/", {"verb": "assign", "pick": picks}, follow=True)
    assert "Trần Hộ Tịch" in asked.content.decode() and "Giao cho" in words(asked)
    said = {name: field(asked, name) for name in ("act_id", "verb", "list", "asking")}
    head.post("/counter/lam/", {**said, "sure": "1", "pick": picks, "account": officer.pk})
    assert {get(each).assigned_to_id for each in (first, second)} == {officer.pk}


def test_the_list_of_who_leads_costs_eight_statements(desk, city):
    for _ in range(3):
        make.in_process(city)
    desk("head").get("/counter/")
    with statements() as told:
        desk("head").get("/counter/")
    assert len(told.work) <= 8, "\n".join(told.work)

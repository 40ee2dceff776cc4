"""The dossier on one page: what it tells, every verb by its form, two officers at once, papers, differences."""

from datetime import timedelta

import pytest

from motcua.dossiers import actions
from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Letter
from motcua.foundation import policy
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import AccessEntry
from motcua.notes import actions as notes
from motcua.people import queries as people
from tests.counter.pages import field, get, move, words
from tests.dossiers import factories as make
from tests.files.factories import PDF, upload
from tests.portal.statements import statements
from tests.support.city import COMMITTEE

pytestmark = pytest.mark.django_db
PERMIT = "household-business-registration"


def page_of(client, dossier: str, **query):
    return client.get(f"/counter/ho-so/{dossier}/", query)


# What the page tells ---------------------------------------------------------------------------------------------


def test_a_dossier_stands_on_one_page(desk, city):
    dossier = make.in_process(city)
    page = page_of(desk("processor"), dossier)
    told = words(page)
    for fact in (
        get(dossier).code,
        "Nguyễn Thị Lan",
        "Đang giải quyết",
        "Hẹn trả",
        "Đã tiếp nhận",
        "chưa kiểm chứng",
    ):
        assert fact in told, fact
    assert "Lê Thị Một Cửa" in told  # who received it
    assert 'class="todo__kicker"' in page.content.decode() and "Nhận xử lý" in told


def test_the_page_costs_at_most_twelve_statements(desk, city):
    dossier = make.ready(city)
    client = desk()
    page_of(client, dossier)
    with statements() as told:
        page_of(client, dossier)
    assert len(told.work) <= 12, "\n".join(told.work)
    assigned = make.drafted(city)
    at = make.AT + timedelta(minutes=5)
    notes.write(city.act("processor", at), dossier=assigned, text="Đã gọi điện cho người nộp.")
    label = notes.make_label(city.act("head", at), agency=COMMITTEE, name="Gấp", colour="gold")["label"]
    notes.put_on(city.act("head", at), dossier=assigned, label=label)
    page_of(desk("signer"), assigned)
    with statements() as told:
        page_of(desk("signer"), assigned)
    assert len(told.work) <= 12, "\n".join(told.work)


def test_looking_leaves_an_entry_in_the_access_log(desk, city):
    dossier = make.in_process(city)
    page_of(desk("processor"), dossier)
    entry = AccessEntry.objects.latest("pk")
    assert (entry.page, entry.purpose) == ("counter:dossier", "process")
    assert [row.subject for row in entry.subjects.all()] == [f"dossier:{dossier}"]


def test_others_do_not_even_learn_that_it_exists(desk, city):
    dossier = make.in_process(city)
    for stranger in ("other_receptionist", "other_processor", "other_leader", "admin"):
        assert page_of(desk(stranger), dossier).status_code == 404, stranger
        answer = desk(stranger).post(f"/counter/ho-so/{dossier}/viec/take/", {"act_id": "x"})
        assert answer.status_code == 404, stranger
        for part in ("han", "nhat-ky", "ket-qua", "in/phieu-kiem-soat", "giay/1"):
            assert desk(stranger).get(f"/counter/ho-so/{dossier}/{part}/").status_code == 404


def test_the_due_date_explains_itself(desk, city):
    dossier = make.in_process(city)
    whole = desk("processor").get(f"/counter/ho-so/{dossier}/han/")
    assert "05/10/2026" in words(whole)
    piece = desk("processor").get(f"/counter/ho-so/{dossier}/han/", headers={"X-Fragment": "1"})
    assert "<html" not in piece.content.decode() and "<li>" in piece.content.decode()


def test_the_journal_tells_who_did_what(desk, city):
    dossier = make.drafted(city)
    told = words(desk("processor").get(f"/counter/ho-so/{dossier}/nhat-ky/"))
    for did in ("Đã nộp", "Đã tiếp nhận", "Đã chuyển xử lý", "Đã trình ký"):
        assert did in told
    assert "Trần Hộ Tịch" in told


def test_a_paper_is_shown_beside_the_facts(desk, city):
    dossier = make.draft(city)
    actions.add_paper(
        city.act("citizen", make.AT), dossier=dossier, key="birth-notice", file=make.a_file(city)
    )
    actions.submit(city.act("citizen", make.AT), dossier=dossier)
    paper = dossiers.papers_of(get(dossier))[0]
    page = page_of(desk(), dossier).content.decode()
    address = f"/counter/ho-so/{dossier}/giay/{paper.pk}/"
    assert f'<iframe class="paper-view" name="paper-view" src="{address}"' in page
    shown = desk().get(address)
    assert b"".join(shown.streaming_content) == PDF
    assert (
        shown["X-Frame-Options"] == "SAMEORIGIN"
        and "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    )
    other = make.submitted(city)
    assert desk().get(f"/counter/ho-so/{other}/giay/{paper.pk}/").status_code == 404


# Every verb by its form ------------------------------------------------------------------------------------------


def test_a_birth_goes_its_way_by_the_pages(desk, city):
    dossier = make.submitted(city, procedure=make.publish_ours())
    assert move(desk(), dossier, "receive").status_code == 302
    move(desk(), dossier, "transfer")
    move(desk("processor"), dossier, "take")
    while dossiers.has_more_steps(get(dossier)):
        move(desk("processor"), dossier, "advance", note="Đã đối chiếu giấy chứng sinh")
    move(desk("processor"), dossier, "draft_result", outcome="granted", note="Đề nghị ký")
    move(desk("signer"), dossier, "approve", number="15/GKS")
    assert get(dossier).business_state == "result_ready"
    move(desk("clerk"), dossier, "record_cash", receipt_number="BL-1")
    move(desk(), dossier, "hand_over", way="counter")
    row = get(dossier)
    assert (row.business_state, row.result_number) == ("returned", "15/GKS")
    assert "Đã đối chiếu giấy chứng sinh" in words(page_of(desk("processor"), dossier))
    assert verify().good and list(policy.differences()) == []


def test_the_obvious_button_follows_the_dossier(desk, city):
    def button(name, dossier):
        page = page_of(desk(name), dossier).content.decode()
        if "todo__kicker" not in page:
            return ""
        return page.split(f"/counter/ho-so/{dossier}/viec/")[1].split("/")[0]

    assert button("receptionist", make.submitted(city)) == "receive"
    assert button("receptionist", make.received(city)) == "transfer"
    waiting = make.in_process(city)
    assert button("processor", waiting) == "take"
    assert button("receptionist", waiting) == ""
    actions.take(city.act("processor", make.AT), dossier=waiting)
    assert button("processor", waiting) in ("advance", "take_over_result")
    assert button("signer", make.drafted(city)) == "approve"
    assert button("receptionist", make.ready(city)) == "record_cash"


def test_asking_at_the_door_takes_ready_reasons_papers_and_own_words(desk, city):
    dossier = make.submitted(city)
    page = page_of(desk(), dossier, viec="ask_at_door")
    assert "Một lần, đầy đủ" in words(page) and "Lý do thường gặp của thủ tục này" in words(page)
    key = page.content.decode().split('name="reason_keys" value="')[1].split('"')[0]
    move(
        desk(), dossier, "ask_at_door",
        reason_keys=[key, "general:unreadable-scan", "general:invented"], own="Ghi rõ nơi sinh\n\n",
        reason="Hồ sơ chưa đủ giấy tờ theo quy định",
    )  # fmt: skip
    request = dossiers.open_request(get(dossier))
    texts = [item["text"] for item in request.content["items"]]
    assert len(texts) == 3 and "Ghi rõ nơi sinh" in texts
    assert any("bị mờ" in text for text in texts)


def test_an_empty_request_is_refused_and_keeps_what_was_typed(desk, city):
    dossier = make.submitted(city)
    answer = move(desk(), dossier, "ask_at_door", reason="Một lý do đủ dài để ghi")
    assert answer.status_code == 422
    assert "ít nhất một nội dung cụ thể" in words(answer) and "Một lý do đủ dài để ghi" in words(answer)
    assert get(dossier).business_state == "submitted"


def test_the_unit_asks_once_and_the_desk_takes_the_papers(desk, city):
    dossier = make.in_process(city)
    ask = {"reason_keys": ["general:missing-page"], "reason": "Thiếu trang của giấy chứng sinh"}
    move(desk("processor"), dossier, "ask_supplement", **ask)
    assert get(dossier).business_state == "supplement"
    page = page_of(desk(), dossier)
    assert "Nhận giấy tờ bổ sung tại quầy" in words(page)
    move(
        desk(), dossier, "answer", papers=["birth-notice", "other"],
        **{
            "paper--birth-notice--form": "original", "paper--birth-notice--count": "1",
            "paper--birth-notice--scan": upload(PDF, "giay.pdf"),
            "paper--other--name": "Đơn giải trình", "paper--other--form": "original",
        },
    )  # fmt: skip
    assert get(dossier).business_state == "in_process"
    papers = {p.key: p for p in dossiers.papers_of(get(dossier))}
    assert papers["birth-notice"].file is not None and papers["other"].name == "Đơn giải trình"
    again = move(desk("processor"), dossier, "ask_supplement", **ask)
    assert again.status_code == 409 and "một lần" in words(again)
    move(desk("processor"), dossier, "ask_supplement", law="Luật Hộ tịch điều 16", **ask)
    assert get(dossier).business_state == "supplement"


def test_refusing_needs_a_reason_and_is_printed(desk, city):
    dossier = make.submitted(city)
    assert "Cần nêu lý do" in words(move(desk(), dossier, "refuse", reason="không"))
    page = page_of(desk(), dossier, viec="refuse").content.decode()
    key = page.split('name="reason_keys" value="')[1].split('"')[0]
    move(desk(), dossier, "refuse", reason_keys=[key])
    letter = Letter.objects.get(dossier=get(dossier), kind="refusal")
    sheet = words(desk().get(f"/counter/ho-so/{dossier}/in/{letter.public_id}/"))
    assert "Phiếu từ chối" in sheet and letter.content["reason"] in sheet


def test_the_head_gives_work_to_an_officer_of_the_unit(desk, city):
    dossier = make.in_process(city)
    page = page_of(desk("head"), dossier, viec="assign").content.decode()
    assert "Trần Hộ Tịch" in page and "Mai Nơi Khác" not in page
    move(desk("head"), dossier, "assign", account=city.accounts["processor"].pk)
    assert get(dossier).assigned_to_id == city.accounts["processor"].pk
    assert move(desk("head"), dossier, "assign", account="1 or 1").status_code == 422
    foreign = move(desk("head"), dossier, "assign", account=city.accounts["other_processor"].pk)
    assert foreign.status_code == 403


def test_an_apology_gives_one_new_date(desk, city, at):
    dossier = make.in_process(city, procedure=PERMIT, **make.answers_for(PERMIT))
    due = get(dossier).due_on
    assert (
        move(desk("processor"), dossier, "extend", until="mai", reason="Chờ ý kiến cơ quan thuế").status_code
        == 422
    )
    new = due + timedelta(days=4)
    move(desk("processor"), dossier, "extend", until=f"{new:%d/%m/%Y}", reason="Chờ ý kiến cơ quan thuế")
    assert get(dossier).due_on > due
    assert "Không còn hẹn lại được" in words(page_of(desk("processor"), dossier, viec="extend"))


def test_a_financial_duty_stops_the_clock_until_it_is_paid(desk, city):
    dossier = make.in_process(city)
    move(desk("processor"), dossier, "ask_payment", reason="Nộp thuế thu nhập tại Kho bạc Nhà nước")
    assert get(dossier).business_state == "awaiting_payment"
    assert move(desk("processor"), dossier, "confirm_payment", receipt_number="").status_code == 422
    move(desk("processor"), dossier, "confirm_payment", receipt_number="KB-11")
    assert get(dossier).business_state == "in_process"


def test_a_denial_carries_its_reason_to_the_signer_and_the_letter(desk, city):
    dossier = make.in_process(city, procedure=make.publish_ours())
    make.to_last_step(city, dossier, make.AT)
    assert move(desk("processor"), dossier, "draft_result", outcome="denied", note="").status_code == 422
    reason = "Trẻ đã được đăng ký khai sinh tại nơi khác"
    move(
        desk("processor"),
        dossier,
        "draft_result",
        outcome="denied",
        note=reason,
        result=upload(PDF, "du-thao.pdf"),
    )
    page = page_of(desk("signer"), dossier)
    assert reason in words(page) and "Không đồng ý" in words(page)
    assert desk("signer").get(f"/counter/ho-so/{dossier}/ket-qua/").status_code == 200
    move(desk("signer"), dossier, "approve")
    assert Letter.objects.filter(dossier=get(dossier), kind="denial").exists()


def test_the_signer_gives_a_draft_back_with_a_remark(desk, city):
    dossier = make.drafted(city)
    move(desk("signer"), dossier, "send_back", remark="Ghi rõ nơi sinh của trẻ")
    assert get(dossier).business_state == "in_process"
    assert "Ghi rõ nơi sinh của trẻ" in words(page_of(desk("processor"), dossier))


def test_a_result_of_a_ministrys_system_is_taken_over(desk, city):
    dossier = make.in_process(city)
    make.to_last_step(city, dossier, make.AT)
    assert (
        move(desk("processor"), dossier, "take_over_result", outcome="granted", number="").status_code == 422
    )
    move(desk("processor"), dossier, "take_over_result", outcome="granted", number="221/2026")
    assert (get(dossier).business_state, get(dossier).result_number) == ("result_ready", "221/2026")


def test_a_result_goes_by_post_with_its_tracking(desk, city):
    dossier = make.ready(city)
    refused = move(desk(), dossier, "hand_over", way="counter")
    assert refused.status_code == 409 and "chưa thu" in words(refused)
    move(desk(), dossier, "record_cash", receipt_number="BL-5")
    assert move(desk(), dossier, "hand_over", way="post").status_code == 422
    move(desk(), dossier, "hand_over", way="post", tracking="EA123456789VN")
    assert get(dossier).delivery_state == "posted"


def test_money_is_given_back_with_a_reason(desk, city):
    dossier = make.received(city)
    move(desk(), dossier, "record_cash", receipt_number="BL-6")
    move(desk(), dossier, "record_refund", receipt_number="HT-1", reason="Thu nhầm, hồ sơ thuộc diện miễn")
    assert get(dossier).finance_state == "refunded"


def test_stopping_forwarding_and_withdrawing_leave_their_papers(desk, city):
    stopped, gone, sent = (make.in_process(city) for _ in range(3))
    move(desk("processor"), stopped, "stop", reason="Quá thời gian chờ bổ sung mà không có trả lời")
    move(desk(), gone, "withdraw", reason="Người nộp xin rút tại quầy")
    move(
        desk("processor"), sent, "forward",
        agency="qn-ha-lam", reason="Thuộc thẩm quyền nơi cư trú của người mẹ",
    )  # fmt: skip
    assert (get(stopped).business_state, get(gone).business_state) == ("stopped", "withdrawn")
    assert get(sent).competent_agency.code == "qn-ha-lam"
    assert page_of(desk("processor"), sent).status_code == 404
    assert page_of(desk("other_processor"), sent).status_code == 200
    assert [told for told in policy.differences() if told.startswith("dossiers.")] == []


# Two officers at once, mistakes, mischief ----------------------------------------------------------------------------


def test_two_officers_at_one_dossier_the_second_sees_what_changed(desk, city, monkeypatch):
    dossier = make.submitted(city)
    page = page_of(desk("clerk"), dossier, viec="refuse")
    said = {name: field(page, name) for name in ("act_id", "revision", "seen_at")}
    move(desk(), dossier, "receive")
    answer = desk("clerk").post(
        f"/counter/ho-so/{dossier}/viec/refuse/", {**said, "reason": "Hồ sơ không thuộc thẩm quyền"}
    )
    assert answer.status_code == 409
    told = words(answer)
    assert "vừa được cập nhật trong lúc bạn đang làm" in told
    assert "Đã tiếp nhận" in told and "Lê Thị Một Cửa" in told
    assert get(dossier).business_state == "received"


def test_a_clock_set_back_does_not_hide_who_was_faster(desk, city):
    dossier = make.submitted(city)
    page = page_of(desk("clerk"), dossier, viec="refuse")
    said = {name: field(page, name) for name in ("act_id", "revision")}
    move(desk(), dossier, "receive")
    for seen_at in ("2030-01-01T00:00:00+00:00", "2030-01-01T00:00:00", "rubbish"):
        answer = desk("clerk").post(
            f"/counter/ho-so/{dossier}/viec/refuse/",
            {**said, "seen_at": seen_at, "reason": "Hồ sơ không thuộc thẩm quyền"},
        )
        assert answer.status_code == 409 and "Lê Thị Một Cửa" in words(answer), seen_at


def test_an_officer_sees_her_own_filing_as_citizens_do(desk, city):
    mine = make.submitted(city, by="processor")
    assert mine not in desk("processor").get("/counter/").content.decode()
    assert page_of(desk("processor"), mine).status_code == 302
    assert desk("processor").get(f"/counter/ho-so/{mine}/nhat-ky/").status_code == 404


def test_a_double_click_moves_once(desk, city):
    dossier = make.submitted(city)
    page = page_of(desk(), dossier)
    said = {name: field(page, name) for name in ("act_id", "revision", "seen_at")}
    first, second = (desk().post(f"/counter/ho-so/{dossier}/viec/receive/", said) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert get(dossier).revision == int(said["revision"]) + 1


def test_an_expired_session_keeps_what_was_typed(desk, city):
    from tests.accounts.browser import leave_alone

    dossier = make.submitted(city)
    page = page_of(desk(), dossier, viec="refuse")
    said = {name: field(page, name) for name in ("act_id", "revision", "seen_at")}
    leave_alone(desk(), minutes=20)
    answer = desk().post(
        f"/counter/ho-so/{dossier}/viec/refuse/",
        {**said, "reason": "Hồ sơ không thuộc thẩm quyền"},
        follow=True,
    )
    assert get(dossier).business_state == "submitted"
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "path, data, status",
    [
        ("viec/receive/", {"revision": "not a number", "act_id": "a" * 500}, 302),
        ("viec/nonsense/", {}, 404),
        ("viec/approve/", {}, 403),
        ("viec/hand_over/", {"way": "drone"}, 422),
        ("viec/record_cash/", {"receipt_number": "x"}, 409),
        ("khac-nhau/", {"difference": "x"}, 404),
    ],
)
def test_hostile_posts_end_in_a_sentence(desk, city, path, data, status):
    dossier = make.submitted(city)
    answer = desk().post(f"/counter/ho-so/{dossier}/{path}", data)
    assert answer.status_code == status, words(answer)[:400]


def test_a_dangerous_file_as_result_is_refused(desk, city):
    dossier = make.in_process(city, procedure=make.publish_ours())
    make.to_last_step(city, dossier, make.AT)
    answer = move(
        desk("processor"),
        dossier,
        "draft_result",
        outcome="granted",
        result=upload(b"MZ\x90\x00" * 50, "x.pdf"),
    )
    assert answer.status_code == 422 and "không phải loại được nhận" in words(answer)
    assert get(dossier).business_state == "in_process"


# Declared and known -----------------------------------------------------------------------------------------------


def test_a_difference_between_declaration_and_registry_is_told_and_settled(desk, city):
    make.received(city)
    dossier = make.received(city, full_name="Nguyễn Thị Lân")
    page = page_of(desk(), dossier)
    assert "Tờ khai khác với dữ liệu đã có" in words(page)
    difference = field(page, "difference")
    desk().post(
        f"/counter/ho-so/{dossier}/khac-nhau/", {"act_id": "d-1", "difference": difference, "accept": "0"}
    )
    assert people.party_by_id(get(dossier).applicant_id).full_name == "Nguyễn Thị Lan"
    assert "Tờ khai khác" not in words(page_of(desk(), dossier))


def test_a_difference_may_correct_the_registry(desk, city):
    make.received(city)
    dossier = make.received(city, full_name="Nguyễn Thị Lân")
    difference = field(page_of(desk(), dossier), "difference")
    desk().post(
        f"/counter/ho-so/{dossier}/khac-nhau/", {"act_id": "d-2", "difference": difference, "accept": "1"}
    )
    assert people.party_by_id(get(dossier).applicant_id).full_name == "Nguyễn Thị Lân"


def test_the_record_of_the_applicant_opens_for_the_dossier_at_hand(desk, city):
    dossier, client = make.in_process(city), desk("processor")
    party = make.get(dossier).applicant
    page = client.get(f"/counter/ho-so/{dossier}/")
    address = f"/people/{party.public_id}/"
    assert f'href="{address}?ho-so={dossier}"' in page.content.decode()
    assert "Vì sao cần xem" in words(client.get(address))
    assert party.personal_number in words(client.get(f"{address}?ho-so={dossier}"))
    entry = AccessEntry.objects.get(page="people.party")
    assert (entry.purpose, entry.reason) == (f"dossier:{dossier}", "")
    assert party.personal_number in words(client.get(address))  # for a quarter of an hour


def test_no_other_dossier_opens_a_record(desk, city):
    mine = make.in_process(city)
    of_other = make.in_process(city, procedure=make.BUSINESS, personal_number="022196005678")
    closed = make.in_process(city)
    actions.stop(city.act("processor", make.AT), dossier=closed, reason=make.REASON)
    address = f"/people/{make.get(mine).applicant.public_id}/"
    for who, named in (
        ("processor", of_other),  # somebody else's
        ("processor", closed),  # ended
        ("other_processor", mine),  # of another office
        ("processor", "0" * 26),
    ):
        assert "Vì sao cần xem" in words(desk(who).get(f"{address}?ho-so={named}")), (who, named)
    code = make.get(mine).code
    assert desk("processor").post(f"{address}why/", {"dossier": code}).status_code == 302
    assert desk("other_processor").post(f"{address}why/", {"dossier": code}).status_code == 422


def test_before_reception_the_declaration_says_whose_it_is(desk, city):
    make.received(city)  # she is known by now
    waiting = make.submitted(city)
    party = people.by_number(make.PERSON["personal_number"])
    told = words(desk().get(f"/people/{party.public_id}/?ho-so={waiting}"))
    assert party.personal_number in told

"""One's own dossiers: the list, the page of one, letters, withdrawing, rating, who looked at it."""

import re
from datetime import timedelta

import pytest

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Letter, Rating
from motcua.files.models import StoredFile
from motcua.foundation import worker
from motcua.foundation.access import seen, who_saw
from tests.dossiers import factories as make
from tests.portal.pages import again, hidden, send, text
from tests.portal.statements import statements

pytestmark = pytest.mark.django_db


def row(public_id):
    return Dossier.objects.get(public_id=public_id)


def test_the_list_tells_drafts_from_filed_ones(browse, city, at):
    draft, filed = make.draft(city, at=at), make.submitted(city, at=at)
    page = browse("citizen").get("/ho-so/")
    said, body = text(page), page.content.decode()
    assert said.index("Đang chờ bạn") < said.index("Bản nháp, chưa nộp") < said.index("Đã nộp, chờ tiếp nhận")
    assert f'href="/ho-so/{draft}/khai/"' in body
    assert f'href="/ho-so/{filed}/"' in body
    assert row(draft).reference not in body


def test_nobody_elses_dossiers_are_in_it(browse, city, at):
    make.submitted(city, at=at)
    assert "Bạn chưa có hồ sơ nào" in text(browse("other_citizen").get("/ho-so/"))


def test_news_are_shown_until_read(browse, city, at):
    make.received(city, at=make.AT)
    worker.drain()
    client = browse("citizen")
    assert "Hồ sơ đã được tiếp nhận." in text(client.get("/ho-so/"))
    assert "Đánh dấu đã đọc" in text(client.get("/ho-so/"))
    assert client.post("/ho-so/thong-bao/", hidden(client.get("/ho-so/"), "Đánh dấu")).url == "/ho-so/"
    assert "Đánh dấu đã đọc" not in text(client.get("/ho-so/"))


def test_the_page_says_who_has_it_since_when_until_when_and_why(browse, city, at):
    said = text(browse("citizen").get(f"/ho-so/{make.in_process(city)}/"))
    for words in (
        "Đang giải quyết",
        "Ủy ban nhân dân phường Bãi Cháy đang giải quyết",
        "Từ lúc",
        "Hẹn trả",
        "thứ Hai 05/10/2026",
        "Vì sao là ngày này?",
        "Đang ở đây",
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        "Nội dung đã khai",
    ):
        assert words in said, words


def test_the_page_costs_little(browse, city, at):
    dossier = make.in_process(city)
    client = browse("citizen")
    client.get(f"/ho-so/{dossier}/")
    with statements() as told:
        assert client.get(f"/ho-so/{dossier}/").status_code == 200
    assert len(told.work) <= 12, "\n".join(told.work)


def test_a_long_list_costs_as_much_as_a_short_one(browse, city, at):
    client = browse("citizen")
    counts = []
    for _ in range(2):
        for _ in range(4):
            make.submitted(city, at=at)
        with statements() as told:
            client.get("/ho-so/")
        counts.append(len([one for one in told.work if one.startswith("SELECT")]))
    assert counts[0] == counts[1]


def test_letters_are_printed_with_their_mark_and_only_for_the_applicant(browse, city, at):
    dossier = make.in_process(city)
    letter = Letter.objects.get(dossier__public_id=dossier, kind="receipt")
    address = f"/ho-so/{dossier}/phieu/{letter.public_id}/"
    said = text(browse("citizen").get(address))
    for words in (
        "MÔ PHỎNG",
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        row(dossier).code,
        "Hẹn trả kết quả lúc",
    ):
        assert words in said, words
    assert browse("other_citizen").get(address).status_code == 404


def test_remarks_between_officers_stay_between_them(browse, city, at):
    dossier = make.drafted(city)
    actions.send_back(city.act("signer", make.AT), dossier=dossier, remark="Sửa lại tên đệm cho khớp")
    letter = Letter.objects.get(dossier__public_id=dossier, kind="remark")
    client = browse("citizen")
    assert client.get(f"/ho-so/{dossier}/phieu/{letter.public_id}/").status_code == 404
    page = text(client.get(f"/ho-so/{dossier}/"))
    assert "remark" not in page
    assert "Sửa lại tên đệm" not in page


@pytest.mark.parametrize("state", ["submitted", "received", "in_process", "drafted", "ready", "returned"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_state_has_its_page(browse, city, at, state, lang):
    client = browse("citizen")
    client.cookies["django_language"] = lang
    page = client.get(f"/ho-so/{getattr(make, state)(city)}/")
    assert page.status_code == 200
    assert not re.search(r"\{\w+\}", text(page))


def test_withdrawing_is_asked_once_more(browse, city, at):
    dossier = make.submitted(city, at=make.AT)
    client = browse("citizen")
    asked = client.get(f"/ho-so/{dossier}/rut/")
    assert "Rút rồi không lấy lại được" in text(asked)
    assert row(dossier).business_state == "submitted"
    done = send(client, f"/ho-so/{dossier}/rut/", reason="Nộp nhầm")
    assert done.url == f"/ho-so/{dossier}/"
    assert row(dossier).business_state == "withdrawn"
    assert "Bạn đã rút hồ sơ" in text(client.get(f"/ho-so/{dossier}/"))
    assert client.get(f"/ho-so/{dossier}/rut/").status_code == 302


def test_a_draft_is_thrown_away_after_one_more_question(browse, city, at):
    dossier, client = make.draft(city, make.PERMIT), browse("citizen")
    tasks = client.get(f"/ho-so/{dossier}/khai/")
    assert f'href="/ho-so/{dossier}/khai/xoa/"' in tasks.content.decode()
    asked = client.get(f"/ho-so/{dossier}/khai/xoa/")
    assert "Xóa rồi không lấy lại được" in text(asked) and "giấy tờ bị xóa theo" in text(asked)
    assert row(dossier).business_state == "draft"
    done = send(client, f"/ho-so/{dossier}/khai/xoa/")
    assert done.url == "/ho-so/"
    assert "Đã xóa bản nháp" in text(client.get("/ho-so/"))
    assert not Dossier.objects.exists()
    for path in ("khai/", "khai/xoa/", ""):
        assert client.get(f"/ho-so/{dossier}/{path}").status_code == 404
    assert client.post(f"/ho-so/{dossier}/khai/xoa/", {"act_id": "late"}).status_code == 404


def test_what_was_handed_in_offers_no_deleting(browse, city, at):
    dossier, client = make.submitted(city), browse("citizen")
    assert client.get(f"/ho-so/{dossier}/khai/xoa/").url == f"/ho-so/{dossier}/"
    refused = client.post(f"/ho-so/{dossier}/khai/xoa/", {"act_id": "late"})
    assert refused.url == f"/ho-so/{dossier}/" and row(dossier).business_state == "submitted"
    assert client.get(refused.url).status_code == 200
    assert browse("other_citizen").post(f"/ho-so/{dossier}/khai/xoa/", {"act_id": "x"}).status_code == 404


def test_a_result_may_be_rated_once_it_is_returned(browse, city, at):
    dossier = make.returned(city)
    client = browse("citizen")
    refused = send(client, f"/ho-so/{dossier}/danh-gia/")
    refused = again(refused)
    assert send(client, f"/ho-so/{dossier}/danh-gia/", stars="5", comment="Nhanh").url == f"/ho-so/{dossier}/"
    assert Rating.objects.get().stars == 5
    early = make.submitted(city, at=at)
    assert client.get(f"/ho-so/{early}/danh-gia/").status_code == 302


def test_who_looked_is_told_by_office_never_by_name(browse, city, at):
    dossier = make.in_process(city)
    for name in ("processor", "receptionist"):
        seen(
            city.actor(name, at),
            at=at,
            purpose="process",
            page="counter:dossier",
            subjects=[f"dossier:{dossier}"],
        )
    client = browse("citizen")
    said = text(client.get(f"/ho-so/{dossier}/ai-da-xem/"))
    assert "Ủy ban nhân dân phường Bãi Cháy" in said
    assert "Trung tâm Phục vụ hành chính công phường Bãi Cháy" in said
    for name in ("processor", "receptionist"):
        assert city.accounts[name].display_name not in said


def test_looking_oneself_is_noted_but_not_listed(browse, city, at):
    dossier = make.submitted(city, at=at)
    client = browse("citizen")
    client.get(f"/ho-so/{dossier}/")
    assert who_saw(f"dossier:{dossier}").count() == 1
    assert "Chưa có ai ngoài bạn xem hồ sơ này" in text(client.get(f"/ho-so/{dossier}/ai-da-xem/"))


def test_pages_of_others_dossiers_do_not_exist(browse, city, at):
    dossier = make.returned(city)
    for name in ("other_citizen", "receptionist", "processor", "leader", "admin", "helper"):
        for path in ("", "ai-da-xem/", "rut/", "danh-gia/", "bo-sung/", "ket-qua/", "khai/da-nop/"):
            assert browse(name).get(f"/ho-so/{dossier}/{path}").status_code == 404, (name, path)


def test_the_due_date_of_a_paused_dossier_is_open(browse, city, at):
    dossier = make.in_process(city)
    actions.ask_supplement(
        city.act("processor", make.AT + timedelta(minutes=5)),
        dossier=dossier,
        items=[{"text": "Nộp thêm giấy chứng sinh bản rõ"}],
        reason="Giấy chứng sinh bị mờ, không đọc được",
    )
    said = text(browse("citizen").get(f"/ho-so/{dossier}/"))
    assert "Chờ bổ sung giấy tờ" in said
    assert "Tạm dừng" in said
    assert "Bổ sung ngay" in said


def test_a_refusal_says_why_and_what_to_do_next(browse, city, at):
    dossier = make.submitted(city)
    reason = "Hồ sơ thuộc thẩm quyền của nơi cư trú khác"
    actions.refuse(city.act("receptionist", make.AT), dossier=dossier, reason=reason)
    said = text(browse("citizen").get(f"/ho-so/{dossier}/"))
    assert reason in said
    assert "Xem thủ tục và nộp lại" in said
    tracked = text(browse().get("/tra-cuu/", {"ma": row(dossier).reference}))
    assert "Không được tiếp nhận" in tracked
    assert reason not in tracked


def test_a_result_is_downloaded_once_it_is_handed_over(browse, city, at):
    dossier = make.ready(city)
    Dossier.objects.filter(public_id=dossier).update(
        result_file=StoredFile.objects.get(public_id=make.a_file(city, "processor"))
    )
    client = browse("citizen")
    assert client.get(f"/ho-so/{dossier}/ket-qua/").status_code == 404
    actions.record_cash(city.act("clerk", make.AT), dossier=dossier, receipt_number="BL-1")
    actions.hand_over(city.act("receptionist", make.AT), dossier=dossier)
    given = client.get(f"/ho-so/{dossier}/ket-qua/")
    assert given["Content-Disposition"].startswith("attachment")
    assert "Tải kết quả" in text(client.get(f"/ho-so/{dossier}/"))
    assert browse("other_citizen").get(f"/ho-so/{dossier}/ket-qua/").status_code == 404


def test_a_granted_result_is_told_with_its_number_and_how_it_was_handed_over(browse, city, at):
    dossier = make.returned(city)
    Dossier.objects.filter(public_id=dossier).update(
        result_file=StoredFile.objects.get(public_id=make.a_file(city, "processor"))
    )
    page = browse("citizen").get(f"/ho-so/{dossier}/")
    said = text(page)
    assert "Được giải quyết" in said and "15/GKS" in said
    assert "Đã trả tại Trung tâm Phục vụ hành chính công phường Bãi Cháy" in said
    assert f'href="/ho-so/{dossier}/ket-qua/"' in page.content.decode()


def test_a_result_that_waits_says_where_to_fetch_it_and_offers_no_file(browse, city, at):
    dossier = make.ready(city)
    page = browse("citizen").get(f"/ho-so/{dossier}/")
    assert "Nhận tại Trung tâm Phục vụ hành chính công phường Bãi Cháy" in text(page)
    assert "/ket-qua/" not in page.content.decode()


def test_a_denial_is_told_as_one(browse, city, at):
    dossier = make.ready(city)
    Dossier.objects.filter(public_id=dossier).update(outcome="denied")
    assert "Không được chấp thuận" in text(browse("citizen").get(f"/ho-so/{dossier}/"))


def test_before_the_signature_no_result_is_told(browse, city, at):
    dossier = make.drafted(city)
    assert "outcome-title" not in browse("citizen").get(f"/ho-so/{dossier}/").content.decode()


def test_things_of_one_moment_stand_in_their_order(browse, city, at):
    dossier = make.returned(city)
    from motcua.dossiers import queries

    found = row(dossier)
    told = [e.what for e in queries.timeline(found, queries.letters_of(found), queries.steps_of(found))]
    order = ["started", "submitted", "received", "step_done", "resolved_granted", "returned"]
    places = [told.index(what) for what in order]
    assert places == sorted(places)
    last_step = len(told) - 1 - told[::-1].index("step_done")
    assert last_step < told.index("resolved_granted")


def test_a_fee_names_where_its_ground_stands_instead_of_an_address(browse, city, at):
    from motcua.dossiers.models import FeeLine

    dossier = make.submitted(city)
    assert FeeLine.objects.filter(dossier__public_id=dossier).update(
        legal_reason="https://dichvucong.gov.vn/thu-tuc-hanh-chinh/019d2bfd"
    )
    said = text(browse("citizen").get(f"/ho-so/{dossier}/"))
    assert "Cổng Dịch vụ công quốc gia" in said
    assert "https://" not in said


def test_the_title_speaks_the_language_of_the_page(browse, city, at):
    client = browse("citizen")
    client.cookies["django_language"] = "en"
    dossier = make.submitted(city, procedure="birth-registration")
    for path in (f"/ho-so/{dossier}/", "/thu-tuc/birth-registration/", "/ho-so/moi/birth-registration/"):
        body = client.get(path, headers={"Accept-Language": "en"}).content.decode()
        title = body.partition("<title>")[2].partition("</title>")[0]
        assert "khai sinh" not in title.lower(), path

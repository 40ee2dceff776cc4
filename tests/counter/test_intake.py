"""Taking somebody in: by card, by search, by hand; whole or not at all; several dossiers for one visitor."""

import re

import pytest

from motcua.counter.models import Visit
from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier
from motcua.files.models import StoredFile
from motcua.foundation import policy
from motcua.foundation.models import AccessSubject
from motcua.people import queries as people
from tests.counter.pages import CARD, as_post, field, visit, words
from tests.dossiers import factories as make
from tests.files.factories import PDF, upload

pytestmark = pytest.mark.django_db
BIRTH = "birth-registration"
LAND = "land-certificate-reissue"
REQUEST = {
    **make.ALCOHOL,
    "request_content": "Sổ đỏ bị cháy, đề nghị cấp lại",
    "fee_cases": ["phi-tham-dinh-ho-so"],
}


def filled(client, where, slug=BIRTH, **changes):
    """The form of a procedure filled in for the visitor, as a browser posts it."""
    page = client.get(f"{where}{slug}/")
    assert page.status_code == 200, words(page)[:400]
    answers = make.birth_answers(make.AT) if slug == BIRTH else REQUEST
    needed = re.findall(
        r'name="papers" value="([^"]+)"[^>]*><span class="box__name">[^<]*<span class="box__must">',
        str_of(page),
    )
    return {
        **as_post(answers),
        "act_id": field(page, "act_id"),
        "papers": [*needed, "birth-notice"] if slug == BIRTH else needed,
        "transfer": "1",
        "do": "receive",
        **changes,
    }


def str_of(answer) -> str:
    return answer.content.decode()


def last() -> Dossier:
    return Dossier.objects.latest("pk")


# Who is it -----------------------------------------------------------------------------------------------------


def test_a_card_begins_a_visit(desk):
    page = desk().get(visit(desk()))
    told = words(page)
    assert "Nguyễn Thị Lan" in told and "theo thẻ" in told
    assert "022196001234" not in told and "•••••••••234" in told
    kept = Visit.objects.get()
    assert kept.card and kept.facts["personal_number"] == "022196001234"
    assert "022196001234" not in str(Visit.objects.values_list("public_id", "party", "dossiers"))


@pytest.mark.parametrize(
    "rubbish, said",
    [
        ("hello", "thẻ căn cước"),
        ("|||||||", "Số"),
        ("022196001234||<script>alert(1)</script>|20081996|Nữ|x|01012022", "họ tên"),
        ("022196001234||Nguyễn Thị Lan|99999999|Nữ|x|01012022", "ngày sinh"),
        ("https://evil.example/?q=1|2|3|4|5|6|7", "số"),
        ("0" * 5000, "thẻ căn cước"),
        ("022196001234\x00||Nguyễn|20081996|Nữ|x|01012022", "thẻ"),
    ],
)
def test_a_rubbish_card_is_told_in_a_sentence(desk, rubbish, said):
    answer = desk().post("/counter/tiep-nhan/", {"card": rubbish})
    assert answer.status_code in (400, 422)
    if answer.status_code == 422:
        assert said.lower() in words(answer).lower()
        assert "<script>alert" not in answer.content.decode()
    assert not Visit.objects.exists()


def test_a_card_that_contradicts_itself_is_taken_with_a_warning(desk):
    answer = desk().post("/counter/tiep-nhan/", {"card": CARD.replace("20081996", "20081997")}, follow=True)
    assert "năm sinh" in words(answer).lower()
    assert "Nguyễn Thị Lan" in words(answer)


def test_somebody_known_is_found_by_number_phone_and_name_with_little_shown(desk, city):
    make.received(city)  # Nguyễn Thị Lan is known from now on
    for text in ("022196001234", "nguyen thi lan", "Lan"):
        told = words(desk().post("/counter/tiep-nhan/", {"q": text}, follow=True))
        assert "Nguyễn Thị Lan" in told, text
        assert "022196001234" not in told.replace(text, "")
    known = people.search("Nguyễn Thị Lan")[0]
    answer = desk().post(
        "/counter/tiep-nhan/nguoi/", {"person": known.public_id, "act_id": "choose-1"}, follow=True
    )
    assert "Nguyễn Thị Lan" in words(answer)
    assert not Visit.objects.get().card


def test_somebody_without_a_card_is_taken_by_name(desk):
    answer = desk().post(
        "/counter/tiep-nhan/nguoi/", {"full_name": "Trần Văn Bình", "act_id": "new-1"}, follow=True
    )
    assert "Trần Văn Bình" in words(answer)


def test_a_visit_belongs_to_one_officer_and_ends(desk, city, at, monkeypatch):
    where = visit(desk())
    assert desk("clerk").get(where).status_code == 404
    from datetime import timedelta

    from tests.support.moment import set_clock

    set_clock(monkeypatch, at + timedelta(minutes=61))
    from motcua.counter import queries
    from motcua.counter.errors import VisitOver
    from motcua.counter.tasks import forget_visits

    with pytest.raises(VisitOver):
        queries.visit(
            city.actor("receptionist", at), where.rstrip("/").rpartition("/")[2], at + timedelta(minutes=61)
        )
    forget_visits()
    assert not Visit.objects.exists()


def test_the_next_person_please(desk):
    where = visit(desk())
    assert desk().post(where, {}).url == "/counter/tiep-nhan/"
    assert not Visit.objects.exists()
    assert "Lượt phục vụ này đã kết thúc" in words(desk().get(where))


def test_only_a_desk_takes_in(desk):
    assert desk("processor").get("/counter/tiep-nhan/").status_code == 403
    assert desk("clerk").get("/counter/tiep-nhan/").status_code == 200


# What does she need ----------------------------------------------------------------------------------------------


def test_procedures_are_offered_by_use_and_found_by_everyday_words(desk, city):
    make.received(city)
    where = visit(desk())
    page = desk().get(where)
    assert page.content.decode().index(BIRTH) < page.content.decode().index("monthly-social-allowance")
    assert desk().get(where, {"q": "1"}).url.endswith("/birth-registration/")
    assert "Đăng ký khai sinh" in words(desk().get(where, {"q": "làm giấy khai sinh"}))
    options = desk().get(f"{where}goi-y/", {"q": "mat so do"}).content.decode()
    assert LAND in options and 'role="option"' in options


def test_the_card_fills_the_form_and_asks_what_is_required_first(desk):
    page = desk().get(f"{visit(desk())}{BIRTH}/").content.decode()
    assert (
        'value="Nguyễn Thị Lan"' in page and 'value="022196001234"' in page and 'value="20/08/1996"' in page
    )
    assert "Mục không bắt buộc" in page
    assert 'class="error-summary' not in page


def test_a_walk_in_is_received_and_transferred_by_one_button(desk, city):
    client = desk()
    where = visit(client)
    answer = client.post(f"{where}{BIRTH}/", filled(client, where), follow=True)
    row = last()
    assert row.business_state == "in_process"
    assert row.code and row.code in words(answer)
    assert (row.channel, row.filer_id, row.received_by.code) == ("counter", None, make.CENTRE)
    assert row.applicant.provenance == "card"
    assert "Hẹn trả" in words(answer)
    receipt = next(letter for letter in dossiers.letters_of(row) if letter.kind == "receipt")
    assert f"/in/{receipt.public_id}/" in answer.content.decode()
    assert list(policy.differences()) == []


def test_one_visitor_many_dossiers(desk):
    client = desk()
    where = visit(client)
    client.post(f"{where}{BIRTH}/", filled(client, where))
    client.post(f"{where}{BIRTH}/", filled(client, where))
    page = client.get(where)
    codes = [row.code for row in Dossier.objects.order_by("pk")]
    assert len(codes) == 2 and all(code in words(page) for code in codes)
    assert Dossier.objects.values("applicant").distinct().count() == 1


def test_a_double_click_takes_in_once(desk):
    client = desk()
    where = visit(client)
    said = filled(client, where)
    first, second = (client.post(f"{where}{BIRTH}/", said) for _ in range(2))
    assert first.url == second.url
    assert Dossier.objects.count() == 1


def test_wrong_fields_are_told_beside_them_and_nothing_is_made(desk):
    client = desk()
    where = visit(client)
    answer = client.post(f"{where}{BIRTH}/", filled(client, where, phone="12", full_name=""))
    assert answer.status_code == 422
    assert "#f-phone" in answer.content.decode() and "#f-full_name" in answer.content.decode()
    assert not Dossier.objects.exists()


def test_missing_papers_are_asked_about_and_may_be_asked_for_at_the_door(desk):
    client = desk()
    where = visit(client)
    answer = client.post(f"{where}{BIRTH}/", filled(client, where, papers=[], birth_proof="paper"))
    assert answer.status_code == 422 and "chưa đánh dấu" in words(answer)
    assert not Dossier.objects.exists()
    client.post(
        f"{where}{BIRTH}/",
        filled(client, where, papers=[], birth_proof="paper", do="ask", own="Ghi rõ địa chỉ bán"),
    )
    row = last()
    assert (row.business_state, row.code) == ("door_supplement", None)
    request = dossiers.open_request(row)
    assert "Ghi rõ địa chỉ bán" in [item["text"] for item in request.content["items"]]
    assert len(request.content["items"]) > 1


def test_a_procedure_whose_door_is_shut_says_so(desk):
    where = visit(desk())
    page = desk().get(f"{where}alcohol-retail-licence/")
    assert "không nhận tại quầy" in words(page)


def test_a_paper_that_this_case_does_not_need_is_no_obstacle(desk):
    client = desk()
    where = visit(client)
    client.post(f"{where}{BIRTH}/", filled(client, where, papers=[], birth_proof="paper", missing_ok="1"))
    assert last().business_state == "in_process"


def test_papers_keep_form_number_and_scan(desk):
    client = desk()
    where = visit(client)
    said = filled(client, where)
    key = said["papers"][0]
    said |= {
        f"paper--{key}--form": "certified_copy",
        f"paper--{key}--count": "2",
        f"paper--{key}--scan": upload(PDF, "don.pdf"),
    }
    client.post(f"{where}{BIRTH}/", said)
    paper = next(p for p in dossiers.papers_of(last()) if p.key == key)
    assert (paper.form, paper.quantity, paper.file.kind) == ("certified_copy", 2, "pdf")


def test_a_dangerous_scan_stops_everything(desk):
    client = desk()
    where = visit(client)
    said = filled(client, where)
    said[f"paper--{said['papers'][0]}--scan"] = upload(b"<html><script>alert(1)</script>", "don.pdf")
    answer = client.post(f"{where}{BIRTH}/", said)
    assert answer.status_code == 422 and "không phải loại được nhận" in words(answer)
    assert not Dossier.objects.exists() and not StoredFile.objects.exists()


def test_cash_is_taken_with_the_reception(desk):
    client = desk()
    where = visit(client)
    said = filled(client, where, LAND, cash="1")
    answer = client.post(f"{where}{LAND}/", said)
    assert answer.status_code == 422 and "Nhập số biên lai" in words(answer)
    amounts = dict.fromkeys(_amount_names(answer), "1.200.000")
    client.post(f"{where}{LAND}/", {**said, "act_id": "cash-2", "cash--receipt_number": "BL-77", **amounts})
    row = last()
    assert row.finance_state == "paid"
    assert {fee.receipt_number for fee in dossiers.fees_of(row)} == {"BL-77"}


def _amount_names(answer):
    return set(re.findall(r'name="(cash--amount-[^"]+)"', answer.content.decode()))


def test_a_form_is_drawn_again_when_an_answer_decides_others(desk):
    client = desk()
    where = visit(client)
    said = {**filled(client, where, LAND), "applicant_kind": "organisation", "do": ""}
    fragment = client.post(f"{where}{LAND}/", said, headers={"X-Fragment": "1"})
    page = fragment.content.decode()
    assert "organisation_name" in page and "<html" not in page
    assert not Dossier.objects.exists()


def test_a_script_in_a_name_stays_text(desk):
    client = desk()
    where = visit(client)
    said = filled(client, where, LAND, request_content="<script>alert(1)</script>")
    answer = client.post(f"{where}{LAND}/", said, follow=True)
    row = last()
    page = client.get(f"/counter/ho-so/{row.public_id}/").content.decode()
    assert "<script>alert" not in page + answer.content.decode()
    assert "&lt;script&gt;alert" in page


def test_what_has_no_form_here_is_told(desk):
    client = desk()
    where = visit(client)
    assert client.get(f"{where}no-such-procedure/").status_code == 404
    assert client.get("/counter/tiep-nhan/NOTAVISIT/").status_code == 404


def test_looking_people_up_at_intake_is_slowed_down_like_every_search(desk, city, monkeypatch):
    monkeypatch.setattr("motcua.counter.base.SEARCHES_PER_MINUTE", 4)
    client = desk()
    statuses = [client.post("/counter/tiep-nhan/", {"q": f"tên {n}"}).status_code for n in range(2)]
    statuses.append(client.post("/counter/tim/", {"q": "tên"}).status_code)  # one budget for all boxes
    for number in (1, 2):
        by_card = {"card": CARD, "act_id": f"card-{number}-0000"}
        statuses.append(client.post("/counter/tiep-nhan/", by_card).status_code)
    statuses.append(client.post("/counter/tiep-nhan/", {"q": "tên"}).status_code)
    statuses.append(client.post("/counter/chung-thuc/", {"do": "card", "card": CARD}).status_code)
    assert statuses == [302, 302, 302, 302, 429, 429, 429]
    assert desk("clerk").post("/counter/tiep-nhan/", {"q": "tên"}).status_code == 302


def test_a_card_of_somebody_known_is_a_look_at_her(desk, city):
    make.received(city)
    known = people.by_number("022196001234")
    AccessSubject.objects.all().delete()
    desk().post("/counter/tiep-nhan/", {"card": CARD, "act_id": "card-looked-1"})
    looks = AccessSubject.objects.filter(subject=known.subject)
    assert [look.entry.page for look in looks] == ["counter:intake"]


def test_a_fee_that_hangs_on_an_answer_is_not_called_nothing(desk):
    client = desk()
    where = visit(client)
    page = words(client.get(f"{where}birth-registration/"))
    assert "Chưa rõ, tùy câu trả lời." in page and "Không phải nộp." not in page


def test_the_commune_a_card_names_is_chosen_where_it_stands_here():
    from motcua.counter.intake import bare_name

    assert bare_name("Phường Bãi Cháy") == bare_name("bãi cháy") == "bai chay"
    assert bare_name("TP. Hạ Long") != bare_name("Hạ Long")


def test_the_card_chooses_the_commune_in_the_form(desk):
    client = desk()
    where = visit(client)
    page = client.get(f"{where}birth-registration/").content.decode()
    assert re.search(r'<option value="06673"[^>]* selected', page)
    assert 'value="Tổ 5, Khu 3"' in page

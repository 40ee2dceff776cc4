"""The citizen's store, the papers of a declaration, what the officer sees, and the API: words and queries."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers import actions
from motcua.dossiers.models import Paper
from motcua.foundation.models import AccessSubject
from motcua.registers.models import Holding, Reuse
from tests.dossiers import factories as make
from tests.dossiers.factories import AT, BUSINESS
from tests.files.factories import PDF
from tests.portal.pages import again, send, text

from . import factories as here

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def lan(city, at):
    """Lan is proved and her residence is registered; returns that dossier."""
    here.known(city)
    return here.resident(city)


def begun(city) -> str:
    dossier = actions.start_draft(city.act("citizen", AT), procedure=BUSINESS, agency="qn-bai-chay-centre")
    answers = make.complete(BUSINESS)
    actions.save_answers(city.act("citizen", AT), dossier=dossier["dossier"], answers=answers)
    return dossier["dossier"]


def test_her_store_tells_facts_papers_and_what_she_agreed_to(city, lan, browse):
    client = browse("citizen")
    said = text(client.get("/kho-giay-to/"))
    assert "Nơi thường trú" in said and "Số 12 đường Hạ Long" in said and "CT08-15" in said
    assert "Chưa kiểm chứng" in said
    holding = Holding.objects.get()
    paper = text(client.get(f"/kho-giay-to/giay/{holding.public_id}/"))
    assert "Giấy tờ chứng minh nơi cư trú" in paper and "Chưa có ai ngoài bạn" in paper
    assert AccessSubject.objects.filter(subject=holding.subject, entry__page="portal:store").count() == 1
    assert client.get(f"/kho-giay-to/giay/{holding.public_id}/tep/").status_code == 404


def test_nobody_else_opens_it(city, lan, browse):
    assert "chưa được định danh" in text(browse("other_citizen").get("/kho-giay-to/"))
    here.known(city, "other_citizen", here.MINH)
    other, holding = browse("other_citizen"), Holding.objects.get()
    assert "Số 12" not in text(other.get("/kho-giay-to/"))
    assert other.get(f"/kho-giay-to/giay/{holding.public_id}/").status_code == 404
    assert browse().get("/kho-giay-to/").status_code == 302


def test_she_lays_a_paper_in_looks_at_it_and_takes_it_out(city, lan, browse):
    client = browse("citizen")
    upload = SimpleUploadedFile("so-do.pdf", PDF)
    send(client, "/kho-giay-to/", kind="land-certificate", paper=upload)
    holding = Holding.objects.get(origin="uploaded")
    page = f"/kho-giay-to/giay/{holding.public_id}/"
    assert b"".join(client.get(f"{page}tep/").streaming_content) == PDF
    send(client, "/kho-giay-to/", kind="no-such", paper=SimpleUploadedFile("so-do.pdf", PDF))
    assert "Chưa chọn loại giấy tờ" in text(client.get("/kho-giay-to/"))
    client.post(f"{page}bo/", {"act_id": "drop-1"})
    assert not Holding.objects.filter(origin="uploaded").exists() and client.get(page).status_code == 404


def test_the_declaration_says_what_the_city_has_and_asks_again_when_refused(
    city, lan, browse, django_assert_max_num_queries
):
    dossier, client = begun(city), browse("citizen")
    page = f"/ho-so/{dossier}/khai/giay-to/"
    client.get(page)
    with django_assert_max_num_queries(22):
        said = text(client.get(page))
    assert "Thành phố đã có" in said and "Bạn không phải nộp" in said and "224/2026" in said
    client.post(page, {"act_id": "no-1", "_refuse": "identity-copy"})
    assert "Bạn đã chọn tự nộp giấy này" in text(client.get(page))
    client.post(page, {"act_id": "yes-1", "_reuse": "identity-copy"})
    assert "Dùng lại, bạn không phải nộp" in text(client.get(page))
    answer = client.post(page, {"act_id": "no-2", "_reuse": "family-authorisation"})
    assert "không có giấy này để dùng lại" in text(again(answer))
    assert "đã có, dùng lại" in text(client.get(f"/ho-so/{dossier}/khai/xem-lai/"))


def test_the_officer_sees_what_was_re_used_and_decides_a_contradiction(city, lan, browse):
    dossier = begun(city)
    said = {**make.complete(BUSINESS), "address": {"commune_code": "06685", "detail": "Số 4 Lê Lợi"}}
    actions.save_answers(city.act("citizen", AT), dossier=dossier, answers=said)
    actions.submit(city.act("citizen", AT), dossier=dossier)
    actions.receive(city.act("receptionist", AT), dossier=dossier)
    desk = browse("receptionist")
    told = text(desk.get(f"/counter/ho-so/{dossier}/"))
    assert "Dùng lại: căn cước của tài khoản đã định danh (theo luật" in told
    assert "Địa chỉ (Nơi thường trú)" in told and "Số 4 Lê Lợi" in told


def test_a_consent_is_taken_back_from_the_store(city, lan, browse):
    holding = Holding.objects.get()
    Holding.objects.filter(pk=holding.pk).update(origin="uploaded", kind="identity-paper")
    dossier = begun(city)
    actions.reuse_papers(city.act("citizen", AT), dossier=dossier, papers=["identity-copy"])
    said = Reuse.objects.get()
    assert said.basis == "consent"
    client = browse("citizen")
    page = client.get("/kho-giay-to/")
    assert "Tôi đồng ý" in text(page) and "Rút lại sự đồng ý" in text(page)
    client.post(f"/kho-giay-to/dong-y/{said.public_id}/rut/", {"act_id": "back-1"})
    assert "Đã rút lại" in text(client.get("/kho-giay-to/"))
    assert not Paper.objects.filter(removed_at=None).exists()


def test_over_the_api_she_reads_her_own_and_says_yes_or_no(city, lan, machine):
    caller = machine("citizen")
    assert [each["name"] for each in caller.get("/store/papers").json()["items"]]
    fact = caller.get("/store/facts").json()["items"][0]
    assert (fact["fact"], fact["in_force"], fact["number"]) == ("residence", True, "CT08-15")
    dossier = begun(city)
    offer = caller.get(f"/dossiers/{dossier}/reuse").json()["items"][0]
    assert (offer["paper"], offer["basis"], offer["state"]) == ("identity-copy", "law", 3)
    assert caller.get(f"/dossiers/{dossier}/check").json()["papers"][0]["held"] is True
    body = {"papers": ["identity-copy"], "agreed": True}
    answer = caller.post(f"/dossiers/{dossier}/reuse", body)
    assert answer.status_code == 200, answer.content.decode()
    consents = caller.get("/store/consents").json()["items"]
    assert [(each["state"], each["channel"]) for each in consents] == [("given", "online")]
    back = {"papers": ["identity-copy"]}
    assert caller.post(f"/dossiers/{dossier}/reuse/withdrawal", back).status_code == 200
    for name in ("other_citizen", "receptionist"):
        refused = machine(name).get("/store/facts")
        assert (refused.status_code, refused.json()["code"]) == (403, "registers.nobody_known")
    assert machine("other_citizen").get(f"/dossiers/{dossier}/reuse").status_code == 404


def test_a_bundle_tells_order_and_papers_and_what_the_city_has_only_to_her(city, lan, browse):
    said = text(browse().get("/tron-goi/mo-quan-an/"))
    assert "Mở quán ăn" in said and "Đăng nhập để tính cả" in said
    houses = text(browse("citizen").get("/tron-goi/mua-nha/"))
    assert "Đăng nhập để tính cả" not in houses and "Đăng ký thường trú" in houses
    assert browse().get("/tron-goi/khong-co/").status_code == 404
    assert "/tron-goi/sinh-con/" in browse().get("/viec/sinh-con/").content.decode()

"""A helper files for somebody who consents by a code or a slip; her access ends at submission; both see it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier
from motcua.notices import queries as notices
from motcua.people import actions as people
from tests.dossiers import factories as make
from tests.files.factories import picture
from tests.portal.pages import again, hidden, send, text
from tests.support.city import CENTRE

pytestmark = pytest.mark.django_db
PERSON = "Bùi Thị Én"


def start(client, **more):
    given = {
        "person_name": PERSON,
        "phone": "0987654321",
        "procedure": "birth-registration",
        "agency": CENTRE,
    }
    return send(client, "/giup-nop/", **{**given, **more})


@pytest.fixture
def helping(browse):
    """The helper's browser and the public id of the draft she began for somebody."""
    client = browse("helper")
    begun = start(client)
    assert begun.status_code == 302, text(begun)
    return client, begun.url.split("/")[2]


def consent(dossier):
    return f"/giup-nop/{dossier}/dong-y/"


def by_code(client, dossier):
    send(client, consent(dossier), form="Gửi mã", phone="0987654321", step="send")
    page = client.get(consent(dossier))
    code = re.search(r'class="phone-message"[^>]*>\D*(\d{6})', page.content.decode())[1]
    return client.post(consent(dossier), {"step": "code", "code": code, "act_id": "code"}), code


def test_only_helpers_and_receptionists_come_in(browse):
    assert browse().get("/giup-nop/").status_code == 302
    for name, status in (("citizen", 403), ("processor", 403), ("helper", 200), ("receptionist", 200)):
        assert browse(name).get("/giup-nop/").status_code == status, name


def test_starting_says_what_is_missing(browse):
    refused = start(browse("helper"), person_name=" ", phone="12", procedure="x", agency="y")
    refused = again(refused)
    body = refused.content.decode()
    for name in ("person_name", "phone", "procedure", "agency"):
        assert f'href="#f-{name}"' in body
    assert not Dossier.objects.exists()


def test_the_wording_is_read_out_and_the_simulated_message_is_marked(helping):
    client, dossier = helping
    assert "Tôi đồng ý để người giúp khai và nộp hồ sơ này thay tôi" in text(client.get(consent(dossier)))
    by = send(client, consent(dossier), form="Gửi mã", phone="0987654321", step="send")
    assert by.status_code == 302
    said = text(client.get(consent(dossier)))
    assert "MÔ PHỎNG Tin nhắn này không gửi đi thật" in said


def test_a_real_installation_never_shows_the_code(helping, settings):
    client, dossier = helping
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"simulation": False})
    send(client, consent(dossier), form="Gửi mã", phone="0987654321", step="send")
    assert "phone-message" not in client.get(consent(dossier)).content.decode()


def test_consent_by_code(helping):
    client, dossier = helping
    wrong = send(client, consent(dossier), form="Gửi mã", phone="0987654321", step="send")
    assert wrong.status_code == 302
    refused = client.post(consent(dossier), {"step": "code", "code": "00000", "act_id": "wrong"})
    refused = again(refused)
    assert "Mã chưa đúng" in text(refused)
    done, _code = by_code(client, dossier)
    assert done.url == f"/ho-so/{dossier}/khai/"
    assert queries.assistance_of(Dossier.objects.get()).method == "code"


def test_consent_by_a_signed_slip(helping):
    client, dossier = helping
    slip = client.get(f"/giup-nop/{dossier}/phieu-dong-y/")
    assert PERSON in text(slip)
    assert "MÔ PHỎNG" in text(slip)
    upload = SimpleUploadedFile("phieu.jpg", picture(), content_type="image/jpeg")
    done = client.post(consent(dossier), {"step": "slip", "slip": upload, "act_id": "slip"})
    assert done.url == f"/ho-so/{dossier}/khai/"
    assert queries.assistance_of(Dossier.objects.get()).method == "slip"


def test_without_consent_nothing_is_filed(helping, city, at):
    client, dossier = helping
    actions.save_answers(city.act("helper", at), dossier=dossier, answers=make.birth_answers(at))
    check = f"/ho-so/{dossier}/khai/xem-lai/"
    refused = client.post(check, {**hidden(client.get(check)), "commitment": "yes", "helping": "1"})
    refused = again(refused)
    assert "Chưa có sự đồng ý của người được giúp" in text(refused)
    assert Dossier.objects.get().business_state == "draft"


def test_after_the_submission_the_helper_sees_no_content_and_the_person_sees_who_helped(
    helping, browse, city, at
):
    client, dossier = helping
    by_code(client, dossier)
    actions.save_answers(city.act("helper", at), dossier=dossier, answers=make.birth_answers(at))
    check = f"/ho-so/{dossier}/khai/xem-lai/"
    assert "Đọc lại cho người được giúp nghe" in text(client.get(check))
    form = {**hidden(client.get(check)), "commitment": "yes"}
    filed, again = client.post(check, form), client.post(check, form)
    reference = Dossier.objects.get().reference
    assert filed.url == again.url == f"/giup-nop/da-giup/{reference}/"
    assert reference in text(client.get(filed.url))

    for path in (
        "",
        "khai/",
        "khai/xem-lai/",
        "khai/muc/applicant/",
        "khai/giay-to/",
        "khai/da-nop/",
        "ai-da-xem/",
    ):
        assert client.get(f"/ho-so/{dossier}/{path}").status_code == 404, path
    assert client.get(consent(dossier)).status_code == 404
    listed = client.get("/giup-nop/")
    assert reference in text(listed)
    assert PERSON not in text(listed)
    assert browse("receptionist").get(filed.url).status_code == 404

    followed = text(browse().get("/tra-cuu/", {"ma": reference}))
    assert "Người giúp nộp thuộc" in followed
    assert "Trung tâm Phục vụ hành chính công phường Bãi Cháy" in followed
    assert city.accounts["helper"].display_name not in followed


def test_a_known_person_is_asked_by_her_own_phone_and_only_its_end_is_told(browse, city, at):
    facts = {"full_name": PERSON, "personal_number": "022196001234", "phone": "0912000777"}
    people.find_or_create(city.act("receptionist", at), facts=facts, source="card")
    client = browse("helper")
    dossier = start(client, personal_number="022 196 001 234").url.split("/")[2]
    assert send(client, consent(dossier), form="Gửi mã", phone="0900000001", step="send").status_code == 302
    page = client.get(consent(dossier))
    assert "Mã đã gửi đến số điện thoại đã biết của người này: •••••••777." in text(page)
    assert "0912000777" not in page.content.decode()
    assert notices.last_message(f"dossier:{dossier}", "consent", at=at).to == "0912000777"
    refused = again(start(client, personal_number="12345"))
    assert 'href="#f-personal_number"' in refused.content.decode()


def test_the_desk_and_the_person_see_how_it_was_given(helping, browse, city, at):
    client, dossier = helping
    assert "Chưa có sự đồng ý" in text(client.get(f"/ho-so/{dossier}/khai/"))
    by_code(client, dossier)
    assert "Chưa có sự đồng ý" not in text(client.get(f"/ho-so/{dossier}/khai/"))
    actions.save_answers(city.act("helper", at), dossier=dossier, answers=make.birth_answers(at))
    actions.submit(city.act("helper", at), dossier=dossier)
    how = "Bằng mã gửi đến số điện thoại do người giúp nhập (•••••••321)"
    assert how in text(browse("receptionist").get(f"/counter/ho-so/{dossier}/"))
    party = people.find_or_create(
        city.act("receptionist", at), facts={"full_name": PERSON, "personal_number": "022196001234"}
    )["party"]
    account = city.accounts["citizen"].public_id
    people.link_account(city.act("receptionist", at), account=account, party=party)
    actions.receive(city.act("receptionist", at), dossier=dossier)
    assert how in text(browse("citizen").get(f"/ho-so/{dossier}/"))


def test_a_helper_throws_a_draft_away(helping):
    client, dossier = helping
    done = send(client, f"/ho-so/{dossier}/khai/xoa/")
    assert done.url == "/giup-nop/"
    assert not Dossier.objects.exists()


def test_another_helper_cannot_enter(helping, browse):
    _client, dossier = helping
    assert browse("receptionist").get(consent(dossier)).status_code == 404
    assert browse("receptionist").get(f"/ho-so/{dossier}/khai/").status_code == 404


def test_too_many_codes_are_asked_to_wait(helping, settings):
    client, dossier = helping
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"rate_code_per_minute": 1})
    first = client.post(consent(dossier), {"step": "send", "phone": "0987654321", "act_id": "1"})
    second = client.post(consent(dossier), {"step": "send", "phone": "0987654321", "act_id": "2"})
    assert first.status_code == 302
    assert "Bạn thao tác quá nhanh" in text(again(second))

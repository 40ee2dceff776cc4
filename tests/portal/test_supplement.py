"""Answering what an office asked: numbered, with the way to each thing, handed in at once."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier, Paper
from tests.dossiers import factories as make
from tests.files.factories import PDF
from tests.portal.pages import again, hidden, send, text

pytestmark = pytest.mark.django_db
ITEMS = [
    {"text": "Giấy chứng sinh bị mờ, chụp lại", "paper": "birth-notice"},
    {"text": "Sửa ngày sinh của mẹ", "section": "mother"},
    {"text": "Thêm đơn xin xác nhận nơi sinh"},
]
REASON = "Chưa đủ căn cứ để đăng ký khai sinh"


def row(public_id):
    return Dossier.objects.get(public_id=public_id)


@pytest.fixture(params=["door", "process"])
def asked(request, city, at):
    """A dossier that an office asked about, at the door and after reception."""
    if request.param == "door":
        dossier = make.submitted(city)
        actions.ask_at_door(
            city.act("receptionist", make.AT + timedelta(minutes=5)),
            dossier=dossier,
            items=ITEMS,
            reason=REASON,
        )
    else:
        dossier = make.in_process(city)
        actions.ask_supplement(
            city.act("processor", make.AT + timedelta(minutes=5)), dossier=dossier, items=ITEMS, reason=REASON
        )
    return dossier


def place(dossier):
    return f"/ho-so/{dossier}/bo-sung/"


def test_what_is_asked_stands_numbered_with_its_way(browse, asked):
    page = browse("citizen").get(place(asked))
    said, body = text(page), page.content.decode()
    assert REASON in said
    for item in ITEMS:
        assert item["text"] in said
    assert f"/ho-so/{asked}/khai/giay-to/?back=supplement#giay-birth-notice" in body
    assert f"/ho-so/{asked}/khai/muc/mother/?back=supplement" in body
    assert f"/ho-so/{asked}/khai/giay-to/?back=supplement#giay-other" in body


def test_papers_and_answers_are_given_and_handed_in(browse, asked):
    client = browse("citizen")
    papers = f"/ho-so/{asked}/khai/giay-to/"
    for key in ("birth-notice", "other"):
        upload = SimpleUploadedFile(f"{key}.pdf", PDF)
        done = send(
            client, f"{papers}?back=supplement", paper=key, back="supplement", **{f"paper-{key}": upload}
        )
        assert done.status_code == 302, text(done)
    section = f"/ho-so/{asked}/khai/muc/mother/?back=supplement"
    page = client.get(section)
    answers = queries.answers_of(row(asked))
    from tests.portal.pages import posted

    changed = client.post(section, {**hidden(page), **posted({**answers, "mother_birth_on": "1996-08-21"})})
    assert changed.url == place(asked), text(changed)[:900]
    handed_in = send(client, place(asked), note="Tôi đã chụp lại")
    assert handed_in.url == f"/ho-so/{asked}/"
    assert row(asked).business_state in ("submitted", "in_process")
    assert Paper.objects.filter(dossier__public_id=asked, letter__isnull=False).count() == 2
    assert "Bạn đã trả lời yêu cầu" in text(client.get(f"/ho-so/{asked}/"))


def test_answered_twice_by_the_same_form_it_is_one_answer(browse, asked):
    client = browse("citizen")
    form = hidden(client.get(place(asked)))
    first, second = client.post(place(asked), form), client.post(place(asked), form)
    assert first.url == second.url == f"/ho-so/{asked}/"


def test_an_old_paper_stays_and_a_new_one_may_go(browse, asked, city, at):
    client = browse("citizen")
    papers = f"/ho-so/{asked}/khai/giay-to/"
    send(client, papers, paper="other", **{"paper-other": SimpleUploadedFile("a.pdf", PDF)})
    new = Paper.objects.get(key="other")
    client.post(papers, {"_drop": str(new.pk)})
    assert Paper.objects.get(pk=new.pk).removed_at is not None


def test_nothing_asked_nothing_to_answer(browse, city, at):
    dossier = make.submitted(city)
    assert browse("citizen").get(place(dossier)).url == f"/ho-so/{dossier}/"


def test_an_incomplete_answer_is_not_taken(browse, asked, city, at):
    client = browse("citizen")
    actions.save_answers(
        city.act("citizen", at), dossier=asked, answers={"child_full_name": None}, section="child"
    )
    refused = send(client, place(asked))
    refused = again(refused)
    assert f"/ho-so/{asked}/khai/muc/child/?back=supplement" in refused.content.decode()

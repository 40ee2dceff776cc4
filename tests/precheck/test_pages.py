"""The check as a citizen sees it: in the last look, by itself, over the API; for nobody else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers import actions as dossiers
from motcua.foundation import worker
from motcua.precheck.models import Check, Look
from tests.api.conftest import Machine
from tests.dossiers import factories as make
from tests.portal.pages import send, text
from tests.portal.statements import statements
from tests.precheck import cases, filing, made
from tests.support.city import OTHER_CENTRE

pytestmark = pytest.mark.django_db


def where(draft):
    return f"/ho-so/{draft}/khai/soat/"


@pytest.fixture
def draft(city, at):
    """A birth declared with the mother's name otherwise than on the paper, at the wrong one-stop."""
    one = cases.planted("differs", 0, at.date(), (cases.birth,))
    found = filing.filed(city, one, 0, at, written=1.0)
    dossiers.choose_agency(city.act("citizen", at), dossier=found, agency=OTHER_CENTRE)
    return found


def test_the_findings_stand_in_the_last_look_and_on_a_page_of_their_own(browse, draft):
    client = browse("citizen")
    for address in (f"/ho-so/{draft}/khai/xem-lai/", where(draft)):
        said = text(client.get(address))
        assert "Soát trước khi nộp" in said
        assert "Đến chỗ cần xem" in said and "Nên sửa trước khi nộp" in said
        assert "Đổi nơi nộp sang" in said and "Luật Hộ tịch 60/2014/QH13, Điều 13" in said
    body = client.get(where(draft)).content.decode()
    assert f"/ho-so/{draft}/khai/giay-to/?back=check#giay-birth-notice" in body
    assert f"/ho-so/{draft}/khai/noi-nop/?back=check" in body
    assert f"/ho-so/{draft}/khai/soat/" in client.get(f"/ho-so/{draft}/khai/").content.decode()
    assert {f["kind"] for f in Check.objects.get().findings} == {"differs", "wrong_office"}
    client.cookies["django_language"] = "en"
    assert "Check before you file" in text(client.get(where(draft), headers={"Accept-Language": "en"}))


def test_what_was_just_uploaded_is_looked_at_while_she_goes_on(browse, city, at):
    case = cases.good(0, at.date(), (cases.birth,))
    found = dossiers.start_draft(city.act("citizen", at), procedure=case.procedure, agency=case.centre)[
        "dossier"
    ]
    client = browse("citizen")
    assert "” chưa khai. Mở phần khai" in text(client.get(where(found)))
    dossiers.save_answers(city.act("citizen", at), dossier=found, answers=case.answers)
    assert "Chưa có “Giấy chứng sinh”" in text(client.get(where(found)))
    paper = SimpleUploadedFile("giay.pdf", made.pdf(case.sheets["birth-notice"]))
    papers = f"/ho-so/{found}/khai/giay-to/"
    send(client, papers, paper="birth-notice", **{"paper-birth-notice": paper})
    assert "Còn 1 tệp chưa soát xong" in text(client.get(where(found)))
    assert send(client, where(found), "Soát tiếp").url == where(found)
    worker.drain()
    assert Look.objects.count() == 1
    assert "Không thấy điều gì cần sửa" in text(client.get(where(found)))


def test_it_is_for_whoever_files_and_only_while_it_can_be_changed(browse, city, draft, at):
    assert browse("other_citizen").get(where(draft)).status_code == 404
    assert browse("").get(where(draft)).status_code == 302
    machine, other = Machine(city, "citizen"), Machine(city, "other_citizen")
    address = f"/dossiers/{draft}/precheck"
    told = machine.get(address).json()
    assert {f["code"] for f in told["findings"]} >= {"other_agency"} and told["unread"] == 0
    assert machine.post(address, {}).json() == {"dossier": draft, "asked": 0}
    assert (other.get(address).status_code, Machine(city, "receptionist").get(address).status_code) == (
        404,
        404,
    )
    dossiers.submit(city.act("citizen", at), dossier=draft, consents=["commitment"])
    assert Machine(city, "receptionist").get(address).status_code == 404
    assert machine.get(address).status_code == 409
    assert browse("citizen").get(where(draft)).url == f"/ho-so/{draft}/"
    dossiers.ask_at_door(
        city.act("other_receptionist", at), dossier=draft, items=make.ITEMS, reason=make.REASON
    )
    again = text(browse("citizen").get(where(draft)))
    assert "Phần bổ sung" in again and "Đổi nơi nộp" not in again


def test_a_look_costs_the_same_for_few_papers_and_many(browse, city, draft, at):
    client = browse("citizen")
    client.get(where(draft))
    with statements() as few:
        client.get(where(draft))
    for _ in range(3):
        file = make.a_file(city, at=at)
        dossiers.add_paper(city.act("citizen", at), dossier=draft, key="birth-notice", file=file)
    client.get(where(draft))
    with statements() as many:
        client.get(where(draft))
    assert len(many.sql) <= len(few.sql)

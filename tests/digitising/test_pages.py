"""The scanning desk as an officer uses it: upload, order, wait, look, take, accept; marked copies; who sees what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.cooperation import actions as cooperation
from motcua.digitising import images, ocr, tasks
from motcua.digitising.models import Proposal, Scan, ScanPage
from motcua.dossiers import actions as dossier_actions
from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Paper
from motcua.foundation.models import AccessEntry
from motcua.issuing import actions as issuing
from motcua.signing import actions as signing
from motcua.signing import queries as signatures
from tests.api.conftest import Machine
from tests.counter.pages import words
from tests.digitising import factories as scan
from tests.digitising.test_actions import asked_at_door, emptied, said
from tests.dossiers import factories as make
from tests.portal.statements import statements
from tests.support.city import OTHER_COMMITTEE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AT = make.AT + timedelta(minutes=50)


@pytest.fixture
def reader(monkeypatch):
    monkeypatch.setattr(ocr, "can_read", lambda program: True)
    monkeypatch.setattr(
        ocr, "read", lambda page, **how: said("Họ và tên mẹ: Nguyễn Thị Lan", "Họ và tên cha: Trần Văn Hai")
    )


def begin(client, dossier, *contents, **more):
    given = [SimpleUploadedFile(f"{n}.jpg", each) for n, each in enumerate(contents)]
    return client.post(f"/counter/ho-so/{dossier}/so-hoa/", {"files": given, "what": "key-other", **more})


def small(dpi=60):
    return scan.jpeg(scan.page(dpi=60), dpi=dpi)


def test_from_two_photographs_to_an_answer_in_the_declaration(desk, city, reader):  # noqa: F811
    dossier, client = asked_at_door(city), desk()
    emptied(city, dossier, "mother_full_name")
    shown = client.get(f"/counter/ho-so/{dossier}/")
    assert "Số hóa giấy tờ" in words(shown)
    answer = begin(client, dossier, small(), small(), name="Giấy chứng sinh")
    assert answer.status_code == 302, words(answer)[-500:]
    place = answer.url
    shown = client.get(place)
    assert "Xếp đúng thứ tự" in words(shown) and "Refresh" not in shown.headers
    first, second = ScanPage.objects.order_by("place")
    picture = client.get(f"{place}trang/1/")
    assert picture["Content-Type"] == "image/jpeg" and b"".join(picture)[:3] == b"\xff\xd8\xff"
    order = {f"place-{first.pk}": "2", f"place-{second.pk}": "1", f"turn-{first.pk}": "180", "do": "make"}
    assert client.post(f"{place}trang/", order).status_code == 302
    shown = client.get(place)
    assert shown.headers["Refresh"] == "3" and "Đã xong 0/2 trang" in words(shown)
    row = Scan.objects.get()
    tasks.work(scan=row.public_id, run=1, step=0)
    shown = client.get(place)
    told = words(shown)
    assert "Chờ kiểm tra" in told and "Dưới 200 dpi" in told and "Trần Văn Hai" in told
    assert shown.content.decode().count('class="scan-box-mark') == 2
    [mother] = Proposal.objects.filter(field="mother_full_name")
    accepted = client.post(
        f"{place}viec/accept/", {"proposal": mother.pk, "value": "Nguyễn Thị Lan"}, follow=True
    )
    assert "Đã điền giá trị vào tờ khai" in words(accepted)
    assert dossiers.answers_of(make.get(dossier))["mother_full_name"] == "Nguyễn Thị Lan"
    [father] = Proposal.objects.filter(field="father_full_name")
    refused = client.post(f"{place}viec/accept/", {"proposal": father.pk, "value": "Trần Văn Hai"})
    assert refused.status_code == 409 and "không bị ghi đè" in words(refused)
    noted = client.post(f"{place}viec/note/", {"proposal": father.pk}, follow=True)
    assert "Đã ghi nhận điểm khác" in words(noted)
    taken = client.post(f"{place}viec/take/", follow=True)
    assert "Đã vào hồ sơ" in words(taken)
    paper = Paper.objects.get(dossier__public_id=dossier, name="Giấy chứng sinh")
    assert paper.digitised == 1 and paper.file.kind == "pdf"
    assert client.get(f"{place}tep/")["Content-Type"] == "application/pdf"
    shown = words(client.get(f"/counter/ho-so/{dossier}/"))
    assert "Đã số hóa" in shown and "chưa quét vi-rút" in shown
    pages = set(AccessEntry.objects.values_list("page", flat=True))
    assert {"counter:scans", "counter:scan", "counter:scan-page", "counter:scan-file"} - pages == {
        "counter:scans"
    }


def test_a_scan_costs_a_fixed_number_of_statements(desk, city, reader):  # noqa: F811
    dossier, client = make.submitted(city), desk()
    place = begin(client, dossier, *[small()] * 3).url
    client.post(f"{place}trang/", {"do": "make"})
    tasks.work(scan=Scan.objects.get().public_id, run=1, step=0)
    client.get(place)
    with statements() as told:
        client.get(place)
    assert len(told.work) <= 9, "\n".join(told.work)


def test_what_is_wrong_is_told_on_the_page(desk, city):  # noqa: F811
    dossier, client = make.submitted(city), desk()
    refused = client.post(f"/counter/ho-so/{dossier}/so-hoa/", {"what": "key-other"})
    assert refused.status_code == 422 and "Chưa chọn tệp" in words(refused)
    refused = begin(client, dossier, b"%PDF-1.4 broken")
    assert refused.status_code == 422 and not Scan.objects.exists()
    place = begin(client, dossier, small()).url
    out = {f"out-{page.pk}": "1" for page in ScanPage.objects.all()}
    refused = client.post(f"{place}trang/", {**out, "do": "order"})
    assert refused.status_code == 409 and "không còn trang nào" in words(refused)
    dropped = client.post(f"{place}viec/drop/", follow=True)
    assert "Đã bỏ bản quét" in words(dropped)
    assert client.get(place).status_code == 404


@pytest.mark.parametrize("who", ["other_receptionist", "admin", "signer"])
def test_others_have_no_scanning_desk(desk, city, who):  # noqa: F811
    dossier = make.in_process(city)
    place = begin(desk(), dossier, small()).url
    for address in (f"/counter/ho-so/{dossier}/so-hoa/", place, f"{place}trang/1/", f"{place}tep/"):
        assert desk(who).get(address).status_code in (403, 404), (who, address)
    assert desk(who).post(f"{place}viec/drop/").status_code in (403, 404)


def test_an_officer_elsewhere_gets_a_marked_copy_of_an_identity_card(desk, city):  # noqa: F811
    dossier = make.submitted(city)
    file = scan.keep(city, small(), "cccd.jpg", at=AT)
    card = {"key": "other", "name": "Thẻ căn cước công dân", "form": "present_only", "file": file}
    dossier_actions.check_papers(city.act("receptionist", AT), dossier=dossier, papers=[card])
    dossier_actions.receive(city.act("receptionist", AT), dossier=dossier)
    dossier_actions.transfer(city.act("receptionist", AT), dossier=dossier)
    paper = Paper.objects.get(name="Thẻ căn cước công dân")
    address, over_api = (
        f"/counter/ho-so/{dossier}/giay/{paper.pk}/",
        f"/dossiers/{dossier}/papers/{paper.pk}/content",
    )
    asked = cooperation.consult(
        city.act("processor", AT), dossier=dossier, agency=OTHER_COMMITTEE, papers=[paper.pk],
        question="Đề nghị xác minh nơi cư trú của cha, mẹ trẻ.", until=make.AT.date().isoformat(),
    )["task"]  # fmt: skip
    for who in ("receptionist", "processor"):
        assert desk(who).get(address)["Content-Type"] == "image/jpeg", who
    assert Machine(city, "citizen").get(over_api)["Content-Type"] == "image/jpeg"  # her own card
    desk("leader").post("/counter/muc-dich/", {"purpose": next(iter(dossiers.PURPOSES)), "next": "/counter/"})
    leader = Machine(city, "leader")
    leader.headers["X-Purpose"] = next(iter(dossiers.PURPOSES))
    marked = [
        desk("leader").get(address),
        leader.get(over_api),
        desk("other_processor").get(f"/counter/phoi-hop/{asked}/giay/{paper.pk}/"),
        Machine(city, "other_processor").get(f"/tasks/{asked}/papers/{paper.pk}/content"),
    ]
    for answer in marked:
        assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
        assert images.count_pages(b"".join(answer), "pdf") == 1
    again = b"".join(desk("receptionist").get(address).streaming_content)
    assert images.page_of(again, "jpeg", 0).image.size == scan.page(dpi=60).size


@pytest.mark.sqlite
def test_a_scan_is_signed_as_a_certified_copy(desk, city, reader, at, authority):  # noqa: F811
    dossier, client = make.submitted(city), desk()
    place = begin(client, dossier, small(), name="Giấy chứng sinh", form="original").url
    client.post(f"{place}trang/", {"do": "make"})
    tasks.work(scan=Scan.objects.get().public_id, run=1, step=0)
    holder = {"name": "Lê Thị Một Cửa", "agency": "Trung tâm Phục vụ hành chính công"}
    content, _serial = signing.issue_trial_key("government", holder, at=at, password="Khoa-Thu-2026")
    shown = client.post(f"{place}viec/take/", follow=True)
    office = shown.context["agencies"][0]

    def sign(password):
        key = SimpleUploadedFile("khoa.p12", content)
        given = {"key": key, "password": password, "agency": office[0]}
        return client.post(f"{place}viec/certify/", given, follow=True)

    assert "Mật khẩu" in words(sign("sai")) and Scan.objects.get().certified_id is None
    own = issuing.trial_key(city.act("receptionist", at), secret="258025")["key"]
    assert own in client.get(place).content.decode()
    given = {"own": own, "password": "258025", "agency": office[0]}
    assert "Đã ký số bản sao" in words(client.post(f"{place}viec/certify/", given, follow=True))
    row = Scan.objects.get()
    paper = Paper.objects.get(pk=row.paper_id)
    assert paper.file_id == row.certified_id != row.made_id
    signed = b"".join(client.get(f"{place}tep/").streaming_content)
    report = signatures.check(signed, at=at)
    assert [each.state for each in report.signatures] == ["valid"], report
    assert row.certified.sha256 and "Đã ký sao y" in words(client.get(place))

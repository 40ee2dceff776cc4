"""Who looked at my data, taking it along, asking about it; whose page it is not."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from motcua.dossiers import actions as dossiers
from motcua.dossiers import queries as dossier_queries
from motcua.foundation.access import seen
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import AccessEntry, JournalLine
from motcua.notices.models import Notice
from motcua.privacy import actions, errors, queries, rules
from motcua.privacy.models import DataRequest
from motcua.registers import actions as registers
from tests.accounts.browser import sign_in
from tests.dossiers import factories as make
from tests.registers import factories as remembered
from tests.support.moment import set_clock
from tests.support.officers import client_of

pytestmark = pytest.mark.django_db
AT = make.AT
TEXT = "Tôi không quen biết ai ở cơ quan này, xin cho biết vì sao mở hồ sơ của tôi."


@pytest.fixture
def filed(city):
    """A dossier of the citizen, at which three people looked; its public id."""
    dossier = make.in_process(city, procedure=make.BUSINESS)
    subject = make.get(dossier).subject
    for minute, (who, purpose) in enumerate(
        [("processor", "process"), ("leader", "lead.overdue"), ("citizen", "follow")]
    ):
        at = AT + timedelta(minutes=minute)
        seen(city.actor(who, AT), at=at, purpose=purpose, page="counter:dossier", subjects=[subject])
    return dossier


def look_of(city, who: str) -> int:
    return AccessEntry.objects.get(actor=f"account:{city.accounts[who].pk}", page="counter:dossier").pk


def complain(city, *, by="citizen", look=None, text=TEXT, at=AT):
    return actions.ask(
        city.act(by, at), kind="complaint", text=text, look=look or look_of(city, "processor")
    )["request"]


def test_every_look_by_others_is_told_without_a_name(city, filed):
    found = queries.looks(city.actor("citizen", AT), "vi")
    assert [look.why for look in found] == ["Đôn đốc hồ sơ chậm", "Giải quyết công việc"]
    assert all(look.about == (make.get(filed).code,) for look in found)
    assert found[0].offices and "Hoàng Lãnh Đạo" not in str(found)
    assert queries.looks(city.actor("citizen", AT), "vi", before=found[0].id) == found[1:]
    assert queries.looks(city.actor("other_citizen", AT), "vi") == []


def test_a_complaint_goes_to_the_agency_that_looked_and_not_to_who_looked(city, filed):
    request = complain(city, look=look_of(city, "leader"))
    row = DataRequest.objects.get()
    assert row.agency_id == make.get(filed).competent_agency_id
    assert row.due_on.isoformat() == "2026-10-08"  # 72 hours, as the old decree had it
    for by, wrong in {
        "leader": errors.NotYoursToAnswer,
        "other_leader": errors.RequestNotFound,
        "clerk": errors.RequestNotFound,
        "citizen": errors.RequestNotFound,
    }.items():
        with pytest.raises(wrong):
            actions.answer(city.act(by, AT), request=request, text=TEXT)
    with pytest.raises(errors.TextNeeded):
        actions.answer(city.act("head", AT), request=request, text="đã xem")
    actions.answer(city.act("head", AT), request=request, text="Lãnh đạo xem để đôn đốc hồ sơ sắp chậm.")
    with pytest.raises(errors.AlreadyAnswered):
        actions.answer(city.act("head", AT), request=request, text=TEXT)
    assert Notice.objects.get(kind="data_request.answered").holder == f"account:{row.account_id}"
    verbs = JournalLine.objects.filter(chain=row.subject).order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["data_request.sent", "data_request.answered"]
    assert verify().good


@pytest.mark.sqlite
def test_only_about_looks_at_ones_own(city, filed):
    look = look_of(city, "processor")
    with pytest.raises(errors.LookNotFound):
        complain(city, by="other_citizen", look=look)
    with pytest.raises(errors.LookNotFound):  # one's own look
        complain(city, look=look_of(city, "citizen"))
    with pytest.raises(errors.TextNeeded):
        complain(city, text="vì sao")
    for _ in range(rules.OPEN_MOST):
        complain(city)
    with pytest.raises(errors.TooManyOpen):
        complain(city)


def test_an_open_complaint_holds_the_dossier_back(city, filed):
    complain(city)
    pk = make.get(filed).pk
    assert dossier_queries.held([pk]) == {pk: "complaint_about_a_look"}


@pytest.mark.sqlite
def test_everything_held_leaves_as_one_file_for_her_alone(city, filed, monkeypatch):
    set_clock(monkeypatch, AT)
    monkeypatch.setattr("tests.accounts.browser.now", lambda: AT)
    dossiers.start_draft(city.act("citizen", AT), procedure=make.BIRTH)
    mine, other = Client(), Client()
    sign_in(mine, city.accounts["citizen"])
    sign_in(other, city.accounts["other_citizen"])

    def taken(client):
        answer = client.post(reverse("privacy:take"), {"act_id": "t-1"})
        assert answer.status_code == 200 and answer["Content-Type"] == "application/zip"
        return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))

    whole = taken(mine)
    told = json.loads(whole.read("du-lieu.json"))
    assert len(told["dossiers"]) == 2 and told["looks"]
    one = next(each for each in told["dossiers"] if each["code"])
    assert one["answers"]["personal_number"] == make.PERSON["personal_number"]
    assert {paper["file"] for paper in one["papers"] if paper["file"]} <= set(whole.namelist())
    assert whole.testzip() is None and "thieu.txt" not in whole.namelist()
    theirs = taken(other)
    assert theirs.namelist() == ["du-lieu.json", "SHA256SUMS"]
    assert make.PERSON["full_name"] not in theirs.read("du-lieu.json").decode()
    assert JournalLine.objects.filter(verb="account.data_taken").count() == 2
    assert Client().post(reverse("privacy:take")).status_code in (302, 401)
    mine.post(reverse("privacy:take"), {"act_id": "t-2"})
    assert mine.post(reverse("privacy:take"), {"act_id": "t-3"}).status_code == 429


@pytest.mark.sqlite
def test_her_page_and_the_desk_that_answers(city, filed, monkeypatch, django_assert_max_num_queries):
    set_clock(monkeypatch, AT)
    for name in ("tests.accounts.browser", "tests.accounts.factories", "tests.support.officers"):
        monkeypatch.setattr(f"{name}.now", lambda: AT)
    mine = Client()
    sign_in(mine, city.accounts["citizen"])
    home = reverse("privacy:home")
    with django_assert_max_num_queries(20):
        page = mine.get(home).content.decode()
    assert "Đôn đốc hồ sơ chậm" in page and make.get(filed).code in page
    address = reverse("privacy:complain", args=[look_of(city, "processor")])
    assert "Vì sao bạn khiếu nại" in mine.get(address).content.decode()
    assert "Chưa viết nội dung" in mine.post(address, {"text": "?"}, follow=True).content.decode()
    mine.post(address, {"act_id": "c-1", "text": TEXT})
    mine.post(
        reverse("privacy:ask"),
        {"act_id": "a-1", "kind": "correct", "text": "Địa chỉ của tôi ghi sai số nhà."},
    )
    assert mine.get(home).content.decode().count("Chờ trả lời") == 2
    assert mine.get(reverse("privacy:inbox")).status_code == 403
    head, stranger = client_of(city.accounts["head"]), client_of(city.accounts["other_leader"])
    inbox = head.get(reverse("privacy:inbox")).content.decode()
    assert "Khiếu nại một lần xem" in inbox and make.PERSON["full_name"] not in inbox
    row = DataRequest.objects.get(kind="complaint")
    one = reverse("privacy:request", args=[row.public_id])
    assert "Trần Hộ Tịch" in head.get(one).content.decode()  # who answers must know who looked
    assert stranger.get(one).status_code == 404
    assert AccessEntry.objects.filter(page="privacy.request").count() == 1
    assert "Chưa viết nội dung" in head.post(one, {"answer": "ok"}, follow=True).content.decode()
    head.post(one, {"act_id": "r-1", "answer": "Cán bộ xem để giải quyết hồ sơ của bà."})
    assert "Cán bộ xem để giải quyết" in mine.get(home).content.decode()


def exported(client) -> tuple[dict, list[str]]:
    answer = client.post(reverse("privacy:take"), {"act_id": "t-1"})
    whole = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    return json.loads(whole.read("du-lieu.json")), whole.namelist()


@pytest.mark.sqlite
def test_what_an_officer_was_assigned_is_no_data_of_hers(city, filed, monkeypatch):
    set_clock(monkeypatch, AT)
    for name in ("tests.accounts.browser", "tests.accounts.factories", "tests.support.officers"):
        monkeypatch.setattr(f"{name}.now", lambda: AT)
    dossiers.assign(city.act("head", AT), dossier=filed, account=city.accounts["processor"].pk)
    officer, client = city.actor("processor", AT), client_of(city.accounts["processor"])
    assert dossier_queries.visible_to(officer).filter(public_id=filed).exists()  # it is her work all the same
    told, names = exported(client)
    assert told["dossiers"] == [] and names == ["du-lieu.json", "SHA256SUMS"]
    assert make.PERSON["full_name"] not in json.dumps(told, ensure_ascii=False)
    assert queries.looks(officer, "vi") == []
    with pytest.raises(errors.LookNotFound):
        complain(city, by="processor", look=look_of(city, "leader"))
    assert make.get(filed).code not in client.get(reverse("portal:mine")).content.decode()


@pytest.mark.sqlite
def test_what_a_helper_writes_for_others_is_no_data_of_hers(city):
    made = dossiers.start_helping(city.act("helper", AT), procedure=make.BIRTH, person_name="Bà Sáu")
    helper = city.actor("helper", AT)
    assert dossier_queries.visible_to(helper).filter(public_id=made["dossier"]).exists()
    assert dossier_queries.mine(helper) == []


@pytest.mark.sqlite
def test_what_the_city_remembers_of_her_leaves_with_its_files(city, monkeypatch):
    set_clock(monkeypatch, AT)
    monkeypatch.setattr("tests.accounts.browser.now", lambda: AT)
    remembered.known(city)
    remembered.resident(city)
    file = make.a_file(city, name="so-do.pdf")
    registers.keep_paper(city.act("citizen", AT), kind="land-certificate", file=file, name="Sổ đỏ")
    draft = remembered.business_draft(city)
    dossiers.save_answers(
        city.act("citizen", AT), dossier=draft.public_id, answers=make.complete(make.BUSINESS)
    )
    dossiers.reuse_papers(city.act("citizen", AT), dossier=draft.public_id, papers=["identity-copy"])
    mine = Client()
    sign_in(mine, city.accounts["citizen"])
    told, names = exported(mine)
    papers = {each["origin"]: each for each in told["papers"]}
    assert papers["uploaded"]["name"] == "Sổ đỏ" and papers["uploaded"]["file"] in names
    assert papers["result"]["number"] == "CT08-15"
    assert [(each["register"], each["values"]["address"]) for each in told["facts"]] == [
        ("residence", remembered.HOME)
    ]
    assert [(each["paper"], each["state"]) for each in told["consents"]] == [("identity-copy", "given")]
    assert told["consents"][0]["words"]["vi"]


@pytest.mark.sqlite
def test_a_complaint_about_a_draft_neither_stops_its_end_nor_ends_with_it(city):
    draft = dossiers.start_draft(city.act("citizen", AT), procedure=make.BIRTH)["dossier"]
    for who in ("processor", "leader"):
        subjects = [make.get(draft).subject]
        seen(city.actor(who, AT), at=AT, purpose="lead.overdue", page="counter:dossier", subjects=subjects)
    answered = complain(city)
    actions.answer(city.act("head", AT), request=answered, text="Cán bộ mở nhầm, xin lỗi bà.")
    waiting = complain(city, look=look_of(city, "leader"))
    dossiers.discard(city.act("citizen", AT), dossier=draft)
    rows = {row.public_id: row for row in DataRequest.objects.all()}
    assert (rows[answered].dossier, rows[answered].text, rows[answered].answer) == (None, "", "")
    assert (rows[waiting].dossier, rows[waiting].text) == (None, TEXT)
    with pytest.raises(errors.NotYoursToAnswer):  # who looked still does not answer
        actions.answer(city.act("leader", AT), request=waiting, text=TEXT)
    actions.answer(city.act("head", AT), request=waiting, text="Lãnh đạo mở nhầm, xin lỗi bà.")
    assert verify().good

"""Notes and labels at the desk: what pages say, refuse and count; the file has the column; programs do the same."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO

import pytest

from motcua.counter.models import SavedList
from motcua.foundation.models import AccessEntry
from motcua.notes import actions
from tests.api.conftest import Machine
from tests.counter.conftest import at, desk  # noqa: F401  fixtures
from tests.counter.pages import field, get, words
from tests.dossiers import factories as make
from tests.portal.statements import statements
from tests.support.city import COMMITTEE

pytestmark = pytest.mark.django_db
AT = make.AT + timedelta(minutes=50)
SAID = "Đã gọi điện: chiều mai bà Lan mang bản gốc."


@pytest.fixture
def urgent(city):
    act = city.act("head", AT)
    return actions.make_label(act, agency=COMMITTEE, name="Gấp", colour="gold")["label"]


def tab(dossier: str, role: str = "process") -> str:
    return f"?tab={get(dossier).competent_agency_id}-{role}"


def test_a_note_is_written_refused_edited_and_withdrawn_on_the_page(desk, city):  # noqa: F811
    dossier, client = make.in_process(city), desk("processor")
    page = client.get(f"/counter/ho-so/{dossier}/")
    assert "Người nộp không thấy trên trang của mình" in words(page)
    place = f"/counter/ho-so/{dossier}/ghi-chu/"
    refused = client.post(place, {"note": " ", "act_id": field(page, "act_id")}, follow=True)
    assert "Ghi chú chưa có nội dung" in words(refused)
    shown = client.post(place, {"note": SAID}, follow=True)
    assert SAID in words(shown)
    note = shown.context["beside"]["notes"][0].id
    shown = client.post(
        f"{place}{note}/", {"do": "edit", "note": "Bản gốc đã nộp.", "version": "1"}, follow=True
    )
    assert "Bản gốc đã nộp." in words(shown) and "1 bản trước" in words(shown)
    refused = client.post(
        f"{place}{note}/", {"do": "edit", "note": "Điều tôi vừa gõ", "version": "1"}, follow=True
    )
    assert "vừa được sửa ở một cửa sổ khác" in words(refused) and "Điều tôi vừa gõ" in words(refused)
    shown = client.post(f"{place}{note}/", {"do": "withdraw", "reason": "Không còn đúng nữa."}, follow=True)
    assert "đã rút lúc" in words(shown) and "Bản gốc đã nộp." not in words(shown)
    assert "Đã rút ghi chú nội bộ" in words(client.get(f"/counter/ho-so/{dossier}/nhat-ky/"))
    assert AccessEntry.objects.filter(page="counter:dossier").count() >= 2


def test_the_applicant_sees_neither_notes_nor_labels(city, at, urgent, browse_citizen):  # noqa: F811
    dossier = make.in_process(city)
    actions.write(city.act("processor", AT), dossier=dossier, text=SAID)
    actions.put_on(city.act("processor", AT), dossier=dossier, label=urgent)
    told = words(browse_citizen.get(f"/ho-so/{dossier}/"))
    assert SAID not in told and "Gấp" not in told and "Ghi chú nội bộ" not in told
    citizen = Machine(city, "citizen")
    assert citizen.get(f"/dossiers/{dossier}/notes").status_code == 404
    assert citizen.get(f"/dossiers/{dossier}/labels").status_code == 404
    assert SAID not in citizen.get(f"/dossiers/{dossier}/timeline").content.decode()


@pytest.fixture
def browse_citizen(city, at):  # noqa: F811
    from django.test import Client

    from tests.accounts.browser import sign_in

    client = Client()
    assert sign_in(client, city.accounts["citizen"]).status_code == 302
    return client


def test_many_rows_are_labelled_at_once_and_the_list_narrows_by_the_label(desk, city, urgent):  # noqa: F811
    one, two, plain = make.in_process(city), make.in_process(city), make.in_process(city)
    client, lists = desk("processor"), tab(one)
    nothing = client.post("/counter/lam/nhan/", {"label": urgent, "do": "on", "list": lists}, follow=True)
    assert "Chưa chọn" in words(nothing)
    picks = [f"{id_}:1" for id_ in (one, two)]
    told = client.post(
        "/counter/lam/nhan/", {"pick": picks, "label": urgent, "do": "on", "list": lists}, follow=True
    )
    assert "Đã gắn nhãn “Gấp” cho 2 hồ sơ." in words(told)
    assert "Gấp (2)" in words(told)
    narrowed = client.get(f"/counter/{lists}&nhan={urgent}").content.decode()
    assert one in narrowed and two in narrowed and plain not in narrowed
    name = {"name": "Việc gấp", "query": f"{lists}&nhan={urgent}", "cot": ["code", "labels"]}
    client.post("/counter/tai-ve/giu/", name)
    kept = SavedList.objects.get()
    assert f"nhan={urgent}" in kept.query and kept.columns == ["code", "labels"]
    file = client.post("/counter/tai-ve/tep/", {"query": kept.query, "dang": "csv", "cot": kept.columns})
    rows = list(csv.reader(StringIO(b"".join(file.streaming_content).decode("utf-8-sig"), newline="")))
    assert sorted(row[:2] for row in rows[1:]) == sorted([get(id_).code, "Gấp"] for id_ in (one, two))
    strange = make.submitted(city)  # not hers to see: told, and the others done all the same
    told = client.post(
        "/counter/lam/nhan/",
        {"pick": [*picks[:1], f"{strange}:1"], "label": urgent, "do": "off"},
        follow=True,
    )
    assert "Hồ sơ không còn xem được" in words(told)
    assert [id_ in client.get(f"/counter/{lists}&nhan={urgent}").content.decode() for id_ in (one, two)] == [
        False,
        True,
    ]


def test_a_list_with_labels_costs_the_same_whatever_its_length(desk, city, urgent):  # noqa: F811
    found = [make.in_process(city) for _ in range(2)]
    client, costs = desk("processor"), []
    client.get(f"/counter/{tab(found[0])}")
    for count in (1, 2):
        actions.put_on(city.act("processor", AT), dossier=found[count - 1], label=urgent)
        with statements() as told:
            assert "Gấp" in words(client.get(f"/counter/{tab(found[0])}"))
        costs.append(len(told.work))
    assert costs[0] == costs[1] <= 12


def test_labels_have_a_page_for_those_who_make_them(desk, city):  # noqa: F811
    head = desk("head")
    page = head.get("/counter/nhan/")
    assert "Chưa có nhãn nào." in words(page)
    said = {"agency": COMMITTEE, "name": "Chờ xác minh", "colour": "indigo", "do": "make"}
    assert "Chờ xác minh" in words(head.post("/counter/nhan/giu/", said, follow=True))
    assert "đã có nhãn cùng tên" in words(head.post("/counter/nhan/giu/", said, follow=True))
    label = head.get("/counter/nhan/").context["shelves"][0].labels[0].id
    changed = {"label": label, "name": "Đang xác minh", "colour": "ink", "do": "change"}
    assert "Đang xác minh" in words(head.post("/counter/nhan/giu/", changed, follow=True))
    assert "Chưa có nhãn nào." in words(
        head.post("/counter/nhan/giu/", {"label": label, "do": "retire"}, follow=True)
    )
    assert desk("processor").get("/counter/nhan/").status_code == 403


def test_programs_do_the_same(city, at):  # noqa: F811
    dossier = make.in_process(city)
    head, processor = Machine(city, "head"), Machine(city, "processor")
    made = head.post("/labels", {"agency": COMMITTEE, "name": "Gấp", "colour": "gold"})
    assert made.status_code == 201, made.content
    label = made.json()["label"]
    assert processor.post("/labels", {"agency": COMMITTEE, "name": "X", "colour": "ink"}).status_code == 403
    assert [one["name"] for one in processor.get("/labels").json()["items"]] == ["Gấp"]
    assert processor.post(f"/dossiers/{dossier}/labels", {"label": label}).json()["changed"] is True
    assert [one["name"] for one in processor.get(f"/dossiers/{dossier}/labels").json()["items"]] == ["Gấp"]
    assert [one["id"] for one in processor.get(f"/labels/{label}/dossiers").json()["items"]] == [dossier]
    assert Machine(city, "other_processor").get(f"/labels/{label}/dossiers").status_code == 404
    note = processor.post(f"/dossiers/{dossier}/notes", {"text": SAID}).json()["note"]
    edited = processor.post(
        f"/dossiers/{dossier}/notes/{note}/versions", {"text": "Đã có bản gốc.", "version": 1}
    )
    assert edited.json()["version"] == 2
    (read,) = Machine(city, "receptionist").get(f"/dossiers/{dossier}/notes").json()["items"]
    assert (read["text"], read["former"][0]["text"], read["may_edit"]) == ("Đã có bản gốc.", SAID, False)
    gone = head.post(f"/dossiers/{dossier}/notes/{note}/withdrawal", {"reason": "Ghi nhầm hồ sơ khác."})
    assert gone.json()["version"] == 3
    assert head.post(f"/labels/{label}", {"name": "Rất gấp", "colour": "ink"}).json()["label"] == label
    assert head.post(f"/labels/{label}/retirement", None).json()["label"] == label
    assert (
        processor.post(f"/dossiers/{dossier}/labels", {"label": label, "on": False}).json()["changed"] is True
    )

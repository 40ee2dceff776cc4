"""A worklist as a file: the rows of the list, the columns of one's choice, and only what the reader may see."""

import csv
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from motcua.counter import exports
from motcua.counter.models import SavedList
from motcua.dossiers import actions
from motcua.dossiers.queries import columns
from motcua.foundation.models import AccessEntry
from tests.counter.pages import get, words
from tests.dossiers import factories as make
from tests.portal.statements import statements

pytestmark = pytest.mark.django_db
FILE, PAGE = "/counter/tai-ve/tep/", "/counter/tai-ve/"


def rows_of(answer) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.content.decode()
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def take(client, query="", **more):
    return client.post(FILE, {"query": query, "dang": "csv", **more})


def procedure_query(city, dossier, name="process") -> str:
    row = get(dossier)
    return f"?tab={row.competent_agency_id}-{name}&procedure={row.procedure_id}"


def test_the_file_holds_the_rows_of_the_list_and_says_it_was_taken(desk, city):
    waiting = [make.in_process(city) for _ in range(3)]
    done = make.returned(city, procedure=make.BUSINESS)
    tab = f"?tab={get(waiting[0]).competent_agency_id}-process"
    rows = rows_of(take(desk("processor"), tab))
    assert {row["Mã hồ sơ"] for row in rows} == {get(one).code for one in waiting}
    assert {row["Người nộp"] for row in rows} == {"Nguyễn Thị Lan"}
    assert {row["Hẹn trả ngày"] for row in rows} == {str(get(waiting[0]).due_on)}
    entry = AccessEntry.objects.get(page="counter:export")
    assert entry.purpose == "export"
    assert set(entry.subjects.values_list("subject", flat=True)) == {f"dossier:{one}" for one in waiting}
    everything = rows_of(take(desk("processor"), f"{tab}&all=1"))
    assert get(done).code in {row["Mã hồ sơ"] for row in everything}


def test_columns_are_those_chosen_in_their_order(desk, city):
    dossier = make.in_process(city)
    (row,) = rows_of(
        take(desk("processor"), procedure_query(city, dossier), cot=["state", "code", "nonsense"])
    )
    assert list(row.items())[:2] == [("Trạng thái", "Đang giải quyết"), ("Mã hồ sơ", get(dossier).code)]


def test_of_one_procedure_the_declaration_comes_along(desk, city):
    dossier = make.in_process(city)
    query = procedure_query(city, dossier)
    assert "Nội dung khai" in words(desk("processor").get(PAGE + query))
    keys = [key for key, *_ in asked(desk("processor"), query)]
    assert "answer.child_birth_on" in keys
    (row,) = rows_of(take(desk("processor"), query, hoi=["answer.child_birth_on", "answer.child_full_name"]))
    answers = make.birth_answers(make.AT)
    assert answers["child_birth_on"] in row.values() and answers["child_full_name"] in row.values()


def asked(client, query):
    page = client.get(PAGE + query)
    return page.context["questions"]


def test_who_only_leads_gets_initials_and_no_declaration_until_she_says_why(desk, city):
    dossier = make.in_process(city)
    leader = desk("leader")
    query = procedure_query(city, dossier, "lead")
    wanted = {"cot": ["applicant", "code"], "hoi": ["answer.child_full_name"]}
    (row,) = rows_of(take(leader, query, **wanted))
    assert row["Người nộp"] == "N. T. L."
    assert make.birth_answers(make.AT)["child_full_name"] not in row.values()
    assert not AccessEntry.objects.filter(page="counter:export").exists()
    leader.post("/counter/muc-dich/", {"purpose": "inspection"})
    (row,) = rows_of(take(leader, query, **wanted))
    assert row["Người nộp"] == "Nguyễn Thị Lan"
    assert make.birth_answers(make.AT)["child_full_name"] in row.values()
    assert AccessEntry.objects.get(page="counter:export").purpose == "lead.inspection"


def test_nobody_takes_what_is_not_hers(desk, city):
    dossier = make.in_process(city)
    for who in ("other_processor", "other_leader", "receptionist", "clerk"):
        rows = rows_of(take(desk(who), procedure_query(city, dossier)))
        assert get(dossier).code not in {row["Mã hồ sơ"] for row in rows}
    assert take(desk("citizen")).status_code in (302, 403)


def test_excel_opens_with_dates(desk, city):
    dossier = make.in_process(city)
    answer = take(desk("processor"), procedure_query(city, dossier), dang="xlsx", cot=["code", "due_on"])
    content = b"".join(answer.streaming_content)
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    assert sheet.to_python()[1][:2] == [get(dossier).code, get(dossier).due_on]


def test_a_dossier_that_moves_while_the_file_is_written_stands_in_it_once(desk, city, monkeypatch):
    monkeypatch.setattr(exports, "BLOCK", 1)
    dossiers = [make.received(city) for _ in range(3)]
    holder = f"office:{get(dossiers[0]).received_by_id}:reception"
    actor = city.actor("receptionist", make.AT)

    class Tab:
        role = "reception"

    Tab.holder = holder
    from motcua.counter.views.work import Asked

    blocks = exports.blocks(exports.page_of(Tab, True, Asked()), unique=True)
    first = [row.public_id for row in next(blocks)]
    actions.transfer(city.act("receptionist", make.AT), dossier=first[0])
    rest = [row.public_id for block in blocks for row in block]
    assert len({*first, *rest}) == len(first + rest) == 3
    assert actor.roles


def test_rows_cost_the_same_however_many(desk, city):
    """Statements grow with blocks, never with rows."""
    client = desk("processor")
    dossiers = [make.in_process(city) for _ in range(2)]
    query = procedure_query(city, dossiers[0])
    keys = [key for key, _title in asked(client, query)]

    def cost() -> int:
        with statements() as told:
            rows_of(take(client, query, cot=[c.key for c in columns.CHOICES], hoi=keys))
        return len(told.work)

    cost()
    few = cost()
    for _ in range(6):
        make.in_process(city)
    assert cost() == few


def test_a_list_is_kept_with_its_columns_and_forgotten(desk, city):
    dossier = make.in_process(city)
    client, query = desk("processor"), procedure_query(city, dossier)
    said = {
        "query": query,
        "cot": ["code", "due_on"],
        "hoi": ["answer.child_full_name"],
        "act_id": "keep-a-list-1",
    }
    answer = client.post("/counter/tai-ve/giu/", {**said, "name": "Khai sinh của tôi"}, follow=True)
    assert "Khai sinh của tôi" in words(answer)
    kept = SavedList.objects.get()
    assert kept.columns == ["code", "due_on", "answer.child_full_name"]
    assert "Khai sinh của tôi" in words(client.get("/counter/"))
    assert "Khai sinh của tôi" not in words(desk("head").get("/counter/"))
    refused = desk("head").post("/counter/tai-ve/bo/", {"list": kept.public_id, "act_id": "forget-other-1"})
    assert refused.status_code == 404
    client.post("/counter/tai-ve/bo/", {"list": kept.public_id, "act_id": "forget-a-list-1"})
    assert not SavedList.objects.exists()


def test_a_list_without_a_name_is_refused_in_words(desk, city):
    make.in_process(city)
    answer = desk("processor").post(
        "/counter/tai-ve/giu/", {"name": "  ", "act_id": "no-name-list-1"}, follow=True
    )
    assert "Chưa đặt tên cho danh sách." in words(answer)
    assert not SavedList.objects.exists()


def test_files_are_not_taken_by_the_dozen_a_minute(desk, city):
    make.in_process(city)
    answers = [take(desk("processor")).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]

"""The board tells of every procedure how far it has come; a proof is kept with the version it is about."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.catalogue import actions as catalogue_actions
from motcua.catalogue import queries as catalogue
from motcua.editing import actions, board, errors
from motcua.editing.board import Asked
from motcua.editing.models import VersionProof
from motcua.editing.rules.board import marks, next_of
from motcua.foundation.actors import system
from motcua.foundation.acts import new_act
from motcua.foundation.errors import Forbidden
from motcua.foundation.models import JournalLine
from motcua.foundation.packs import store
from tests.dossiers.factories import AT, get, received

LISTED = [
    {"code": f"9.{number:06}", "name_vi": f"Thủ tục cấp giấy phép số {number}", "issued_by": "Bộ Xây dựng",
     "executed_by": "UBND cấp xã", "field_vi": "Xây dựng thử"}
    for number in range(130)
]  # fmt: skip


def row_of(slug, at=AT):
    return board.one(catalogue.by_slug(slug).pk, at)


@pytest.fixture
def listed(city, at):
    act = new_act(system("tests"), at=AT, purpose="test")
    catalogue_actions.import_listed(act, rows=LISTED)
    return city


def test_a_procedure_goes_from_listed_to_used(listed):
    city = listed
    assert row_of(catalogue.by_code("9.000007").slug).next == "configure"
    configured = row_of("birth-registration")
    assert (configured.stage, configured.proof, configured.next) == ("configured", "unproved", "prove")
    assert (
        configured.own_form and configured.steps == 6 and configured.unverified > 5 and configured.number == 1
    )
    told = actions.prove_in_force(city.act("admin", AT), slug="birth-registration")
    proved = row_of("birth-registration")
    assert told["ok"] and (proved.stage, proved.proof, proved.next) == ("proved", "ok", "watch")
    dossier = get(received(city))
    used = row_of(dossier.procedure.slug, AT + timedelta(days=1))
    assert (used.stage, used.used) == ("used", 1)
    assert board.used_by_agency(used.id, AT + timedelta(days=1)) == [(dossier.competent_agency_id, 1)]
    assert row_of(dossier.procedure.slug, AT + timedelta(days=92)).stage != "used"


def test_a_proof_is_of_one_version_and_stands_in_the_journal(city):
    actions.prove_in_force(city.act("admin", AT), slug="birth-registration")
    kept = VersionProof.objects.get()
    assert kept.version_id == store.current("procedures", "birth-registration", AT).pk and kept.asked > 50
    line = JournalLine.objects.filter(verb="pack.proved").get()
    assert line.chain == "pack:procedures/birth-registration"
    later = AT + timedelta(days=1)
    body = {**store.current("procedures", "birth-registration", AT).body, "name_en": "Changed"}
    act = new_act(system("tests"), at=later, purpose="test")
    store.draft(act, kind="procedures", key="birth-registration", body=body)
    act = new_act(system("tests"), at=later, purpose="test")
    store.publish(act, kind="procedures", key="birth-registration")
    assert row_of("birth-registration", later).proof == "unproved"


def test_a_fault_of_what_is_published_is_told(city):
    body = {**store.current("procedures", "land-certificate-reissue", AT).body}
    body["fees"] = [{**body["fees"][0], "when": "age(birth_on) < 10 and age(birth_on) > 20"}]
    for verb in (store.draft, store.publish):
        act = new_act(system("tests"), at=AT + timedelta(days=1), purpose="test")
        extra = {"body": body} if verb is store.draft else {}
        verb(act, kind="procedures", key="land-certificate-reissue", **extra)
    later = AT + timedelta(days=2)
    told = actions.prove_in_force(city.act("admin", later), slug="land-certificate-reissue")
    row = row_of("land-certificate-reissue", later)
    assert (
        not told["ok"]
        and (row.proof, row.next) == ("faulty", "mend")
        and row.findings == told["findings"] >= 1
    )
    assert board.counts(Asked(), later)["faulty"] == 1


def test_only_who_configures_proves_and_only_what_has_content(listed):
    with pytest.raises(Forbidden):
        actions.prove_in_force(listed.act("head", AT), slug="birth-registration")
    with pytest.raises(errors.NothingToProve):
        actions.prove_in_force(listed.act("admin", AT), slug=catalogue.by_code("9.000001").slug)


def test_the_task_proves_what_waits_and_what_has_grown_old(city):
    assert actions.prove_waiting(AT, seconds_max=-1) == 0
    waiting = len(board.waiting_for_proof(AT))
    assert waiting == 8
    VersionProof.objects.bulk_create(
        VersionProof(version_id=v.pk, day=AT.date(), ok=True, asked=1, at=AT)
        for v in board.waiting_for_proof(AT)[1:]
    )
    assert actions.prove_waiting(AT, seconds_max=60) == 1
    assert board.waiting_for_proof(AT + timedelta(days=7)) == []
    assert len(board.waiting_for_proof(AT + timedelta(days=9))) == 8


def test_counts_are_the_rows_they_open(listed):
    actions.prove_in_force(listed.act("admin", AT), slug="birth-registration")
    at = AT + timedelta(hours=1)
    counts = board.counts(Asked(), at)
    assert counts["all"] == 138 and counts["listed"] == 130
    for stage in ("listed", "configured", "proved", "used"):
        assert len(list(board.every(Asked(stage=stage), at))) == counts[stage]
    assert len(list(board.every(Asked(proof="unproved"), at))) == counts["unproved"] == 7


def test_pages_follow_one_another_and_search_knows_no_tones(listed):
    first = board.page(Asked(stage="listed"), AT)
    second = board.page(Asked(stage="listed"), AT, after=first[-1].place)
    assert len(first) == len(second) == 50 and not {r.id for r in first} & {r.id for r in second}
    found = board.page(Asked(text="giay phep so 7"), AT)
    assert found == board.page(Asked(text="GIẤY PHÉP SỐ 7"), AT) and found
    assert board.page(Asked(sector=catalogue.by_code("9.000001").sector.key, level="province"), AT) == []


def test_a_page_costs_the_same_for_few_and_many(listed, desk, django_assert_max_num_queries):
    client = desk("admin")
    address = reverse("editing:board")
    client.get(address)
    with django_assert_max_num_queries(16):
        told = client.get(address).content.decode()
    assert "Đăng ký khai sinh" in told or "Trang sau" in told
    assert 'href="/editing' not in told or "stage=listed" in told
    with django_assert_max_num_queries(16):
        assert client.get(address, {"q": "khai sinh"}).content.decode().count("data-row") == 1


def test_the_file_holds_every_row(listed, desk):
    answer = desk("admin").get(reverse("editing:board_file"), {"dang": "csv", "stage": "listed"})
    assert len(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()) == 131


def test_a_head_reads_and_an_administrator_acts(listed, desk):
    one = reverse("editing:board_one", args=["birth-registration"])
    prove = reverse("editing:board_prove", args=["birth-registration"])
    assert "chung-minh" not in desk("head").get(one).content.decode()
    assert desk("head").post(prove).status_code == 403
    assert desk("receptionist").get(one).status_code == 403
    admin = desk("admin")
    answer = admin.post(prove, {"act_id": "prove-1"}, follow=True)
    assert "không thấy lỗi nào" in answer.content.decode()


def test_a_leader_opens_the_rows_of_her_agency_and_an_administrator_does_not(city, desk):
    dossier = get(received(city))
    one = reverse("editing:board_one", args=[dossier.procedure.slug])
    shown = desk("leader").get(one).content.decode()
    rows = re.search(r'href="([^"]*rows/received[^"]*)"', shown)[1].replace("&amp;", "&")
    assert dossier.code in desk("leader").get(rows).content.decode()
    assert "rows/received" not in desk("admin").get(one).content.decode()
    assert "rows/received" not in desk("other_leader").get(one).content.decode()


@pytest.mark.parametrize(
    ("body", "found"),
    [({}, 0), ({"unverified": ["a", "b"]}, 2), ({"fees": [{"unverified": True}, {"unverified": False}]}, 1),
     ({"unverified": ["a"], "declaration": {"sections": [{"fields": [{"unverified": ["x"]}]}]}}, 2)],
)  # fmt: skip
def test_marks_are_counted_wherever_they_stand(body, found):
    assert marks(body) == found


def test_what_comes_next():
    assert next_of("listed", "", has_draft=True) == "draft"
    assert next_of("used", "unproved", has_draft=False) == "prove"
    assert next_of("used", "ok", has_draft=False) == "watch"

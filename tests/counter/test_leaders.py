"""Who only leads sees initials until she has said why she looks; what she does not decide is not offered to her."""

from datetime import timedelta

import pytest

from motcua.dossiers import actions
from motcua.dossiers.errors import DossierNotFound, NotYours
from motcua.foundation.models import AccessEntry
from motcua.people import queries as people
from tests.counter.pages import field, get, words
from tests.dossiers import factories as make

pytestmark = pytest.mark.django_db
NAME, INITIALS = "Nguyễn Thị Lan", "N. T. L."


def state_purpose(client, purpose="overdue", **more):
    return client.post("/counter/muc-dich/", {"purpose": purpose, **more})


def entries(dossier: str) -> list[tuple[str, str]]:
    found = AccessEntry.objects.filter(subjects__subject=f"dossier:{dossier}").order_by("pk")
    return list(found.values_list("page", "purpose"))


@pytest.mark.parametrize("who", ["leader", "province_leader"])
def test_lists_of_a_leader_hide_names_until_a_purpose_is_stated(desk, city, who):
    dossier = make.in_process(city)
    page = desk(who).get("/counter/?tab=")
    assert dossier in page.content.decode()
    assert INITIALS in words(page) and NAME not in words(page)
    assert entries(dossier) == []
    found = desk(who).post("/counter/tim/", {"q": "Nguyễn Thị Lan"}, follow=True)
    row = found.content.decode().partition("<tbody>")[2]
    assert INITIALS in row and NAME not in row
    answer = state_purpose(desk(who), "inspection", next="/counter/?all=1")
    assert answer["Location"] == "/counter/?all=1"
    page = desk(who).get("/counter/")
    assert NAME in words(page) and "mục đích: Kiểm tra, thanh tra" in words(page)
    assert entries(dossier) == [("counter:worklist", "lead.inspection")]


@pytest.mark.parametrize("who", ["receptionist", "processor", "head", "signer"])
def test_who_has_a_part_in_the_case_needs_no_other_purpose(desk, city, who):
    dossier = make.drafted(city)
    page = desk(who).get(f"/counter/ho-so/{dossier}/")
    assert NAME in words(page) and "Ẩn tên" not in words(page)
    assert entries(dossier) == [("counter:dossier", "process")]


def test_a_dossier_asks_a_leader_once_why_she_opens_it(desk, city):
    dossier, other = make.ready(city), make.ready(city)
    leader = desk("leader")
    page = leader.get(f"/counter/ho-so/{dossier}/?tab=12-lead")
    told = words(page)
    assert "Mở hồ sơ này để" in told and get(dossier).code in told
    for secret in (NAME, "022196001234", "0912345678", "0912 345 678"):
        assert secret not in page.content.decode()
    for part in ("nhat-ky/", "in/phieu-kiem-soat/", "giay/1/", "ket-qua/"):
        answer = leader.get(f"/counter/ho-so/{dossier}/{part}")
        assert answer.status_code == 403, part
        assert "nêu mục đích" in words(answer) and NAME not in words(answer)
    assert entries(dossier) == []
    answer = state_purpose(leader, next=field(page, "next"))
    assert answer["Location"] == f"/counter/ho-so/{dossier}/?tab=12-lead"
    assert NAME in words(leader.get(answer["Location"]))
    assert NAME in words(leader.get(f"/counter/ho-so/{other}/"))
    assert leader.get(f"/counter/ho-so/{dossier}/in/phieu-kiem-soat/").status_code == 200
    assert entries(dossier) == [("counter:dossier", "lead.overdue"), ("counter:slip", "lead.overdue")]
    state_purpose(leader, "")
    assert NAME not in words(leader.get(f"/counter/ho-so/{dossier}/"))


def test_only_addresses_of_ours_are_gone_back_to(desk, city):
    dossier = make.ready(city)
    state_purpose(desk("leader"))
    for address in (
        "https://elsewhere.example/",
        "//elsewhere.example",
        "javascript:alert(1)",
        "/\\elsewhere",
    ):
        page = desk("leader").get(f"/counter/ho-so/{dossier}/", {"ve": address})
        assert 'class="back"' not in page.content.decode(), address
        assert state_purpose(desk("leader"), next=address)["Location"] == "/counter/"
    page = desk("leader").get(f"/counter/ho-so/{dossier}/", {"ve": "/operations/rows/late/?p=month"})
    assert '<a class="back" href="/operations/rows/late/?p=month">' in page.content.decode()


def test_only_the_desk_and_the_unit_decide_a_difference(desk, city):
    make.received(city)
    dossier = make.in_process(city, full_name="Nguyễn Thị Lân")
    difference = field(desk().get(f"/counter/ho-so/{dossier}/"), "difference")
    told = {"act_id": "d-3", "difference": difference, "accept": "1"}
    for who in ("leader", "province_leader", "signer"):
        client = desk(who)
        state_purpose(client)
        page = client.get(f"/counter/ho-so/{dossier}/")
        assert "Sửa theo giá trị mới" not in words(page), who
        assert client.post(f"/counter/ho-so/{dossier}/khac-nhau/", told).status_code in (403, 404), who
        with pytest.raises((NotYours, DossierNotFound)):
            actions.settle_difference(
                city.act(who, make.AT), dossier=dossier, difference=difference, accept=True
            )
    assert people.party_by_id(get(dossier).applicant_id).full_name == NAME
    for who in ("receptionist", "processor", "head"):
        assert "Sửa theo giá trị mới" in words(desk(who).get(f"/counter/ho-so/{dossier}/")), who
    assert desk("processor").post(f"/counter/ho-so/{dossier}/khac-nhau/", told).status_code == 302
    assert people.party_by_id(get(dossier).applicant_id).full_name == "Nguyễn Thị Lân"


def test_no_step_is_called_late_by_a_share_that_nobody_has_checked(desk, city):
    dossier = make.in_process(city, procedure=make.BUSINESS)
    late = make.AT + timedelta(days=30)
    make.to_last_step(city, dossier, late)
    actions.draft_result(city.act("processor", late), dossier=dossier, outcome="granted", note="")
    page = words(desk("processor").get(f"/counter/ho-so/{dossier}/"))
    assert "Bước này quá hạn" not in page
    assert "theo phân bổ nội bộ, chưa đối chiếu" in page
    slip = words(desk("processor").get(f"/counter/ho-so/{dossier}/in/phieu-kiem-soat/"))
    assert "Quá hạn" not in slip

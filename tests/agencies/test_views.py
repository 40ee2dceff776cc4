"""The pages about agencies: who may come in, the tree of a day, giving and ending positions."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.test import Client

from motcua.agencies import queries
from motcua.agencies.models import Position
from motcua.agencies.views import _branch
from motcua.foundation.models import AccessSubject
from motcua.foundation.time import now
from tests.accounts.browser import officer_client
from tests.accounts.factories import make_account
from tests.agencies.factories import appointed, make_province, office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _province():
    make_province()


@pytest.fixture
def administrator():
    return officer_client(appointed("qn-ubnd", "administrator", login_name="quan.tri", at=now()))


def text(answer):
    return answer.content.decode()


def page_of(code):
    return f"/agencies/{office(code).public_id}/"


def test_strangers_and_citizens_stay_out(client):
    assert client.get("/agencies/").status_code == 302
    officer = officer_client(make_account())
    assert officer.get("/agencies/").status_code == 403


def test_officers_read_but_do_not_appoint():
    browser = officer_client(appointed("qn-bai-chay-centre", "receptionist", at=now()))
    assert "UBND phường Bãi Cháy" in text(browser.get("/agencies/"))
    page = text(browser.get(page_of("qn-bai-chay")))
    assert "Giao vị trí" not in page
    assert browser.post(f"{page_of('qn-bai-chay')}appoint/", {}).status_code == 403
    assert browser.get(f"/agencies/people/{make_account('khac').public_id}/").status_code == 403


def test_the_tree_of_an_older_day(administrator):
    page = text(administrator.get("/agencies/?on=30/06/2025"))
    assert "UBND thành phố Hạ Long" in page
    assert "UBND phường Bãi Cháy" not in page
    assert "Ngày chưa đúng" in text(administrator.get("/agencies/?on=31/02/2026"))


def test_search_with_and_without_tones(administrator):
    assert "Trung tâm Phục vụ hành chính công phường Bãi Cháy" in text(
        administrator.get("/agencies/?q=trung tam bai")
    )
    assert "Không có cơ quan nào khớp" in text(administrator.get("/agencies/?q=<script>"))


def test_what_became_of_the_city_is_told(administrator):
    page = text(administrator.get(page_of("qn-ha-long-cu")))
    assert "chuyển thẩm quyền sang" in page
    assert "không hoạt động vào hôm nay" in page


def test_a_position_is_given_and_ended(administrator):
    account = make_account("tiep.nhan", display_name="Phạm Thị Lan")
    given = {"login_name": "tiep.nhan", "role": "receptionist", "act_id": "a" * 20}
    address = f"{page_of('qn-bai-chay-centre')}appoint/"
    page = text(administrator.post(address, given, follow=True))
    assert "Đã giao vị trí cho Phạm Thị Lan" in page
    administrator.post(address, given)  # sent twice
    assert Position.objects.filter(account=account).count() == 1
    assert AccessSubject.objects.filter(subject=f"account:{account.public_id}").exists()
    assert "Tiếp nhận và trả kết quả" in text(administrator.get(f"/agencies/people/{account.public_id}/"))
    position = queries.positions_of(account.pk)[0]
    back = {"back": office("qn-bai-chay-centre").public_id}
    ended = administrator.post(f"/agencies/positions/{position.public_id}/end/", back, follow=True)
    assert "Đã kết thúc vị trí" in text(ended)
    assert not queries.positions_of(account.pk)[0].current(now())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"login_name": "khong.co", "role": "receptionist"}, "Không có tài khoản này"),
        ({"login_name": "tiep.nhan", "role": "king"}, "Không có vai trò"),
        ({"login_name": "tiep.nhan", "role": "receptionist", "from_on": "hôm qua"}, "Ngày chưa đúng"),
        ({"login_name": "quan.tri", "role": "signer"}, "Không ai tự giao vị trí cho mình"),
        ({}, "Không có tài khoản này"),
    ],
)
def test_what_cannot_be_is_a_sentence(administrator, given, words):
    make_account("tiep.nhan")
    page = administrator.post(f"{page_of('qn-bai-chay-centre')}appoint/", given, follow=True)
    assert words in text(page)


def test_an_administrator_of_a_commune_stays_in_it():
    browser = officer_client(appointed("qn-bai-chay", "administrator", login_name="quan.tri.xa", at=now()))
    make_account("tiep.nhan")
    given = {"login_name": "tiep.nhan", "role": "receptionist"}
    refused = browser.post(f"{page_of('qn-viet-hung')}appoint/", given, follow=True)
    assert "Bạn không quản trị cơ quan này" in text(refused)
    assert "Đã giao vị trí" in text(
        browser.post(f"{page_of('qn-bai-chay-centre')}appoint/", given, follow=True)
    )


@pytest.mark.parametrize("path", ["/agencies/khong-co/", "/agencies/people/khong-co/"])
def test_what_does_not_exist(administrator, path):
    assert administrator.get(path).status_code == 404


class TestApi:
    def test_agencies_are_public_and_paged(self, client):
        first = client.get("/api/v1/agencies?limit=3&on=2026-08-21").json()
        assert [a["code"] for a in first["items"]] == ["qn-bai-chay", "qn-bai-chay-centre", "qn-dat-dai"]
        second = client.get(
            "/api/v1/agencies", {"limit": 3, "on": "2026-08-21", "cursor": first["next"]}
        ).json()
        assert second["items"][0]["code"] == "qn-dat-dai-ha-long"
        third = client.get(
            "/api/v1/agencies", {"limit": 3, "on": "2026-08-21", "cursor": second["next"]}
        ).json()
        assert third["next"] is None

    def test_one_agency_tells_what_it_came_from(self, client):
        found = client.get("/api/v1/agencies/qn-bai-chay").json()
        assert found["predecessors"][0]["code"] == "qn-ha-long-cu"
        assert found["children"] == ["qn-bai-chay-centre"]
        assert client.get("/api/v1/agencies/qn-dat-dai-ha-long").json()["unverified"] == ["*"]

    @pytest.mark.parametrize(
        ("address", "status"),
        [
            ("/api/v1/agencies/khong-co", 404),
            ("/api/v1/agencies?cursor=rubbish", 422),
            ("/api/v1/agencies?limit=0", 422),
            ("/api/v1/agencies?on=hom-nay", 422),
        ],
    )
    def test_refusals_are_problems(self, client, address, status):
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")

    def test_a_token_reaches_what_its_scope_allows(self):
        from motcua.accounts import actions as accounts
        from tests.accounts.factories import system_act

        account = make_account("ket.noi", kind="service", password="")
        raw, _kept = accounts.issue_token(system_act(now()), account=account.public_id, scopes=["files:read"])
        headers = {"authorization": f"Bearer {raw}"}
        assert Client().get("/api/v1/dossiers", headers=headers).status_code == 403
        assert Client().get("/api/v1/dossiers").status_code == 401
        assert Client().get("/api/v1/dossiers", headers={"authorization": "Bearer mc_x"}).status_code == 401


def test_the_list_of_accounts_says_who_holds_what_where(administrator):
    held = appointed("qn-ubnd", "leader", login_name="lanh.dao", at=now())
    page = text(administrator.get("/account/all/"))
    assert "Lãnh đạo theo dõi" in page and page_of("qn-ubnd") in page
    one = text(administrator.get(f"/account/all/{held.public_id}/"))
    assert "Các vị trí đang giữ" in one and "Lãnh đạo theo dõi" in one and page_of("qn-ubnd") in one


def test_a_doubt_is_told_in_words_and_no_field_name(administrator, monkeypatch):
    doubted = replace(office("qn-ubnd"), unverified=("dossier_code", "valid_from", "new_field"))
    monkeypatch.setattr("motcua.agencies.views._office", lambda public_id: doubted)
    page = text(administrator.get(page_of("qn-ubnd")))
    assert "mã dùng trong mã hồ sơ" in page and "thông tin khác" in page
    assert "dossier_code" not in page and "new_field" not in page


def test_a_long_branch_of_the_tree_has_a_name(administrator):
    nodes = queries.tree(now().date())
    branch = _branch(nodes[0])
    many = {**branch, "children": [{**branch, "children": []} for _child in range(13)]}
    said = render_to_string("agencies/branch.html", {"one": many})
    assert f"13 cơ quan thuộc {branch['name']}" in said


def test_the_list_of_accounts_has_pages(administrator, monkeypatch):
    monkeypatch.setattr("motcua.accounts.views.manage.SHOWN", 2)
    for name in ("x.can.bo", "y.can.bo"):
        make_account(login_name=name)
    first = text(administrator.get("/account/all/"))
    assert "x.can.bo" in first and "y.can.bo" not in first and "?page=1" in first
    second = text(administrator.get("/account/all/?page=1"))
    assert "y.can.bo" in second and "x.can.bo" not in second
    for wrong in ("x", "-1", "99999", "²"):
        assert administrator.get("/account/all/", {"page": wrong}).status_code == 200

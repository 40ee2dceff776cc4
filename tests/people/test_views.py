"""The pages about people: a citizen's own words, the desk's search, corrections, links."""

import pytest
from django.test import Client

from motcua.foundation.actors import actor_for_account
from motcua.foundation.models import AccessEntry
from motcua.foundation.time import now
from motcua.people import actions, queries
from tests.accounts.browser import officer_client, sign_in
from tests.accounts.factories import make_account, system_act
from tests.agencies.factories import appointed, make_province
from tests.people.factories import HOA, make_party

pytestmark = pytest.mark.django_db


@pytest.fixture
def citizen():
    return make_account("0912345678", kind="citizen", display_name="Trần Thị Hoa")


@pytest.fixture
def home(citizen):
    client = Client()
    sign_in(client, citizen)
    return client


@pytest.fixture
def desk():
    make_province()
    return officer_client(appointed("qn-bai-chay-centre", "receptionist", at=now()))


def text(answer):
    return answer.content.decode()


class TestMe:
    def test_what_is_declared_fills_forms_and_opens_nothing(self, home, citizen):
        make_party("card")
        given = {"full_name": "Trần Thị Hoa", "personal_number": "022 190 001 234", "birth_on": "12/5/1990"}
        page = text(home.post("/people/me/", given, follow=True))
        assert "Đã ghi" in page
        assert queries.facts_of_account(citizen.pk)["applicant.birth_on"] == "1990-05-12"
        assert actor_for_account(citizen.pk, at=now(), account_kind="citizen").party_id is None

    def test_what_is_wrong_is_told_beside_it(self, home, citizen):
        answer = home.post(
            "/people/me/", {"full_name": "Hoa", "personal_number": "12", "birth_on": "31/02/1990"}
        )
        assert answer.status_code == 422
        assert "12 chữ số" in text(answer)
        assert "Ngày sinh chưa đúng" in text(answer)
        assert queries.link_of(citizen.pk) is None

    def test_what_does_not_fit_the_number_is_a_doubt(self, home):
        given = {**HOA, "birth_on": "12/05/1991", "address": ""}
        assert "Năm sinh không khớp" in text(home.post("/people/me/", given, follow=True))

    def test_proven_facts_are_read_not_written(self, home, citizen):
        party = make_party("card")
        actions.link_account(system_act(), account=citizen.public_id, party=party.public_id)
        page = text(home.get("/people/me/"))
        assert "022190001234" in page
        assert "12/05/1990" in page
        assert "<input class" not in page.split("</header>")[1].split("</main>")[0]
        assert home.post("/people/me/", {"full_name": "Khác"}).status_code == 422


class TestDesk:
    @pytest.mark.parametrize("path", ["/people/", "/people/X/"])
    def test_citizens_and_strangers_stay_out(self, home, client, path):
        assert home.get(path).status_code == 403
        assert client.get(path).status_code == 302

    def test_search_shows_ends_only_and_is_logged(self, desk):
        party = make_party()
        page = text(desk.post("/people/", {"q": "tran thi hoa"}))
        assert "Trần Thị Hoa" in page
        assert "•••••••••234" in page
        assert "022190001234" not in page
        entry = AccessEntry.objects.get(page="people.search")
        assert [s.subject for s in entry.subjects.all()] == [f"party:{party.public_id}"]

    def test_nobody_found_says_what_to_try(self, desk):
        assert "Không tìm thấy ai" in text(desk.post("/people/", {"q": "<script>"}))

    def test_a_difference_is_seen_and_settled(self, desk):
        party = make_party()
        make_party(full_name="Trần Thị Huệ")
        page = text(desk.get(f"/people/{party.public_id}/"))
        assert "Trần Thị Huệ" in page
        difference = queries.differences(party.id)[0]
        given = {"decision": "accept", "back": party.public_id}
        done = desk.post(f"/people/differences/{difference.public_id}/", given, follow=True)
        assert "Đã xử lý điểm khác nhau" in text(done)
        assert queries.party(party.public_id).full_name == "Trần Thị Huệ"

    def test_a_correction_changes_what_was_touched_only(self, desk):
        party = make_party()
        given = {
            "full_name": "Trần Thị Hòa",
            "birth_on": "12/05/1990",
            "phone": "0912345678",
            "reason": "thẻ",
        }
        page = text(desk.post(f"/people/{party.public_id}/correct/", given, follow=True))
        assert "Đã sửa: Họ và tên." in page
        known = queries.party(party.public_id)
        assert (known.full_name, known.birth_on, known.sex) == ("Trần Thị Hòa", "1990-05-12", "female")

    def test_a_wrong_correction_is_a_sentence(self, desk):
        party = make_party()
        page = text(desk.post(f"/people/{party.public_id}/correct/", {"personal_number": "12"}, follow=True))
        assert "12 chữ số" in page
        assert queries.party(party.public_id).personal_number == HOA["personal_number"]

    def test_an_account_is_linked_after_the_card_was_seen(self, desk, citizen):
        party = make_party("card")
        address = f"/people/{party.public_id}/link/"
        assert "Chưa xác nhận đã xem thẻ" in text(
            desk.post(address, {"login_name": "0912345678"}, follow=True)
        )
        assert queries.link_of(citizen.pk) is None
        given = {"login_name": "0912345678", "seen": "yes"}
        assert "Đã gắn tài khoản" in text(desk.post(address, given, follow=True))
        assert queries.link_of(citizen.pk).proven
        assert "Không có tài khoản này" in text(
            desk.post(address, {"login_name": "x.y.z", "seen": "yes"}, follow=True)
        )

    def test_what_does_not_exist(self, desk):
        assert desk.get("/people/KHONGCO/").status_code == 404
        assert desk.post("/people/differences/KHONGCO/", {"back": "x"}).status_code == 404

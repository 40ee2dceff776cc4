"""The pages about people: a citizen's own words, the desk's search, corrections, links."""

from datetime import timedelta

import pytest
from django.db import connection
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


def opened(desk, party, reason="Người dân đến quầy nhờ sửa thông tin."):
    """The address of a record that this desk has said why it opens."""
    desk.post(f"/people/{party.public_id}/why/", {"reason": reason})
    return f"/people/{party.public_id}/"


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
        page = text(desk.get(opened(desk, party)))
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
        page = text(desk.post(f"{opened(desk, party)}correct/", given, follow=True))
        assert "Đã sửa: Họ và tên." in page
        known = queries.party(party.public_id)
        assert (known.full_name, known.birth_on, known.sex) == ("Trần Thị Hòa", "1990-05-12", "female")

    def test_a_wrong_correction_is_a_sentence(self, desk):
        party = make_party()
        page = text(desk.post(f"{opened(desk, party)}correct/", {"personal_number": "12"}, follow=True))
        assert "12 chữ số" in page
        assert queries.party(party.public_id).personal_number == HOA["personal_number"]

    def test_an_account_is_linked_after_the_card_was_seen(self, desk, citizen):
        party = make_party("card")
        address = f"{opened(desk, party)}link/"
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

    def test_a_record_opens_for_a_purpose_only(self, desk):
        party, stranger = make_party(), make_party(personal_number="022190005678")
        address = f"/people/{party.public_id}/"
        assert "Vì sao cần xem" in text(desk.get(address))
        for said in ({}, {"reason": "xem"}, {"dossier": "H49.15-261006-0001"}):
            refused = desk.post(f"{address}why/", said)
            assert refused.status_code == 422
            assert "Trần Thị Hoa" not in text(refused)
        for act in ("correct", "link"):
            assert "Vì sao cần xem" in text(desk.post(f"{address}{act}/", {"full_name": "Khác"}))
        assert not AccessEntry.objects.exists()
        assert "022190001234" in text(desk.get(opened(desk, party)))
        (entry,) = AccessEntry.objects.all()
        assert (entry.page, entry.purpose) == ("people.party", "people.reason")
        assert entry.reason == "Người dân đến quầy nhờ sửa thông tin."
        assert [each.subject for each in entry.subjects.all()] == [party.subject]
        assert "Vì sao cần xem" in text(desk.get(f"/people/{stranger.public_id}/"))

    def test_the_reason_is_kept_sealed_and_for_a_quarter_of_an_hour(self, desk, monkeypatch):
        party, later = make_party(), now() + timedelta(minutes=16)
        address = opened(desk, party, "Bà Hoa nhờ sửa ngày sinh theo thẻ.")
        assert "022190001234" in text(desk.get(address))
        assert "Bà Hoa" not in str(dict(desk.session))
        with connection.cursor() as cursor:
            cursor.execute("SELECT reason FROM foundation_accessentry")
            assert "Hoa" not in cursor.fetchone()[0]
        monkeypatch.setattr("motcua.people.views.now", lambda: later)
        assert "Vì sao cần xem" in text(desk.get(address))

    def test_who_goes_through_the_register_is_slowed_down(self, desk, settings):
        settings.MOTCUA = settings.MOTCUA.model_copy(update={"rate_people_per_minute": 2})
        address = opened(desk, make_party())
        assert [desk.get(address).status_code for _each in range(4)] == [200, 200, 429, 429]

    def test_a_difference_of_somebody_else_is_not_settled_beside_an_open_record(self, desk):
        party, other = make_party(), make_party(personal_number="022190005678")
        make_party(personal_number="022190005678", full_name="Trần Thị Huệ")
        opened(desk, party)
        (difference,) = queries.differences(other.id)
        given = {"decision": "accept", "back": party.public_id}
        done = desk.post(f"/people/differences/{difference.public_id}/", given, follow=True)
        assert "không còn chờ xử lý" in text(done)
        assert queries.differences(other.id) == [difference]

    def test_what_does_not_exist(self, desk):
        assert desk.get("/people/KHONGCO/").status_code == 404
        assert desk.post("/people/differences/KHONGCO/", {"back": "x"}).status_code == 404

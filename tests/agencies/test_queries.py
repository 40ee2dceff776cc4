"""The tree of a day, who is competent, whose calendar counts, what became of whom."""

from datetime import date, time, timedelta

import pytest

from motcua.agencies import queries
from motcua.foundation.packs import store
from tests.accounts.factories import AT, system_act
from tests.agencies.factories import AGENCIES, TODAY, appointed, make_province, office

pytestmark = pytest.mark.django_db

BEFORE = date(2025, 6, 30)


@pytest.fixture
def province():
    make_province()


def codes(nodes):
    return {node.office.code: codes(node.children) for node in nodes}


def test_the_tree_of_today_and_of_the_last_day_of_the_districts(province):
    today = codes(queries.tree(TODAY))["qn-ubnd"]
    assert set(today) == {"qn-bai-chay", "qn-viet-hung", "qn-so-xay-dung", "qn-dat-dai"}
    assert today["qn-bai-chay"] == {"qn-bai-chay-centre": {}}
    before = codes(queries.tree(BEFORE))["qn-ubnd"]
    assert set(before) == {"qn-ha-long-cu", "qn-so-xay-dung", "qn-dat-dai"}


def test_what_became_of_the_city(province):
    found = queries.successors("qn-ha-long-cu")
    assert [(s.code, s.kind, s.on) for s in found] == [
        ("qn-bai-chay", "transfer", date(2025, 7, 1)),
        ("qn-viet-hung", "transfer", date(2025, 7, 1)),
    ]
    assert queries.predecessors("qn-bai-chay")[0].code == "qn-ha-long-cu"


def test_counters_are_those_that_receive(province):
    assert [o.code for o in queries.receiving_agencies(TODAY)] == ["qn-bai-chay-centre"]
    assert queries.receiving_agencies(TODAY, area="06661") == []
    assert queries.receiving_agencies(BEFORE) == []


def test_areas_know_what_lies_around_them(province):
    assert queries.area_chain("06673", TODAY) == ["22", "VN"]
    assert [a.code for a in queries.communes(TODAY)] == ["06673", "06661"]
    assert queries.communes(BEFORE) == []
    assert queries.area("193", TODAY) is None
    assert queries.area("193").name_vi == "Thành phố Hạ Long"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("bai chay", ["qn-bai-chay-centre", "qn-bai-chay"]),
        ("Sở Xây", ["qn-so-xay-dung"]),
        ("construction", ["qn-so-xay-dung"]),
        ("qn-dat", ["qn-dat-dai", "qn-dat-dai-ha-long"]),
        ("h49.tn06673", ["qn-bai-chay-centre"]),
        ("khong co", []),
    ],
)
def test_agencies_are_found_with_or_without_tones(province, typed, found):
    assert sorted(o.code for o in queries.find_offices(typed, TODAY)) == sorted(found)


def test_the_directory_costs_no_query_once_it_is_held(province, django_assert_num_queries):
    queries.by_code("qn-ubnd")
    with django_assert_num_queries(0):
        agency = office("qn-bai-chay-centre")
        assert queries.names([agency.id]) == {agency.id: agency.name_vi}
        assert len(queries.ancestors(agency.id)) == 2
        assert queries.receiving_agencies(TODAY)
        assert queries.by_public_id(agency.public_id).code == agency.code


def test_doubts_are_kept_with_the_agency(province):
    assert office("qn-ubnd").doubts("dossier_code")
    assert not office("qn-ubnd").doubts("name_vi")
    assert office("qn-dat-dai-ha-long").doubts("name_vi")


def test_routing_reads_the_pack(province):
    body = {"rules": [{"responsible": "Đất đai", "agency": {"kind": "land_registration"}}]}
    store.take_in(
        system_act(), documents=[{"kind": "routing", "key": "competence", "body": body, "layers": ["tests"]}]
    )
    store.publish_all(system_act())
    found = queries.route(responsible="Đất đai", level="commune", area="06673", at=AT, on=TODAY)
    assert found.agency.code == "qn-dat-dai-ha-long"
    elsewhere = queries.route(responsible="Đất đai", level="commune", area="06661", at=AT, on=TODAY)
    assert elsewhere.agency.code == "qn-dat-dai"
    assert queries.route(responsible="Khác", level="commune", area="06673", at=AT, on=TODAY) is None


class TestCalendar:
    def publish(self, *documents):
        store.take_in(system_act(), documents=[{**d, "layers": ["tests"]} for d in documents])
        store.publish_all(system_act())

    def test_without_packs_no_year_is_loaded(self, province):
        calendar = queries.calendar_of(office("qn-ubnd").id, AT)
        assert not calendar.loaded(2026)

    def test_hours_are_those_of_the_agency_or_the_national_ones(self):
        agencies = [*AGENCIES]
        agencies[3] = {**AGENCIES[3], "hours": "bai-chay"}
        make_province(agencies=agencies)
        week = ("monday", "tuesday", "wednesday", "thursday", "friday")
        holidays = {
            "years": [
                {"year": 2026, "days_off": [{"date": "2026-09-02", "name_vi": "Quốc khánh", "name_en": "x"}]}
            ]
        }
        self.publish(
            {"kind": "calendars", "key": "vn", "body": {"id": "vn", "holidays": holidays}},
            {
                "kind": "hours",
                "key": "bai-chay",
                "body": {"id": "bai-chay", "sessions": {day: [["08:00", "12:00"]] for day in week}},
            },
        )
        own = queries.calendar_of(office("qn-bai-chay").id, AT)
        other = queries.calendar_of(office("qn-viet-hung").id, AT)
        assert own.sessions[0] == ((time(8), time(12)),)
        assert other.sessions[0][0] == (time(7), time(11, 30))
        assert not own.is_open_day(date(2026, 9, 2))
        assert own.loaded(2026)

    def test_the_same_documents_make_one_calendar(self, province):
        one = queries.calendar_of(office("qn-ubnd").id, AT)
        assert queries.calendar_of(office("qn-viet-hung").id, AT) is one


def test_who_holds_a_role_now(province):
    account = appointed("qn-bai-chay-centre", "receptionist")
    agency = office("qn-bai-chay-centre").id
    assert [h.account_id for h in queries.holders_at([agency], AT, "receptionist")] == [account.pk]
    assert queries.holders_at([agency], AT, "signer") == []
    assert queries.holders_at([agency], AT - timedelta(hours=1)) == []

"""People are found by number, phone, tax code and name; lists show no more than is needed to choose."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.people import queries
from tests.people.factories import make_organisation, make_party

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    names = ["Nguyễn Văn An", "Nguyễn Thị An Nhiên", "Trần Văn Anh", "Đỗ Đức Đạt", "Lê Thị Hòa"]
    return {
        name: make_party(full_name=name, personal_number=f"02219000{n:04d}", birth_on=None, sex=None)
        for n, name in enumerate(names)
    }


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("nguyen van an", ["Nguyễn Văn An"]),
        ("Nguyễn", ["Nguyễn Thị An Nhiên", "Nguyễn Văn An"]),
        ("an", ["Nguyễn Thị An Nhiên", "Nguyễn Văn An", "Trần Văn Anh"]),
        ("van an", ["Nguyễn Văn An", "Trần Văn Anh"]),
        ("an nguyen", ["Nguyễn Thị An Nhiên", "Nguyễn Văn An"]),
        ("do duc dat", ["Đỗ Đức Đạt"]),
        ("ĐỖ ĐỨC", ["Đỗ Đức Đạt"]),
        ("hoà", ["Lê Thị Hòa"]),
        ("nguyen hoa", []),
        ("", []),
        ("a", []),
        ("%", []),
        ("_ _", []),
    ],
)
def test_names_are_found_with_or_without_tones(people, typed, names):
    assert sorted(line.full_name for line in queries.by_name(typed)) == sorted(names)


def test_names_that_begin_as_typed_come_first(people):
    make_party(full_name="An Văn Bình", personal_number="022190009999")
    assert queries.by_name("an")[0].full_name == "An Văn Bình"


def test_no_more_than_asked(people):
    assert len(queries.by_name("an", limit=2)) == 2


def test_name_search_asks_few_queries(people, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        queries.by_name("nguyen van an")


@pytest.mark.parametrize(
    "typed", ["022190001234", "022 190 001 234", "0912345678", "+84912345678", "tran thi ho"]
)
def test_one_box_finds_by_whatever_is_typed(typed):
    party = make_party()
    assert [line.public_id for line in queries.search(typed)] == [party.public_id]


def test_the_box_finds_organisations_by_tax_code():
    organisation = make_organisation()
    assert [line.public_id for line in queries.search("0100109106")] == [organisation.public_id]


@pytest.mark.parametrize("typed", ["022190009876", "0900000000", "khong co ai", "0" * 500, "'; --"])
def test_nobody_is_nobody(typed):
    make_party()
    assert queries.search(typed) == []


def test_a_line_shows_ends_and_years_only():
    make_party()
    (line,) = queries.search("tran thi hoa")
    assert (line.number, line.phone, line.birth_year) == ("•••••••••234", "•••••••678", "1990")


def test_a_family_shares_a_phone():
    make_party()
    make_party(full_name="Lê Văn Bình", personal_number="022090005678", sex="male")
    assert len(queries.by_phone("0912 345 678")) == 2


def test_names_for_a_list_come_in_one_query(people, django_assert_num_queries):
    ids = [party.id for party in people.values()]
    with django_assert_num_queries(1):
        assert len(queries.full_names(ids)) == 5


def test_a_rotated_index_key_still_finds(settings):
    party = make_party()
    keys = {**settings.MOTCUA.index_keys, "2": "aWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWk="}
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"index_keys": keys, "index_key_active": "2"})
    assert queries.by_number("022190001234").id == party.id
    assert queries.by_phone("0912345678")[0].id == party.id


def test_facts_for_a_form():
    party = make_party()
    facts = queries.facts_of(party)
    assert facts["applicant.personal_number"] == "022190001234"
    assert facts["applicant.birth_on"] == "1990-05-12"
    assert "applicant.tax_code" not in facts
    organisation = make_organisation()
    assert queries.facts_of(organisation) == {
        "organisation.name": "Công ty TNHH Hạ Long Xanh",
        "organisation.tax_code": "0100109106",
    }


@pytest.mark.sqlite
@pytest.mark.parametrize("typed", ["nguyen van an", "an nguyen", "022190001234", "0912345678", "0100109106"])
def test_no_search_reads_a_whole_table(people, typed):
    with CaptureQueriesContext(connection) as captured:
        queries.search(typed)
    assert captured.captured_queries
    for query in captured.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + query["sql"])
            plan = [row[3] for row in cursor.fetchall()]
        assert not [step for step in plan if step.startswith("SCAN people_")], plan

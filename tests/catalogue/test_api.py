"""The catalogue over the API: open to everybody, the same facts as the pages."""

import pytest
from django.conf import settings

from motcua.catalogue import actions
from tests.catalogue.factories import SYNONYMS, act, document, procedure, publish, row

pytestmark = pytest.mark.django_db
URL = "/api/v1/procedures"


@pytest.fixture(autouse=True)
def some_procedures():
    publish(
        procedure(),
        procedure("b", code=None, short_name_vi="Bồi thường"),
        extra=[document("synonyms", "everyday", {"words": SYNONYMS["words"]})],
    )
    actions.import_listed(act(), rows=[row()])


def get(client, path="", status=200, **query):
    answer = client.get(f"{URL}{path}", query)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_the_list_is_paged_by_name(client):
    first = get(client, limit=2)
    assert [item["name"]["vi"] for item in first["items"]] == ["Bồi thường", "Cấp giấy phép nuôi hổ"]
    rest = get(client, limit=2, cursor=first["next"])
    assert [item["slug"] for item in rest["items"]] == ["birth-registration"]
    assert rest["next"] is None


def test_a_question_gives_the_likeliest_first_and_says_why(client):
    found = get(client, search="làm giấy khai sinh")["items"][0]
    assert (found["slug"], found["why"], found["coverage"]) == (
        "birth-registration",
        "làm giấy khai sinh",
        "generic",
    )


def test_filters(client):
    assert [item["code"] for item in get(client, coverage="listed")["items"]] == ["1.000005"]
    assert len(get(client, sector="ho-tich")["items"]) == 2
    assert get(client, status=422, sector="a\x00b")["problems"][0]["field"] == "sector"


@pytest.mark.parametrize(
    "query", [{"limit": 0}, {"limit": 101}, {"coverage": "x"}, {"cursor": "x"}, {"search": "x" * 201}]
)
def test_a_wrong_question_is_a_problem(client, query):
    problem = get(client, status=422, **query)
    assert problem["problems"]


def test_one_procedure_by_name_or_code_with_all_it_asks(client):
    found = get(client, "/birth-registration")
    assert found == get(client, "/1.001193")
    assert found["papers"][0]["name"] == {"vi": "Giấy chứng sinh", "en": None}
    assert found["fees"][0]["amount"] is None
    note = {"vi": "Không tính ngày niêm yết", "en": None}
    assert found["limit"] == {"value": 3, "unit": "working_days", "note": note}
    assert [door["door"] for door in found["doors"]] == ["counter", "local_portal"]
    assert len(found["version"]) == 64


def test_a_listed_one_says_what_is_known_and_has_no_declaration(client):
    found = get(client, "/1.000005")
    assert (found["coverage"], found["executed_by"], found["papers"]) == ("listed", "Sở", [])
    refused = get(client, "/1.000005/declaration", status=409)
    assert refused["code"] == "catalogue.only_listed"


def test_the_declaration_is_data(client):
    found = get(client, "/birth-registration/declaration")
    assert found["generic"]
    assert found["declaration"]["sections"]


@pytest.mark.parametrize("path", ["/nowhere", "/9.999999", "/" + "x" * 300, "/nowhere/declaration"])
def test_what_is_not_there_is_a_problem_in_the_callers_language(client, path):
    assert get(client, path, status=404)["code"] == "catalogue.procedure_not_found"


def test_a_character_that_no_name_has_is_turned_away_at_the_door(client):
    assert get(client, "/%00", status=404)["code"] == "http.404"


def test_searching_has_a_rate(client, monkeypatch):
    monkeypatch.setattr(settings, "MOTCUA", settings.MOTCUA.model_copy(update={"rate_search_per_minute": 1}))
    get(client, search="khai sinh")
    assert get(client, search="khai sinh", status=429)["code"] == "too_many"

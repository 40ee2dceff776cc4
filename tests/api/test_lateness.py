"""Apologies and what can still be saved, by programs; the refusals name the rule."""

import pytest

from tests.api.test_life import good
from tests.dossiers.test_lateness import of_ten_days
from tests.support.city import COMMITTEE

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(machine):
    return {name: machine(name) for name in ("processor", "other_processor", "receptionist", "citizen")}


def test_the_list_of_apologies_with_its_cursor(city, people):
    """The machine's clock stands at Tuesday 6/10: received on 22/9 it is due today, on 23/9 tomorrow."""
    of_ten_days(city, "2026-09-22T09:00")
    today = [of_ten_days(city, "2026-09-23T09:00") for _ in range(3)]
    tomorrow = of_ten_days(city, "2026-09-24T09:00")
    of_ten_days(city, "2026-09-28T09:00")
    seen, cursor = [], None
    while True:
        page = good(
            people["processor"].get("/dossiers/apologies", limit=2, **({"cursor": cursor} if cursor else {}))
        )
        seen += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert [each["dossier"]["id"] for each in seen] == [*today, tomorrow]
    assert {each["apology_by"] for each in seen[:3]} == {"2026-10-06"}
    assert seen[3]["dossier"]["apology_by"] == seen[3]["apology_by"] == "2026-10-07"
    only = good(people["receptionist"].get("/dossiers/apologies", today=True))["items"]
    assert [each["dossier"]["id"] for each in only] == today
    for nobody in ("other_processor", "citizen"):
        assert good(people[nobody].get("/dossiers/apologies")) == {"items": [], "next": None}


def test_once_in_time_with_a_reason_over_the_api(city, people):
    due_today = of_ten_days(city, "2026-09-22T09:00")
    in_time = of_ten_days(city, "2026-09-23T09:00")

    def extend(dossier, **said):
        body = {"verb": "extend", "until": "2026-10-20", "reason": "Cần xác minh thêm tại thực địa", **said}
        return people["processor"].post(f"/dossiers/{dossier}/moves", body)

    def refused(answer, code, status):
        assert answer.status_code == status
        problem = answer.json()
        assert problem["code"] == code and "Nghị định 61/2018/NĐ-CP, Điều 19 khoản 9" in str(problem)

    refused(extend(due_today), "dossiers.extend_too_late", 409)
    refused(extend(in_time, reason="bận"), "dossiers.apology_reason_needed", 422)
    done = good(extend(in_time))
    assert done["due_on"] == "2026-10-20"
    refused(extend(in_time, until="2026-10-28"), "dossiers.extend_already", 409)
    told = good(people["processor"].get(f"/dossiers/{in_time}"))
    assert (told["first_due_on"], told["due_on"], told["apology_by"]) == ("2026-10-07", "2026-10-20", None)


def test_what_can_still_be_saved(city, people):
    late = of_ten_days(city, "2026-09-14T09:00")
    behind = of_ten_days(city, "2026-09-25T09:00")
    fresh = of_ten_days(city)
    page = good(people["processor"].get("/dossiers/savable", desk="process", agency=COMMITTEE, limit=2))
    assert [each["dossier"]["id"] for each in page["items"]] == [behind, fresh]
    assert page["items"][0]["hope"] == "behind"
    assert page["items"][0]["minutes_left"] < page["items"][0]["minutes_needed"]
    rest = good(
        people["processor"].get("/dossiers/savable", desk="process", agency=COMMITTEE, cursor=page["next"])
    )
    assert [(each["dossier"]["id"], each["hope"]) for each in rest["items"]] == [(late, "late")]
    assert people["citizen"].get("/dossiers/savable", desk="process").status_code == 403

"""A birth registration from draft to rating by programs alone, and what each of them may see on the way."""

import pytest

from motcua.foundation import worker
from tests.api.conftest import MOMENT
from tests.dossiers.factories import birth_answers, publish_ours, to_last_step
from tests.files.factories import PDF
from tests.support.city import CENTRE

pytestmark = pytest.mark.django_db
NEW = {"procedure": "birth-registration", "agency": CENTRE}


@pytest.fixture
def people(machine):
    """A caller for each who takes part."""
    return {name: machine(name) for name in ("citizen", "receptionist", "processor", "signer", "clerk")}


def good(answer, status=200):
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def declared(citizen, **new):
    """A filled-in draft; its id."""
    dossier = good(citizen.post("/dossiers", {**NEW, **new}), 201)["dossier"]
    saved = citizen.call("patch", f"/dossiers/{dossier}/answers", {"answers": birth_answers(MOMENT)})
    assert good(saved)["problems"] == 0
    return dossier


def move(caller, dossier, verb, **more):
    return good(caller.post(f"/dossiers/{dossier}/moves", {"verb": verb, **more}))


def filed(people):
    dossier = declared(people["citizen"])
    move(people["citizen"], dossier, "submit")
    return dossier


def test_from_draft_to_rating(city, people):
    citizen, desk, officer = people["citizen"], people["receptionist"], people["processor"]
    dossier = declared(citizen, procedure=publish_ours())
    assert good(citizen.get(f"/dossiers/{dossier}/check"))["ready"] is True
    assert move(citizen, dossier, "submit")["state"] == "submitted"
    received = move(desk, dossier, "receive")
    assert received["code"].endswith("-261006-0001")
    assert received["due_on"]
    move(desk, dossier, "transfer")
    move(officer, dossier, "take")
    to_last_step(city, dossier, MOMENT)
    kept = good(officer.file(PDF), 201)["file"]
    move(officer, dossier, "draft_result", outcome="granted", file=kept)
    move(people["signer"], dossier, "approve", number="15/GKS")
    if good(people["clerk"].get(f"/dossiers/{dossier}/fees"))["state"] == "due":
        move(people["clerk"], dossier, "record_cash", receipt_number="BL-1")
    move(people["clerk"], dossier, "hand_over", way="counter")
    assert move(citizen, dossier, "rate", stars=5, comment="Nhanh")["state"] == "returned"
    shown = good(citizen.get(f"/dossiers/{dossier}"))
    assert (shown["outcome"], shown["national_state"], shown["result"]) == ("granted", 10, True)
    result = citizen.get(f"/dossiers/{dossier}/result")
    assert b"".join(result.streaming_content) == PDF


def test_what_one_may_read_of_ones_dossier(people):
    citizen, desk = people["citizen"], people["receptionist"]
    dossier = filed(people)
    reason = "Bản chụp bị mờ, thiếu trang nên chưa đối chiếu được."
    asked = move(desk, dossier, "ask_at_door", items=[{"text": "Chụp lại giấy chứng sinh"}], reason=reason)
    worker.drain()
    letters = good(citizen.get(f"/dossiers/{dossier}/letters"))["items"]
    assert [letter["kind"] for letter in letters] == ["supplement-request"]
    assert good(citizen.get(f"/dossiers/{dossier}/letters/{asked['letter']}"))["content"]["reason"] == reason
    happened = [entry["what"] for entry in good(citizen.get(f"/dossiers/{dossier}/timeline"))["items"]]
    assert happened == ["started", "submitted", "supplement-request"]
    assert good(citizen.get(f"/dossiers/{dossier}/clock"))["state"] == "none"
    kinds = [notice["kind"] for notice in good(citizen.get("/notices"))["items"]]
    assert kinds == ["dossier.ask_at_door", "dossier.submit"]
    assert good(citizen.post("/notices/read", {}))["read"] == 2
    assert good(citizen.post("/notices/read", {}))["read"] == 0


def test_the_clock_explains_itself_in_the_callers_language(people, machine):
    dossier = filed(people)
    move(people["receptionist"], dossier, "receive")
    told = good(people["citizen"].get(f"/dossiers/{dossier}/clock"))
    assert (told["state"], told["provisional"]) == ("running", False)
    assert told["derivation"]
    english = good(machine("citizen", language="en").get(f"/dossiers/{dossier}/clock"))
    assert english["due_on"] == told["due_on"]
    assert english["derivation"] != told["derivation"]


def test_who_looked_is_told_to_the_applicant_without_names(people):
    dossier = filed(people)
    good(people["receptionist"].get(f"/dossiers/{dossier}"))
    looks = good(people["citizen"].get(f"/dossiers/{dossier}/looks"))["items"]
    assert [look["page"] for look in looks] == ["api:dossier"]
    assert looks[0]["offices"] and "Lê Thị Một Cửa" not in str(looks)
    assert people["receptionist"].get(f"/dossiers/{dossier}/looks").status_code == 403


def test_officers_are_named_to_officers_only(people):
    dossier = filed(people)
    move(people["receptionist"], dossier, "receive")
    move(people["receptionist"], dossier, "transfer")
    move(people["processor"], dossier, "take")
    assert good(people["processor"].get(f"/dossiers/{dossier}"))["assigned_to"]["name"] == "Trần Hộ Tịch"
    assert good(people["citizen"].get(f"/dossiers/{dossier}"))["assigned_to"] is None


def test_the_head_gives_it_to_somebody_who_works_there(people, machine, city):
    dossier = filed(people)
    move(people["receptionist"], dossier, "receive")
    move(people["receptionist"], dossier, "transfer")
    head = machine("head")
    there, elsewhere = city.accounts["processor"].public_id, city.accounts["other_processor"].public_id
    refused = head.post(f"/dossiers/{dossier}/moves", {"verb": "assign", "account": elsewhere})
    assert refused.status_code == 403
    move(head, dossier, "assign", account=there)


def test_a_supplement_is_answered_at_the_counter_with_its_papers(people):
    dossier = filed(people)
    desk = people["receptionist"]
    move(desk, dossier, "receive")
    move(desk, dossier, "transfer")
    items, reason = [{"text": "Giấy chứng sinh bản gốc"}], "Chưa thấy bản gốc để đối chiếu."
    assert (
        move(people["processor"], dossier, "ask_supplement", items=items, reason=reason)["state"]
        == "supplement"
    )
    again = people["processor"].post(
        f"/dossiers/{dossier}/moves", {"verb": "ask_supplement", "items": items, "reason": reason}
    )
    assert again.status_code == 409
    brought = [{"key": "other", "form": "original", "name": "Giấy chứng sinh"}]
    assert move(desk, dossier, "answer_at_counter", papers=brought)["state"] == "in_process"
    names = [paper["name"] for paper in good(desk.get(f"/dossiers/{dossier}"))["papers"]]
    assert names == ["Giấy chứng sinh"]


def test_a_verb_refuses_what_is_not_its_own_and_names_what_it_lacks(people):
    dossier = declared(people["citizen"])
    answer = people["citizen"].post(f"/dossiers/{dossier}/moves", {"verb": "rate", "reason": "x"})
    assert answer.status_code == 422
    found = {(p["field"], p["code"]) for p in answer.json()["problems"]}
    assert found == {("stars", "missing"), ("reason", "extra_forbidden")}


def test_many_moves_each_with_its_own_result_and_safely_again(people, city):
    ready, draft = filed(people), declared(people["citizen"])
    body = {
        "items": [
            {"dossier": ready, "verb": "receive"},
            {"dossier": draft, "verb": "receive"},
            {"dossier": ready, "verb": "transfer"},
        ]
    }
    key = "k" * 80
    first = good(people["receptionist"].post("/dossiers/moves", body, key=key))
    assert (first["done"], first["refused"]) == (2, 1)
    assert first["results"][1]["problem"]["status"] == 404
    again = good(people["receptionist"].post("/dossiers/moves", body, key=key))
    assert [r["done"] and r["done"]["replayed"] for r in again["results"]] == [True, None, True]
    assert (
        good(people["receptionist"].get(f"/dossiers/{ready}"))["revision"]
        == first["results"][2]["done"]["revision"]
    )


def test_the_same_key_is_answered_and_not_repeated(people):
    citizen = people["citizen"]
    first = good(citizen.post("/dossiers", NEW, key="order-0001"), 201)
    again = good(citizen.post("/dossiers", NEW, key="order-0001"), 201)
    assert (again["dossier"], first["replayed"], again["replayed"]) == (first["dossier"], False, True)
    other = citizen.post("/dossiers", {"procedure": "alcohol-retail-licence"}, key="order-0001")
    assert (other.status_code, other.json()["code"]) == (409, "act_mismatch")
    assert len(good(citizen.get("/dossiers"))["items"]) == 1
    assert good(people["receptionist"].post("/dossiers/search", {"text": "x" * 5}))["items"] == []


@pytest.mark.parametrize("key", ["short", "x" * 81, "có dấu 123", "with blank 1"])
def test_a_key_that_is_none_is_refused(people, key):
    answer = people["citizen"].post("/dossiers", NEW, key=key.encode("utf-8").decode("latin-1"))
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["field"] == "Idempotency-Key"


def test_an_old_revision_is_refused(people):
    dossier = filed(people)
    answer = people["receptionist"].post(f"/dossiers/{dossier}/moves", {"verb": "receive", "revision": 0})
    assert (answer.status_code, answer.json()["code"]) == (409, "dossiers.changed_meanwhile")

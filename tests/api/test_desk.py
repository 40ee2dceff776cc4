"""The desk by programs: lists and their cursors, search, walk-ins by card, help for others, files, tracking."""

import pytest

from motcua.notices import queries as notices
from tests.api.conftest import MOMENT
from tests.api.test_life import NEW, declared, filed, good, move
from tests.dossiers import factories
from tests.files.factories import PDF
from tests.support.city import CENTRE

pytestmark = pytest.mark.django_db
CARD = "022196001234|101234567|Nguyễn Thị Lan|20081996|Nữ|Số 12, đường Hạ Long, Bãi Cháy, Quảng Ninh|01062024"


@pytest.fixture
def people(machine):
    names = ("citizen", "other_citizen", "receptionist", "other_receptionist", "processor", "helper")
    return {name: machine(name) for name in names}


@pytest.mark.slow
def test_a_list_is_followed_by_its_cursor_to_the_end(city, people):
    made = [factories.submitted(city) for _ in range(5)]
    for caller in (people["citizen"], people["receptionist"]):
        seen, cursor = [], None
        for _ in range(10):
            page = good(caller.get("/dossiers", limit=2, **({"cursor": cursor} if cursor else {})))
            seen += [item["id"] for item in page["items"]]
            cursor = page["next"]
            if cursor is None:
                break
        assert seen == made[::-1]
    assert good(people["other_receptionist"].get("/dossiers")) == {"items": [], "next": None}
    assert good(people["other_citizen"].get("/dossiers"))["items"] == []


def test_a_worklist_of_a_desk_where_one_sits(city, people):
    waiting = [factories.submitted(city), factories.received(city)]
    factories.in_process(city)
    desk = people["receptionist"]
    page = good(desk.get("/dossiers/worklist", desk="reception"))
    assert [item["dossier"]["id"] for item in page["items"]] == waiting
    assert (
        good(desk.get("/dossiers/worklist", desk="reception", state="received"))["items"][0]["waits"] is True
    )
    first = good(desk.get("/dossiers/worklist", desk="reception", agency=CENTRE, limit=1))
    second = good(desk.get("/dossiers/worklist", desk="reception", limit=1, cursor=first["next"]))
    assert second["items"][0]["dossier"]["id"] == waiting[1]
    assert desk.get("/dossiers/worklist", desk="sign").status_code == 403
    assert desk.get("/dossiers/worklist", desk="reception", agency="qn-ha-lam-centre").status_code == 403
    assert desk.get("/dossiers/worklist", desk="kitchen").status_code == 422
    other = people["processor"].get("/dossiers/worklist", desk="process", cursor=first["next"])
    assert other.status_code == 422


def test_me(people):
    told = good(people["receptionist"].get("/me"))
    assert told["positions"][0]["role"] == "receptionist"
    assert {desk["desk"] for desk in told["desks"]} == {"reception", "own"}
    assert "dossiers:write" in told["scopes"]


def test_search_by_code_reference_name_number_phone_and_serial(city, people):
    dossier = factories.received(city)
    shown = good(people["receptionist"].get(f"/dossiers/{dossier}"))
    given = factories.birth_answers(factories.AT)
    wanted = [shown["code"], shown["reference"].lower(), shown["applicant"]["name"], given["personal_number"]]
    for text in wanted:
        found = good(people["receptionist"].post("/dossiers/search", {"text": text}))["items"]
        assert [item["id"] for item in found] == [dossier], text
        assert good(people["other_receptionist"].post("/dossiers/search", {"text": text}))["items"] == []


def test_a_card_is_read(people):
    told = good(people["receptionist"].post("/dossiers/card", {"qr": CARD}))
    assert (told["full_name"], told["birth_on"], told["sex"]) == ("Nguyễn Thị Lan", "1996-08-20", "female")
    assert told["doubts"] == []


def test_a_walk_in_by_card_is_received_and_passed_on_at_once(people):
    body = {
        **NEW,
        "answers": factories.birth_answers(MOMENT),
        "papers": [{"key": "other", "form": "original", "name": "Đơn"}],
        "transfer_now": True,
        "card": CARD,
    }
    done = good(people["receptionist"].post("/dossiers/walk-in", body, key="walk-in-0001"), 201)
    assert (done["state"], done["code"][-4:]) == ("in_process", "0001")
    again = good(people["receptionist"].post("/dossiers/walk-in", body, key="walk-in-0001"), 201)
    assert (again["dossier"], again["replayed"]) == (done["dossier"], True)
    assert people["citizen"].post("/dossiers/walk-in", body).status_code == 403
    assert people["other_receptionist"].post("/dossiers/walk-in", body).status_code == 403


def test_help_for_somebody_who_consents_by_a_code(people):
    helper = people["helper"]
    body = {**NEW, "person_name": "Bàn Thị Mơ", "phone": "0912345678"}
    dossier = good(helper.post("/dossiers/assisted", body), 201)["dossier"]
    saved = helper.call("patch", f"/dossiers/{dossier}/answers", {"answers": factories.birth_answers(MOMENT)})
    assert good(saved)["problems"] == 0
    refused = helper.post(f"/dossiers/{dossier}/moves", {"verb": "submit"})
    assert (refused.status_code, refused.json()["code"]) == (409, "dossiers.consent_needed")
    good(helper.post(f"/dossiers/{dossier}/consent/ask", {"phone": "0912345678"}))
    message = notices.last_message(f"dossier:{dossier}", "consent", at=MOMENT)
    code = next(word for word in message.text.replace(".", " ").split() if word.isdigit() and len(word) == 6)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    assert good(helper.post(f"/dossiers/{dossier}/consent/confirm", {"code": wrong}))["consented"] is False
    assert good(helper.post(f"/dossiers/{dossier}/consent/confirm", {"code": code}))["consented"] is True
    assert move(helper, dossier, "submit")["state"] == "submitted"
    assert helper.get(f"/dossiers/{dossier}").status_code == 404
    listed = good(helper.get("/dossiers/assisted"))["items"]
    assert (listed[0]["dossier"], listed[0]["state"]) == (None, "submitted")


def test_consent_belongs_to_assisted_filing_only(people):
    dossier = declared(people["citizen"])
    answer = people["citizen"].post(f"/dossiers/{dossier}/consent/confirm", {"code": "123456"})
    assert (answer.status_code, answer.json()["code"]) == (409, "dossiers.not_helped")


def test_papers_are_given_to_whoever_may_see_the_dossier(people):
    citizen = people["citizen"]
    dossier = declared(citizen)
    file = good(citizen.file(PDF, "Giấy chứng sinh.pdf"), 201)["file"]
    stolen = people["other_citizen"].post(f"/dossiers/{dossier}/papers", {"key": "other", "file": file})
    assert stolen.status_code == 404
    paper = good(citizen.post(f"/dossiers/{dossier}/papers", {"key": "other", "file": file}), 201)["paper"]
    path = f"/dossiers/{dossier}/papers/{paper}/content"
    assert people["receptionist"].get(path).status_code == 404
    move(citizen, dossier, "submit")
    content = people["receptionist"].get(path)
    assert b"".join(content.streaming_content) == PDF
    assert content.headers["Content-Disposition"].startswith("attachment")
    assert people["other_citizen"].get(path).status_code == 404
    assert people["processor"].get(path).status_code == 404
    assert people["receptionist"].get(f"/files/{file}").status_code == 404
    refused = citizen.call("delete", f"/dossiers/{dossier}/papers/{paper}")
    assert refused.status_code == 409


def test_a_paper_is_taken_out_before_it_is_handed_in(people):
    citizen = people["citizen"]
    dossier = declared(citizen)
    file = good(citizen.file(PDF), 201)["file"]
    paper = good(citizen.post(f"/dossiers/{dossier}/papers", {"key": "other", "file": file}), 201)["paper"]
    good(citizen.call("delete", f"/dossiers/{dossier}/papers/{paper}"))
    assert good(citizen.get(f"/dossiers/{dossier}"))["papers"] == []


def test_what_is_handed_over_at_the_counter_is_noted(people):
    dossier = filed(people)
    papers = [{"key": "other", "form": "present_only", "name": "Căn cước"}]
    done = people["receptionist"].post(f"/dossiers/{dossier}/papers/handed-over", {"papers": papers})
    assert good(done)["state"] == "submitted"
    assert good(people["receptionist"].get(f"/dossiers/{dossier}"))["papers"][0]["form"] == "present_only"


def test_another_one_stop_is_chosen(people):
    dossier = declared(people["citizen"])
    good(people["citizen"].call("put", f"/dossiers/{dossier}/agency", {"agency": "qn-ha-lam-centre"}))
    assert good(people["citizen"].get(f"/dossiers/{dossier}"))["received_by"]["code"] == "qn-ha-lam-centre"


def test_progress_is_followed_without_a_token_and_names_nobody(people, machine):
    dossier = filed(people)
    shown = good(people["citizen"].get(f"/dossiers/{dossier}"))
    told = machine().get(f"/tracking/{shown['reference']}")
    assert good(told)["procedure"] == "birth-registration"
    assert "Lan" not in told.content.decode()
    code = move(people["receptionist"], dossier, "receive")["code"]
    assert good(machine().get(f"/tracking/{code}"))["procedure"] is None
    assert machine().get("/tracking/AAAA-BBBB-CCCC-DDDD").status_code == 404


def test_tracking_is_answered_as_often_as_a_person_asks(machine, settings):
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"rate_track_per_minute": 3})
    answers = [machine().get("/tracking/AAAA-BBBB-CCCC-DDDD").status_code for _ in range(5)]
    assert answers[:3] == [404] * 3
    assert answers[-1] == 429


def test_a_token_may_call_so_often_and_is_told_how_long_to_wait(machine, settings):
    settings.MOTCUA = settings.MOTCUA.model_copy(update={"rate_api_per_minute": 2})
    citizen, other = machine("citizen"), machine("other_citizen")
    answers = [citizen.get("/notices") for _ in range(5)]
    assert answers[-1].status_code == 429
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert answers[-1].headers["Content-Type"] == "application/problem+json"
    assert other.get("/notices").status_code == 200


def test_a_token_opens_what_its_scope_says(machine):
    reader = machine("citizen", scopes=("dossiers:read",))
    assert reader.get("/dossiers").status_code == 200
    refused = reader.post("/dossiers", NEW)
    assert (refused.status_code, refused.json()["status"]) == (403, 403)
    assert reader.file(PDF).status_code == 403


@pytest.mark.parametrize("header", [None, "Bearer x", "Bearer ", "Basic eDp4", "Bearer " + "y" * 5000])
def test_without_a_token_nothing_opens(machine, header):
    caller = machine()
    if header:
        caller.headers["Authorization"] = header
    answer = caller.get("/dossiers")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.json()["title"] == "Bạn cần đăng nhập để tiếp tục."


def test_refusals_come_in_the_callers_language(machine):
    english = machine("citizen", language="en").post("/dossiers", {"procedure": 5})
    assert english.status_code == 422
    assert english.json()["problems"][0] == {
        "field": "procedure",
        "code": "string_type",
        "message": "A text is needed.",
    }
    assert machine("citizen").post("/dossiers", {}).json()["problems"][0]["message"] == "Mục này bắt buộc."


@pytest.mark.parametrize(
    "path", ["/nothing", "/dossiers/short", "/dossiers/x/y/z", "/%00", "/dossiers/worklist/x"]
)
def test_an_address_that_does_not_exist_is_a_problem(machine, path):
    answer = machine("citizen").get(path)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"

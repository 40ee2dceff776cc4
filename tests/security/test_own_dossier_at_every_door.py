"""An officer meets one refusal on her own dossier: at her page, in a batch, over the API; no button offers more."""

from datetime import timedelta
from importlib import import_module

import pytest

from motcua.dossiers import actions, queries
from motcua.people import actions as people
from tests.api.conftest import Machine
from tests.counter.pages import words
from tests.dossiers import factories
from tests.support.city import CENTRE
from tests.support.moment import set_clock
from tests.support.officers import client_of

pytestmark = pytest.mark.django_db
MOMENT = factories.AT + timedelta(hours=1)
PERSON = {name: factories.PERSON[name] for name in ("full_name", "personal_number")}
SAID = "Đây là hồ sơ của chính bạn"


@pytest.fixture(autouse=True)
def moment(monkeypatch):
    import_module("motcua.config.urls")
    import_module("motcua.config.api")
    set_clock(monkeypatch, MOMENT)
    for name in ("tests.accounts.browser.now", "tests.accounts.factories.now", "tests.support.officers.now"):
        monkeypatch.setattr(name, lambda: MOMENT)


@pytest.fixture
def filed(city):
    """What the receptionist filed herself; it waits at the desk she sits at."""
    return factories.submitted(city, by="receptionist")


@pytest.fixture
def named(city):
    """What somebody else filed for her: it names her number, and she said at her account that it is hers."""
    account = city.accounts["receptionist"].public_id
    people.declare_self(city.act("receptionist", factories.AT), account=account, facts=PERSON)
    return factories.submitted(city, procedure=factories.BUSINESS, **PERSON)


def test_the_list_shows_it_and_offers_nothing(city, filed):
    told = client_of(city.accounts["receptionist"]).get("/counter/?tab=&all=")
    reference = factories.get(filed).reference
    assert reference in words(told)
    assert f"receive:{filed}" not in told.content.decode()
    assert f"receive:{filed}" in client_of(city.accounts["clerk"]).get("/counter/").content.decode()


def test_what_she_filed_she_sees_as_citizens_do(city, filed):
    client = client_of(city.accounts["receptionist"])
    assert client.get(f"/counter/ho-so/{filed}/").url == f"/ho-so/{filed}/"
    assert client.get(f"/ho-so/{filed}/").status_code == 200
    for beneath in ("nhat-ky/", "in/phieu-kiem-soat/", "han/"):
        answer = client.get(f"/counter/ho-so/{filed}/{beneath}")
        assert (answer.status_code, SAID in words(answer)) == (403, True), beneath


def test_what_names_her_she_sees_nowhere_at_work(city, named):
    answer = client_of(city.accounts["receptionist"]).get(f"/counter/ho-so/{named}/")
    assert answer.status_code == 403
    assert SAID in words(answer) and "Đồng nghiệp cùng bộ phận làm tiếp" in words(answer)
    assert client_of(city.accounts["clerk"]).get(f"/counter/ho-so/{named}/").status_code == 200


@pytest.mark.parametrize("which", ["filed", "named"])
def test_the_form_the_batch_and_the_program_say_why(city, which, request):
    dossier = request.getfixturevalue(which)
    client, program = client_of(city.accounts["receptionist"]), Machine(city, "receptionist")
    form = client.post(f"/counter/ho-so/{dossier}/viec/receive/", {"act_id": "own-dossier-1"})
    assert (form.status_code, SAID in words(form)) == (403, True)
    picked = {"verb": "receive", "pick": [f"{dossier}:1"], "act_id": "own-dossier-2"}
    assert SAID in words(client.post("/counter/lam/", picked, follow=True))
    one = program.post(f"/dossiers/{dossier}/moves", {"verb": "receive"})
    assert (one.status_code, one.json()["code"]) == (403, "dossiers.own_dossier")
    many = program.post("/dossiers/moves", {"items": [{"dossier": dossier, "verb": "receive"}]}).json()
    assert many["results"][0]["problem"]["code"] == "dossiers.own_dossier"
    assert "receive" not in program.get(f"/dossiers/{dossier}").json()["allowed"]
    assert factories.get(dossier).business_state == "submitted"
    actions.receive(city.act("clerk", MOMENT), dossier=dossier)


def test_what_is_drafted_is_not_told_to_her_program(city):
    """She sits in the unit that decides, and is the applicant: no outcome before the signature, no inner note."""
    dossier = factories.in_process(city, by="processor", procedure=factories.publish_ours())
    for _ in range(queries.steps_before_signing(dossier)):
        actions.advance(city.act("head", MOMENT), dossier=dossier)
    actions.draft_result(
        city.act("head", MOMENT), dossier=dossier, outcome="denied", note="Chưa đủ điều kiện theo quy định."
    )
    actions.send_back(city.act("signer", MOMENT), dossier=dossier, remark="Nêu rõ căn cứ của việc từ chối.")
    own, colleague = Machine(city, "processor"), Machine(city, "head")
    kinds = {
        name: [each["kind"] for each in caller.get(f"/dossiers/{dossier}/letters").json()["items"]]
        for name, caller in (("own", own), ("colleague", colleague))
    }
    assert "remark" in kinds["colleague"]
    assert "remark" not in kinds["own"]


def test_who_is_served_at_the_counter_is_not_the_one_who_serves(city, named):
    body = {
        "procedure": factories.BUSINESS,
        "agency": CENTRE,
        "answers": {**factories.complete(factories.BUSINESS), **PERSON},
    }
    refused = Machine(city, "receptionist").post("/dossiers/walk-in", body)
    assert (refused.status_code, refused.json()["code"]) == (403, "dossiers.own_dossier")
    assert Machine(city, "clerk").post("/dossiers/walk-in", body).status_code == 201
